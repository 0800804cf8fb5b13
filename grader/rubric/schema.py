"""The rubric's models -> the JSON Schema that editors complete and check with."""

from collections.abc import Collection
from typing import Any, Final

from grader.model.rubric import BUILT_IN_KINDS, SCHEMA_VERSION, Assignment

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_KIND_KEYS: Final = ("kind", "returns")


def json_schema(*, kinds: Collection[str] = BUILT_IN_KINDS) -> dict[str, Any]:
    """Return the schema of a rubric file, with a description on every field.

    *kinds* are completed where a kind is asked for. To have an editor use it, save it
    beside the rubric and begin the rubric with
    `# yaml-language-server: $schema=rubric.schema.json`.
    """
    schema = Assignment.model_json_schema(by_alias=True, mode="validation")
    for model in schema["$defs"].values():
        for key in _KIND_KEYS:
            if key in model.get("properties", {}):
                _complete(model["properties"][key], kinds)
    return {
        "$schema": DIALECT,
        **_plain(schema),
        "title": f"A rubric, format {SCHEMA_VERSION}",
    }


def _complete(field: dict[str, Any], kinds: Collection[str]) -> None:
    """Offer *kinds*; a plug-in's is a word as well, so none is refused."""
    field.pop("type", None)
    field["anyOf"] = [{"enum": sorted(kinds)}, {"type": "string"}]


def _plain(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Leave out what editors would only show twice: titles made of keys, null defaults."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    noise = {"title"} if isinstance(schema.get("title"), str) else set()
    if "default" in schema and schema["default"] is None:
        noise |= {"default"}
    return {key: _plain(value) for key, value in schema.items() if key not in noise}
