"""Pairs of answers, a line of JSON each -> what another judge says of them.

`python benchmarks/peers.py sympy` judges by `simplify(given - expected) == 0`;
`python benchmarks/peers.py math-verify` by Math-Verify's own `parse` and `verify`.
"""

import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

Judge = Callable[[str, str, str], bool | str]


def by_sympy() -> Judge:
    """Return a judge that simplifies the difference."""
    sympy = importlib.import_module("sympy")
    latex = importlib.import_module("sympy.parsing.latex")
    reader: Any = importlib.import_module("sympy.parsing.sympy_parser")
    typed = (*reader.standard_transformations, reader.convert_xor)
    typed = (*typed, reader.implicit_multiplication_application)

    def read(text: str, syntax: str) -> Any:  # noqa: ANN401 - whatever sympy makes of it
        if syntax == "latex":
            return latex.parse_latex(text)
        rules = typed if syntax == "text" else reader.standard_transformations
        return reader.parse_expr(text, transformations=rules)

    def judge(expected: str, given: str, syntax: str) -> bool | str:
        try:
            one, other = read(expected, syntax), read(given, syntax)
        except Exception:  # noqa: BLE001 - it raises whatever it comes across
            return "invalid"
        if one == other:
            return True
        return bool(sympy.simplify(one - other) == 0)

    return judge


def by_math_verify() -> Judge:
    """Return a judge that asks Math-Verify."""
    peer: Any = importlib.import_module("math_verify")

    def judge(expected: str, given: str, syntax: str) -> bool | str:
        marks = "${}$" if syntax == "latex" else "{}"
        gold = peer.parse(marks.format(expected), parsing_timeout=None)
        answer = peer.parse(marks.format(given), parsing_timeout=None)
        if not answer:
            return "invalid"
        return bool(peer.verify(gold, answer, timeout_seconds=None))

    return judge


JUDGES = {"sympy": by_sympy, "math-verify": by_math_verify}


def main() -> None:
    """Answer every line of standard input as soon as it is there."""
    judge = JUDGES[sys.argv[1]]()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        row = json.loads(line)
        try:
            verdict = judge(row["reference"], row["student"], row["syntax"])
        except Exception:  # noqa: BLE001 - a peer's crash is a figure here, too
            verdict = "undecided"
        print(json.dumps({"id": row["id"], "verdict": verdict}), flush=True)


if __name__ == "__main__":
    main()
