"""The students' module of properties -> what in it is missing, or gives answers away."""

import ast
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path as FilePath

from grader.lint.draft import Draft
from grader.lint.finding import Finding, Level

Functions = Mapping[str, ast.FunctionDef]


def lint_public(
    draft: Draft, public: FilePath, reference: FilePath
) -> Iterator[Finding]:
    """Look at both modules' text; neither is run."""
    trees = {}
    for path in (public, reference):
        try:
            trees[path] = ast.parse(path.read_bytes(), filename=str(path))
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            yield _error(path, line, f"this is no Python: {error}", "mend the module")
            return
    yield from _imports(public, trees[public], reference)
    yield from _copies(draft, public, _functions(trees[public]), trees[reference])
    yield from _properties(draft, _functions(trees[public]))


def _imports(
    public: FilePath, tree: ast.Module, reference: FilePath
) -> Iterator[Finding]:
    """Students have no reference: a module that imports it fails, or gives it away."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                named = [alias.name for alias in aliases]
            case ast.ImportFrom(module=module, names=aliases):
                named = [module or "", *(alias.name for alias in aliases)]
            case ast.Constant(value=str(text)) if reference.name in text:
                named = [reference.stem]
            case _:
                continue
        if any(reference.stem in name.split(".") for name in named):
            yield _error(
                public,
                getattr(node, "lineno", 1),
                f"the students' module imports or names the reference, {reference.stem}",
                "write the property without it: it may only ask answers to fit",
            )


def _copies(
    draft: Draft, public: FilePath, functions: Functions, reference: ast.Module
) -> Iterator[Finding]:
    """Find a function whose body is that of a right answer, under whatever name."""
    sources = {place.criterion.source for place in draft.every_place.values()}
    right = {
        _body(function): name
        for name, function in _functions(reference).items()
        if name in sources
    }
    for name, function in functions.items():
        copied = right.get(_body(function))
        if copied is not None:
            yield _error(
                public,
                function.lineno,
                f"{name} holds the right answer: it is the reference's {copied}",
                "write a property that asks answers to fit, without knowing them",
            )


def _properties(draft: Draft, functions: Functions) -> Iterator[Finding]:
    answers = {place.criterion.answer for place in draft.every_place.values()}
    parts = {path[:4]: place.part for path, place in draft.every_place.items()}
    for path, part in parts.items():
        wanted = part.public.properties if part.public is not None else ()
        for number, name in enumerate(wanted):
            at = (*path, "public", "properties", number)
            if name not in functions:
                close = get_close_matches(name, functions, n=1)
                yield draft.error(
                    at,
                    f"the students' module has no function {name}",
                    f"did you mean {close[0]}?" if close else "add it there",
                )
                continue
            asked = _arguments(functions[name]) if not draft.faulty else []
            unknown = [argument for argument in asked if argument not in answers]
            for argument in unknown:
                yield draft.error(
                    at,
                    f"{name} asks for {argument}, which is no part's answer",
                    "name its parameters as the answers that it takes",
                )


def _functions(tree: ast.Module) -> Functions:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _body(function: ast.FunctionDef) -> str:
    """Write what a function does, without its docstring and with its parameters."""
    body = function.body
    if ast.get_docstring(function) is not None and len(body) > 1:
        body = body[1:]
    names = [
        argument.arg
        for argument in ast.walk(function.args)
        if isinstance(argument, ast.arg)
    ]
    return f"{names} {[ast.dump(statement) for statement in body]}"


def _arguments(function: ast.FunctionDef) -> list[str]:
    """Return the parameters that must be given."""
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    required = plain[: len(plain) - len(arguments.defaults)]
    keywords = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return [
        a.arg for a in (*required, *(k for k, default in keywords if default is None))
    ]


def _error(path: FilePath, line: int, what: str, mend: str) -> Finding:
    return Finding(level=Level.ERROR, where=f"{path}:{line}", what=what, mend=mend)
