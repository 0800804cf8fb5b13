"""`import IPython` in student code -> a module that is enough for notebooks.

The usual names are here (`display`, `Math`, `Image` …) and keep what they were given;
anything deeper comes from the real package where it is installed. Libraries that ask
whether they run under IPython are told no, so that they behave as in plain Python.
"""

import functools
import importlib.machinery
import importlib.util
import sys
from types import ModuleType
from typing import Any, Final

from grader.sandbox.inside.shell import Shell, display

_SHOWN: Final = (
    *("Audio", "Code", "FileLink", "FileLinks", "GeoJSON", "HTML", "IFrame", "Image"),
    *("JSON", "Javascript", "Latex", "Markdown", "Math", "Pretty", "ProgressBar"),
    *(
        "SVG",
        "ScribdDocument",
        "Video",
        "VimeoVideo",
        "YouTubeVideo",
        "TextDisplayObject",
    ),
    *("DisplayHandle", "DisplayObject"),
)
_ACTIONS: Final = (
    *("clear_output", "publish_display_data", "update_display", "set_matplotlib_close"),
    *("set_matplotlib_formats", "display_html", "display_latex", "display_markdown"),
    *("display_png", "display_svg", "display_pretty", "display_json", "display_jpeg"),
)


class Shown:
    """Something that a notebook would show; here it keeps its content."""

    def __init__(self, data: object = None, *_: object, **options: object) -> None:
        self.data = data
        self.options = options

    def __repr__(self) -> str:
        return f"<{type(self).__name__} object>"


def stand_in(shell: Shell) -> None:
    """Put the stand-in among the loaded modules, unless the real one is there."""
    if "IPython" in sys.modules:
        return
    modules = stand_ins()
    modules["IPython"].__dict__["get_ipython"] = _answer_only_to(shell)
    sys.modules.update(modules)


@functools.cache
def stand_ins() -> dict[str, ModuleType]:
    """Return the modules by name, without a shell; a process has one set of them.

    The zygote asks once, before it forks.
    """
    shows = ModuleType("IPython.display")
    shows.__dict__.update({name: type(name, (Shown,), {}) for name in _SHOWN})
    shows.__dict__.update({name: lambda *_, **__: None for name in _ACTIONS})
    shows.__dict__["display"] = display
    package = ModuleType("IPython")
    package.__path__ = _real_path()
    package.__spec__ = importlib.machinery.ModuleSpec("IPython", None, is_package=True)
    versions = {"version_info": (9, 0, 0, ""), "__version__": "9.0.0"}
    package.__dict__.update({"display": shows} | versions)
    core = ModuleType("IPython.core")
    core.__path__ = [f"{path}/core" for path in package.__path__]
    core.__dict__["display"] = shows
    return {
        "IPython": package,
        "IPython.display": shows,
        "IPython.core": core,
        "IPython.core.display": shows,
    }


def _real_path() -> list[str]:
    spec = importlib.util.find_spec("IPython")
    return list(spec.submodule_search_locations or []) if spec is not None else []


def _answer_only_to(shell: Shell) -> Any:  # noqa: ANN401 - a function for student code
    """Return a `get_ipython` that gives the shell to the notebook and None to others."""

    def get_ipython() -> Shell | None:
        asker = sys._getframe(1).f_globals  # noqa: SLF001 - who asks is the point
        return shell if asker is shell.user_ns else None

    return get_ipython
