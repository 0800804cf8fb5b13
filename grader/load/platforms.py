"""The names in a platform's download -> which files are whose.

Gradescope exports `submission_<id>/…` and a table of who they are; Canvas prefixes
every file; Moodle makes a folder a student. Names are all that is looked at.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from grader.load.entry import is_junk
from grader.load.handed import Member
from grader.yaml.path import Plain

METADATA: Final = "submission_metadata.yml"

_GRADESCOPE: Final = re.compile(r"(submission_(\d+))/(.+)", re.DOTALL)
_CANVAS: Final = re.compile(
    r"(?:anon_(?P<anon>[0-9A-Za-z]+)|(?P<who>[^/]+?))_(?P<late>LATE_)?"
    r"(?:(?(who)(?P<user>\d+)_)(?P<file>\d+)_(?P<name>[^/]+)"
    r"|(?(who)(?P<writer>\d+)_)(?P<entry>text\.html|link\.html))",
    re.DOTALL,
)
_MOODLE: Final = re.compile(
    r"(?P<who>[^/]+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?/(?P<name>.+)",
    re.DOTALL,
)
_ATTEMPT: Final = re.compile(r"(.+?)-(\d{1,3})(\.[^.]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """Whose some files are, as far as their platform tells.

    *people* are the words for each member of a group, where more than one handed it in.
    """

    key: str  # what tells this student from the others
    name: str
    members: tuple[Member, ...]
    known_as: tuple[str, ...] = ()
    people: tuple[tuple[str, ...], ...] = ()
    submitted: datetime | None = None
    remarks: tuple[str, ...] = field(default=())


def recognise(names: Sequence[str], metadata: Plain = None) -> tuple[Owned, ...]:
    """Sort the files of a platform's download by student; none if it is no such."""
    wanted = [name for name in names if not is_junk(name)]
    folder = _common_folder(wanted)
    inner = [name.removeprefix(folder) for name in wanted]
    for sort in (_gradescope, _moodle, _canvas):
        owned = sort(inner, metadata if isinstance(metadata, dict) else {})
        if owned:
            return tuple(_inside(each, folder) for each in owned)
    return ()


def _common_folder(names: Sequence[str]) -> str:
    """Return the one folder that everything lies in, unless it is a student's."""
    folders = {name.partition("/")[0] for name in names if "/" in name}
    if len(folders) != 1 or any("/" not in name for name in names):
        return ""
    folder = folders.pop() + "/"
    told = (_GRADESCOPE.fullmatch(folder + "x"), _MOODLE.fullmatch(folder + "x"))
    return "" if any(told) else folder


def _inside(owned: Owned, folder: str) -> Owned:
    members = (replace(m, inside=folder + m.inside) for m in owned.members)
    return replace(owned, members=tuple(members))


def _gradescope(
    names: Sequence[str], metadata: Mapping[str, Plain]
) -> tuple[Owned, ...]:
    groups: dict[str, list[Member]] = {}
    for name in names:
        found = _GRADESCOPE.fullmatch(name)
        if found:
            groups.setdefault(found[1], []).append(Member(inside=name, name=found[3]))
        elif name != METADATA:
            return ()
    return tuple(_submitter(g, m, metadata.get(g)) for g, m in groups.items())


def _submitter(folder: str, members: list[Member], told: Plain) -> Owned:
    """Read who stands behind a Gradescope submission; its keys are Ruby's symbols."""
    about = told if isinstance(told, dict) else {}
    people = about.get(":submitters")
    persons = (
        [p for p in people if isinstance(p, dict)] if isinstance(people, list) else []
    )
    names = [str(p[":name"]) for p in persons if p.get(":name")]
    words = [
        tuple(str(p[k]) for k in (":sid", ":email", ":name") if p.get(k))
        for p in persons
    ]
    known = [word for person in words for word in person]
    first = next(iter(known), folder)
    return Owned(
        key=first,
        name=", ".join(names) or folder,
        members=tuple(members),
        known_as=(*known, folder),
        people=tuple(words) if len(words) > 1 else (),
        submitted=_moment(about.get(":created_at")),
    )


def _moment(text: Plain) -> datetime | None:
    """Read Ruby's `2026-10-05 18:08:31.123456789 Z`, which is finer than Python's."""
    plain = re.sub(r"(\.\d{6})\d+", r"\1", str(text or ""))
    plain = re.sub(r"\s+(Z|UTC|[-+]\d\d:?\d\d)$", r"\1", plain).replace("UTC", "Z")
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moodle(names: Sequence[str], _metadata: Mapping[str, Plain]) -> tuple[Owned, ...]:
    groups: dict[tuple[str, str], list[Member]] = {}
    for name in names:
        found = _MOODLE.fullmatch(name)
        if found is None:
            return ()
        whose = (found["id"], found["who"])
        groups.setdefault(whose, []).append(Member(inside=name, name=found["name"]))
    return tuple(
        Owned(
            key=f"{who} {number}",
            name=who,
            members=tuple(members),
            known_as=(number, who),
        )
        for (number, who), members in groups.items()
    )


def _canvas(names: Sequence[str], _metadata: Mapping[str, Plain]) -> tuple[Owned, ...]:
    groups: dict[str, list[re.Match[str]]] = {}
    for name in names:
        found = _CANVAS.fullmatch(name)
        if found is None:
            return ()
        user = found["user"] or found["writer"] or found["anon"]
        groups.setdefault(user, []).append(found)
    return tuple(_canvas_owner(user, files) for user, files in groups.items())


def _canvas_owner(user: str, files: Sequence[re.Match[str]]) -> Owned:
    who = files[0]["who"] or "anonymous"
    members = tuple(_latest(files))
    late = ("marked-late",) if any(f["late"] for f in files) else ()
    several = ("several-attempts",) if len(members) < len(files) else ()
    return Owned(
        key=f"{who} {user}",
        name=who,
        members=members,
        known_as=(user, who),
        remarks=(*late, *several),
    )


def _latest(files: Sequence[re.Match[str]]) -> Iterator[Member]:
    """Keep of `hw.ipynb`, `hw-1.ipynb`, `hw-2.ipynb` the last, under the first's name."""
    names = {_own_name(found) for found in files}
    best: dict[str, tuple[int, int, str]] = {}
    for found in files:
        original, attempt = _own_name(found), 0
        again = _ATTEMPT.fullmatch(original)
        if again and again[1] + again[3] in names:
            original, attempt = again[1] + again[3], int(again[2])
        candidate = (attempt, int(found["file"] or 0), found[0])
        best[original] = max(best.get(original, candidate), candidate)
    for original, (_, _, inside) in best.items():
        yield Member(inside=inside, name=original)


def _own_name(found: re.Match[str]) -> str:
    return found["name"] or found["entry"]
