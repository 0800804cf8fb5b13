"""How an answer is written, and what may be otherwise without being wrong."""
