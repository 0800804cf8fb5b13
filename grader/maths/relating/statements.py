"""A relation or a formula of logic -> the same in comparisons, `and`, `or`.

Negations are driven down to the comparisons, chains and memberships are taken
apart, and both signs of a plus-minus become a choice of two.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from grader.maths.forms.written import subtrees
from grader.maths.tree import Apply, Constant, Symbol, Text, Tree, apply

TRUE: Final = Constant("true")
FALSE: Final = Constant("false")
INFINITE: Final = Constant("oo")
MINUS_INFINITE: Final = apply("neg", INFINITE)
OPPOSITE: Final = {
    "eq": "ne",
    "ne": "eq",
    "lt": "ge",
    "le": "gt",
    "gt": "le",
    "ge": "lt",
}
COMPARISONS: Final = frozenset(OPPOSITE)
CONNECTIVES: Final = frozenset(
    {"and", "or", "not", "xor", "implies", "iff", "equivalent", "chain"}
)
DOUBLED: Final = frozenset({"xor", "iff", "equivalent"})
MOST_DOUBLED: Final = 8
MEMBERSHIPS: Final = frozenset({"in", "not_in", "owns", "not_owns"})
INCLUSIONS: Final = frozenset({"subset", "subset_eq", "superset", "superset_eq"})
SAME: Final = frozenset({"eq", "defined_as"})
STATEMENTS: Final = (
    COMPARISONS | CONNECTIVES | MEMBERSHIPS | INCLUSIONS | {"defined_as"}
)


class NotAStatementError(Exception):
    """Something in the statement can be neither true nor false."""


def is_statement(tree: Tree) -> bool:
    """Return whether *tree* claims something."""
    match tree:
        case Constant("true" | "false"):
            return True
        case Apply(head, _):
            return head in STATEMENTS
        case _:
            return False


def unfolded(tree: Tree, *, positive: bool = True) -> Tree:
    """Return *tree*, or its denial, as comparisons joined by and, or."""
    match tree:
        case Constant("true" | "false"):
            return TRUE if (tree == TRUE) is positive else FALSE
        case Symbol():
            return tree if positive else apply("not", tree)
        case Apply(head, args) if head in CONNECTIVES:
            return _connected(head, args, positive=positive)
        case Apply("in" | "not_in", (member, region)):
            within = (tree.head == "in") is positive
            return unfolded(membership(member, region), positive=within)
        case Apply("owns" | "not_owns", (region, member)):
            within = (tree.head == "owns") is positive
            return unfolded(membership(member, region), positive=within)
        case Apply(head, (left, right)) if head in INCLUSIONS:
            return unfolded(_inclusion(head, left, right), positive=positive)
        case Apply(head, (left, right)) if head in COMPARISONS | SAME:
            return _compared(head, left, right, positive=positive)
        case _:
            raise NotAStatementError


def _connected(head: str, args: tuple[Tree, ...], *, positive: bool) -> Tree:
    match head:
        case "not":
            return unfolded(args[0], positive=not positive)
        case "and" | "or":
            joint = head if positive else {"and": "or", "or": "and"}[head]
            return Apply(joint, tuple(unfolded(a, positive=positive) for a in args))
        case "implies":
            return unfolded(
                apply("or", apply("not", args[0]), args[1]), positive=positive
            )
        case "chain":
            return unfolded(Apply("and", links_of(args)), positive=positive)
        case _:
            return _matched(args, same=(head != "xor") is positive)


def _matched(args: tuple[Tree, ...], *, same: bool) -> Tree:
    """Return what it means that statements agree, or that they do not.

    Each is written out twice, so only so many may stand in one another.
    """
    nested = sum(
        isinstance(part, Apply) and part.head in DOUBLED
        for arg in args
        for part in subtrees(arg)
    )
    if nested + len(args) > MOST_DOUBLED:
        raise NotAStatementError
    first, *rest = args
    other = rest[0] if len(rest) == 1 else Apply("xor", tuple(rest))
    return apply(
        "or",
        apply("and", unfolded(first), unfolded(other, positive=same)),
        apply(
            "and", unfolded(first, positive=False), unfolded(other, positive=not same)
        ),
    )


def links_of(args: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """Return the comparisons in a chain `a <= b < c`."""
    signs = [sign.value for sign in args[1::2] if isinstance(sign, Text)]
    ends = pairwise(args[0::2])
    # a chain that lacks a sign is made by no reader, and must not raise all the same
    return tuple(Apply(sign, pair) for sign, pair in zip(signs, ends, strict=False))


def _compared(head: str, left: Tree, right: Tree, *, positive: bool) -> Tree:
    sign = "eq" if head in SAME else head
    if sign in {"eq", "ne"} and (is_statement(left) or is_statement(right)):
        return _matched((left, right), same=(sign == "eq") is positive)
    entries = _entries(left, right)
    if entries is not None:
        joint = apply("and", TRUE, *(apply("eq", *pair) for pair in entries))
        return unfolded(joint, positive=(sign == "eq") is positive)
    choices = signs_chosen(apply(sign, left, right))
    if len(choices) > 1:
        return unfolded(Apply("or", choices), positive=positive)
    sign = sign if positive else OPPOSITE[sign]
    if sign in {"gt", "ge"}:
        return apply({"gt": "lt", "ge": "le"}[sign], right, left)
    return apply(sign, left, right)


def _entries(left: Tree, right: Tree) -> list[tuple[Tree, Tree]] | None:
    match left, right:
        case Apply(one, these), Apply(other, those) if one == other and one in {
            "tuple",
            "pair_or_interval",
            "list",
            "matrix",
            "row",
        }:
            if len(these) != len(those):
                return None
            return list(zip(these, those, strict=True))
        case _:
            return None


def signs_chosen(tree: Tree) -> tuple[Tree, ...]:
    """Return *tree* with the upper signs and with the lower ones, if it has both."""
    if not mentions_both_signs(tree):
        return (tree,)
    return (_with_sign(tree, upper=True), _with_sign(tree, upper=False))


def mentions_both_signs(tree: Tree) -> bool:
    """Return whether a plus-minus occurs in *tree*."""
    match tree:
        case Apply("plus_minus" | "minus_plus", _):
            return True
        case Apply(_, args):
            return any(map(mentions_both_signs, args))
        case _:
            return False


def _with_sign(tree: Tree, *, upper: bool) -> Tree:
    match tree:
        case Apply("plus_minus" | "minus_plus", args):
            parts = [_with_sign(arg, upper=upper) for arg in args]
            plus = (tree.head == "plus_minus") is upper
            parts[-1] = parts[-1] if plus else apply("neg", parts[-1])
            return parts[0] if len(parts) == 1 else Apply("add", tuple(parts))
        case Apply(head, args):
            return Apply(head, tuple(_with_sign(arg, upper=upper) for arg in args))
        case _:
            return tree


def membership(member: Tree, region: Tree) -> Tree:
    """Return what `member in region` says, in comparisons."""
    match region:
        case Constant("empty_set"):
            return FALSE
        case Constant("reals" | "complexes"):
            return TRUE
        case Apply("interval", (low, high, Text(ends))):
            return _between(member, low, high, ends)
        case Apply("pair_or_interval" | "tuple", (low, high)):
            return _between(member, low, high, "()")
        case Apply("set", elements):
            return Apply("or", tuple(apply("eq", member, each) for each in elements))
        case Apply("union" | "intersection", parts):
            joint = "or" if region.head == "union" else "and"
            return Apply(joint, tuple(membership(member, part) for part in parts))
        case _:
            return _rarer_membership(member, region)


def _inclusion(head: str, left: Tree, right: Tree) -> Tree:
    """Return what it says that a set of listed members lies in another set.

    `⊂` excludes the whole set, which only two lists of members can tell.
    """
    small, large = (right, left) if head.startswith("superset") else (left, right)
    match small, large:
        case Apply("set", members), _ if head.endswith("_eq"):
            return Apply("and", tuple(membership(each, large) for each in members))
        case Apply("set", members), Apply("set", others):
            within = [membership(each, large) for each in members]
            without = [apply("not", membership(each, small)) for each in others]
            return apply("and", *within, Apply("or", tuple(without)))
        case _:
            raise NotAStatementError


def _rarer_membership(member: Tree, region: Tree) -> Tree:
    match region:
        case Apply("set_minus", (whole, gone)):
            inside = membership(member, whole)
            return apply("and", inside, apply("not", membership(member, gone)))
        case Apply("symmetric_difference", (one, other)):
            return apply("xor", membership(member, one), membership(member, other))
        case Apply("complement", (inner,)):
            return apply("not", membership(member, inner))
        case Apply("set_builder", (Symbol(name), condition)):
            return replaced(condition, {name: member})
        case Apply("set_builder", (Apply("in", (Symbol(name), whole)), condition)):
            inside = membership(member, whole)
            return apply("and", inside, replaced(condition, {name: member}))
        case Symbol(name):
            return Symbol(f"whether {member!r} is in {name}")
        case _:
            raise NotAStatementError


def _between(member: Tree, low: Tree, high: Tree, ends: str) -> Tree:
    lower = apply("le" if ends[0] == "[" else "lt", low, member)
    upper = apply("le" if ends[1] == "]" else "lt", member, high)
    if low == INFINITE or high == MINUS_INFINITE:
        return FALSE
    bounds = [
        bound
        for bound, edge, absent in (
            (lower, low, MINUS_INFINITE),
            (upper, high, INFINITE),
        )
        if edge != absent
    ]
    return Apply("and", tuple(bounds))


def replaced(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """Return *tree* with names replaced by trees, everywhere."""
    match tree:
        case Symbol(name):
            return values.get(name, tree)
        case Apply(head, args):
            return Apply(head, tuple(replaced(arg, values) for arg in args))
        case _:
            return tree


def comparisons_in(tree: Tree) -> tuple[Apply, ...]:
    """Return the comparisons that an unfolded statement is made of."""
    match tree:
        case Apply("and" | "or", args):
            return tuple(part for arg in args for part in comparisons_in(arg))
        case Apply(head, _) if head in COMPARISONS:
            return (tree,)
        case _:
            return ()


def propositions_in(tree: Tree) -> frozenset[str]:
    """Return the names that stand for something true or false."""
    match tree:
        case Symbol(name):
            return frozenset({name})
        case Apply("and" | "or" | "not", args):
            return frozenset().union(*map(propositions_in, args))
        case _:
            return frozenset()
