"""Reading a job of 100,000 items with its accounting data, in pages of 100 over loopback.

Ours is from the first request to the last entry, under plain asyncio; the reference is httpx with json.loads alone over
the same pages. Both read turn and turn about, each in a process of its own; the least of the turns counts. Twice: from
a server that only sends pages made before, and from the sandbox, which makes its entries up while it is asked.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from apart import ROOT, said_by

SIZE = 100_000
TURNS = 3
_RATIO = 1.6
_LONGEST_HOLD_MS = 50
_USUAL_HOLD_MS = 16

Figure = dict[str, object]


def figures(size: int = SIZE) -> list[Figure]:
    from served_pages import served_pages

    with served_pages(size) as pages:
        found = loading_figures("from a server that only sends", __file__, pages.url, pages.job_id, TURNS)
    with _sandbox(size) as (url, job_id):
        found += loading_figures("from the sandbox", __file__, url, job_id, 1)
    return found


def loading_figures(how: str, file: str, url: str, job_id: str, turns: int) -> list[Figure]:
    """The least of the turns, of which `file` is asked for the seconds and for the holds of the loop."""
    ours, references = [], []
    for _ in range(turns):
        references.append(said_by(__file__, "reference", url, job_id)["seconds"])
        ours.append(said_by(file, "seconds", url, job_id) | said_by(file, "holds", url, job_id))
    seconds, reference = min(turn["seconds"] for turn in ours), min(references)
    ratio = round(seconds / reference, 2)
    found: list[Figure] = [
        {
            "figure": f"loading 100,000 items {how}, s",
            "ours": round(seconds, 2),
            "reference": round(reference, 2),
            "ratio": ratio,
            "bar": _RATIO,
            "holds": ratio <= _RATIO,
        }
    ]
    for name, bar in (("longest", _LONGEST_HOLD_MS), ("99.9th percentile", _USUAL_HOLD_MS)):
        held = round(min(turn[name] for turn in ours), 1)
        found.append(
            {
                "figure": f"event loop held, loading {how}, {name}, ms",
                "ours": held,
                "reference": "",
                "ratio": "",
                "bar": bar,
                "holds": held <= bar,
            }
        )
    return found


@contextmanager
def _sandbox(size: int) -> Iterator[tuple[str, str]]:
    serve = f"from app.sandbox.server import serve; serve('large', size={size}, stop_at_eof=True)"
    with subprocess.Popen(
        [sys.executable, "-c", serve], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        assert server.stdout
        url = server.stdout.readline().strip()
        import httpx

        with httpx.Client(base_url=url, trust_env=False, auth=("key", "")) as client:
            job_id = client.get("/v3/export-jobs").json()["data"][0]["id"]
        yield url, job_id
        server.communicate()


async def reference(_what: str, url: str, job_id: str) -> dict[str, float]:
    """httpx and json.loads, and nothing else."""
    import httpx

    lists: list[tuple[str, dict[str, Any]]] = [
        (f"/v3/export-jobs/{job_id}/items", {}),
        ("/v3/export-items", {"job_id": job_id}),
    ]
    async with httpx.AsyncClient(base_url=url, trust_env=False, auth=("key", "")) as client:
        began = perf_counter()
        for path, query in lists:
            after: dict[str, str] = {}
            while True:
                answer = await client.get(path, params=query | {"limit": 100} | after)
                page = json.loads(answer.content)
                if not page["pagination"]["hasNextPage"]:
                    break
                after = {"after": page["pagination"]["endCursor"]}
        return {"seconds": perf_counter() - began}


async def ours(what: str, url: str, job_id: str) -> dict[str, float]:
    """The jobs service over the client, as the window calls them. Pleo's limit of requests a minute is left out."""
    from jobs_service import jobs_service

    from app.jobs.job_list import JobScope
    from app.models.vocabulary import JobId
    from app.platform.clock import SystemClock
    from app.pleo.client import PleoClient
    from app.pleo.connection import Credential, open_channels
    from app.pleo.limiter import RequestLimiter

    channels = await open_channels(url, Credential("key"))
    clock = SystemClock()
    service = jobs_service(PleoClient(channels, RequestLimiter(clock, window_seconds=0)), clock)
    await service.list_jobs(
        JobScope.ALL
    )  # the list is on screen before a job is opened; the first request imports more
    holds: list[float] = []
    beat = asyncio.create_task(_beat(holds)) if what == "holds" else None
    await asyncio.sleep(0.01)
    told: list[int] = []
    began = perf_counter()
    snapshot = await service.open_job(JobId(job_id), lambda read, _: told.append(read))
    accounting = await service.read_accounting_data(JobId(job_id), lambda read, _: told.append(read))
    seconds = perf_counter() - began
    await channels.close()
    assert len(snapshot.items) == len(accounting.entries) == told[-1]
    if beat is None:
        return {"seconds": seconds}
    beat.cancel()
    holds.sort()
    return {"longest": holds[-1] * 1e3, "99.9th percentile": holds[int(len(holds) * 0.999)] * 1e3}


async def _beat(holds: list[float], pause_seconds: float = 0.001) -> None:
    """How much later than wished the loop comes back, again and again."""
    while True:
        began = perf_counter()
        await asyncio.sleep(pause_seconds)
        holds.append(perf_counter() - began - pause_seconds)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    turn = reference if sys.argv[1] == "reference" else ours
    print(json.dumps(asyncio.run(turn(*sys.argv[1:]))))
