"""Looks at one connection's jobs, again and again."""

import asyncio
import random
from collections.abc import Callable, Iterable
from dataclasses import replace

from app.errors import SignoffError, WrongCompany
from app.jobs.counted import Counted
from app.jobs.job_list import JobList, JobScope
from app.jobs.service import JobsService
from app.models.export_job import ExportJob
from app.platform.clock import Clock
from app.ports import History
from app.watching.concurrency_limit import ConcurrencyLimit
from app.watching.facts import KnownJobs
from app.watching.schedule import PollingConditions, Trouble, Watching, pause_of_list

_COUNTED_AT_ONCE = 4
# A long history is not counted to its end: that would use up Pleo's requests a minute for rows nobody looks at.
_COUNTED_JOBS = 40


class JobsWatch:
    """`known` is what the last looks found; `on_news` is called whenever it is another.

    `scope` is what is on screen: what needs somebody is read in any case. `is_paused` tells that something is being
    decided with what was read, so that nothing is read over it. `limit` is shared by all connections.
    """

    def __init__(
        self,
        jobs: JobsService,
        history: History,
        clock: Clock,
        watching: Callable[[], Watching],
        polling_conditions: Callable[[], PollingConditions],
        *,
        is_paused: Callable[[], bool] = lambda: False,
        chance: Callable[[], float] = random.random,
        limit: ConcurrencyLimit | None = None,
    ) -> None:
        self._jobs = jobs
        self._history = history
        self._clock = clock
        self._watching = watching
        self._polling_conditions = polling_conditions
        self._is_paused = is_paused
        self._chance = chance
        self._limit = limit or ConcurrencyLimit()
        self.known = KnownJobs()
        self.scope = JobScope.NEEDS_ATTENTION
        self._looks = 0
        self.on_news: Callable[[], None] = lambda: None

    @property
    def is_looking(self) -> bool:
        return self._looks > 0

    async def watch(self, *, is_wished: bool = False) -> None:
        """For as long as the machine is online; begun anew, it looks at once. What the user wishes is tried offline
        too, and where it succeeds the network is there, whatever the machine says."""
        while True:
            here = self._polling_conditions()
            if is_wished:
                here = replace(here, is_online=None)
            if here.is_offline:
                await self._rest()
                return
            if is_wished or not self._is_paused():
                await self.look()
            is_wished = is_wished and self.known.trouble is None and self._polling_conditions().is_offline
            pause = pause_of_list(self._watching(), here, self._chance(), self.known.trouble)
            await self._clock.sleep(pause or 0)

    async def look(self) -> None:
        """Once; what goes wrong is among what is known then."""
        self._looks += 1
        self.on_news()
        try:
            async with self._limit.one():
                await self._look()
        except SignoffError as problem:
            earlier = self.known.trouble
            self._learn(self.known.with_trouble(Trouble(problem, earlier.times + 1 if earlier else 1)))
            if not isinstance(problem, WrongCompany):
                await self._remember()
        finally:
            self._looks -= 1
            self.on_news()

    def take(self, job: ExportJob, counted: Counted | None) -> None:
        """A job that was read whole elsewhere needs no counting here, and may have moved."""
        self._learn(self.known.with_job(job, counted))

    async def _look(self) -> None:
        before = self.known.running() if not self.known.is_remembered else ()
        lists = await self._read_lists()
        self._learn(self.known.with_lists(lists))
        running = {job.id for job in self.known.running()}
        await self._find_ended([job for job in before if job.id not in running and job.id not in self.known.ended])
        await self._count(_in_turn(lists, self.scope))

    async def _read_lists(self) -> dict[JobScope, JobList]:
        scopes = {self.scope} if self.scope is JobScope.ALL else {JobScope.NEEDS_ATTENTION, self.scope}
        return {scope: await self._jobs.list_jobs(scope) for scope in sorted(scopes, key=lambda one: one.name)}

    async def _find_ended(self, gone: Iterable[ExportJob]) -> None:
        """What became of jobs that are not listed as running any more."""
        for listed in gone:
            try:
                job = await self._jobs.read_job(listed.id)
                counted = await self._jobs.count(job) if job.is_finished else None
            except SignoffError:
                continue
            if job.is_finished:
                known = self.known.with_ended(job)
                self._learn(known.with_count(job.id, counted) if counted else known)

    async def _count(self, jobs: Iterable[ExportJob]) -> None:
        """A few at a time. A job that cannot be counted is listed without counts."""
        turn = asyncio.Semaphore(_COUNTED_AT_ONCE)

        async def count(job: ExportJob) -> None:
            async with turn:
                try:
                    counted = await self._jobs.count(job)
                except SignoffError:
                    return
            if counted:
                self._learn(self.known.with_count(job.id, counted))

        await asyncio.gather(*(count(job) for job in jobs))

    async def _rest(self) -> None:
        self._learn(self.known.offline())
        await self._remember()

    async def _remember(self) -> None:
        """Where nothing could be read since the start, the jobs of the last run are better than none."""
        if self.known.lists:
            return
        remembered = await self._history.remembered_jobs()
        if remembered and not self.known.lists:
            read_at = max(known.read_at for known in remembered)
            self._learn(self.known.remembered((known.job for known in remembered), read_at))

    def _learn(self, known: KnownJobs) -> None:
        self.known = known
        self.on_news()


def _in_turn(lists: dict[JobScope, JobList], shown: JobScope) -> tuple[ExportJob, ...]:
    """What is on screen first, in its order; a job that stands in two lists once."""
    ordered = sorted(lists.values(), key=lambda found: found.scope is not shown)
    jobs = {job.id: job for found in ordered for job in found.jobs[:_COUNTED_JOBS]}
    return tuple(jobs.values())
