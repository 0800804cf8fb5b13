"""Code for an expectation under a law that is named: a density, a normal, any other."""

from flint import arb, fmpq

from grader.maths.deciding.fingerprint import fingerprint
from grader.maths.evaluation import matrices
from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.frame import Code, Compile, Frame
from grader.maths.evaluation.matrices import Matrix, Unit, Value
from grader.maths.evaluation.mentions import split
from grader.maths.evaluation.models import compile_call
from grader.maths.evaluation.quadrature import integral_over_line
from grader.maths.evaluation.randomness import random_rational
from grader.maths.evaluation.scalars import divide, sign_of, square_root, to_ball
from grader.maths.evaluation.values import (
    ONE,
    ZERO,
    NotUnderstoodError,
    OutsideError,
    Plane,
    Scalar,
    ShapeError,
)
from grader.maths.tree import Apply, Symbol, Tree


def compile_law(body: Code, law: Tree, compile_: Compile) -> Code:
    """Return code for the mean of *body* under one `(variable, law)` or law alone."""
    match law:
        case Apply("tuple", (Symbol(name), Symbol(density))):
            weight = compile_(Apply("call", (Symbol(density), Symbol(name))))
            return _weighted(body, [name], weight)
        case Apply("tuple", (Symbol(name), Apply("normal", (mean, variance)))):
            return _normal(body, name, (compile_(mean), compile_(variance)))
        case Apply("tuple", (Symbol(name), Apply("bernoulli", (chance,)))):
            return _bernoulli(body, name, compile_(chance))
        case Apply("tuple", (*_, Apply("call", (_, *args)) as density)):
            names = [arg.name for _, arg in split(args)[0] if isinstance(arg, Symbol)]
            return _weighted(body, names, compile_(density))
        case Apply("tuple", (Symbol(name), *rest)):
            return _unknown(body, name, rest)
        case _:
            return _not_understood


def compile_normal(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for a normal law: its density at a place, or a mark of its own."""
    if len(args) == 2:  # noqa: PLR2004  mean and variance
        return compile_call((Symbol("normal law"), *args), compile_)
    place, mean, variance = map(compile_, args)

    def code(frame: Frame) -> Value:
        gap = place(frame) + -mean(frame)
        spread = variance(frame)
        if isinstance(gap, Matrix):
            return _bell(gap, spread)
        width = scalar(spread.scale if isinstance(spread, Unit) else spread)
        if sign_of(width) <= 0:
            raise OutsideError
        squared = scalar(gap) * scalar(gap)
        bell = (-to_ball(divide(squared, width * 2))).exp()
        return bell / (2 * arb.pi() * width).sqrt()

    return code


def _bell(gap: Matrix, covariance: Value) -> Value:
    """Return the normal density of a column, where the covariance may be one."""
    if gap.shape[1] != 1:
        raise ShapeError
    size = gap.shape[0]
    wide = covariance.sized(size) if isinstance(covariance, Unit) else covariance
    if not isinstance(wide, Matrix):
        raise NotUnderstoodError
    turned = matrices.transpose(gap)
    determinant = matrices.determinant(wide)
    form = scalar(turned * matrices.inverse(wide) * gap)
    if sign_of(determinant) <= 0 or sign_of(form) <= 0:
        raise OutsideError
    bell = (-to_ball(form) / 2).exp()
    return bell / (to_ball(determinant) * (2 * arb.pi()) ** size).sqrt()


def _not_understood(_frame: Frame) -> Value:
    raise NotUnderstoodError


def _weighted(body: Code, names: list[str], weight: Code) -> Code:
    """Return the sum of body times weight over all values of the names."""

    def code(frame: Frame) -> Value:
        if frame.world is None or not names:
            raise NotUnderstoodError
        return _sum_over(names, frame)

    def _sum_over(left: list[str], frame: Frame) -> Scalar:
        if not left:
            return scalar(body(frame)) * scalar(weight(frame))
        total: Scalar = ZERO
        with frame.bound(left[0]):
            for level in frame.levels:
                frame.budget.spend()
                frame.values[left[0]] = level
                total = total + _sum_over(left[1:], frame)
        return total

    return code


def _normal(body: Code, name: str, parameters: tuple[Code, Code]) -> Code:
    """Return the mean under a normal law, by quadrature of the standardised integral."""

    def code(frame: Frame) -> Value:
        mean, variance = (scalar(each(frame)) for each in parameters)
        if sign_of(variance) <= 0:
            raise OutsideError
        deviation = square_root(variance, Plane.LINE)

        def integrand(place: Scalar) -> Scalar:
            frame.values[name] = mean + deviation * place
            density = (-(to_ball(place) ** 2) / 2).exp() / (2 * arb.pi()).sqrt()
            return scalar(body(frame)) * density

        with frame.bound(name):
            return integral_over_line(integrand, frame)

    return code


def _bernoulli(body: Code, name: str, chance: Code) -> Code:
    def code(frame: Frame) -> Value:
        success = scalar(chance(frame))
        with frame.bound(name):
            frame.values[name] = ONE
            hit = scalar(body(frame)) * success
            frame.values[name] = ZERO
            return hit + scalar(body(frame)) * (1 - success)

    return code


def _unknown(body: Code, name: str, law: list[Tree]) -> Code:
    """Return the mean under a law of which nothing is known but how it is written."""
    key = [str(fingerprint(part)) for part in law] or [name]

    def code(frame: Frame) -> Value:
        total: Scalar = ZERO
        mass = fmpq(0)
        with frame.bound(name):
            for level in frame.levels:
                weight = random_rational("law", *key, level, frame.seed)
                frame.values[name] = level
                total = total + scalar(body(frame)) * weight
                mass = mass + weight
        return divide(total, mass)

    return code
