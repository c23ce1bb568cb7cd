"""In the gate: what is drafted and not sent, and what it would come to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.messages import tr
from ui.outcomes.drafts_view import DraftsView
from ui.theme.icons import set_icon
from ui.theme.metrics import GRID, HALF
from ui.theme.status import DRAFT, REFUSED_DRAFT
from ui.widgets.flow import FlowLayout
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sentence_button import SentenceButton


class DraftsSection(QWidget):
    jump_requested = Signal(object)  # tuple of entry ids
    send_requested = Signal()
    discard_requested = Signal()
    release_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draftsSection")
        self.drafted = SentenceButton("", DRAFT.icon)
        self.refused = SentenceButton("", REFUSED_DRAFT.icon)
        self.unknown = PlainLabel(wrap=True)
        self.release = QPushButton(tr("Release…"))
        self.event_words = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.event_note = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.send = QPushButton(tr("Send outcomes…"))
        self.discard = QPushButton(tr("Discard…"))
        self._view = DraftsView()
        self._dress()
        self._arrange()
        self.drafted.clicked.connect(lambda: self.jump_requested.emit(self._view.drafted_ids))
        self.refused.clicked.connect(lambda: self.jump_requested.emit(self._view.refused_ids))
        self.send.clicked.connect(self.send_requested)
        self.discard.clicked.connect(self.discard_requested)
        self.release.clicked.connect(self.release_requested)
        self.show_drafts(DraftsView())
        self.show_unknown("")

    def _dress(self) -> None:
        for name, widget in (
            ("draftsCount", self.drafted),
            ("draftsRefused", self.refused),
            ("outcomesUnknown", self.unknown),
            ("releaseOutcomes", self.release),
            ("draftsEvent", self.event_words),
            ("draftsEventNote", self.event_note),
            ("sendDrafts", self.send),
            ("discardDrafts", self.discard),
        ):
            widget.setObjectName(name)
        for button in (self.drafted, self.refused):
            button.setToolTip(tr("Show these items"))
        set_icon(self.send, "send")
        for link in (self.discard, self.release):
            link.setProperty("flat-link", "true")

    def _arrange(self) -> None:
        buttons = FlowLayout(HALF)
        self.send.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        buttons.addWidget(self.send)
        buttons.addWidget(self.discard)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(HALF)
        for widget in (
            self.unknown,
            self.release,
            self.drafted,
            self.refused,
            self.event_words,
            self.event_note,
        ):
            column.addWidget(widget)
        column.addLayout(buttons)

    def show_drafts(self, view: DraftsView) -> None:
        self._view = view
        self.setVisible(bool(view.drafted_ids or self.unknown.text()))
        for part in (self.send, self.discard):
            part.setVisible(bool(view.drafted_ids))
        for button, sentence in ((self.drafted, view.drafted), (self.refused, view.refused)):
            button.set_sentence(sentence)
            button.setVisible(bool(sentence))
        for label, words in (
            (self.event_words, view.event_words),
            (self.event_note, view.event_note),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self.send.setVisible(view.can_send)

    def show_unknown(self, words: str, *, can_release: bool = False) -> None:
        """What was sent and is not known yet; an empty text says nothing."""
        self.unknown.setText(words)
        self.unknown.setVisible(bool(words))
        self.release.setVisible(can_release)
        self.setVisible(bool(words or self._view.drafted_ids))
