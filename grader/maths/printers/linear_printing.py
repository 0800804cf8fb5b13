"""Tree and a syntax's marks -> one line of text with as few brackets as reading needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from grader.maths.readers.names import each
from grader.maths.readers.parser import (
    AND,
    IFF,
    IMPLIES,
    OR,
    POSTFIX,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
)
from grader.maths.tree import (
    Apply,
    Constant,
    Number,
    Symbol,
    Text,
    Tree,
    number,
    symbols_of,
)

ATOM: Final = 200
# a printed piece, and how tightly its outermost operator binds
Printed = tuple[str, int]
Special = Callable[["Line", Sequence[Tree]], Printed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """How one line of a syntax spells what it can say."""

    power: str
    constants: Mapping[str, str]
    # how to spell a constant whose usual letter is a name in the same formula
    spare: Mapping[str, str]
    names: Mapping[str, str]
    relations: Mapping[str, str]
    logic: Mapping[str, tuple[str, int]]
    special: Mapping[str, Special]


class Line:
    """One printing: the marks in use, and the walk over the tree."""

    __slots__ = ("marks",)

    def __init__(self, marks: Marks) -> None:
        self.marks = marks

    def show(self, tree: Tree, floor: int = 0) -> str:
        """Return *tree*, in brackets unless it binds tighter than *floor*."""
        text, power = self.piece(tree)
        return text if power > floor else f"({text})"

    def piece(self, tree: Tree) -> Printed:
        """Return *tree* and how tightly it binds."""
        match tree:
            case Number():
                return decimal(tree)
            case Symbol(name):
                return name, ATOM
            case Constant(name):
                return self.marks.constants.get(name, name), ATOM
            case Text(value):
                return quoted(value), ATOM
            case Apply(head, args):
                return self.application(head, args)

    def application(self, head: str, args: Sequence[Tree]) -> Printed:
        """Return what a head and its arguments look like."""
        special = self.marks.special.get(head) or _ARITHMETIC.get(head)
        if special is not None:
            return special(self, args)
        if head in self.marks.relations and len(args) == 2:  # noqa: PLR2004 - the number of parts
            left, right = (self.show(arg, RELATION) for arg in args)
            return f"{left} {self.marks.relations[head]} {right}", RELATION
        if head in self.marks.logic and len(args) > 1:
            word, power = self.marks.logic[head]
            return f" {word} ".join(self.show(arg, power) for arg in args), power
        return self.named(self.marks.names.get(head, head), args)

    def named(self, name: str, args: Sequence[Tree]) -> Printed:
        """Return a call by name."""
        return f"{name}({self.items(args)})", ATOM

    def items(self, args: Sequence[Tree]) -> str:
        """Return *args* with commas between them."""
        return ", ".join(self.show(arg) for arg in args)


def print_linear(tree: Tree, marks: Marks) -> str:
    """Return *tree* as one line."""
    taken = symbols_of(tree)
    other = {
        name: marks.spare[name]
        for name, spelling in marks.constants.items()
        if spelling in taken and name in marks.spare
    }
    if other:
        marks = replace(marks, constants={**marks.constants, **other})
    return Line(marks).show(tree)


def decimal(tree: Number) -> Printed:
    """Return the digits of a number; only a decimal can be typed as one number."""
    value = tree.value
    if value < 0:
        return f"-{decimal(Number(-value))[0]}", SUM
    rest, places = value.denominator, 0
    while rest % 10 == 0 or rest % 2 == 0 or rest % 5 == 0:
        rest //= 10 if rest % 10 == 0 else 2 if rest % 2 == 0 else 5
        places += 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}", PRODUCT
    places = _places(value)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return (digits if not places else f"{digits[:-places]}.{digits[-places:]}"), ATOM


def _places(value: Fraction) -> int:
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return places


def quoted(value: str) -> str:
    """Return *value* in quotation marks; what quotation marks cannot hold is a space."""
    plain = "".join(" " if letter in "\\\n\r" else letter for letter in value)[:80]
    return f"'{plain}'" if "'" not in plain else '"' + plain.replace('"', "'") + '"'


def _add(line: Line, args: Sequence[Tree]) -> Printed:
    if not args:
        return "0", ATOM
    if len(args) == 1:
        return line.named("add", args)
    first, *rest = args
    neg = isinstance(first, Apply) and first.head == "neg"
    out = [line.piece(first)[0] if neg else line.show(first, SUM)]
    for term in rest:
        match term:
            case Apply("neg", (inner,)):
                out.append(f" - {line.show(inner, SUM)}")
            case _:
                out.append(f" + {line.show(term, SUM)}")
    return "".join(out), SUM


def _neg(line: Line, args: Sequence[Tree]) -> Printed:
    return f"-{line.show(args[0], PRODUCT)}", SUM


def _mul(line: Line, args: Sequence[Tree]) -> Printed:
    if len(args) < 2:  # noqa: PLR2004 - the number of parts
        return ("1", ATOM) if not args else line.named("mul", args)
    first, *rest = args
    quotient = isinstance(first, Apply) and first.head == "div"
    out = [line.show(first, PRODUCT - 1 if quotient else PRODUCT)]
    out += [line.show(factor, PRODUCT) for factor in rest]
    return "*".join(out), PRODUCT


def _div(line: Line, args: Sequence[Tree]) -> Printed:
    top, bottom = args
    flat = isinstance(top, Apply) and top.head in ("div", "mul") and len(top.args) > 1
    over = line.show(top, PRODUCT - 1 if flat else PRODUCT)
    return f"{over}/{line.show(bottom, PRODUCT)}", PRODUCT


def _pow(line: Line, args: Sequence[Tree]) -> Printed:
    base, exponent = args
    mark = line.marks.power
    return f"{line.show(base, POSTFIX)}{mark}{line.show(exponent, POSTFIX)}", POWER


def _root(line: Line, args: Sequence[Tree]) -> Printed:
    inner, degree = args
    if degree == number(2):
        return line.named("sqrt", (inner,))
    return line.named("root", args)


def _log(line: Line, args: Sequence[Tree]) -> Printed:
    return line.named("log", args)


_ARITHMETIC: Final[dict[str, Callable[[Line, Sequence[Tree]], Printed]]] = {
    "add": _add,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "root": _root,
    "log": _log,
}


def piecewise(line: Line, args: Sequence[Tree]) -> Printed:
    """Return cases as `Piecewise((value, condition), …)`."""
    rows = []
    for row in args:
        value, *condition = row.args if isinstance(row, Apply) else (row,)
        last = condition[0] if condition else Constant("true")
        rows.append(f"({line.show(value)}, {line.show(last)})")
    return f"Piecewise({', '.join(rows)})", ATOM


def matrix(line: Line, args: Sequence[Tree]) -> Printed:
    """Return a matrix by its rows; one row, by its size as well."""
    rows = [row.args if isinstance(row, Apply) else (row,) for row in args]
    if len(rows) == 1:
        return f"Matrix(1, {len(rows[0])}, {_cells(line, rows[0])})", ATOM
    return f"Matrix([{', '.join(_cells(line, row) for row in rows)}])", ATOM


def _cells(line: Line, cells: Sequence[Tree]) -> str:
    return f"[{line.items(cells)}]"


def over_bounds(name: str) -> Callable[[Line, Sequence[Tree]], Printed]:
    """Return a printer of `Sum(f, (k, 1, n))`, where single bounds lose brackets."""

    def print_over(line: Line, args: Sequence[Tree]) -> Printed:
        body, *bounds = args
        shown = [line.show(body), *[_bound(line, bound) for bound in bounds]]
        return f"{name}({', '.join(shown)})", ATOM

    return print_over


def _bound(line: Line, bound: Tree) -> str:
    match bound:
        case Apply("tuple", (only,)):
            return line.show(only)
        case Apply("tuple", parts):
            return f"({line.items(parts)})"
        case _:
            return line.show(bound)


def limit(line: Line, args: Sequence[Tree]) -> Printed:
    """Return a limit; the side is part of the name, since text has no strings."""
    body, variable, where, *side = args
    name = "limit"
    if side and isinstance(side[0], Text):
        name = "limit_above" if side[0].value == "+" else "limit_below"
    return line.named(name, (body, variable, where))


LOGIC_POWERS: Final = {"and": AND, "or": OR, "implies": IMPLIES, "iff": IFF}

RELATIONS: Final = frozenset(
    each(
        "eq ne lt le gt ge approx proportional equivalent much_less much_greater in not_in "
        "owns not_owns "
        "subset subset_eq superset superset_eq tends_to defined_as distributed"
    )
)
