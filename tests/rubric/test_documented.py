"""The author's guide to rubrics against the models that it explains."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo

from grader.model import criterion, rubric, written
from grader.model.field import Frozen
from grader.model.rubric import BUILT_IN_KINDS, Assignment
from grader.rubric.coherence import faults
from grader.yaml.document import read_yaml

GUIDE: Final = (Path(__file__).parents[2] / "docs" / "rubric.md").read_text("utf-8")
EXAMPLES: Final = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
FRAME: Final = """\
schema: 1
assignment: example
title: An example
reference: reference.py
"""
QUESTION: Final = "questions:\n- id: '1'\n  parts:\n"
PART: Final = "  - {id: 1a, points: 1, answer: mean}\n"
MODELS: Final = sorted(
    {
        model
        for module in (rubric, criterion, written)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
    }
    - {Frozen},
    key=lambda model: model.__name__,
)


def framed(example: str) -> str:
    """Complete a fragment: parts alone, or keys of the file."""
    if example.startswith("schema:"):
        return example
    if example.startswith("- "):
        indented = "".join(f"  {line}\n" for line in example.splitlines())
        return FRAME + QUESTION + indented
    questions = "" if "questions:" in example else QUESTION + PART
    return FRAME + example + questions


def title(example: str) -> str:
    """Name an example by its first line."""
    return example.partition("\n")[0][:40]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_explained(model: type[BaseModel]) -> None:
    keys = [field.alias or name for name, field in model.model_fields.items()]

    lacking = [key for key in keys if f"`{key}`" not in GUIDE]

    assert lacking == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_word_that_a_key_may_have_is_explained(model: type[BaseModel]) -> None:
    words = set(_enumerated(model.model_json_schema()))

    lacking = sorted(word for word in words if f"`{word}`" not in GUIDE)

    assert lacking == []


@pytest.mark.parametrize("kind", BUILT_IN_KINDS)
def test_every_kind_has_its_line(kind: str) -> None:
    assert re.search(rf"^\| `{kind}` \|", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=title)
def test_every_example_is_a_rubric_without_a_fault(example: str) -> None:
    document = read_yaml(framed(example).encode(), name="rubric.md")

    assignment = Assignment.model_validate(document.value)

    assert faults(assignment, document, BUILT_IN_KINDS) == ()


def test_the_guide_has_examples() -> None:
    assert len(EXAMPLES) >= len(MODELS)


def _enumerated(schema: Any) -> list[str]:  # noqa: ANN401 - any JSON
    if isinstance(schema, dict):
        own = [word for word in schema.get("enum", ()) if isinstance(word, str)]
        return own + [word for inner in schema.values() for word in _enumerated(inner)]
    if isinstance(schema, list):
        return [word for inner in schema for word in _enumerated(inner)]
    return []


def fields_called(key: str) -> list[FieldInfo]:
    """Return every field that an author writes as *key* and may leave out."""
    return [
        field
        for model in MODELS
        for name, field in model.model_fields.items()
        if (field.alias or name) == key and not field.is_required()
    ]


ROWS: Final = [
    (key, told)
    for key, told in re.findall(r"^\| `(\w+)` .*\| `([^`]+)` \|$", GUIDE, re.MULTILINE)
    if fields_called(key)
]


@pytest.mark.parametrize(("key", "told"), ROWS)
def test_every_default_that_is_told_is_the_default(key: str, told: str) -> None:
    value = read_yaml(told.encode(), name="default").value

    found = []
    for field in fields_called(key):
        kind: Any = field.annotation
        one: Any = create_model("One", one=(kind, field))
        read: Any = one.model_validate({field.alias or "one": value})
        found.append(read.one)

    assert any(
        default == field.default
        for default, field in zip(found, fields_called(key), strict=True)
    )
