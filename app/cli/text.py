"""The same in words on a terminal, where no text of the server's has power over what stands beside it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from app.completion.attempt import Outcome
from app.completion.blockers import Blocker
from app.completion.ending import ending_word
from app.completion.outcome_text import as_sentence, describe
from app.completion.pleos_words import item_word
from app.completion.preview import Preview
from app.completion.tally import Tally, progress_words
from app.errors import SignoffError
from app.messages import joined, ntr, said, shown, tr, tr_as
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import Item, ItemStatus, JobId
from app.texts.phrases import shortened

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
        return tr("not counted")
    return ", ".join(_count_text(status, count) for status, count in counts.by_status.items()) or tr_as("items", "none")


def _count_text(status: ItemStatus, count: int) -> str:
    match status:
        case Item.SUCCESSFUL:
            return ntr("{n:,} posted", "{n:,} posted", count)
        case Item.FAILED:
            return ntr("{n:,} failed", "{n:,} failed", count)
        case Item.ABANDONED:
            return ntr("{n:,} abandoned", "{n:,} abandoned", count)
        case Item.PENDING:
            return ntr("{n:,} pending", "{n:,} pending", count)
        case Item.IN_PROGRESS:
            return ntr("{n:,} in progress", "{n:,} in progress", count)
        case _:
            # Translators: {status} is a word of Pleo's that Signoff does not know
            return ntr("{n:,} {status}", "{n:,} {status}", count, status=harmless(item_word(status)))


def jobs_text(
    jobs: Iterable[tuple[ExportJob, str, Tally | None]], now: datetime, elsewhere: Collection[JobId] = ()
) -> str:
    """`elsewhere` are those that an event ended which this machine's journal does not hold."""
    # Translators: LEFT heads the time that is left until a job expires
    rows = [(tr("JOB"), tr("COMPANY"), tr("STATUS"), tr("ITEMS"), tr("LEFT"))]
    for job, company, counts in jobs:
        status = _status(job, is_elsewhere=job.id in elsewhere)
        rows.append((harmless(job.id), _cell(company), _cell(status), counts_text(counts), _left(job, now)))
    return table(rows) if len(rows) > 1 else tr("No export jobs.")


def _status(job: ExportJob, *, is_elsewhere: bool) -> str:
    return said("{status}, ended elsewhere", status=ending_word(job)) if is_elsewhere else ending_word(job)


def _cell(text: str, width: int = _CELL_WIDTH) -> str:
    """What JSON has whole."""
    return shortened(harmless(text), width)


def _left(job: ExportJob, now: datetime) -> str:
    return tr_as("deadline", "unreadable") if job.has_unreadable_deadline else time_left(job.deadline, now)


def time_left(deadline: datetime | None, now: datetime) -> str:
    if deadline is None:
        return ""
    minutes = int((deadline - now).total_seconds() // 60)
    if minutes < 0:
        return tr_as("job", "expired")
    hours, rest = divmod(minutes, 60)
    return tr("{hours} h {minutes} min", hours=hours, minutes=rest) if hours else tr("{minutes} min", minutes=rest)


def show_text(snapshot: JobSnapshot, accounting: AccountingData, problem: str | None) -> str:
    header = (
        tr("STATUS"),
        tr("DATE"),
        tr("SUPPLIER"),
        tr("AMOUNT"),
        tr("ENTRY IN THE BOOKS"),
        tr("FAILURE REASON"),
    )
    rows = [header, *(_item_cells(item, accounting) for item in snapshot.items)]
    head = ntr(
        "{job}: {status}, {n:,} item read",
        "{job}: {status}, {n:,} items read",
        len(snapshot.items),
        job=snapshot.job.id,
        status=ending_word(snapshot.job),
    )
    return "\n".join([harmless(head), *([harmless(problem)] if problem else []), table(rows)])


def _item_cells(item: ExportJobItem, accounting: AccountingData) -> tuple[str, ...]:
    entry = accounting.entries.get(item.accounting_entry_id)
    return (
        _cell(item_word(item.status)),
        _date(entry) if entry else "",
        _cell((entry.supplier_name or "") if entry else ""),
        _cell(_amount(entry)) if entry else "",
        _cell(item.external_id or ""),
        _cell(item.failure_reason or "", _REASON_WIDTH),
    )


def _date(entry: ExportItem) -> str:
    return f"{entry.date:%Y-%m-%d}" if entry.date else tr_as("date", "unreadable")


def _amount(entry: ExportItem) -> str:
    money = entry.amount.in_supplier_currency
    return f"{money.amount:f} {money.currency}" if money else tr_as("amount", "unreadable")


def gate_text(counts: Tally, preview: Preview | None, blockers: tuple[Blocker, ...]) -> str:
    head = shown(joined(": ", (progress_words(counts.final, counts.total), counts_text(counts))))
    if preview is None:
        return "\n".join([head, tr("Not ready:"), *(f"  - {harmless(blocker.message)}" for blocker in blockers)])
    ready, warning = tr("Ready: {rule}", rule=preview.rule), tr("This can't be undone. It sends:")
    return "\n".join([head, ready, warning, harmless(preview.event.as_json())])


def outcome_text(outcome: Outcome) -> str:
    words = describe(outcome)
    return harmless(joined("\n", (words.title, words.meaning, words.next_step)))


def problem_text(problem: SignoffError) -> str:
    """What happened and what to do about it, as a message."""
    return joined(" ", filter(None, (as_sentence(problem.title), problem.advice)))
