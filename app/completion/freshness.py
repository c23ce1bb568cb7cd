"""Whether a read is older than what is known already: a lagging copy of Pleo's data tells of a while ago. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from app.completion.evidence import BEFORE, ITEM_UPDATE, LAST_UPDATED_AT, Kind, Origin
from app.models.export_job import ExportJob, ExportJobItem
from app.models.journal_row import JournalRow
from app.models.snapshot import JobSnapshot, OlderState
from app.models.vocabulary import FINAL_ITEM, FINISHED_JOB, EntryId, ItemStatus, Job


@dataclass(frozen=True, slots=True)
class ConfirmedReport:
    """An outcome of an item that Pleo showed after Signoff had sent it. `before` is the status that the item had until
    then, None for an open one; `confirmed_at` is this machine's time of the read that showed it, and `last_updated_at`
    Pleo's of the job then."""

    status: ItemStatus
    before: ItemStatus | None
    confirmed_at: datetime
    last_updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LowerBounds:
    """What is known of a job: no later read may fall behind it. `last_updated_at` is Pleo's time of the newest state
    that was seen, `progress` how far the job had come, and `seen_at` this machine's time of it. `snapshot` is the
    newest that was read whole in this run."""

    last_updated_at: datetime | None = None
    seen_at: datetime | None = None
    snapshot: JobSnapshot | None = None
    reported: Mapping[EntryId, ConfirmedReport] = field(default_factory=lambda: MappingProxyType({}))
    progress: int = 0

    def raised_by(self, job: ExportJob, seen_at: datetime) -> "LowerBounds":
        """With what a read tells of the job, unless more is known already."""
        return self.raised_to(job.last_updated_at, _progress_of(job.status), seen_at)

    def beside(self, other: "LowerBounds") -> "LowerBounds":
        """With what the other knows beyond these."""
        more = self.raised_to(other.last_updated_at, other.progress, other.seen_at)
        return replace(more, reported=other.reported) if other.reported else more

    def is_above(self, job: ExportJob) -> bool:
        """Whether the job, as a read tells of it, is older than what is known. A job is started once and ends once; one
        that tells no time where it told one before is no newer."""
        stamp = job.last_updated_at
        is_earlier = self.last_updated_at is not None and (stamp is None or stamp < self.last_updated_at)
        return is_earlier or _progress_of(job.status) < self.progress

    def raised_to(self, stamp: datetime | None, progress: int, seen_at: datetime | None) -> "LowerBounds":
        is_later = stamp is not None and (self.last_updated_at is None or stamp > self.last_updated_at)
        if not is_later and progress <= self.progress:
            return self
        newest = stamp if is_later else self.last_updated_at
        return replace(self, last_updated_at=newest, progress=max(progress, self.progress), seen_at=seen_at)


def _progress_of(status: str | None) -> int:
    """An unknown status tells nothing of how far the job has come beyond that it was started."""
    if status in FINISHED_JOB:
        return 2
    return 0 if status in (None, Job.PENDING) else 1


def older_state(fresh: JobSnapshot, bounds: LowerBounds, settle_seconds: float) -> OlderState | None:
    """What shows the read to be older than the bounds; None where nothing does."""
    job, read_at = fresh.job, fresh.read_at
    if bounds.is_above(job):
        return OlderState(bounds.seen_at or read_at)
    settled = read_at - timedelta(seconds=settle_seconds)
    behind = dict(_behind_reports(fresh, bounds.reported, settled))
    if bounds.snapshot and bounds.snapshot.read_at > settled and not _is_newer(job, bounds.snapshot.job):
        behind.update(_turned_back(fresh, bounds.snapshot))
    return OlderState(max(behind.values()), tuple(behind)) if behind else None


def _behind_reports(
    fresh: JobSnapshot, reported: Mapping[EntryId, ConfirmedReport], settled: datetime
) -> Iterator[tuple[EntryId, datetime]]:
    """Items that are as they were before Signoff's own report was confirmed.

    Somebody else may have set one back: that is believed only of a job that was updated since, and once no copy of
    Pleo's data can be as far behind.
    """
    if not reported:
        return
    stamp = fresh.job.last_updated_at
    for item in fresh.items:
        report = reported.get(item.accounting_entry_id)
        if report and _is_as_before(item, report):
            is_updated = stamp is not None and (report.last_updated_at is None or stamp > report.last_updated_at)
            if not (is_updated and report.confirmed_at <= settled):
                yield item.accounting_entry_id, report.confirmed_at


def _turned_back(fresh: JobSnapshot, before: JobSnapshot) -> Iterator[tuple[EntryId, datetime]]:
    """Items that were final a moment ago and are something else now, of a job that was not updated since."""
    was = {item.accounting_entry_id: item.status for item in before.items if item.status in FINAL_ITEM}
    for item in fresh.items:
        if was.get(item.accounting_entry_id, item.status) != item.status:
            yield item.accounting_entry_id, before.read_at


def _is_newer(job: ExportJob, before: ExportJob) -> bool:
    stamps = job.last_updated_at, before.last_updated_at
    return stamps[0] is not None and stamps[1] is not None and stamps[0] > stamps[1]


def _is_as_before(item: ExportJobItem, report: ConfirmedReport) -> bool:
    if item.status == report.status:
        return False
    return item.status not in FINAL_ITEM if report.before is None else item.status == report.before


def bounds_recorded_in(rows: Iterable[JournalRow], origin: Origin) -> LowerBounds:
    """What the journal's rows about one job prove: the newest state that anything was sent on, and every outcome that
    was seen to have arrived."""
    found = LowerBounds()
    intended: dict[str, Mapping[str, Any]] = {}
    reported: dict[EntryId, ConfirmedReport] = {}
    for row in rows:
        content = json.loads(row.content)
        if row.kind == Kind.INTENDED:
            if Origin(content["who"], content["connection"]).address != origin.address:
                continue
            intended[row.attempt] = content
        if row.attempt not in intended:
            continue
        stamp = _stamp(content.get(LAST_UPDATED_AT))
        if stamp or content.get("job_status"):
            found = found.raised_to(stamp, _progress_of(content.get("job_status")), datetime.fromisoformat(row.at))
        if row.kind == Kind.READ and intended[row.attempt]["what"] == ITEM_UPDATE:
            reported.update(_arrived(intended[row.attempt], content, datetime.fromisoformat(row.at), stamp))
    return replace(found, reported=reported)


def _arrived(
    intention: Mapping[str, Any], found: Mapping[str, Any], read_at: datetime, stamp: datetime | None
) -> Iterator[tuple[EntryId, ConfirmedReport]]:
    """The rows of a batch that a read showed as they were sent; a read that failed names no missing rows."""
    if "missing" not in found or found.get("job_status") is None:
        return
    gone = {*found["missing"], *(error["accounting_entry_id"] for error in found.get("refused", ()))}
    before = intention.get(BEFORE, {})
    for row in json.loads(intention["body"]):
        entry = EntryId(row["accountingEntryId"])
        if entry not in gone:
            was = before.get(entry, "").partition(" ")[0]
            yield entry, ConfirmedReport(ItemStatus(row["status"]), ItemStatus(was) or None, read_at, stamp)


def _stamp(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
