"""Troubles at each batch of drafted outcomes, over real sockets: nothing is lost, nothing is done twice, and in the end
the drafts and the server agree."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from fakes.builders import NINE
from fakes.running_sandbox import RunningSandbox
from fakes.sign_ins import sign_in_to
from fakes.wire_faults import WireFaults
from faults.cells import TUNING, WAIT_SECONDS, ShiftedClock
from faults.troubles import ITEM_UPDATE, TROUBLES, Line, Trouble

from app.completion.evidence import Kind
from app.composition.compose import compose
from app.composition.services import Services
from app.errors import PleoProblem
from app.models.draft import Draft
from app.models.item_outcome import ItemOutcome
from app.models.journal_row import JournalEntry
from app.models.vocabulary import EntryId, Item, JobId
from app.outcomes.drafts import MARK_POSTED
from app.platform.clock import Clock
from app.settings.credentials import SessionCredentials
from app.storage.journal.journal import Journal
from app.storage.journal.store import FILE_NAME, verify

ITEMS = 250
BATCHES = 3
AT_ONCE = 6
NAMES = (
    "connection refused, then back",
    "reset before the request",
    "reset after it was processed",
    "no answer, processed",
    "answer cut in half",
    "400",
    "409",
    "422 because it had arrived",
    "422 because of someone else",
    "429, Retry-After in seconds",
    "500, not processed",
    "502 with HTML, processed",
)


class JournalOfBatches(Journal):
    """The real one; lets the trouble begin as the batch of this number is about to leave."""

    def __init__(self, folder: Path, clock: Clock, line: Line, trouble: Trouble, number: int) -> None:
        super().__init__(folder, clock)
        self._line, self._trouble, self._left = line, trouble, number
        self._is_waiting_for_answer = False

    async def append_all(self, entries: Sequence[JournalEntry]) -> None:
        await super().append_all(entries)
        for _, kind, _ in entries:
            if kind == Kind.SENT:
                self._left -= 1
            if kind == Kind.SENT and self._left == 0:
                await asyncio.to_thread(self._trouble.arm, self._line)
                await asyncio.to_thread(self._trouble.leaving, self._line)
                self._is_waiting_for_answer = True
            elif kind == Kind.ANSWERED and self._is_waiting_for_answer:
                self._is_waiting_for_answer = False
                await asyncio.to_thread(self._trouble.answered, self._line)


class Cell:
    def __init__(self, sandbox: RunningSandbox, wire: WireFaults, folder: Path, trouble: Trouble, number: int) -> None:
        self.line = Line(sandbox, wire, ITEM_UPDATE)
        self.folder, self.trouble, self.number = folder, trouble, number
        self.job_id = JobId(self.line.job_id)
        ids = [EntryId(str(item["accountingEntryId"])) for item in sandbox.world.item_bodies(self.job_id)]
        self.outcomes = {
            entry: ItemOutcome(entry, Item.SUCCESSFUL, external_id=f"A-{place}") for place, entry in enumerate(ids)
        }
        self.faults: list[str] = []
        self.clock = ShiftedClock()

    async def run(self) -> list[str]:
        drafts = [Draft(outcome, "Ann", NINE, "Seen in the ledger") for outcome in self.outcomes.values()]
        await self._try(drafts)
        self._demand_agreement()
        await asyncio.to_thread(self.line.is_well_again)
        self.trouble, is_over = Trouble("over"), self.trouble
        await self._try([])
        self._demand_agreement()
        self.clock.ahead_seconds += WAIT_SECONDS
        await self._try([])
        self._demand_agreement()
        if not is_over.others:
            self._demand(self.drafted == set(), "drafts are left over")
            self._demand(set(self._applied()) == set(self.outcomes), "an outcome did not arrive")
        self._demand(verify(self.folder / FILE_NAME).first_break is None, "the journal is broken")
        return self.faults

    async def _try(self, drafts: Sequence[Draft]) -> None:
        """As somebody who opens the program, drafts, sends what is drafted, and looks at the job again."""
        journal = JournalOfBatches(self.folder, self.clock, self.line, self.trouble, self.number)
        composition = compose(
            folder=self.folder, credentials=SessionCredentials(), clock=self.clock, tuning=TUNING, journal=journal
        )
        services = await composition.services.open(sign_in_to(self.line.wire.url))
        try:
            await services.drafts.put(self.job_id, drafts, MARK_POSTED)
            await self._send(services)
            self.drafted = set((await services.drafts.book(self.job_id)).drafts)
        finally:
            await services.close()
            journal.close()

    async def _send(self, services: Services) -> None:
        seen = await services.completion.read(self.job_id)
        book = await services.drafts.settle(seen)
        if book.drafts and not seen.job.is_finished:
            await services.drafts.send(seen, book.drafts.values(), lambda *_: None)
        try:
            await services.drafts.settle(await services.completion.read(self.job_id))
        except PleoProblem:
            return

    def _applied(self) -> Counter[str]:
        return Counter(entry for update in self.line.sandbox.received()["item_updates"] for entry in update["applied"])

    def _demand_agreement(self) -> None:
        applied = self._applied()
        self._demand(not applied or max(applied.values()) == 1, "an outcome was applied twice")
        self._demand(self.drafted | set(applied) == set(self.outcomes), "an outcome was lost")
        self._demand(not (self.drafted & set(applied)), "an outcome is drafted still, and the server has it")

    def _demand(self, is_true: bool, fault: str) -> None:
        if not is_true:
            self.faults.append(f"{self.trouble.name}, batch {self.number}: {fault}")


async def _faults_of_all(folder: Path) -> list[str]:
    chosen = [trouble for trouble in TROUBLES if trouble.name in NAMES]
    assert len(chosen) == len(NAMES)
    waiting = [(trouble, number) for trouble in chosen for number in range(1, BATCHES + 1)]
    faults: list[str] = []

    async def work(place: int) -> None:
        with RunningSandbox("waiting", size=ITEMS, pace_seconds=9_999) as sandbox:
            while waiting:
                trouble, number = waiting.pop()
                sandbox.load("waiting", size=ITEMS, pace_seconds=9_999)
                with WireFaults(sandbox.url) as wire:
                    cell = Cell(sandbox, wire, folder / f"{place}-{len(waiting)}", trouble, number)
                    faults.extend(await cell.run())

    await asyncio.gather(*(work(place) for place in range(AT_ONCE)))
    return faults


async def test_whatever_breaks_at_each_batch_no_outcome_is_lost_and_none_is_done_twice(tmp_path: Path):
    assert await _faults_of_all(tmp_path) == []
