"""Files for this user only: those that are made, and those that were there before."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700
# Whatever lies in these is the program's own.
_OWN_FOLDERS = ("locks", "logs")
_OWN_FILES = ("*.json", "*.json.new", "*.lock", "*.sqlite3", "*.sqlite3-*")


def private_opener(path: str, flags: int) -> int:
    """For `open`: a file that is made is this user's only."""
    return os.open(path, flags, _FILE)


def make_private(path: Path) -> None:
    """A file or folder that others could read; a link's target, and what belongs to somebody else, are left alone."""
    with suppress(OSError):
        found = path.lstat()
        wanted = _FOLDER if stat.S_ISDIR(found.st_mode) else _FILE
        # A folder in which everybody may put files, such as /tmp, is nobody's own.
        is_shared = bool(found.st_mode & stat.S_ISVTX)
        if stat.S_IMODE(found.st_mode) & 0o077 and not stat.S_ISLNK(found.st_mode) and not is_shared:
            path.chmod(wanted)


def make_data_folder_private(folder: Path) -> None:
    """The folder and all of the program's files in it, as older versions, an unpacked backup or a copy left them.

    Where the user chose a folder that holds other files too, those are left as they are.
    """
    if sys.platform == "win32" or not folder.is_dir():
        return
    for path in _own(folder):
        make_private(path)


def _own(folder: Path) -> Iterator[Path]:
    yield folder
    for pattern in _OWN_FILES:
        yield from folder.glob(pattern)
    for name in _OWN_FOLDERS:
        yield folder / name
        yield from (folder / name).glob("*")
    if folder.name != "sandbox" and (folder / "sandbox").is_dir():
        yield from _own(folder / "sandbox")
