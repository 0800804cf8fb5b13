"""An equation of polynomials and a list of equations -> whether that compares coefficients.

`a x + b = c x + d` holds for all x where `a = c` and `b = d`: as equations in x the two
say different things, as an identity they say the same.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.maths.decide import decide
from grader.maths.forms.polynomials import (
    NotPolynomialError,
    generator_named,
    place_of,
    ring_of,
)
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Tree, apply, number, symbols_of


def compares_coefficients(equation: Tree, parts: Tree, setting: Setting) -> bool:
    """Return whether *parts* say that both sides have the same coefficients.

    Both sides must hold the one name that the parts no longer do: nothing is
    compared in an equation that is to be solved, as `a x + b = 0` is.
    """
    match equation, parts:
        case Apply("eq", (left, right)), Apply("and", _):
            pass
        case _:
            return False
    gone = sorted((symbols_of(left) & symbols_of(right)) - symbols_of(parts))
    if len(gone) != 1:
        return False
    gap = apply("add", left, apply("neg", right))
    wanted = [apply("eq", each, number(0)) for each in _coefficients(gap, gone[0])]
    given = list(_flat(parts))
    return len(wanted) == len(given) > 1 and _match(wanted, given, setting)


def _match(wanted: Sequence[Tree], given: Sequence[Tree], setting: Setting) -> bool:
    """Return whether each of the wanted equations is one of those given."""
    return all(
        any(decide(one, other, setting).equal for other in given) for one in wanted
    )


def _flat(parts: Tree) -> Iterator[Tree]:
    match parts:
        case Apply("and", args):
            for arg in args:
                yield from _flat(arg)
        case _:
            yield parts


def _coefficients(tree: Tree, name: str) -> list[Tree]:
    """Return the coefficients of a polynomial in *name*, or none if it is no such."""
    try:
        ring = ring_of(tree)
        quotient = ring.quotient(tree)
    except NotPolynomialError:
        return []
    generator = generator_named(ring, name)
    if generator is None or quotient.below != 1:
        return []
    place = place_of(generator)
    found: dict[int, list[Tree]] = defaultdict(list)
    for exponents, value in quotient.above.to_dict().items():
        powers = [
            apply("pow", base, number(int(times)))
            for at, (base, times) in enumerate(
                zip(ring.generators, exponents, strict=True)
            )
            if times and at != place
        ]
        factor = number(Fraction(int(value.p), int(value.q)))
        found[int(exponents[place])].append(Apply("mul", (factor, *powers)))
    return [Apply("add", tuple(terms)) for terms in found.values()]
