"""Trees -> text, Python text, LaTeX and MathML."""
