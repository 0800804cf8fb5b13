"""Root -> somebody who may do nothing: another user, or root without its powers."""

import contextlib
import ctypes
import os
import struct
from pathlib import Path
from typing import Final

from grader.sandbox.layers.kernel import (
    MACHINE,
    PR_CAPBSET_DROP,
    PR_SET_NO_NEW_PRIVS,
    call,
    control,
)

# above the users of any distribution, below those of containers
_FIRST_SPARE_USER: Final = 61_000
_SPARE_USERS: Final = 4_000
_LAST_CAPABILITY: Final = 63
_CAPABILITY_VERSION: Final = 0x20080522
_CAPGET: Final = {"x86_64": 125, "aarch64": 90}
_CAPSET: Final = {"x86_64": 126, "aarch64": 91}


def forbid_new_privileges() -> None:
    """Let no program that is started have more rights than this process."""
    with contextlib.suppress(OSError):
        control(PR_SET_NO_NEW_PRIVS, 1)


def become(user: int, folder: str) -> None:
    """Become *user*, owner of *folder* and of nothing else.

    Raises:
        OSError: it cannot be done, though it could be tried before.
    """
    os.chown(folder, user, user)
    waiting = [folder]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                # what the user made before is its own, however deep and long it goes
                if entry.stat(follow_symlinks=False).st_uid != user:
                    os.chown(entry.path, user, user, follow_symlinks=False)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def drop_capabilities() -> None:
    """Give up every power of root, for good."""
    if not has_capabilities():
        return
    with contextlib.suppress(OSError):  # past the last one that this kernel knows
        for capability in range(_LAST_CAPABILITY + 1):
            control(PR_CAPBSET_DROP, capability)
    with contextlib.suppress(OSError):
        head = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
        nothing = struct.pack("=6I", 0, 0, 0, 0, 0, 0)
        number = _CAPSET.get(MACHINE)
        if number is not None:
            call(number, ctypes.c_char_p(head), ctypes.c_char_p(nothing))


def has_capabilities() -> bool:
    """Tell whether this process has any power that ordinary users lack."""
    number = _CAPGET.get(MACHINE)
    if number is None:
        return os.getuid() == 0
    head = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    found = ctypes.create_string_buffer(24)
    try:
        call(number, ctypes.c_char_p(head), found)
    except OSError:
        return os.getuid() == 0
    effective, permitted, _, more, even_more, _ = struct.unpack("=6I", found.raw)
    return bool(effective or permitted or more or even_more)


def spare_user() -> int | None:
    """Return a user that workers can become; None where nobody but root can run."""
    if not hasattr(os, "getuid") or os.getuid() != 0:
        return None
    user = _FIRST_SPARE_USER + os.getpid() % _SPARE_USERS
    return user if can_be_used_by(user) else None


def can_be_used_by(user: int) -> bool:
    """Tell whether *user* could read the Python that runs here, by trying."""
    child = os.fork()
    if not child:
        status = 1
        try:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            for file in (os.__file__, contextlib.__file__, __file__):
                Path(file).read_bytes()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0
