"""What typed mathematics and LaTeX have in common: operators, brackets, products."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from grader.maths import application
from grader.maths.parser import (
    AND,
    APPLICATION,
    BESIDE,
    BRACKET,
    IFF,
    IMPLIES,
    INTERSECTION,
    NOT,
    OR,
    POSTFIX,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    UNION,
    Infix,
    Parser,
    Prefix,
    Token,
)
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number

_SINGLE: Final = 1
_PAIR: Final = 2


def constant_or_symbol(_parser: Parser, token: Token) -> Tree:
    """Return the tree that the scanner has put into the token."""
    return token.tree or Text(token.value)


def _sign(parser: Parser, token: Token) -> Tree:
    negative = token.kind == "-"
    while parser.peek() in ("-", "+"):
        negative ^= parser.advance().kind == "-"
    operand = parser.value(parser.expression(PRODUCT), token)
    return Apply("neg", (operand,)) if negative else operand


def _plus_minus(parser: Parser, token: Token) -> Tree:
    return Apply(token.value, (parser.value(parser.expression(PRODUCT), token),))


def _sum(parser: Parser, left: Tree, token: Token) -> Tree:
    terms = [parser.value(left, token)]
    while True:
        term = parser.value(parser.expression(SUM), token)
        if token.kind == "pm":
            before = terms[0] if len(terms) == 1 else Apply("add", tuple(terms))
            terms = [Apply(token.value, (before, term))]
        else:
            terms.append(Apply("neg", (term,)) if token.kind == "-" else term)
        if parser.peek() not in ("+", "-", "pm"):
            return terms[0] if len(terms) == 1 else Apply("add", tuple(terms))
        token = parser.advance()


def _product(parser: Parser, left: Tree, token: Token) -> Tree:
    factors = [parser.value(left, token)]
    sign = token.value
    while True:
        factors.append(parser.value(parser.expression(PRODUCT), token))
        if parser.tokens[parser.at][:2] != token[:2]:
            return Apply("mul" if sign == "*" else sign, tuple(factors))
        token = parser.advance()


def _quotient(parser: Parser, left: Tree, token: Token) -> Tree:
    top = parser.value(left, token)
    power = BESIDE if _denominator_ends_early(parser) else PRODUCT
    return Apply("div", (top, parser.value(parser.expression(power), token)))


def _denominator_ends_early(parser: Parser) -> bool:
    """Say whether what stands beside the denominator is a factor: `1/3 x`, `a/(b)c`."""
    at, tokens, slash = parser.at, parser.tokens, parser.notation.slash
    if slash != "number":
        return slash == "factor"
    if tokens[at].kind == "(":
        return True
    return tokens[at].kind == "num" and at > 1 and tokens[at - 2].kind == "num"


def _modulo(parser: Parser, left: Tree, token: Token) -> Tree:
    return Apply("mod", (left, parser.value(parser.expression(PRODUCT), token)))


def _ratio(parser: Parser, left: Tree, token: Token) -> Tree:
    right = parser.value(parser.expression(SUM - 2), token)
    return Apply("div", (parser.value(left, token), right))


def beside(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read two operands that stand next to each other as a product."""
    infix = parser.surface.infix
    power = infix[token.kind][0]
    opened = left is parser.product
    factors = [*left.args] if opened else [parser.value(left, token)]  # type: ignore[union-attr]
    parser.at -= 1
    while True:
        token = parser.tokens[parser.at]
        entry = infix.get(token[0])
        if entry is None or entry[0] < power or entry[1] is not beside:
            break
        if token[0] == "num" and _follows_a_number(parser):
            parser.fail("an operator between two numbers", token)
        factors.append(parser.value(parser.expression(BESIDE), token))
    product = parser.product = Apply("mul", tuple(factors))
    return product


def _follows_a_number(parser: Parser) -> bool:
    """Say whether two numbers stand side by side, and the second is no mixed one."""
    tokens, at = parser.tokens, parser.at
    return tokens[at - 1].kind == "num" and tokens[at + 1].kind != "frac"


def _power(parser: Parser, left: Tree, token: Token) -> Tree:
    base = parser.value(left, token)
    exponent = parser.surface.exponent(parser)
    return raised(parser, base, parser.value(exponent, token), token)


def raised(parser: Parser, base: Tree, exponent: Tree, token: Token) -> Tree:
    """Return *base* to the *exponent*, where a bare T means the transpose."""
    if exponent == _TRANSPOSED and parser.tokens[parser.at - 1].start - token.start <= 2:  # noqa: PLR2004
        declared = "T" in parser.notation.names or "T" in parser.notation.functions
        if not declared and not isinstance(base, Number | Constant):
            return Apply("transpose", (base,))
    return Apply("pow", (base, exponent))


_TRANSPOSED: Final = Symbol("T")


def typed_exponent(parser: Parser) -> Tree:
    """Read `2`, `-x`, `(n+1)` or `{n+1}` after a typed `^`."""
    if parser.accept("{"):
        tree = parser.expression()
        parser.expect("}", "a closing brace")
        return tree
    negative = False
    while parser.peek() in ("-", "+"):
        negative ^= parser.advance().kind == "-"
    exponent = parser.expression(POWER - 1)
    return Apply("neg", (exponent,)) if negative else exponent


def _mark(head: str) -> Infix:
    def read_mark(parser: Parser, left: Tree, token: Token) -> Tree:
        return Apply(head, (parser.value(left, token),))

    return read_mark


def _percent(parser: Parser, left: Tree, token: Token) -> Tree:
    if parser.tokens[parser.at - 2].kind == "name" and isinstance(left, Symbol):
        parser.fail("a number before the percent sign", token)
    return Apply("percent", (parser.value(left, token),))


def _group(parser: Parser, token: Token) -> Tree:
    items, closer = bracketed(parser, token)
    parser.product = None  # what is in brackets takes no further factors
    if len(items) == _SINGLE:
        if closer.kind != CLOSER[token.kind]:
            parser.fail("the closing bracket that belongs to the opening one", closer)
        return items[0]
    ends = token.kind + closer.kind
    if len(items) == _PAIR and ends != "()":
        return _interval_or_list(parser, token, items, ends)
    if closer.kind != CLOSER[token.kind]:
        parser.fail("the closing bracket that belongs to the opening one", closer)
    if token.kind == "[":
        return Apply("list", tuple(_as_lists(items)))
    return Apply("tuple" if len(items) > _PAIR else "pair_or_interval", tuple(items))


def bracketed(parser: Parser, token: Token) -> tuple[list[Tree], Token]:
    """Read what stands between brackets, and the bracket that closes."""
    if parser.peek() in (")", "]"):
        parser.fail("something between the brackets")
    items = [parser.expression()]
    parser.collect_differentials()
    while parser.peek() in (",", ";"):
        parser.advance()
        items.append(parser.expression())
    closer = parser.tokens[parser.at]
    if closer.kind not in (")", "]"):
        parser.fail(f"a closing bracket for the one at {token.start + 1}", closer)
    parser.at += 1
    return items, closer


def _interval_or_list(
    parser: Parser, token: Token, items: Sequence[Tree], ends: str
) -> Tree:
    if ends == "[]" and any(_is_row(item) or _is_set(item) for item in items):
        return Apply("list", tuple(_as_lists(items)))
    for item in items:
        parser.value(item, token)
    return Apply("interval", (*items, Text(ends)))


def _is_row(tree: Tree) -> bool:
    match tree:
        case Apply("interval", (_, _, Text("[]"))) | Apply("list"):
            return True
        case _:
            return False


def _as_lists(items: Sequence[Tree]) -> list[Tree]:
    """Turn `[1, 2]` inside another list from an interval into a list."""
    return [
        Apply("list", item.args[:2])
        if isinstance(item, Apply) and item.head == "interval" and _is_row(item)
        else item
        for item in items
    ]


def _open_interval(parser: Parser, token: Token) -> Tree:
    """Read `]0, 1[`."""
    outer = parser.surface
    # the bracket that closes looks like one that opens: here it ends the operand
    inside = {kind: rule for kind, rule in outer.infix.items() if kind != "["}
    parser.surface = replace(outer, infix=inside)
    items = [parser.expression()]
    parser.expect(",", "a comma")
    items.append(parser.expression())
    parser.surface = outer
    closer = parser.advance()
    if closer.kind not in ("[", "]"):
        parser.fail("a bracket that ends the interval", token)
    return Apply("interval", (*items, Text("(" + (")" if closer.kind == "[" else "]"))))


def braces(parser: Parser, _token: Token) -> Tree:
    """Read a set, by its elements or by a condition."""
    if parser.accept("}"):
        return Constant("empty_set")
    items = [parser.expression()]
    parser.collect_differentials()
    if parser.peek() in ("mid", ":"):
        parser.advance()
        return _builder(parser, items[0])
    while parser.peek() in (",", ";"):
        parser.advance()
        items.append(parser.expression())
    parser.expect("}", "a closing brace")
    return Apply("set", tuple(items))


def _builder(parser: Parser, element: Tree) -> Tree:
    conditions = [parser.expression()]
    while parser.accept(","):
        conditions.append(parser.expression())
    parser.expect("}", "a closing brace")
    single = len(conditions) == _SINGLE
    condition = conditions[0] if single else Apply("and", tuple(conditions))
    return Apply("set_builder", (element, condition))


def _between(head: str, closer: str) -> Prefix:
    def read_between(parser: Parser, token: Token) -> Tree:
        inner = parser.value(parser.expression(), token)
        parser.expect(closer, "the other half of this pair of marks")
        return Apply(head, (inner,))

    return read_between


def _bars(parser: Parser, token: Token) -> Tree:
    doubled = parser.peek() == "lbar"
    inner = parser.value(parser.expression(), token)
    parser.expect("rbar", "a closing bar")
    return size_of(parser, inner, doubled=doubled and parser.peek() == "_")


def size_of(parser: Parser, inner: Tree, *, doubled: bool) -> Tree:
    """Return what bars around *inner* mean: absolute value, determinant or norm."""
    match inner:
        case Apply("abs", (vector,)) if doubled:
            return Apply("norm", (vector,))
        case Apply("matrix"):
            return Apply("det", (inner,))
        case Symbol(name) if parser.notation.kind_of(name) == "matrix":
            return Apply("det", (inner,))
        case Symbol(name) if parser.notation.kind_of(name) == "vector":
            return Apply("norm", (inner,))
        case _:
            return Apply("abs", (inner,))


def _relation(parser: Parser, left: Tree, token: Token) -> Tree:
    chain = [left]
    while True:
        right = parser.expression(RELATION)
        if token.value in _OF_SETS:
            right = as_set(parser, right, chain[-1], parser.at - 1)
        chain += [Text(token.value), right]
        if parser.peek() != "rel":
            break
        token = parser.advance()
    return relation_of(chain)


def relation_of(sides: Sequence[Tree]) -> Tree:
    """Return the relation or the chain of *sides* and the words between them."""
    match sides:
        case [only]:
            return only
        case [left, Text(head), right]:
            return Apply(head, (left, right))
        case _:
            return Apply("chain", tuple(sides))


def sides_of(tree: Tree) -> tuple[Tree, ...]:
    """Return the sides of a relation and the words between them: `relation_of` undone."""
    match tree:
        case Apply("chain", sides):
            return sides
        case Apply(head, (left, right)) if head in _STATEMENTS and head not in _NOT_SIDES:
            return (left, Text(head), right)
        case _:
            return (tree,)


_NOT_SIDES: Final = frozenset({"and", "or", "implies", "iff", "for_all", "exists", "where"})


_OF_SETS: Final = frozenset({"subset", "subset_eq", "superset", "superset_eq", "eq"})


def _continued(parser: Parser, token: Token) -> Tree:
    """Read a line that begins with its relation: the line before has the left side."""
    if parser.at > 1:
        parser.fail("something before this relation", token)
    return _relation(parser, Text(""), token)


def _set_operation(power: int) -> Infix:
    def read_operation(parser: Parser, left: Tree, token: Token) -> Tree:
        end = parser.at - 1
        right = parser.expression(power)
        left = as_set(parser, left, right, end - 1)
        right = as_set(parser, right, left, parser.at - 1)
        for side in (left, right):
            if isinstance(side, Number) or (
                isinstance(side, Apply) and side.head in _NEVER_A_SET
            ):
                parser.fail("sets on both sides", token)
        opened = left is parser.product
        if opened and isinstance(left, Apply) and left.head == token.value:
            right_most: tuple[Tree, ...] = (*left.args, right)
        else:
            right_most = (left, right)
        joined = Apply(token.value, right_most)
        if token.value in ("union", "intersection"):
            parser.product = joined
        return joined

    return read_operation


def as_set(parser: Parser, tree: Tree, other: Tree, last: int) -> Tree:
    """Read `{2}` as a set beside `{1, 2}`: its braces were not only a group."""
    beside_set = isinstance(other, Apply) and other.head == "set"
    if beside_set and parser.tokens[last].kind == "}}" and not _is_set(tree):
        return Apply("set", (tree,))
    return tree


def _is_set(tree: Tree) -> bool:
    return isinstance(tree, Apply) and tree.head in ("set", "union", "intersection")


_NEVER_A_SET: Final = frozenset({"add", "mul", "div", "pow", "neg", "root", "abs"})


def _logic(head: str, power: int) -> Infix:
    def read_logic(parser: Parser, left: Tree, token: Token) -> Tree:
        terms = [left, parser.expression(power)]
        while parser.accept(token.kind):
            terms.append(parser.expression(power))
        if any(_is_value(term) for term in terms):
            if token.value not in ("and", "or"):
                parser.fail("statements on both sides", token)
            return Apply("listing", tuple(terms))
        return Apply(head, tuple(terms))

    return read_logic


def is_statement(tree: Tree) -> bool:
    """Say whether *tree* is true or false rather than a value."""
    return isinstance(tree, Apply) and tree.head in _STATEMENTS


_STATEMENTS: Final = frozenset(
    {"eq", "ne", "lt", "le", "gt", "ge", "approx", "proportional", "equivalent", "chain"}
    | {"much_less", "much_greater", "in", "not_in", "subset", "subset_eq", "superset"}
    | {"superset_eq", "implies", "iff", "tends_to", "defined_as", "and", "or", "not"}
    | {"distributed", "for_all", "exists", "where", "xor"}
)


def _is_value(tree: Tree) -> bool:
    """Say whether *tree* can only be a value: `1 and 2` lists two answers."""
    if isinstance(tree, Apply):
        return tree.head in _VALUES
    return isinstance(tree, Number)


_VALUES: Final = _NEVER_A_SET | {"pair_or_interval", "tuple", "root", "factorial"}


def _arrow(head: str, power: int) -> Infix:
    def read_arrow(parser: Parser, left: Tree, _token: Token) -> Tree:
        return Apply(head, (left, parser.expression(power)))

    return read_arrow


def _not(parser: Parser, _token: Token) -> Tree:
    return Apply("not", (parser.expression(NOT),))


def _quantified(parser: Parser, token: Token) -> Tree:
    variable = parser.expression(SUM - 2)
    if parser.peek() == "rel":
        relation = parser.advance().value
        variable = Apply(relation, (variable, parser.expression(SUM - 2)))
    if parser.peek() in (",", ":", "mid"):
        parser.advance()
    return Apply(token.value, (variable, parser.expression(IFF)))


def _for_which(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read `a = b for all x`, where the quantifier comes last."""
    return Apply(token.value, (parser.expression(AND), left))


def _index(parser: Parser, left: Tree, _token: Token) -> Tree:
    inner = parser.surface.subscript(parser)
    match left, inner:
        case Symbol(name), Symbol(below):
            return application.after_name(parser, Symbol(f"{name}_{below}"))
        case Apply("norm", (vector,)), order:
            return Apply("norm", (vector, order))
        case (Symbol() | Apply("index" | "transpose" | "mul" | "inverse" | "call")), _:
            items = inner.args if isinstance(inner, Apply) and inner.head == "tuple" else (inner,)
            return Apply("index", (left, *items))
        case _:
            parser.fail("a name before the subscript", _token)


def typed_subscript(parser: Parser) -> Tree:
    """Read `{n+1}`, `(n+1)` or one name after a typed `_`."""
    if parser.accept("{"):
        items = [parser.expression()]
        while parser.accept(","):
            items.append(parser.expression())
        parser.expect("}", "a closing brace")
        return items[0] if len(items) == 1 else Apply("tuple", tuple(items))
    return parser.expression(POWER)


def _radical(parser: Parser, token: Token) -> Tree:
    inner = parser.value(parser.expression(POWER - 1), token)
    return Apply("root", (inner, number(int(token.value))))


def _fraction(_parser: Parser, token: Token) -> Tree:
    top, bottom = token.value.split("/")
    return Apply("div", (number(int(top)), number(int(bottom))))


CLOSER: Final = {"(": ")", "[": "]", "{": "}"}

PREFIX: Final[dict[str, Prefix]] = {
    "num": constant_or_symbol,
    "tree": constant_or_symbol,
    "text": constant_or_symbol,
    "name": application.name,
    "fn": application.function,
    "call": application.call,
    "+": _sign,
    "-": _sign,
    "pm": _plus_minus,
    "(": _group,
    "[": _group,
    "]": _open_interval,
    "{": braces,
    "lbar": _bars,
    "lnorm": _between("norm", "rnorm"),
    "floor(": _between("floor", "floor)"),
    "ceil(": _between("ceil", "ceil)"),
    "not": _not,
    "rel": _continued,
    "quantifier": _quantified,
    "radical": _radical,
    "fraction": _fraction,
}

INFIX: Final[dict[str, tuple[int, Infix]]] = {
    "+": (SUM, _sum),
    "-": (SUM, _sum),
    "pm": (SUM, _sum),
    "*": (PRODUCT, _product),
    "/": (PRODUCT, _quotient),
    "mod": (PRODUCT, _modulo),
    ":": (SUM - 2, _ratio),
    "^": (POWER, _power),
    "_": (POSTFIX, _index),
    "!": (POSTFIX, _mark("factorial")),
    "!!": (POSTFIX, _mark("factorial2")),
    "%": (POSTFIX, _percent),
    "degrees": (POSTFIX, _mark("degrees")),
    "'": (POSTFIX, application.primed),
    "rel": (RELATION, _relation),
    "and": (AND, _logic("and", AND)),
    "or": (OR, _logic("or", OR)),
    "implies": (IMPLIES, _arrow("implies", IMPLIES)),
    "iff": (IFF, _arrow("iff", IFF)),
    "quantifier": (IFF - 2, _for_which),
    "union": (UNION, _set_operation(UNION)),
    "cap": (INTERSECTION, _set_operation(INTERSECTION)),
    "compose": (POSTFIX - 2, _arrow("compose", POSTFIX - 2)),
    **dict.fromkeys(["num", "name", "tree", "radical", "fraction"], (BESIDE, beside)),
    **dict.fromkeys(["(", "[", "{", "lbar", "lnorm"], (BRACKET, beside)),
    **dict.fromkeys(["floor(", "ceil("], (BRACKET, beside)),
    **dict.fromkeys(["fn", "call"], (APPLICATION, beside)),
}


def whole(parser: Parser) -> Tree:
    """Read the whole text: one answer, or several with commas and semicolons."""
    rows: list[Tree] = []
    while True:
        rows.append(_row(parser, rows))
        if not parser.accept(";"):
            break
    parser.expect("end", "an operator or the end")
    if len(rows) == _SINGLE:
        return rows[0]
    return Apply("listing", tuple(_as_tuple(row) for row in rows))


def _row(parser: Parser, rows: list[Tree]) -> Tree:
    items = [parser.expression()]
    while parser.peek() == ",":
        comma = parser.advance()
        items.append(parser.expression())
        if len(items) == _PAIR and parser.peek() == "end" and not rows:
            _refuse_decimal_comma(parser, comma)
    return items[0] if len(items) == _SINGLE else Apply("listing", tuple(items))


def _refuse_decimal_comma(parser: Parser, comma: Token) -> None:
    """Refuse `0,5`: it may be a decimal or two answers."""
    place = parser.tokens.index(comma)
    before, after = parser.tokens[place - 1], parser.tokens[place + 1]
    if before.kind == after.kind == "num" and before.end == comma.start == after.start - 1:
        parser.fail("a decimal point, or a space after the comma", comma)


def _as_tuple(row: Tree) -> Tree:
    if isinstance(row, Apply) and row.head == "listing":
        return Apply("tuple", row.args)
    return row
