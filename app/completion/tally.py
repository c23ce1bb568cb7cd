"""Counting a job's items by outcome."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.messages import nsaid
from app.models.export_job import ExportJobItem
from app.models.vocabulary import FINAL_ITEM, OPEN_ITEM, Item, ItemStatus


@dataclass(frozen=True, slots=True)
class Tally:
    """Items per status, Pleo's statuses first, then unknown words as they came."""

    by_status: Mapping[ItemStatus, int]

    def of(self, *statuses: ItemStatus) -> int:
        return sum(self.by_status.get(status, 0) for status in statuses)

    @property
    def total(self) -> int:
        return sum(self.by_status.values())

    @property
    def final(self) -> int:
        return self.of(*FINAL_ITEM)

    @property
    def successful(self) -> int:
        return self.of(Item.SUCCESSFUL)

    @property
    def not_successful(self) -> int:
        """Failed and abandoned: an abandoned item is final and counts with the failed."""
        return self.of(Item.FAILED, Item.ABANDONED)

    @property
    def open(self) -> int:
        return self.of(*OPEN_ITEM)

    @property
    def unknown(self) -> int:
        return self.total - self.final - self.open


_ORDER = (Item.SUCCESSFUL, Item.FAILED, Item.ABANDONED, Item.PENDING, Item.IN_PROGRESS)


def tally(items: Iterable[ExportJobItem]) -> Tally:
    found = Counter([item.status for item in items])
    known = {status: found[status] for status in _ORDER if found[status]}
    unknown = {status: found[status] for status in sorted(found) if status not in known}
    return Tally(known | unknown)


def progress_words(final: int, total: int | None) -> str:
    """How many of a job's items are final; `total` is None where the job's own number cannot be read."""
    if total is None:
        return nsaid(
            "{n:,} of an unreadable number of items final", "{n:,} of an unreadable number of items final", final
        )
    if total == 1:
        return nsaid("{n:,} of 1 item final", "{n:,} of 1 item final", final)
    return nsaid("{n:,} of {total:,} items final", "{n:,} of {total:,} items final", final, total=total)
