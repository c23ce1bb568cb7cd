"""Ten thousand random schedules of changes between the preview and the send: what is sent is what was read last."""

import asyncio
import json
import random
from collections import Counter
from dataclasses import replace

import pytest
from fakes.builders import JOB_ID, a_job, an_item, entry_id
from fakes.clocks import FakeClock
from fakes.journal import FakeJournal
from fakes.pleo import FakePleo, Post, declined, in_trouble, lost, too_many, unreachable

from app.completion.derive import NotReady
from app.completion.evidence import fingerprint
from app.completion.failure import IntegrationSpecification
from app.completion.service import Changed, CompletionService
from app.errors import PleoProblem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import JobSnapshot

SCHEDULES = 10_000
FINAL = ("successful", "failed", "abandoned")
OPEN = ("pending", "in_progress", "parked")
PROBLEMS = (None, None, None, lost(), unreachable(), too_many(1), in_trouble(500), in_trouble(503, 1), declined(422))


def implied_by(job: ExportJob, items: tuple[ExportJobItem, ...]) -> str | None:
    """The binding table of facts, restated: the event that a job and its items imply, None where they imply none."""
    statuses = [item.status for item in items]
    if job.status != "in_progress" or len(items) != job.number_of_items or not items:
        return None
    if len({item.accounting_entry_id for item in items}) != len(items):
        return None
    if any(item.export_job_id != job.id for item in items) or not set(statuses) <= set(FINAL):
        return None
    if set(statuses) == {"successful"}:
        return "completed"
    return "completed_with_errors" if "successful" in statuses else "failed"


class ChangingPleo(FakePleo):
    """Changes something before some of the calls, and remembers what was read last."""

    def __init__(self, snapshot: JobSnapshot, dice: random.Random, *posts: Post) -> None:
        super().__init__(snapshot, *posts)
        self.dice = dice
        self.restless = 0.0
        self.before_call = self._maybe_change
        self.read_job, self.read_items = snapshot.job, snapshot.items
        self.changes = 0

    async def get_job(self, job_id: str) -> ExportJob:
        self.read_job = await super().get_job(job_id)
        return self.read_job

    async def list_items(self, job_id: str, on_progress: object = None) -> tuple[ExportJobItem, ...]:
        self.read_items = await super().list_items(job_id)
        return self.read_items

    def _maybe_change(self, _call: str) -> None:
        while self.dice.random() < self.restless:
            self.changes += 1
            self._change()

    def _change(self) -> None:
        at = self.dice.randrange(len(self.items)) if self.items else 0
        kind = self.dice.random()
        if kind < 0.7 and self.items:
            status = self.dice.choice(FINAL * 3 + OPEN)
            reason = self.dice.choice(["Period closed", "Tax code unknown"]) if status == "failed" else None
            changed = replace(self.items[at], status=status, failure_reason=reason)
            self.items = (*self.items[:at], changed, *self.items[at + 1 :])
        elif kind < 0.76:
            self.items = (*self.items, an_item(50 + self.changes, self.dice.choice(FINAL)))
        elif kind < 0.80 and self.items:
            self.items = (*self.items, self.items[at])
        elif kind < 0.84:
            self.items = self.items[:at]
        elif kind < 0.86 and self.items:
            self.items = (*self.items[:at], replace(self.items[at], export_job_id="another"), *self.items[at + 1 :])
        elif kind < 0.96:
            self.job = replace(self.job, number_of_items=len(self.items))
        else:
            self.end_as(self.dice.choice(["failed", "completed", "archived", "pending"]))


def drawn(dice: random.Random) -> JobSnapshot:
    count = dice.choice((0, 1, 1, 2, 2, 3, 4, 6))
    words = dice.choice([("successful",), ("failed",), FINAL, FINAL, FINAL, FINAL + OPEN])
    items = tuple(
        an_item(entry, status, failure_reason="Period closed" if status == "failed" else None)
        for entry, status in ((number, dice.choice(words)) for number in range(count))
    )
    assert all(item.accounting_entry_id == entry_id(number) for number, item in enumerate(items))
    return JobSnapshot(a_job(items=count), items, FakeClock().now())


class Schedule:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        problems = [self.dice.choice(PROBLEMS) for _ in range(3)]
        posts = [Post(problem, self.dice.choice((0, 1, 3, None))) for problem in problems]
        self.pleo = ChangingPleo(drawn(self.dice), self.dice, *posts)
        self.journal = FakeJournal()
        self.service = CompletionService(self.pleo, self.journal, FakeClock(), IntegrationSpecification())
        self.sends = 0

    async def run(self) -> str:
        shown = await self.service.read(JOB_ID)
        preview = self.service.preview(shown)
        assert isinstance(preview, NotReady) == (implied_by(shown.job, shown.items) is None)
        if isinstance(preview, NotReady):
            return "not ready"
        self.pleo.restless = self.dice.choice((0.0, 0.05, 0.2, 0.5))
        post_event = self.pleo.post_event

        async def watched(event):
            self._is_implied(event)
            await post_event(event)

        self.pleo.post_event = watched
        try:
            found = await self.service.submit(preview, lambda _: None)
        except PleoProblem:
            return "not read"
        assert not (isinstance(found, Changed) and self.pleo.applied)
        return "changed" if isinstance(found, Changed) else found.standing

    def _is_implied(self, event) -> None:
        """At the moment of the send: the event is what the last read implies, and what the journal says it rests on."""
        self.sends += 1
        job, items = self.pleo.read_job, self.pleo.read_items
        assert event.event == implied_by(job, items)
        last = self.journal.written[-1]
        assert last.kind == "sent"
        assert json.loads(last.content)["fingerprint"] == fingerprint(JobSnapshot(job, items, FakeClock().now()))
        assert json.loads(self.journal.contents("intended")[-1]["body"]) == event.as_dict()


@pytest.mark.slow
def test_no_event_is_ever_sent_that_the_items_as_last_read_do_not_imply():
    ends: Counter[str] = Counter()

    async def all_of_them():
        for seed in range(SCHEDULES):
            schedule = Schedule(seed)
            ends[await schedule.run()] += 1
            ends["sends"] += schedule.sends
            ends["with changes"] += bool(schedule.pleo.changes)

    asyncio.run(all_of_them())
    # The schedules are of all sorts: most of what can come of one has come of many.
    assert ends["sends"] > 3_000, ends
    assert ends["with changes"] > 3_000, ends
    assert min(ends[end] for end in ("changed", "confirmed", "overtaken", "missing", "unknown")) > 100, ends
