"""The right pane: one question, can it be completed, always answered in sentences."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.completion.blockers import Blocker
from app.messages import joined, ntr, shown, tr
from ui.completion.gate_bar import GateBar
from ui.completion.view_model import GateView
from ui.theme.metrics import GRID, HALF
from ui.widgets.announcements import announce
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.meter import Meter
from ui.widgets.pane import Pane, ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.ready_button import ReadyButton
from ui.widgets.sentence_button import SentenceButton

_LOOK, _RELEASE = "look", "release"


class GatePanel(Pane):
    action_requested = Signal()
    jump_requested = Signal(object)  # tuple of entry ids
    look_requested = Signal()
    release_requested = Signal()
    outcomes_requested = Signal()  # to send those that are drafted, which gives the job more time

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setObjectName("gatePanel")
        self.setAccessibleName(tr("Can it be completed?"))
        self.headline = PlainLabel(tr("No job chosen"), role=TextRole.TITLE, wrap=True)
        self.progress = PlainLabel(wrap=True)
        self.meter = Meter()
        self.not_yet = PlainLabel(tr("Not yet:"), role=TextRole.QUIET)
        self.event_title = PlainLabel(role=TextRole.QUIET)
        self.event_words = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.event_note = PlainLabel(role=TextRole.QUIET, wrap=True, selectable=True)
        self.expiry = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.more_time = QPushButton()
        self._drafted = 0
        self._hurries = False
        self.outcome = MessageBar()
        self.forbidden = PlainLabel(wrap=True)
        self.advice = PlainLabel(wrap=True)
        self.action = ReadyButton(tr("Complete…"))
        self.bar = GateBar()
        self.blockers: list[SentenceButton | PlainLabel] = []
        self._blockers = QVBoxLayout()
        self._content = ScrollColumn(ground="surface")
        self._dress()
        self._arrange()
        self.action.act_requested.connect(self.action_requested)
        self.more_time.clicked.connect(self.outcomes_requested)
        self.bar.action_requested.connect(self.action_requested)
        self.outcome.action_requested.connect(self._take_up)
        self.show_nothing()

    def _dress(self) -> None:
        for name, widget in (
            ("gateHeadline", self.headline),
            ("gateProgress", self.progress),
            ("gateEventTitle", self.event_title),
            ("gateEvent", self.event_words),
            ("gateEventNote", self.event_note),
            ("gateExpiry", self.expiry),
            ("gateMoreTime", self.more_time),
            ("gateOutcome", self.outcome),
            ("gateForbidden", self.forbidden),
            ("gateAdvice", self.advice),
            ("completeButton", self.action),
        ):
            widget.setObjectName(name)
        self.action.setProperty("primary", "true")
        self.more_time.setProperty("flat-link", "true")
        for part in (self.forbidden, self.advice, self.expiry, self.more_time):
            part.hide()

    def _arrange(self) -> None:
        inner = self._content.column
        inner.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        inner.setSpacing(GRID)
        inner.addWidget(self.headline)
        inner.addWidget(self.progress)
        inner.addWidget(self.meter)
        inner.addWidget(self.outcome)
        inner.addSpacing(HALF)
        inner.addWidget(self.not_yet)
        self._blockers.setSpacing(0)
        inner.addLayout(self._blockers)
        inner.addSpacing(HALF)
        inner.addWidget(self.event_title)
        inner.addWidget(self.event_words)
        inner.addWidget(self.event_note)
        inner.addWidget(self.expiry)
        inner.addWidget(self.more_time, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        foot.setSpacing(GRID)
        foot.addWidget(self.forbidden)
        foot.addWidget(self.advice)
        foot.addWidget(self.action)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._content, 1)
        column.addLayout(foot)

    def add_section(self, section: QWidget) -> None:
        """Something of another screen's that belongs beneath the answer and scrolls with it."""
        self._content.column.insertWidget(self._content.column.count() - 1, section)

    def show_nothing(self) -> None:
        self.headline.setText(tr("Can it be completed?"))
        choose = tr("Choose a job to see what it still needs.")
        self.progress.setText(choose)
        self.meter.set_counts({}, 0)
        self._show_blockers("", ())
        for label in (self.event_title, self.event_words, self.event_note):
            label.setText("")
        self.outcome.clear()
        self.show_expiry("", hurries=False)
        self.forbidden.hide()
        self.action.setText(tr("Complete…"))
        self.action.set_ready(is_ready=False, waits_for=choose)
        self.action.setVisible(True)
        self._tell_bar()

    def show_gate(self, view: GateView) -> None:
        self.headline.setText(view.headline)
        self.progress.setText(view.progress)
        self.meter.set_counts(view.counts, view.total)
        self._show_blockers(view.blockers_title, view.blockers)
        self.event_title.setText(view.event_title)
        self.event_words.setText(view.event_words)
        self.event_note.setText(view.event_note)
        self.action.setText(shown(view.action))
        missing = next((blocker.message for blocker in view.blockers), "")
        self.action.set_ready(is_ready=view.is_enabled, waits_for=missing)
        self.action.setVisible(not view.is_read_only)
        self._tell_bar()

    def forbid(self, reason: str) -> None:
        """Nothing can be sent now, whatever the job is like; an empty reason says nothing. After `show_gate`."""
        self.forbidden.setText(reason)
        self.forbidden.setVisible(bool(reason) and not self.action.isHidden())
        if reason:
            self.action.set_ready(is_ready=False, waits_for=reason)
        self._tell_bar()

    def advise(self, words: str) -> None:
        """What speaks for waiting, and forbids nothing; an empty text says nothing."""
        self.advice.setText(words)
        self.advice.setVisible(bool(words))
        self._tell_bar()

    def show_expiry(self, words: str, *, hurries: bool) -> None:
        """When the job expires and what gives it more time; an empty text says nothing."""
        self.expiry.setText(words)
        self.expiry.set_role(TextRole.STRONG if hurries else TextRole.QUIET)
        self.expiry.setVisible(bool(words))
        self._hurries = hurries and bool(words)
        self._show_more_time()
        self._tell_bar()

    def show_drafted(self, count: int) -> None:
        """How many outcomes could be sent, each of which gives the job more time."""
        self._drafted = count
        self._show_more_time()

    def _show_more_time(self) -> None:
        self.more_time.setText(
            ntr("Send {n:,} drafted outcome…", "Send {n:,} drafted outcomes…", self._drafted) if self._drafted else ""
        )
        self.more_time.setVisible(self._hurries and self._drafted > 0)

    def show_outcome(
        self,
        kind: MessageKind,
        title: str,
        words: str,
        details: str,
        *,
        can_look: bool,
        can_release: bool = False,
        is_announced: bool = True,
    ) -> None:
        """Announced unless another place says it already."""
        actions = ((_LOOK, tr("Read again")),) * can_look + ((_RELEASE, tr("Release…")),) * can_release
        self.outcome.show_message(
            kind, title, details, advice=words, actions=actions, closable=False, is_announced=is_announced
        )
        self._tell_bar()

    def _tell_bar(self) -> None:
        """As short as it can be: what is missing, or what would be sent."""
        event = "" if self.blockers else self._event()
        time = self.expiry.text() if self._hurries else ""
        words = (self.progress.text(), self._missing(), event, time, *self._held())
        self.bar.follow(self.headline.text(), _as_sentences(words), self.action)

    def speak(self) -> None:
        """Says all of the answer once, for whoever asks for it by key."""
        announce(self, self.spoken())

    def spoken(self) -> str:
        """The answer as it is read aloud, a sentence each."""
        return _as_sentences(self._spoken_parts())

    def _spoken_parts(self) -> tuple[str, ...]:
        note = self.event_note.text()
        told = (self.headline.text(), self.progress.text(), self._missing(), self._event(), note)
        return (*told, self.expiry.text(), *self._held())

    def _missing(self) -> str:
        blockers = [
            widget.sentence() if isinstance(widget, SentenceButton) else widget.text() for widget in self.blockers
        ]
        return joined(" ", (self.not_yet.text(), joined(". ", blockers))) if blockers else ""

    def _event(self) -> str:
        return joined(": ", filter(None, (self.event_title.text(), self.event_words.text())))

    def _held(self) -> tuple[str, ...]:
        """What became of an event, and why nothing can be sent, or should not yet."""
        outcome = () if self.outcome.isHidden() else (self.outcome.title(), self.outcome.advice())
        return (*outcome, *(label.text() for label in (self.forbidden, self.advice) if not label.isHidden()))

    def _take_up(self, key: str) -> None:
        (self.release_requested if key == _RELEASE else self.look_requested).emit()

    def _show_blockers(self, title: str, blockers: tuple[Blocker, ...]) -> None:
        """The widgets stay the same while the sentences stay the same: focus is not lost to a refresh."""
        self.not_yet.setText(title)
        self.not_yet.setVisible(bool(blockers))
        wanted = [SentenceButton if blocker.item_ids else PlainLabel for blocker in blockers]
        while [type(widget) for widget in self.blockers] != wanted[: len(self.blockers)]:
            gone = self.blockers.pop()
            self._blockers.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for blocker in blockers[len(self.blockers) :]:
            self._add_blocker(leads_to_rows=bool(blocker.item_ids))
        for widget, blocker in zip(self.blockers, blockers, strict=True):
            if isinstance(widget, SentenceButton):
                widget.set_sentence(blocker.message)
            else:
                widget.setText(blocker.message)
            widget.setProperty("itemIds", blocker.item_ids)

    def _add_blocker(self, *, leads_to_rows: bool) -> None:
        """What concerns single rows can be followed to them; what concerns the job is only said."""
        widget = SentenceButton("") if leads_to_rows else PlainLabel(wrap=True)
        widget.setObjectName(f"blocker-{len(self.blockers)}")
        if isinstance(widget, SentenceButton):
            widget.setToolTip(tr("Show these items"))
            widget.clicked.connect(lambda _checked=False, pressed=widget: self._jump(pressed))
        else:
            widget.setContentsMargins(GRID, GRID - 2, HALF, GRID - 2)
        self.blockers.append(widget)
        self._blockers.addWidget(widget)
        QWidget.setTabOrder(widget, self.action)

    def _jump(self, button: SentenceButton) -> None:
        self.jump_requested.emit(tuple(button.property("itemIds")))


def _as_sentences(parts: Iterable[str]) -> str:
    return " ".join(part if part.endswith((".", ":", "?", "!")) else f"{part}." for part in parts if part)
