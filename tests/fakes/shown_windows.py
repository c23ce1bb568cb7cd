"""Which windows come up, so that no part of another one is a window for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget


class _Watcher(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.windows: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(watched)
        return False


@contextmanager
def shown_windows(app: QCoreApplication) -> Iterator[list[QWidget]]:
    """Those that are shown within, in their order."""
    watcher = _Watcher()
    app.installEventFilter(watcher)
    try:
        yield watcher.windows
    finally:
        app.removeEventFilter(watcher)
