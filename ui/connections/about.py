"""Between the About dialog and what can be found out about this installation."""

import asyncio
import platform
from collections.abc import Callable
from importlib.metadata import version

import PySide6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from app.composition.self_check import self_check
from app.messages import said
from app.platform.licences import licences_text
from app.self_check.findings import Report, report_text
from ui.common.tasks import Tasks
from ui.shell.about import AboutDialog


def _checked() -> Report:
    """Without drawing a window: the user is looking at one."""
    return self_check(with_window=False)


class AboutPresenter(QObject):
    def __init__(self, window: QWidget, tasks: Tasks, check: Callable[[], Report] = _checked) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._check = check
        self.dialog: AboutDialog | None = None

    def open(self) -> None:
        if self.dialog:
            self.dialog.raise_()
            return
        dialog = AboutDialog(f"Signoff {version('signoff')}", _FACTS, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.check_requested.connect(lambda: self._tasks.replace("self-check", self._show_check()))
        dialog.licences_requested.connect(lambda: self._tasks.replace("self-check", self._show_licences()))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    async def _show_check(self) -> None:
        if self.dialog:
            self.dialog.show_checking()
            self._show(report_text(await asyncio.to_thread(self._check)))

    async def _show_licences(self) -> None:
        self._show(await asyncio.to_thread(licences_text))

    def _show(self, text: str) -> None:
        if self.dialog:
            self.dialog.show_text(text)

    def _forget(self) -> None:
        self.dialog = None


_FACTS = (
    said("Reviews Pleo export jobs and completes them, once, with the event their items imply."),
    said(
        "Python {python}, Qt and PySide {pyside} (LGPL 3).",
        python=platform.python_version(),
        pyside=PySide6.__version__,
    ),
    said("Signoff is under the MIT licence."),
)
