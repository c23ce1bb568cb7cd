"""The outcome of one item as a client reports it, and where it may come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from app.models.vocabulary import EntryId, FailureType, ItemStatus


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """Pleo's UpdateExportJobItem. `exported_at` is the time of the posting of that item."""

    accounting_entry_id: EntryId
    status: ItemStatus
    external_id: str | None = None
    external_url: str | None = None
    exported_at: datetime | None = None
    failure_reason: str | None = None
    failure_reason_type: FailureType | None = None

    def as_dict(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "accountingEntryId": self.accounting_entry_id,
            "status": self.status,
            "exportedAt": self.exported_at.isoformat() if self.exported_at else None,
            "externalId": self.external_id,
            "externalUrl": self.external_url,
            "failureReason": self.failure_reason,
            "failureReasonType": self.failure_reason_type,
        }
        return {name: value for name, value in fields.items() if value is not None}


def is_web_address(text: str) -> bool:
    """Whether it can be opened as an outcome's `external_url`."""
    try:
        address = urlsplit(text)
        return address.scheme in ("http", "https") and bool(address.hostname) and not any(map(str.isspace, text))
    except ValueError:
        return False


def outcome_from(row: Mapping[str, Any]) -> ItemOutcome:
    """The outcome behind what `as_dict` made of it."""
    posted, kind = row.get("exportedAt"), row.get("failureReasonType")
    return ItemOutcome(
        EntryId(row["accountingEntryId"]),
        ItemStatus(row["status"]),
        row.get("externalId"),
        row.get("externalUrl"),
        datetime.fromisoformat(posted) if posted else None,
        row.get("failureReason"),
        FailureType(kind) if kind else None,
    )
