"""Reading a job whole: the job first, then its items, with the time at which the read ended."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest
from fakes.builders import JOB_ID, NINE, a_job, a_snapshot, entry_id, snapshot_of
from fakes.clocks import FakeClock
from fakes.journal import FakeJournal, FakeRow
from fakes.pleo import FakePleo, unreachable

from app.completion.evidence import Origin, basis_of
from app.completion.job_reading import JobReader, read_job_whole
from app.errors import JournalProblem, NotReachable, OlderRead
from app.models.export_job import ExportJobItem
from app.models.vocabulary import JobId
from app.texts.phrases import clock_time

HERE = Origin("ann@here", "https://pleo.example a-company")


class CountingPleo(FakePleo):
    """Tells of one row read, with or without how many there are, after a second."""

    def __init__(self, snapshot, clock, total=None):
        super().__init__(snapshot)
        self.clock, self.total = clock, total

    async def list_items(self, job_id, on_progress=None):
        on_progress(1, self.total)
        self.clock.pass_seconds(1)
        return await super().list_items(job_id)


async def test_the_job_is_read_before_its_items_and_the_time_is_that_of_the_end():
    clock, kept = FakeClock(), a_snapshot("successful", "failed")
    pleo = CountingPleo(kept, clock)
    read = await read_job_whole(pleo, JOB_ID, clock)
    assert pleo.calls == ["get_job", "list_items"]
    assert (read.job, read.items) == (kept.job, kept.items)
    assert (read.read_at - NINE).total_seconds() == 1


@pytest.mark.parametrize(("total", "told"), [(None, (1, 2)), (5, (1, 5))])
async def test_where_pleo_gives_no_total_progress_is_of_as_many_rows_as_the_job_says(total, told):
    clock, heard = FakeClock(), []
    pleo = CountingPleo(a_snapshot("successful", "failed"), clock, total)
    await read_job_whole(pleo, JOB_ID, clock, lambda *counts: heard.append(counts))
    assert heard == [told]


async def test_a_job_that_cannot_be_read_has_no_items_asked_for():
    pleo = FakePleo(a_snapshot("successful"))
    pleo.read_problems.append(unreachable())
    with pytest.raises(NotReachable):
        await read_job_whole(pleo, JOB_ID, FakeClock())
    assert pleo.calls == ["get_job"]


class ReadJournal(FakeJournal):
    """`asked` counts how often a job's rows were asked for; `is_broken` until it is mended."""

    asked = 0
    is_broken = False

    async def rows_of_job(self, job_id):
        self.asked += 1
        if self.is_broken:
            raise JournalProblem("The journal cannot be read")
        return await super().rows_of_job(job_id)


class Desk:
    def __init__(self, snapshot=None):
        self.pleo, self.clock = FakePleo(snapshot or a_snapshot("successful", "failed")), FakeClock()
        self.journal = ReadJournal(self.clock)
        self.reader = JobReader(self.pleo, self.journal, self.clock, HERE, settle_seconds=120)

    async def read(self, **options):
        return await self.reader.read(JOB_ID, **options)


async def test_the_journal_is_asked_once_for_each_job_and_again_before_a_send():
    at = Desk()
    await at.read()
    await at.read()
    assert at.journal.asked == 1
    await at.read(journal_too=True)
    assert at.journal.asked == 2


async def test_the_journal_is_asked_anew_once_outcomes_were_reported():
    at = Desk()
    await at.read()
    at.reader.must_look_again(JOB_ID)
    at.reader.must_look_again(JobId("of which nothing was read"))
    await at.read()
    assert at.journal.asked == 2


async def test_a_job_can_be_looked_at_without_the_journal_but_not_sent_for():
    at = Desk()
    at.journal.is_broken = True
    assert (await at.read()).older is None
    with pytest.raises(JournalProblem):
        await at.read(journal_too=True)
    at.journal.is_broken = False
    await at.read()
    assert at.journal.asked == 3


async def test_what_an_earlier_run_sent_on_is_known_to_the_first_read():
    at = Desk()
    newer = replace(at.pleo.job, last_updated_at=NINE)
    said = {"what": "event", "job_id": JOB_ID, "body": f'{{"event": "completed", "jobId": "{JOB_ID}"}}'}
    origin = {"who": HERE.who, "connection": HERE.connection}
    await at.journal.append("a", "intended", said | origin | basis_of(snapshot_of(at.pleo.items)))
    await at.journal.append("a", "sent", basis_of(replace(snapshot_of(at.pleo.items), job=newer)))
    assert (await at.read()).older is not None


async def test_a_job_that_is_read_back_older_than_it_was_seen_is_no_answer():
    at = Desk()
    newest = at.pleo.job = replace(at.pleo.job, last_updated_at=NINE)
    assert await at.reader.read_back(JOB_ID) == newest
    at.clock.pass_seconds(60)
    at.pleo.job = replace(newest, last_updated_at=NINE - timedelta(seconds=1))
    with pytest.raises(OlderRead, match=f"older state than at {clock_time(NINE)}$"):
        await at.reader.read_back(JOB_ID)


async def test_what_a_list_of_jobs_told_bounds_the_next_read():
    at = Desk()
    at.reader.saw((a_job("completed"),))
    assert (await at.read()).older is not None


class WatchedItem(ExportJobItem):
    """Notes in which thread it is gone through."""

    seen_in: ClassVar[set[int]] = set()

    def __getattribute__(self, name):
        if name == "status":
            WatchedItem.seen_in.add(threading.get_ident())
        return super().__getattribute__(name)


@pytest.mark.parametrize(("items", "is_beside_the_loop"), [(2_000, False), (2_001, True)])
async def test_more_than_two_thousand_items_are_compared_beside_the_windows_loop(items, is_beside_the_loop):
    at = Desk()
    rows = tuple(
        WatchedItem(accounting_entry_id=entry_id(number), export_job_id=JOB_ID, status="successful")
        for number in range(items)
    )
    at.pleo.job, at.pleo.items = a_job(items=items), rows
    await at.read()
    WatchedItem.seen_in.clear()
    await at.read()
    assert WatchedItem.seen_in
    assert (threading.get_ident() not in WatchedItem.seen_in) is is_beside_the_loop


class WatchedRow(FakeRow):
    seen_in: ClassVar[set[int]] = set()

    def __getattribute__(self, name):
        if name == "content":
            WatchedRow.seen_in.add(threading.get_ident())
        return super().__getattribute__(name)


@pytest.mark.parametrize(("rows", "is_beside_the_loop"), [(40, False), (41, True)])
async def test_more_than_forty_rows_of_the_journal_are_gone_through_beside_the_windows_loop(rows, is_beside_the_loop):
    at = Desk()

    async def rows_of_job(job_id):
        return tuple(WatchedRow("a", "sent", "{}", NINE.isoformat(), number) for number in range(rows))

    at.journal.rows_of_job = rows_of_job
    WatchedRow.seen_in.clear()
    await at.read()
    assert (threading.get_ident() not in WatchedRow.seen_in) is is_beside_the_loop


async def journal_with_an_end(judged="confirmed", more_rows=0):
    journal = FakeJournal()
    body = f'{{"event": "completed", "jobId": "{JOB_ID}"}}'
    intended = {"what": "event", "job_id": JOB_ID, "body": body, "who": HERE.who, "connection": HERE.connection}
    for kind, content in (
        ("intended", intended),
        ("sent", {}),
        ("answered", {"answer": "accepted", "problem": None}),
        *[("read", {})] * more_rows,
        ("judged", {"standing": judged}),
    ):
        await journal.append("a", kind, content)
    return journal


class UnreadableJournal(FakeJournal):
    async def rows_of_job(self, job_id):
        raise JournalProblem("disk")


@pytest.mark.parametrize(
    ("judged", "more_rows", "is_ours"), [("confirmed", 0, True), ("confirmed", 50, True), ("refused", 0, False)]
)
async def test_the_journal_tells_whether_an_end_came_from_here(judged, more_rows, is_ours):
    journal = await journal_with_an_end(judged, more_rows)
    reader = JobReader(FakePleo(a_snapshot("successful")), journal, FakeClock(), HERE, 120)
    assert await reader.ended_from_here(a_job("completed")) is is_ours
    assert await reader.ended_from_here(a_job("in_progress")) is None
    elsewhere = JobReader(
        FakePleo(a_snapshot()), journal, FakeClock(), Origin("ann@here", "https://other.example a"), 120
    )
    assert await elsewhere.ended_from_here(a_job("completed")) is False


async def test_a_journal_that_cannot_be_read_tells_nothing_of_an_end():
    reader = JobReader(FakePleo(a_snapshot("successful")), UnreadableJournal(), FakeClock(), HERE, 120)
    assert await reader.ended_from_here(a_job("completed")) is None
