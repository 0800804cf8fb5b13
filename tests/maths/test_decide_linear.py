import pytest

from grader.maths.decide import decide
from grader.maths.domain import MATRIX, POSITIVE, VECTOR, Trait, matrix, vector
from grader.maths.finding import Truth
from grader.maths.notation import Notation
from grader.maths.reading import read_latex, read_python
from grader.maths.setting import Setting

EQUAL = [
    pytest.param(r"(AB)^T", r"B^T A^T", id="transpose of a product"),
    pytest.param(r"(AB)^{-1}C", r"B^{-1}A^{-1}C", id="inverse of a product"),
    pytest.param(r"\det(AB)", r"\det(A)\det(B)", id="determinant of a product"),
    pytest.param(r"\det(A^{-1})", r"1/\det A", id="determinant of an inverse"),
    pytest.param(r"\text{tr}(ABC)", r"\text{tr}(CAB)", id="cyclic trace"),
    pytest.param(r"\|x\|^2", r"x^T x", id="norm as a product"),
    pytest.param(r"\sum_{i=1}^n x_i^2", r"\|x\|^2", id="norm as a sum"),
    pytest.param(r"x^T A y", r"y^T A^T x", id="a number is its own transpose"),
    pytest.param(
        r"\|Xw-y\|^2", r"w^T X^T X w - 2 y^T X w + y^T y", id="least squares expanded"
    ),
    pytest.param(r"\nabla_x (x^T A x)", r"(A+A^T)x", id="gradient of a form"),
    pytest.param(r"\nabla_w \|Xw-y\|^2", r"2X^T(Xw-y)", id="gradient of least squares"),
    pytest.param(
        r"(X^TX+\lambda I)^{-1}X^Ty",
        r"X^T(XX^T+\lambda I)^{-1}y",
        id="two identities of unlike size",
    ),
    pytest.param(r"\log\det(A)", r"-\log\det(A^{-1})", id="log determinant"),
    pytest.param(r"\sum_i a_i c_i", r"a^T c", id="a sum over all entries"),
    pytest.param(r"(MN)_{ik}", r"\sum_j M_{ij}N_{jk}", id="an entry of a product"),
    pytest.param(r"(Mv)_k", r"\sum_j M_{kj}v_j", id="an entry of a column"),
    pytest.param(r"\sum_{i,j} a_i B_{ij} c_j", r"a^T B c", id="a form in entries"),
    pytest.param(r"\sum_i\sum_j B_{ij}^2", r"\|B\|_F^2", id="all entries squared"),
    pytest.param(r"A^T(B - B)", "0", id="a zero of any shape"),
    pytest.param(r"A^{-1}A - I", "0", id="zero beside the identity"),
    pytest.param(r"Y^TY + \mu I", r"\mu I + Y^TY", id="the identity comes first"),
    pytest.param(r"\nabla_v a^T v", "a", id="a row before the variable"),
    pytest.param(
        r"\nabla_v \tfrac13 v^T v + a", r"\tfrac23 v + a", id="a constant first"
    ),
    pytest.param(
        r"\nabla_v (v^T v) a^T c", r"2 v a^T c", id="in brackets, and no more"
    ),
]

DIFFERENT = [
    pytest.param(r"(AB)^T", r"A^T B^T", id="order kept under a transpose"),
    pytest.param(r"(AB)^{-1}", r"A^{-1}B^{-1}", id="order kept under an inverse"),
    pytest.param(r"AB^{-1}", "0", id="no zero"),
    pytest.param(r"(MN)_{ik}", r"(NM)_{ik}", id="an entry of the other product"),
    pytest.param(r"(Mv)_k", r"\sum_j M_{jk}v_j", id="an entry with places exchanged"),
    pytest.param(r"\sum_i a_i c_i^2", r"a^T c", id="another sum over entries"),
    pytest.param(r"(A+B)^{-1}", r"A^{-1}+B^{-1}", id="inverse of a sum"),
    pytest.param(r"\text{tr}(ABC)", r"\text{tr}(ACB)", id="trace not cyclic"),
    pytest.param(r"\|x\|^2", r"x x^T", id="outer for inner product"),
    pytest.param(r"\|x\|", r"\|x\|^2", id="norm not squared"),
    pytest.param(r"x^T A y", r"y^T A x", id="transpose forgotten"),
    pytest.param(r"\nabla_x (x^T A x)", r"2Ax", id="symmetry taken for granted"),
    pytest.param(
        r"(X^T X)^{-1} X^T y", r"X^T y (X^T X)^{-1}", id="factors that do not fit"
    ),
    pytest.param(r"(X^T X)^{-1} X^T y", r"X^{-1} y", id="a tall matrix has no inverse"),
]


@pytest.mark.parametrize(("expected", "given"), EQUAL)
def test_what_holds_for_all_matrices_is_found_equal(expected: str, given: str) -> None:
    assert decide(read_latex(expected), read_latex(given)).equal


@pytest.mark.parametrize(("expected", "given"), DIFFERENT)
def test_what_fails_for_some_matrices_is_found_different(
    expected: str, given: str
) -> None:
    assert decide(read_latex(expected), read_latex(given)).different


def test_declared_matrices_do_not_commute() -> None:
    setting = Setting(domains={"A": matrix(3, 3), "B": matrix(3, 3)})

    assert decide(read_latex("AB"), read_latex("BA"), setting).different


@pytest.mark.parametrize(
    ("expected", "given", "trait"),
    [
        pytest.param(r"A^T", "A", Trait.SYMMETRIC, id="symmetric"),
        pytest.param(r"A^T", "A^{-1}", Trait.ORTHOGONAL, id="orthogonal"),
        pytest.param(r"A^T B", "B A", Trait.DIAGONAL, id="diagonals do not commute"),
    ],
)
def test_a_trait_holds_where_it_is_declared(
    expected: str, given: str, trait: Trait
) -> None:
    setting = Setting(domains={"A": matrix(3, 3, trait), "B": matrix(3, 3)})

    finding = decide(read_latex(expected), read_latex(given), setting)

    assert finding.equal is (trait is not Trait.DIAGONAL)


@pytest.mark.parametrize(
    ("expected", "given", "same"),
    [
        pytest.param(r"\nabla f(v)", r"\nabla_v f(v)", True, id="by its argument"),
        pytest.param(r"\nabla_v f(g(v))", r"f'(g(v)) \nabla g(v)", True, id="chain"),
        pytest.param(r"\nabla_v f(g(v))", r"f'(g(v))", False, id="inner one lost"),
        pytest.param(r"\nabla_v f(Av)", r"A^T \nabla f(Av)", True, id="a linear map"),
        pytest.param(r"\nabla_v f(Av)", r"A \nabla f(Av)", False, id="no transpose"),
        pytest.param(r"\nabla_v (f(v)g(v))", r"g(v)\nabla f(v) + f(v)\nabla g(v)", True,
                     id="a product"),
        pytest.param(r"\nabla_v e^{f(v)}", r"e^{f(v)} \nabla f(v)", True, id="a power"),
        pytest.param(r"\nabla_v \ln f(v)", r"\nabla f(v)", False, id="not divided"),
    ],
)  # fmt: skip
def test_functions_of_a_vector_have_gradients(
    expected: str, given: str, *, same: bool
) -> None:
    notation = Notation(kinds=(("v", "vector"), ("A", "matrix")))
    setting = Setting(domains={"v": VECTOR, "A": MATRIX})
    trees = read_latex(expected, notation), read_latex(given, notation)

    finding = decide(*trees, setting)

    assert finding.equal if same else finding.different


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param(r"\ln N(v; m, s^2 I)", r"-\ln\frac1{N(v; m, s^2 I)}", Truth.EQUAL,
                     id="a density of a column"),
        pytest.param(r"\nabla_v \ln N(v; m, s^2 I)", r"\frac{m - v}{s^2}", Truth.EQUAL,
                     id="the score of a normal law"),
        pytest.param(r"\nabla_v \ln N(v; m, s^2 I)", r"\frac{v - m}{s^2}", Truth.DIFFERENT,
                     id="its sign lost"),
        pytest.param(r"\nabla_v \ln N(v; m, A)", r"-A^{-1}(v - m)", Truth.EQUAL,
                     id="a covariance is symmetric"),
        pytest.param(r"\nabla_v \ln N(v; m, A)", r"-A(v - m)", Truth.DIFFERENT,
                     id="not inverted"),
        pytest.param(r"\|v\|_p", r"\|v\|_2", Truth.DIFFERENT, id="another order"),
        pytest.param(r"\|3v\|_p", r"3\|v\|_p", Truth.EQUAL, id="any order scales"),
        pytest.param(r"\|A\|_2", r"\|A\|_F", Truth.UNKNOWN, id="not of its entries"),
        pytest.param(r"\nabla_A \|A B\|_F^2", r"2 A B B^T", Truth.EQUAL, id="Frobenius"),
    ],
)  # fmt: skip
def test_norms_and_normal_laws_of_columns(
    expected: str, given: str, truth: Truth
) -> None:
    setting = Setting(
        domains={"v": VECTOR, "m": VECTOR, "A": MATRIX, "B": MATRIX, "p": POSITIVE}
    )

    assert decide(read_latex(expected), read_latex(given), setting).truth is truth


def test_the_slope_of_a_bare_name_is_not_taken_for_zero() -> None:
    setting = Setting(domains={"w": VECTOR})
    loss = read_latex(r"\nabla_w J + 2w")

    assert decide(loss, read_latex("2w"), setting).truth is not Truth.EQUAL
    assert decide(loss, read_latex(r"w + w + \nabla_w J"), setting).equal


def test_declared_vectors_have_the_size_that_is_declared() -> None:
    setting = Setting(domains={"v": vector(2), "w": vector(3)})

    assert decide(read_latex("v^T v"), read_latex("v^T w"), setting).different


def test_what_holds_for_square_matrices_is_noted_as_such() -> None:
    finding = decide(read_latex(r"\det(AB)"), read_latex(r"\det(BA)"))

    assert finding.equal
    assert "equal-for: square matrices" in finding.notes


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param("A @ x", "x @ A", Truth.DIFFERENT, id="the other side"),
        pytest.param("A.T @ x", "x @ A", Truth.EQUAL, id="a row is turned back"),
        pytest.param("x @ A @ y", "y @ A.T @ x", Truth.EQUAL, id="a form, turned"),
        pytest.param("x @ A @ y", "y @ A @ x", Truth.DIFFERENT, id="not turned"),
        pytest.param("u @ v", "v @ u", Truth.EQUAL, id="an inner product"),
        pytest.param("(A @ B) @ x", "A @ (B @ x)", Truth.EQUAL, id="associative"),
    ],
)
def test_a_vector_before_a_matrix_is_a_row(
    expected: str, given: str, truth: Truth
) -> None:
    assert decide(read_python(expected), read_python(given)).truth is truth
