"""Tree -> typed text, Python text, LaTeX or MathML.

What is printed can be read back: declared names first, every tree that a reader makes
comes back as it was. Only the LaTeX and the MathML are laid out for people.
"""

from typing import Final

from grader.maths.printers.latex_ink import LatexInk
from grader.maths.printers.layout import DRAWINGS, lay_out
from grader.maths.printers.layout_calculus import CALCULUS
from grader.maths.printers.layout_collections import COLLECTIONS
from grader.maths.printers.linear_printing import print_linear
from grader.maths.printers.mathml_ink import MathmlInk
from grader.maths.printers.python_marks import PYTHON
from grader.maths.printers.text_marks import TEXT
from grader.maths.tree import Tree

_DRAWINGS: Final = {**DRAWINGS, **COLLECTIONS, **CALCULUS}


def to_text(tree: Tree) -> str:
    """Return *tree* as one would type it."""
    return print_linear(tree, TEXT)


def to_python(tree: Tree) -> str:
    """Return *tree* with Python's operators and the names of sympy's classes."""
    return print_linear(tree, PYTHON)


def to_latex(tree: Tree) -> str:
    """Return *tree* as LaTeX, without dollar signs."""
    return lay_out(tree, LatexInk(), _DRAWINGS)


def to_mathml(tree: Tree) -> str:
    """Return *tree* as a MathML element, escaped and safe inside HTML."""
    return f"<math>{lay_out(tree, MathmlInk(), _DRAWINGS)}</math>"
