"""The JSON that scripts read. Its names are a promise: see docs/command-line.md."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.completion.attempt import Outcome, Standing
from app.completion.blockers import Blocker
from app.completion.preview import Preview
from app.completion.progress import Changed
from app.completion.tally import Tally
from app.completion.timeline import TimelineEntry
from app.errors import AnswerUnreadable, PleoProblem, Refused, SignoffError
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob
from app.models.snapshot import AccountingData, JobSnapshot
from app.outcomes.reports import Report, Reports, set_by
from app.outcomes.service import UpdateResult

# Scripts know three truths: it happened, it did not, or nobody can say yet.
_OUTCOMES = {
    Standing.CONFIRMED: "confirmed",
    Standing.REFUSED: "refused",
    Standing.OVERTAKEN: "refused",
    Standing.NOT_SENT: "refused",
    Standing.MISSING: "unknown",
    Standing.RELEASED: "unknown",
    Standing.UNKNOWN: "unknown",
}

Document = dict[str, Any]
_LONGEST_WORDS = 2_000


def preview_document(
    snapshot: JobSnapshot, counts: Tally, preview: Preview | None, blockers: tuple[Blocker, ...]
) -> Document:
    return {
        "job_id": snapshot.job.id,
        "job_status": snapshot.job.status,
        "ready": preview is not None,
        "counts": dict(counts.by_status),
        "event": preview.event.as_dict() if preview else None,
        "blockers": [_blocker(blocker) for blocker in blockers],
        "deadline": stamp(snapshot.job.deadline),
    }


def _blocker(blocker: Blocker) -> Document:
    return asdict(blocker) | {"code": blocker.code.value, "item_ids": list(blocker.item_ids)}


def outcome_word(outcome: Outcome | Changed | None) -> str:
    """`not_ready` where nothing was sent because the job does not, or no longer, imply the event."""
    if outcome is None or isinstance(outcome, Changed):
        return "not_ready"
    if outcome.standing is Standing.OVERTAKEN and outcome.job_is_as_wanted:
        return "confirmed"
    return _OUTCOMES[outcome.standing]


def said(outcome: Outcome) -> Document:
    """What became of the event, for the end of the preview's object."""
    implied = {"items_imply": outcome.items_imply} if outcome.items_imply else {}
    return {"outcome": outcome_word(outcome)} | implied | server_document(outcome.problem)


def release_document(job_id: str, outcomes: tuple[Outcome, ...], updated: UpdateResult) -> Document:
    """What a fresh read settled is told beside what was released."""
    events = [{"event": each.event.event, "standing": each.standing.value} for each in outcomes]
    return {
        "job_id": job_id,
        "events": events,
        "items": {
            "released": [outcome.accounting_entry_id for outcome in updated.released],
            "arrived": list(updated.arrived),
            "not_sent": [outcome.accounting_entry_id for outcome in updated.not_sent],
        },
    }


def outcome_document(outcome: Outcome) -> Document:
    """The same object where the items could not be read for it."""
    gate: Document = {
        "job_id": outcome.event.job_id,
        "job_status": outcome.job.status if outcome.job else None,
        "ready": False,
        "counts": {},
        "event": outcome.event.as_dict(),
        "blockers": [],
        "deadline": stamp(outcome.job.deadline) if outcome.job else None,
    }
    return gate | said(outcome)


def not_sent_document(job_id: str, problem: SignoffError) -> Document:
    """The same object where the job could not be read before anything was sent."""
    met = server_document(problem if isinstance(problem, PleoProblem) else None)
    return unread_gate(job_id) | {"outcome": "not_ready"} | met


def unread_gate(job_id: str) -> Document:
    """The gate of a job that could not be read."""
    return {
        "job_id": job_id,
        "job_status": None,
        "ready": False,
        "counts": {},
        "event": None,
        "blockers": [],
        "deadline": None,
    }


def server_document(problem: PleoProblem | None) -> Document:
    """`{"server": …}` where the server said something, else nothing."""
    words = problem.words if isinstance(problem, Refused | AnswerUnreadable) else None
    if words is None:
        return {}
    return {"server": {"status": words.status, "type": in_part(words.type), "message": in_part(words.message)}}


def in_part(words: str | None) -> str | None:
    """As much of a server's words as a window shows of them."""
    return words if words is None or len(words) <= _LONGEST_WORDS else f"{words[: _LONGEST_WORDS - 1]}…"


def job_document(job: ExportJob, company: str, counts: Tally | None) -> Document:
    return {
        "job_id": job.id,
        "company_id": job.company_id,
        "company": company,
        "status": job.status,
        "number_of_items": job.number_of_items,
        "counts": dict(counts.by_status) if counts else None,
        "created_at": stamp(job.created_at),
        "started_at": stamp(job.started_at),
        "completed_at": stamp(job.completed_at),
        "deadline": stamp(job.deadline),
        "failure_reason": job.failure_reason,
        "failure_reason_type": job.failure_reason_type,
    } | _unreadable(job.unreadable_fields)


def ended_document(ended_by: str) -> Document:
    """`{"ended_by": …}` where the journal knows who ended the job; else nothing."""
    return {"ended_by": ended_by} if ended_by else {}


def _unreadable(fields: tuple[str, ...]) -> Document:
    """`{"unreadable": […]}` where something of Pleo's could not be read, by its own names; else nothing."""
    return {"unreadable": list(fields)} if fields else {}


def items_document(
    snapshot: JobSnapshot, accounting: AccountingData, problem: str | None, reports: Reports
) -> Document:
    return {
        "items": [
            {
                "item_id": item.accounting_entry_id,
                "status": item.status,
                "external_id": item.external_id,
                "external_url": item.external_url,
                "exported_at": stamp(item.exported_at),
                "failure_reason": item.failure_reason,
                "failure_reason_type": item.failure_reason_type,
                "set_by": _report(set_by(item, reports)),
                "entry": _entry(accounting.entries.get(item.accounting_entry_id)),
            }
            | _unreadable(item.unreadable_fields)
            for item in snapshot.items
        ],
        "accounting_data_problem": problem,
        "read_at": stamp(snapshot.read_at),
    }


def _report(report: Report | None) -> Document | None:
    if report is None:
        return None
    return {
        "by": report.by,
        "note": report.note or None,
        "file": report.file_name or None,
        "row": report.row or None,
        "sent_at": stamp(report.sent_at),
        "confirmed_at": stamp(report.confirmed_at),
    }


def _entry(entry: ExportItem | None) -> Document | None:
    """Amounts are text, so that no reader of the JSON turns them into floats."""
    if entry is None:
        return None
    money = entry.amount.in_supplier_currency
    return {
        "date": stamp(entry.date),
        "type": entry.type,
        "supplier": entry.supplier_name,
        "amount": f"{money.amount:f}" if money else None,
        "currency": money.currency if money else None,
        "person": entry.user.name if entry.user else None,
        "accounts": [account.code or account.name for account in entry.accounts],
        "reconciliation_id": entry.additional_information.reconciliation_id,
        "note": entry.note,
    } | _unreadable((*entry.unreadable_fields, *entry.amount.unreadable_fields))


def timeline_document(
    job_id: str, item_id: str | None, entries: Iterable[TimelineEntry], *, is_sandbox: bool
) -> Document:
    return {
        "job_id": job_id,
        "item_id": item_id,
        "sandbox": is_sandbox,
        "entries": [
            {
                "row": entry.row,
                "at": stamp(entry.at),
                "kind": entry.kind.value,
                "who": entry.who,
                "text": entry.words,
                "details": list(entry.details),
                "items": [{"item_id": item, "text": words} for item, words in entry.items.items()],
                "attempt": entry.attempt,
                "sound": entry.is_sound,
            }
            for entry in entries
        ],
    }


def stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
