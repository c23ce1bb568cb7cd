"""The drafted outcomes of a connection's jobs: written down at each change, sent when the user says so."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass

from app.completion.release import Witness
from app.errors import DraftsProblem
from app.models.draft import NO_DRAFTS, Changes, Draft, Drafts
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId, JobId
from app.outcomes.drafts import Act, DraftBook, changes_between
from app.outcomes.projection import done_already
from app.outcomes.service import ItemUpdateService, MayGoOn, SendProgress, UpdateResult
from app.ports import DraftStore


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the outcomes, and what kept the drafts from being brought up to date after it."""

    result: UpdateResult
    drafts_problem: DraftsProblem | None = None


class DraftService:
    """Methods raise DraftsProblem, and then nothing has changed. Undo and redo go back to the start of the program."""

    def __init__(self, store: DraftStore, updates: ItemUpdateService) -> None:
        self._store = store
        self._updates = updates
        self._books: dict[JobId, DraftBook] = {}
        self._turn = asyncio.Lock()

    async def book(self, job_id: JobId) -> DraftBook:
        async with self._turn:
            return await self._book(job_id)

    async def put(self, job_id: JobId, drafts: Iterable[Draft], act: Act) -> DraftBook:
        return await self._change(job_id, lambda book: book.put(drafts, act))

    async def discard(self, job_id: JobId, ids: Iterable[EntryId]) -> DraftBook:
        return await self._change(job_id, lambda book: book.discard(ids))

    async def undo(self, job_id: JobId) -> DraftBook:
        return await self._change(job_id, DraftBook.undo)

    async def redo(self, job_id: JobId) -> DraftBook:
        return await self._change(job_id, DraftBook.redo)

    async def settle(self, snapshot: JobSnapshot) -> DraftBook:
        """After a fresh read: what Pleo shows already is a draft no more. An older state tells nothing of it."""
        if snapshot.older:
            return await self.book(snapshot.job.id)
        return await self._change(snapshot.job.id, lambda book: book.without(done_already(snapshot, book.drafts)))

    async def send(
        self,
        seen: JobSnapshot,
        drafts: Iterable[Draft],
        on_progress: SendProgress,
        may_go_on: MayGoOn = lambda: True,
    ) -> Sent:
        """Sends these drafts, where the items are still as in `seen`. What Pleo has then leaves the book, no more.

        Raises PleoProblem, JournalProblem or JobBusy only while nothing has left.
        """
        by_id = {draft.entry_id: draft for draft in drafts}
        result = await self._updates.send(
            seen.job.id,
            [draft.outcome for draft in by_id.values()],
            on_progress,
            drafts=by_id,
            seen={item.accounting_entry_id: item for item in seen.items},
            may_go_on=may_go_on,
        )
        return await self._after(seen.job.id, result, by_id)

    async def confirm_journal(self, job_id: JobId, code: str, witness: Witness) -> None:
        """Goes on from a journal in doubt, as ItemUpdateService does."""
        await self._updates.confirm_journal(job_id, code, witness)

    async def settle_sent(self, job_id: JobId) -> Sent:
        """What became of the outcomes that were sent and not known: reads, sends nothing. What Pleo has leaves the
        book with the next read of the job.

        Raises JournalProblem or JobBusy.
        """
        return await self._after(job_id, await self._updates.settle(job_id))

    async def release(self, job_id: JobId, witness: Witness) -> Sent:
        """The same, and what stays unknown is released on the word of somebody who looked in Pleo: its drafts can be
        sent again. Raises as ItemUpdateService.release does."""
        return await self._after(job_id, await self._updates.release(job_id, witness))

    async def close(self) -> None:
        await self._store.close()

    async def _after(self, job_id: JobId, result: UpdateResult, sent: Drafts = NO_DRAFTS) -> Sent:
        """What was drafted anew while it was sent stays."""

        def without_arrived(book: DraftBook) -> DraftBook:
            done = [entry for entry in result.arrived if book.drafts.get(entry) == sent.get(entry)]
            return book.without(done).refused(result.refused)

        try:
            await self._change(job_id, without_arrived)
        except DraftsProblem as problem:
            return Sent(result, problem)
        return Sent(result)

    async def _change(self, job_id: JobId, how: Callable[[DraftBook], DraftBook]) -> DraftBook:
        async with self._turn:
            before = await self._book(job_id)
            after = how(before)
            # A hundred thousand drafts take some ten milliseconds each time they are looked at: the loop turns between.
            await asyncio.sleep(0)
            changes = changes_between(before.drafts, after.drafts)
            await asyncio.sleep(0)
            await _whole(self._keep(job_id, changes, after))
            return after

    async def _keep(self, job_id: JobId, changes: Changes, book: DraftBook) -> None:
        if changes:
            await self._store.write(job_id, changes)
        self._books[job_id] = book

    async def _book(self, job_id: JobId) -> DraftBook:
        if job_id not in self._books:
            self._books[job_id] = DraftBook(await self._store.read(job_id))
        return self._books[job_id]


async def _whole(work: Coroutine[object, object, None]) -> None:
    """A cancellation that comes meanwhile is raised after it: what is being written cannot be held up, and memory must
    not tell otherwise than the disk."""
    doing = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not doing.done():
        try:
            await asyncio.wait([doing])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled:
        doing.exception()  # nobody is left to hear of it
        raise cancelled
    doing.result()
