"""What the journal costs: beside the same completion without one, and on disk after ten thousand completions."""

import asyncio
import json
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from app.completion.attempt import Outcome, Standing
from app.completion.attempt_record import AttemptRecord
from app.completion.evidence import Kind
from app.completion.failure import IntegrationSpecification
from app.completion.preview import Preview
from app.completion.service import CompletionService
from app.composition.compose import compose
from app.composition.sandbox_process import sandbox_sign_in
from app.models.vocabulary import JobId
from app.platform.clock import SystemClock
from app.ports import Journal
from app.settings.credentials import SessionCredentials
from app.storage.journal.journal import Journal as JournalOnDisk
from app.storage.journal.store import FILE_NAME, JournalStore, verify

sys.path.insert(0, str(Path(__file__).parents[1]))  # fakes
from fakes.running_sandbox import RunningSandbox

SCENARIO = "some failed"
ROUNDS = 30
COMPLETIONS = 10_000

Figure = dict[str, object]


class NoJournal:
    """Forgets everything, and lets everybody in."""

    async def append(self, attempt: str, kind: str, content: Mapping[str, Any]) -> None:
        json.dumps(content)

    async def append_all(self, entries: Sequence[tuple[str, str, Mapping[str, Any]]]) -> None:
        json.dumps(entries)

    async def prove(self, job_id: str, is_readable: Callable[[Any], bool]) -> None:
        pass

    async def confirm(
        self, job_id: str, code: str, witness: Mapping[str, str], is_readable: Callable[[Any], bool]
    ) -> None:
        pass

    async def rows(self, attempt: str | None = None) -> tuple[()]:
        return ()

    async def rows_of_job(self, job_id: str) -> tuple[()]:
        return ()

    async def unsettled(self) -> tuple[str, ...]:
        return ()

    async def intentions(self, job_id: str) -> tuple[()]:
        return ()

    @asynccontextmanager
    async def hold(self, job_id: str) -> AsyncIterator[None]:
        yield


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        rows, completion = asyncio.run(_completions(Path(folder)))
        return [completion, *_ten_thousand(Path(folder) / "many", rows)]


async def _completions(folder: Path) -> tuple[list[tuple[str, str]], Figure]:
    """The rows that one completion writes, and how much longer it takes with them."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    with RunningSandbox(SCENARIO) as sandbox:
        composition = compose(folder=folder, credentials=SessionCredentials())
        services = await composition.services.open(sandbox_sign_in(sandbox.url))
        try:
            for at in range(2 * ROUNDS + 4):
                # The sandbox's job begins anew, which no journal would believe.
                on_disk = JournalOnDisk(folder / str(at), SystemClock())
                await on_disk.append("open already", Kind.READ, {})
                journal: Journal = on_disk if at % 2 else NoJournal()
                sandbox.load(SCENARIO)
                service = CompletionService(services.pleo, journal, SystemClock(), IntegrationSpecification())
                snapshot = await service.read(JobId(sandbox.world.job_id))
                preview = service.preview(snapshot)
                assert isinstance(preview, Preview)
                began = perf_counter()
                outcome = await service.submit(preview, lambda _: None)
                if at >= 4:
                    seconds[journal is on_disk].append(perf_counter() - began)
                assert isinstance(outcome, Outcome)
                assert outcome.standing is Standing.CONFIRMED
                written = [(row.kind, row.content) for row in await on_disk.rows(outcome.attempt)]
                on_disk.close()
        finally:
            await services.close()
    ours, reference = (median(seconds[with_journal]) * 1000 for with_journal in (True, False))
    return written, _figure("completion with the journal, ms (reference: without one)", ours, reference, 3.0)


def _ten_thousand(folder: Path, rows: list[tuple[str, str]]) -> list[Figure]:
    """What as many completions leave on disk, and how long the questions about them take."""
    contents = [(kind, json.loads(content)) for kind, content in rows]
    store, now = JournalStore(folder), SystemClock().now()
    store.append("open", Kind.INTENDED, contents[0][1], now)
    # Waiting for the disk fifty thousand times is no part of what is measured here.
    with store._file.connection() as connection:
        connection.execute("PRAGMA synchronous = OFF")
    for _ in range(COMPLETIONS):
        attempt = AttemptRecord(NoJournal()).id
        for kind, content in contents:
            store.append(attempt, kind, content, now)
    open_seconds = _seconds(store.unsettled)
    assert store.unsettled() == ("open",)
    store.close()
    path = folder / FILE_NAME
    texts = COMPLETIONS * sum(len(kind) + len(content) for kind, content in rows)
    reading = _seconds(lambda: _read_all(path))
    verifying = _seconds(lambda: verify(path))
    return [
        _figure("journal of 10,000 completions, bytes (reference: the texts alone)", path.stat().st_size, texts, 4.0),
        _figure("verify-journal over it, s (reference: reading it)", verifying, reading, 12.0),
        _figure("finding what is open in it, s (reference: reading it)", open_seconds, reading, 1.0),
    ]


def _read_all(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for _ in connection.execute("SELECT * FROM entry ORDER BY sequence"):
            pass


def _seconds(act: Callable[[], object]) -> float:
    found = []
    for _ in range(3):
        began = perf_counter()
        act()
        found.append(perf_counter() - began)
    return min(found)


def _figure(figure: str, ours: float, reference: float, bar: float) -> Figure:
    ratio = ours / reference
    return {
        "figure": figure,
        "ours": round(ours, 3),
        "reference": round(reference, 3),
        "ratio": round(ratio, 2),
        "bar": bar,
        "holds": ratio <= bar,
    }


if __name__ == "__main__":
    for line in figures():
        print(line)
