"""Text and LaTeX to expression trees, and what is true of two of them."""
