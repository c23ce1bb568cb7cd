"""Has the job on screen read again by itself, for as long as it is not final."""

import random
from collections.abc import Callable

from app.models.snapshot import JobSnapshot
from app.platform.clock import Clock
from app.watching.schedule import PollingConditions, Watching, pause_of_open_job


class OpenJobWatch:
    """`snapshot` is what is on screen, None as long as the job could not be read; `read` begins a read. `is_paused`
    tells that something is being decided with what was read."""

    def __init__(
        self,
        clock: Clock,
        watching: Watching,
        polling_conditions: Callable[[], PollingConditions],
        *,
        snapshot: Callable[[], JobSnapshot | None],
        is_paused: Callable[[], bool],
        read: Callable[[], None],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._watching = watching
        self._polling_conditions = polling_conditions
        self._snapshot = snapshot
        self._is_paused = is_paused
        self._read = read
        self._chance = chance

    async def watch(self) -> None:
        while True:
            await self._clock.sleep(self._pause())
            snapshot = self._snapshot()
            is_wanted = snapshot is None or not snapshot.job.is_finished
            if is_wanted and not self._is_paused() and not self._polling_conditions().is_offline:
                self._read()

    def _pause(self) -> float:
        snapshot = self._snapshot()
        items = len(snapshot.items) if snapshot else 0
        return pause_of_open_job(self._watching, self._polling_conditions(), items, self._chance())
