"""A journal in memory, behind the door of app/completion."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fakes.clocks import FakeClock

from app.errors import JobBusy, JournalInDoubt, JournalProblem
from app.platform.clock import Clock


@dataclass(frozen=True)
class FakeRow:
    attempt: str
    kind: str
    content: str
    at: str
    sequence: int


class FakeJournal:
    """`written` are the rows in order. `fails_at` names the kinds of row that cannot be written, `doubt`
    is what speaks against it until it is confirmed."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or FakeClock()
        self.written: list[FakeRow] = []
        self.fails_at: set[str] = set()
        self._held: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.busy_jobs: set[str] = set()
        self.doubt: JournalInDoubt | None = None
        self.confirmed: dict[str, Mapping[str, str]] = {}

    async def append(self, attempt: str, kind: str, content: Mapping[str, Any]) -> None:
        if kind in self.fails_at:
            raise JournalProblem("The journal cannot be written: disk full")
        at, number = self._clock.now().isoformat(), len(self.written) + 1
        self.written.append(FakeRow(attempt, str(kind), json.dumps(content), at, number))

    async def append_all(self, entries: Sequence[tuple[str, str, Mapping[str, Any]]]) -> None:
        for entry in entries:
            await self.append(*entry)

    async def prove(self, job_id: str, is_readable: Callable[[Any], bool]) -> None:
        if self.doubt and self.doubt.code not in self.confirmed:
            raise self.doubt

    async def confirm(
        self, job_id: str, code: str, witness: Mapping[str, str], is_readable: Callable[[Any], bool]
    ) -> None:
        if self.doubt and self.doubt.code != code:
            raise self.doubt
        self.confirmed[code] = witness

    async def rows(self, attempt: str | None = None) -> tuple[FakeRow, ...]:
        return tuple(row for row in self.written if attempt in (None, row.attempt))

    async def rows_of_job(self, job_id: str) -> tuple[FakeRow, ...]:
        attempts = {row.attempt for row in await self.intentions(job_id)}
        return tuple(row for row in self.written if row.attempt in attempts)

    async def unsettled(self) -> tuple[str, ...]:
        judged = {row.attempt for row in self.written if row.kind == "judged"}
        return tuple(dict.fromkeys(row.attempt for row in self.written if row.attempt not in judged))

    async def intentions(self, job_id: str) -> tuple[FakeRow, ...]:
        intended = (row for row in self.written if row.kind == "intended")
        return tuple(row for row in intended if json.loads(row.content)["job_id"] == job_id)

    @asynccontextmanager
    async def hold(self, job_id: str) -> AsyncIterator[None]:
        if job_id in self.busy_jobs:
            raise JobBusy("Another Signoff is sending something for this job right now")
        async with self._held[job_id]:
            yield

    def kinds(self) -> list[str]:
        return [row.kind for row in self.written]

    def contents(self, kind: str) -> list[dict[str, Any]]:
        return [json.loads(row.content) for row in self.written if row.kind == kind]
