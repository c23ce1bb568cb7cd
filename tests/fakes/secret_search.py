"""Looks for secrets in everything that a program left behind or shows, in each form in which it could carry them."""

import os
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


def forms_of(secret: str) -> set[bytes]:
    """As it is, as Basic carries it, as an address does, and in the letters of other encodings."""
    written = {secret.encode(), quote(secret, safe="").encode(), secret.encode("utf-16-le")}
    return written | {b64encode(f"{secret}{end}".encode()) for end in ("", ":")}


def found_in(content: bytes, secrets: Iterable[str]) -> list[str]:
    return [secret for secret in secrets if any(form in content for form in forms_of(secret))]


def files_with(secrets: Iterable[str], *folders: Path) -> dict[str, list[str]]:
    """The files below the folders that hold a secret, or have one in their name."""
    wanted = tuple(secrets)
    found = {
        str(path): found_in(str(path).encode() + (path.read_bytes() if path.is_file() else b""), wanted)
        for folder in folders
        for path in folder.rglob("*")
    }
    return {path: held for path, held in found.items() if held}


def shown() -> bytes:
    """Every title and every text of every window, and the clipboard; what a masked field holds is not shown."""
    return "\n".join((*_texts(), QGuiApplication.clipboard().text())).encode()


def _texts() -> Iterator[str]:
    for window in QApplication.topLevelWidgets():
        for widget in (window, *window.findChildren(QWidget)):
            yield from (widget.windowTitle(), widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
            yield from _texts_of(widget)


def _texts_of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLineEdit):
        yield from (widget.displayText(), widget.placeholderText())
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QLabel):
        yield widget.text()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))


def arguments_of_children() -> bytes:
    """The command lines of this process and of all that it started, as every user of the machine can read them."""
    return b"\n".join(_command_line(number) for number in {os.getpid(), *_children(os.getpid())})


def _children(parent: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = status.read_text().partition(" (")
        except OSError:  # it has ended meanwhile
            continue
        if int(rest.rpartition(") ")[2].split()[1]) == parent:
            yield int(number)
            yield from _children(int(number))


def _command_line(number: int) -> bytes:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""
