"""The words in which sets of answer pairs name what they ask -> our own."""

from collections.abc import Mapping
from typing import Final

from grader.maths.domain import INTEGER, NEGATIVE, NONNEGATIVE, POSITIVE, REAL, Domain
from grader.maths.forms.rules import IDENTITIES, SIGNS
from grader.maths.forms.shapes import Shape
from grader.maths.questions.inquiry import Kind

SHAPES: Final = {
    "Expanded": Shape.EXPANDED,
    "FacForm": Shape.FACTORED,
    "LowestTerms": Shape.LOWEST_TERMS,
    "SingleFrac": Shape.SINGLE_FRACTION,
    "PartFrac": Shape.PARTIAL_FRACTIONS,
    "CompSquare": Shape.COMPLETED_SQUARE,
}
SHAPE_ALONE: Final = frozenset({"Expanded", "LowestTerms"})
KINDS: Final = {
    **dict.fromkeys(SHAPES, Kind.SHAPE),
    "EqualComAss": Kind.SAME_FORM,
    "EqualComAssRules": Kind.SAME_FORM,
    "toEqualExprAndForm": Kind.SAME_FORM,
    "CasEqual": Kind.LITERAL,
    "test_syntactical_comparison": Kind.LITERAL,
    "symbolic_equivalences": Kind.LITERAL,
    "symbolic_nonequivalences": Kind.LITERAL,
    "Int": Kind.INTEGRAL,
    "Antidiff": Kind.ANTIDERIVATIVE,
    "AddConst": Kind.ADDED_CONSTANT,
    "NumSigFigs": Kind.FIGURES,
    "SigFigsStrict": Kind.FIGURES,
    "NumDecPlaces": Kind.PLACES,
    "NumDecPlacesWrong": Kind.DIGITS,
    "toltype_digits": Kind.ROUNDING,
    "GT": Kind.GREATER,
    "SysEquiv": Kind.SYSTEM,
    "SubstEquiv": Kind.RENAMED,
    "SameType": Kind.SAME_TYPE,
    "Equiv": Kind.DERIVATION,
    "EquivFirst": Kind.DERIVATION,
}
RULES: Final = {
    "zeroAdd": "add-zero",
    "zeroMul": "times-zero",
    "oneMul": "times-one",
    "oneDiv": "over-one",
    "onePow": "one-to-power",
    "idPow": "to-power-one",
    "zeroPow": "zero-to-power",
    "zPow": "to-power-zero",
    "negNeg": "double-minus",
    "negDiv": "minus-out-of-denominator",
    "negOrd": "leading-minus",
    "recipMul": "join-denominators",
    "divDiv": "fraction-in-fraction",
    "divCancel": "cancel-factors",
    "intAdd": "add-integers",
    "intMul": "multiply-integers",
    "intPow": "raise-integers",
    "ratAdd": "add-fractions",
    "ratLow": "lowest-terms",
    "sqrtRem": "root-as-power",
    "noncomMul": "keep-factors",
    "noncomAdd": "keep-terms",
    "noncomEq": "keep-sides",
    "comMulNum": "numbers-first",
}
RULE_SETS: Final = {"ID_TRANS": IDENTITIES, "NEG_TRANS": SIGNS}
DOMAINS: Final[Mapping[str, Domain]] = {
    "positive": POSITIVE,
    "negative": NEGATIVE,
    "nonnegative": NONNEGATIVE,
    "real": REAL,
    "integer": INTEGER,
}
CONSTANT_NAMES: Final = frozenset({"pi", "plus_minus", "minus_plus", "lamda"})
"""Declared as symbols by some, and yet they mean what every reader knows."""
PROSE_SUITES: Final = frozenset({"latex-equiv", "extraction"})
