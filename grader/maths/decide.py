"""Expected tree and given tree -> a finding: equal, different with a witness, unknown.

The cheapest way that settles it: the same tree; the same fingerprint (exact for
rational operations and congruence); then values in balls at points of the domain. A
ball that excludes zero proves a difference; agreement is agreement at many points
to many digits. Collections are taken apart first, relations go their own way.
"""

from dataclasses import replace
from hashlib import blake2b
from typing import Final

from grader.maths.deciding.derivative import differentiate, replaced
from grader.maths.deciding.expectations import MEANS, with_variables
from grader.maths.deciding.families import with_families
from grader.maths.deciding.fingerprint import fingerprint
from grader.maths.deciding.infinities import MAY_DIVERGE, settle_infinities
from grader.maths.deciding.linear_decision import decide_linear, is_linear
from grader.maths.deciding.maximisers import are_places, compare_places
from grader.maths.deciding.parameters import DERIVING, with_parameters
from grader.maths.deciding.pointwise import decide_pointwise
from grader.maths.deciding.rewritings import evaluated
from grader.maths.deciding.survey import Survey, survey
from grader.maths.evaluation.values import NotUnderstoodError
from grader.maths.evaluation.world import world_of
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.forms.coordinates import (
    calculates,
    has_coordinates,
    with_products,
)
from grader.maths.forms.rows import as_matrix
from grader.maths.setting import DEFAULT, Setting
from grader.maths.tree import Apply, Constant, Symbol, Text, Tree, number

RELATION_HEADS: Final = frozenset(
    {"eq", "ne", "lt", "le", "gt", "ge", "approx", "proportional", "equivalent"}
    | {"much_less", "much_greater", "in", "not_in", "subset", "subset_eq"}
    | {"implies", "iff", "tends_to", "defined_as", "superset", "superset_eq"}
    | {"owns", "not_owns"}  # A ∋ x
    | {"chain", "and", "or", "not", "xor", "for_all", "exists", "distributed"}
    | {"set", "set_builder", "interval", "pair_or_interval", "union", "intersection"}
    | {"set_minus", "symmetric_difference", "complement", "plus_minus", "minus_plus"}
)
"""Heads that are not values: equations, inequalities, logic, sets."""

ORDER_PLACE: Final = 3
ORDERED_HEADS: Final = frozenset({"tuple", "list"})
SET_CONSTANTS: Final = frozenset(
    {"true", "false", "empty_set", "naturals", "integers", "rationals", "reals"}
    | {"complexes"}
)


def decide(expected: Tree, given: Tree, setting: Setting = DEFAULT) -> Finding:
    """Decide whether *given* says the same as *expected*."""
    if expected == given:
        return Finding(truth=Truth.EQUAL, method="identical")
    finding = _decide_as_read(expected, given, setting)
    if finding.equal:
        return finding
    from grader.maths.deciding.rereading import (  # noqa: PLC0415  few pairs need it
        rereadings,
    )

    for name, one, other in rereadings(expected, given, declared=bool(setting.domains)):
        again = _decide_as_read(one, other, setting)
        if again.equal:
            return replace(again, notes=(*again.notes, f"read-otherwise: {name}"))
    return finding


def _decide_as_read(expected: Tree, given: Tree, setting: Setting) -> Finding:
    if isinstance(expected, Text) or isinstance(given, Text):
        return _different("text")
    if has_coordinates(expected) or has_coordinates(given):
        expected, given = with_products(expected), with_products(given)
        if calculates(expected) or calculates(given):
            return decide_expressions(expected, given, setting)
    if _is_relation(expected) or _is_relation(given):
        from grader.maths.relating.relations import (  # noqa: PLC0415  it decides with us
            decide_relations,
        )

        return decide_relations(expected, given, setting)
    if _head(expected) in ORDERED_HEADS or _head(given) in ORDERED_HEADS:
        return _decide_ordered(expected, given, setting)
    if _head(expected) == _head(given) == "matrix":
        return _decide_matrices(expected, given, setting)
    return decide_expressions(expected, given, setting)


def decide_expressions(
    expected: Tree, given: Tree, setting: Setting = DEFAULT
) -> Finding:
    """Decide whether two expressions have the same value wherever both have one."""
    expected, given = _spelled_out(expected, given, setting)
    if are_places(expected, given) and expected != given:
        return compare_places(expected, given, setting, decide)
    seen = survey(expected, given)
    if is_linear(seen, setting):
        return decide_linear(expected, given, setting, seen=seen)
    match expected, given:
        case Apply("call", (Symbol("O" | "O_cal"), one)), Apply(
            "call", (Symbol("O" | "O_cal"), other)
        ):
            return _decide_order(one, other, setting)
        case _:
            pass
    prints = fingerprint(expected), fingerprint(given)
    if prints[0] is not None and prints[0] == prints[1]:
        return Finding(truth=Truth.EQUAL, method="exact")
    infinite = settle_infinities(expected, given, setting)
    if infinite is not None:
        return infinite
    world = world_of(expected, given, declared=setting.domains)
    name = seen.antiderivative_in
    if name is not None and world is None:
        return decide_up_to_constant(expected, given, name, setting=setting)
    finding = decide_pointwise(
        expected, given, setting, seen=seen, seed=_seed(prints, seen), world=world
    )
    if finding.truth is Truth.UNKNOWN and not seen.heads.isdisjoint(MAY_DIVERGE):
        return settle_infinities(expected, given, setting, growing=True) or finding
    return finding


def _spelled_out(expected: Tree, given: Tree, setting: Setting) -> tuple[Tree, Tree]:
    """Return both with what notation leaves to the reader: families, variables, laws."""
    heads = survey(expected, given).heads
    if "at" in heads:
        expected, given = evaluated(expected), evaluated(given)
    if "index" in heads:
        expected, given = with_families(expected, given)
    if not heads.isdisjoint(MEANS):
        expected, given = with_variables(expected), with_variables(given)
    if heads.isdisjoint(DERIVING):
        return expected, given
    world = world_of(expected, given, declared=setting.domains)
    laws = frozenset() if world is None else frozenset(world.densities)
    return with_parameters(expected, given, laws)


def decide_up_to_constant(
    expected: Tree, given: Tree, name: str, *, setting: Setting = DEFAULT
) -> Finding:
    """Decide whether two antiderivatives in *name* differ by a constant at most."""
    try:
        slopes = differentiate(expected, name), differentiate(given, name)
    except NotUnderstoodError:
        return unknown("no-derivative")
    finding = decide(*slopes, setting)
    return replace(finding, notes=(*finding.notes, "up-to-constant"))


def _decide_order(expected: Tree, given: Tree, setting: Setting) -> Finding:
    """Decide whether `O(f)` is `O(g)`: whether their quotient is constant."""
    quotient = Apply("div", (expected, given))
    names = sorted(survey(quotient).free)
    fixed: Tree = quotient
    for at, name in enumerate(names):
        fixed = replaced(fixed, Symbol(name), number(at + ORDER_PLACE))
    finding = decide(quotient, fixed, setting)
    return replace(finding, expected_value=None, given_value=None, witness=())


def _seed(prints: tuple[int | None, int | None], seen: Survey) -> int:
    """Return a seed that the two trees determine, in whatever order they come."""
    if prints[0] is not None and prints[1] is not None:
        return prints[0] ^ prints[1]
    words = " ".join((*sorted(seen.free), *sorted(seen.heads)))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())


def _head(tree: Tree) -> str:
    return tree.head if isinstance(tree, Apply) else ""


def _is_relation(tree: Tree) -> bool:
    if isinstance(tree, Constant):
        return tree.name in SET_CONSTANTS
    return _head(tree) in RELATION_HEADS


def _different(reason: str) -> Finding:
    return Finding(truth=Truth.DIFFERENT, method="shape", reason=reason)


def _decide_ordered(expected: Tree, given: Tree, setting: Setting) -> Finding:
    """Decide tuples and lists entry by entry."""
    if not (isinstance(expected, Apply) and isinstance(given, Apply)):
        return _different("kind")
    if expected.head not in ORDERED_HEADS or given.head not in ORDERED_HEADS:
        if "matrix" in {expected.head, given.head}:
            return decide_expressions(expected, given, setting)
        if "matrix" in survey(expected, given).heads:
            rows = as_matrix(expected), as_matrix(given)
            if rows != (expected, given):  # rows of one length, or it is no matrix
                return decide(*rows, setting)
        return _different("kind")
    if len(expected.args) != len(given.args):
        return _different("length")
    places = [f"entry {at}" for at in range(1, len(expected.args) + 1)]
    return together(expected.args, given.args, places, setting)


def _decide_matrices(expected: Tree, given: Tree, setting: Setting) -> Finding:
    """Decide matrices that are written out, entry by entry."""
    if not (isinstance(expected, Apply) and isinstance(given, Apply)):
        return _different("kind")
    if _shape(expected) != _shape(given):
        return _different("shape")
    rows, columns = len(_shape(expected)), max(_shape(expected), default=0)
    places = [
        f"entry ({row}, {column})"
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    ]
    return together(_cells(expected), _cells(given), places, setting)


def _shape(tree: Apply) -> tuple[int, ...]:
    return tuple(len(row.args) for row in tree.args if isinstance(row, Apply))


def _cells(tree: Apply) -> tuple[Tree, ...]:
    return tuple(
        cell for row in tree.args if isinstance(row, Apply) for cell in row.args
    )


def together(
    expected: tuple[Tree, ...],
    given: tuple[Tree, ...],
    places: list[str],
    setting: Setting,
) -> Finding:
    """Decide pair after pair; a difference has its place and how many pairs agree."""
    findings = [
        decide(one, other, setting) for one, other in zip(expected, given, strict=True)
    ]
    right = sum(finding.equal for finding in findings)
    count = f"agreeing: {right} of {len(findings)}"
    for finding, place in zip(findings, places, strict=False):
        if finding.different:
            inner = f"{place}, {finding.place}" if finding.place else place
            return replace(finding, place=inner, notes=(*finding.notes, count))
    for finding, place in zip(findings, places, strict=False):
        if not finding.equal:
            return unknown(finding.reason, f"place: {place}", count)
    methods = {finding.method for finding in findings}
    return Finding(
        truth=Truth.EQUAL,
        method="agreed" if "agreed" in methods else "exact",
        points=min((f.points for f in findings if f.method == "agreed"), default=0),
        digits=min((f.digits for f in findings if f.method == "agreed"), default=0),
    )
