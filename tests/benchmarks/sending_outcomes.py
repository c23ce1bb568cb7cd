"""What sending 10,000 outcomes costs beside the same requests sent bare by httpx, one after another.

The sandbox is a process of its own, and the limiter is off in both. The same requests are all that the sender makes:
the reads before and after, and a hundred updates. What the updates alone take is told beside it.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

import httpx

from app.composition.compose import compose
from app.composition.sandbox_process import SandboxProcess, sandbox_sign_in
from app.composition.services import Services
from app.jobs.service import JobScope
from app.models.draft import Draft
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Item, JobId
from app.platform.clock import SystemClock
from app.settings.credentials import SessionCredentials

SCENARIO = "large"  # 10,000 items
ROUNDS = 5

Figure = dict[str, object]


@dataclass
class Recorded:
    """The requests of one sending, as they went over the wire."""

    requests: list[tuple[str, str, bytes]] = field(default_factory=list)

    async def note(self, request: httpx.Request) -> None:
        self.requests.append((request.method, request.url.raw_path.decode(), request.content))


def figures() -> list[Figure]:
    child = SandboxProcess()
    try:
        with tempfile.TemporaryDirectory() as folder:
            return asyncio.run(_measured(child.start(SCENARIO), Path(folder)))
    finally:
        child.stop()


async def _measured(url: str, folder: Path) -> list[Figure]:
    ours, reference, updates, again = [], [], [], []
    for number in range(ROUNDS):
        # A journal of its own: how much of a job was sent before is another question.
        async with _services(url, folder / str(number)) as services:
            job = (await services.jobs.list_jobs(JobScope.ALL)).jobs[0]
            ours.append(await _send(services, await services.completion.read(job.id), f"ours-{number}"))
            again.append(await _send(services, await services.completion.read(job.id), f"again-{number}"))
            if not number:
                recorded = await _record(services, job.id)
        seconds = await _bare(url, recorded, f"bare-{number}")
        reference.append(sum(seconds.values()))
        updates.append(seconds["PUT"])
    count = sum(method == "PUT" for method, _, _ in recorded.requests)
    return [
        _figure(
            f"sending 10,000 outcomes, s (reference: the same {len(recorded.requests)} requests bare)",
            median(ours),
            median(reference),
            1.5,
        ),
        _figure(f"the same beside its {count} updates bare, without any read", median(ours), median(updates), None),
        _figure("sending all of them anew, with the first sending in the journal", median(again), median(ours), None),
    ]


@asynccontextmanager
async def _services(url: str, folder: Path) -> AsyncIterator[Services]:
    folder.mkdir()
    services = await compose(folder=folder, credentials=SessionCredentials(), environment={}).services.open(
        sandbox_sign_in(url)
    )
    try:
        yield services
    finally:
        await services.close()


async def _record(services: Services, job_id: JobId) -> Recorded:
    recorded = Recorded()
    snapshot = await services.completion.read(job_id)
    channels = services.channels
    clients = [client for client in (channels.reads, channels.writes, channels.batches) if client]
    for client in clients:
        client.event_hooks["request"] = [recorded.note]
    await _send(services, snapshot, "recorded")
    for client in clients:
        client.event_hooks["request"] = []
    return recorded


async def _send(services: Services, snapshot: JobSnapshot, name: str) -> float:
    """Seconds from the wish to the judgement, with a number in the books that no item has yet."""
    at = SystemClock().now()
    outcomes = [
        ItemOutcome(item.accounting_entry_id, Item.SUCCESSFUL, external_id=f"{name}-{number}")
        for number, item in enumerate(snapshot.items)
    ]
    drafts = {outcome.accounting_entry_id: Draft(outcome, "Ann", at, "Seen in the ledger") for outcome in outcomes}
    seen = {item.accounting_entry_id: item for item in snapshot.items}
    began = perf_counter()
    result = await services.updates.send(snapshot.job.id, outcomes, lambda *_: None, drafts=drafts, seen=seen)
    seconds = perf_counter() - began
    assert len(result.arrived) == len(outcomes)
    return seconds


async def _bare(url: str, recorded: Recorded, name: str) -> dict[str, float]:
    """Seconds by method; every answer is read to its end and none is understood."""
    seconds = {"GET": 0.0, "PUT": 0.0}
    async with httpx.AsyncClient(base_url=url, auth=("key", ""), trust_env=False) as client:
        for method, path, content in recorded.requests:
            body = content.replace(b'"recorded-', f'"{name}-'.encode())
            began = perf_counter()
            response = await client.request(method, path, content=body, headers={"Content-Type": "application/json"})
            seconds[method] += perf_counter() - began
            assert response.status_code == 200
    return seconds


def _figure(figure: str, ours: float, reference: float, bar: float | None) -> Figure:
    ratio = ours / reference
    line: Figure = {
        "figure": figure,
        "ours": round(ours, 3),
        "reference": round(reference, 3),
        "ratio": round(ratio, 2),
    }
    return line if bar is None else line | {"bar": bar, "holds": ratio <= bar}


if __name__ == "__main__":
    for line in figures():
        print(line)
