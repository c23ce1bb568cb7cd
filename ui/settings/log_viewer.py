"""The log's last lines, for who helps: to read, to filter, and to hand on without secrets."""

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.messages import said, shown, tr
from app.platform.logs import LogLine
from ui.theme.metrics import GRID, fixed_font
from ui.widgets.choice import Choice
from ui.widgets.plain_label import PlainLabel, TextRole

_SIZE = (920, 560)
_LEVELS = (
    (logging.DEBUG, said("Everything")),
    (logging.INFO, said("Events, warnings and errors")),
    (logging.WARNING, said("Warnings and errors")),
    (logging.ERROR, said("Errors")),
)


class LogViewer(QDialog):
    read_wanted = Signal()
    copy_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("logViewer")
        self.setWindowTitle(tr("Log"))
        self._lines: tuple[LogLine, ...] = ()
        self.level = Choice()
        self.read_button = QPushButton(tr("Read again"))
        self.text = QPlainTextEdit()
        self.note = PlainLabel(str(file), role=TextRole.QUIET, elide=True)
        self.copy_button = QPushButton(tr("Copy diagnostics"))
        self.folder_button = QPushButton(tr("Open folder"))
        self.close_button = QPushButton(tr("Close"))
        self._dress()
        self._arrange()
        # Enter confirms what was typed or chosen, and presses no button by itself.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.level.currentIndexChanged.connect(lambda _place: self._show())
        self.read_button.clicked.connect(self.read_wanted)
        self.copy_button.clicked.connect(self.copy_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.close_button.clicked.connect(self.accept)
        QShortcut(QKeySequence("F5"), self, self.read_wanted.emit)
        self.resize(*_SIZE)

    def _dress(self) -> None:
        self.level.addItems([shown(words) for _, words in _LEVELS])
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(fixed_font(self.font()))
        self.text.setTabChangesFocus(True)
        for name, words, widget in (
            ("logLevel", tr("Which lines are shown"), self.level),
            ("readLog", tr("Read the log again"), self.read_button),
            ("logText", tr("The log's last lines"), self.text),
            ("logNote", "", self.note),
            ("copyDiagnostics", tr("Copy diagnostics"), self.copy_button),
            ("openLogFolder", tr("Open folder"), self.folder_button),
            ("closeLog", tr("Close"), self.close_button),
        ):
            widget.setObjectName(name)
            if words:
                widget.setAccessibleName(words)
        self.copy_button.setToolTip(tr("Versions, settings, connections without their keys, and the last lines"))

    def _arrange(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(GRID)
        head.addWidget(self.level)
        head.addWidget(self.read_button)
        head.addWidget(self.note, 1)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.folder_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        column.addLayout(foot)

    def show_lines(self, lines: Sequence[LogLine]) -> None:
        self._lines = tuple(lines)
        self._show()

    def say(self, words: str) -> None:
        """In place of the file's name, so that nothing moves."""
        self.note.setText(words)

    def _show(self) -> None:
        least = _LEVELS[self.level.currentIndex()][0]
        lines = [line.text for line in self._lines if line.level >= least]
        self.text.setPlainText("\n".join(lines) if lines else tr("Nothing of this kind is in the log."))
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())
        self.text.horizontalScrollBar().setValue(0)
