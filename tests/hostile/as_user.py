"""Run a command as a user of no rights: `python as_user.py USER COMMAND...`, as root.

Where Python lies below a folder that only root may enter, a mount of this process's
own opens the way to it; nothing outside this process sees that.
"""

import ctypes
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_NEW_MOUNTS = 0x00020000


def main() -> None:
    user, *command = sys.argv[1:]
    prefix = Path(sys.base_prefix).resolve()
    closed = [p for p in reversed(prefix.parents) if not p.stat().st_mode & 0o001]
    if closed:
        _open_the_way(closed[0], prefix)
    os.setgroups([])
    os.setresgid(int(user), int(user), int(user))
    os.setresuid(int(user), int(user), int(user))
    os.execvp(command[0], command)  # noqa: S606 - what this program is for


def _open_the_way(closed: Path, prefix: Path) -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_MOUNTS) != 0:
        raise SystemExit("no mounts of our own here")
    kept = tempfile.mkdtemp()
    _mount("--make-rprivate", "/")
    _mount("--bind", str(prefix), kept)
    _mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(closed))
    prefix.mkdir(parents=True)
    _mount("--bind", kept, str(prefix))


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


if __name__ == "__main__":
    main()
