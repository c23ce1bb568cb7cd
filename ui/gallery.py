"""Draws pictures of the real window on the sandbox: for the README, and for eyes where there is no display."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.apply import apply_theme
from ui.theme.tokens import Scheme

_PATIENCE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: `scenario` of the sandbox, `show` makes the state, size in device-independent pixels."""

    name: str
    scenario: str
    scheme: Scheme
    size: tuple[int, int] = (1280, 720)
    is_preview: bool = False


SHOTS = (
    Shot("everyday-light", "everyday", Scheme.LIGHT),
    Shot("everyday-dark", "everyday", Scheme.DARK),
    Shot("mixed-light", "mixed", Scheme.LIGHT),
    Shot("mixed-dark", "mixed", Scheme.DARK),
    Shot("ready-light", "some failed", Scheme.LIGHT),
    Shot("preview-light", "all failed", Scheme.LIGHT, is_preview=True),
    Shot("preview-dark", "all failed", Scheme.DARK, is_preview=True),
    Shot("unknown-words-light", "unknown words", Scheme.LIGHT),
    Shot("large-light-1920", "large", Scheme.LIGHT, (1920, 1080)),
    Shot("large-dark-1920", "large", Scheme.DARK, (1920, 1080)),
)
# What a machine without a display is shown.
TOUR = tuple(shot for shot in SHOTS if shot.name in ("everyday-light", "mixed-dark", "preview-light"))
_NO_SCREEN = "propagateSizeHints"


def draw(folder: str, shots: tuple[Shot, ...] = SHOTS) -> Iterator[Path]:
    """Writes one PNG for each shot and answers its path. Works without a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    qInstallMessageHandler(_without_remarks_about_the_screen)
    from ui.event_loop import WindowLoop

    for shot in shots:
        apply_theme(app, shot.scheme)
        path = target / f"{shot.name}.png"
        loop = WindowLoop(app)
        asyncio.set_event_loop(loop)
        with loop, tempfile.TemporaryDirectory() as data:
            loop.run_until_complete(_draw(shot, path, Path(data)))
        yield path


def _without_remarks_about_the_screen(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if _NO_SCREEN not in message:
        print(message, file=sys.stderr)


async def _draw(shot: Shot, path: Path, data: Path) -> None:
    from app.assembly import Switchboard
    from app.settings.credentials import SessionCredentials
    from ui.main_window import MainWindow
    from ui.session import Session

    window = MainWindow()
    window.resize(*shot.size)
    window.show()
    session = Session(window, Switchboard(folder=data, credentials=SessionCredentials(), environment={}))
    running = asyncio.ensure_future(session.run(shot.scenario))
    try:
        await _until(lambda: session.workspace is not None and session.workspace.items.is_at_rest)
        await asyncio.sleep(0.5)
        assert session.workspace is not None
        subject: QWidget = window
        if shot.is_preview:
            session.workspace.completion.act()
            assert session.workspace.completion.dialog is not None
            subject = session.workspace.completion.dialog
            await asyncio.sleep(0.2)
        subject.grab().save(str(path))
        if session.workspace.completion.dialog:
            session.workspace.completion.dialog.reject()
    finally:
        window.close()
        await running
        window.deleteLater()


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not is_so():  # noqa: ASYNC110 - the window has no event for being at rest
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    for picture in draw(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots"):
        print(picture)
