"""LaTeX command -> the character or name that it is typeset as."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _pairs(text: str) -> Mapping[str, str]:
    words = text.split()
    return MappingProxyType(dict(zip(words[::2], words[1::2], strict=True)))


LETTERS: Final = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ "
    "vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ "
    "sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω "
    "infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ "
    "dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ imath ı jmath ȷ Re ℜ Im ℑ aleph ℵ"
)

OPERATORS: Final = _pairs(
    "cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ "
    "odot ⊙ cap ∩ cup ∪ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ neg ¬ lnot ¬ "
    "le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ lt < gt > ll ≪ gg ≫ ne ≠ neq ≠ "
    "equiv ≡ approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ coloneqq ≔ triangleq ≜ "
    "in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid ∣ nmid ∤ "
    "parallel ∥ perp ⟂ vdash ⊢ models ⊨ forall ∀ exists ∃ nexists ∄ "
    "to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ "
    "Leftrightarrow ⇔ implies ⟹ impliedby ⟸ iff ⟺ mapsto ↦ longrightarrow ⟶ "
    "longmapsto ⟼ longleftarrow ⟵ Longrightarrow ⟹ uparrow ↑ downarrow ↓ "
    "hookrightarrow ↪ rightleftharpoons ⇌ therefore ∴ because ∵ colon : prime ′ "
    "backslash \\ dagger † ddagger ‡ angle ∠ triangle △ square □ blacksquare ■ "
    "checkmark ✓ degree ° lbrace { rbrace } lbrack [ rbrack ] vert | Vert ‖ "
    "lvert | rvert | lVert ‖ rVert ‖ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ "
    "rceil ⌉ { { } } % % $ $ # # & & _ _ | ‖"
)

LARGE: Final = _pairs(
    "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀"
)
INTEGRALS: Final = _pairs("int ∫ iint ∬ iiint ∭ oint ∮")

FUNCTIONS: Final = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "exp",
        "log",
        "ln",
        "lg",
        "det",
        "dim",
        "ker",
        "deg",
        "arg",
        "hom",
        "Pr",
        "gcd",
    ]
)
LIMITS: Final = frozenset(
    ["lim", "limsup", "liminf", "max", "min", "sup", "inf", "argmax", "argmin"]
)

ACCENTS: Final = _pairs(
    "hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → overrightarrow → "
    "dot ˙ ddot ¨ check ˇ breve ˘"
)

SPACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ",": "0.17em",
        ":": "0.22em",
        ";": "0.28em",
        " ": "0.25em",
        "quad": "1em",
        "qquad": "2em",
        "!": "-0.17em",
        "thinspace": "0.17em",
    }
)

SILENT: Final = frozenset(
    [
        "limits",
        "nolimits",
        "displaystyle",
        "textstyle",
        "scriptstyle",
        "nonumber",
        "notag",
        "middle",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "biggl",
        "biggr",
        "Biggl",
        "Biggr",
        "bigm",
        "Bigm",
    ]
)

# letter styles: the first code points of A and a, and exceptions that Unicode makes
_BLOCKS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "mathbb": (0x1D538, 0x1D552),
        "mathcal": (0x1D49C, 0x1D4B6),
        "mathscr": (0x1D49C, 0x1D4B6),
        "mathfrak": (0x1D504, 0x1D51E),
        "mathbf": (0x1D400, 0x1D41A),
        "boldsymbol": (0x1D468, 0x1D482),
        "bm": (0x1D468, 0x1D482),
        "pmb": (0x1D468, 0x1D482),
        "mathsf": (0x1D5A0, 0x1D5BA),
        "mathtt": (0x1D670, 0x1D68A),
    }
)
_EXCEPTIONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "mathbb": _pairs("C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ"),
        "mathcal": _pairs("B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ e ℯ g ℊ o ℴ"),
        "mathscr": _pairs("B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ e ℯ g ℊ o ℴ"),
        "mathfrak": _pairs("C ℭ H ℌ I ℑ R ℜ Z ℨ"),
    }
)
STYLES: Final = frozenset(_BLOCKS)


def styled(style: str, letter: str) -> str:
    """Return *letter* in a letter *style*, itself where Unicode has no such letter."""
    exception = _EXCEPTIONS.get(style, {}).get(letter)
    if exception is not None:
        return exception
    upper, lower = _BLOCKS[style]
    if "A" <= letter <= "Z":
        return chr(upper + ord(letter) - ord("A"))
    if "a" <= letter <= "z":
        return chr(lower + ord(letter) - ord("a"))
    return letter
