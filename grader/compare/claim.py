"""A sentence's claim about a formula, or a checkpoint of the rubric -> a mark.

"This expression is positive for some eps > 0" says something that can be checked:
the formula before it has the sign at a point of the declared domain, or nowhere.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from grader.compare.derivation import Claim, Translate, domain_of_witness, holds
from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth
from grader.maths.setting import Setting
from grader.maths.tree import Tree, number, symbols_of
from grader.model.writing import Chain, Mark, Passage, PassageKind, Standing

_CLAIM: Final = re.compile(
    r"\b(?:is|are|be|remains?|stays?)\s+(?:always\s+|strictly\s+|also\s+|then\s+)*"
    r"(?P<sign>positive|negative|non-?negative|non-?positive)"
    r"(?P<rest>(?:\s+\w+){0,4})",
    re.IGNORECASE,
)
_SOMEWHERE: Final = re.compile(
    r"\b(?:some|certain|an?|small|suitable|one)\b", re.IGNORECASE
)
_CONDITION: Final = re.compile(
    r"\b(?:for|if|iff|when|whenever|where|while|on|in|as|provided|exactly|precisely|only"
    r"|unless|until|near|at)\b",
    re.IGNORECASE,
)
_EVERYWHERE: Final = re.compile(r"\b(?:all|every|each|any|always)\b", re.IGNORECASE)
_SUBJECT: Final = re.compile(
    r"(?:^|[.;]\s*)(?:(?:so|thus|hence|therefore|and|now),?\s+)?"
    r"(?:(?:this|the)\s+(?:last\s+|lower\s+|upper\s+)*(?:expression|bound|quantity|term"
    r"|right[- ]hand side|value|function)|this|it|which)\s+(?:is|are|can|stays?|remains?)",
    re.IGNORECASE,
)
_RELATION: Final = {
    "positive": "gt",
    "negative": "lt",
    "nonnegative": "ge",
    "nonpositive": "le",
}
_OPPOSITE: Final = {"gt": "le", "lt": "ge", "ge": "lt", "le": "gt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim that a sentence makes: a sign, somewhere or everywhere."""

    relation: str
    somewhere: bool
    words: str


def claim_in(words: str) -> Said | None:
    """Read a sentence's claim of a sign, where it makes one about what stands before."""
    found = _CLAIM.search(words)
    if found is None or _SUBJECT.search(words[: found.end()]) is None:
        return None
    if _is_conditional(found["rest"]):
        return None
    sign = found["sign"].casefold().replace("-", "")
    return Said(
        relation=_RELATION[sign],
        somewhere=_SOMEWHERE.search(found["rest"]) is not None,
        words=" ".join(words.split()),
    )


def _is_conditional(rest: str) -> bool:
    """Return whether a sentence goes on with a condition: `positive for x > 1`."""
    quantified = _SOMEWHERE.search(rest) or _EVERYWHERE.search(rest)
    return _CONDITION.search(rest) is not None and quantified is None


def mark_claims(
    passages: tuple[Passage, ...],
    chains: tuple[Chain, ...],
    setting: Setting,
    translate: Translate,
) -> tuple[Mark, ...]:
    """Judge the claims that sentences make about the formula displayed before them."""
    marks: list[Mark] = []
    for passage in passages:
        if passage.kind is not PassageKind.WORDS:
            continue
        said = claim_in(passage.text)
        subject = _subject(passage, chains)
        if said is not None and subject is not None:
            marks.append(_judge(said, subject, passage, setting, translate))
    return tuple(marks)


def mark_checkpoints(
    chains: tuple[Chain, ...],
    anchors: dict[Tree, tuple[Tree, str]],
    setting: Setting,
    translate: Translate,
) -> tuple[Mark, ...]:
    """Hold what stands beside a checkpoint's one side against its other.

    *anchors* are, for one side of a statement, the other side and what to say where
    the sheet has something else there.
    """
    marks: list[Mark] = []
    for chain in chains:
        for one, other in pairwise(chain.terms):
            for anchor, beside in ((one, other), (other, one)):
                if anchor.tree not in anchors or beside.tree is None:
                    continue
                expected, say = anchors[anchor.tree]
                if not symbols_of(beside.tree) <= symbols_of(expected):
                    continue  # it is said in letters of the sheet's own
                finding = decide(translate(expected), translate(beside.tree), setting)
                if finding.truth is not Truth.UNKNOWN:
                    marks.append(_checked(chain, beside.latex, finding, say))
    return tuple(marks)


def _checked(chain: Chain, latex: str, finding: Finding, say: str) -> Mark:
    right = finding.truth is Truth.EQUAL
    return Mark(
        standing="true" if right else "false",
        reason="checkpoint-met" if right else "checkpoint-missed",
        statement=latex,
        line=chain.passage.line,
        block=chain.passage.block,
        witness=() if right else finding.witness,
        remark="" if right else say,
    )


def _subject(passage: Passage, chains: tuple[Chain, ...]) -> Chain | None:
    """Return the chain displayed last before a passage, close by."""
    before = [
        chain
        for chain in chains
        if chain.passage.kind is PassageKind.DISPLAY
        and chain.passage.block == passage.block
        and chain.passage.paragraph < passage.paragraph
    ]
    if not before or passage.paragraph - before[-1].passage.paragraph > 1:
        return None
    return before[-1]


def _judge(
    said: Said, subject: Chain, passage: Passage, setting: Setting, translate: Translate
) -> Mark:
    tree = subject.last.tree
    names: frozenset[str] = frozenset()
    if tree is None:
        found = Judged("unchecked", "not-readable")
    else:
        own = translate(tree)
        names = symbols_of(own)
        open_names = names - frozenset(setting.domains)
        found = (
            Judged("unchecked", "a-definition")
            if open_names
            else _sign(own, said, setting)
        )
    return Mark(
        standing=found.standing,
        reason=found.reason,
        statement=subject.last.latex,
        line=passage.line,
        block=passage.block,
        witness=found.witness,
        domain=domain_of_witness(names, setting),
        words=said.words,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """How a claim stands, why, and where that shows."""

    standing: Standing
    reason: str
    witness: tuple[tuple[str, str], ...] = ()


def _sign(tree: Tree, said: Said, setting: Setting) -> Judged:
    """Judge `somewhere positive` by its opposite everywhere, and the like."""
    relation = _OPPOSITE[said.relation] if said.somewhere else said.relation
    finding = holds(Claim(left=tree, relation=relation, right=number(0)), setting)
    match finding.truth:
        case Truth.UNKNOWN:
            return Judged("undecided", "cannot-decide")
        case Truth.EQUAL if said.somewhere:
            return Judged("false", "nowhere-so")
        case Truth.EQUAL:
            return Judged("true", "no-counterexample")
        case Truth.DIFFERENT if said.somewhere:
            return Judged("true", "somewhere-so", finding.witness)
        case _:
            return Judged("false", "false-claim", finding.witness)
