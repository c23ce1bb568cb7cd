"""What the journal keeps of an attempt, and what can be told from it afterwards."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.completion.attempt import Answer, Standing
from app.completion.release import Witness
from app.completion.tally import tally
from app.errors import NotAllowed, NotSignedIn, PleoProblem, Refused, ServerWords
from app.models.address import server_of
from app.models.export_job import ExportJob
from app.models.export_job_event import ExportJobEvent
from app.models.journal_row import JournalRow
from app.models.page import ItemUpdateError
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EventType, FailureType, JobId

# What an attempt is about; who had drafted the outcomes of an item update, and what Pleo told of items before it.
EVENT = "event"
ITEM_UPDATE = "item_update"
DRAFTED = "drafted"
# Whether a second person had to confirm the job's end when the row was written.
FOUR_EYES = "four_eyes"
BEFORE = "before"
# Pleo's own time of the state that a row rests on, or tells of.
LAST_UPDATED_AT = "last_updated_at"
# Names the jobs that were completed together; not there for one that was completed on its own.
BATCH = "batch"
# The other event that the items implied once the sent one was confirmed.
ITEMS_IMPLY = "items_imply"


class Kind(StrEnum):
    INTENDED = "intended"  # the user's wish, and what it was based on
    SENT = "sent"  # the request leaves now
    ANSWERED = "answered"
    READ = "read"  # the job, or the items, as read back
    JUDGED = "judged"  # the end of the attempt; nothing of it is open any more


@dataclass(frozen=True, slots=True)
class Origin:
    """Who sends, and over which connection; for the journal. No secret."""

    who: str = ""
    connection: str = ""

    @property
    def address(self) -> str:
        """The server behind the connection, whose name begins with it. Rows hold it as it was typed."""
        return server_of(self.connection.partition(" ")[0])

    def is_same_connection(self, other: "Origin") -> bool:
        mine, theirs = (each.connection.partition(" ")[2] for each in (self, other))
        return mine == theirs and self.address == other.address


def fingerprint(snapshot: JobSnapshot) -> str:
    """SHA-256 over everything that an event depends on, whatever the order of the rows."""
    rows = sorted(
        (item.accounting_entry_id, item.status, item.failure_reason or "", item.failure_reason_type or "")
        for item in snapshot.items
    )
    basis = [snapshot.job.id, snapshot.job.status, snapshot.job.number_of_items, rows]
    return hashlib.sha256(json.dumps(basis, ensure_ascii=True).encode()).hexdigest()


def stamp_of(job: ExportJob) -> str | None:
    return job.last_updated_at.isoformat() if job.last_updated_at else None


def basis_of(snapshot: JobSnapshot) -> dict[str, Any]:
    """The snapshot that a decision rests on, in the journal's words."""
    return {
        "fingerprint": fingerprint(snapshot),
        "counts": dict(tally(snapshot.items).by_status),
        "number_of_items": snapshot.job.number_of_items,
        "job_status": snapshot.job.status,
        "read_at": snapshot.read_at.isoformat(),
        LAST_UPDATED_AT: stamp_of(snapshot.job),
    }


def intended_event(event: ExportJobEvent, shown: JobSnapshot, origin: Origin) -> dict[str, Any]:
    """The wish to send an event that was derived from what was shown, in the journal's words."""
    sender = {"who": origin.who, "connection": origin.connection}
    return {"what": EVENT, "job_id": event.job_id, "body": event.as_json()} | sender | basis_of(shown)


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
        LAST_UPDATED_AT: stamp_of(job),
    }


def witnessed(witness: Witness, origin: Origin) -> dict[str, str]:
    """Who looked in Pleo and what they saw, and at which machine and connection they said so."""
    said = {"by": witness.by.strip(), "saw": witness.saw.strip()}
    return said | {"who": origin.who, "connection": origin.connection}


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


def attempt_recorded_in(rows: Iterable[JournalRow]) -> OpenAttempt | None:
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


def may_have_arrived(attempt: OpenAttempt) -> bool:
    """Whether it left, and neither an answer nor a read ever told what Pleo made of it."""
    if attempt.judged is Standing.RELEASED:
        return True
    is_lost = attempt.was_sent and attempt.answer in (None, Answer.LOST)
    return is_lost and attempt.judged in (None, Standing.MISSING)
