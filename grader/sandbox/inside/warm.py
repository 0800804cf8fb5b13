"""Packages that are loaded -> packages that have been used.

Much of what sympy, numpy and matplotlib do at first use (tables, caches, late imports)
is the same for everybody. Done here, before any fork, it is done once for a class. It
is generic: nothing of any assignment is in it.
"""

import contextlib
import io
import sys
import warnings
from collections.abc import Callable
from typing import Any, Final

# another number each time: sympy keeps what it has worked out, and the interpreter
# makes its way through code shorter only after some turns
_NUMBERS: Final = (2, 7, 11)


def warm_up() -> None:
    """Use what is loaded a few times; what fails is left to the work that needs it."""
    for name, use in _USES.items():
        package = sys.modules.get(name)
        if package is not None:
            for number in _NUMBERS:
                with contextlib.suppress(Exception), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    use(package, number)


def _use_numpy(numpy: Any, n: int) -> None:  # noqa: ANN401 - untyped by its late import
    numbers = numpy.random.default_rng(n).normal(size=(20, 20))
    numpy.random.seed(n)
    numpy.linalg.inv(numbers)
    numpy.linalg.eigh(numbers @ numbers.T)
    numpy.linalg.svd(numbers)
    numpy.histogram(numbers, 10)
    numpy.sort(numpy.exp(numbers).sum(axis=0)).mean()
    repr(numbers)


def _use_sympy(sympy: Any, n: int) -> None:  # noqa: ANN401 - untyped by its late import
    x, y = sympy.symbols("x y")
    t = sympy.Symbol("t", positive=True)
    formula = sympy.sin(x) ** 2 + sympy.cos(x) ** 2 + sympy.exp(n * x * y) / (x + 1)
    matrix = sympy.Matrix([[x, y], [n * y, x + 1]])
    polar = sympy.Matrix([n * t * sympy.cos(x), n * t * sympy.sin(x)])
    steps: list[Callable[[], object]] = [
        lambda: sympy.simplify(formula),
        lambda: sympy.simplify(polar.jacobian([t, x]).det()),
        lambda: sympy.expand((x + n * y) ** 3).factor(),
        lambda: sympy.diff(sympy.log(n * x) * sympy.sqrt(y), x),
        lambda: sympy.integrate(sympy.exp(-(x**2) / n), (x, -sympy.oo, sympy.oo)),
        lambda: sympy.integrate(sympy.exp(-(t**2) / n), (t, 0, 1)),
        lambda: sympy.solve([x + n * y - 1, x - y], [x, y]),
        lambda: sympy.solve(t**2 - n, t),
        lambda: (matrix.inv(), matrix.det(), matrix.eigenvals()),
        lambda: sympy.lambdify((x, y), formula, "numpy")(0.5, 0.25),
        lambda: sympy.series(sympy.sin(n * x), x, 0, 4),
        lambda: sympy.limit(sympy.sin(n * x) / x, x, 0),
        lambda: sympy.summation(1 / (n * x**2), (x, 1, sympy.oo)),
        lambda: (sympy.latex(formula), str(formula), repr(matrix)),
        lambda: (sympy.pi * n).evalf(20),
    ]
    for step in steps:
        with contextlib.suppress(Exception):
            step()


def _use_pyplot(pyplot: Any, n: int) -> None:  # noqa: ANN401 - untyped by its late import
    figure, axes = pyplot.subplots()
    axes.plot([0, 1], [0, n], label="$x$")
    axes.hist([0.1, 0.2, 0.9])
    axes.set_title("warm")
    axes.legend()
    figure.savefig(io.BytesIO())
    pyplot.show()
    pyplot.close("all")
    _forget_fonts(sys.modules["matplotlib.font_manager"])


def _forget_fonts(font_manager: Any) -> None:  # noqa: ANN401 - untyped by its late import
    """Close the fonts that were opened; each fork would do it for itself otherwise."""
    for name in ("get_font", "_get_font"):  # the cached one, by matplotlib's version
        clear = getattr(getattr(font_manager, name, None), "cache_clear", None)
        if clear is not None:
            clear()


_USES: Final[dict[str, Callable[[Any, int], None]]] = {
    "numpy": _use_numpy,
    "sympy": _use_sympy,
    "matplotlib.pyplot": _use_pyplot,
}
