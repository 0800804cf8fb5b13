"""Text, Python text and LaTeX -> tokens -> trees."""
