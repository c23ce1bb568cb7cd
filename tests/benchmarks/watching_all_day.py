"""Ten thousand looks at a company's jobs, as a window that stays open for weeks makes them: does anything stay behind?

On Qt's loop, over loopback, without pauses. The reference is the same process after its first thousand looks, in which
what is made once has been made.
"""

import asyncio
import gc
import json
import sys
from pathlib import Path

from apart import ROOT, said_by
from many_connections import served_jobs

LOOKS, FIRST = 10_000, 1_000
_GROWTH = 1.02
_MOST_TIMERS = 20

Figure = dict[str, object]


def figures(looks: int = LOOKS, first: int = FIRST) -> list[Figure]:
    with served_jobs(1) as url:
        found = said_by(__file__, url, str(looks), str(first))
    ratio = round(found["end_mb"] / found["first_mb"], 3)
    return [
        {
            "figure": f"memory after {looks:,} looks beside after {first:,}, MB",
            "ours": round(found["end_mb"], 1),
            "reference": round(found["first_mb"], 1),
            "ratio": ratio,
            "bar": _GROWTH,
            "holds": ratio <= _GROWTH,
        },
        {
            "figure": f"timers of the loop alive after {looks:,} looks, most",
            "ours": found["timers"],
            "reference": "",
            "ratio": "",
            "bar": _MOST_TIMERS,
            "holds": found["timers"] <= _MOST_TIMERS,
        },
    ]


async def _look(url: str, looks: int, first: int) -> dict[str, float]:
    from jobs_service import jobs_service

    from app.platform.clock import SystemClock
    from app.pleo.client import PleoClient
    from app.pleo.connection import Credential, open_channels
    from app.pleo.limiter import RequestLimiter
    from app.storage.history.history import History
    from app.storage.history.store import HistoryStore
    from app.watching.jobs_watch import JobsWatch
    from app.watching.schedule import PollingConditions, Watching
    from ui.common.event_loop import WindowLoop

    channels = await open_channels(url, Credential("key"))
    clock, loop = SystemClock(), asyncio.get_running_loop()
    assert isinstance(loop, WindowLoop)
    jobs = jobs_service(PleoClient(channels, RequestLimiter(clock, window_seconds=0)), clock)
    history = History(HistoryStore(Path("never written")), "here")
    watch = JobsWatch(jobs, history, clock, Watching, PollingConditions)
    found: dict[str, float] = {"timers": 0}
    for number in range(1, looks + 1):
        await watch.look()
        assert watch.known.trouble is None
        found["timers"] = max(found["timers"], loop.timers())
        if number in (first, looks):
            gc.collect()
            found["first_mb" if number == first else "end_mb"] = _memory_mb()
    await channels.close()
    return found


def _memory_mb() -> float:
    """What the process holds of the machine's memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from on_qt import on_qt

    url, looks, first = sys.argv[1:]
    print(json.dumps(on_qt(_look(url, int(looks), int(first)))))
