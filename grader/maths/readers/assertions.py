"""Relations, chains, logic and sets of typed mathematics and LaTeX -> tree."""

from collections.abc import Sequence
from typing import Final

from grader.maths.readers.names import BLACKBOARD
from grader.maths.readers.parser import (
    AND,
    IFF,
    INTERSECTION,
    RELATION,
    SUM,
    Infix,
    Parser,
    Token,
)
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree


def relation(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read a relation, or a chain of them."""
    chain = [left]
    while True:
        end = parser.at - 2
        right = parser.expression(RELATION)
        if token.value in ("in", "not_in"):
            right = _number_set(parser, right)
        if token.value in _OF_SETS:
            chain[-1] = as_set(parser, chain[-1], right, end)
            right = as_set(parser, right, chain[-1], parser.at - 1)
        chain += [Text(token.value), right]
        if parser.peek() != "rel":
            break
        token = parser.advance()
    return relation_of(_counted(chain))


def _number_set(parser: Parser, region: Tree) -> Tree:
    """Read the R of `x ∈ R` as the reals, unless R was declared."""
    match region:
        case Symbol("R" | "N" | "Z" | "Q" | "C" as letter):
            declared = letter in parser.notation.names
            return region if declared else BLACKBOARD[letter]
        case _:
            return region


def _counted(chain: list[Tree]) -> list[Tree]:
    """Read the i of `i = j` and `i < n` as an index: no imaginary unit equals another.

    On the right of an equality, as in `z = i`, it stays what it is.
    """
    ordered = any(isinstance(side, Text) and side.value in _ORDERS for side in chain)
    last = len(chain) if ordered else 1
    return [
        Symbol("i") if side == _UNIT and at < last else side
        for at, side in enumerate(chain)
    ]


_UNIT: Final = Constant("i")
_ORDERS: Final = frozenset({"lt", "le", "gt", "ge"})


def relation_of(sides: Sequence[Tree]) -> Tree:
    """Return the relation or the chain of *sides* and the words between them."""
    match sides:
        case [only]:
            return only
        case [left, Text(head), right]:
            return Apply(head, (left, right))
        case _:
            return Apply("chain", tuple(sides))


def sides_of(tree: Tree) -> tuple[Tree, ...]:
    """Return the sides of a relation and the words between them: `relation_of` undone."""
    match tree:
        case Apply("chain", sides):
            return sides
        case Apply(head, (left, right)) if (
            head in _STATEMENTS and head not in _NOT_SIDES
        ):
            return (left, Text(head), right)
        case _:
            return (tree,)


_NOT_SIDES: Final = frozenset(
    {"and", "or", "implies", "iff", "for_all", "exists", "where"}
)


_OF_SETS: Final = frozenset({"subset", "subset_eq", "superset", "superset_eq", "eq"})


def continued(parser: Parser, token: Token) -> Tree:
    """Read a line that begins with its relation: the line before has the left side."""
    if parser.at > 1:
        parser.fail("something before this relation", token)
    return relation(parser, Text(""), token)


def set_operation(power: int) -> Infix:
    """Return the rule for a union, an intersection or a difference."""

    def read_operation(parser: Parser, left: Tree, token: Token) -> Tree:
        end = parser.at - 1
        right = parser.expression(power)
        left = _complement(as_set(parser, left, right, end - 1))
        right = _complement(as_set(parser, right, left, parser.at - 1))
        for side in (left, right):
            if isinstance(side, Number) or (
                isinstance(side, Apply) and side.head in _NEVER_A_SET
            ):
                parser.fail("sets on both sides", token)
        opened = left is parser.product
        if opened and isinstance(left, Apply) and left.head == token.value:
            right_most: tuple[Tree, ...] = (*left.args, right)
        else:
            right_most = (left, right)
        joined = Apply(token.value, right_most)
        if token.value in ("union", "intersection"):
            parser.product = joined
        return joined

    return read_operation


def _complement(tree: Tree) -> Tree:
    """Return `A^c` beside another set as what is not in A."""
    match tree:
        case Apply("pow", (Symbol() as name, Symbol("c"))):
            return Apply("complement", (name,))
        case _:
            return tree


def as_set(parser: Parser, tree: Tree, other: Tree, last: int) -> Tree:
    """Read `{2}` as a set beside `{1, 2}`: its braces were not only a group."""
    beside_set = isinstance(other, Apply) and other.head == "set"
    if beside_set and parser.tokens[last].kind == "}}" and not is_set(tree):
        return Apply("set", (tree,))
    return tree


def is_set(tree: Tree) -> bool:
    """Say whether *tree* is a set written out."""
    return isinstance(tree, Apply) and tree.head in ("set", "union", "intersection")


_NEVER_A_SET: Final = frozenset({"add", "mul", "div", "pow", "neg", "root", "abs"})


def logic(head: str, power: int) -> Infix:
    """Return the rule for `and` and `or`, which also list answers."""

    def read_logic(parser: Parser, left: Tree, token: Token) -> Tree:
        terms = [left, parser.expression(power)]
        while parser.accept(token.kind):
            terms.append(parser.expression(power))
        if any(_is_value(term) for term in terms):
            if token.value not in ("and", "or"):
                parser.fail("statements on both sides", token)
            told = named_values(terms)
            return Apply("listing" if told == terms else "or", tuple(told))
        return Apply(head, tuple(terms))

    return read_logic


def named_values(terms: list[Tree]) -> list[Tree]:
    """Return `x = 2 or 3` as `x = 2`, `x = 3`: the name counts for all values."""
    match terms:
        case [Apply("eq", (Symbol() as name, _)), *rest] if not any(
            map(is_statement, rest)
        ):
            return [terms[0], *(Apply("eq", (name, value)) for value in rest)]
        case _:
            return terms


def is_statement(tree: Tree) -> bool:
    """Say whether *tree* is true or false rather than a value."""
    return isinstance(tree, Apply) and tree.head in _STATEMENTS


_STATEMENTS: Final = frozenset(
    {
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
        "approx",
        "proportional",
        "equivalent",
        "chain",
    }
    | {"much_less", "much_greater", "in", "not_in", "subset", "subset_eq", "superset"}
    | {"superset_eq", "implies", "iff", "tends_to", "defined_as", "and", "or", "not"}
    | {"distributed", "for_all", "exists", "where", "xor", "owns", "not_owns"}
)


def _is_value(tree: Tree) -> bool:
    """Say whether *tree* can only be a value: `1 and 2` lists two answers."""
    if isinstance(tree, Apply):
        return tree.head in _VALUES
    return isinstance(tree, Number)


_VALUES: Final = _NEVER_A_SET | {"pair_or_interval", "tuple", "root", "factorial"}


def arrow(head: str, power: int) -> Infix:
    """Return the rule for a sign between two sides."""

    def read_arrow(parser: Parser, left: Tree, _token: Token) -> Tree:
        return Apply(head, (left, parser.expression(power)))

    return read_arrow


def negation(parser: Parser, _token: Token) -> Tree:
    """Read `not a`: it denies a relation whole, but of `¬A ∩ B` the event A alone."""
    inner = parser.expression(INTERSECTION)
    if parser.peek() == "rel":
        inner = relation(parser, inner, parser.advance())
    return Apply("not", (inner,))


def quantified(parser: Parser, token: Token) -> Tree:
    """Read `for all x: …`."""
    variable = _quantified_name(parser) or parser.expression(SUM - 2)
    if parser.peek() == "rel":
        relation = parser.advance().value
        variable = Apply(relation, (variable, parser.expression(SUM - 2)))
    if parser.peek() in (",", ":", "mid"):
        parser.advance()
    return Apply(token.value, (variable, parser.expression(IFF)))


def _quantified_name(parser: Parser) -> Tree | None:
    """Read the x of `∃x (x > 0)`, which no bracket is applied to."""
    first, second = parser.tokens[parser.at : parser.at + 2]
    if (first.kind, second.kind) != ("name", "("):
        return None
    parser.advance()
    return first.tree or Symbol(first.value)


def for_which(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read `a = b for all x`, where the quantifier comes last."""
    return Apply(token.value, (parser.expression(AND), left))
