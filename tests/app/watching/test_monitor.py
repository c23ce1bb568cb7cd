"""All connections together, on a clock that jumps ahead, without Qt and without a socket."""

import asyncio
from datetime import timedelta

from fakes.builders import NINE, a_job, an_item
from fakes.clocks import run_at_once
from fakes.history import FakeHistory
from fakes.pleo import unreachable
from fakes.readers import reader_over

from app.jobs.counted import counted_rows
from app.jobs.job_list import JobScope
from app.jobs.service import JobsService
from app.models.export_job import ExportJob
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import JobId
from app.watching.jobs_watch import JobsWatch
from app.watching.monitor import JobsMonitor
from app.watching.schedule import PollingConditions, Watching

RARELY = Watching(job_list=100_000)


class LoopClock:
    """The time of day as the loop's own time passes, and as much later as the machine was asleep."""

    def __init__(self):
        self.slept = timedelta()

    def now(self):
        return NINE + self.slept + timedelta(seconds=asyncio.get_event_loop().time() % 10**6)

    async def sleep(self, seconds):
        await asyncio.sleep(seconds)


class Company:
    """One company's Pleo. `looks` counts the lists that were asked for."""

    def __init__(self, *jobs: ExportJob) -> None:
        self.jobs = jobs
        self.problem = None
        self.looks = 0

    async def list_jobs(self, statuses=(), company_id=None):
        self.looks += 1
        await asyncio.sleep(1)
        if self.problem:
            raise self.problem
        return tuple(job for job in self.jobs if not statuses or job.status in statuses)

    async def get_job(self, job_id):
        return next(job for job in self.jobs if job.id == job_id)

    async def list_items(self, job_id, on_progress=None):
        return (an_item(1, export_job_id=job_id),)


class Desk:
    """A monitor with listeners: `judged` are the keys of each call, `changes` counts the others."""

    def __init__(self):
        self.clock = LoopClock()
        self.monitor = JobsMonitor(self.clock)
        self.judged = []
        self.changes = 0
        self.stop_facts = self.monitor.listen_to_facts(lambda facts: self.judged.append(dict(facts)))
        self.stop_changes = self.monitor.listen_to_changes(self._count)
        self.history = FakeHistory()

    def _count(self):
        self.changes += 1

    def add(self, key, pleo, here=PollingConditions, watching=RARELY):
        self.monitor.add(key, self.a_watch(pleo, here, watching))

    def a_watch(self, pleo, here=PollingConditions, watching=RARELY):
        service = JobsService(pleo, self.clock, reader_over(pleo, self.clock))
        return JobsWatch(service, self.history, self.clock, lambda: watching, here, chance=lambda: 0.5)

    def keys(self):
        return [sorted(facts) for facts in self.judged]


def job(name="a", status="in_progress"):
    return a_job(status, id=JobId(name))


def test_facts_are_judged_once_for_each_look_that_ended():
    async def scene():
        desk = Desk()
        desk.add("acme", Company(job()), watching=Watching(job_list=5))
        await asyncio.sleep(14)
        assert desk.keys() == [["acme"], ["acme"], ["acme"]]
        known = desk.judged[0]["acme"]
        assert [found.id for found in known.running()] == ["a"]
        assert known.counted
        await desk.monitor.aclose()

    run_at_once(scene())


def test_facts_are_judged_again_as_time_passes():
    async def scene():
        desk = Desk()
        desk.add("acme", Company(job()))
        desk.add("beta", Company(job("b")))
        await asyncio.sleep(10)
        desk.judged.clear()
        await asyncio.sleep(30)
        assert desk.keys() == [["acme", "beta"], ["acme", "beta"]]
        await desk.monitor.aclose()

    run_at_once(scene())


def test_a_look_that_is_under_way_as_time_passes_is_judged_when_it_has_ended():
    async def scene():
        desk = Desk()
        pleo = Company(job())
        desk.add("acme", pleo)
        await asyncio.sleep(14.5)
        desk.judged.clear()
        desk.monitor.look_again()
        await asyncio.sleep(0.9)
        assert desk.keys() == [[]]
        await asyncio.sleep(1)
        assert desk.keys() == [[], ["acme"]]
        await desk.monitor.aclose()

    run_at_once(scene())


def test_a_look_that_another_takes_the_place_of_is_not_judged():
    async def scene():
        desk = Desk()
        desk.add("acme", Company(job()))
        for _ in range(3):
            await asyncio.sleep(0.5)
            desk.monitor.look_again()
        await asyncio.sleep(2)
        assert desk.keys() == [["acme"]]
        desk.monitor.look_again()
        await asyncio.sleep(0.5)
        desk.monitor.look_again()
        await asyncio.sleep(2)
        assert desk.keys() == [["acme"], ["acme"]]
        await desk.monitor.aclose()

    run_at_once(scene())


def test_jobs_of_an_earlier_run_are_shown_and_not_judged():
    async def scene():
        desk = Desk()
        desk.history.remembered = [JobSnapshot(job(), (), NINE)]
        pleo = Company(job())
        pleo.problem = unreachable()
        desk.add("acme", pleo)
        await asyncio.sleep(10)
        assert desk.monitor.watches["acme"].known.is_remembered
        assert desk.changes > 0
        assert desk.judged == []
        await desk.monitor.aclose()

    run_at_once(scene())


def test_after_a_sleep_everything_is_read_at_once():
    async def scene():
        desk = Desk()
        companies = Company(job()), Company(job("b"))
        for key, pleo in zip(("acme", "beta"), companies, strict=True):
            desk.add(key, pleo)
        await asyncio.sleep(60)
        assert [pleo.looks for pleo in companies] == [1, 1]
        desk.clock.slept = timedelta(hours=8)
        await asyncio.sleep(16)
        assert [pleo.looks for pleo in companies] == [2, 2]
        await asyncio.sleep(60)
        assert [pleo.looks for pleo in companies] == [2, 2]
        await desk.monitor.aclose()

    run_at_once(scene())


def test_a_connection_that_is_gone_is_asked_no_more_and_told_of_no_more():
    async def scene():
        desk = Desk()
        acme, beta = Company(job()), Company(job("b"))
        desk.add("acme", acme, watching=Watching(job_list=5))
        desk.add("beta", beta, watching=Watching(job_list=5))
        await asyncio.sleep(3)
        await desk.monitor.remove("acme")
        looks = acme.looks
        assert desk.judged[-1] == {}
        await asyncio.sleep(60)
        assert (acme.looks, list(desk.monitor.watches)) == (looks, ["beta"])
        assert beta.looks > 5
        await desk.monitor.aclose()

    run_at_once(scene())


def test_another_scope_is_looked_at_everywhere_also_by_those_that_come_later():
    async def scene():
        desk = Desk()
        desk.add("acme", Company(job(), job("x", "completed")))
        await asyncio.sleep(5)
        desk.monitor.look_at(JobScope.FINISHED)
        desk.add("beta", Company(job("y", "failed")))
        await asyncio.sleep(5)
        listed = {key: watch.known.listed(JobScope.FINISHED) for key, watch in desk.monitor.watches.items()}
        assert {key: [each.id for each in found.jobs] for key, found in listed.items()} == {
            "acme": ["x"],
            "beta": ["y"],
        }
        await desk.monitor.aclose()

    run_at_once(scene())


def test_what_is_old_is_looked_at_and_what_is_fresh_is_left_alone():
    async def scene():
        desk = Desk()
        acme, beta = Company(job()), Company(job("b"))
        desk.add("acme", acme)
        await asyncio.sleep(300)
        desk.add("beta", beta)
        await asyncio.sleep(10)
        desk.monitor.look_again_where_old(timedelta(minutes=3))
        await asyncio.sleep(5)
        assert (acme.looks, beta.looks) == (2, 1)
        await desk.monitor.aclose()

    run_at_once(scene())


def test_only_what_the_user_wishes_is_tried_while_the_machine_is_offline():
    async def scene():
        desk = Desk()
        pleo = Company(job())
        desk.add("acme", pleo, here=lambda: PollingConditions(is_online=False))
        await asyncio.sleep(1)
        desk.monitor.look_again(is_wished=False)
        await asyncio.sleep(10)
        assert pleo.looks == 0
        desk.monitor.look_again()
        await asyncio.sleep(10)
        assert pleo.looks == 1
        await desk.monitor.aclose()

    run_at_once(scene())


def test_a_job_that_was_read_elsewhere_tells_that_pleo_can_be_reached_again():
    async def scene():
        desk = Desk()
        pleo = Company(job())
        pleo.problem = unreachable()
        desk.add("acme", pleo)
        await asyncio.sleep(5)
        pleo.problem = None
        desk.monitor.take("acme", job(), counted_rows(job(), (an_item(1, export_job_id="a"),), NINE))
        await asyncio.sleep(5)
        assert desk.monitor.watches["acme"].known.trouble is None
        desk.monitor.take("gone", job(), counted_rows(job(), (), NINE))
        await desk.monitor.aclose()

    run_at_once(scene())


def test_who_has_stopped_listening_hears_nothing_more():
    async def scene():
        desk = Desk()
        desk.add("acme", Company(job()))
        await asyncio.sleep(5)
        desk.stop_facts()
        desk.stop_changes()
        heard = desk.changes, len(desk.judged)
        await asyncio.sleep(60)
        await desk.monitor.remove("acme")
        assert (desk.changes, len(desk.judged)) == heard
        await desk.monitor.aclose()

    run_at_once(scene())
