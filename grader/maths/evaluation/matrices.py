"""Matrices of exact rationals and balls, with the arithmetic that Python's signs call.

A vector is a matrix of one column. A product or sum whose shapes do not fit lies
outside the domain; a product of shape 1 x 1 is the number in it, so that `x^T x` is
one. A number may be added to a matrix only entry by entry, and so is not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flint import acb_mat, arb, arb_mat, fmpq, fmpq_mat

from grader.maths.evaluation.scalars import (
    divide,
    to_ball,
)
from grader.maths.evaluation.values import (
    ONE,
    ZERO,
    OutsideError,
    Scalar,
    ShapeError,
    UnresolvedError,
)

LARGEST_SIZE: Final = 30
"""Rows or columns that a matrix may have: homework needs four."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of scalars."""

    rows: tuple[tuple[Scalar, ...], ...]

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    @property
    def entries(self) -> tuple[Scalar, ...]:
        """All entries, row by row."""
        return tuple(entry for row in self.rows for entry in row)

    def map(self, function: Callable[[Scalar], Scalar]) -> "Matrix":
        """Return the matrix of the function's values."""
        return Matrix(tuple(tuple(map(function, row)) for row in self.rows))

    def paired(
        self, other: "Matrix", function: Callable[[Scalar, Scalar], Scalar]
    ) -> "Matrix":
        """Return the function of the entries that stand at the same place."""
        if self.shape != other.shape:
            raise ShapeError
        return Matrix(
            tuple(
                tuple(map(function, row, others))
                for row, others in zip(self.rows, other.rows, strict=True)
            )
        )

    def __add__(self, other: object) -> "Matrix":
        if isinstance(other, Unit):
            other = other.sized(_square(self).shape[0])
        if isinstance(other, Matrix):
            return self.paired(other, lambda a, b: a + b)
        if isinstance(other, fmpq) and other == 0:
            return self
        raise ShapeError

    __radd__ = __add__

    def __neg__(self) -> "Matrix":
        return self.map(lambda entry: -entry)

    def __mul__(self, other: "Value") -> "Value":
        if isinstance(other, Unit):
            return self.map(lambda entry: entry * other.scale)
        if not isinstance(other, Matrix):
            return self.map(lambda entry: entry * other)
        return product(self, other)

    def __rmul__(self, other: Scalar) -> "Matrix":
        return self.map(lambda entry: other * entry)


@dataclass(frozen=True, slots=True)
class Unit:
    """A multiple of the identity whose size is not said and follows from its place."""

    scale: Scalar

    def sized(self, size: int) -> Matrix:
        """Return the matrix with *size* rows."""
        return identity(size).map(lambda entry: entry * self.scale)

    def __add__(self, other: object) -> "Unit | Matrix":
        if isinstance(other, Matrix):
            return other + self
        if isinstance(other, Unit):
            return Unit(self.scale + other.scale)
        if isinstance(other, fmpq) and other == 0:
            return self
        raise ShapeError

    __radd__ = __add__

    def __neg__(self) -> "Unit":
        return Unit(-self.scale)

    def __mul__(self, other: "Value") -> "Value":
        if isinstance(other, Unit):
            return Unit(self.scale * other.scale)
        if isinstance(other, Matrix):
            return other * self
        return Unit(self.scale * other)

    def __rmul__(self, other: Scalar) -> "Unit":
        return Unit(other * self.scale)


Value = Scalar | Matrix | Unit


def product(left: Matrix, right: Matrix) -> Value:
    """Return the matrix product, as a number where it is 1 x 1."""
    columns = tuple(zip(*right.rows, strict=True))
    if left.shape[1] != right.shape[0]:
        raise ShapeError
    return collapsed(
        Matrix(
            tuple(tuple(_dot(row, column) for column in columns) for row in left.rows)
        )
    )


def collapsed(value: Matrix) -> Value:
    """Return the single entry of a 1 x 1 matrix, any other matrix as it is."""
    return value.rows[0][0] if value.shape == (1, 1) else value


def _dot(left: tuple[Scalar, ...], right: tuple[Scalar, ...]) -> Scalar:
    total: Scalar = ZERO
    for a, b in zip(left, right, strict=True):
        total = total + a * b
    return total


def as_matrix(value: Value) -> Matrix:
    """Return a matrix; a number is 1 x 1."""
    if isinstance(value, Unit):
        raise ShapeError
    return value if isinstance(value, Matrix) else Matrix(((value,),))


def column(entries: tuple[Scalar, ...]) -> Matrix:
    """Return the column vector of *entries*."""
    return Matrix(tuple((entry,) for entry in entries))


def identity(size: int) -> Matrix:
    """Return the identity matrix."""
    _bounded(size)
    return Matrix(
        tuple(tuple(ONE if i == j else ZERO for j in range(size)) for i in range(size))
    )


def filled(rows: int, columns: int, entry: Scalar) -> Matrix:
    """Return the matrix with the same number everywhere."""
    _bounded(rows)
    _bounded(columns)
    return Matrix(((entry,) * columns,) * rows)


def _bounded(size: int) -> None:
    if not 0 < size <= LARGEST_SIZE:
        raise OutsideError


def transpose(value: Value) -> Value:
    """Return the transpose; a number is its own."""
    if not isinstance(value, Matrix):
        return value
    return Matrix(tuple(zip(*value.rows, strict=True)))


def trace(value: Value) -> Scalar:
    """Return the sum of the diagonal."""
    matrix = _square(value)
    total: Scalar = ZERO
    for index, row in enumerate(matrix.rows):
        total = total + row[index]
    return total


def _square(value: Value) -> Matrix:
    matrix = as_matrix(value)
    rows, columns = matrix.shape
    if rows != columns or rows == 0:
        raise ShapeError
    return matrix


def determinant(value: Value) -> Scalar:
    """Return the determinant."""
    return _native(_square(value)).det()


def inverse(value: Value) -> Value:
    """Return the inverse; a singular matrix has none."""
    if isinstance(value, Unit):
        return Unit(divide(ONE, value.scale))
    matrix = _square(value)
    det = determinant(matrix)
    if det == 0:
        raise OutsideError
    if not isinstance(det, fmpq) and det.contains(0):
        raise UnresolvedError
    try:
        native = _native(matrix).inv()
    except ZeroDivisionError as error:
        raise UnresolvedError from error
    size = matrix.shape[0]
    return collapsed(
        Matrix(tuple(tuple(native[i, j] for j in range(size)) for i in range(size)))
    )


def _native(matrix: Matrix) -> fmpq_mat | arb_mat | acb_mat:
    """Return the matrix of the library below, exact where all entries are."""
    rows, columns = matrix.shape
    exact = [entry for entry in matrix.entries if isinstance(entry, fmpq)]
    if len(exact) == rows * columns:
        return fmpq_mat(rows, columns, exact)
    balls = [to_ball(entry) for entry in matrix.entries]
    real = [ball for ball in balls if isinstance(ball, arb)]
    if len(real) == rows * columns:
        return arb_mat(rows, columns, real)
    return acb_mat(rows, columns, balls)


def rank(value: Value) -> Scalar:
    """Return the rank of a matrix of exact rationals."""
    native = _native(as_matrix(value))
    if not isinstance(native, fmpq_mat):
        raise UnresolvedError
    return fmpq(native.rank())


def power(value: Matrix, exponent: int) -> Value:
    """Return a whole power of a square matrix."""
    base = _square(value if exponent >= 0 else as_matrix(inverse(value)))
    result: Value = identity(base.shape[0])
    for bit in f"{abs(exponent):b}":
        result = result * result
        if bit == "1":
            result = result * base
    return result


def over(above: Value, below: Value) -> Value:
    """Return the quotient of two values; only a number divides."""
    if isinstance(below, Matrix | Unit):
        raise ShapeError
    if isinstance(above, Unit):
        return Unit(divide(above.scale, below))
    if isinstance(above, Matrix):
        return above.map(lambda entry: divide(entry, below))
    return divide(above, below)
