"""Why a job cannot be completed, or started, yet: each reason a sentence with a count and the rows it is about."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.completion.pleos_words import job_word
from app.completion.tally import Tally, tally
from app.messages import nsaid, said
from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import FINAL_ITEM, OPEN_ITEM, EntryId, Item, Job
from app.texts.phrases import clock_time, date_and_time, is_same_day


class BlockerCode(StrEnum):
    JOB_NOT_STARTED = "job_not_started"
    JOB_ALREADY_STARTED = "job_already_started"
    JOB_FINISHED = "job_finished"
    JOB_STATUS_UNKNOWN = "job_status_unknown"
    NO_ITEMS = "no_items"
    ITEM_COUNT_DIFFERS = "item_count_differs"
    DUPLICATE_ITEMS = "duplicate_items"
    ITEMS_OF_ANOTHER_JOB = "items_of_another_job"
    ITEMS_PENDING = "items_pending"
    ITEMS_IN_PROGRESS = "items_in_progress"
    ITEM_STATUS_UNKNOWN = "item_status_unknown"
    OLDER_STATE = "older_state"
    TIME_UNREADABLE = "time_unreadable"


@dataclass(frozen=True, slots=True)
class Blocker:
    """`count` is the number of items that `message` speaks of, 1 for what concerns the job itself."""

    code: BlockerCode
    message: str
    count: int
    item_ids: tuple[EntryId, ...] = ()


def completion_blockers(snapshot: JobSnapshot, counts: Tally | None = None) -> tuple[Blocker, ...]:
    """Everything that stands between the job and its final event; empty when every item is final and accounted for.

    `counts` are those of the items, where they are known already: to go through 100,000 items takes its time.
    """
    found = counts or tally(snapshot.items)
    undecided = found.by_status.keys() - set(FINAL_ITEM)
    return (
        *age_blockers(snapshot),
        *_job_blockers(snapshot.job),
        *_list_blockers(snapshot),
        *(_item_blockers(snapshot.items) if undecided else ()),
    )


def start_blockers(snapshot: JobSnapshot) -> tuple[Blocker, ...]:
    """Why the job cannot be started; empty for a pending job."""
    status = snapshot.job.status
    if status == Job.PENDING:
        return age_blockers(snapshot)
    if status == Job.IN_PROGRESS:
        return (Blocker(BlockerCode.JOB_ALREADY_STARTED, said("The job has been started already"), 1),)
    return tuple(_job_blockers(snapshot.job))


def age_blockers(snapshot: JobSnapshot) -> tuple[Blocker, ...]:
    """Why nothing can be derived from the read at all: Pleo showed a newer state before, or it cannot be told; empty
    where neither is so."""
    older = snapshot.older
    if snapshot.job.is_unreadable("lastUpdatedAt"):
        unsure = said(
            "Pleo's time of the job's last change cannot be read, so nobody can tell whether this is its newest state"
        )
        return (Blocker(BlockerCode.TIME_UNREADABLE, unsure, 1),)
    if older is None:
        return ()
    message = _older_state(older.newer_seen_at, snapshot.read_at)
    return (Blocker(BlockerCode.OLDER_STATE, message, len(older.items) or 1, older.items),)


def _older_state(newer_seen_at: datetime, now: datetime) -> str:
    if is_same_day(newer_seen_at, now):
        return said(
            "Pleo shows an older state than at {time}: wait a little, then read it again",
            time=clock_time(newer_seen_at),
        )
    return said(
        "Pleo shows an older state than at {moment}: wait a little, then read it again",
        moment=date_and_time(newer_seen_at),
    )


def _job_blockers(job: ExportJob) -> Iterator[Blocker]:
    if job.status == Job.IN_PROGRESS:
        return
    if job.status == Job.PENDING:
        yield Blocker(BlockerCode.JOB_NOT_STARTED, said("The job has not been started"), 1)
    elif job.is_finished:
        message = said("The job has ended already: {status}", status=job_word(job.status))
        yield Blocker(BlockerCode.JOB_FINISHED, message, 1)
    else:
        message = said("The job has the unknown status '{status}'", status=job.status)
        yield Blocker(BlockerCode.JOB_STATUS_UNKNOWN, message, 1)


def _list_blockers(snapshot: JobSnapshot) -> Iterator[Blocker]:
    """The rows as a list: are they all there, each once, and of this job?"""
    expected, read = snapshot.job.number_of_items, len(snapshot.items)
    if read == 0:
        yield Blocker(BlockerCode.NO_ITEMS, said("The job has no items, so there is nothing to confirm"), 0)
    if expected is None:
        unsaid = nsaid(
            "Pleo does not say readably how many items the job has; {n} was read",
            "Pleo does not say readably how many items the job has; {n} were read",
            read,
        )
        yield Blocker(BlockerCode.ITEM_COUNT_DIFFERS, unsaid, read)
    elif expected != read:
        yield Blocker(BlockerCode.ITEM_COUNT_DIFFERS, _count_differs(expected, read), abs(expected - read))
    twice = _ids_read_twice(snapshot.items)
    if twice:
        message = nsaid("{n:,} item was read more than once", "{n:,} items were read more than once", len(twice))
        yield Blocker(BlockerCode.DUPLICATE_ITEMS, message, len(twice), twice)
    foreign = _ids_of_other_jobs(snapshot)
    if foreign:
        message = nsaid("{n:,} item belongs to another job", "{n:,} items belong to another job", len(foreign))
        yield Blocker(BlockerCode.ITEMS_OF_ANOTHER_JOB, message, len(foreign), foreign)


def _count_differs(expected: int, read: int) -> str:
    """Two counts, so each has a clause of its own."""
    # Translators: {pleo_says} is: Pleo says 42 items
    return nsaid(
        "{pleo_says} but {n} was read",
        "{pleo_says} but {n} were read",
        read,
        pleo_says=nsaid("Pleo says {n:,} item", "Pleo says {n:,} items", expected),
    )


def _ids_read_twice(items: tuple[ExportJobItem, ...]) -> tuple[EntryId, ...]:
    ids = [item.accounting_entry_id for item in items]
    if len(set(ids)) == len(ids):
        return ()
    seen = Counter(ids)
    return tuple(entry_id for entry_id, times in seen.items() if times > 1)


def _ids_of_other_jobs(snapshot: JobSnapshot) -> tuple[EntryId, ...]:
    if {item.export_job_id for item in snapshot.items} <= {snapshot.job.id}:
        return ()
    return tuple(item.accounting_entry_id for item in snapshot.items if item.export_job_id != snapshot.job.id)


def _item_blockers(items: tuple[ExportJobItem, ...]) -> Iterator[Blocker]:
    not_final: dict[str, list[EntryId]] = {status: [] for status in OPEN_ITEM}
    for item in items:
        if item.status not in FINAL_ITEM:
            not_final.setdefault(item.status, []).append(item.accounting_entry_id)
    for status, ids in not_final.items():
        if ids:
            code, message = _not_final(status, len(ids))
            yield Blocker(code, message, len(ids), tuple(ids))


def _not_final(status: str, count: int) -> tuple[BlockerCode, str]:
    match status:
        case Item.PENDING:
            message = nsaid("{n:,} item is still pending", "{n:,} items are still pending", count)
            return BlockerCode.ITEMS_PENDING, message
        case Item.IN_PROGRESS:
            message = nsaid("{n:,} item is still in progress", "{n:,} items are still in progress", count)
            return BlockerCode.ITEMS_IN_PROGRESS, message
        case _:
            return BlockerCode.ITEM_STATUS_UNKNOWN, nsaid(
                "{n:,} item has the unknown status '{status}'",
                "{n:,} items have the unknown status '{status}'",
                count,
                status=status,
            )
