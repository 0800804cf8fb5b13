from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from grader.rubric.schema import DIALECT, json_schema
from grader.yaml.document import read_yaml
from tests.rubric.sample import RUBRIC, changed

HOUSE = Path(__file__).parents[2]
RUBRICS = sorted((HOUSE / "rubrics").glob("*.yaml"))


def fields(schema: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property anywhere in a schema."""
    if isinstance(schema, dict):
        properties = schema.get("properties", {})
        if all(isinstance(field, dict) for field in properties.values()):
            yield from properties.items()
        for inner in schema.values():
            yield from fields(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from fields(inner)


def test_every_field_has_a_description() -> None:
    bare = [
        name for name, field in fields(json_schema()) if not field.get("description")
    ]

    assert bare == []


def test_the_schema_is_a_schema() -> None:
    schema = json_schema()

    assert schema["$schema"] == DIALECT
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("rubric", RUBRICS, ids=lambda path: path.name)
def test_our_rubrics_fit_the_schema(rubric: Path) -> None:
    value = read_yaml(rubric.read_bytes(), name=rubric.name).value

    jsonschema.Draft202012Validator(json_schema()).validate(value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("answer: area", "answar: area", id="key off by a letter"),
        pytest.param("low: 1,", "low: one,", id="word for a number"),
        pytest.param("(0, 10)", "positivv", id="set misspelt"),
        pytest.param("points: 6", "points: six", id="points in words"),
        pytest.param("title: Circles\n", "", id="title left out"),
    ],
)
def test_an_editor_sees_what_is_wrong(old: str, new: str) -> None:
    value = read_yaml(changed(old, new).encode(), name="hw1.yaml").value

    errors = list(jsonschema.Draft202012Validator(json_schema()).iter_errors(value))

    assert errors


def test_an_editor_sees_nothing_wrong_with_what_is_right() -> None:
    value = read_yaml(RUBRIC.encode(), name="hw1.yaml").value

    jsonschema.Draft202012Validator(json_schema()).validate(value)


def test_plugged_in_kinds_are_completed() -> None:
    schema = json_schema(kinds=("number", "knot"))

    kind = schema["$defs"]["Part"]["properties"]["kind"]
    assert kind["anyOf"][0]["enum"] == ["knot", "number"]
