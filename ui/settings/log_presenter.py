"""Between the log viewer and the folder of the log."""

import os

import PySide6
from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import SettingsProblem, SignoffError
from app.messages import tr
from app.platform.logs import FILE_NAME, last_lines
from app.settings.diagnostics import diagnostics
from app.settings.settings import Settings
from ui.common.opening import open_folder
from ui.settings.log_viewer import LogViewer


class LogPresenter(QObject):
    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._folder = settings.folder / "logs"
        self.viewer: LogViewer | None = None

    def open(self) -> None:
        if self.viewer:
            self.viewer.raise_()
            return
        viewer = LogViewer(self._folder / FILE_NAME, self._window)
        viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        viewer.read_wanted.connect(self.read)
        viewer.copy_wanted.connect(self.copy_diagnostics)
        viewer.folder_wanted.connect(self._open_folder)
        viewer.finished.connect(self._forget)
        self.viewer = viewer
        self.read()
        viewer.open()

    def _open_folder(self) -> None:
        try:
            open_folder(self._folder)
        except SignoffError as problem:
            if self.viewer:
                self.viewer.say(problem.title)

    def read(self) -> None:
        if self.viewer:
            self.viewer.show_lines(last_lines(self._folder))

    def copy_diagnostics(self) -> None:
        try:
            connections = self._settings.connections()
        except SettingsProblem:  # the log says why
            connections = ()
        preferences = self._settings.preferences.now
        log = last_lines(self._folder)
        QGuiApplication.clipboard().setText(
            diagnostics(self._settings.folder, connections, preferences, log, _screen())
        )
        if self.viewer:
            self.viewer.say(tr("Copied. Paste it into the message to who helps you; it holds no key."))

    def _forget(self) -> None:
        self.viewer = None


def _screen() -> dict[str, str]:
    app = QGuiApplication
    screens = [f"{each.size().width()}×{each.size().height()} at {each.devicePixelRatio():g}" for each in app.screens()]
    return {
        "Qt and PySide": PySide6.__version__,
        "Qt platform": app.platformName(),
        "Desktop": os.environ.get("XDG_CURRENT_DESKTOP", "not named"),
        "Style": QApplication.style().name(),
        "Screens": ", ".join(screens),
        "Language": QLocale().name(),
    }
