"""Ten thousand random schedules of changes between the preview and the send: what is sent is what was read last, and
never on a state that is older than one seen before."""

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import JOB_ID, NINE, a_job, an_item, entry_id
from fakes.clocks import FakeClock
from fakes.journal import FakeJournal
from fakes.pleo import FakePleo, Post, declined, in_trouble, lost, too_many, unreachable, unreadable

from app.completion.attempt import Standing
from app.completion.derive import NotReady
from app.completion.evidence import fingerprint
from app.completion.failure import IntegrationSpecification
from app.completion.patience import Patience
from app.completion.progress import Changed
from app.completion.service import CompletionService
from app.errors import Arrival, PleoProblem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import JobSnapshot

SCHEDULES = 10_000
ENDS = ("changed", "changed, behind", "confirmed", "overtaken", "missing", "unknown")
FINAL = ("successful", "failed", "abandoned")
OPEN = ("pending", "in_progress", "parked")
PROBLEMS = (
    None,
    None,
    None,
    lost(),
    unreadable(),
    unreachable(),
    too_many(1),
    in_trouble(500),
    in_trouble(503, 1),
    declined(422),
)


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
    """Changes something before some of the calls, and remembers what was read last. Some reads come from a copy that is
    behind."""

    def __init__(self, snapshot: JobSnapshot, dice: random.Random, *posts: Post) -> None:
        super().__init__(snapshot, *posts)
        self.dice = dice
        self.restless = self.lagging = 0.0
        self.states = [(snapshot.job, snapshot.items)]
        self.before_call = self._maybe_change
        self.read_job, self.read_items = snapshot.job, snapshot.items
        self.changes = 0

    async def get_job(self, job_id: str) -> ExportJob:
        job = await super().get_job(job_id)
        self.read_job = self._copy()[0] if self.dice.random() < self.lagging else job
        return self.read_job

    async def list_items(self, job_id: str, on_progress: object = None) -> tuple[ExportJobItem, ...]:
        items = await super().list_items(job_id)
        self.read_items = self._copy()[1] if self.dice.random() < self.lagging else items
        return self.read_items

    def _copy(self) -> tuple[ExportJob, tuple[ExportJobItem, ...]]:
        return self.dice.choice(self.states)

    def _maybe_change(self, _call: str) -> None:
        while self.dice.random() < self.restless:
            self.changes += 1
            self._change()
            self.job = replace(self.job, last_updated_at=NINE + timedelta(seconds=self.changes))
            self.states.append((self.job, self.items))

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
    return JobSnapshot(a_job(items=count, last_updated_at=NINE), items, FakeClock().now())


class Schedule:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        problems = [self.dice.choice(PROBLEMS) for _ in range(3)]
        self.lagging = self.dice.choice((0.0, 0.0, 0.2, 0.5))
        posts = [Post(problem, self._effect(problem)) for problem in problems]
        self.pleo = ChangingPleo(drawn(self.dice), self.dice, *posts)
        self.clock = FakeClock()
        self.journal = FakeJournal(self.clock)
        self.service = CompletionService(self.pleo, self.journal, self.clock, IntegrationSpecification())
        self.sends = 0
        self.newest_seen = NINE

    def _effect(self, problem: PleoProblem | None) -> int | None:
        """What surely never arrived is carried out all the same by some, which only a read shows that is not behind."""
        reads = self.dice.choice((0, 1, 3, None))
        return None if self.lagging and problem and problem.arrival is Arrival.NEVER else reads

    async def run(self) -> str:
        shown = await self.service.read(JOB_ID)
        preview = self.service.preview(shown)
        assert isinstance(preview, NotReady) == (implied_by(shown.job, shown.items) is None)
        if isinstance(preview, NotReady):
            return "not ready"
        self.pleo.restless = self.dice.choice((0.0, 0.05, 0.2, 0.5))
        self.pleo.lagging = self.lagging
        post_event = self.pleo.post_event

        read = self.service._reader.read

        async def remembered(*asked, **how):
            fresh = await read(*asked, **how)
            self.newest_seen = max(self.newest_seen, fresh.job.last_updated_at)
            return fresh

        self.service._reader.read = remembered

        async def watched(event):
            self._is_implied(event)
            await post_event(event)

        self.pleo.post_event = watched
        try:
            found = await self.service.submit(preview, lambda _: None)
        except PleoProblem:
            return "not read"
        assert not (isinstance(found, Changed) and self.pleo.applied)
        if isinstance(found, Changed):
            return "changed, behind" if found.fresh.older else "changed"
        if found.standing is Standing.UNKNOWN and self.dice.random() < 0.5:
            self.clock.pass_seconds(Patience().settle_seconds)
            found = await self.service.look_again(found)
        return found.standing

    def _is_implied(self, event) -> None:
        """At the moment of the send: the event is what the last read implies, and what the journal says it rests on."""
        self.sends += 1
        assert self.pleo.read_job.last_updated_at >= self.newest_seen, "sent on a state older than one seen before"
        job, items = self.pleo.read_job, self.pleo.read_items
        assert event.event == implied_by(job, items)
        last = self.journal.written[-1]
        assert last.kind == "sent"
        assert json.loads(last.content)["fingerprint"] == fingerprint(JobSnapshot(job, items, FakeClock().now()))
        assert json.loads(self.journal.contents("intended")[-1]["body"]) == event.as_dict()


@pytest.mark.slow
async def test_no_event_is_ever_sent_that_the_items_as_last_read_do_not_imply():
    ends: Counter[str] = Counter()
    for seed in range(SCHEDULES):
        schedule = Schedule(seed)
        ends[await schedule.run()] += 1
        ends["sends"] += schedule.sends
        ends["with changes"] += bool(schedule.pleo.changes)
    # The schedules are of all sorts: most of what can come of one has come of many.
    assert ends["sends"] > 3_000, ends
    assert ends["with changes"] > 3_000, ends
    assert min(ends[end] for end in ENDS) > 100, ends
