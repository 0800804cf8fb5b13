"""Plain lists and buffers -> answers: every check again, since the worker lies.

Nothing here trusts a length, a tag or a type, and nothing is looked up by a name that
came over the wire but in our own tables.
"""

import math
from collections.abc import Sequence as Many
from fractions import Fraction
from typing import Any, Final, get_args

from grader.maths.tree import (
    CONSTANTS,
    HEADS,
    Apply,
    Constant,
    Number,
    Symbol,
    Text,
    Tree,
)
from grader.model.answer import (
    Answer,
    Array,
    Call,
    Failed,
    FailureReason,
    Formula,
    Found,
    Missing,
    Opaque,
    Sequence,
    Table,
    Value,
)
from grader.sandbox.plain import (
    DEEPEST_NESTING,
    DEEPEST_TREE,
    MOST_INTEGER_BITS,
    MOST_NAME_CHARACTERS,
    MOST_NODES,
    MOST_PARTS,
    MOST_TEXT_CHARACTERS,
)
from grader.sandbox.visible import visible
from grader.sandbox.wire import WireError

MOST_DIMENSIONS: Final = 32
MOST_MESSAGE_CHARACTERS: Final = 2_000
_ITEM_BYTES: Final = {"<f8": 8, "<c16": 16, "<i8": 8, "<u8": 8, "|b1": 1}
_KINDS: Final[dict[str, Any]] = {"l": "list", "t": "tuple", "e": "set"}
_REASONS: Final = frozenset(get_args(FailureReason))
_MOST_HEX_CHARACTERS: Final = MOST_INTEGER_BITS // 4 + 3


def decode_answer(plain: object, buffers: Many[bytes]) -> Answer:
    """Return the answer that a frame's body claims to be.

    Raises:
        WireError: it is none.
    """
    match plain:
        case ["found", value]:
            return Found(value=Decoder(buffers).decode(value))
        case ["missing", name, nearest]:
            near = None if nearest is None else _words(nearest)
            return Missing(name=_words(name), nearest=near)
        case ["failed", str(reason), message, where] if reason in _REASONS:
            return Failed(
                reason=reason,  # type: ignore[arg-type] # one of them: just looked up
                message=_words(message),
                where=_words(where),
            )
        case _:
            raise WireError("no answer")


def decode_call(body: object, buffers: Many[bytes]) -> Call:
    """Return the call that a reference makes of a student's function.

    Raises:
        WireError: it is none.
    """
    match body:
        case [str(name), list(positional), list(keywords)] if name.isidentifier():
            decoder = Decoder(buffers)
            return Call(
                name=name,
                positional=tuple(decoder.decode(p) for p in positional),
                keywords=tuple(_keyword(decoder, pair) for pair in keywords),
            )
        case _:
            raise WireError("no call")


def _keyword(decoder: "Decoder", pair: object) -> tuple[str, Value]:
    match pair:
        case [str(key), value] if key.isidentifier():
            return key, decoder.decode(value)
        case _:
            raise WireError("no keyword")


def decode_signatures(body: object) -> dict[str, tuple[str, ...]]:
    """Return the functions that a worker told of, with their keyword-only parameters.

    Raises:
        WireError: it told something else.
    """
    if not isinstance(body, list) or len(body) > MOST_PARTS:
        raise WireError("no list of functions")
    found = {}
    for item in body:
        match item:
            case [str(name), list(keywords)]:
                found[visible(name)] = decode_names(keywords)
            case _:
                raise WireError("no function")
    return found


def decode_names(body: object) -> tuple[str, ...]:
    """Return the names in a list of names.

    Raises:
        WireError: it is none.
    """
    if not isinstance(body, list) or len(body) > MOST_PARTS:
        raise WireError("no list of names")
    return tuple(_words(name) for name in body)


def decode_unit(body: object, blocks: int) -> tuple[int, int]:
    """Return the block and the statement in it that a worker began.

    Raises:
        WireError: it is none of ours.
    """
    match body:
        case [int(block), int(statement)] if 0 <= block < blocks:
            if 0 <= statement < MOST_PARTS:
                return block, statement
    raise WireError("no unit")


def decode_protections(body: object) -> tuple[tuple[str, bool], ...]:
    """Return the protections that a worker found on or off.

    Raises:
        WireError: they are none.
    """
    found = []
    for item in body if isinstance(body, list) else []:
        match item:
            case [str(name), bool(holds)]:
                found.append((visible(name[:100]), holds))
            case _:
                raise WireError("no protection")
    return tuple(found)


class Decoder:
    """Decodes the values of one frame, counting their parts."""

    def __init__(self, buffers: Many[bytes]) -> None:
        self._buffers = buffers
        self._parts = 0

    def decode(self, plain: object, depth: int = 0) -> Value:
        """Return the value that *plain* describes.

        Raises:
            WireError: it describes none, or one that is too large.
        """
        self._parts += 1
        if self._parts > MOST_PARTS or depth > DEEPEST_NESTING + 1:
            raise WireError("too many parts")
        match plain:
            case ["z"]:
                return None
            case ["b", bool(flag)]:
                return flag
            case ["i", number]:
                return _integer(number)
            case ["f", number]:
                return _float(number)
            case ["c", real, imaginary]:
                return complex(_float(real), _float(imaginary))
            case _:
                return self._decode_box(plain, depth)

    def _decode_box(self, plain: object, depth: int) -> Value:
        match plain:
            case ["s", str(text)] if len(text) <= MOST_TEXT_CHARACTERS:
                return text.encode("utf-8", "replace").decode("utf-8")
            case ["a", dtype, list(shape), int(place)]:
                return self._array(dtype, shape, place)
            case [str(tag), list(items)] if tag in _KINDS:
                inner = tuple(self.decode(item, depth + 1) for item in items)
                return Sequence(kind=_KINDS[tag], items=inner)
            case ["d", list(pairs)]:
                return Table(items=tuple(self._pair(pair, depth) for pair in pairs))
            case ["x", list(nodes)]:
                return Formula(tree=decode_tree(nodes))
            case ["o", type_name, reason]:
                return Opaque(type_name=_words(type_name), reason=_words(reason))
            case _:
                raise WireError("no value")

    def _pair(self, pair: object, depth: int) -> tuple[Value, Value]:
        match pair:
            case [key, value]:
                return self.decode(key, depth + 1), self.decode(value, depth + 1)
            case _:
                raise WireError("no pair of key and value")

    def _array(self, dtype: object, shape: list[Any], place: int) -> Array:
        if not isinstance(dtype, str) or dtype not in _ITEM_BYTES:
            raise WireError("an array of an unknown type")
        if len(shape) > MOST_DIMENSIONS or any(
            type(n) is not int or not 0 <= n < 2**40 for n in shape
        ):
            raise WireError("an array's shape is none")
        if type(place) is not int or not 0 <= place < len(self._buffers):
            raise WireError("an array without a buffer")
        buffer = self._buffers[place]
        if len(buffer) != math.prod(shape) * _ITEM_BYTES[dtype]:
            raise WireError("an array of another size than its shape")
        if dtype == "|b1" and buffer.strip(b"\x00\x01"):
            raise WireError("truth values that are neither true nor false")
        return Array(dtype=dtype, shape=tuple(shape), buffer=buffer)


def decode_tree(nodes: list[Any]) -> Tree:
    """Return the tree of a flat list of nodes in postorder.

    Raises:
        WireError: they make no tree, or one that is too large or too deep.
    """
    if len(nodes) > MOST_NODES:
        raise WireError("a tree with too many nodes")
    stack: list[tuple[Tree, int]] = []
    for node in nodes:
        match node:
            case ["@", str(head), int(count)]:
                _apply(stack, head, count)
            case _:
                stack.append((_leaf(node), 0))
    if len(stack) != 1:
        raise WireError("no single tree")
    return stack[0][0]


def _apply(stack: list[tuple[Tree, int]], head: str, count: int) -> None:
    if head not in HEADS or type(count) is not int or not 0 <= count <= len(stack):
        raise WireError("an unknown head")
    fewest, most = HEADS[head]
    if count < fewest or (most is not None and count > most):
        raise WireError("a head with too few or too many arguments")
    start = len(stack) - count
    below = stack[start:]
    depth = 1 + max((d for _, d in below), default=0)
    if depth > DEEPEST_TREE + 1:
        raise WireError("a tree that is too deep")
    stack[start:] = [(Apply(head, tuple(tree for tree, _ in below)), depth)]


def _leaf(node: object) -> Tree:
    match node:
        case ["n", numerator, denominator, str(text)]:
            below = _integer(denominator)
            if below <= 0 or len(text) > MOST_NAME_CHARACTERS:
                raise WireError("a number that is none")
            return Number(Fraction(_integer(numerator), below), visible(text))
        case ["s", str(name)] if 0 < len(name) <= MOST_NAME_CHARACTERS:
            return Symbol(visible(name))
        case ["k", str(name)] if name in CONSTANTS:
            return Constant(name)
        case ["w", str(text)] if len(text) <= MOST_NAME_CHARACTERS:
            return Text(visible(text))
        case _:
            raise WireError("an unknown node")


def _integer(number: object) -> int:
    if type(number) is int and number.bit_length() <= MOST_INTEGER_BITS:
        return number
    if type(number) is str and len(number) <= _MOST_HEX_CHARACTERS:
        try:
            return int(number, 16)
        except ValueError:
            pass
    raise WireError("an integer that is none")


def _float(number: object) -> float:
    if type(number) is float:
        return number
    if type(number) is str and number in {"nan", "inf", "-inf"}:
        return float(number)
    raise WireError("a float that is none")


def _words(text: object) -> str:
    if not isinstance(text, str):
        raise WireError("words that are none")
    return visible(text[:MOST_MESSAGE_CHARACTERS])
