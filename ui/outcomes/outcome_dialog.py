"""One decision for one or many items: posted or failed, and why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.messages import ENGLISH, Language, joined, ntr, said, shown, tr
from app.models.draft import Draft
from app.models.vocabulary import FailureType, Item, ItemStatus
from app.outcomes.decision import Decision, decision_of, faults
from app.settings.failure_wordings import OwnWordings
from ui.common.status_text import item_word_within
from ui.outcomes.failure_fields import FailureFields
from ui.outcomes.success_fields import SuccessFields
from ui.outcomes.view_model import Scope, Subject, is_final, replaced_drafts_words, statuses_text
from ui.theme.metrics import HALF, scaled
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.hint import show_hint
from ui.widgets.labelled_fields import LabelledFields
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet
from ui.widgets.wrapping_buttons import WrappingCheckBox, WrappingRadioButton

_WIDTH = 620
_START = Qt.AlignmentFlag.AlignLeft
_UNDECIDED = ItemStatus("")

# What a wording comes to for an item.
Fill = Callable[[str, Subject], str]


class OutcomeDialog(Sheet):
    """`decided` carries the decision and the items it is for, just as the dialog shows them."""

    decided = Signal(object, object)  # Decision, sequence of Subject
    concerned_changed = Signal()

    def __init__(
        self,
        scopes: Sequence[Scope],
        own: OwnWordings,
        person: str,
        fill: Fill,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
        *,
        cause: str = "",
        language: Language = ENGLISH,
    ) -> None:
        """`cause` says what the items have in common, where they were chosen for that."""
        super().__init__(scaled(_WIDTH), parent)
        self.setObjectName("outcomeDialog")
        self.setWindowTitle(tr("Set outcome"))
        self._scopes = tuple(scopes)
        self._fill = fill
        self._now = now
        self._is_busy = False
        self._concerned: Sequence[Subject] = ()
        self.title = PlainLabel(role=TextRole.TITLE, wrap=True)
        self.cause = PlainLabel(cause, wrap=True)
        self.concerned_words = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.scope_choices = [WrappingRadioButton(shown(scope.title).replace("&", "&&")) for scope in self._scopes]
        self.only_open = WrappingCheckBox()
        self.final_note = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.drafted_note = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.messages = MessageBar()
        self.successful = WrappingRadioButton(tr("&Posted: it is in the books"))
        self.failed = WrappingRadioButton(tr("&Failed: it was not posted"))
        self.success_fields = SuccessFields(now())
        self.failure_fields = FailureFields(own, self._example, language)
        self.fields = QStackedWidget()
        self.note = QLineEdit()
        self.person = QLineEdit(person)
        self.fault = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.busy = BusyIndicator(delay_ms=0)
        self.cancel = QPushButton(tr("Cancel"))
        self.draft = QPushButton()
        self._groups = QButtonGroup(self), QButtonGroup(self)
        self._blank = QWidget()
        self._draft: Draft | None = None
        self._arrange()
        self._dress()
        self._join()
        self._untouched = self._entered()
        self._show_concerned()
        (self.failed if self.failed.isChecked() else self.successful).setFocus()

    def _dress(self) -> None:
        for name, widget in (
            ("outcomeTitle", self.title),
            ("outcomeCause", self.cause),
            ("outcomeConcerned", self.concerned_words),
            ("outcomeOnlyOpen", self.only_open),
            ("outcomeFinalNote", self.final_note),
            ("outcomeDraftedNote", self.drafted_note),
            ("outcomeMessages", self.messages),
            ("outcomeSuccessful", self.successful),
            ("outcomeFailed", self.failed),
            ("outcomeNote", self.note),
            ("outcomePerson", self.person),
            ("outcomeFault", self.fault),
            ("outcomeCancel", self.cancel),
            ("outcomeDraft", self.draft),
        ):
            widget.setObjectName(name)
        for place, choice in enumerate(self.scope_choices):
            choice.setObjectName(f"outcomeScope-{place}")
            self._groups[0].addButton(choice)
        self._groups[1].addButton(self.successful)
        self._groups[1].addButton(self.failed)
        show_hint(self.note, tr("why is it so? for the journal"))
        self.draft.setProperty("primary", "true")
        self.draft.setDefault(True)
        self.cancel.setAutoDefault(False)
        if self.scope_choices:
            self.scope_choices[0].setChecked(True)
        self.only_open.setChecked(True)

    def _arrange(self) -> None:
        head = QVBoxLayout()
        head.setSpacing(HALF)
        for widget in (self.title, self.cause, self.concerned_words):
            head.addWidget(widget)
        self.column.addLayout(head)
        self.cause.setVisible(bool(self.cause.text()))
        self.column.addWidget(self.messages)
        for choice in self.scope_choices:
            self.column.addWidget(choice, 0, _START)
            choice.setVisible(len(self.scope_choices) > 1)
        self.column.addWidget(self.only_open, 0, _START)
        self.column.addSpacing(HALF)
        self.column.addWidget(self.successful, 0, _START)
        self.column.addWidget(self.failed, 0, _START)
        self.column.addWidget(self.final_note)
        self.column.addWidget(self.drafted_note)
        self._keep_choices_in_place()
        for page in (self._blank, self.success_fields, self.failure_fields):
            self.fields.addWidget(page)
        self.column.addWidget(self.fields)
        form = LabelledFields()
        form.add(tr("&Note"), self.note)
        form.add(tr("Your n&ame"), self.person)
        self.column.addLayout(form)
        self.column.addWidget(self.fault)
        self.column.addStretch(1)
        self.foot.addWidget(self.busy, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.draft)

    def _keep_choices_in_place(self) -> None:
        """Another scope must not move them under the pointer."""
        policy = self.only_open.sizePolicy()
        policy.setRetainSizeWhenHidden(any(_is_mixed(scope.subjects) for scope in self._scopes))
        self.only_open.setSizePolicy(policy)
        if len(self._scopes) > 1:
            self.concerned_words.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.concerned_words.setMinimumHeight(2 * self.concerned_words.fontMetrics().lineSpacing())

    def _join(self) -> None:
        for choice in (*self.scope_choices, self.only_open):
            choice.toggled.connect(self._show_concerned)
        for choice in (self.successful, self.failed):
            choice.toggled.connect(self._show_fields)
        for fields in (self.success_fields, self.failure_fields):
            fields.edited.connect(self._judge)
        self.note.textChanged.connect(self._judge)
        self.person.textChanged.connect(self._judge)
        self.cancel.clicked.connect(self.reject)
        self.draft.clicked.connect(self._decide)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.draft.click)

    def concerned(self) -> Sequence[Subject]:
        return self._concerned

    def decision(self) -> Decision:
        """As it is on screen; fields of the other choice do not count."""
        person, note = self.person.text(), self.note.text()
        if self.failed.isChecked():
            fields = self.failure_fields
            return Decision(Item.FAILED, person, note, wording=fields.wording(), failure_type=fields.failure_type())
        posting = self.success_fields
        return Decision(
            Item.SUCCESSFUL if self.successful.isChecked() else _UNDECIDED,
            person,
            note,
            external_id=posting.number.text(),
            external_url=posting.link.text().strip(),
            exported_at=posting.posted_at(),
        )

    def choose_failure(self, kind: FailureType) -> None:
        """Unless a draft is shown, which says what became of its item."""
        if self._draft:
            return
        self.failed.setChecked(True)
        self.failure_fields.choose_type(kind)

    def show_concerned(self, who: str) -> None:
        """`who` stands beside the statuses of the items: the name of one, the sums of several."""
        statuses = [subject.item.status for subject in self._concerned]
        became = item_word_within(statuses[0]) if len(statuses) == 1 else statuses_text(statuses)
        self.concerned_words.setText(joined(" · ", (part for part in (who, became) if part)))
        self.fit()

    def show_lacking(self, words: str) -> None:
        self.failure_fields.show_lacking(words)
        self.fit()

    def show_busy(self, words: str) -> None:
        self._is_busy = True
        self.busy.start(words)
        self.area.setEnabled(False)
        self._judge()

    def show_problem(self, title: str, advice: str, details: str) -> None:
        """Everything that was entered stays."""
        self._is_busy = False
        self.busy.stop()
        self.area.setEnabled(True)
        self.messages.show_message(MessageKind.ERROR, title, details, advice=advice)
        self.area.ensureVisible(0, 0)
        self._judge()

    def end(self) -> None:
        """The outcomes are drafted."""
        self._is_busy = False
        self.accept()

    def must_stay(self) -> bool:
        return self._is_busy

    def _chosen(self) -> Scope:
        checked = (place for place, choice in enumerate(self.scope_choices) if choice.isChecked())
        return self._scopes[next(checked, 0)]

    def _show_concerned(self) -> None:
        """Items that are final stay out of it where some are not, unless the user wants them in."""
        subjects = self._chosen().subjects
        still_open = [subject for subject in subjects if not is_final(subject)]
        final = len(subjects) - len(still_open)
        is_mixed = bool(still_open and final)
        self.only_open.setText(
            ntr("Leave out the {n:,} item that is final", "Leave out the {n:,} items that are final", final)
        )
        self.only_open.setVisible(is_mixed)
        leaves_out = is_mixed and self.only_open.isChecked()
        self._concerned = still_open if leaves_out else subjects
        count = len(self._concerned)
        self.final_note.setText(_about_final(final, count))
        self.final_note.setVisible(final > 0 and not leaves_out)
        drafted = replaced_drafts_words(self._concerned)
        self.drafted_note.setText(drafted)
        self.drafted_note.setVisible(bool(drafted))
        self._show_draft(self._concerned[0].draft if count == 1 else None)
        self._name_concerned(count)
        self.success_fields.show_count(count)
        self.failure_fields.show_count(count)
        self._judge()
        self.concerned_changed.emit()

    def _name_concerned(self, count: int) -> None:
        changes_draft = count == 1 and self._concerned[0].draft is not None
        asks = tr("What became of this item?") if count == 1 else _about_several(count)
        self.title.setText(tr("Change the draft") if changes_draft else asks)
        self.setWindowTitle(tr("Change the draft") if changes_draft else tr("Set outcome"))
        # Translators: a button
        self.draft.setText(ntr("Draft {n:,} outcome", "Draft {n:,} outcomes", count))
        self.concerned_words.set_role(TextRole.STRONG if count == 1 else TextRole.QUIET)
        self.show_concerned("")

    def _show_draft(self, draft: Draft | None) -> None:
        """To be corrected, where one item is drafted. What the user has entered since stays."""
        if draft == self._draft or self._entered() != self._untouched:
            return
        entered = decision_of(draft, "") if draft else Decision(_UNDECIDED, "", "")
        self._draft = draft
        choices = self._groups[1]
        choices.setExclusive(False)
        self.successful.setChecked(entered.status == Item.SUCCESSFUL)
        self.failed.setChecked(entered.status == Item.FAILED)
        choices.setExclusive(True)
        self.success_fields.show_posting(entered.external_id, entered.external_url, entered.exported_at)
        self.failure_fields.show_reason(entered.failure_type, entered.wording)
        self.note.setText(entered.note)
        self._untouched = self._entered()

    def _entered(self) -> Decision:
        """Whoever decides: the name is not about the items."""
        return replace(self.decision(), decided_by="")

    def _show_fields(self) -> None:
        chosen = ((self.failed, self.failure_fields), (self.successful, self.success_fields))
        self.fields.setCurrentWidget(next((fields for choice, fields in chosen if choice.isChecked()), self._blank))
        self._judge()

    def _judge(self) -> None:
        """The first fault is enough to say: the next one shows when it is mended."""
        found = faults(self.decision(), self._now())
        self.fault.setText(found[0] if found else tr("It is kept here, and sent when you say so."))
        self.draft.setEnabled(not found and bool(self._concerned) and not self._is_busy)
        self.fit()

    def _decide(self) -> None:
        if self.draft.isEnabled():
            self.decided.emit(self.decision(), self._concerned)

    def _example(self, wording: str) -> str:
        return self._fill(wording, self._concerned[0]) if self._concerned else ""


def _about_several(count: int) -> str:
    return ntr("What became of {n:,} item?", "What became of {n:,} items?", count)


def _about_final(final: int, count: int) -> str:
    if count == 1:
        return said("This item is final already. Pleo may refuse to change it.")
    if final == count:
        return said("These items are final already. Pleo may refuse to change them.")
    return said("Some of these items are final already. Pleo may refuse to change them.")


def _is_mixed(subjects: Sequence[Subject]) -> bool:
    """Whether some are final and some are not."""
    return any(map(is_final, subjects)) and not all(map(is_final, subjects))
