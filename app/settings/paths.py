"""Where the program writes, and where it finds what it ships."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from app.errors import SettingsProblem
from app.messages import said
from app.platform.private_files import make_private, private_opener


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The one folder for everything that the program writes: SIGNOFF_DATA_DIR, or the user's own.

    Raises SettingsProblem where it names the home of nobody, or a file stands in its way.
    """
    chosen = environment.get("SIGNOFF_DATA_DIR", "").strip()
    try:
        folder = Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("Signoff", appauthor=False))
    except RuntimeError as error:
        raise SettingsProblem(said("SIGNOFF_DATA_DIR names no folder: {chosen}", chosen=chosen)) from error
    in_the_way = next((path for path in (folder, *folder.parents) if path.is_file()), None)
    if in_the_way:
        raise SettingsProblem(
            said("The data folder {folder} cannot be used: {path} is a file", folder=folder, path=in_the_way),
            advice=said("Move that file away, or name another folder with SIGNOFF_DATA_DIR. Nothing was read or sent."),
        )
    return folder


def evidence_folder(folder: Path, *, is_sandbox: bool) -> Path:
    """Where the journal of a data folder lies: what is played in the sandbox is no evidence, and is kept apart."""
    return folder / "sandbox" if is_sandbox else folder


def made(folder: Path) -> Path:
    """The folder, made where it was missing, for this user only. Raises SettingsProblem."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsProblem(
            said("The folder {folder} cannot be made: {strerror}", folder=folder, strerror=error.strerror),
            advice=said("Make it by hand, or name another one with SIGNOFF_DATA_DIR."),
        ) from error
    return folder


def write_whole(path: Path, text: str) -> None:
    """Replaces the file in one step, for this user only. On disk when it returns: a crash or a power cut leaves the old
    one or the new one. Raises SettingsProblem."""
    made(path.parent)
    fresh = path.with_name(path.name + ".new")
    try:
        with open(fresh, "w", encoding="utf-8", opener=private_opener) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        make_private(fresh)
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise SettingsProblem(
            said("{path} cannot be written: {strerror}", path=path, strerror=error.strerror)
        ) from error


def _sync_folder(folder: Path) -> None:
    """So that the name leads to the new file after a power cut too. Windows has no such call."""
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def put_aside(path: Path) -> Path:
    """A damaged file under a name that says so, or in its place where it cannot be moved."""
    aside = path.with_name(f"{path.stem}.damaged{path.suffix}")
    try:
        return path.replace(aside)
    except OSError:
        return path
