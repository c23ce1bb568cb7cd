"""Between posting lists and the dialog that shows them; what the user accepts is handed on."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import SettingsProblem, SignoffError
from app.messages import joined, tr
from app.models.draft import Drafts
from app.models.snapshot import AccountingData, JobSnapshot
from app.platform.gc_tuning import many_arrive
from app.posting_lists.acceptance import MatchedList, proposed
from app.posting_lists.columns_of_ids import with_columns_of_ids
from app.posting_lists.dates import last_day_begun
from app.posting_lists.job_index import JobIndex, job_index
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.list_problems import columns_missing, says_nothing_of_postings
from app.posting_lists.mapping import ListMapping, Proposal, propose, shape_of
from app.posting_lists.matching import match
from app.posting_lists.reader import AS_FOUND
from app.posting_lists.reading import read_apart
from app.posting_lists.rows import listed_rows
from app.posting_lists.table import PostingTable, ReadingChoice
from app.slices import Slices
from app.texts.phrases import readable_name
from ui.common.tasks import Tasks, in_slices
from ui.common.text_format import TextFormat
from ui.posting_lists.dialog import PostingsDialog
from ui.posting_lists.list_notice import list_words
from ui.posting_lists.mapping_view_model import ListView
from ui.posting_lists.questions import LISTED, Field, Question
from ui.posting_lists.sentences import job_words, without_amounts_words
from ui.posting_lists.view_model import (
    ListRow,
    Review,
    RowKey,
    candidate_words,
    counts_of,
    replaced_count,
    review_rows,
    review_slices,
    row_of,
)
from ui.tables.prepared import PreparedRows
from ui.widgets.message_bar import MessageKind

_WORK = "list"


class Mappings(Protocol):
    """What was said of lists, by their shapes."""

    def find(self, shape: str | None) -> tuple[ListMapping | None, SettingsProblem | None]: ...

    def remember(self, shape: str, mapping: ListMapping) -> None:
        """Raises SettingsProblem."""


class PostingsPresenter(QObject):
    accepted = Signal(object, object)  # JobId of the job that the list was matched to, AcceptedList
    trouble = Signal(object)  # SettingsProblem: what was said could not be remembered
    dialog_closed = Signal()

    def __init__(
        self,
        window: QWidget,
        mappings: Mappings,
        drafts: Callable[[], Drafts],
        now: Callable[[], datetime],
        fmt: TextFormat,
        *,
        person: Callable[[], str | None] = lambda: None,
    ) -> None:
        """`drafts` are those of the job on screen; `person` is the name that is proposed for whoever accepts a list;
        None asks nobody for theirs."""
        super().__init__(window)
        self._person = person
        self._window = window
        self._mappings = mappings
        self._drafts = drafts
        self._now = now
        self._fmt = fmt
        self._tasks = Tasks(self)
        self._snapshot: JobSnapshot | None = None
        self._accounting = AccountingData()
        self._path: Path | None = None
        self._table: PostingTable | None = None
        self._proposal: Proposal | None = None
        self._review: Review | None = None
        self._changed: set[int] = set()
        self._indexing: asyncio.Task[object] | None = None
        self._matched_with: asyncio.Task[object] | None = None  # the indexing that the review rests on
        self.dialog: PostingsDialog | None = None

    @property
    def accepted_by(self) -> str:
        """The name in the dialog, while it is open; "" where nobody is asked."""
        return self.dialog.person.text().strip() if self.dialog else ""

    def open(self, snapshot: JobSnapshot, accounting: AccountingData, path: Path | None = None) -> None:
        """For the items of this job, as they were read. One list at a time: an open dialog takes the file."""
        if self.dialog is None:
            # While the user looks for the file, and while it is read.
            self._index(snapshot, accounting)
            dialog = self._make_dialog(job_words(snapshot, self._fmt))
            dialog.show_without_amounts(*without_amounts_words(accounting))
            dialog.open()
        if path is not None:
            self.open_file(path)

    def show_accounting(self, snapshot: JobSnapshot, accounting: AccountingData) -> None:
        """After each read: an open dialog matches its list anew where its job has other accounting data now."""
        if self.dialog is None or self._snapshot is None or snapshot.job.id != self._snapshot.job.id:
            return
        before, self._accounting = self._accounting, accounting
        words = without_amounts_words(accounting)
        if words != without_amounts_words(before):
            self.dialog.show_without_amounts(*words)
        if accounting.entries is not before.entries and (accounting.entries or before.entries):
            self._index(snapshot, accounting)
            self._tasks.replace("anew", self._match_anew(self.dialog))

    def ask_person_anew(self) -> None:
        """Where it is known only now whether a name is asked for; one that was typed stays."""
        if self.dialog:
            self.dialog.ask_person(self._person())

    def open_file(self, path: Path) -> None:
        """In the dialog that is open."""
        if self.dialog:
            self._tasks.replace(_WORK, self._read(self.dialog, path, AS_FOUND))

    def _read_again(self, choice: ReadingChoice) -> None:
        if self.dialog and self._path:
            self._tasks.replace(_WORK, self._read(self.dialog, self._path, choice))

    async def aclose(self) -> None:
        self._tasks.cancel_all()
        if self.dialog:
            self.dialog.reject()
        await self._tasks.finished()

    def _index(self, snapshot: JobSnapshot, accounting: AccountingData) -> None:
        self._snapshot, self._accounting = snapshot, accounting
        self._indexing = self._tasks.start(_made_index(snapshot, accounting))

    def _make_dialog(self, job: str) -> PostingsDialog:
        dialog = self.dialog = PostingsDialog(job, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.ask_person(self._person())
        dialog.file_chosen.connect(self.open_file)
        dialog.mapping_changed.connect(self._remap)
        dialog.reading_requested.connect(self._read_again)
        dialog.accept_requested.connect(self._accept)
        dialog.finished.connect(self._forget)
        dialog.found.take_requested.connect(self._take)
        dialog.found.choice_requested.connect(self._choose)
        dialog.found.row_chosen.connect(self._show_candidates)
        return dialog

    def _forget(self) -> None:
        self._tasks.cancel_all()
        self._let_go()
        self.dialog = self._path = self._table = self._proposal = self._review = self._indexing = self._matched_with = (
            None
        )
        self.dialog_closed.emit()

    def _let_go(self) -> None:
        """Of a list that is shown no more. A hundred thousand rows at once would hold the loop."""
        if self._table:
            review = self._review
            kept: list[object] = [*self._table.columns]
            if review:
                kept += [review.acceptance, review.matched.result.plainly, review.matched.rows, review]
            self._tasks.start(_dropped_in_turn(kept))

    # from the file to the result

    async def _read(self, dialog: PostingsDialog, path: Path, choice: ReadingChoice) -> None:
        dialog.show_reading(readable_name(path.name))
        try:
            table = await read_apart(path, choice=choice)
        except SignoffError as problem:
            dialog.show_problem(problem.title, problem.advice, problem.details)
            return
        proposal = await in_slices(with_columns_of_ids(propose(table), table, await self._index_made()))
        remembered, damage = self._mappings.find(shape_of(table, proposal.head_row))
        mapping = proposal.or_remembered(remembered, table)
        self._let_go()
        self._path, self._table, self._proposal, self._review = path, table, proposal, None
        await in_slices(dialog.show_list(ListView(table, proposal.head_row, proposal.language), mapping).fill())
        missing = columns_missing(mapping)
        if missing:
            dialog.show_columns()
            title = tr("What the columns mean is not plain from their headings.")
            dialog.show_notice(MessageKind.INFO, title, missing.sentence, Question(Field.ROLE, role=missing.roles[0]))
        elif damage:
            dialog.show_notice(MessageKind.WARNING, joined("", (damage.title, ".")), damage.advice)
        await self._match(dialog, table, mapping)
        if not missing:
            dialog.show_result()

    def _remap(self, mapping: ListMapping) -> None:
        if self.dialog and self._table:
            self.dialog.show_matching()
            self._tasks.replace(_WORK, self._rematch(self.dialog, self._table, mapping))

    async def _rematch(self, dialog: PostingsDialog, table: PostingTable, mapping: ListMapping) -> None:
        missing = columns_missing(mapping)
        if missing:
            is_named = ColumnRole.STATUS in missing.roles
            title = tr("With this, nothing is posted.") if is_named else tr("With this, nothing can be matched.")
            dialog.show_notice(MessageKind.INFO, title, missing.sentence, Question(Field.ROLE, role=missing.roles[0]))
        else:
            dialog.messages.clear()
        await self._match(dialog, table, mapping)

    async def _match_anew(self, dialog: PostingsDialog) -> None:
        """After what is under way, which may be another file that is being read."""
        while self._tasks.is_running(_WORK):
            await self._tasks.ended(_WORK)
        if self._table and self._review and self._matched_with is not self._indexing:
            self._tasks.replace(_WORK, self._rematch(dialog, self._table, self._review.matched.mapping))
            dialog.show_matched_anew()

    async def _match(self, dialog: PostingsDialog, table: PostingTable, mapping: ListMapping) -> None:
        dialog.show_matching()
        indexing, index = self._indexing, await self._index_made()
        with many_arrive(len(table), leave_garbage=False):
            review, rows = await in_slices(self._review_slices(dialog, table, mapping, index))
        self._review, self._changed, self._matched_with = review, set(), indexing
        dialog.found.show_rows(rows, counts_of(review))
        dialog.found.show_posting_dates(review.matched.rows.heading(ColumnRole.POSTING_DATE))
        self._show_candidates(dialog.found.current_key())
        no_rows = "", tr("The list has no rows under its headings.")
        warned, told = list_words(review.matched) if len(review.matched.rows) else no_rows
        if (warned or told) and not dialog.messages.title():
            kind = MessageKind.WARNING if warned else MessageKind.INFO
            question = LISTED if says_nothing_of_postings(review.matched.rows, review.matched.result) else None
            dialog.show_notice(kind, warned or told, told if warned else "", question)
        dialog.show_at_rest(review.acceptance.counts(), replaced_count(review))

    async def _index_made(self) -> JobIndex:
        assert self._indexing is not None
        index = await asyncio.shield(self._indexing)
        assert isinstance(index, JobIndex)
        return index

    def _review_slices(
        self, dialog: PostingsDialog, table: PostingTable, mapping: ListMapping, index: JobIndex
    ) -> Slices[tuple[Review, PreparedRows[ListRow]]]:
        today = last_day_begun(self._now())
        assert self._proposal is not None
        rows = listed_rows(table, mapping, self._proposal.head_row, today)
        yield
        result = yield from match(rows, index, today)
        matched = MatchedList(table.source, mapping, rows, index.items, result)
        acceptance = yield from proposed(matched)
        review = yield from review_slices(matched, acceptance, index.entries, self._drafts(), self._fmt)
        listed = yield from review_rows(review)
        return review, (yield from dialog.found.model.preparation(listed, is_update=False))

    # what the user takes

    def _take(self, keys: Iterable[RowKey]) -> None:
        """If any of the rows is left, all are taken; else all are left."""
        if self._review is None:
            return
        acceptance = self._review.acceptance
        rows = [row for row, _ in keys if row is not None]
        is_wanted = not all(acceptance.is_taken(row) for row in rows)
        changed: set[int] = set()
        for row in rows:
            changed |= acceptance.take(row, is_wanted)
        self._show_changed(changed)

    def _choose(self, key: RowKey, item: int | None) -> None:
        if self._review and key[0] is not None:
            self._show_changed(self._review.acceptance.choose(key[0], item))

    def _show_changed(self, rows: set[int]) -> None:
        if rows and self.dialog and self._review:
            self._changed |= rows
            self._tasks.replace("taken", self._update(self.dialog, self._review))
            # What is being matched anew is not accepted as it was matched before.
            if not self._tasks.is_running(_WORK):
                self.dialog.show_at_rest(self._review.acceptance.counts(), replaced_count(self._review))

    async def _update(self, dialog: PostingsDialog, review: Review) -> None:
        """All that changed since the table was last shown; one that is overtaken leaves its part to the next."""
        model = dialog.found.model
        changed, places, fresh = frozenset(self._changed), model.places(), list(model.rows())
        for row in changed:
            fresh[places[row, None]] = row_of(review, row)
        dialog.found.show_rows(await in_slices(model.preparation(fresh, is_update=True)))
        self._changed -= changed

    def _show_candidates(self, key: RowKey | None) -> None:
        if self.dialog is None or self._review is None:
            return
        row = key[0] if key else None
        items = self._review.acceptance.candidates(row) if row is not None else ()
        words = [(item, candidate_words(self._review, item)) for item in items[:200]] if len(items) > 1 else []
        chosen = self._review.acceptance.item_of(row) if row is not None else None
        self.dialog.found.show_candidates(words, chosen)

    def _accept(self) -> None:
        if self.dialog is None or self._review is None or self._table is None or self._proposal is None:
            return
        if self._matched_with is not self._indexing:
            return  # it is being matched anew, with what Pleo says now
        assert self._snapshot is not None
        accepted = self._review.acceptance.accepted()
        if not accepted.outcomes:
            return
        self._remember(self._table, self._proposal, self._review.matched.mapping)
        dialog = self.dialog
        self.accepted.emit(self._snapshot.job.id, accepted)
        dialog.accept()

    def _remember(self, table: PostingTable, proposal: Proposal, mapping: ListMapping) -> None:
        """Only what the user has said: what the list itself says is read from it each time."""
        shape = shape_of(table, proposal.head_row)
        if shape is None or (mapping == proposal.mapping and self._mappings.find(shape)[0] is None):
            return
        try:
            self._mappings.remember(shape, mapping)
        except SettingsProblem as problem:
            self.trouble.emit(problem)


async def _made_index(snapshot: JobSnapshot, accounting: AccountingData) -> JobIndex:
    with many_arrive(leave_garbage=False):
        return await in_slices(job_index(snapshot, accounting))


async def _dropped_in_turn(kept: list[object]) -> None:
    """The last ones first: what lies over the others holds them."""
    await asyncio.sleep(0)  # until whoever drops the list has done so
    while kept:
        kept.pop()
        await asyncio.sleep(0)
