"""Between the dialog for one decision, the wordings that it offers, and the drafts that it makes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import DraftsProblem, SettingsProblem
from app.messages import joined, nsaid, tr
from app.models.draft import Draft
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import FailureType, Item, JobId
from app.outcomes.decision import Decision, drafted
from app.outcomes.draft_service import DraftService
from app.outcomes.drafts import SET_EACH, Act
from app.outcomes.failure_wordings import filled, proposals, values_for
from app.outcomes.item_by_item import decision_in
from app.platform.gc_tuning import many_arrive
from app.platform.logs import redaction
from app.settings.failure_wordings import OwnWordings
from app.slices import Slices
from ui.common.readers import Readers
from ui.common.tasks import Tasks, in_slices
from ui.common.text_format import TextFormat, sums_text
from ui.outcomes.grid_model import Entered, Lines
from ui.outcomes.outcome_dialog import OutcomeDialog
from ui.outcomes.view_model import Scope, Subject, lacking_slices, lacking_words, subject_words, sum_slices

# A wording may ask for what has to be parsed again.
_ITEMS_IN_A_SLICE = 50


class Wordings(Protocol):
    """What the user writes again and again, over one connection."""

    def read(self) -> tuple[OwnWordings, SettingsProblem | None]: ...

    def write(self, wordings: OwnWordings) -> None:
        """Raises SettingsProblem."""


class OutcomePresenter(QObject):
    drafted = Signal(object)  # JobId
    trouble = Signal(object)  # SettingsProblem: the wordings cannot be kept
    dialog_closed = Signal()

    def __init__(
        self,
        window: QWidget,
        service: DraftService,
        wordings: Wordings,
        user: str,
        now: Callable[[], datetime],
        fmt: TextFormat,
        readers: Readers,
    ) -> None:
        """`user` is who drafts as long as no name was given; "" where a name has to be given."""
        super().__init__(window)
        self._window = window
        self._service = service
        self._wordings = wordings
        self._user = user
        self._now = now
        self._fmt = fmt
        self._readers = readers
        self._tasks = Tasks(self)
        self._snapshot: JobSnapshot | None = None
        self._left: tuple[JobId, Lines] | None = None
        self.dialog: OutcomeDialog | None = None

    def show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        self._snapshot = snapshot

    @property
    def person(self) -> str:
        """Who drafts: the name that was given last, else `user`."""
        own, _ = self._wordings.read()
        return own.person or self._user

    def name_user(self, user: str) -> None:
        """In place of the one before; what was typed in an open dialog stays."""
        proposed, self._user = self.person, user
        if self.dialog and self.dialog.person.text() == proposed:
            self.dialog.person.setText(self.person)

    def remember_person(self, name: str) -> None:
        own, _ = self._wordings.read()
        self._keep(self._said_by(own, name))

    def ask(
        self, chosen: Sequence[Subject], shown: Sequence[Subject], *, kind: FailureType | None = None, cause: str = ""
    ) -> None:
        """For one decision about the chosen items, or all that are shown; nothing where the job takes no outcomes.

        `kind` and `cause` say what the items have in common.
        """
        if self.dialog or self._snapshot is None or self._snapshot.job.is_finished:
            return
        scopes = _scopes(chosen, shown)
        if not scopes:
            return
        own, problem = self._wordings.read()
        if problem:
            self.trouble.emit(problem)
        person = own.person or self._user
        language = self._readers.language
        dialog = OutcomeDialog(
            scopes,
            own,
            person,
            self._fill,
            self._now,
            self._window,
            fmt=self._fmt,
            language=language,
        )
        dialog.show_cause(cause)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.concerned_changed.connect(lambda: self._tasks.replace("concerned", self._tell_of_concerned(dialog)))
        dialog.concerned_changed.connect(lambda: self._tasks.replace("lacking", self._count_lacking(dialog)))
        dialog.failure_fields.edited.connect(lambda: self._tasks.replace("lacking", self._count_lacking(dialog)))
        dialog.failure_fields.wording_forgotten.connect(lambda *which: self._forget_wording(dialog, *which))
        job_id = self._snapshot.job.id
        if self._left and self._left[0] == job_id:
            dialog.grid_fields.model.recall(self._left[1])
        dialog.decided.connect(lambda *what: self._tasks.replace("draft", self._draft(dialog, job_id, *what)))
        dialog.each_decided.connect(lambda *what: self._tasks.replace("draft", self._draft_each(dialog, job_id, *what)))
        dialog.rejected.connect(lambda: self._keep_left(dialog, job_id))
        dialog.finished.connect(self._forget_dialog)
        if kind:
            dialog.choose_failure(kind)
        self.dialog = dialog
        dialog.concerned_changed.emit()
        dialog.open()

    def _keep_left(self, dialog: OutcomeDialog, job_id: JobId) -> None:
        """Esc on a table that many numbers were typed into loses none of them."""
        self._left = (job_id, dialog.grid_fields.model.changed_lines())

    async def aclose(self) -> None:
        await self._tasks.aclose()

    def _forget_dialog(self) -> None:
        for work in ("concerned", "lacking"):
            self._tasks.cancel(work)
        self.dialog = None
        self.dialog_closed.emit()

    async def _tell_of_concerned(self, dialog: OutcomeDialog) -> None:
        subjects = dialog.concerned()
        if len(subjects) == 1:
            dialog.show_concerned(subject_words(subjects[0], self._fmt))
        else:
            dialog.show_concerned(sums_text(await in_slices(sum_slices(subjects)), self._fmt))

    async def _count_lacking(self, dialog: OutcomeDialog) -> None:
        subjects, wording = dialog.concerned(), dialog.failure_fields.wording()
        lacking = await in_slices(lacking_slices(wording, subjects, self._readers.fmt))
        dialog.show_lacking(lacking_words(lacking, len(subjects)))

    async def _draft(
        self, dialog: OutcomeDialog, job_id: JobId, decision: Decision, subjects: Sequence[Subject]
    ) -> None:
        made = self._drafts(decision, subjects)
        if await self._put(dialog, job_id, made, len(subjects), decision.act):
            self._remember(decision, subjects)
            self._end(dialog, job_id)

    async def _draft_each(self, dialog: OutcomeDialog, job_id: JobId, entered: Entered, by: str, note: str) -> None:
        made = self._drafts_of(entered, by, note)
        if await self._put(dialog, job_id, made, len(entered), SET_EACH):
            for subject, line in zip(entered.subjects, entered.lines, strict=True):
                self._remember(decision_in(line, by, note), (subject,))
            self._end(dialog, job_id)

    async def _put(self, dialog: OutcomeDialog, job_id: JobId, made: Slices[list[Draft]], count: int, act: Act) -> bool:
        """As one step that can be undone. Whether it is on disk; else the dialog says why not."""
        dialog.show_busy(tr("Drafting …"))
        try:
            with many_arrive(count, leave_garbage=False):
                await self._service.put(job_id, await in_slices(made), act)
        except DraftsProblem as problem:
            dialog.show_problem(joined("", (problem.title, ".")), problem.advice, redaction.masked(problem.details))
            return False
        return True

    def _end(self, dialog: OutcomeDialog, job_id: JobId) -> None:
        self._left = None
        dialog.end()
        self.drafted.emit(job_id)

    def _drafts(self, decision: Decision, subjects: Sequence[Subject]) -> Slices[list[Draft]]:
        at, drafts = self._now(), []
        for number, subject in enumerate(subjects, 1):
            values = values_for(decision.wording, subject.entry, self._readers.fmt)
            drafts.append(drafted(decision, subject.item.accounting_entry_id, values, at))
            if number % _ITEMS_IN_A_SLICE == 0:
                yield
        return drafts

    def _drafts_of(self, entered: Entered, by: str, note: str) -> Slices[list[Draft]]:
        at, drafts = self._now(), []
        for number, (subject, line) in enumerate(zip(entered.subjects, entered.lines, strict=True), 1):
            values = values_for(line.reason, subject.entry, self._readers.fmt)
            drafts.append(drafted(decision_in(line, by, note), subject.item.accounting_entry_id, values, at))
            if number % _ITEMS_IN_A_SLICE == 0:
                yield
        return drafts

    def _fill(self, wording: str, subject: Subject) -> str:
        return filled(wording, values_for(wording, subject.entry, self._readers.fmt))

    def _remember(self, decision: Decision, subjects: Sequence[Subject]) -> None:
        """The name, and a wording of the user's own for the next time; what a draft said before is none."""
        own, _ = self._wordings.read()
        own = self._said_by(own, decision.decided_by)
        kind, wording = decision.failure_type, " ".join(decision.wording.split())
        before = {subject.draft.outcome.failure_reason for subject in subjects[:1] if subject.draft}
        if (
            decision.status == Item.FAILED
            and kind
            and wording not in (*proposals(kind, self._readers.language), *before)
        ):
            own = own.used(kind, wording)
        self._keep(own)

    def _said_by(self, own: OwnWordings, name: str) -> OwnWordings:
        return own.said_by("" if name.strip() == self._user else name.strip())

    def _forget_wording(self, dialog: OutcomeDialog, kind: FailureType, wording: str) -> None:
        own, _ = self._wordings.read()
        self._keep(own.without(kind, wording))
        dialog.failure_fields.take_own(own.without(kind, wording))

    def _keep(self, own: OwnWordings) -> None:
        try:
            self._wordings.write(own)
        except SettingsProblem as problem:
            self.trouble.emit(problem)


def _scopes(chosen: Sequence[Subject], in_sight: Sequence[Subject]) -> list[Scope]:
    scopes = []
    if chosen:
        scopes.append(Scope(nsaid("The chosen item", "The {n:,} chosen items", len(chosen)), chosen))
    if len(in_sight) > len(chosen):
        words = nsaid("The item that is shown", "All {n:,} items that are shown", len(in_sight))
        scopes.append(Scope(words, in_sight))
    return scopes
