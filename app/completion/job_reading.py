"""Reading a job whole: what every service that judges one, shows one or sends for one begins with."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.completion.attempt_record import attempts_among
from app.completion.ending import Ending, ended_by, ended_from_here, ending_of
from app.completion.evidence import EVENT, OpenAttempt, Origin
from app.completion.freshness import LowerBounds, bounds_recorded_in, older_state
from app.completion.row_shapes import must_be_readable
from app.errors import JournalProblem, OlderRead
from app.messages import said
from app.models.export_job import ExportJob
from app.models.journal_row import JournalRow
from app.models.snapshot import JobSnapshot, OlderState
from app.models.vocabulary import JobId
from app.platform.clock import Clock
from app.ports import JobSource, Journal, ReadProgress
from app.texts.phrases import clock_time, date_and_time, is_same_day

# Above this many items they are compared in a thread: 100,000 of them take some 30 ms.
_COMPARED_AT_ONCE: Final = 2_000
# Rows of the journal; one can hold a hundred outcomes.
_ROWS_AT_ONCE: Final = 40


async def read_job_whole(
    pleo: JobSource, job_id: JobId, clock: Clock, on_progress: ReadProgress | None = None
) -> JobSnapshot:
    """The job and all its item rows as Pleo tells them. Progress is of as many rows as the job says where Pleo gives no
    total.

    Raises PleoProblem.
    """
    job = await pleo.get_job(job_id)

    def report(read: int, total: int | None) -> None:
        if on_progress:
            on_progress(read, total or job.number_of_items)

    items = await pleo.list_items(job_id, report)
    return JobSnapshot(job, items, clock.now())


def older_read(newer_seen_at: datetime, now: datetime) -> OlderRead:
    if is_same_day(newer_seen_at, now):
        return OlderRead(said("Pleo shows an older state than at {time}", time=clock_time(newer_seen_at)))
    return OlderRead(said("Pleo shows an older state than at {moment}", moment=date_and_time(newer_seen_at)))


class JobReader:
    """Reads jobs whole over one connection, and marks what is older than a state that was seen before: in this run, or
    by what the journal proves. One for all services of the connection, so that what one has seen holds for the others.
    """

    def __init__(self, pleo: JobSource, journal: Journal, clock: Clock, origin: Origin, settle_seconds: float) -> None:
        self._pleo = pleo
        self._journal = journal
        self._clock = clock
        self._origin = origin
        self._settle_seconds = settle_seconds
        self._bounds: dict[JobId, LowerBounds] = {}
        self._recorded: set[JobId] = set()

    async def read(
        self, job_id: JobId, on_progress: ReadProgress | None = None, *, journal_too: bool = False
    ) -> JobSnapshot:
        """The job and all its item rows; `older` says where Pleo showed a newer state before. `journal_too`: what other
        processes wrote into the journal since is looked at again, as before a send.

        Raises PleoProblem, and JournalProblem with `journal_too`.
        """
        fresh = await read_job_whole(self._pleo, job_id, self._clock, on_progress)
        bounds = await self._bounds_of(job_id, journal_too=journal_too)
        older = await self._compared(fresh, bounds)
        if older:
            return replace(fresh, older=older)
        self._bounds[job_id] = replace(bounds.raised_by(fresh.job, fresh.read_at), snapshot=fresh)
        return fresh

    async def read_back(self, job_id: JobId) -> ExportJob:
        """The job without its items, as after a send. Raises PleoProblem, OlderRead for one that is older than what was
        seen."""
        job = await self._pleo.get_job(job_id)
        bounds = self._bounds.get(job_id, LowerBounds())
        if bounds.is_above(job):
            now = self._clock.now()
            raise older_read(bounds.seen_at or now, now)
        self.saw((job,))
        return job

    def saw(self, jobs: Iterable[ExportJob]) -> None:
        """What a list of jobs told."""
        now = self._clock.now()
        for job in jobs:
            self._bounds[job.id] = self._bounds.get(job.id, LowerBounds()).raised_by(job, now)

    def must_look_again(self, job_id: JobId) -> None:
        """Outcomes of the job were reported: the next read is held against the journal anew."""
        self._recorded.discard(job_id)

    async def ended_from_here(self, job: ExportJob) -> bool | None:
        """Whether an event of this machine's journal ended the job; None where no event did, while the job runs, and
        where the journal cannot be read."""
        attempts = await self._events_of(job)
        return None if attempts is None else ended_from_here(job, attempts)

    async def ended_by(self, job: ExportJob) -> str:
        """Who ended the job, as this machine's journal has it; "" where it does not know."""
        return ended_by(job, await self._events_of(job) or ())

    async def _events_of(self, job: ExportJob) -> Sequence[OpenAttempt] | None:
        """The attempts at an event of a job that one has ended; None for another job, and where the journal cannot be
        read."""
        if ending_of(job) is not Ending.EVENT:
            return None
        try:
            rows = await self._journal.rows_of_job(job.id)
            if len(rows) <= _ROWS_AT_ONCE:
                return attempts_among(rows, EVENT, self._origin)
            return await asyncio.to_thread(attempts_among, rows, EVENT, self._origin)
        except JournalProblem:
            return None

    async def _bounds_of(self, job_id: JobId, *, journal_too: bool) -> LowerBounds:
        known = self._bounds.get(job_id, LowerBounds())
        if job_id in self._recorded and not journal_too:
            return known
        try:
            rows = await self._journal.rows_of_job(job_id)
            if len(rows) <= _ROWS_AT_ONCE:
                recorded = self._recorded_in(rows)
            else:
                recorded = await asyncio.to_thread(self._recorded_in, rows)
        except JournalProblem:
            if journal_too:
                raise
            # A job can be looked at without it: before a send the journal is proved anew.
            return known
        self._recorded.add(job_id)
        self._bounds[job_id] = known.beside(recorded)
        return self._bounds[job_id]

    def _recorded_in(self, rows: Sequence[JournalRow]) -> LowerBounds:
        must_be_readable(rows)
        return bounds_recorded_in(rows, self._origin)

    async def _compared(self, fresh: JobSnapshot, bounds: LowerBounds) -> OlderState | None:
        if len(fresh.items) <= _COMPARED_AT_ONCE:
            return older_state(fresh, bounds, self._settle_seconds)
        return await asyncio.to_thread(older_state, fresh, bounds, self._settle_seconds)
