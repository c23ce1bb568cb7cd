"""The same in words on a terminal, where no text of the server's has power over what stands beside it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.completion.attempt import Outcome
from app.completion.blockers import Blocker
from app.completion.outcome_text import describe, spoken
from app.completion.preview import Preview
from app.completion.tally import Tally
from app.messages import shown
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import AccountingData, JobSnapshot
from app.text import count_of, shortened

_REASON_WIDTH = 70
# One long name would make every line of a table as long.
_CELL_WIDTH = 60


def harmless(text: str) -> str:
    """Without what could move the cursor, turn the reading order or hide words."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in shown(text))


def table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)


def counts_text(counts: Tally | None) -> str:
    if counts is None:
        return "not counted"
    return (
        ", ".join(f"{count:,} {harmless(status).replace('_', ' ')}" for status, count in counts.by_status.items())
        or "none"
    )


def jobs_text(jobs: Iterable[tuple[ExportJob, str, Tally | None]], now: datetime) -> str:
    rows = [("JOB", "COMPANY", "STATUS", "ITEMS", "LEFT")]
    for job, company, counts in jobs:
        rows.append((harmless(job.id), _cell(company), _cell(spoken(job.status)), counts_text(counts), _left(job, now)))
    return table(rows) if len(rows) > 1 else "No export jobs."


def _cell(text: str, width: int = _CELL_WIDTH) -> str:
    """What JSON has whole."""
    return shortened(harmless(text), width)


def _left(job: ExportJob, now: datetime) -> str:
    return "unreadable" if job.has_unreadable_deadline else time_left(job.deadline, now)


def time_left(deadline: datetime | None, now: datetime) -> str:
    if deadline is None:
        return ""
    minutes = int((deadline - now).total_seconds() // 60)
    if minutes < 0:
        return "expired"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def show_text(snapshot: JobSnapshot, accounting: AccountingData, problem: str | None) -> str:
    header = ("STATUS", "DATE", "SUPPLIER", "AMOUNT", "ENTRY IN THE BOOKS", "FAILURE REASON")
    rows = [header, *(_item_cells(item, accounting) for item in snapshot.items)]
    head = f"{snapshot.job.id}: {spoken(snapshot.job.status)}, {count_of(len(snapshot.items), 'item')} read"
    return "\n".join([harmless(head), *([harmless(problem)] if problem else []), table(rows)])


def _item_cells(item: ExportJobItem, accounting: AccountingData) -> tuple[str, ...]:
    entry = accounting.entries.get(item.accounting_entry_id)
    return (
        _cell(spoken(item.status)),
        _date(entry) if entry else "",
        _cell((entry.supplier_name or "") if entry else ""),
        _cell(_amount(entry)) if entry else "",
        _cell(item.external_id or ""),
        _cell(item.failure_reason or "", _REASON_WIDTH),
    )


def _date(entry: ExportItem) -> str:
    return f"{entry.date:%Y-%m-%d}" if entry.date else "unreadable"


def _amount(entry: ExportItem) -> str:
    money = entry.amount.in_supplier_currency
    return f"{money.amount:f} {money.currency}" if money else "unreadable"


def gate_text(counts: Tally, preview: Preview | None, blockers: tuple[Blocker, ...]) -> str:
    head = f"{counts.final:,} of {count_of(counts.total, 'item')} final: {counts_text(counts)}"
    if preview is None:
        return "\n".join([head, "Not ready:", *(f"  - {harmless(blocker.message)}" for blocker in blockers)])
    return f"{head}\nReady: {preview.rule}\nThis can't be undone. It sends:\n{harmless(preview.event.as_json())}"


def outcome_text(outcome: Outcome) -> str:
    words = describe(outcome)
    return harmless(f"{words.title}\n{words.meaning}\n{words.next_step}")
