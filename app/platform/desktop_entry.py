"""Signoff's entry in the menu of a Linux desktop, for whoever installed it without a package."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from app.errors import SignoffError, UsageProblem
from app.messages import said
from app.platform.resources import RESOURCES

_TEMPLATE = RESOURCES / "desktop" / "signoff.desktop"
_ICON = RESOURCES / "icons" / "signoff.svg"
_PROGRAM = "signoff-gui"


def entry_text(template: str, program: str) -> str:
    """The entry, starting `program` wherever it lies. Quoted as the Desktop Entry Specification 1.5 asks for."""
    # Once for the quoted argument, once for the string that holds it; `%` begins a field.
    quoted = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in program)
    spelled = f'"{quoted}"'.replace("\\", "\\\\").replace("%", "%%")
    return template.replace(f"Exec={_PROGRAM}", f"Exec={spelled}")


def install_desktop_entry(
    environment: Mapping[str, str] = os.environ, arguments: str = sys.argv[0], platform: str = sys.platform
) -> tuple[Path, Path]:
    """Writes entry and icon for this user, and returns where. Raises UsageProblem, SignoffError where it cannot."""
    entry, icon = _places(environment, platform)
    text = entry_text(_TEMPLATE.read_text(encoding="utf-8"), str(_own_program(environment, arguments)))
    try:
        for file, content in ((icon, _ICON.read_bytes()), (entry, text.encode())):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise SignoffError(
            said(
                "The entry cannot be written: {strerror} ({filename})", strerror=error.strerror, filename=error.filename
            )
        ) from error
    return entry, icon


def remove_desktop_entry(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> tuple[Path, Path]:
    """Takes both away again where they are there. Raises as `install_desktop_entry` does."""
    places = _places(environment, platform)
    try:
        for file in places:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise SignoffError(
            said(
                "The entry cannot be removed: {strerror} ({filename})", strerror=error.strerror, filename=error.filename
            )
        ) from error
    return places


def _places(environment: Mapping[str, str], platform: str) -> tuple[Path, Path]:
    if not platform.startswith("linux"):
        raise UsageProblem(said("A desktop entry is for Linux: on Windows and macOS the installer makes one"))
    data = Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return data / "applications" / "signoff.desktop", data / "icons/hicolor/scalable/apps/signoff.svg"


def _own_program(environment: Mapping[str, str], started_as: str) -> Path:
    """The program that opens the window, beside the one that runs; an AppImage is started as a whole."""
    if image := environment.get("APPIMAGE"):
        return Path(image)
    here = Path(sys.executable if getattr(sys, "frozen", False) else started_as).absolute()
    program = here.with_name(_PROGRAM)
    if not program.exists():
        raise UsageProblem(
            said("There is no {program} in {parent}, which the entry would start", program=_PROGRAM, parent=here.parent)
        )
    return program
