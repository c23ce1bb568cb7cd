"""Whatever breaks at whichever batch: no outcome is lost, none is sent twice after it was accepted, and in the end the
drafts and the server agree."""

import asyncio
from dataclasses import dataclass, field, replace

from fakes.builders import JOB_ID, entry_id, snapshot_of
from fakes.clocks import FakeClock
from fakes.drafts import FakeDraftStore, a_failure, a_success
from fakes.examples import examples
from fakes.item_updates import NOTHING, FakePleo, Put
from fakes.journal import FakeJournal
from fakes.pleo import declined, in_trouble, lost, too_many, unreachable
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.completion.evidence import Kind
from app.completion.patience import Patience
from app.errors import JobBusy, JournalProblem, PleoProblem
from app.models.draft import Draft
from app.models.snapshot import JobSnapshot
from app.outcomes.batches import shows
from app.outcomes.draft_service import DraftService
from app.outcomes.drafts import MARK_FAILED
from app.outcomes.service import ItemUpdateService

ITEMS = 250  # three batches


class Crash(BaseException):
    """The process is gone."""


@dataclass(frozen=True)
class End:
    """After this many rows of the kind the process is gone, or the journal's disk is full."""

    kind: Kind
    times: int
    is_crash: bool


class FailingJournal(FakeJournal):
    end: End | None = None

    async def append(self, attempt, kind, content):
        await super().append(attempt, kind, content)
        if self.end and kind == self.end.kind:
            self.end = replace(self.end, times=self.end.times - 1)
            if self.end.times == 0:
                is_crash, self.end = self.end.is_crash, None
                raise Crash if is_crash else JournalProblem("The journal cannot be written: disk full")


PUTS = st.sampled_from(
    [
        Put(),
        Put(after_reads=2),
        Put(lost()),
        Put(lost(), applied=NOTHING),
        Put(lost(), applied=40),
        Put(lost(), after_reads=3),
        Put(in_trouble(500)),
        Put(in_trouble(500), applied=NOTHING),
        Put(in_trouble(503, 1), applied=NOTHING),
        Put(unreachable(), applied=NOTHING),
        Put(too_many(1), applied=NOTHING),
        Put(too_many(3600), applied=NOTHING),
        Put(declined(400), applied=NOTHING),
        Put(declined(409), applied=NOTHING),
        Put(declined(422)),
    ]
)
ENDS = st.none() | st.builds(End, st.sampled_from(list(Kind)), st.integers(1, 4), st.booleans())


@dataclass
class Desk:
    """A user who sends, and sends again whenever it did not work; after a crash the program is opened anew."""

    puts: list[Put]
    stops_after: int
    store: FakeDraftStore = field(default_factory=FakeDraftStore)

    def __post_init__(self) -> None:
        self.pleo, self.clock = FakePleo(ITEMS, *self.puts), FakeClock()
        self.journal = FailingJournal(self.clock)
        self.wanted: dict[str, Draft] = {
            draft.entry_id: draft for draft in (a_success(n, f"A-{n}") if n % 3 else a_failure(n) for n in range(ITEMS))
        }
        self.restart()
        asyncio.run(self.service.put(JOB_ID, self.wanted.values(), MARK_FAILED))

    def restart(self) -> None:
        self.updates = ItemUpdateService(self.pleo, self.journal, self.clock)
        self.service = DraftService(self.store, self.updates)

    def seen(self) -> JobSnapshot:
        return replace(snapshot_of(self.pleo.items), job=self.pleo.job)

    async def send(self) -> None:
        book = await self.service.settle(self.seen())
        sent_before = len(self.pleo.bodies)
        await self.service.send(
            self.seen(),
            book.drafts.values(),
            lambda *_: None,
            lambda: len(self.pleo.bodies) - sent_before < self.stops_after,
        )

    def try_once(self) -> None:
        try:
            asyncio.run(self.send())
        except Crash:
            self.restart()
            asyncio.run(self.updates.recover())
        except (PleoProblem, JournalProblem, JobBusy):
            pass

    def wait(self) -> None:
        """Until a read proves what did not arrive."""
        self.clock.pass_seconds(Patience().settle_seconds)

    def check(self) -> None:
        drafted = self.store.kept[JOB_ID]
        held = {item.accounting_entry_id: item for item in self.pleo.items}
        lost_ones = [
            entry for entry, draft in self.wanted.items() if not (entry in drafted or shows(held[entry], draft.outcome))
        ]
        assert lost_ones == [], "an outcome is neither drafted nor with Pleo"
        assert not self.pleo.taken or max(self.pleo.taken.values()) == 1, "an outcome was carried out twice"


@given(puts=st.lists(PUTS, max_size=6), ends=st.lists(ENDS, max_size=4), stops_after=st.sampled_from([1, 2, 99]))
@hypothesis_settings(max_examples=examples(100))
def test_drafts_and_server_agree_at_the_end(puts, ends, stops_after):
    at = Desk(puts, stops_after)
    for end in ends:
        at.journal.end = end
        at.try_once()
        at.check()
    at.journal.end = None
    tries = 0
    while at.store.kept[JOB_ID] and tries < 12:
        at.wait()
        at.try_once()
        at.check()
        tries += 1
    at.wait()
    asyncio.run(at.service.settle(at.seen()))
    assert at.store.kept[JOB_ID] == {}
    assert set(at.pleo.taken) == set(at.wanted)
    asyncio.run(at.updates.recover())
    assert asyncio.run(at.journal.unsettled()) == ()


@given(puts=st.lists(PUTS, max_size=3), when=st.integers(0, 3))
@hypothesis_settings(max_examples=examples(60))
def test_a_job_that_ends_at_whichever_batch_loses_no_draft(puts, when):
    script = [*puts, *[Put()] * 3][:3]
    if when < len(script):
        script[when] = Put(first=FakePleo.end)
    at = Desk(script, 99)
    for _ in range(4):
        at.try_once()
        at.check()
    asyncio.run(at.service.settle(at.seen()))
    at.check()


def test_an_outcome_that_pleo_accepted_and_never_shows_stays_drafted_and_is_never_sent_again():
    at = Desk([Put(), Put(applied=NOTHING), Put()], 99)
    for _ in range(4):
        at.try_once()
        at.check()
    bodies = [entry_id(100) in body for body in at.pleo.bodies]
    assert bodies.count(True) == 1
    assert set(at.store.kept[JOB_ID]) == {entry_id(number) for number in range(100, 200)}
