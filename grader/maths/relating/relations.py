"""Expected and given relation, set or formula of logic -> a finding."""

from dataclasses import replace
from typing import Final, TypeGuard

from grader.maths.decide import decide, decide_expressions
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.forms.rewriting import same_up_to
from grader.maths.forms.written import subtrees
from grader.maths.relating.abstraction import abstracted
from grader.maths.relating.sets import compare_sets, match_elements
from grader.maths.relating.solutions import compare_solutions, speaks_of_numbers
from grader.maths.relating.statements import (
    FALSE,
    TRUE,
    NotAStatementError,
    is_statement,
    mentions_both_signs,
    signs_chosen,
    unfolded,
)
from grader.maths.relating.written_sets import is_set
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Symbol, Tree, apply, symbols_of

SIDE_BY_SIDE: Final = frozenset(
    {"approx", "proportional", "much_less", "much_greater", "subset", "subset_eq"}
    | {"superset", "superset_eq", "tends_to", "distributed", "for_all", "exists"}
    | {"in", "not_in", "owns", "not_owns"}
)


def decide_relations(expected: Tree, given: Tree, setting: Setting) -> Finding:
    """Return whether two answers, one of them at least no plain value, say the same."""
    commute = speaks_of_numbers(expected, given, setting)
    rules = frozenset[str]() if commute else frozenset({"keep-factors"})
    if same_up_to(expected, given, rules):
        return Finding(truth=Truth.EQUAL, method="identical")
    sides = together(expected, given), together(given, expected)
    if sides != (expected, given):
        return decide(*sides, setting)
    if is_claim(expected, given) and is_claim(given, expected):
        return _compare_claims(expected, given, setting)
    if _may_be_set(expected) and _may_be_set(given):
        return compare_sets(expected, given, setting)
    if _is_value(expected) and _is_value(given):
        these, those = signs_chosen(expected), signs_chosen(given)
        return match_elements(these, those, setting)
    return _side_by_side(expected, given, setting)


def is_listing(tree: Tree) -> bool:
    """Return whether *tree* is `a, b, c` without any brackets."""
    return isinstance(tree, Apply) and tree.head == "listing"


def together(tree: Tree, other: Tree) -> Tree:
    """Return a bare list as what *other* is: a tuple, a list, or else a set.

    Beside a set, `a or b` and `a ± b` list what is in it, too.
    """
    if _is_system(tree) and _is_joint(other):
        return Apply("and", tree.args)
    if _is_system(other) and _is_joint(tree):
        return tree
    return _collected(tree, other)


def _is_joint(tree: Tree) -> bool:
    return isinstance(tree, Apply) and tree.head in {"and", "or"}


def _collected(tree: Tree, other: Tree) -> Tree:
    match tree, other:
        case Apply("listing", args), Apply("list" | "tuple" as head, _):
            return Apply(head, args)
        case Apply("listing", args), Apply("pair_or_interval", _):
            return Apply("tuple", args)
        case Apply("listing", args), _:
            return Apply("set", args)
        case Apply("and" | "or", parts), Apply("listing", _):
            return Apply("set", parts)
        case Apply("and" | "or", parts), Apply("set", members) if members and all(
            map(is_statement, members)
        ):
            return Apply("set", parts)
        case _, Apply("set", _) if mentions_both_signs(tree) and _is_value(tree):
            return Apply("set", signs_chosen(tree))
        case Apply("pair_or_interval", args), Apply("listing", _):
            return Apply("tuple", args)
        case _:
            return tree


def _is_system(tree: Tree) -> TypeGuard[Apply]:
    """Return whether *tree* lists equations about several things: `x = 2, y = 1`."""
    if not (isinstance(tree, Apply) and tree.head == "listing"):
        return False
    told = [
        part.args[0]
        for part in tree.args
        if isinstance(part, Apply) and part.head == "eq"
    ]
    return len(set(told)) == len(tree.args)


def is_claim(tree: Tree, other: Tree) -> bool:
    """Return whether *tree* claims something, beside *other* that may do, too."""
    logic = isinstance(other, Apply) and other.head in {"not", "and", "or", "xor"}
    return is_statement(tree) or (isinstance(tree, Symbol) and logic)


def _may_be_set(tree: Tree) -> bool:
    return is_set(tree) or (isinstance(tree, Apply) and tree.head == "tuple")


def _is_value(tree: Tree) -> bool:
    beside = isinstance(tree, Apply) and tree.head in SIDE_BY_SIDE | {"list", "tuple"}
    return not (is_statement(tree) or is_set(tree) or beside)


def _compare_claims(expected: Tree, given: Tree, setting: Setting) -> Finding:
    named = _compare_definitions(expected, given, setting)
    if named is not None:
        return named
    try:
        sides = unfolded(abstracted(expected)), unfolded(abstracted(given))
        finding = compare_solutions(*sides, setting)
    except NotAStatementError:
        if {expected, given} & {TRUE, FALSE}:
            return unknown("statement-not-understood")
        return _side_by_side(expected, given, setting)
    if finding.truth is Truth.UNKNOWN and _same_gap(expected, given, setting):
        return Finding(truth=Truth.EQUAL, method="agreed", reason="same-difference")
    return finding


def _compare_definitions(
    expected: Tree, given: Tree, setting: Setting
) -> Finding | None:
    """Return how the right sides compare, where both say what one thing is.

    Only if that thing does not occur on the right: `y = x^2` beside `y = 2 x^2`; or
    where it is set anew, as in `x := x - g` or `x = x - g`.
    """
    match expected, given:
        case Apply("eq" | "defined_as", (left, one)), Apply(
            "eq" | "defined_as", (name, other)
        ) if left == name and not (is_statement(one) or is_statement(other)):
            pass
        case _:
            return None
    free = symbols_of(one) | symbols_of(other)
    if not free:
        return None
    anew = _sets_anew(expected, given)
    anew = (anew and isinstance(left, Symbol)) or all(map(_assigns, (expected, given)))
    if not (anew or _is_apart(left, one, other)):
        return None
    if mentions_both_signs(one) or mentions_both_signs(other):
        return None
    return replace(decide(one, other, setting), place="right side")


def _is_apart(left: Tree, *sides: Tree) -> bool:
    """Return whether what stands left occurs on neither right side."""
    match left:
        case Symbol(word) | Apply("call", (Symbol(word), *_)):
            return not any(word in symbols_of(side) for side in sides)
        case Apply("abs" | "norm", (inner,)):
            return _is_apart(inner, *sides)
        case Apply("partial" | "gradient" | "derivative"):
            return not any(left in subtrees(side) for side in sides)
        case _:
            return False


def _assigns(claim: Tree) -> bool:
    return isinstance(claim, Apply) and claim.head == "defined_as"


def _sets_anew(*claims: Tree) -> bool:
    """Return whether all say how a name changes: as equations, the name drops out."""
    for claim in claims:
        match claim:
            case Apply("defined_as"):
                pass
            case Apply("eq", (name, Apply("add", terms))) if name in terms:
                pass
            case _:
                return False
    return True


def _same_gap(expected: Tree, given: Tree, setting: Setting) -> bool:
    """Return whether left minus right is the same, up to sign, in two equations."""
    match expected, given:
        case Apply("eq" | "defined_as", these), Apply("eq" | "defined_as", those):
            pass
        case _:
            return False
    if mentions_both_signs(expected) or mentions_both_signs(given):
        return False
    one, other, turned = (
        apply("add", left, apply("neg", right))
        for left, right in (these, those, those[::-1])
    )
    return any(decide_expressions(one, gap, setting).equal for gap in (other, turned))


def _side_by_side(expected: Tree, given: Tree, setting: Setting) -> Finding:
    match expected, given:
        case Apply(one, these), Apply(other, those) if (
            one == other and one in SIDE_BY_SIDE and len(these) == len(those)
        ):
            pass
        case _:
            return Finding(truth=Truth.DIFFERENT, method="shape", reason="wrong-type")
    findings = [decide(*pair, setting) for pair in zip(these, those, strict=True)]
    if all(finding.equal for finding in findings):
        return findings[-1]
    for place, finding in enumerate(findings, 1):
        if finding.different:
            return replace(finding, place=f"side {place}")
    return unknown("side-undecided")
