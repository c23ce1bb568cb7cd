"""What will be sent and what it changes, before it is sent; then how far it is, and what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.messages import joined, ntr, said, tr
from ui.common.errors import LOOKED_ACTION
from ui.common.text_format import TextFormat, sums_text
from ui.outcomes.columns import send_columns
from ui.outcomes.exact_body import ExactBody
from ui.outcomes.view_model import Change, SendRow, SentWords
from ui.tables.model import RecordTableModel
from ui.tables.prepared import PreparedRows
from ui.tables.view import RecordTableView
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.confirm_keys import ConfirmKeys
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet

_WIDTH = 840
_TABLE_HEIGHT = 232


class SendDialog(Sheet):
    """`send_requested` carries the very drafts that are shown. `job` is its name."""

    send_requested = Signal(object)  # tuple of Draft
    pause_requested = Signal()
    cancel_requested = Signal()
    left = Signal()  # while it was sending
    witness_requested = Signal()  # of somebody who looked in Pleo, where the journal is in doubt

    def __init__(
        self,
        job: str,
        rows: Sequence[SendRow],
        changes: Sequence[Change],
        fmt: TextFormat,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(scaled(_WIDTH), parent)
        self.setObjectName("sendDialog")
        self.setWindowTitle(tr("Send outcomes"))
        self._fmt = fmt
        self._drafts = tuple({row.key: row.draft for row in rows}.values())
        self._is_sending = False
        count = len(self._drafts)
        asks = ntr("Send {n:,} outcome?", "Send {n:,} outcomes?", count)
        self.title = PlainLabel(asks, role=TextRole.TITLE, wrap=True)
        self.job = PlainLabel(job, role=TextRole.QUIET, wrap=True, selectable=True)
        self.messages = MessageBar()
        self.changes = PlainLabel(joined("\n", (self._change(change) for change in changes)), wrap=True)
        self.final_note = PlainLabel(_about_final(changes), role=TextRole.STRONG, wrap=True)
        self.consequence = PlainLabel(
            tr(
                "Pleo keeps each outcome with its item. It can be reported anew while the job runs, but not taken back."
            ),
            role=TextRole.QUIET,
            wrap=True,
        )
        self.table = RecordTableView()
        self.model: RecordTableModel[SendRow] = RecordTableModel(send_columns(fmt), lambda row: row.key, self)
        self.exact = ExactBody([draft.outcome for draft in self._drafts])
        self.progress_words = PlainLabel()
        self.progress = QProgressBar()
        self.leave = QPushButton(tr("Leave it, it is settled later"))
        self.pause = QPushButton(tr("Pause"))
        self.cancel = QPushButton(tr("Cancel"))
        self.send = QPushButton(ntr("Send {n:,} outcome", "Send {n:,} outcomes", count))
        self._arrange()
        self._dress()
        self.send.clicked.connect(self._send)
        self.leave.clicked.connect(self._leave)
        self.pause.clicked.connect(self._pause)
        self.cancel.clicked.connect(self._cancel)
        self.exact.folded.connect(self.fit)
        self.messages.action_requested.connect(lambda _key: self.witness_requested.emit())
        self.confirm_keys = ConfirmKeys(self, self.send.click)
        self.cancel.setFocus()

    def _dress(self) -> None:
        for name, widget in (
            ("sendTitle", self.title),
            ("sendMessages", self.messages),
            ("sendChanges", self.changes),
            ("sendFinalNote", self.final_note),
            ("sendTable", self.table),
            ("sendProgressWords", self.progress_words),
            ("sendProgress", self.progress),
            ("sendLeave", self.leave),
            ("sendPause", self.pause),
            ("sendCancel", self.cancel),
            ("sendOutcomes", self.send),
        ):
            widget.setObjectName(name)
        self.final_note.setVisible(bool(self.final_note.text()))
        self.table.setAccessibleName(tr("What changes from what to what"))
        self.table.setModel(self.model)
        self.table.setFixedHeight(scaled(_TABLE_HEIGHT))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Outcomes that are through"))
        self.progress_words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.progress.setRange(0, max(1, len(self._drafts)))
        self.send.setProperty("primary", "true")
        # Enter presses the button that the user has gone to, and none from anywhere else.
        for button in (self.send, self.leave, self.pause, self.cancel):
            button.setAutoDefault(False)
        for part in (self.progress, self.progress_words, self.leave, self.pause):
            part.hide()

    def _arrange(self) -> None:
        for widget in (self.title, self.job, self.messages, self.changes, self.final_note, self.table, self.exact):
            self.column.addWidget(widget)
        self.column.addWidget(self.consequence)
        self.column.addStretch(1)
        progress = QVBoxLayout()
        progress.setSpacing(HALF)
        progress.addStretch(1)
        progress.addWidget(self.progress_words)
        progress.addWidget(self.progress)
        progress.addStretch(1)
        self.foot.addLayout(progress, 1)
        self.foot.addSpacing(GRID)
        self.foot.addWidget(self.leave)
        self.foot.addWidget(self.pause)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.send)

    def show_rows(self, rows: PreparedRows[SendRow]) -> None:
        """Those that it was made for, as its table takes them."""
        self.model.show_prepared(rows)

    @property
    def is_sending(self) -> bool:
        return self._is_sending

    def show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        through = tr("{done} of {total} through", done=self._fmt.number(done), total=self._fmt.number(total))
        self.progress_words.setText(through)

    def show_end(self, end: SentWords, rows: Sequence[SendRow], left: Sequence[SendRow]) -> None:
        """`rows` say what became of each; `left` can be sent on as they stand, without any the dialog is only read."""
        self._rest()
        kind = MessageKind(end.tone)
        self.messages.show_message(kind, end.title, end.details, advice=end.advice, closable=False, is_announced=False)
        self.model.set_rows(rows)
        self.area.ensureVisible(0, 0)
        self._drafts = tuple({row.key: row.draft for row in left}.values())
        self.title.setText(tr("Result"))
        for part in (self.changes, self.final_note, self.consequence, self.exact):
            part.hide()
        self.send.setVisible(bool(left))
        self.send.setEnabled(bool(left))
        count = len(self._drafts)
        self.send.setText(ntr("Send the other {count}", "Send the other {count}", count, count=self._fmt.number(count)))
        self.cancel.setText(tr("Close"))
        self.messages.take_focus()
        self.fit()

    def show_not_sent(
        self,
        title: str,
        advice: str,
        details: str,
        *,
        kind: MessageKind = MessageKind.ERROR,
        actions: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Nothing has left: it can be tried again as it stands, or once somebody looked in Pleo."""
        self._rest()
        self.messages.show_message(
            kind, title, details, advice=advice, actions=actions, closable=False, is_announced=False
        )
        self.area.ensureVisible(0, 0)
        self.send.setEnabled(LOOKED_ACTION not in actions)
        self.messages.take_focus()
        self.fit()

    def must_stay(self) -> bool:
        return self._is_sending

    def _send(self) -> None:
        self._is_sending = True
        self.messages.clear()
        self.show_progress(0, len(self._drafts))
        for part in (self.progress, self.progress_words, self.leave, self.pause):
            part.show()
        # What is said while its user waits; keys that are still held do nothing there.
        self.progress_words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.send.setEnabled(False)
        self.pause.setEnabled(True)
        self.cancel.setText(tr("Cancel the rest"))
        self.send_requested.emit(self._drafts)

    def _pause(self) -> None:
        self._stop(tr("Pausing after this request …"))
        self.pause_requested.emit()

    def _cancel(self) -> None:
        if self._is_sending:
            self._stop(tr("Ending after this request …"))
            self.cancel_requested.emit()
        else:
            self.reject()

    def _leave(self) -> None:
        """The request that is on its way goes on, and is settled by reading; what has not left stays drafted."""
        self._is_sending = False
        self.left.emit()
        self.reject()

    def _stop(self, words: str) -> None:
        """What is on its way is waited for: only then it is known what became of it."""
        self.pause.setEnabled(False)
        self.cancel.setEnabled(False)
        self.progress_words.setText(words)

    def _rest(self) -> None:
        self._is_sending = False
        self.confirm_keys.begin_anew()
        self.cancel.setEnabled(True)
        for part in (self.progress, self.progress_words, self.leave, self.pause):
            part.hide()

    def _change(self, change: Change) -> str:
        money = sums_text(change.sums, self._fmt)
        return joined(" · ", (change.sentence, money)) if money else change.sentence


def _about_final(changes: Sequence[Change]) -> str:
    if not any(change.concerns_final for change in changes):
        return ""
    return said("Some of these items are final already. Pleo may refuse to change them; those stay drafted.")
