"""Reads what a caller sent: JSON of the right shape, or a 400 that names the field."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.sandbox import vocabulary
from app.sandbox.reply import Refusal, bad_request

ITEMS_IN_ONE_UPDATE: Final = 100

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATE_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class EventBody:
    """A well-formed body of `POST /v3/export-job-events`."""

    job_id: str
    event: str
    failure_reason: str | None
    failure_reason_type: str | None


@dataclass(frozen=True, slots=True)
class ReportedItem:
    """One well-formed row of `PUT …/items`."""

    accounting_entry_id: str
    status: str
    exported_at: str | None
    external_id: str | None
    external_url: str | None
    failure_reason: str | None
    failure_reason_type: str | None


def read_json(raw: bytes) -> object:
    """The JSON value in `raw`; Refusal 400 when there is none."""
    try:
        value: object = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise bad_request("The body is not valid JSON.") from error
    return value


def read_uuid(value: object, name: str) -> str:
    """A UUID in its canonical form, lower case; Refusal 400 otherwise."""
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise bad_request(f"{name} must be a UUID.")
    return value.lower()


def read_event(value: object, *, strict: bool) -> EventBody:
    """Refusal 400 for a wrong shape, an unlisted event, `failed` without its reasons and, when strict, unlisted types
    and reasons beside another event."""
    body = _object(value, "The body")
    job_id = read_uuid(body.get("jobId"), "jobId")
    event = _listed(body, "event", vocabulary.EVENTS)
    reason = _text(body, "failureReason", strict)
    types = vocabulary.JOB_FAILURE_REASON_TYPES if strict else None
    reason_type = _listed_or_missing(body, "failureReasonType", types, strict)
    if event == "failed" and not reason:
        raise bad_request("failureReason is required with the failed event.")
    if event == "failed" and not reason_type:
        raise bad_request("failureReasonType is required with the failed event.")
    if strict and event != "failed" and (reason is not None or reason_type is not None):
        raise bad_request("failureReason and failureReasonType go with the failed event only.")
    return EventBody(job_id, event, reason, reason_type)


def read_item_rows(value: object, *, strict: bool) -> list[ReportedItem]:
    """Refusal 400 for a wrong shape or no rows, 413 for more than ITEMS_IN_ONE_UPDATE."""
    if not isinstance(value, list):
        raise bad_request("The body must be an array of items.")
    if not value:
        raise bad_request("The body must hold at least one item.")
    if len(value) > ITEMS_IN_ONE_UPDATE:
        message = f"At most {ITEMS_IN_ONE_UPDATE} items can be updated at once, got {len(value)}."
        raise Refusal(413, "EXPORT_JOB_ITEMS_UPDATE_LIMIT", message)
    return [_item_row(_object(row, "Each item"), strict) for row in value]


def _item_row(row: Mapping[str, object], strict: bool) -> ReportedItem:
    exported_at = _text(row, "exportedAt", strict)
    if exported_at is not None and not _is_date_time(exported_at):
        raise bad_request("exportedAt must be a date-time.")
    types = vocabulary.ITEM_FAILURE_REASON_TYPES if strict else None
    return ReportedItem(
        accounting_entry_id=read_uuid(row.get("accountingEntryId"), "accountingEntryId"),
        status=_listed(row, "status", vocabulary.ITEM_STATUSES),
        exported_at=exported_at,
        external_id=_text(row, "externalId", strict),
        external_url=_text(row, "externalUrl", strict),
        failure_reason=_text(row, "failureReason", strict),
        failure_reason_type=_listed_or_missing(row, "failureReasonType", types, strict),
    )


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON value")


def _object(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise bad_request(f"{name} must be an object.")
    return value


def _text(body: Mapping[str, object], name: str, strict: bool) -> str | None:
    """The reference has no nullable field in requests: strict refuses null, otherwise null counts as missing."""
    value = body.get(name)
    if value is None and not (strict and name in body):
        return None
    if not isinstance(value, str):
        raise bad_request(f"{name} must be a string.")
    if any("\ud800" <= character <= "\udfff" for character in value):  # half a surrogate pair cannot be sent back
        raise bad_request(f"{name} must be valid Unicode.")
    return value


def _listed(body: Mapping[str, object], name: str, allowed: frozenset[str]) -> str:
    value = body.get(name)
    if not isinstance(value, str) or value not in allowed:
        raise bad_request(f"{name} must be one of {', '.join(sorted(allowed))}.")
    return value


def _listed_or_missing(
    body: Mapping[str, object], name: str, allowed: frozenset[str] | None, strict: bool
) -> str | None:
    value = _text(body, name, strict)
    if value is not None and allowed is not None and value not in allowed:
        raise bad_request(f"{name} must be one of {', '.join(sorted(allowed))}.")
    return value


def _is_date_time(text: str) -> bool:
    parts = _DATE_TIME.fullmatch(text)
    if parts is None:
        return False
    second = "59" if parts[3] == "60" else parts[3]  # a leap second is legal in RFC 3339, datetime knows none
    try:
        datetime.fromisoformat(f"{parts[1]}T{parts[2]}{second}{parts[5].upper()}")
    except ValueError:
        return False
    return True
