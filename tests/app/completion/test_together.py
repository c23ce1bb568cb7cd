"""Several jobs one after another, against a Pleo in memory: what each comes to, and what ends the batch."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import NINE, an_item, snapshot_of
from fakes.clocks import FakeClock
from fakes.journal import FakeJournal
from fakes.pleo import FakePleo, Post, declined, lost, unreachable

from app.completion.attempt import Outcome, Standing
from app.completion.evidence import EVENT, Kind, Origin
from app.completion.failure import IntegrationSpecification
from app.completion.patience import Patience
from app.completion.progress import Changed, Step
from app.completion.ready_jobs import Judgement, WhyNot, Wishes
from app.completion.service import CompletionService
from app.completion.together import CompletingTogether, Ended, JobResult
from app.errors import JobBusy, JournalInDoubt, JournalProblem, JournalUnreadable
from app.models.export_job import ExportJob, ExportJobItem
from app.models.export_job_event import ExportJobEvent

NAMES = ("a1", "a2", "b1", "b2")


class ManyJobs:
    """A Pleo of several jobs, each a fake of its own."""

    def __init__(self, *jobs: FakePleo) -> None:
        self.by_id = {str(job.job.id): job for job in jobs}
        self.posted: list[str] = []

    async def get_job(self, job_id: str) -> ExportJob:
        return await self.by_id[job_id].get_job(job_id)

    async def list_items(self, job_id: str, on_progress: object = None) -> tuple[ExportJobItem, ...]:
        return await self.by_id[job_id].list_items(job_id)

    async def count_items(self, job_id: str, status: str) -> None:
        return None

    async def post_event(self, event: ExportJobEvent) -> None:
        self.posted.append(event.job_id)
        await self.by_id[event.job_id].post_event(event)


def a_fake(name: str) -> FakePleo:
    """Two companies with two jobs each, by the letter and the number of the name."""
    rows = [an_item(place, export_job_id=name) for place in range(2)]
    created = NINE + timedelta(hours=int(name[1]))
    return FakePleo(snapshot_of(rows, id=name, company_id=name[0], created_at=created))


class Desk:
    def __init__(self, *, four_eyes: bool = False) -> None:
        self.clock = FakeClock()
        self.journal = FakeJournal(self.clock)
        self.pleo = ManyJobs(*map(a_fake, NAMES))
        self.by_hand: dict[str, int | JournalProblem] = {}
        self.told: list[JobResult] = []
        self.steps: list[Step] = []
        self.completion = CompletionService(
            self.pleo,
            self.journal,
            self.clock,
            IntegrationSpecification(),
            origin=Origin("ann", "https://pleo.example key"),
            patience=Patience(reads=(0, 1)),
            four_eyes=four_eyes,
        )
        self.together = CompletingTogether(self.completion, self.count)

    async def count(self, job_id: str) -> int:
        found = self.by_hand.get(job_id, 0)
        if isinstance(found, JournalProblem):
            raise found
        return found

    async def judge(self, **more) -> tuple[Judgement, ...]:
        return await self.together.judge([fake.job for fake in self.pleo.by_id.values()], Wishes(), **more)

    async def run(self, **more) -> dict[str, Ended]:
        judgements = await self.judge()
        results = await self.together.complete(judgements, self.steps.append, self.told.append, **more)
        assert list(results) == self.told
        return {result.judgement.job_id: result.ended for result in results}

    def result(self, name: str) -> JobResult:
        return next(each for each in self.told if each.judgement.job_id == name)


def ends(*words: str) -> dict[str, Ended]:
    return dict(zip(NAMES, map(Ended, words), strict=True))


async def test_what_is_ready_is_sent_in_order_under_one_batch_id():
    at = Desk()
    assert await at.run() == ends("confirmed", "confirmed", "confirmed", "confirmed")
    assert at.pleo.posted == list(NAMES)
    assert len({row["batch"] for row in at.journal.contents("intended")}) == 1
    assert at.journal.contents("intended")[0]["batch"]
    assert Step.SENDING in at.steps


async def test_a_batch_takes_the_id_that_it_is_given_and_a_single_job_has_none():
    at = Desk()
    await at.run(batch="a month's end")
    assert {row["batch"] for row in at.journal.contents("intended")} == {"a month's end"}
    alone = Desk()
    (judgement, *_) = await alone.judge()
    await alone.completion.submit(judgement.preview, alone.steps.append)
    assert "batch" not in alone.journal.contents("intended")[0]


def refused(at: Desk) -> None:
    at.pleo.by_id["a1"].posts.append(Post(declined(400), None))


def silent(at: Desk) -> None:
    at.pleo.by_id["a1"].posts.append(Post(lost(), None))


def of_another_state(at: Desk) -> None:
    """At the second reading Pleo shows a state from before the first."""
    fake = at.pleo.by_id["a1"]
    fake.job = replace(fake.job, last_updated_at=NINE)
    at.clock.pass_seconds(1)

    def older(_name: str) -> None:
        if fake.calls.count("get_job") == 1:
            fake.job = replace(fake.job, last_updated_at=NINE - timedelta(minutes=1))

    fake.before_call = older


def changed(at: Desk) -> None:
    fake = at.pleo.by_id["a1"]

    def reopened(_name: str) -> None:
        if fake.calls.count("list_items") == 1:
            fake.items = (an_item(0, "pending", export_job_id="a1"), *fake.items[1:])

    fake.before_call = reopened


def unreachable_again(at: Desk) -> None:
    at.pleo.by_id["a1"].read_problems.extend([None, unreachable()])


def busy(at: Desk) -> None:
    at.journal.busy_jobs.add("a1")


def overtaken(at: Desk) -> None:
    at.pleo.by_id["a1"].posts.append(Post(declined(422), None, lambda fake: fake.end_as("completed")))


@pytest.mark.parametrize("met", [refused, silent, of_another_state, changed, unreachable_again, busy, overtaken])
async def test_any_surprise_ends_the_batch_or_with_go_on_its_own_company(met: Callable[[Desk], None]):
    at, going_on = Desk(), Desk()
    met(at)
    met(going_on)
    assert await at.run() == ends("surprise", "not_tried", "not_tried", "not_tried")
    assert await going_on.run(goes_on=True) == ends("surprise", "not_tried", "confirmed", "confirmed")
    assert at.pleo.posted.count("a1") <= 1
    assert set(at.pleo.posted) <= {"a1"}
    assert going_on.pleo.posted[-2:] == ["b1", "b2"]
    told = at.result("a1")
    assert told.found or told.problem


async def test_what_each_surprise_was_stands_in_its_result():
    found = {}
    for met in (refused, silent, changed, busy):
        at = Desk()
        met(at)
        await at.run()
        found[met.__name__] = at.result("a1")
    assert found["refused"].found.standing is Standing.REFUSED
    assert found["silent"].found.standing is Standing.UNKNOWN
    assert isinstance(found["changed"].found, Changed)
    assert isinstance(found["busy"].problem, JobBusy)


@pytest.mark.parametrize("kind", [Kind.INTENDED, Kind.SENT])
async def test_a_journal_that_cannot_be_written_lets_nothing_leave(kind):
    at = Desk()
    at.journal.fails_at.add(kind)
    assert await at.run(goes_on=True) == ends("surprise", "not_tried", "surprise", "not_tried")
    assert at.pleo.posted == []


async def test_a_confirmation_that_the_journal_does_not_hold_whole_is_a_surprise():
    at = Desk()
    at.journal.fails_at.add(Kind.ANSWERED)
    assert await at.run() == ends("surprise", "not_tried", "not_tried", "not_tried")
    assert at.result("a1").found.standing is Standing.CONFIRMED
    assert at.pleo.posted == ["a1"]


async def test_a_journal_in_doubt_ends_the_batch_before_anything_leaves():
    at = Desk()
    at.journal.doubt = JournalInDoubt("Cut", code="c")
    assert await at.run() == ends("surprise", "not_tried", "not_tried", "not_tried")
    assert at.result("a1").problem is at.journal.doubt
    assert at.pleo.posted == []


async def test_a_job_of_which_the_journal_cannot_be_read_does_not_join_and_its_company_waits():
    at = Desk()
    at.by_hand["a1"] = JournalUnreadable("Row 3")
    assert await at.run() == ends("does_not_join", "does_not_join", "confirmed", "confirmed")
    assert [each.why_not.code for each in await at.judge()][:2] == [WhyNot.NOT_READ, WhyNot.OLDER_FIRST]


async def test_a_job_that_cannot_be_read_does_not_join():
    at = Desk()
    at.pleo.by_id["a2"].read_problems.append(unreachable())
    assert await at.run() == ends("confirmed", "does_not_join", "confirmed", "confirmed")


async def test_outcomes_set_by_hand_keep_a_job_out_until_that_is_wished():
    at = Desk()
    at.by_hand["a2"] = 1
    assert await at.run() == ends("confirmed", "does_not_join", "confirmed", "confirmed")
    assert at.result("a2").judgement.reading.set_by_hand == 1


async def test_four_eyes_keep_a_job_out_whose_outcomes_were_reported_from_here():
    at = Desk(four_eyes=True)
    body = json.dumps([{"accountingEntryId": "e", "status": "successful"}])
    row = {"what": "item_update", "job_id": "b1", "body": body, "who": "ann", "connection": "https://pleo.example key"}
    await at.journal.append("earlier", Kind.INTENDED, row)
    await at.journal.append("earlier", Kind.JUDGED, {"standing": "confirmed"})
    assert await at.run() == ends("confirmed", "confirmed", "does_not_join", "does_not_join")
    assert at.result("b1").judgement.why_not.code is WhyNot.FOUR_EYES


async def test_between_two_jobs_it_can_be_stopped():
    at = Desk()
    assert await at.run(may_go_on=lambda: len(at.pleo.posted) < 1) == ends(
        "confirmed", "not_tried", "not_tried", "not_tried"
    )
    assert await at.judge(may_go_on=lambda: False) == ()


async def open_attempt(at: Desk, name: str, *, was_sent: bool) -> None:
    """As a run leaves it that was killed."""
    event = {"event": "completed", "jobId": name}
    origin = {"who": "ann", "connection": "https://pleo.example key"}
    row = {"what": EVENT, "job_id": name, "body": json.dumps(event)} | origin
    await at.journal.append("killed", Kind.INTENDED, row)
    if was_sent:
        await at.journal.append("killed", Kind.SENT, {})


async def test_a_job_with_an_open_attempt_does_not_join():
    at = Desk()
    await open_attempt(at, "b1", was_sent=True)
    assert await at.run() == ends("confirmed", "confirmed", "does_not_join", "does_not_join")
    assert at.result("b1").judgement.why_not.code is WhyNot.LEFT_OPEN


@pytest.mark.parametrize(("was_sent", "code"), [(True, WhyNot.LEFT_OPEN), (False, None)])
async def test_what_was_settled_just_now_joins_only_where_it_surely_never_left(was_sent, code):
    at = Desk()
    await open_attempt(at, "b1", was_sent=was_sent)
    at.clock.pass_seconds(1_000)
    recovered = await at.completion.recover(at.steps.append)
    assert [outcome.standing for outcome in recovered] == [Standing.MISSING if was_sent else Standing.NOT_SENT]
    found = {each.job_id: each.why_not.code if each.why_not else None for each in await at.judge(recovered=recovered)}
    assert found["b1"] == code
    assert await at.completion.left_open() == ()


async def test_a_start_that_was_settled_just_now_keeps_no_job_out():
    at = Desk()
    (first, *_) = await at.judge()
    started = replace(first.preview.event, event="started")
    outcome = Outcome(Standing.CONFIRMED, started, None, None)
    assert all(each.why_not is None for each in await at.judge(recovered=[outcome]))
