"""What the journal keeps of an attempt, and what can be told from it afterwards."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from app.completion.attempt import Answer, Standing
from app.completion.tally import tally
from app.errors import JournalProblem, NotAllowed, NotSignedIn, PleoProblem, Refused, ServerWords
from app.models.address import one_spelling
from app.models.export_job import ExportJob
from app.models.export_job_event import ExportJobEvent
from app.models.page import ItemUpdateError
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EventType, FailureType, JobId

# What an attempt is about; who had drafted the outcomes of an item update, and what Pleo told of items before it.
EVENT = "event"
ITEM_UPDATE = "item_update"
DRAFTED = "drafted"
BEFORE = "before"


class Kind(StrEnum):
    INTENDED = "intended"  # the user's wish, and what it was based on
    SENT = "sent"  # the request leaves now
    ANSWERED = "answered"
    READ = "read"  # the job, or the items, as read back
    JUDGED = "judged"  # the end of the attempt; nothing of it is open any more


class Row(Protocol):
    """One line of the journal; `content` is JSON."""

    @property
    def attempt(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def at(self) -> str:
        """UTC in ISO 8601."""

    @property
    def content(self) -> str: ...


def fingerprint(snapshot: JobSnapshot) -> str:
    """SHA-256 over everything that an event depends on, whatever the order of the rows."""
    rows = sorted(
        (item.accounting_entry_id, item.status, item.failure_reason or "", item.failure_reason_type or "")
        for item in snapshot.items
    )
    basis = [snapshot.job.id, snapshot.job.status, snapshot.job.number_of_items, rows]
    return hashlib.sha256(json.dumps(basis, ensure_ascii=True).encode()).hexdigest()


def basis_of(snapshot: JobSnapshot) -> dict[str, Any]:
    """The snapshot that a decision rests on, in the journal's words."""
    return {
        "fingerprint": fingerprint(snapshot),
        "counts": dict(tally(snapshot.items).by_status),
        "number_of_items": snapshot.job.number_of_items,
        "job_status": snapshot.job.status,
        "read_at": snapshot.read_at.isoformat(),
    }


def answer_content(
    answer: Answer, problem: PleoProblem | None, errors: Iterable[ItemUpdateError] = ()
) -> dict[str, Any]:
    said = {"server": asdict(problem.words)} if isinstance(problem, Refused) else {}
    refused = [asdict(error) for error in errors]
    told = {"answer": answer.value, "problem": problem.title if problem else None}
    return told | said | ({"errors": refused} if refused else {})


def job_content(job: ExportJob | None, problem: PleoProblem | None) -> dict[str, Any]:
    if job is None:
        return {"problem": problem.title if problem else None}
    return {
        "job_status": job.status,
        "failure_reason": job.failure_reason,
        "failure_reason_type": job.failure_reason_type,
    }


@dataclass(frozen=True, slots=True)
class Origin:
    """Who sends, and over which connection; for the journal. No secret."""

    who: str = ""
    connection: str = ""

    @property
    def address(self) -> str:
        """The server behind the connection, whose name begins with it. Rows hold it as it was typed."""
        return one_spelling(self.connection.partition(" ")[0])

    def is_same_connection(self, other: "Origin") -> bool:
        mine, theirs = (each.connection.partition(" ")[2] for each in (self, other))
        return mine == theirs and self.address == other.address


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt as the journal tells it, before anything more is read. `answer` is None where none was recorded;
    `problem` is the one that the answer was, in the same words; `sent_at` is when its last send left; `judged` is where
    the attempt ended."""

    id: str
    intention: Mapping[str, Any]
    was_sent: bool
    answer: Answer | None
    problem: PleoProblem | None
    errors: tuple[ItemUpdateError, ...] = ()
    last_read: Mapping[str, Any] | None = None
    judged: Standing | None = None
    sent_at: datetime | None = None

    @property
    def what(self) -> str:
        what: str = self.intention["what"]
        return what

    @property
    def origin(self) -> Origin:
        return Origin(self.intention["who"], self.intention["connection"])

    @property
    def job_id(self) -> JobId:
        return JobId(self.intention["job_id"])

    @property
    def event(self) -> ExportJobEvent:
        """The event as it was sent, from the recorded body."""
        body = json.loads(self.intention["body"])
        kind = body.get("failureReasonType")
        return ExportJobEvent(
            EventType(body["event"]),
            JobId(body["jobId"]),
            body.get("failureReason"),
            FailureType(kind) if kind is not None else None,
        )


def told_by(rows: Iterable[Row]) -> OpenAttempt | None:
    """The attempt that these rows record; None where its intention is not among them.

    Only the last send counts: a new one is recorded only after the one before it surely did not arrive.
    """
    attempt, intention = "", None
    was_sent = False
    answer: Answer | None = None
    problem: PleoProblem | None = None
    errors: tuple[ItemUpdateError, ...] = ()
    last_read: Mapping[str, Any] | None = None
    judged: Standing | None = None
    sent_at: datetime | None = None
    for row in rows:
        content = json.loads(row.content)
        match row.kind:
            case Kind.INTENDED:
                attempt, intention = row.attempt, content
            case Kind.SENT:
                was_sent, answer, problem, errors = True, None, None, ()
                sent_at = datetime.fromisoformat(row.at)
            case Kind.ANSWERED:
                answer, problem = Answer(content["answer"]), _problem_told(content)
                errors = tuple(ItemUpdateError(**error) for error in content.get("errors", ()))
            case Kind.READ:
                last_read = content
            case Kind.JUDGED:
                judged = judged or Standing(content["standing"])
    if intention is None:
        return None
    return OpenAttempt(attempt, intention, was_sent, answer, problem, errors, last_read, judged, sent_at)


def _problem_told(content: Mapping[str, Any]) -> PleoProblem | None:
    if content["problem"] is None:
        return None
    if "server" not in content:
        return PleoProblem(content["problem"])
    words = ServerWords(**content["server"])
    kind = {401: NotSignedIn, 403: NotAllowed}.get(words.status, Refused)
    return kind(content["problem"], words)


# Attempt, kind, content.
Entry = tuple[str, str, Mapping[str, Any]]


class Journal(Protocol):
    """Every method raises JournalProblem."""

    async def append(self, attempt: str, kind: str, content: Mapping[str, Any]) -> None:
        """On disk when this returns."""

    async def append_all(self, entries: Sequence[Entry]) -> None:
        """The same for several rows: all of them or none."""

    async def rows(self, attempt: str | None = None) -> tuple[Row, ...]: ...

    async def unsettled(self) -> tuple[str, ...]:
        """The attempts without a final judgement, oldest first."""

    async def intentions(self, job_id: str) -> tuple[Row, ...]:
        """The *intended* row of every attempt for the job, oldest first."""

    def hold(self, job_id: str) -> AbstractAsyncContextManager[None]:
        """Nobody else on this data folder sends for the job meanwhile. Raises JobBusy."""


async def open_attempts(journal: Journal, what: str) -> tuple[OpenAttempt, ...]:
    """Oldest first. Raises JournalProblem."""
    told = [told_by(await journal.rows(attempt)) for attempt in await journal.unsettled()]
    return tuple(attempt for attempt in told if attempt and attempt.what == what)


async def jobs_left_open(journal: Journal, what: str, origin: Origin) -> tuple[JobId, ...]:
    """Those of this connection: another one's job may not be readable with this credential. Raises JournalProblem."""
    found = [each.job_id for each in await open_attempts(journal, what) if each.origin.is_same_connection(origin)]
    return tuple(dict.fromkeys(found))


async def open_attempts_of(journal: Journal, what: str, job_id: JobId, origin: Origin) -> tuple[OpenAttempt, ...]:
    """Every one of the job at this server, whichever credential sent it. Raises JournalProblem."""
    found = await open_attempts(journal, what)
    return tuple(each for each in found if each.job_id == job_id and each.origin.address == origin.address)


async def attempts_of(journal: Journal, what: str, job_id: JobId, origin: Origin) -> tuple[OpenAttempt, ...]:
    """Every one of the job at this server that was ever intended, oldest first. Raises JournalProblem."""
    found = []
    for row in await journal.intentions(job_id):
        if json.loads(row.content)["what"] == what:
            attempt = told_by(await journal.rows(row.attempt))
            if attempt and attempt.origin.address == origin.address:
                found.append(attempt)
    return tuple(found)


def may_have_arrived(attempt: OpenAttempt) -> bool:
    """Whether it left, no answer told what Pleo made of it, and Pleo was never seen to have it."""
    is_open = attempt.judged in (None, Standing.MISSING, Standing.RELEASED)
    return attempt.was_sent and attempt.answer in (None, Answer.LOST) and is_open


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
        await self._note(Kind.ANSWERED, answer_content(answer, problem, errors))

    async def read(self, content: Mapping[str, Any]) -> None:
        """The same state read again and again is written once."""
        if content != self.last_read:
            self.last_read = content
            await self._note(Kind.READ, content)

    async def judged(self, standing: Standing, **more: Any) -> None:
        """An attempt that is still unknown is not judged: it stays open, and the next start asks again."""
        if standing is not Standing.UNKNOWN:
            await self._note(Kind.JUDGED, {"standing": standing.value} | more)

    def row(self, kind: Kind, content: Mapping[str, Any]) -> Entry:
        """For whoever writes the rows of several attempts at one stroke."""
        return self.id, kind, content

    def ending(self, found: Mapping[str, Any], standing: Standing) -> list[Entry]:
        """The rows of a read and of the judgement that it led to."""
        entries: list[Entry] = []
        if found != self.last_read:
            self.last_read = found
            entries.append(self.row(Kind.READ, found))
        if standing is not Standing.UNKNOWN:
            entries.append(self.row(Kind.JUDGED, {"standing": standing.value, **found}))
        return entries

    async def _note(self, kind: Kind, content: Mapping[str, Any]) -> None:
        try:
            await self.journal.append(self.id, kind, content)
        except JournalProblem as problem:
            self.problem = problem


class Rows:
    """Writes the rows of attempts that follow each other: what became of one goes with the intention of the next, so
    that a batch waits for the disk once. Lost with the process in between, it counts as an answer that was lost."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._waiting: list[Entry] = []

    def add(self, *entries: Entry) -> None:
        """With the next ones that are written."""
        self._waiting += entries

    async def write(self, *entries: Entry) -> None:
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
