"""Tokens and a surface's tables -> tree: operator precedence, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, NoReturn

from grader.maths.notation import Notation
from grader.maths.readers.unreadable import NESTING, TREE_DEPTH, Unreadable
from grader.maths.tree import Apply, Text, Tree


class Token(NamedTuple):
    """One word of a text: its *kind* finds the rule, its *value* is for the rule."""

    kind: str
    value: str
    start: int
    end: int
    tree: Tree | None = None


Prefix = Callable[["Parser", Token], Tree]
Infix = Callable[["Parser", Tree, Token], Tree]


@dataclass(frozen=True, slots=True)
class Surface:
    """A syntax: what may begin an operand, and what may follow one, how tightly."""

    prefix: Mapping[str, Prefix]
    infix: Mapping[str, tuple[int, Infix]]
    exponent: Callable[["Parser"], Tree]
    subscript: Callable[["Parser"], Tree]
    one_element_sets_group: bool = False


# how tightly things bind; an operand is read with the power of what stands before it
LISTS: Final = 0
IFF: Final = 10
IMPLIES: Final = 12
OR: Final = 14
AND: Final = 16
NOT: Final = 18
RELATION: Final = 30
UNION: Final = 40
INTERSECTION: Final = 42
SUM: Final = 50
PRODUCT: Final = 60
APPLICATION: Final = 70
BRACKET: Final = 71
BESIDE: Final = 72
POWER: Final = 90
POSTFIX: Final = 100

# values that arithmetic cannot take
_COLLECTIVE: Final = frozenset(
    {"set", "set_builder", "interval", "union", "intersection", "set_minus", "listing"}
    | {"symmetric_difference"}
)


class Parser:
    """Where the reading of one text stands."""

    __slots__ = (
        "at",
        "depth",
        "differentials",
        "integrals",
        "matches",
        "notation",
        "product",
        "surface",
        "text",
        "tokens",
    )

    def __init__(
        self, text: str, tokens: list[Token], notation: Notation, surface: Surface
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.notation = notation
        self.surface = surface
        self.at = 0
        self.depth = 0
        self.integrals = 0
        self.differentials: list[Tree] = []
        self.product: Tree | None = None
        self.matches: dict[int, int] | None = None

    def expression(self, floor: int = LISTS) -> Tree:
        """Read one operand and everything after it that binds tighter than *floor*."""
        depth = self.depth
        self.depth = depth + 1
        token = self.tokens[self.at]
        if depth >= NESTING:
            self.fail("less nesting", token)
        rule = self.surface.prefix.get(token[0])
        if rule is None:
            self.fail(_EXPECTED.get(token[0], "a number, a name or a bracket"), token)
        self.at += 1
        left = rule(self, token)
        infix = self.surface.infix
        while True:
            token = self.tokens[self.at]
            entry = infix.get(token[0])
            if entry is None or entry[0] <= floor:
                break
            self.at += 1
            left = entry[1](self, left, token)
        self.depth = depth
        return left

    def operand(self, expected: str) -> Tree:
        """Read one operand and nothing after it."""
        depth = self.depth
        self.depth = depth + 1
        token = self.tokens[self.at]
        rule = self.surface.prefix.get(token[0])
        if rule is None or depth >= NESTING:
            self.fail(expected if rule is None else "less nesting", token)
        self.at += 1
        tree = rule(self, token)
        self.depth = depth
        return tree

    def continued(self, left: Tree) -> Tree:
        """Read on after *left*, an operand that is complete already."""
        infix = self.surface.infix
        while True:
            token = self.tokens[self.at]
            entry = infix.get(token[0])
            if entry is None:
                return left
            self.at += 1
            left = entry[1](self, left, token)

    def peek(self) -> str:
        """Return the kind of the next token."""
        return self.tokens[self.at][0]

    def advance(self) -> Token:
        """Take the next token."""
        token = self.tokens[self.at]
        self.at += 1
        return token

    def accept(self, kind: str) -> bool:
        """Take the next token if it is of this *kind*."""
        if self.tokens[self.at][0] == kind:
            self.at += 1
            return True
        return False

    def expect(self, kind: str, words: str) -> Token:
        """Take the next token, which must be of this *kind*: *words* says it."""
        token = self.tokens[self.at]
        if token[0] != kind:
            self.fail(words, token)
        self.at += 1
        return token

    def fail(self, expected: str, token: Token | None = None) -> NoReturn:
        """Stop reading at *token*, where *expected* should stand."""
        raise self.unreadable(expected, token)

    def unreadable(self, expected: str, token: Token | None = None) -> Unreadable:
        """Return the error that *token* is not the *expected*."""
        where = self.tokens[self.at] if token is None else token
        return Unreadable(where.start, expected, self.text)

    def collect_differentials(self) -> None:
        r"""Remember the `dz` of `\frac{3 dz}{z}` for the integral around it."""
        while self.integrals and self.tokens[self.at][0] == "differential":
            tree = self.advance().tree
            if tree is not None:
                self.differentials.append(tree)

    def value(self, tree: Tree, token: Token) -> Tree:
        """Return *tree*, if arithmetic can take it."""
        if tree.__class__ is Apply and tree.head in _COLLECTIVE:
            return self._ungroup(tree, token)
        if tree.__class__ is Text:
            self.fail("a value, not words", token)
        return tree

    def _ungroup(self, tree: Tree, token: Token) -> Tree:
        match tree:
            case Apply("set", (only,)) if self.surface.one_element_sets_group:
                return only
            case _:
                raise self.unreadable("a single value, not a collection", token)

    def bracket_end(self, opening: int) -> int:
        """Return where the bracket closes whose opening token stands at *opening*."""
        if self.matches is None:
            self.matches = _matches(self.tokens)
        return self.matches.get(opening, len(self.tokens) - 1)

    def outline(self, opening: int) -> list[str]:
        """Return the kinds inside a bracket; brackets within it are one kind each."""
        closing = self.bracket_end(opening)
        kinds = []
        index = opening + 1
        while index < closing:
            kind = self.tokens[index][0]
            kinds.append(kind)
            index = self.bracket_end(index) + 1 if kind in OPENING else index + 1
        return kinds


def _matches(tokens: list[Token]) -> dict[int, int]:
    """Return where each bracket closes, by where it opens."""
    matches: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        kind = token[0]
        if kind in OPENING:
            opened.append(index)
        elif kind in CLOSING and opened:
            matches[opened.pop()] = index
    return matches


OPENING: Final = frozenset(
    {"(", "[", "{", "{{", "lbar", "lnorm", "floor(", "ceil(", "<(", "begin"}
)
CLOSING: Final = frozenset(
    {")", "]", "}", "}}", "rbar", "rnorm", "floor)", "ceil)", ")>", "end_env"}
)

_EXPECTED: Final = {
    "end": "more: the text ends too early",
    ")": "something before the closing bracket",
    "]": "something before the closing bracket",
    "}": "something before the closing bracket",
    "}}": "something before the closing brace",
    "rbar": "something between the bars",
}


def check_depth(tree: Tree, text: str) -> None:
    """Refuse a tree that is too deep to be walked by recursion."""
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, Apply):
            if depth > TREE_DEPTH:
                raise Unreadable(0, "a shorter or flatter formula", text)
            stack.extend((child, depth + 1) for child in node.args)
