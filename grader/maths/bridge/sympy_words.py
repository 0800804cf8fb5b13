"""The names of sympy's classes for the heads and constants of a tree."""

from typing import Any, Final

from grader.maths.readers.names import each

# sympy comes without types: its values and the module itself
Foreign = Any


class NoSympy(Exception):
    """This part of the tree has no counterpart in sympy: *head* says which."""

    def __init__(self, head: str) -> None:
        super().__init__(head)
        self.head = head


# head -> the name of sympy's class or function that takes the same arguments
SAME: Final[dict[str, str]] = {
    **{
        name: name
        for name in each(
            "exp sign re im arg sin cos tan cot sec csc asin acos atan acot asec acsc "
            "sinh cosh tanh coth sech csch asinh acosh atanh acoth asech acsch atan2 "
            "gamma digamma zeta erf erfc erfinv beta polygamma factorial factorial2 "
            "binomial log"
        )
    },
    "ln": "log",
    "abs": "Abs",
    "floor": "floor",
    "ceil": "ceiling",
    "conj": "conjugate",
    "lngamma": "loggamma",
    "heaviside": "Heaviside",
    "dirac": "DiracDelta",
    "max": "Max",
    "min": "Min",
    "mod": "Mod",
    "add": "Add",
    "mul": "Mul",
    "pow": "Pow",
    "root": "real_root",
    "eq": "Eq",
    "ne": "Ne",
    "lt": "Lt",
    "le": "Le",
    "gt": "Gt",
    "ge": "Ge",
    "and": "And",
    "or": "Or",
    "not": "Not",
    "xor": "Xor",
    "implies": "Implies",
    "iff": "Equivalent",
    "tuple": "Tuple",
    "list": "Tuple",
    "listing": "Tuple",
    "set": "FiniteSet",
    "union": "Union",
    "intersection": "Intersection",
    "set_minus": "Complement",
    "symmetric_difference": "SymmetricDifference",
    "sum": "Sum",
    "product": "Product",
    "integral": "Integral",
    "derivative": "Derivative",
    "partial": "Derivative",
    "det": "det",
    "trace": "trace",
}
CONSTANTS: Final[dict[str, str]] = {
    "pi": "pi",
    "e": "E",
    "i": "I",
    "oo": "oo",
    "zoo": "zoo",
    "nan": "nan",
    "euler_gamma": "EulerGamma",
    "true": "true",
    "false": "false",
    "empty_set": "EmptySet",
}
SETS: Final[dict[str, str]] = {
    "naturals": "Naturals",
    "integers": "Integers",
    "rationals": "Rationals",
    "reals": "Reals",
    "complexes": "Complexes",
}
