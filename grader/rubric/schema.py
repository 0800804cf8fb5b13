"""The rubric's models -> the JSON Schema that editors complete and check with."""

from typing import Any, Final

from grader.model.rubric import SCHEMA_VERSION, Assignment

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the schema of a rubric file, with a description on every field."""
    schema = Assignment.model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": DIALECT,
        "title": f"A rubric, format {SCHEMA_VERSION}",
        **{k: v for k, v in schema.items() if k != "title"},
    }
