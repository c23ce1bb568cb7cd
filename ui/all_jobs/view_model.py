"""What is found in the jobs that were read: one line for each item, and the job in which it was looked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.models.export_job import ExportJob, ExportJobItem
from app.models.money import Money
from app.models.snapshot import Remembered
from app.models.vocabulary import EntryId, JobId
from app.review.search import SearchColumn, SearchIndex
from app.settings.connections import ConnectionId


class SearchedRow(Protocol):
    """An item as the table of its job shows it."""

    @property
    def item(self) -> ExportJobItem: ...

    @property
    def supplier(self) -> str: ...

    @property
    def date(self) -> datetime | None: ...

    @property
    def money(self) -> Money | None: ...

    @property
    def status_word(self) -> str: ...

    @property
    def status_icon(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FoundItem:
    """`number` tells rows apart even where one entry is met twice."""

    number: int
    connection_id: ConnectionId
    company: str
    job: ExportJob
    row: SearchedRow

    @property
    def job_id(self) -> JobId:
        return self.job.id

    @property
    def entry_id(self) -> EntryId:
        return self.row.item.accounting_entry_id


class ReadJob:
    """A job that was read before, ready to be searched. Making it and asking it takes too long for the window's thread
    where the job is long; both may be done in another."""

    def __init__(
        self,
        remembered: Remembered,
        rows_of: Callable[[Remembered], Sequence[SearchedRow]],
        columns: Sequence[SearchColumn],
        decimal_sign: str,
    ) -> None:
        self.job = remembered.snapshot.job
        self.rows = rows_of(remembered)
        self._index = SearchIndex(columns, decimal_sign)
        for _ in self._index.build(self.rows):
            pass

    def found(self, query: str) -> list[SearchedRow]:
        """Nothing where nothing is asked."""
        return [self.rows[place] for place in self._index.positions(query) or ()]
