"""Code for vectors and matrices."""

from collections.abc import Callable
from typing import Final

from flint import acb

from grader.maths.evaluation import matrices, norms
from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.frame import Code, Compile, Compiler, Frame
from grader.maths.evaluation.matrices import Matrix, Unit, Value, as_matrix
from grader.maths.evaluation.scalars import to_integer
from grader.maths.evaluation.values import ONE, ZERO, OutsideError, Scalar
from grader.maths.tree import Apply, Constant, Symbol, Tree

SIZE: Final = "size of a square matrix"
"""The name in a frame of the size that an identity without one takes."""


def compile_matrix(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for a matrix that is written out."""
    rows = [
        [compile_(cell) for cell in row.args]
        for row in args
        if isinstance(row, Apply) and row.head == "row"
    ]
    regular = len(rows) == len(args) and len({len(row) for row in rows}) == 1

    def code(frame: Frame) -> Value:
        if not regular:
            raise OutsideError
        return Matrix(tuple(tuple(scalar(cell(frame)) for cell in row) for row in rows))

    return code


def compile_vector(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for a tuple or list, taken as a column vector."""
    codes = [compile_(arg) for arg in args]
    return lambda frame: matrices.column(tuple(scalar(each(frame)) for each in codes))


def _of_matrix(function: Callable[[Value], Value]) -> Compiler:
    def compiler(args: tuple[Tree, ...], compile_: Compile) -> Code:
        inner = compile_(args[0])
        return lambda frame: function(inner(frame))

    return compiler


FROBENIUS: Final = Symbol("F")
"""The order of a norm that looks at the entries of a matrix alone."""


def compile_norm(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for a norm, Euclid's or Frobenius' unless an order is given."""
    inner = compile_(args[0])
    order = args[1] if len(args) > 1 else FROBENIUS
    if order == FROBENIUS:
        return lambda frame: norms.norm(inner(frame))
    if order == Constant("oo"):
        return lambda frame: norms.norm_of_order(inner(frame), None)
    degree = compile_(order)
    return lambda frame: norms.norm_of_order(inner(frame), scalar(degree(frame)))


def _size(code: Code | None, frame: Frame) -> int:
    value = frame.values.get(SIZE) if code is None else code(frame)
    if value is None:
        raise OutsideError
    size = to_integer(scalar(value))
    if size is None:
        raise OutsideError
    return size


def compile_identity(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the identity matrix."""
    if not args:
        return lambda _frame: Unit(ONE)
    size = compile_(args[0])
    return lambda frame: matrices.identity(_size(size, frame))


def _filled_with(entry: Scalar) -> Compiler:
    def compiler(args: tuple[Tree, ...], compile_: Compile) -> Code:
        sizes: list[Code | None] = [compile_(arg) for arg in args] or [None]

        def code(frame: Frame) -> Value:
            rows = _size(sizes[0], frame)
            columns = _size(sizes[1], frame) if len(sizes) > 1 else 1
            return matrices.filled(rows, columns, entry)

        return code

    return compiler


def compile_diag(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for a diagonal matrix of numbers or of one vector; or the diagonal."""
    codes = [compile_(arg) for arg in args]

    def code(frame: Frame) -> Value:
        values = [each(frame) for each in codes]
        if len(values) == 1 and isinstance(values[0], Matrix):
            return _diagonal(values[0])
        return _diagonal(matrices.column(tuple(map(scalar, values))))

    return code


def _diagonal(value: Matrix) -> Value:
    rows, columns = value.shape
    if 1 not in (rows, columns):
        return matrices.column(
            tuple(value.rows[at][at] for at in range(min(rows, columns)))
        )
    entries = value.entries
    return Matrix(
        tuple(
            tuple(entry if at == across else ZERO for across in range(len(entries)))
            for at, entry in enumerate(entries)
        )
    )


def compile_dot(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for `a · b`: the inner product of vectors, else a product.

    A vector before a matrix counts as a row, and what comes of it as a vector.
    """
    codes = [compile_(arg) for arg in args]

    def code(frame: Frame) -> Value:
        total = codes[0](frame)
        for each in codes[1:]:
            total = _dot(total, each(frame))
        return total

    return code


def _dot(left: Value, right: Value) -> Value:
    if _is_column(left) and _is_column(right):
        return matrices.transpose(left) * right
    if _is_column(left) and isinstance(right, Matrix):  # as numpy takes `x @ A`
        return matrices.transpose(right) * left
    return left * right


def _is_column(value: Value) -> bool:
    return isinstance(value, Matrix) and value.shape[1] == 1


def compile_cross(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the cross product of two vectors in space."""
    left, right = map(compile_, args)

    def code(frame: Frame) -> Value:
        a, b = as_matrix(left(frame)).entries, as_matrix(right(frame)).entries
        if not len(a) == len(b) == 3:  # noqa: PLR2004  three dimensions
            raise OutsideError
        return matrices.column(
            tuple(
                a[(i + 1) % 3] * b[(i + 2) % 3] - a[(i + 2) % 3] * b[(i + 1) % 3]
                for i in range(3)
            )
        )

    return code


def compile_hadamard(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the product entry by entry."""
    codes = [compile_(arg) for arg in args]

    def code(frame: Frame) -> Value:
        total = as_matrix(codes[0](frame))
        for each in codes[1:]:
            total = total.paired(as_matrix(each(frame)), lambda a, b: a * b)
        return matrices.collapsed(total)

    return code


def compile_kronecker(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the Kronecker product."""
    left, right = map(compile_, args[:2])

    def code(frame: Frame) -> Value:
        a, b = as_matrix(left(frame)), as_matrix(right(frame))
        if len(a.rows) * len(b.rows) > matrices.LARGEST_SIZE:
            raise OutsideError
        return Matrix(
            tuple(
                tuple(x * y for x in above for y in below)
                for above in a.rows
                for below in b.rows
            )
        )

    return code


def compile_index(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for an entry, counted from one."""
    whole = compile_(args[0])
    places = [compile_(arg) for arg in args[1:]]

    def code(frame: Frame) -> Value:
        matrix = as_matrix(whole(frame))
        at = [to_integer(scalar(place(frame))) for place in places]
        return _entry(matrix, [index for index in at if index is not None])

    return code


def _entry(matrix: Matrix, at: list[int]) -> Scalar:
    rows, columns = matrix.shape
    if len(at) == 1 and 1 in (rows, columns):
        at = [at[0], 1] if columns == 1 else [1, at[0]]
    if len(at) != 2 or not (1 <= at[0] <= rows and 1 <= at[1] <= columns):  # noqa: PLR2004
        raise OutsideError
    return matrix.rows[at[0] - 1][at[1] - 1]


def _adjoint(value: Value) -> Value:
    turned = matrices.transpose(value)
    if isinstance(turned, Matrix):
        return turned.map(_conjugate)
    if isinstance(turned, Unit):
        return Unit(_conjugate(turned.scale))
    return _conjugate(turned)


def _conjugate(value: Scalar) -> Scalar:
    return value.conjugate() if isinstance(value, acb) else value


LINEAR: Final[dict[str, Compiler]] = {
    "matrix": compile_matrix,
    "tuple": compile_vector,
    "list": compile_vector,
    "pair_or_interval": compile_vector,
    "transpose": _of_matrix(matrices.transpose),
    "adjoint": _of_matrix(_adjoint),
    "inverse": _of_matrix(matrices.inverse),
    "det": _of_matrix(matrices.determinant),
    "trace": _of_matrix(matrices.trace),
    "rank": _of_matrix(matrices.rank),
    "norm": compile_norm,
    "identity": compile_identity,
    "zeros": _filled_with(ZERO),
    "ones": _filled_with(ONE),
    "diag": compile_diag,
    "dot": compile_dot,
    "inner": compile_dot,
    "cross": compile_cross,
    "hadamard": compile_hadamard,
    "kronecker": compile_kronecker,
    "index": compile_index,
}
