"""A sandbox on a thread of its own, for tests and measurements that speak to it over a real socket."""

import asyncio
import contextlib
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from app.sandbox.acts import perform
from app.sandbox.faults import Fault
from app.sandbox.scenarios import DEFAULT_PACE_SECONDS, build_jobs
from app.sandbox.server import SandboxServer, address_of, listening_socket
from app.sandbox.world import Clock, World, utc_now


class RunningSandbox:
    """Serves from `__enter__` to `__exit__`: `url` is its address, `world` its state (thread-safe)."""

    def __init__(
        self,
        scenario: str = "mixed",
        *,
        strict: bool = False,
        pace_seconds: float = DEFAULT_PACE_SECONDS,
        size: int | None = None,
        now: Clock = utc_now,
        names_itself: bool = False,
    ) -> None:
        """ValueError for an unknown scenario. `now` is where the world's time comes from. Unless it `names_itself` it
        stands in for Pleo: what is sent to it is evidence."""
        jobs = build_jobs(scenario, now(), pace_seconds=pace_seconds, size=size)
        self.world = World(jobs, now=now, strict=strict)
        self.world.names_itself = names_itself
        self.url = ""
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        listener = self._open.enter_context(listening_socket(0))
        self.url = address_of(listener)
        server = SandboxServer(self.world)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), name="sandbox")
        thread.start()
        self._open.callback(thread.join)
        self._open.callback(server.stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def load(self, scenario: str, *, pace_seconds: float = DEFAULT_PACE_SECONDS, size: int | None = None) -> None:
        """Begins anew with another scenario under the same address: nothing received, no faults."""
        self.world.load(build_jobs(scenario, self.world.clock(), pace_seconds=pace_seconds, size=size))

    def arm(self, *faults: Fault) -> None:
        """Arms faults, in this order."""
        for fault in faults:
            self.world.arm(fault)

    def act(self, act: Mapping[str, object]) -> dict[str, object]:
        """Has another actor do something (acts.py); ValueError for an act that is none."""
        return perform(self.world, act)

    def received(self) -> dict[str, object]:
        """What `GET /sandbox/received` shows."""
        return self.world.received()
