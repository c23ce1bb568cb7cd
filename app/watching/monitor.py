"""Watches the jobs of all open connections, and tells the list and the notices what is known."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import Generic, TypeVar

from app.errors import NotReachable
from app.jobs.counted import Counted
from app.jobs.job_list import JobScope
from app.models.export_job import ExportJob
from app.platform.clock import Clock
from app.platform.tasks import RunningTasks
from app.watching.facts import KnownJobs
from app.watching.jobs_watch import JobsWatch
from app.watching.schedule import has_slept

# As often is time judged to have passed.
_TICK_SECONDS = 15
_TICKS = object()

Key = TypeVar("Key", bound=Hashable)
Stop = Callable[[], None]


class JobsMonitor(Generic[Key]):
    """Each connection is watched by a task of its own, so that none waits for another."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._watches: dict[Key, JobsWatch] = {}
        self._tasks = RunningTasks()
        self._judged: dict[Key, KnownJobs] = {}
        self._on_change: list[Callable[[], None]] = []
        self._on_facts: list[Callable[[Mapping[Key, KnownJobs]], None]] = []
        self._scope = JobScope.NEEDS_ATTENTION

    @property
    def watches(self) -> Mapping[Key, JobsWatch]:
        return MappingProxyType(self._watches)

    def listen_to_changes(self, listener: Callable[[], None]) -> Stop:
        """Called whenever anything is known anew, a look begins or ends, or time has passed. Answers how to stop."""
        self._on_change.append(listener)
        return partial(self._on_change.remove, listener)

    def listen_to_facts(self, listener: Callable[[Mapping[Key, KnownJobs]], None]) -> Stop:
        """Called with what is to be judged: once for each look that ended, and again as time passes; with nothing
        where a connection has gone. Jobs of an earlier run of the program are not among the facts."""
        self._on_facts.append(listener)
        return partial(self._on_facts.remove, listener)

    def add(self, key: Key, watch: JobsWatch) -> None:
        """From here on the connection is watched."""
        self._watches[key] = watch
        watch.scope = self._scope
        watch.on_news = partial(self._hear, key)
        if not self._tasks.is_running(_TICKS):
            self._tasks.replace(_TICKS, self._tick())
        self.look_again_at(key, is_wished=False)

    async def remove(self, key: Key) -> None:
        """Nothing of it is asked any more when this returns."""
        watch = self._watches.pop(key, None)
        if watch is None:
            return
        watch.on_news = lambda: None
        self._judged.pop(key, None)
        await self._tasks.cancel_and_wait(key)
        self._tell_change()
        self._tell_facts({})

    def look_again(self, *, is_wished: bool = True) -> None:
        """At once; what the user wishes whatever the network is said to be, else where the machine is not offline."""
        for key in tuple(self._watches):
            self.look_again_at(key, is_wished=is_wished)

    def look_again_at(self, key: Key, *, is_wished: bool = True) -> None:
        if key in self._watches:
            self._tasks.replace(key, self._watches[key].watch(is_wished=is_wished))

    def look_again_where_old(self, age: timedelta) -> None:
        """After a time in which it was asked less often."""
        for key, watch in self._watches.items():
            found = watch.known.listed(JobScope.NEEDS_ATTENTION)
            if found is None or self._clock.now() - found.read_at > age:
                self.look_again_at(key, is_wished=False)

    def look_at(self, scope: JobScope) -> None:
        """From now on at these jobs too, beside those that need somebody."""
        self._scope = scope
        for watch in self._watches.values():
            watch.scope = scope
        self.look_again()

    def take(self, key: Key, job: ExportJob, counted: Counted) -> None:
        """A job that was read whole elsewhere, which tells that Pleo can be reached again."""
        watch = self._watches.get(key)
        if watch is None:
            return
        watch.take(job, counted)
        trouble = watch.known.trouble
        if trouble and isinstance(trouble.problem, NotReachable) and not watch.is_looking:
            self.look_again_at(key)

    async def aclose(self) -> None:
        """Nothing is asked any more when this returns."""
        await self._tasks.aclose()

    async def _tick(self) -> None:
        """After a sleep nothing that was read can be trusted."""
        while True:
            before = self._clock.now()
            await self._clock.sleep(_TICK_SECONDS)
            if has_slept(_TICK_SECONDS, (self._clock.now() - before).total_seconds()):
                self.look_again(is_wished=False)
            self._judged.clear()
            self._tell_change()
            self._tell_facts(self._settled(self._watches))

    def _hear(self, key: Key) -> None:
        self._tell_change()
        settled = self._settled([key])
        if settled:
            self._tell_facts(settled)

    def _settled(self, keys: Iterable[Key]) -> dict[Key, KnownJobs]:
        """What was read in this run, is not about to change, and was not judged before."""
        found = {key: self._watches[key].known for key in keys if not self._watches[key].is_looking}
        return {
            key: known
            for key, known in found.items()
            if known.has_answered and not known.is_remembered and self._judged.get(key) is not known
        }

    def _tell_change(self) -> None:
        for listener in tuple(self._on_change):
            listener()

    def _tell_facts(self, facts: Mapping[Key, KnownJobs]) -> None:
        self._judged.update(facts)
        for listener in tuple(self._on_facts):
            listener(facts)
