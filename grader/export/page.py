"""Templates and style -> one self-contained page under a policy that allows no script."""

import base64
import hashlib
import re
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.export.outcomes import LOOKS
from grader.export.points import to_text
from grader.export.typeset import to_mathml
from grader.maths.printing import to_mathml as print_tree
from grader.model.feedback import Piece
from grader.version import __version__

_HUNDRED: Final = 100
_MARKED: Final = re.compile(r"(`[^`]+`|\$[^$]+\$)")


def render(template: str, **values: object) -> str:
    """Return the page that *template* makes of *values*."""
    style = _style()
    ours = Markup(style)  # noqa: S704 - our own style sheet, with no word of others
    page = _environment().get_template(template)
    return page.render(**values, style=ours, policy=_policy(style), version=__version__)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("grader.export", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
    )
    environment.filters |= {
        "points": to_text,
        "look": LOOKS.__getitem__,
        "mathematics": mathematics,
        "marked": marked,
        "typeset": lambda latex: mathematics(Piece(text=latex, kind="mathematics")),
    }
    environment.globals["share"] = share
    return environment


@cache
def _style() -> str:
    return files("grader.export").joinpath("pages/style.css").read_text("utf-8")


def _policy(style: str) -> str:
    """Allow this one style sheet, by its digest, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def share(part: Fraction, whole: Fraction) -> str:
    """Return *part* as hundredths of *whole*, for a drawing's width."""
    return to_text(min(part / whole, Fraction(1)) * _HUNDRED) if whole else "0"


def mathematics(piece: Piece) -> Markup:
    """Return mathematics typeset, or as code where it cannot be."""
    if piece.tree is not None:
        return Markup(print_tree(piece.tree))  # noqa: S704 - the printer escapes names
    typeset = to_mathml(piece.text)
    if typeset is None:
        return Markup("<code>{}</code>").format(piece.text)
    return Markup(typeset)  # noqa: S704 - made of our own tags and escaped text


def marked(text: str) -> Markup:
    """Return staff's *text* with its `code` and $mathematics$ as such."""
    return Markup("").join(_run(run) for run in _MARKED.split(text))


def _run(run: str) -> Markup | str:
    if _MARKED.fullmatch(run) is None:
        return run  # `join` escapes it
    if run.startswith("$"):
        return mathematics(Piece(text=run[1:-1], kind="mathematics"))
    return Markup("<code>{}</code>").format(run[1:-1])
