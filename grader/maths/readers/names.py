"""Words and signs that every reader knows: Greek, constants, functions, relations."""

from typing import Final

from grader.maths.tree import Apply, Constant, Tree, number


def each(words: str) -> list[str]:
    """Return the words of a line, for tables that read better as lines."""
    return words.split()


GREEK: Final[dict[str, str]] = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϑϕϵϱςϖ",
        each(
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi "
            "omicron pi rho sigma tau upsilon phi chi psi omega "
            "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi "
            "Omicron Pi Rho Sigma Tau Upsilon Phi Chi Psi Omega "
            "theta phi epsilon rho sigma pi"
        ),
        strict=True,
    )
)
GREEK_WORDS: Final = frozenset(GREEK.values())

CONSTANTS_BY_WORD: Final[dict[str, Tree]] = {
    "pi": Constant("pi"),
    "e": Constant("e"),
    "i": Constant("i"),
    "oo": Constant("oo"),
    "inf": Constant("oo"),
    "infty": Constant("oo"),
    "infinity": Constant("oo"),
    "nan": Constant("nan"),
    "true": Constant("true"),
    "false": Constant("false"),
    "True": Constant("true"),
    "False": Constant("false"),
    "emptyset": Constant("empty_set"),
}

CONSTANTS_BY_SIGN: Final[dict[str, Tree]] = {
    "π": Constant("pi"),
    "∞": Constant("oo"),
    "∅": Constant("empty_set"),
    "ℕ": Constant("naturals"),
    "ℤ": Constant("integers"),
    "ℚ": Constant("rationals"),
    "ℝ": Constant("reals"),
    "ℂ": Constant("complexes"),
    "ⅈ": Constant("i"),
    "ⅇ": Constant("e"),
}

# letters of number sets, doubled or after a sign of membership
BLACKBOARD: Final[dict[str, Tree]] = {
    "N": Constant("naturals"),
    "Z": Constant("integers"),
    "Q": Constant("rationals"),
    "R": Constant("reals"),
    "C": Constant("complexes"),
}

# a word that is applied to what follows, with or without brackets -> its head
UNARY: Final[dict[str, str]] = {
    **{
        word: word
        for word in each(
            "sin cos tan cot sec csc sinh cosh tanh coth sech csch asin acos atan acot "
            "asec acsc asinh acosh atanh acoth asech acsch exp ln"
        )
    },
    **{
        f"arc{word}": f"a{word}"
        for word in each("sin cos tan cot sec csc sinh cosh tanh coth sech csch")
    },
    **{f"ar{word}": f"a{word}" for word in each("sinh cosh tanh coth sech csch")},
    "cosec": "csc",
    "arccosec": "acsc",
    "cosech": "csch",
    "arctg": "atan",
    "tg": "tan",
    "ctg": "cot",
    "sgn": "sign",
    "sign": "sign",
    "erf": "erf",
    "erfc": "erfc",
    "arg": "arg",
    "det": "det",
    "tr": "trace",
    "Tr": "trace",
    "trace": "trace",
    "rank": "rank",
}

MINUS_ONE: Final[tuple[Tree, ...]] = (Apply("neg", (number(1),)), number(-1))

# heads whose inverse is written with a superscript -1
INVERSE: Final[dict[str, str]] = {
    **{
        word: f"a{word}"
        for word in each("sin cos tan cot sec csc sinh cosh tanh coth sech csch")
    },
    **{
        f"a{word}": word
        for word in each("sin cos tan cot sec csc sinh cosh tanh coth sech csch")
    },
}

# operators of typed mathematics that are one sign; LaTeX has its own commands for them
SIGNS: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys("−–‐‑", ("-", "-")),
    **dict.fromkeys("×·⋅∙•∗", ("*", "*")),
    **dict.fromkeys("÷⁄∕", ("/", "/")),
    "±": ("pm", "plus_minus"),
    "∓": ("pm", "minus_plus"),
    "∪": ("union", "union"),
    "∩": ("cap", "intersection"),
    "∖": ("union", "set_minus"),
    "△": ("union", "symmetric_difference"),
    "∧": ("and", "and"),
    "∨": ("or", "or"),
    "¬": ("not", "not"),
    "⇒": ("implies", "implies"),
    "⟹": ("implies", "implies"),
    "⇔": ("iff", "iff"),
    "⟺": ("iff", "iff"),
    "∀": ("quantifier", "for_all"),
    "∃": ("quantifier", "exists"),
    "≤": ("rel", "le"),
    "⩽": ("rel", "le"),
    "≦": ("rel", "le"),
    "≥": ("rel", "ge"),
    "⩾": ("rel", "ge"),
    "≧": ("rel", "ge"),
    "≠": ("rel", "ne"),
    "≈": ("rel", "approx"),
    "≃": ("rel", "approx"),
    "≅": ("rel", "approx"),
    "≡": ("rel", "equivalent"),
    "∝": ("rel", "proportional"),
    "∈": ("rel", "in"),
    "∉": ("rel", "not_in"),
    "∋": ("rel", "owns"),
    "∌": ("rel", "not_owns"),
    "⊂": ("rel", "subset"),
    "⊆": ("rel", "subset_eq"),
    "⊃": ("rel", "superset"),
    "⊇": ("rel", "superset_eq"),
    "≪": ("rel", "much_less"),
    "≫": ("rel", "much_greater"),
    "∼": ("rel", "distributed"),
    "→": ("rel", "tends_to"),
    "←": ("rel", "defined_as"),
    "°": ("degrees", "degrees"),
    "∠": ("angle", "angle"),
    "∘": ("compose", "compose"),
    "⊙": ("*", "hadamard"),
    "⊗": ("*", "kronecker"),
    "∥": ("norm", "‖"),
    "‖": ("norm", "‖"),
    "∣": ("bar", "|"),
    "｜": ("bar", "|"),
    "⌊": ("floor(", "floor"),
    "⌋": ("floor)", "floor"),
    "⌈": ("ceil(", "ceil"),
    "⌉": ("ceil)", "ceil"),
    "（": ("(", "("),
    "）": (")", ")"),
    "［": ("[", "["),
    "］": ("]", "]"),
    "｛": ("{", "{"),
    "｝": ("}", "}"),
    "，": (",", ","),
    "＋": ("+", "+"),
    "＝": ("rel", "eq"),
    "′": ("'", "'"),
    "’": ("'", "'"),
    "√": ("radical", "2"),
    "∛": ("radical", "3"),
    "∜": ("radical", "4"),
    "∂": ("partial", "partial"),
    "∇": ("nabla", "∇"),
    "∑": ("sum", "sum"),
    "∏": ("sum", "product"),
    "∫": ("integral", "1"),
    "½": ("fraction", "1/2"),
    "⅓": ("fraction", "1/3"),
    "⅔": ("fraction", "2/3"),
    "¼": ("fraction", "1/4"),
    "¾": ("fraction", "3/4"),
}

SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣ", "0123456789+-()nix")
SUBSCRIPTS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₐₑᵢⱼₖₘₙₚₜₓ₊₋", "0123456789aeijkmnptx+-")

# letters that are applied to a bracket even where nobody declared them
ALWAYS_APPLIED: Final = frozenset("fghFGHO") | {"O_cal"}
# letters that are applied to a bracket that holds one name or one application
APPLIED_TO_A_NAME: Final = frozenset("pqPQDLJMVuvy") | {
    *(
        "sigma",
        "delta",
        "ell",
        "Theta",
        "phi",
        "psi",
        "Phi",
        "Psi",
        "L_cal",
        "J_cal",
        "V_cal",
    )
}
