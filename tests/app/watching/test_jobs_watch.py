"""The looks at one connection on a clock that jumps ahead, without a socket."""

import asyncio
from datetime import timedelta

import pytest
from fakes.builders import NINE, a_job, an_item
from fakes.clocks import run_at_once
from fakes.history import FakeHistory
from fakes.pleo import declined, unreachable
from fakes.readers import reader_over

from app.errors import NotFound, PleoProblem, ServerWords
from app.jobs.job_list import JobScope
from app.jobs.service import JobsService
from app.models.export_job import ExportJob
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Job, JobId
from app.watching.jobs_watch import JobsWatch
from app.watching.schedule import PollingConditions, Watching

USUAL = Watching()


class LoopClock:
    """The time of day as the loop's own time passes."""

    def now(self):
        return NINE + timedelta(seconds=asyncio.get_event_loop().time() % 10**6)

    async def sleep(self, seconds):
        await asyncio.sleep(seconds)


class FakePleo:
    """Jobs by id, each with its item; `asked` names the requests in order. A problem stays until it is taken away."""

    def __init__(self, *jobs: ExportJob) -> None:
        self.jobs = {job.id: job for job in jobs}
        self.asked: list[str] = []
        self.problem: PleoProblem | None = None

    async def list_jobs(self, statuses=(), company_id=None):
        self._note("list_jobs")
        return tuple(job for job in self.jobs.values() if not statuses or job.status in statuses)

    async def get_job(self, job_id):
        self._note("get_job")
        if job_id not in self.jobs:
            raise NotFound("There is no such job", ServerWords(404))
        return self.jobs[job_id]

    async def list_items(self, job_id, on_progress=None):
        self._note("list_items")
        return (an_item(1, export_job_id=job_id),)

    def _note(self, name):
        self.asked.append(name)
        if self.problem:
            raise self.problem


def job(number=1, status="in_progress", **changes):
    return a_job(status, id=JobId(f"job-{number}"), **changes)


def a_watch(pleo, **others):
    clock = LoopClock()
    usual = {"history": FakeHistory(), "polling_conditions": PollingConditions, "chance": lambda: 0.5}
    parts = usual | others
    return JobsWatch(
        JobsService(pleo, clock, reader_over(pleo, clock)),
        parts.pop("history"),
        clock,
        lambda: USUAL,
        parts.pop("polling_conditions"),
        **parts,
    )


async def watched(watch, seconds):
    """What it does in so many seconds."""
    watching = asyncio.ensure_future(watch.watch())
    await asyncio.sleep(seconds)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


def test_a_quiet_hour_sends_no_more_requests_than_the_schedule_says():
    pleo = FakePleo(job(1), job(2))
    chances = iter([0.0, 1.0, 0.5] * 20)
    run_at_once(watched(a_watch(pleo, chance=lambda: next(chances)), 3601))
    rounds = pleo.asked.count("list_jobs")
    # One at once, then one each three minutes give or take a tenth.
    assert rounds == 21
    # A round lists the jobs and counts the items of each.
    assert len(pleo.asked) == rounds * 3


def test_a_quiet_hour_out_of_sight_asks_half_as_often():
    pleo = FakePleo(job(1))
    run_at_once(watched(a_watch(pleo, polling_conditions=lambda: PollingConditions(is_hidden=True)), 3599))
    assert pleo.asked.count("list_jobs") == 10


def test_an_hour_offline_sends_nothing_and_says_so():
    pleo = FakePleo(job(1))
    watch = a_watch(pleo, polling_conditions=lambda: PollingConditions(is_online=False))
    run_at_once(watched(watch, 3600))
    assert pleo.asked == []
    assert watch.known.is_offline
    assert watch.known.has_answered


def test_an_hour_in_which_pleo_cannot_be_reached_asks_as_often_as_the_schedule_says():
    pleo = FakePleo(job(1))
    pleo.problem = unreachable()
    run_at_once(watched(a_watch(pleo), 3600))
    # At once, after 15, 30, 60 and 120 seconds, then each three minutes.
    assert len(pleo.asked) == 5 + (3600 - 225) // 180


def test_what_was_read_stays_when_a_later_look_fails_and_is_old_until_one_succeeds():
    pleo = FakePleo(job(1))
    watch = a_watch(pleo)

    async def looks():
        await watch.look()
        pleo.problem = declined(401)
        await watch.look()
        await watch.look()
        assert [found.id for found in watch.known.running()] == ["job-1"]
        assert watch.known.is_old
        assert watch.known.trouble
        assert watch.known.trouble.times == 2
        pleo.problem = None
        await watch.look()
        assert not watch.known.is_old
        assert watch.known.trouble is None

    run_at_once(looks())


def test_jobs_are_read_by_what_is_on_screen_and_what_needs_somebody_in_any_case():
    pleo = FakePleo(job(1), job(2, "completed"))
    watch = a_watch(pleo)

    def listed(scope):
        found = watch.known.listed(scope)
        return found and [each.id for each in found.jobs]

    async def looks():
        await watch.look()
        assert (listed(JobScope.NEEDS_ATTENTION), listed(JobScope.FINISHED)) == (["job-1"], None)
        watch.scope = JobScope.FINISHED
        await watch.look()
        assert (listed(JobScope.NEEDS_ATTENTION), listed(JobScope.FINISHED)) == (["job-1"], ["job-2"])
        watch.scope = JobScope.ALL
        pleo.asked.clear()
        await watch.look()
        assert pleo.asked.count("list_jobs") == 1
        assert (listed(JobScope.NEEDS_ATTENTION), listed(JobScope.FINISHED)) == (["job-1"], ["job-2"])

    run_at_once(looks())


def test_what_became_of_a_job_that_is_no_longer_listed_is_found_out_once():
    pleo = FakePleo(job(1), job(2))
    watch = a_watch(pleo)

    async def looks():
        await watch.look()
        pleo.jobs[JobId("job-1")] = job(1, "failed", failure_reason_type="job_expired")
        await watch.look()
        await watch.look()

    run_at_once(looks())
    ended = [facts for facts in watch.known.facts() if not facts.is_running]
    assert [(facts.job.status, facts.job.failure_reason_type) for facts in ended] == [("failed", "job_expired")]
    assert ended[0].counted is not None
    assert pleo.asked.count("get_job") == 1


def test_a_job_that_is_gone_altogether_stops_nothing():
    pleo = FakePleo(job(1), job(2))
    watch = a_watch(pleo)

    async def looks():
        await watch.look()
        del pleo.jobs[JobId("job-1")]
        await watch.look()

    run_at_once(looks())
    assert [found.id for found in watch.known.running()] == ["job-2"]
    assert watch.known.ended == {}


def test_a_job_that_was_read_elsewhere_is_taken_over_and_its_end_noticed():
    watch = a_watch(FakePleo(job(1)))

    async def looks():
        await watch.look()
        watch.take(job(1, "completed"), None)

    run_at_once(looks())
    assert watch.known.ended[JobId("job-1")].status == Job.COMPLETED


def test_nothing_is_read_while_something_is_being_decided():
    pleo = FakePleo(job(1))
    run_at_once(watched(a_watch(pleo, is_paused=lambda: True), 3600))
    assert pleo.asked == []


@pytest.mark.parametrize("is_online", [None, False])
def test_after_a_start_without_a_network_the_jobs_of_the_last_run_are_listed_as_old(is_online):
    history = FakeHistory()
    history.remembered = [JobSnapshot(job(1), (), NINE), JobSnapshot(job(2, "completed"), (), NINE)]
    pleo = FakePleo(job(1))
    pleo.problem = unreachable()
    watch = a_watch(pleo, history=history, polling_conditions=lambda: PollingConditions(is_online=is_online))

    async def looks():
        await watched(watch, 1)
        assert [found.id for found in watch.known.running()] == ["job-1"]
        assert watch.known.is_old
        assert watch.known.is_remembered
        pleo.problem = None
        await watch.look()
        assert not watch.known.is_old

    run_at_once(looks())


def test_a_job_that_ended_between_two_runs_is_not_told_as_if_it_ended_now():
    history = FakeHistory()
    history.remembered = [JobSnapshot(job(1), (), NINE)]
    pleo = FakePleo()
    pleo.problem = unreachable()
    watch = a_watch(pleo, history=history)

    async def looks():
        await watch.look()
        pleo.problem = None
        await watch.look()

    run_at_once(looks())
    assert watch.known.ended == {}


def test_counts_of_jobs_that_are_listed_no_more_are_forgotten():
    pleo = FakePleo(job(1))
    watch = a_watch(pleo)

    async def looks():
        for number in range(2, 50):
            await watch.look()
            pleo.jobs = {JobId(f"job-{number}"): job(number)}

    run_at_once(looks())
    assert len(watch.known.counted) <= 2


def test_news_are_told_as_they_come():
    watch = a_watch(FakePleo(job(1)))
    seen = []
    watch.on_news = lambda: seen.append((watch.is_looking, len(watch.known.running()), len(watch.known.counted)))
    run_at_once(watch.look())
    assert seen == [(True, 0, 0), (True, 1, 0), (True, 1, 1), (False, 1, 1)]
