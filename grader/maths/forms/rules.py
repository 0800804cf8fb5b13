"""The names of the rules under which two forms may count as the same."""

from typing import Final

IDENTITIES: Final = frozenset(
    {"add-zero", "times-zero", "times-one", "over-one", "one-to-power"}
    | {"to-power-one", "zero-to-power", "to-power-zero"}
)
SIGNS: Final = frozenset(
    {"double-minus", "minus-out-of-denominator", "leading-minus"},
)
FRACTIONS: Final = frozenset(
    {"join-denominators", "fraction-in-fraction", "cancel-factors"},
)
INTEGERS: Final = frozenset(
    {"add-integers", "multiply-integers", "raise-integers"},
)
RATIONALS: Final = frozenset({"add-fractions", "lowest-terms"})
ORDER: Final = frozenset({"keep-factors", "keep-terms", "numbers-first", "keep-sides"})
RULES: Final = (
    IDENTITIES | SIGNS | FRACTIONS | INTEGERS | RATIONALS | ORDER
) | frozenset({"root-as-power"})
