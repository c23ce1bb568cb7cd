"""The simulated job and its items: what the sandbox remembers, and how it is written as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.sandbox.vocabulary import FINAL_ITEM_STATUSES, RUNNING_JOB_STATUSES


def stamp(moment: datetime | None) -> str | None:
    """A moment as Pleo prints it: UTC, milliseconds, Z."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(slots=True)
class Item:
    """One tracking row. `cause`, `kind` and `currency` steer the accounting data that entries.py makes up for it."""

    accounting_entry_id: str
    status: str
    exported_at: str | None = None
    external_id: str | None = None
    external_url: str | None = None
    failure_reason: str | None = None
    failure_reason_type: str | None = None
    cause: str | None = None
    kind: str | None = None
    currency: str | None = None
    extra: Mapping[str, object] | None = None

    @property
    def is_final(self) -> bool:
        return self.status in FINAL_ITEM_STATUSES

    def body(self, job_id: str) -> dict[str, object]:
        """The row as `GET …/items` shows it, nulls included."""
        body: dict[str, object] = {
            "accountingEntryId": self.accounting_entry_id,
            "exportJobId": job_id,
            "status": self.status,
            "exportedAt": self.exported_at,
            "externalId": self.external_id,
            "externalUrl": self.external_url,
            "failureReason": self.failure_reason,
            "failureReasonType": self.failure_reason_type,
        }
        return body | dict(self.extra) if self.extra else body


@dataclass(slots=True)
class Unfolding:
    """Outcomes still to come: one every `pace_seconds`, counted from the first read of the job's items."""

    pace_seconds: float
    outcomes: list[tuple[int, Item]]  # index of the item, and what it becomes
    began_at: datetime | None = None


@dataclass(slots=True)
class Job:
    """One export job. `expires_in` is seconds without an update; `seed` makes its accounting data reproducible."""

    id: str
    company_id: str
    status: str
    items: list[Item]
    created_at: datetime
    seed: str
    expires_in: int = 3600
    created_by: str | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    last_updated_at: datetime | None = None
    expired_at: datetime | None = None
    failure_reason: str | None = None
    failure_reason_type: str | None = None
    is_interactive: bool = True
    vendor_based_bookkeeping: bool = False
    lacks_contra_accounts: bool = False
    declared_items: int | None = None  # what the job claims, when that differs from the truth
    unfolding: Unfolding | None = None
    extra: Mapping[str, object] | None = None
    index: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.index = {item.accounting_entry_id: position for position, item in enumerate(self.items)}

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING_JOB_STATUSES

    @property
    def deadline(self) -> datetime:
        """The moment from which the job counts as expired, if it is still running then."""
        return (self.last_updated_at or self.created_at) + timedelta(seconds=self.expires_in)

    def open_items(self) -> list[Item]:
        """Items without a final outcome; an unlisted status is not final."""
        return [item for item in self.items if not item.is_final]

    def body(self) -> dict[str, object]:
        """The job as `GET /v3/export-jobs/{jobId}` shows it, nulls included."""
        body: dict[str, object] = {
            "id": self.id,
            "companyId": self.company_id,
            "status": self.status,
            "numberOfItems": len(self.items) if self.declared_items is None else self.declared_items,
            "isInteractive": self.is_interactive,
            "vendorBasedBookkeeping": self.vendor_based_bookkeeping,
            "createdAt": stamp(self.created_at),
            "createdBy": self.created_by,
            "startedAt": stamp(self.started_at),
            "completedAt": stamp(self.completed_at),
            "lastUpdatedAt": stamp(self.last_updated_at),
            "expiresIn": self.expires_in,
            "expiredAt": stamp(self.expired_at),
            "failureReason": self.failure_reason,
            "failureReasonType": self.failure_reason_type,
        }
        return body | dict(self.extra) if self.extra else body
