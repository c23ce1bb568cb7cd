"""Serves the simulated Pleo on loopback, in its own process (`serve`) or wherever a loop runs (`SandboxServer`)."""

import asyncio
import contextlib
import os
import signal
import socket
import threading
from collections.abc import Iterator

import uvicorn

from app.sandbox.http import create_app
from app.sandbox.scenarios import DEFAULT_PACE_SECONDS, EVERYDAY, build_jobs
from app.sandbox.world import World, utc_now

HOST = "127.0.0.1"


def serve(
    scenario: str = EVERYDAY,
    port: int = 0,
    strict: bool = False,
    *,
    pace_seconds: float = DEFAULT_PACE_SECONDS,
    size: int | None = None,
    stop_at_eof: bool = False,
) -> None:
    """Serves a scenario until SIGINT or SIGTERM, then returns; with `stop_at_eof` also once standard input ends, so
    that a child process never outlives the window that started it. Port 0 takes a free one. The first line of standard
    output is the address, written when connections are already accepted.

    ValueError for an unknown scenario or an impossible port, OSError where the port is taken; nothing is printed then.
    """
    world = World(build_jobs(scenario, utc_now(), pace_seconds=pace_seconds, size=size), strict=strict)
    with listening_socket(port) as listener:
        server = SandboxServer(world)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: server.stop())
        if stop_at_eof:
            threading.Thread(target=_stop_at_eof, args=(server,), daemon=True).start()
        print(address_of(listener), flush=True)
        asyncio.run(server.serve(sockets=[listener]))


def listening_socket(port: int) -> socket.socket:
    """A socket of loopback that already takes connections; the caller closes it. Raises as `serve` does."""
    if not 0 <= port <= 65535:
        raise ValueError(f"no such port: {port}")
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it each answer takes 40 ms longer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def address_of(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}"


class SandboxServer(uvicorn.Server):
    """uvicorn without its signals, its access log and its waits: `stop` ends it at once, held-back answers included."""

    def __init__(self, world: World) -> None:
        self.app = create_app(world)
        super().__init__(
            uvicorn.Config(
                self.app,
                log_config=None,  # warnings reach standard error by Python's own last resort
                log_level="warning",
                access_log=False,
                http="h11",
                ws="none",
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """Ends the serving; may be called from any thread or from a signal handler."""
        self.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself in the meantime
                self._loop.call_soon_threadsafe(self.app.state.closing.set)

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.app.state.closing.wait(), 1.0)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to `serve`, which returns where uvicorn would raise them again."""
        yield


def _stop_at_eof(server: SandboxServer) -> None:
    # os.read: a thread inside sys.stdin's own lock would hold up the interpreter's end.
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    server.stop()
