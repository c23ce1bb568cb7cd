"""What became of one or many items, and why: one decision for all of them, or item by item."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.messages import ENGLISH, Language, joined, ntr, shown, tr
from app.models.draft import Draft
from app.models.vocabulary import FailureType, Item, ItemStatus
from app.outcomes.decision import Decision, decision_of, faults, faults_of_witness
from app.settings.failure_wordings import OwnWordings
from ui.common.status_text import item_word_within
from ui.common.text_format import TextFormat
from ui.outcomes.failure_fields import FailureFields, offered_wordings
from ui.outcomes.grid_fields import GridFields
from ui.outcomes.success_fields import SuccessFields
from ui.outcomes.view_model import (
    Scope,
    Subject,
    about_final,
    about_several,
    is_final,
    is_mixed,
    replaced_drafts_words,
    statuses_text,
)
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.hint import show_hint
from ui.widgets.labelled_fields import LabelledFields
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.needed_field import NeededField
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet
from ui.widgets.wrapping_buttons import WrappingCheckBox, WrappingRadioButton

_WIDTH = 620
# Nobody enters more by hand.
_MOST_BY_HAND = 1_000
_START = Qt.AlignmentFlag.AlignLeft
_UNDECIDED = ItemStatus("")

# What a wording comes to for an item.
Fill = Callable[[str, Subject], str]


class OutcomeDialog(Sheet):
    """`decided` carries the decision and the items it is for, just as the dialog shows them, `each_decided` what was
    entered item by item."""

    decided = Signal(object, object)  # Decision, sequence of Subject
    each_decided = Signal(object, str, str)  # Entered, who, why
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
        fmt: TextFormat,
        language: Language = ENGLISH,
    ) -> None:
        super().__init__(scaled(_WIDTH), parent)
        self.setObjectName("outcomeDialog")
        self.setWindowTitle(tr("Set outcome"))
        self._scopes = tuple(scopes)
        self._fill = fill
        self._now = now
        self._is_busy = False
        self._concerned: Sequence[Subject] = ()
        self.title = PlainLabel(role=TextRole.TITLE, wrap=True)
        self.cause = PlainLabel(wrap=True)
        self.concerned_words = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.scope_choices = [WrappingRadioButton(shown(scope.title).replace("&", "&&")) for scope in self._scopes]
        self.only_open = WrappingCheckBox()
        self.final_note = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.drafted_note = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.messages = MessageBar()
        self.successful = WrappingRadioButton(tr("&Posted: it is in the books"))
        self.failed = WrappingRadioButton(tr("&Failed: it was not posted"))
        self.each = WrappingRadioButton(tr("&Item by item: each with its own number or failure"))
        self.success_fields = SuccessFields(now())
        self.failure_fields = FailureFields(own, self._example, language)
        self.grid_fields = GridFields(fill, lambda kind: offered_wordings(own, FailureType(kind), language), fmt)
        self.fields = QStackedWidget()
        self.note = NeededField()
        self.person = NeededField(person)
        self.fault = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.busy = BusyIndicator(delay_ms=0)
        self.cancel = QPushButton(tr("Cancel"))
        self.draft = QPushButton()
        self._groups = QButtonGroup(self), QButtonGroup(self)
        self._draft: Draft | None = None
        self._arrange()
        self._dress()
        self._join()
        self._untouched = self._entered()
        self._show_concerned()
        self._first_field().setFocus()

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
            ("outcomeEach", self.each),
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
        for choice in (self.successful, self.failed, self.each):
            self._groups[1].addButton(choice)
        show_hint(self.note, tr("why is it so? for the journal"))
        self.draft.setProperty("primary", "true")
        self.draft.setDefault(True)
        self.cancel.setAutoDefault(False)
        for chosen in self.scope_choices[:1]:
            chosen.setChecked(True)
        self.only_open.setChecked(True)

    def _arrange(self) -> None:
        head = QVBoxLayout()
        head.setSpacing(HALF)
        for widget in (self.title, self.cause, self.concerned_words):
            head.addWidget(widget)
        self.column.addLayout(head)
        self.cause.hide()
        self.column.addWidget(self.messages)
        for choice in self.scope_choices:
            self.column.addWidget(choice, 0, _START)
            choice.setVisible(len(self.scope_choices) > 1)
        self.column.addWidget(self.only_open, 0, _START)
        self.column.addSpacing(HALF)
        # The table needs the width from the start, and then the choices need no lines of their own.
        is_wide = bool(self._scopes) and len(self._scopes[0].subjects) > 1
        choices = QBoxLayout(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        choices.setSpacing(2 * GRID if is_wide else GRID)
        for choice in (self.successful, self.failed, self.each):
            choices.addWidget(choice, 0, _START)
        choices.addStretch(1)
        self.column.addLayout(choices)
        self.column.addWidget(self.final_note)
        self.column.addWidget(self.drafted_note)
        self._keep_choices_in_place()
        self.fields.addWidget(self.success_fields)
        self.fields.addWidget(self.failure_fields)
        self.fields.hide()
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
        policy.setRetainSizeWhenHidden(any(is_mixed(scope.subjects) for scope in self._scopes))
        self.only_open.setSizePolicy(policy)
        if len(self._scopes) > 1:
            self.concerned_words.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.concerned_words.setMinimumHeight(2 * self.concerned_words.fontMetrics().lineSpacing())

    def _join(self) -> None:
        for choice in (*self.scope_choices, self.only_open):
            choice.toggled.connect(self._show_concerned)
        for choice in (self.successful, self.failed, self.each):
            choice.toggled.connect(self._show_fields)
        for fields in (self.success_fields, self.failure_fields, self.grid_fields):
            fields.edited.connect(self._judge)
        self.grid_fields.left_below.connect(lambda: self.note.setFocus(Qt.FocusReason.TabFocusReason))
        self.note.textChanged.connect(self._judge)
        self.person.textChanged.connect(self._judge)
        self.cancel.clicked.connect(self.reject)
        self.draft.clicked.connect(self._decide)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._confirm)

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

    def show_cause(self, words: str) -> None:
        """What the items have in common, where they were chosen for that."""
        self.cause.setText(words)
        self.cause.setVisible(bool(words))

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
        self.final_note.setText(about_final(final, count))
        self.final_note.setVisible(final > 0 and not leaves_out)
        drafted = replaced_drafts_words(self._concerned)
        self.drafted_note.setText(drafted)
        self.drafted_note.setVisible(bool(drafted))
        self._show_draft(self._concerned[0].draft if count == 1 else None)
        self._offer_item_by_item(count)
        self._name_concerned(count)
        self.success_fields.show_count(count)
        self.failure_fields.show_count(count)
        self._judge()
        self.concerned_changed.emit()

    def _name_concerned(self, count: int) -> None:
        changes_draft = count == 1 and self._concerned[0].draft is not None
        asks = tr("What became of this item?") if count == 1 else about_several(count)
        self.title.setText(tr("Change the draft") if changes_draft else asks)
        self.setWindowTitle(tr("Change the draft") if changes_draft else tr("Set outcome"))
        self.concerned_words.set_role(TextRole.STRONG if count == 1 else TextRole.QUIET)
        self.show_concerned("")

    def _offer_item_by_item(self, count: int) -> None:
        """Several items mostly have a number in the books each, so that comes first unless something was chosen."""
        is_offered = 1 < count <= _MOST_BY_HAND
        self.each.setVisible(is_offered)
        self.grid_fields.show_subjects(self._concerned if is_offered else ())
        if is_offered and self.fields.indexOf(self.grid_fields) < 0:
            self.fields.addWidget(self.grid_fields)  # not before: no page is smaller than the largest
        if is_offered and not (self.successful.isChecked() or self.failed.isChecked()):
            self.each.setChecked(True)
        elif self.each.isChecked() and not is_offered:
            choices = self._groups[1]
            choices.setExclusive(False)
            self.each.setChecked(False)
            choices.setExclusive(True)

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
        choices = (self.failed, self.successful, self.each)
        pages = (self.failure_fields, self.success_fields, self.grid_fields)
        page = next((fields for choice, fields in zip(choices, pages, strict=True) if choice.isChecked()), None)
        # Before anything was chosen there is no hole for what may come.
        self.fields.setVisible(page is not None)
        if page:
            self.fields.setCurrentWidget(page)
        self._judge()

    def _judge(self) -> None:
        """The first fault is enough to say: the next one shows when it is mended."""
        count = (len(self.grid_fields.entered()) if self.each.isChecked() else 0) or len(self._concerned)
        # Translators: a button
        self.draft.setText(ntr("Draft {n:,} outcome", "Draft {n:,} outcomes", count))
        fault = self._first_fault()
        self.fault.setText(fault or tr("It is kept here, and sent when you say so."))
        self.draft.setEnabled(not fault and bool(self._concerned) and not self._is_busy)
        self.fit()

    def _first_fault(self) -> str:
        if not self.each.isChecked():
            return next(iter(faults(self.decision(), self._now())), "")
        return self.grid_fields.fault() or next(faults_of_witness(self.person.text(), self.note.text()), "")

    def _confirm(self) -> None:
        """Drafts, or goes to what is missing for it."""
        if self.each.isChecked():
            self.grid_fields.commit()
        missing = (field for field in (self.note, self.person) if field.is_missing)
        if self.draft.isEnabled():
            self.draft.click()
        elif not self._is_busy and not (self.each.isChecked() and self.grid_fields.go_to_fault()):
            next(missing, self._first_field()).setFocus()

    def _decide(self) -> None:
        if not self.draft.isEnabled():
            return
        if self.each.isChecked():
            self.each_decided.emit(self.grid_fields.entered(), self.person.text(), self.note.text())
        else:
            self.decided.emit(self.decision(), self._concerned)

    def _first_field(self) -> QWidget:
        if self.each.isChecked():
            return self.grid_fields.grid
        return self.failed if self.failed.isChecked() else self.successful

    def _example(self, wording: str) -> str:
        return self._fill(wording, self._concerned[0]) if self._concerned else ""
