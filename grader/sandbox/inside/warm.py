"""Packages that are loaded -> packages that have been used once.

Much of what sympy, numpy and matplotlib do at first use (tables, caches, late imports)
is the same for everybody. Done here, before any fork, it is done once for a class. It
is generic: nothing of any assignment is in it.
"""

import contextlib
import io
import sys
from collections.abc import Callable
from typing import Any, Final


def warm_up() -> None:
    """Use once what is loaded; what fails is left to the submission that needs it."""
    for name, use in _USES.items():
        package = sys.modules.get(name)
        if package is not None:
            with contextlib.suppress(Exception):
                use(package)


def _use_numpy(numpy: Any) -> None:  # noqa: ANN401 - untyped by its late import
    numbers = numpy.random.default_rng(0).normal(size=(20, 20))
    numpy.random.seed(0)
    numpy.linalg.inv(numbers)
    numpy.linalg.eigh(numbers @ numbers.T)
    numpy.linalg.svd(numbers)
    numpy.histogram(numbers, 10)
    numpy.sort(numpy.exp(numbers).sum(axis=0)).mean()
    repr(numbers)


def _use_sympy(sympy: Any) -> None:  # noqa: ANN401 - untyped by its late import
    x, y = sympy.symbols("x y")
    t = sympy.Symbol("t", positive=True)
    formula = sympy.sin(x) ** 2 + sympy.cos(x) ** 2 + sympy.exp(x * y) / (x + 1)
    matrix = sympy.Matrix([[x, y], [y, x + 1]])
    steps: list[Callable[[], object]] = [
        lambda: sympy.simplify(formula),
        lambda: sympy.expand((x + y) ** 3).factor(),
        lambda: sympy.diff(sympy.log(x) * sympy.sqrt(y), x),
        lambda: sympy.integrate(x**2 * sympy.exp(-x), (x, 0, sympy.oo)),
        lambda: sympy.integrate(sympy.exp(-(t**2) / 2), (t, 0, 1)),
        lambda: sympy.solve([x + y - 1, x - y], [x, y]),
        lambda: sympy.solve(x**2 - 2, x),
        lambda: (matrix.inv(), matrix.det(), matrix.jacobian, matrix.eigenvals()),
        lambda: sympy.Matrix([sympy.exp(x) * y, x * y]).jacobian([x, y]),
        lambda: sympy.lambdify((x, y), formula, "numpy")(0.5, 0.25),
        lambda: sympy.series(sympy.sin(x), x, 0, 4),
        lambda: sympy.limit(sympy.sin(x) / x, x, 0),
        lambda: sympy.summation(1 / x**2, (x, 1, sympy.oo)),
        lambda: (sympy.latex(formula), str(formula), repr(matrix)),
        lambda: sympy.pi.evalf(20),
    ]
    for step in steps:
        with contextlib.suppress(Exception):
            step()


def _use_pyplot(pyplot: Any) -> None:  # noqa: ANN401 - untyped by its late import
    figure, axes = pyplot.subplots()
    axes.plot([0, 1], [0, 1], label="$x$")
    axes.hist([0.1, 0.2, 0.9])
    axes.set_title("warm")
    axes.legend()
    figure.savefig(io.BytesIO())
    pyplot.close("all")
    _forget_fonts(sys.modules["matplotlib.font_manager"])


def _forget_fonts(font_manager: Any) -> None:  # noqa: ANN401 - untyped by its late import
    """Close the fonts that were opened; each fork would do it for itself otherwise."""
    for name in ("get_font", "_get_font"):  # the cached one, by matplotlib's version
        clear = getattr(getattr(font_manager, name, None), "cache_clear", None)
        if clear is not None:
            clear()


_USES: Final[dict[str, Callable[[Any], None]]] = {
    "numpy": _use_numpy,
    "sympy": _use_sympy,
    "matplotlib.pyplot": _use_pyplot,
}
