"""Draws pictures of the real window on the sandbox: for the README, and for eyes where there is no display."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from app.platform.languages import ENGLISH
from ui.common.language import speak_from_now_on
from ui.theme.apply import apply_theme
from ui.theme.tokens import Scheme
from ui.tools.opened import opened
from ui.tools.walk import draft_all, until, written_list

if TYPE_CHECKING:
    from ui.connections.connection_view import ConnectionView


async def _preview(view: "ConnectionView", _folder: Path) -> QWidget:
    view.completion.act()
    assert view.completion.dialog is not None
    return view.completion.dialog


async def _drafted(view: "ConnectionView", _folder: Path) -> QWidget:
    await draft_all(view)
    return view.items_page.window()


async def _posting_list(view: "ConnectionView", folder: Path) -> QWidget:
    view.lists.import_from(written_list(view.items_page.model.rows(), folder / "Postings.csv"))
    dialog = view.lists.results.dialog
    assert dialog is not None
    dialog.resize(view.items_page.window().size())
    await until(lambda: dialog.is_showing_result() and dialog.draft.isEnabled())
    return dialog


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: `scenario` of the sandbox, size in device-independent pixels, `language` by its code. `show` makes
    the state, with a folder for files, and answers what is drawn; without it the window is drawn as it opens."""

    name: str
    scenario: str
    scheme: Scheme
    size: tuple[int, int] = (1280, 720)
    show: "Callable[[ConnectionView, Path], Awaitable[QWidget]] | None" = None
    language: str = ENGLISH


SHOTS = (
    Shot("everyday-light", "everyday", Scheme.LIGHT),
    Shot("everyday-dark", "everyday", Scheme.DARK),
    Shot("mixed-light", "mixed", Scheme.LIGHT),
    Shot("mixed-dark", "mixed", Scheme.DARK),
    Shot("drafted-light", "mixed", Scheme.LIGHT, show=_drafted),
    Shot("posting-list-light", "mixed", Scheme.LIGHT, (1400, 720), show=_posting_list),
    Shot("ready-light", "some failed", Scheme.LIGHT),
    Shot("preview-light", "all failed", Scheme.LIGHT, show=_preview),
    Shot("preview-dark", "all failed", Scheme.DARK, show=_preview),
    Shot("unknown-words-light", "unknown words", Scheme.LIGHT),
    Shot("mixed-german", "mixed", Scheme.LIGHT, language="de"),
    Shot("preview-danish", "all failed", Scheme.LIGHT, show=_preview, language="da"),
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
    from ui.common.event_loop import WindowLoop

    for shot in shots:
        apply_theme(app, shot.scheme)
        speak_from_now_on(shot.language, app)
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
    async with opened(shot.scenario, shot.size, data) as controller:
        assert controller.view is not None
        subject: QWidget = controller.window
        if shot.show:
            subject = await shot.show(controller.view, data)
            await asyncio.sleep(0.2)
        subject.grab().save(str(path))
        if subject is not controller.window:
            subject.close()


if __name__ == "__main__":
    for picture in draw(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots"):
        print(picture)
