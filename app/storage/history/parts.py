"""A snapshot in parts that fit a row of the history's file, and back. Pure."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from app.models.cause import CauseKey
from app.models.compact_entry import EntryKeeper, kept_pages
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import AccountingData, JobSnapshot, Remembered, RememberedJob
from app.models.vocabulary import EntryId
from app.platform.gc_tuning import many_arrive

_ITEMS_IN_A_PART = 500

_JOB = TypeAdapter(ExportJob)
_ITEMS = TypeAdapter(tuple[ExportJobItem, ...])


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """A snapshot as the file holds it; `entries_read_at` is None where no accounting data was ever read."""

    job: str
    read_at: datetime
    items: tuple[bytes, ...]
    entries: tuple[bytes, ...] = ()
    entries_read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredJob:
    """The job of a snapshot alone, as the file holds it."""

    job: str
    read_at: datetime


def stored(snapshot: JobSnapshot, accounting: AccountingData | None) -> StoredSnapshot:
    """Accounting data goes in only where it was read whole: what an earlier read had is better than a part."""
    items, read_at = snapshot.items, accounting.read_at if accounting and accounting.problem is None else None
    slices = (items[start : start + _ITEMS_IN_A_PART] for start in range(0, len(items), _ITEMS_IN_A_PART))
    pages = kept_pages(accounting.entries.values()) if accounting and read_at else ()
    return StoredSnapshot(
        job=_JOB.dump_json(snapshot.job, by_alias=True).decode(),
        read_at=snapshot.read_at,
        items=tuple(zlib.compress(_ITEMS.dump_json(rows, by_alias=True), 1) for rows in slices),
        entries=tuple(page.pack() for page in pages),
        entries_read_at=read_at if pages else None,
    )


def remembered(found: StoredSnapshot) -> Remembered:
    """Raises ValueError (pydantic's ValidationError is one) and zlib.error for parts that are not what was stored."""
    with many_arrive() as arrivals:
        items = tuple(_items(found.items))
        entries: dict[EntryId, ExportItem] = {}
        keeper = EntryKeeper()
        for packed in found.entries:
            entries.update((entry.accounting_entry_id, entry) for entry in keeper.read_packed(packed).data)
        arrivals.count = len(items) + len(entries)
    return Remembered(
        JobSnapshot(_JOB.validate_json(found.job), items, found.read_at),
        AccountingData(entries, read_at=found.entries_read_at),
    )


def remembered_job(found: StoredJob) -> RememberedJob:
    """Raises ValueError for a text that is not what was stored."""
    return RememberedJob(_JOB.validate_json(found.job), found.read_at)


def _items(parts: Iterable[bytes]) -> Iterator[ExportJobItem]:
    for packed in parts:
        yield from _ITEMS.validate_json(zlib.decompress(packed))


def digest_of(parts: Iterable[bytes]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def digest_of_cause(key: CauseKey) -> bytes:
    kind, template = key
    return digest_of((kind.encode("utf-8", "replace"), b"\0", template.encode("utf-8", "replace")))
