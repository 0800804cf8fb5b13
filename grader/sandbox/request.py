"""Probes and values -> plain lists and buffers: what the trusted side asks."""

from typing import Any, assert_never

from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree
from grader.model.answer import (
    Answer,
    Argument,
    Array,
    Call,
    Failed,
    Formula,
    Found,
    Missing,
    Opaque,
    Own,
    Probe,
    Read,
    Relay,
    Sequence,
    Table,
    Value,
)
from grader.sandbox.plain import encode_float, encode_integer, number_node

_TAGS = {"list": "l", "tuple": "t", "set": "e"}


class Request:
    """Turns probes and answers into plain lists, keeping their buffers."""

    def __init__(self) -> None:
        self.buffers: list[bytes] = []

    def probe(self, probe: Probe) -> list[Any]:
        """Return a probe's plain list."""
        match probe:
            case Read(name=name):
                return ["read", name]
            case Call(name=name, positional=positional, keywords=keywords):
                return [
                    "call",
                    name,
                    [self.argument(a) for a in positional],
                    [[key, self.argument(a)] for key, a in keywords],
                ]
            case _:
                assert_never(probe)

    def answer(self, answer: Answer) -> list[Any]:
        """Return an answer's plain list."""
        match answer:
            case Found(value=value):
                return ["found", self.argument(value)]
            case Missing(name=name, nearest=nearest):
                return ["missing", name, nearest]
            case Failed(reason=reason, message=message, where=where):
                return ["failed", reason, message, where]
            case _:
                assert_never(answer)

    def argument(self, argument: Argument) -> list[Any]:
        """Return an argument's plain list: a value, or what stands for one."""
        match argument:
            case Own(name=name, call=call, earlier=earlier):
                inner = [[key, self.argument(a)] for key, a in earlier]
                return ["own", name, call, inner]
            case Relay(name=name):
                return ["relay", name]
            case _:
                return self._value(argument)

    def _value(self, value: Value) -> list[Any]:
        match value:
            case None:
                return ["z"]
            case bool():
                return ["b", value]
            case int():
                return encode_integer(value)
            case float():
                return encode_float(value)
            case complex():
                real, imaginary = encode_float(value.real), encode_float(value.imag)
                return ["c", real[1], imaginary[1]]
            case str():
                return ["s", value]
            case _:
                return self._box(value)

    def _box(self, value: Array | Sequence | Table | Formula | Opaque) -> list[Any]:
        match value:
            case Array(dtype=dtype, shape=shape, buffer=buffer):
                self.buffers.append(buffer)
                return ["a", dtype, list(shape), len(self.buffers) - 1]
            case Sequence(kind=kind, items=items):
                return [_TAGS[kind], [self.argument(item) for item in items]]
            case Table(items=pairs):
                inner = [[self.argument(k), self.argument(v)] for k, v in pairs]
                return ["d", inner]
            case Formula(tree=tree):
                return ["x", encode_tree(tree)]
            case Opaque(type_name=type_name, reason=reason):
                return ["o", type_name, reason]
            case _:
                assert_never(value)


def encode_tree(tree: Tree) -> list[list[Any]]:
    """Return the nodes of *tree*, children before their head."""
    nodes: list[list[Any]] = []
    stack: list[Tree | list[Any]] = [tree]
    while stack:
        item = stack.pop()
        match item:
            case list():
                nodes.append(item)
            case Number(value, text):
                nodes.append(number_node(value, text))
            case Symbol(name):
                nodes.append(["s", name])
            case Constant(name):
                nodes.append(["k", name])
            case Text(text):
                nodes.append(["w", text])
            case Apply(head, args):
                stack.append(["@", head, len(args)])
                stack.extend(reversed(args))
            case _:
                assert_never(item)
    return nodes
