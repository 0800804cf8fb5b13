"""Plug-ins: what fits is used, what does not is named and left out."""

from importlib.metadata import EntryPoint

import pytest

from grader.compare.comparator import Comparator, Question
from grader.model.answer import Value
from grader.model.verdict import Verdict, correct
from grader.plugins import COMPARATORS, EXPORTERS, LOADERS, Exporter, discover


def always_right(expected: Value, given: Value, question: Question) -> Verdict:
    del expected, given, question
    return correct()


KIND = Comparator(kind="graph", judge=always_right)
TWIN = Comparator(kind="number", judge=always_right)
PLAIN = Exporter(format="plain", suffix=".txt", write=lambda *_: "")


def point(name: str, group: str, *, module: str = __name__) -> EntryPoint:
    return EntryPoint(name=name, value=f"{module}:{name}", group=group)


def test_a_comparator_adds_its_kind() -> None:
    found = discover([point("KIND", COMPARATORS)])

    assert "graph" in found.kinds
    assert found.by_kind()["graph"] is KIND
    assert found.faults == ()


def test_an_exporter_is_taken() -> None:
    assert discover([point("PLAIN", EXPORTERS)]).exporters == (PLAIN,)


@pytest.mark.parametrize(
    ("plugin", "told"),
    [
        pytest.param(point("NOBODY", COMPARATORS), "AttributeError", id="no such name"),
        pytest.param(
            point("KIND", COMPARATORS, module="no_such_module"),
            "ModuleNotFoundError",
            id="no such module",
        ),
        pytest.param(point("TWIN", COMPARATORS), "'number' already", id="takes a kind"),
        pytest.param(point("KIND", LOADERS), "another type", id="in another group"),
    ],
)
def test_a_broken_plugin_is_named_and_left_out(plugin: EntryPoint, told: str) -> None:
    found = discover([plugin, point("PLAIN", EXPORTERS)])

    assert [told in str(fault) for fault in found.faults] == [True]
    assert found.exporters == (PLAIN,)


def test_two_plugins_of_one_kind_are_not_both_taken() -> None:
    again = EntryPoint(name="OTHER", value=f"{__name__}:KIND", group=COMPARATORS)

    found = discover([point("KIND", COMPARATORS), again])

    assert (len(found.comparators), len(found.faults)) == (1, 1)


def test_without_plugins_the_built_in_kinds_are_there() -> None:
    assert "number" in discover([]).by_kind()
