"""Expected answer and given answer to verdict, one file a kind."""
