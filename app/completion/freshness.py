"""Whether a read is older than what is known already: a lagging copy of Pleo's data tells of a while ago. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import JobSnapshot, OlderState
from app.models.vocabulary import FINAL_ITEM, EntryId, ItemStatus


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
    that was seen, and `seen_at` this machine's; `final` are the items that were final then."""

    last_updated_at: datetime | None = None
    seen_at: datetime | None = None
    final: Mapping[EntryId, ItemStatus] = field(default_factory=lambda: MappingProxyType({}))
    reported: Mapping[EntryId, ConfirmedReport] = field(default_factory=lambda: MappingProxyType({}))

    def raised_by(self, snapshot: JobSnapshot) -> "LowerBounds":
        """With a read that did not fall behind them."""
        final = {item.accounting_entry_id: item.status for item in snapshot.items if item.status in FINAL_ITEM}
        newest = snapshot.job.last_updated_at or self.last_updated_at
        return replace(self, last_updated_at=newest, seen_at=snapshot.read_at, final=final)

    def with_reports(self, reported: Mapping[EntryId, ConfirmedReport]) -> "LowerBounds":
        return replace(self, reported={**self.reported, **reported})


def older_state(snapshot: JobSnapshot, bounds: LowerBounds, settle_seconds: float) -> OlderState | None:
    """What shows the read to be older than the bounds; None where nothing does."""
    job, read_at = snapshot.job, snapshot.read_at
    if bounds.last_updated_at and (job.last_updated_at is None or job.last_updated_at < bounds.last_updated_at):
        return OlderState(bounds.seen_at or read_at)
    times: dict[EntryId, datetime] = {}
    settled = read_at - timedelta(seconds=settle_seconds)
    is_newer = _is_newer(job, bounds.last_updated_at)
    for item in snapshot.items:
        entry = item.accounting_entry_id
        report = bounds.reported.get(entry)
        if report and _is_as_before(item, report):
            # Somebody else may have set it back: that is believed only of a job that was updated since, and once no
            # copy can be as far behind.
            if not (_is_newer(job, report.last_updated_at) and report.confirmed_at <= settled):
                times[entry] = report.confirmed_at
        elif not is_newer and bounds.seen_at and bounds.seen_at > settled:
            if bounds.final.get(entry, item.status) != item.status:
                times[entry] = bounds.seen_at
    return OlderState(max(times.values()), tuple(times)) if times else None


def _is_newer(job: ExportJob, than: datetime | None) -> bool:
    return job.last_updated_at is not None and than is not None and job.last_updated_at > than


def _is_as_before(item: ExportJobItem, report: ConfirmedReport) -> bool:
    if item.status == report.status:
        return False
    return item.status not in FINAL_ITEM if report.before is None else item.status == report.before
