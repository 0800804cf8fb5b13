"""A path in a YAML file -> the value there, and its spelling."""

Path = tuple[str | int, ...]
Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def at(value: Plain, path: Path) -> Plain:
    """Return what stands at *path* within *value*, or None where there is nothing."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step] if step < len(value) else None
        else:
            return None
    return value


def spell(path: Path) -> str:
    """Write a path the way an author reads it: `questions[0].parts[1].points`."""
    steps = (f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)
    return "".join(steps).removeprefix(".")
