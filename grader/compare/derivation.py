"""Chains of formulas -> a mark beside each step: true, false with a witness, or open.

What is written on paper is not all claims. A letter that stands alone on one side is
being defined; a relation that stands alone may be a condition, or an equation to be
solved. Only a step inside a chain claims that its two sides relate so on the whole
declared domain, and only such a step is ever called false.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import isfinite
from typing import Final

from grader.maths.closed import number_of
from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Constant, Number, Symbol, Tree, apply
from grader.model.writing import Chain, Mark, Standing, Term

CLAIMED: Final = frozenset({"eq", "le", "lt", "ge", "gt", "ne"})
WORDS_OF: Final = {
    "eq": "=",
    "le": r"\le",
    "lt": "<",
    "ge": r"\ge",
    "gt": ">",
    "ne": r"\ne",
}
ZERO: Final = Number(Fraction(0))
TRUE: Final = Constant("true")
LONGEST_FRACTION_CHARACTERS: Final = 12  # a longer witness is shown as a decimal

Translate = Callable[[Tree], Tree]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One step of a chain, in the rubric's names."""

    left: Tree
    relation: str
    right: Tree

    @property
    def tree(self) -> Tree:
        """The step as a statement."""
        return apply(self.relation, self.left, self.right)


def mark_chains(
    chains: tuple[Chain, ...],
    setting: Setting,
    translate: Translate,
    defined: Callable[[Chain, Tree], Tree] = lambda _, tree: tree,
) -> tuple[Mark, ...]:
    """Judge every step of every chain; a chain of one term has none.

    *defined* puts in what the letters of a chain's tree were defined to be: a step
    that is false of any letters may be true of these, and is then not called false.
    """
    return tuple(
        mark
        for chain in chains
        for mark in _mark_chain(chain, setting, translate, partial(defined, chain))
    )


def holds(claim: Claim, setting: Setting) -> Finding:
    """Find out whether a claim is true on the whole declared domain."""
    if claim.relation == "eq":
        return decide(claim.left, claim.right, setting)
    return decide(TRUE, claim.tree, setting)


def _mark_chain(
    chain: Chain, setting: Setting, translate: Translate, defined: Translate
) -> Iterator[Mark]:
    alone = len(chain.relations) == 1 and not chain.continues
    for left, relation, right in zip(
        chain.terms, chain.relations, chain.terms[1:], strict=False
    ):
        mark = _mark_step(
            chain, (left, relation, right), setting, translate, alone=alone
        )
        if mark.standing == "false" and left.tree and right.tree:
            claim = Claim(
                left=translate(defined(left.tree)),
                relation=relation,
                right=translate(defined(right.tree)),
            )
            if not holds(claim, setting).different:
                mark = replace(
                    mark,
                    standing="unchecked",
                    reason="a-definition",
                    witness=(),
                    domain="",
                )
        yield mark


def _mark_step(
    chain: Chain,
    step: tuple[Term, str, Term],
    setting: Setting,
    translate: Translate,
    *,
    alone: bool,
) -> Mark:
    left, relation, right = step
    sign = WORDS_OF.get(relation, relation)
    statement = f"{left.latex} {sign} {right.latex}"

    def mark(standing: Standing, reason: str, finding: Finding | None = None) -> Mark:
        return Mark(
            standing=standing,
            reason=reason,
            statement=statement,
            line=chain.passage.line,
            block=chain.passage.block,
            witness=_short(finding.witness) if finding is not None else (),
            domain=domain_of_witness((n for n, _ in finding.witness), setting)
            if finding is not None
            else "",
        )

    if left.tree is None or right.tree is None:
        return mark("unchecked", "not-readable")
    if relation not in CLAIMED:
        return mark("unchecked", "not-a-claim")
    claim = Claim(
        left=translate(left.tree), relation=relation, right=translate(right.tree)
    )
    why = _unchecked(claim, setting)
    if why:
        return mark("unchecked", why)
    finding = holds(claim, setting)
    if finding.truth is Truth.EQUAL or _is_rounding(claim):
        return mark("true", _how(relation, finding))
    if finding.truth is Truth.UNKNOWN:
        return mark("undecided", "cannot-decide")
    is_solved = relation == "eq" and claim.right == ZERO and _open(claim.left)
    if alone or is_solved:
        return mark("unchecked", "a-condition")
    return mark("false", "false-step", finding)


def _unchecked(claim: Claim, setting: Setting) -> str:
    """Say why a step claims nothing that can be checked; nothing where it does."""
    left, right = _open(claim.left), _open(claim.right)
    declared = frozenset(setting.domains)
    if left - declared != right - declared:
        return "a-definition"
    for side, other in ((claim.left, right), (claim.right, left)):
        if isinstance(side, Symbol) and side.name not in other:
            return "a-definition"
    return ""


def _open(tree: Tree) -> frozenset[str]:
    """Return the names in *tree*, functions and unevaluated operators with them."""
    match tree:
        case Symbol(name):
            return frozenset({name})
        case Apply("call", (Symbol(name), *args)):
            given = frozenset[str]().union(*(_open(arg) for arg in args))
            return given | {f"{name}()"}  # a function, whatever the letter stands for
        case Apply(head, args):
            inner = frozenset[str]().union(*(_open(arg) for arg in args))
            return inner | {head} if head in _OPAQUE else inner
        case _:
            return frozenset()


_OPAQUE: Final = frozenset(
    {"expectation", "probability", "kl", "js", "tv", "entropy", "variance", "integral"}
    | {"gradient", "index", "covariance", "mutual_information"}
)


def _how(relation: str, finding: Finding) -> str:
    if relation != "eq" and finding.method == "agreed":
        return "no-counterexample"
    return "true-step"


def domain_of_witness(names: Iterable[str], setting: Setting) -> str:
    """Name the declared domain of the letters in a witness."""
    told = []
    for name in sorted(names):
        domain = setting.domains.get(name)
        if domain is None or (domain.low is None and domain.high is None):
            continue
        low = "" if domain.low is None else f"{float(domain.low):g} < "
        high = "" if domain.high is None else f" < {float(domain.high):g}"
        told.append(f"{low}{name}{high}")
    return ", ".join(told)


def _is_rounding(claim: Claim) -> bool:
    """Return whether a step writes a number as the decimal that it rounds to."""
    if claim.relation != "eq":
        return False
    sides = (claim.left, claim.right)
    return any(_rounds(one, other) for one, other in (sides, sides[::-1]))


def _rounds(tree: Tree, decimal: Tree) -> bool:
    if isinstance(decimal, Apply) and decimal.head == "neg":
        return _rounds(apply("neg", tree), decimal.args[0])
    if not isinstance(decimal, Number) or "." not in decimal.text:
        return False
    value = number_of(tree)
    if not isinstance(value, Fraction | float) or not isfinite(value):
        return False
    places = len(decimal.text.partition(".")[2])
    return abs(Fraction(value) - decimal.value) <= Fraction(1, 2 * 10**places)


def _short(witness: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Write a long fraction as the decimal that a person would read."""
    return tuple((name, _readable(value)) for name, value in witness)


def _readable(value: str) -> str:
    if len(value) <= LONGEST_FRACTION_CHARACTERS or "/" not in value:
        return value
    return f"{float(Fraction(value)):.6g}"
