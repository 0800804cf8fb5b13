"""`grader compare`: two answers held side by side, with the evidence."""

import click

from grader.maths.domain import INTEGER, NEGATIVE, NONNEGATIVE, POSITIVE, REAL, Domain
from grader.maths.finding import Finding, Truth
from grader.maths.printing import to_text
from grader.maths.questions.diagnosis import diagnose
from grader.maths.questions.inquiry import Kind, Question
from grader.maths.questions.judging import judge
from grader.maths.readers.unreadable import Unreadable
from grader.maths.reading import Syntax, read
from grader.maths.setting import Setting
from grader.maths.tree import Tree

WORDS = {
    Truth.EQUAL: "equal",
    Truth.DIFFERENT: "different",
    Truth.UNKNOWN: "could not be decided",
}
EXIT_CODES = {Truth.EQUAL: 0, Truth.DIFFERENT: 1, Truth.UNKNOWN: 2}
DOMAINS: dict[str, Domain] = {
    "real": REAL,
    "positive": POSITIVE,
    "negative": NEGATIVE,
    "nonnegative": NONNEGATIVE,
    "integer": INTEGER,
}


@click.command(
    context_settings={"ignore_unknown_options": True}
)  # answers may start with a minus
@click.argument("expected")
@click.argument("given")
@click.option("--latex", "syntax", flag_value="latex", help="Both answers are LaTeX.")
@click.option("--python", "syntax", flag_value="python", help="Both are Python.")
@click.option(
    "--domain",
    "domains",
    multiple=True,
    metavar="NAME=KIND",
    help=f"What a name may be: {', '.join(DOMAINS)}. May be repeated.",
)
@click.pass_context
def compare(
    context: click.Context,
    expected: str,
    given: str,
    syntax: Syntax | None,
    domains: tuple[str, ...],
) -> None:
    """Compare GIVEN with EXPECTED, and say what the verdict rests on.

    Exits with 0 if they are equal, 1 if they differ, 2 if it cannot tell.
    """
    setting = Setting(domains=dict(_declared(domain) for domain in domains))
    one = _read(expected, syntax or "text", "EXPECTED")
    other = _read(given, syntax or "text", "GIVEN")
    question = Question(kind=Kind.VALUE, expected=one, given=other, setting=setting)
    finding = judge(question)
    click.echo(f"expected  {to_text(one)}\ngiven     {to_text(other)}")
    for line in _evidence(finding):
        click.echo(line)
    if finding.different:
        for line in _explanation(one, other, setting):
            click.echo(line)
    context.exit(EXIT_CODES[finding.truth])


def _declared(words: str) -> tuple[str, Domain]:
    name, _, kind = words.partition("=")
    if kind not in DOMAINS:
        raise click.BadParameter(
            f"{words!r} is not like x=positive", param_hint="--domain"
        )
    return name, DOMAINS[kind]


def _read(text: str, syntax: Syntax, which: str) -> Tree:
    try:
        return read(text, syntax)
    except Unreadable as error:
        raise click.BadParameter(str(error), param_hint=which) from error


def _evidence(finding: Finding) -> list[str]:
    lines = [f"verdict   {WORDS[finding.truth]}"]
    points = f" at {finding.points} points" if finding.points else ""
    digits = f" to {finding.digits} digits" if finding.digits else ""
    lines.append(f"method    {finding.method}{points}{digits}")
    if finding.reason:
        lines.append(f"reason    {finding.reason}")
    if finding.witness:
        where = ", ".join(f"{name} = {value}" for name, value in finding.witness)
        lines.append(f"witness   {where}")
        lines.append(
            f"          expected {finding.expected_value}, given {finding.given_value}"
        )
    if finding.place:
        lines.append(f"place     {finding.place}")
    return lines + [f"note      {note}" for note in finding.notes]


def _explanation(expected: Tree, given: Tree, setting: Setting) -> list[str]:
    found = diagnose(expected, given, setting)
    lines = []
    if found.place and found.expected is not None and found.given is not None:
        parts = f"{to_text(found.expected)} became {to_text(found.given)}"
        lines.append(f"place     {found.place}: {parts}")
    if found.slip:
        lines.append(f"slip      {found.slip}")
    return lines
