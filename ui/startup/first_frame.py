"""Draws the window once and ends: the last proof of `signoff self-check --window`."""

import json
import sys
import time

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from ui.shell.main_window import MainWindow
from ui.startup.display import display_needed
from ui.theme.apply import apply_theme, system_scheme
from ui.theme.icons import app_icon

_PATIENCE_MS = 30_000


class _Exposure(QObject):
    """Ends the loop once a screen shows the window, which Qt paints at that very moment."""

    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Expose:
            QTimer.singleShot(0, self._end)
        return super().eventFilter(watched, event)

    def _end(self) -> None:
        self._loop.exit(0)


def draw_first_frame() -> int:
    """Prints size, platform and when it was drawn (seconds since 1970) as JSON; 1 where nothing came on screen."""
    with display_needed():
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Signoff")
    apply_theme(app, system_scheme())
    window = MainWindow()
    loop = QEventLoop()
    exposure = _Exposure(loop)
    patience = QTimer(singleShot=True, interval=_PATIENCE_MS)
    patience.timeout.connect(lambda: loop.exit(1))
    patience.start()
    window.winId()  # makes the handle, which hears of the screen
    handle = window.windowHandle()
    handle.installEventFilter(exposure)
    window.show()
    is_shown = loop.exec() == 0
    handle.removeEventFilter(exposure)
    if not is_shown:
        print("the window was opened, and no screen showed it", file=sys.stderr)
        return 1
    frame = {
        "width": window.width(),
        "height": window.height(),
        "platform": app.platformName(),
        "drawn_at": time.time(),
    }
    app.setWindowIcon(app_icon())
    print(json.dumps(frame), flush=True)
    window.let_go()
    delete(window)
    return 0
