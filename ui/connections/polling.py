"""How often the open connections are asked: by the user's wish, the machine, and whether somebody sees the window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import SignalInstance

from app.composition.services import Services
from app.platform.clock import Clock
from app.settings.connections import Connection, ConnectionId
from app.watching.concurrency_limit import ConcurrencyLimit
from app.watching.jobs_watch import JobsWatch
from app.watching.monitor import JobsMonitor
from app.watching.schedule import PollingConditions, Watching
from ui.shell.main_window import MainWindow

# In the sandbox items become final within seconds, and nobody counts its requests.
_SANDBOX_WATCHING = Watching(base=2, for_each_request=0.1, job_list=20)


class MachineState(Protocol):
    @property
    def network_changed(self) -> SignalInstance: ...

    def polling_conditions(self, *, is_hidden: bool) -> PollingConditions: ...


class Polling:
    """`minutes` lie between two looks at the list of jobs; `fixed` is for a test that waits less."""

    def __init__(
        self,
        window: MainWindow,
        machine: MachineState,
        monitor: JobsMonitor[ConnectionId],
        clock: Clock,
        minutes: int,
        fixed: Watching | None,
    ) -> None:
        self._window = window
        self._machine = machine
        self._monitor = monitor
        self._clock = clock
        self._minutes = minutes
        self._fixed = fixed
        self._limit = ConcurrencyLimit()

    def watch_of(self, services: Services, is_paused: Callable[[], bool]) -> JobsWatch:
        connection = services.connection
        return JobsWatch(
            services.jobs,
            services.history,
            self._clock,
            partial(self.watching_of, services),
            partial(self.conditions_of, connection),
            is_paused=is_paused,
            limit=self._limit,
        )

    def watching_of(self, services: Services) -> Watching:
        if self._fixed:
            return self._fixed
        if services.is_sandbox:
            return _SANDBOX_WATCHING
        return Watching(job_list=self._minutes * 60)

    def conditions_of(self, connection: Connection) -> PollingConditions:
        """What is served by this very machine needs no network."""
        is_hidden = self._window.isHidden() or self._window.isMinimized()
        here = self._machine.polling_conditions(is_hidden=is_hidden)
        return replace(here, is_online=None) if connection.is_local else here

    def take_minutes(self, minutes: int) -> None:
        """How often the user wants Pleo to be asked; from now on, and not after the pause that has begun."""
        if minutes != self._minutes:
            self._minutes = minutes
            self._monitor.look_again(is_wished=False)

    def come_into_sight(self) -> None:
        """Out of sight it was asked less often."""
        self._monitor.look_again_where_old(timedelta(minutes=self._minutes))
