"""The rows of attempts in the journal: found again where they were left open, and written as an attempt goes on."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.completion.attempt import Answer, Outcome, Standing
from app.completion.evidence import Kind, OpenAttempt, Origin, answer_content, attempt_recorded_in, job_content
from app.completion.row_shapes import must_be_readable
from app.errors import JournalProblem, JournalUnreadable, PleoProblem
from app.models.journal_row import JournalEntry, JournalRow
from app.models.page import ItemUpdateError
from app.models.vocabulary import JobId
from app.ports import Journal


async def jobs_left_open(journal: Journal, what: str, origin: Origin) -> tuple[JobId, ...]:
    """Those of this connection: another one's job may not be readable with this credential. An attempt whose rows
    cannot be read stops nothing but its own job, once that is sent for. Raises JournalProblem."""
    found = [each.job_id for each in await _open_attempts(journal, what) if each.origin.is_same_connection(origin)]
    return tuple(dict.fromkeys(found))


async def open_attempts_of(journal: Journal, what: str, job_id: JobId, origin: Origin) -> tuple[OpenAttempt, ...]:
    """Every one of the job at this server, whichever credential sent it. Raises JournalProblem, also where rows of one
    cannot be read."""
    found = await _open_attempts(journal, what, job_id)
    return tuple(each for each in found if each.job_id == job_id and each.origin.address == origin.address)


async def attempts_of(journal: Journal, what: str, job_id: JobId, origin: Origin) -> tuple[OpenAttempt, ...]:
    """Every one of the job at this server that was ever intended, oldest first. Raises JournalProblem."""
    return attempts_among(await journal.rows_of_job(job_id), what, origin)


def attempts_among(rows: Iterable[JournalRow], what: str, origin: Origin) -> tuple[OpenAttempt, ...]:
    """Those at this server that rows of one job record, oldest first. Raises JournalUnreadable."""
    by_attempt: dict[str, list[JournalRow]] = {}
    for row in rows:
        by_attempt.setdefault(row.attempt, []).append(row)
    found = (recorded_attempt(its_rows) for its_rows in by_attempt.values())
    return tuple(each for each in found if each and each.what == what and each.origin.address == origin.address)


def recorded_attempt(rows: Sequence[JournalRow]) -> OpenAttempt | None:
    """The attempt that these rows record; None where its intention is not among them. Raises JournalUnreadable."""
    must_be_readable(rows)
    return attempt_recorded_in(rows)


async def intentions_of(journal: Journal, job_id: JobId) -> Sequence[JournalRow]:
    """What was ever intended for the job, all of it readable. Raises JournalProblem."""
    intentions = await journal.intentions(job_id)
    must_be_readable(intentions)
    return intentions


def as_read(outcome: Outcome) -> dict[str, Any]:
    """The job as it was read last, in the journal's words."""
    return job_content(outcome.job, outcome.read_problem)


async def _open_attempts(journal: Journal, what: str, job_id: JobId | None = None) -> tuple[OpenAttempt, ...]:
    """Oldest first; those whose rows cannot be read are left out unless they are the job's."""
    found = []
    for attempt in await journal.unsettled():
        try:
            found.append(recorded_attempt(await journal.rows(attempt)))
        except JournalUnreadable:
            if job_id and any(row.attempt == attempt for row in await journal.intentions(job_id)):
                raise
    return tuple(each for each in found if each and each.what == what)


@dataclass(slots=True)
class AttemptRecord:
    """Writes one attempt's rows. Before the request has left, a journal that cannot be written stops everything;
    after it, the truth about the request comes first, and the trouble is kept in `problem` for the user."""

    journal: Journal
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    problem: JournalProblem | None = None
    last_read: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, journal: Journal, attempt: OpenAttempt) -> "AttemptRecord":
        """Goes on with one that has rows already."""
        return cls(journal, attempt.id, last_read=attempt.last_read)

    async def intended(self, content: Mapping[str, Any]) -> None:
        await self.journal.append(self.id, Kind.INTENDED, content)

    async def sent(self, content: Mapping[str, Any]) -> None:
        await self.journal.append(self.id, Kind.SENT, content)

    async def answered(
        self, answer: Answer, problem: PleoProblem | None, errors: Iterable[ItemUpdateError] = ()
    ) -> None:
        await self._note(self.row(Kind.ANSWERED, answer_content(answer, problem, errors)))

    async def read(self, content: Mapping[str, Any]) -> None:
        """The same state read again and again is written once."""
        await self._note(*self._read_anew(content))

    async def judged(self, standing: Standing, **more: Any) -> None:
        await self._note(self.row(Kind.JUDGED, {"standing": standing.value} | more))

    async def ended(self, found: Mapping[str, Any], standing: Standing) -> None:
        """The last read and the judgement that it led to, with one wait for the disk. An attempt that is still unknown
        is not judged: it stays open, and the next start asks again."""
        entries = self._read_anew(found)
        if standing is not Standing.UNKNOWN:
            entries.append(self.row(Kind.JUDGED, {"standing": standing.value}))
        await self._note(*entries)

    async def released(self, by: str, saw: str) -> None:
        """Raises JournalProblem: nothing was sent meanwhile, and a release that is not written down is none."""
        await self.journal.append(self.id, Kind.JUDGED, {"standing": Standing.RELEASED.value, "by": by, "saw": saw})

    def row(self, kind: Kind, content: Mapping[str, Any]) -> JournalEntry:
        """For whoever writes the rows of several attempts at one stroke."""
        return self.id, kind, content

    def ending(self, found: Mapping[str, Any], standing: Standing) -> list[JournalEntry]:
        """The rows of a read and of the judgement that it led to."""
        entries = self._read_anew(found)
        if standing is not Standing.UNKNOWN:
            entries.append(self.row(Kind.JUDGED, {"standing": standing.value, **found}))
        return entries

    def _read_anew(self, found: Mapping[str, Any]) -> list[JournalEntry]:
        if found == self.last_read:
            return []
        self.last_read = found
        return [self.row(Kind.READ, found)]

    async def _note(self, *entries: JournalEntry) -> None:
        if not entries:
            return
        try:
            await self.journal.append_all(entries)
        except JournalProblem as problem:
            self.problem = problem


class PendingRows:
    """Writes the rows of attempts that follow each other: what became of one goes with the intention of the next, so
    that a batch waits for the disk once. Lost with the process in between, it counts as an answer that was lost."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._waiting: list[JournalEntry] = []

    def add(self, *entries: JournalEntry) -> None:
        """With the next ones that are written."""
        self._waiting += entries

    async def write(self, *entries: JournalEntry) -> None:
        """On disk when this returns, with all that waited. Raises JournalProblem."""
        self.add(*entries)
        if self._waiting:
            rows, self._waiting = self._waiting, []
            await self._journal.append_all(rows)

    async def finish(self) -> JournalProblem | None:
        """After the requests have left: the trouble is told beside the truth about them."""
        try:
            await self.write()
        except JournalProblem as problem:
            return problem
        return None
