"""Every LaTeX command that is understood; a command in no table here is an error."""

from typing import Final

from grader.maths.readers.calls import SIMPLE, SPECIAL
from grader.maths.readers.names import GREEK_WORDS, UNARY, each
from grader.maths.tree import Constant, Tree

# dropped on purpose: they change how a formula looks and nothing else
SPACING: Final = frozenset(
    {",", ";", ":", "!", " ", ">", "/", "\n", "\t"}
    | set(
        each(
            "quad qquad therefore because enspace enskip thinspace medspace thickspace negthinspace"
        )
    )
    | set(each("negmedspace negthickspace displaystyle textstyle scriptstyle limits"))
    | set(each("scriptscriptstyle nolimits mathstrut hfill nonumber notag hline"))
    | set(each("tiny small large Large LARGE huge Huge scriptsize footnotesize"))
    | set(each("allowbreak noindent centering middle bigstrut strut normalsize"))
)
# dropped together with the argument in braces
SPACING_WITH_ARGUMENT: Final = frozenset(
    {"hspace", "vspace", "label", "tag", "color"}
    | {"textcolor", "phantom", "hphantom", "vphantom"}
)
SIZES: Final = frozenset(
    {"left", "right", "mleft", "mright"}
    | {
        size + side
        for size in ("big", "Big", "bigg", "Bigg")
        for side in ("", "l", "r", "m")
    }
)

GREEK_COMMANDS: Final[dict[str, str]] = {
    **{word: word for word in GREEK_WORDS if word not in ("pi", "Pi")},
    **{
        f"var{word}": word
        for word in each("epsilon theta phi rho sigma kappa Gamma Delta Theta")
    },
    **{f"var{word}": word for word in each("Lambda Xi Sigma Upsilon Phi Psi Omega")},
    "Pi": "Pi",
    "varpi": "varpi",
    "ell": "ell",
    "hbar": "hbar",
    "imath": "i",
    "jmath": "j",
}

CONSTANT_COMMANDS: Final[dict[str, Tree]] = {
    "pi": Constant("pi"),
    "infty": Constant("oo"),
    "infin": Constant("oo"),
    "emptyset": Constant("empty_set"),
    "varnothing": Constant("empty_set"),
    "imaginaryunit": Constant("i"),
    "imaginaryI": Constant("i"),
    "imaginaryJ": Constant("i"),
    "exponentialE": Constant("e"),
    "N": Constant("naturals"),
    "Z": Constant("integers"),
    "Q": Constant("rationals"),
    "R": Constant("reals"),
    "C": Constant("complexes"),
    "true": Constant("true"),
    "false": Constant("false"),
}

OPERATOR_COMMANDS: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(
        ["cdot", "times", "ast", "bullet", "star", "cdotp", "centerdot"], ("*", "*")
    ),
    **dict.fromkeys(["div", "slash"], ("/", "/")),
    "pm": ("pm", "plus_minus"),
    "mp": ("pm", "minus_plus"),
    "odot": ("*", "hadamard"),
    "otimes": ("*", "kronecker"),
    **dict.fromkeys(["mod", "bmod"], ("mod", "mod")),
    "pmod": ("pmod", "mod"),
    "cup": ("union", "union"),
    "bigcup": ("union", "union"),
    "cap": ("cap", "intersection"),
    **dict.fromkeys(["setminus", "smallsetminus"], ("union", "set_minus")),
    "backslash": ("union", "set_minus"),
    "triangle": ("union", "symmetric_difference"),
    **dict.fromkeys(["land", "wedge"], ("and", "and")),
    **dict.fromkeys(["lor", "vee"], ("or", "or")),
    **dict.fromkeys(["lnot", "neg"], ("not", "not")),
    **dict.fromkeys(
        ["implies", "Rightarrow", "Longrightarrow"], ("implies", "implies")
    ),
    **dict.fromkeys(
        ["iff", "Leftrightarrow", "Longleftrightarrow", "leftrightarrow"],
        ("iff", "iff"),
    ),
    **dict.fromkeys(["oplus", "veebar"], ("xor", "xor")),
    **dict.fromkeys(["angle", "measuredangle"], ("angle", "angle")),
    "forall": ("quantifier", "for_all"),
    "exists": ("quantifier", "exists"),
    "circ": ("compose", "compose"),
    "degree": ("degrees", "degrees"),
    "prime": ("'", "'"),
    **dict.fromkeys(["%"], ("%", "percent")),
    "colon": (":", ":"),
    "lt": ("rel", "lt"),
    "gt": ("rel", "gt"),
    **dict.fromkeys(["leq", "le", "leqslant", "leqq"], ("rel", "le")),
    **dict.fromkeys(["geq", "ge", "geqslant", "geqq"], ("rel", "ge")),
    **dict.fromkeys(["neq", "ne"], ("rel", "ne")),
    **dict.fromkeys(
        ["approx", "simeq", "cong", "approxeq", "thickapprox"], ("rel", "approx")
    ),
    "nless": ("rel", "ge"),
    "nleq": ("rel", "gt"),
    "ngtr": ("rel", "le"),
    "ngeq": ("rel", "lt"),
    "equiv": ("rel", "equivalent"),
    **dict.fromkeys(["propto", "varpropto"], ("rel", "proportional")),
    **dict.fromkeys(["coloneqq", "triangleq", "doteq"], ("rel", "defined_as")),
    **dict.fromkeys(["leftarrow", "gets", "longleftarrow"], ("rel", "defined_as")),
    "sim": ("rel", "distributed"),
    "in": ("rel", "in"),
    "notin": ("rel", "not_in"),
    **dict.fromkeys(["ni", "owns"], ("rel", "owns")),
    "notni": ("rel", "not_owns"),
    "subset": ("rel", "subset"),
    "subseteq": ("rel", "subset_eq"),
    "supset": ("rel", "superset"),
    "supseteq": ("rel", "superset_eq"),
    "ll": ("rel", "much_less"),
    "gg": ("rel", "much_greater"),
    **dict.fromkeys(["to", "rightarrow", "longrightarrow"], ("rel", "tends_to")),
    **dict.fromkeys(["mapsto", "longmapsto"], ("mapsto", "mapsto")),
    **dict.fromkeys(["underbrace", "overbrace", "underline"], ("labelled", "labelled")),
    "mid": ("bar", "|"),
    "vert": ("bar", "|"),
    **dict.fromkeys(["|", "Vert", "parallel"], ("norm", "‖")),
    "lvert": ("lbar", "|"),
    "rvert": ("rbar", "|"),
    "lVert": ("lnorm", "‖"),
    "rVert": ("rnorm", "‖"),
    **dict.fromkeys(["lfloor", "llcorner"], ("floor(", "floor")),
    **dict.fromkeys(["rfloor", "lrcorner"], ("floor)", "floor")),
    **dict.fromkeys(["lceil", "ulcorner"], ("ceil(", "ceil")),
    **dict.fromkeys(["rceil", "urcorner"], ("ceil)", "ceil")),
    "langle": ("<(", "<"),
    "rangle": (")>", ">"),
    **dict.fromkeys(["{", "lbrace"], ("{", "{")),
    **dict.fromkeys(["}", "rbrace"], ("}", "}")),
    "lbrack": ("[", "["),
    "rbrack": ("]", "]"),
    "lgroup": ("(", "("),
    "rgroup": (")", ")"),
    "lparen": ("(", "("),
    "rparen": (")", ")"),
    **dict.fromkeys(
        ["frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"], ("frac", "div")
    ),
    **dict.fromkeys(["binom", "dbinom", "tbinom"], ("binom", "binomial")),
    "choose": ("choose", "binomial"),
    "over": ("choose", "div"),
    "sqrt": ("sqrt", "root"),
    "sum": ("sum", "sum"),
    "prod": ("sum", "product"),
    "int": ("integral", "1"),
    "iint": ("integral", "2"),
    "iiint": ("integral", "3"),
    "lim": ("lim", "limit"),
    **dict.fromkeys(["max", "sup"], ("extremum", "max")),
    **dict.fromkeys(["min", "inf"], ("extremum", "min")),
    "argmax": ("extremum", "argmax"),
    "argmin": ("extremum", "argmin"),
    "nabla": ("nabla", "nabla"),
    "partial": ("partial", "partial"),
    "boxed": ("boxed", "boxed"),
    "fbox": ("boxed", "boxed"),
    "cr": ("newline", "newline"),
    "newline": ("newline", "newline"),
    **dict.fromkeys(["top", "intercal"], ("top", "T")),
    **dict.fromkeys(["dagger", "dag"], ("dagger", "dagger")),
    "Pr": ("probability", "Pr"),
}

# relations that `\\not` crosses out
NEGATED: Final[dict[str, str]] = {
    "lt": "ge",
    "le": "gt",
    "gt": "le",
    "ge": "lt",
    "eq": "ne",
    "in": "not_in",
    "owns": "not_owns",
    "equivalent": "ne",
}

# commands that people write and no grammar can read: what to write instead
REFUSED: Final[dict[str, str]] = {
    **dict.fromkeys(
        ["dots", "ldots", "cdots", "vdots", "ddots"], "every term, or a sum sign"
    ),
    **dict.fromkeys(["def", "newcommand", "let"], "a formula, not a definition of TeX"),
}

# what a circle, a hat or a bar over a name adds to the name
ACCENTS: Final[dict[str, str]] = {
    "hat": "hat",
    "widehat": "hat",
    "bar": "bar",
    "overline": "overline",
    "tilde": "tilde",
    "widetilde": "tilde",
    "check": "check",
    "breve": "breve",
    "dot": "dot",
    "ddot": "ddot",
    "mathring": "ring",
    "vec": "vec",
    "overrightarrow": "vec",
}

# fonts that are part of a name, and fonts that are not
FONTS: Final[dict[str, str]] = {
    **dict.fromkeys(["mathcal", "mathscr", "mathfrak", "cal"], "cal"),
    "mathbb": "bb",
    **dict.fromkeys(["mathbf", "boldsymbol", "bm", "pmb", "symbf", "bf"], "bold"),
    **dict.fromkeys(
        ["mathrm", "mathsf", "mathtt", "mathnormal", "rm", "mathop"], "roman"
    ),
    **dict.fromkeys(["operatorname", "operatorname*", "DeclareMathOperator"], "roman"),
    "mathit": "italic",
    "variable": "variable",
}
TEXTS: Final = frozenset(
    each("text textbf textit textrm textsf texttt mbox hbox textnormal")
)

FUNCTION_COMMANDS: Final[dict[str, tuple[str, str]]] = {
    **{word: ("call", word) for word in (*SIMPLE, *SPECIAL)},
    **{word: ("fn", word) for word in (*UNARY, "log", "lg")},
    "Re": ("fn", "re"),
    "Im": ("fn", "im"),
}

# words in \text{…} that are operators
TEXT_OPERATORS: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(["and", "and let", "also", "as well as"], ("and", "and")),
    **dict.fromkeys(["or"], ("or", "or")),
    "not": ("not", "not"),
    "mod": ("mod", "mod"),
    "in": ("rel", "in"),
    **dict.fromkeys(["if", "when", "for", "if and when"], ("if", "if")),
    **dict.fromkeys(
        ["where", "with", "such that", "s.t", "subject to"], ("where", "where")
    ),
    **dict.fromkeys(["otherwise", "else", "elsewhere"], ("otherwise", "otherwise")),
    **dict.fromkeys(
        ["for all", "for every", "for any", "for each"], ("quantifier", "for_all")
    ),
    **dict.fromkeys(["for some", "there exists", "exists"], ("quantifier", "exists")),
    **dict.fromkeys(
        ["implies", "so", "hence", "thus", "therefore"], ("implies", "implies")
    ),
    **dict.fromkeys(["iff", "if and only if"], ("iff", "iff")),
    **dict.fromkeys(["pct", "percent", "percentage"], ("%", "percent")),
    **dict.fromkeys(["degrees", "degree"], ("degrees", "degrees")),
}

MATRICES: Final = frozenset(
    {"matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array", "psmallmatrix"}
    | {"bsmallmatrix", "vmatrix", "Vmatrix"}
)
CASES: Final = frozenset({"cases", "dcases", "rcases"})
ALIGNED: Final = frozenset(
    {"aligned", "align", "align*", "split", "gathered", "gather", "gather*", "equation"}
    | {"equation*", "eqnarray", "eqnarray*", "multline", "multline*", "alignedat"}
)
