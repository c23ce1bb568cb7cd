"""What happened to a job, step by step: read, never changed, and copied as text."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.errors import SignoffError
from app.messages import ntr, tr
from ui.common.errors import say_problem
from ui.completion.timeline_rows import TimelineRow, found, timeline_columns
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView
from ui.theme.metrics import GRID
from ui.widgets.announcements import announce
from ui.widgets.choice import Choice
from ui.widgets.hint import show_hint
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.plain_label import PlainLabel, TextRole

_SIZE = (940, 540)
_TABLE_SHARE, _DETAILS_SHARE = 3, 2


class TimelineDialog(QDialog):
    """`job` is its name; `item` that of the item which was chosen, "" for none. `scope_chosen` asks for the rows of
    the whole job, or of that item alone."""

    scope_chosen = Signal(bool)  # whether of the item alone

    def __init__(self, job: str, item: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timelineDialog")
        self.setWindowTitle(tr("Timeline"))
        self._rows: Sequence[TimelineRow] = ()
        self.job = PlainLabel(job, role=TextRole.TITLE, elide=True)
        self.scope = Choice()
        self.search = QLineEdit()
        self.messages = MessageBar()
        self.table = RecordTableView()
        self.model: RecordTableModel[TimelineRow] = RecordTableModel(timeline_columns(), lambda row: row.key, self)
        self.details = QPlainTextEdit()
        self.note = PlainLabel(role=TextRole.QUIET, elide=True)
        self.copy_button = QPushButton(tr("Copy as text"))
        self.close_button = QPushButton(tr("Close"))
        self._dress(item)
        self._arrange()
        for button in (self.copy_button, self.close_button):
            button.setAutoDefault(False)
        self.table.current_row_changed.connect(self._show_details)
        self.search.textChanged.connect(self._filter)
        self.scope.currentIndexChanged.connect(lambda place: self.scope_chosen.emit(place == 1))
        self.copy_button.clicked.connect(self.copy_all)
        self.close_button.clicked.connect(self.accept)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        self.resize(*_SIZE)
        self.table.setFocus()

    def _dress(self, item: str) -> None:
        self.scope.addItems([tr("The whole job"), tr("Only {item}", item=item)])
        if not item:
            self.scope.hide()
        self.scope.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scope.setMinimumContentsLength(24)
        self.table.setModel(self.model)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        show_hint(self.search, tr("Search (Ctrl+F)"))
        for name, words, widget in (
            ("timelineJob", "", self.job),
            ("timelineScope", tr("Of the whole job, or of the chosen item"), self.scope),
            ("timelineSearch", tr("Search the timeline"), self.search),
            ("timelineMessages", "", self.messages),
            ("timelineTable", tr("What happened to the job"), self.table),
            ("timelineDetails", tr("Details of the chosen step"), self.details),
            ("timelineNote", "", self.note),
            ("copyTimeline", tr("Copy as text"), self.copy_button),
            ("closeTimeline", tr("Close"), self.close_button),
        ):
            widget.setObjectName(name)
            if words:
                widget.setAccessibleName(words)

    def _arrange(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(GRID)
        head.addWidget(self.search, 1)
        head.addWidget(self.scope)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.job)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.table, _TABLE_SHARE)
        column.addWidget(self.details, _DETAILS_SHARE)
        column.addLayout(foot)

    def show_reading(self) -> None:
        self.table.set_placeholder(tr("Reading the journal …"))

    def show_rows(self, rows: Sequence[TimelineRow], *, is_played: bool) -> None:
        """`is_played` where it is of the sandbox, whose journal is no evidence."""
        self._rows = rows
        self.table.set_placeholder(tr("The journal on this computer holds nothing about it."))
        self.model.set_rows(rows)
        self._filter()
        doubtful = sum(row.is_in_doubt for row in rows)
        if doubtful:
            self.messages.show_message(
                MessageKind.WARNING,
                ntr(
                    "{n:,} step cannot be relied on: its row of the journal was changed, or cannot be read.",
                    "{n:,} steps cannot be relied on: their rows of the journal were changed, or cannot be read.",
                    doubtful,
                ),
                closable=False,
            )
        elif is_played:
            self.messages.show_message(
                MessageKind.INFO,
                tr("Played in the sandbox, whose journal is kept apart: it is no evidence."),
                closable=False,
            )
        else:
            self.messages.clear()
        announce(self, f"{self.job.text()}. {self.note.text()}")

    def show_problem(self, problem: SignoffError) -> None:
        say_problem(self.messages, problem)

    def copy_all(self) -> None:
        """What is shown, with the details of each step."""
        shown = self.model.shown_rows()
        QGuiApplication.clipboard().setText("\n".join((self.job.text(), *(row.whole for row in shown))))
        self.note.setText(ntr("{n:,} step copied", "{n:,} steps copied", len(shown)))

    def _filter(self) -> None:
        words = self.search.text()
        wanted = {row.key for row in found(self._rows, words)} if words.strip() else None
        self.model.show_only(wanted)
        if words.strip():
            self.table.set_placeholder(tr("Nothing of this kind is in the timeline."))
        count = self.model.rowCount()
        self.note.setText(ntr("{n:,} step", "{n:,} steps", count))
        if self.table.current_id() is None and count:
            self.table.choose_first()
        self._show_details()

    def _show_details(self) -> None:
        row = self.model.record(self.table.current_id())
        self.details.setPlainText(row.details if row else "")
