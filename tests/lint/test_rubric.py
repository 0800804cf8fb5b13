from pathlib import Path

import pytest

from grader.errors import RubricFaults
from grader.lint.finding import Finding, Level
from grader.lint.rubric import lint, preflight

HOUSE = Path(__file__).parents[2]
RUBRICS = sorted((HOUSE / "rubrics").glob("*.yaml"))

RUBRIC = """\
schema: 1
assignment: hw1
title: Circles
reference: hw1.py
public: {module: hw1_public.py}
symbols: {r: positive}
questions:
  - id: 1
    parts:
      - id: 1a
        points: 4
        answer: area
        kind: function
        inputs: {r: {low: 1, high: 9}}
        tolerance: {relative: 1e-6, absolute: 1e-9}
        mistakes:
          - {reference: area_of_square, credit: 1/2, say: That is a square.}
        public: {properties: [area_grows]}
      - id: 1b
        points: 6
        answer: cost
        tolerance: {relative: 1e-6, absolute: 1e-9}
        follows: [1a]
"""
REFERENCE = """\
import math

def area(r):
    \"\"\"Measure the circle.\"\"\"
    return math.pi * r**2

def area_of_square(r):
    return 4 * r**2

def cost(*, area):
    return 2 * area(3.0)
"""
PUBLIC = """\
def area_grows(*, area):
    return None if area(1.0) < area(2.0) else "it does not grow"
"""


def write(
    folder: Path,
    *,
    rubric: str = RUBRIC,
    reference: str = REFERENCE,
    public: str = PUBLIC,
) -> Path:
    (folder / "hw1.py").write_text(reference, encoding="utf-8")
    (folder / "hw1_public.py").write_text(public, encoding="utf-8")
    path = folder / "hw1.yaml"
    path.write_text(rubric, encoding="utf-8")
    return path


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def the_finding(folder: Path, **texts: str) -> Finding:
    findings = lint(write(folder, **texts))
    assert len(findings) == 1, "\n".join(map(str, findings))
    return findings[0]


@pytest.mark.parametrize("rubric", RUBRICS, ids=lambda path: path.name)
def test_our_rubrics_have_no_findings(rubric: Path) -> None:
    assert lint(rubric) == ()


def test_what_was_looked_at_is_told(tmp_path: Path) -> None:
    told: list[str] = []

    findings = lint(write(tmp_path), on_check=told.append)

    assert findings == ()
    assert told == [
        "the rubric: 2 parts, 10 points",
        "what functions ask of earlier answers",
        "the reference and each mistake, at every input",
        "the reference graded against itself",
        "what sheets are held against",
        "a blank submission",
        "what students get: hw1_public.py",
        "the reference, put to the students' checks",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        pytest.param("points: 4", "points: four", 11, "no number", id="fault"),
        pytest.param("hw1.py", "hw2.py", 4, "no Python file", id="no reference"),
        pytest.param("hw1_public.py", "p.py", 5, "no Python file", id="no public"),
        pytest.param(
            "answer: cost", "answer: price", 21, "nothing called price", id="no answer"
        ),
        pytest.param(
            "reference: area_of_square", "reference: area_of_squaree", 17,
            "nothing called area_of_squaree", id="mistake that is not there",
        ),
        pytest.param(
            "        follows: [1a]\n", "", 21,
            "cost asks for the earlier answer area, which is part 1a's",
            id="does not follow what it builds on",
        ),
        pytest.param(
            "[area_grows]", "[area_grow]", 18, "no function area_grow",
            id="property that is not there",
        ),
    ],
)  # fmt: skip
def test_what_the_rubric_gets_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, what: str
) -> None:
    findings = lint(write(tmp_path, rubric=changed(RUBRIC, old, new)))

    assert findings[0].level is Level.ERROR
    assert findings[0].where.startswith(f"{tmp_path / 'hw1.yaml'}:{line}")
    assert what in findings[0].what
    assert findings[0].mend


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param(
            "return math.pi * r**2", "return math.nothing",
            "area gives no answer at input 1 of", id="raises",
        ),
        pytest.param(
            "return math.pi * r**2", "return object()",
            "area gives object at input 1 of", id="an object",
        ),
        pytest.param(
            "return 4 * r**2", "return math.pi * r * r",
            "area_of_square cannot be told from the right answer", id="right mistake",
        ),
        pytest.param("import math", "import maths", "stops where it is loaded", id="import"),
        pytest.param("import math", "import math (", "stops where it is", id="syntax"),
        pytest.param(
            "def cost(*, area)", "def cost(*, areaa)",
            "cost asks for the earlier answer areaa, which no part has", id="misspelt",
        ),
        pytest.param(
            "return math.pi * r**2", "import random; return random.random()",
            "the reference itself earns 0 of 4", id="random",
        ),
        pytest.param(
            "return 2 * area(3.0)", "return 'a lot'",
            "the reference itself earns 0 of 6", id="a word for a number",
        ),
    ],
)  # fmt: skip
def test_what_the_reference_gets_wrong_is_told(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    findings = lint(write(tmp_path, reference=changed(REFERENCE, old, new)))

    assert any(what in f.what for f in findings), "\n".join(map(str, findings))
    assert findings[0].level is Level.ERROR


@pytest.mark.parametrize(
    ("public", "what"),
    [
        pytest.param("import hw1\n" + PUBLIC, "imports or names the reference", id="import"),
        pytest.param(
            PUBLIC + "\ndef f():\n    from hw1 import area\n",
            "imports or names the reference", id="import inside",
        ),
        pytest.param(
            PUBLIC + "\nimport importlib\nx = importlib.util.find_spec('hw1.py')\n",
            "imports or names the reference", id="named in a string",
        ),
        pytest.param(
            PUBLIC + "\nimport math\ndef g(r):\n    return math.pi * r**2\n",
            "g holds the right answer: it is the reference's area", id="copied",
        ),
        pytest.param(
            changed(PUBLIC, "def area_grows(*, area)", "def area_grows(*, areaa)"),
            "area_grows asks for areaa", id="asks for no answer",
        ),
        pytest.param("def area_grows(:", "this is no Python", id="no Python"),
        pytest.param(
            changed(PUBLIC, "area(1.0) < area(2.0)", "area(1.0) > area(2.0)"),
            "the reference's own answers fail a property: it does not grow",
            id="a right answer fails it",
        ),
        pytest.param(
            changed(PUBLIC, "area(1.0) < area(2.0)", "area(1.0)[0]"),
            "could not be checked: TypeError", id="raises",
        ),
        pytest.param("import no_such\n" + PUBLIC, "stops where it is loaded", id="stops"),
    ],
)  # fmt: skip
def test_what_students_must_not_get_is_told(
    tmp_path: Path, public: str, what: str
) -> None:
    finding = the_finding(tmp_path, public=public)

    assert finding.level is Level.ERROR
    assert what in finding.what


def test_a_shape_that_the_reference_has_not_is_told(tmp_path: Path) -> None:
    rubric = changed(RUBRIC, "[area_grows]}", "[area_grows], shape: [2]}")

    finding = the_finding(tmp_path, rubric=rubric)

    assert finding.level is Level.ERROR
    assert finding.where.endswith(":18: questions[0].parts[0].public.shape")
    assert "the reference's own area has the shape ()" in finding.what


def test_a_property_may_name_the_arguments_of_a_function(tmp_path: Path) -> None:
    public = changed(PUBLIC, "area(1.0) < area(2.0)", "area(r=1.0) < area(r=2.0)")

    assert lint(write(tmp_path, public=public)) == ()


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        pytest.param(
            "answer: cost", "answer: cost\n        kind: expression\n"
            "        expected: 'r + ('", ":23: questions[0].parts[1].expected",
            "'r + (' cannot be read as the kind 'expression'", id="expected",
        ),
        pytest.param(
            "answer: cost", "answer: cost\n        kind: expression\n"
            "        expected: r\n        accept: ['r +']",
            ":24: questions[0].parts[1].accept[0]", "'r +' cannot be read", id="accepted",
        ),
        pytest.param(
            "answer: cost", "answer: cost\n        mistakes: [{value: two, say: No.}]",
            ":22: questions[0].parts[1].mistakes[0].value", "'two' cannot be read",
            id="mistake",
        ),
    ],
)  # fmt: skip
def test_an_answer_in_the_rubric_that_is_none_of_its_kind_is_told(
    tmp_path: Path, old: str, new: str, where: str, what: str
) -> None:
    rubric = RUBRIC.replace("        follows: [1a]\n", "")
    rubric = "".join(rubric.splitlines(keepends=True)[:-1])  # without its tolerance

    findings = lint(write(tmp_path, rubric=changed(rubric, old, new)))

    assert any(f.where.endswith(where) and what in f.what for f in findings), findings


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        pytest.param("pi r", "pi (r", ":26: questions[0].parts[1].written.expected", id="expected"),
        pytest.param("'C'", "'C_{'", ":26: questions[0].parts[1].written.equation", id="equation"),
        pytest.param("'r^2'", "'r^{'", ":26: questions[0].parts[1].written.alternatives[0]", id="alternative"),
        pytest.param("'z_0'", "'z_{'", ":26: questions[0].parts[1].written.checkpoints[0].equation", id="checkpoint"),
        pytest.param("'\\rho'", "'\\rho_{'", ":7: notation", id="notation"),
        pytest.param("{'R': r}", "{'R': r +}", ":8: conventions[0]", id="convention"),
    ],
)  # fmt: skip
def test_mathematics_that_cannot_be_read_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    told = "notation: {'\\rho': r}\nconventions: [{'R': r}]\n"
    written = (
        "        written: {equation: 'C', alternatives: ['r^2'], expected: '6 \\pi r',"
        " checkpoints: [{equation: 'z_0', expected: '3'}]}\n"
    )
    rubric = changed(RUBRIC, "questions:\n", f"{told}questions:\n")
    rubric += written

    findings = lint(write(tmp_path, rubric=changed(rubric, old, new)))

    assert any(f.where.endswith(where) for f in findings), findings


def test_a_reference_without_any_value_is_a_warning(tmp_path: Path) -> None:
    reference = changed(REFERENCE, "return 2 * area(3.0)", "return math.nan * area(3)")

    finding = the_finding(tmp_path, reference=reference)

    assert finding.level is Level.WARNING
    assert "cost is NaN at every input" in finding.what


def test_a_relative_tolerance_on_a_zero_is_a_warning(tmp_path: Path) -> None:
    rubric = RUBRIC.replace(", absolute: 1e-9", "")
    reference = changed(REFERENCE, "2 * area(3.0)", "0 * area(3.0)")

    finding = the_finding(tmp_path, rubric=rubric, reference=reference)

    assert finding.level is Level.WARNING
    assert finding.where.endswith(":22: questions[0].parts[1].tolerance.relative")


def test_a_package_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    run = "run: {imports: [json, no_such_package]}\n"

    finding = the_finding(tmp_path, rubric=run + RUBRIC)

    assert finding.level is Level.WARNING
    assert finding.where.endswith(":1: run.imports[1]")
    assert "no package called no_such_package" in finding.what


def test_following_what_nobody_asks_for_is_a_warning(tmp_path: Path) -> None:
    reference = changed(
        REFERENCE, "def cost(*, area):\n    return 2 * area(3.0)", "cost = 2"
    )

    finding = the_finding(tmp_path, reference=reference)

    assert finding.level is Level.WARNING
    assert "part 1b follows 1a, and no function of it asks" in finding.what


def test_two_mistakes_that_agree_are_a_warning(tmp_path: Path) -> None:
    more = "\n          - {reference: twice, credit: 1/4, say: Other words.}\n"
    rubric = changed(RUBRIC, "square.}\n", "square.}" + more)

    finding = the_finding(
        tmp_path, rubric=rubric, reference=REFERENCE + "\ndef twice(r): return 4*r*r\n"
    )

    assert finding.level is Level.WARNING
    assert "twice cannot be told from area_of_square" in finding.what


def test_a_mistake_worth_everything_may_agree(tmp_path: Path) -> None:
    rubric = changed(RUBRIC, "credit: 1/2", "credit: 1")
    reference = changed(REFERENCE, "return 4 * r**2", "return math.pi * r * r")

    assert lint(write(tmp_path, rubric=rubric, reference=reference)) == ()


@pytest.mark.parametrize(
    ("written", "what"),
    [
        pytest.param("{equation: A, expected: '18 \\pi'}", None, id="right"),
        pytest.param("{equation: A, expected: '9 \\pi'}", "incorrect", id="wrong"),
        pytest.param("{equation: A, expected: '9 \\pi +'}", "written", id="no formula"),
    ],
)
def test_what_a_sheet_is_held_against_agrees_with_the_reference(
    tmp_path: Path, written: str, what: str | None
) -> None:
    rubric = changed(RUBRIC, "follows:", f"written: {written}\n        follows:")

    findings = lint(write(tmp_path, rubric=rubric))

    told = "\n".join(map(str, findings))
    assert (what in told) if what else (told == "")


def test_errors_come_before_warnings(tmp_path: Path) -> None:
    rubric = RUBRIC.replace(", absolute: 1e-9", "")
    reference = changed(REFERENCE, "2 * area(3.0)", "0 * area(3.0)")

    findings = lint(
        write(
            tmp_path, rubric=rubric, reference=reference, public="import hw1\n" + PUBLIC
        )
    )

    assert [f.level for f in findings] == [Level.ERROR, Level.WARNING]


def test_a_reference_that_never_ends_is_told(tmp_path: Path) -> None:
    rubric = changed(RUBRIC, "symbols", "run: {part: 200 ms, cell: 1 s}\nsymbols")
    reference = changed(REFERENCE, "    return math.pi * r**2", "    while True: pass")

    findings = lint(write(tmp_path, rubric=rubric, reference=reference))

    assert any("timed-out" in finding.what for finding in findings)


def test_faults_of_every_stage_are_told_in_one_run(tmp_path: Path) -> None:
    parts = """\
      - {id: 1c, points: two, answer: number}
      - {id: 1d, points: 1, answer: unknown, follows: [1z]}
      - {id: 1e, points: 1, answer: not_there}
      - {id: 1f, points: 1, answer: raises, kind: function, inputs: {x: {}}}
      - {id: 1g, points: 1, answer: rests_on_a_fault, follows: [1c]}
"""
    reference = REFERENCE + "\ndef raises(x):\n    raise ValueError('not today')\n"

    findings = lint(write(tmp_path, rubric=RUBRIC + parts, reference=reference))

    told = [(f.where.split(": ")[0].rsplit(":", 1)[1], f.what[:30]) for f in findings]
    assert told == [
        ("24", "'two' is no number"),
        ("25", "there is no part '1z'"),
        ("26", "the reference has nothing call"),
        ("27", "the reference's raises gives n"),
    ]


def test_both_modules_that_are_not_there_are_told(tmp_path: Path) -> None:
    rubric = changed(RUBRIC, "hw1.py", "a.py").replace("hw1_public.py", "b.py")

    what = [finding.what for finding in lint(write(tmp_path, rubric=rubric))]

    assert [w.rsplit("/", 1)[1] for w in what] == ["a.py", "b.py"]


def test_a_preflight_tells_what_grading_would_stumble_over(tmp_path: Path) -> None:
    rubric = changed(RUBRIC, "answer: cost", "answer: price")
    rubric = rubric.replace("points: 4", "points: four")
    rubric = rubric.replace("        follows: [1a]\n", "")

    with pytest.raises(RubricFaults) as caught:
        preflight(write(tmp_path, rubric=rubric))

    told = str(caught.value)
    assert "hw1.yaml:11: questions[0].parts[0].points: 'four' is no number" in told
    assert (
        "hw1.yaml:21: questions[0].parts[1].answer: the reference has nothing" in told
    )


def test_a_right_rubric_passes_its_preflight(tmp_path: Path) -> None:
    preflight(write(tmp_path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("kind: function", "kidn: function", id="a misspelt `kind`"),
        pytest.param("id: 1a", "id: {a: b}", id="a label that is none"),
    ],
)
def test_a_fault_in_a_part_that_others_follow_is_told_and_stops_nothing(
    tmp_path: Path, old: str, new: str
) -> None:
    rubric = changed(RUBRIC, old, new)

    findings = lint(write(tmp_path, rubric=rubric))

    assert findings
    assert all(":10:" in f.where or ":13:" in f.where for f in findings), findings
