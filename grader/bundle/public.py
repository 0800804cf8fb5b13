"""A rubric -> the part of it that may be given away, as a rubric of its own.

What is left out is left out by naming what stays, so that a field which the rubric
gains later is private until somebody decides otherwise.
"""

from typing import Any, Final

import yaml

from grader.model.rubric import (
    Assignment,
    Criterion,
    Inputs,
    Part,
    PublicModule,
    Question,
    RunLimits,
    Written,
)

PUBLIC_MODULE: Final = "public.py"
_BYTES_PER_MEBIBYTE: Final = 2**20


def public_view(assignment: Assignment) -> Assignment:
    """Return what students may know: what is asked, and how they may check it.

    Of what may be written only the equation that the rubric names it by, and of that
    only the left side. No reference, no tolerance, no mistake, no listed input (those are the grading
    points), no seed, and no part that is hidden.
    """
    questions = tuple(
        Question(id=q.id, title=q.title, parts=tuple(_part(p) for p in shown))
        for q in assignment.questions
        if (shown := [p for p in q.parts if p.visibility != "hidden"])
    )
    limits = assignment.run
    return Assignment(
        schema_version=assignment.schema_version,
        assignment=assignment.assignment,
        title=assignment.title,
        reference="",
        public=PublicModule(module=PUBLIC_MODULE) if assignment.public else None,
        run=RunLimits(
            cpu=limits.cpu,
            part=limits.part,
            cell=limits.cell,
            memory=limits.memory,
            output=limits.output,
            engine=limits.engine,
            imports=limits.imports,
        ),
        questions=questions,
    )


def to_yaml(public: Assignment) -> str:
    """Return a public view as a rubric file, every word of it in quotes."""
    content = public.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    content = {"schema": public.schema_version, **content}
    content["run"] = {
        **content.get("run", {}),
        "memory": f"{-(-public.run.memory // _BYTES_PER_MEBIBYTE)} MiB",
        "output": f"{-(-public.run.output // _BYTES_PER_MEBIBYTE)} MiB",
    }
    for name in ("cpu", "part", "cell"):
        content["run"][name] = f"{getattr(public.run, name):g} s"
    return yaml.dump(
        content, Dumper=_Quoting, sort_keys=False, allow_unicode=True, width=10_000
    )


def _part(part: Part) -> Part:
    return Part(
        id=part.id,
        title=part.title,
        criteria=tuple(_criterion(c) for c in part.criteria),
        public=part.public,
    )


def _criterion(criterion: Criterion) -> Criterion:
    return Criterion(
        points=criterion.points,
        answer=criterion.answer,
        kind=criterion.kind,
        inputs=_inputs(criterion.inputs),
        variables=criterion.variables,
        choices=criterion.choices,
        written=_written(criterion.written),
    )


def _written(written: Written | None) -> Written | None:
    """Keep that it may be written, and as which equation; other names may hold answers."""
    return None if written is None else Written(equation=written.equation)


def _inputs(inputs: dict[str, Inputs]) -> dict[str, Inputs]:
    """Keep how inputs are drawn; where any is listed, keep the names alone."""
    if any(spec.values is not None for spec in inputs.values()):
        return {name: Inputs(values=(None,)) for name in inputs}
    return inputs


class _Quoting(yaml.SafeDumper):
    """Quotes every text, so that no reader takes a word for anything else."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> Any:  # noqa: ANN401 - PyYAML's node
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'")


_Quoting.add_representer(str, _quoted)
