"""A condition on a response, in a line of words -> whether the response meets it.

`response = answer where x = 2`, `diff(response, x) = response`, `response > 3`,
`response proportional to answer`, `response contains a`; several, joined by commas,
must all hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from grader.maths.decide import decide_expressions
from grader.maths.deciding.derivative import differentiate
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.forms.polynomials import NotPolynomialError, ring_of
from grader.maths.forms.written import subtrees
from grader.maths.notation import Notation
from grader.maths.numbers import EXACT, Tolerance
from grader.maths.questions.measuring import compare_numbers, order_of
from grader.maths.reading import read_text
from grader.maths.relating.statements import replaced
from grader.maths.relating.systems import tree_of
from grader.maths.setting import DEFAULT, Setting
from grader.maths.tree import Apply, Number, Symbol, Tree, apply, number, symbols_of

RESPONSE: Final = "response"
ANSWER: Final = "answer"
HOLDS: Final = {
    "gt": lambda side: side > 0,
    "ge": lambda side: side >= 0,
    "lt": lambda side: side < 0,
    "le": lambda side: side <= 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The two answers that a condition speaks of, and how to compare what it says."""

    expected: Tree
    given: Tree
    notation: Notation
    setting: Setting = DEFAULT
    tolerance: Tolerance = EXACT

    def read(self, text: str) -> Tree:
        """Return an expression in which the two answers are called by their roles."""
        names = self.notation.names | {RESPONSE, ANSWER}
        functions = self.notation.functions - names
        plain = Notation(names=names, functions=functions)
        roles = {RESPONSE: self.given, ANSWER: self.expected}
        return differentiated(replaced(read_text(text, plain), roles))


def meets(conditions: str, sides: Sides) -> Finding:
    """Return whether the response meets every one of *conditions*."""
    last = unknown("no-condition")
    for condition in parts_of(conditions, ","):
        last = _meets_one(condition, sides)
        if not last.equal:
            return last
    return last


def parts_of(text: str, mark: str) -> Iterator[str]:
    """Yield what stands between marks that are in no brackets."""
    depth, part = 0, ""
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == mark and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += sign
    yield part.strip()


def _meets_one(condition: str, sides: Sides) -> Finding:
    if " contains " in condition:
        return _contains(condition, sides)
    if " proportional to " in condition:
        return _proportional(condition, sides)
    claim, _, where = condition.partition(" where ")
    values = dict(_assigned(part, sides) for part in parts_of(where, ";") if part)
    return _claimed(replaced(sides.read(claim), values), sides)


def _assigned(text: str, sides: Sides) -> tuple[str, Tree]:
    name, _, value = text.partition("=")
    return name.strip(), sides.read(value)


def _claimed(claim: Tree, sides: Sides) -> Finding:
    match claim:
        case Apply("eq", (left, right)):
            return compare_numbers(right, left, sides.tolerance, sides.setting)
        case Apply(head, (left, right)) if head in HOLDS:
            side = order_of(right, left)
            return (
                unknown("no-order") if side is None else _told(holds=HOLDS[head](side))
            )
        case _:
            return unknown("no-condition")


def _contains(condition: str, sides: Sides) -> Finding:
    whole, _, part = condition.partition(" contains ")
    wanted = sides.read(part)
    return _told(holds=wanted in subtrees(sides.read(whole)))


def _proportional(condition: str, sides: Sides) -> Finding:
    left, _, right = condition.partition(" proportional to ")
    ratio = apply("div", sides.read(left), sides.read(right))
    rates = [differentiate(ratio, name) for name in sorted(symbols_of(ratio))]
    for rate in rates:
        finding = decide_expressions(number(0), rate, sides.setting)
        if not finding.equal:
            return finding
    return _told(holds=True)


def differentiated(tree: Tree) -> Tree:
    """Return *tree* with every derivative in it worked out."""
    if not isinstance(tree, Apply):
        return tree
    tree = Apply(tree.head, tuple(map(differentiated, tree.args)))
    match tree:
        case Apply("derivative", (body, *variables)):
            for variable in variables:
                name, times = _order(variable)
                for _ in range(times):
                    body = tidied(differentiate(body, name))
            return body
        case _:
            return tree


def tidied(tree: Tree) -> Tree:
    """Return a quotient of polynomials multiplied out, and anything else as it is.

    A derivative holds powers like `x^(2 - 1 - 1)`, which have no value at zero.
    """
    try:
        ring = ring_of(tree)
        quotient = ring.quotient(tree)
    except NotPolynomialError:
        return tree
    above, below = tree_of(quotient.above, ring), tree_of(quotient.below, ring)
    return above if quotient.below == 1 else apply("div", above, below)


def _order(variable: Tree) -> tuple[str, int]:
    match variable:
        case Symbol(name):
            return name, 1
        case Apply("tuple", (Symbol(name), Number(times))):
            return name, min(int(times), 8)
        case _:
            return "", 0


def _told(*, holds: bool) -> Finding:
    truth = Truth.EQUAL if holds else Truth.DIFFERENT
    return Finding(truth=truth, method="exact", reason="" if holds else "not-met")
