"""Lists matched in one go, for tests that care about a few of their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fakes.bookkeeping import EXPENSES, TODAY, Expense, job_of

from app.models.snapshot import AccountingData, JobSnapshot
from app.posting_lists.job_index import job_index
from app.posting_lists.mapping import ListMapping, propose
from app.posting_lists.match_result import MatchResult, RowMatch
from app.posting_lists.matching import match
from app.posting_lists.rows import ListedRows, listed_rows
from app.posting_lists.table import PostingTable, Source, as_columns
from app.slices import run_to_end


@dataclass(frozen=True)
class MatchedList:
    snapshot: JobSnapshot
    accounting: AccountingData
    mapping: ListMapping
    rows: ListedRows
    result: MatchResult

    def of(self, number: int) -> RowMatch:
        """The row of that number in the file."""
        return next(row for row in self.result if row.number == number)

    def ids(self, number: int) -> list[str]:
        return [self.snapshot.items[place].accounting_entry_id for place in self.of(number).items]


def table_of(*rows: Sequence[Any]) -> PostingTable:
    return PostingTable(Source("list.csv", "0" * 64, "UTF-8"), *as_columns(rows))


def matched(
    *rows: Sequence[Any],
    expenses: Sequence[Expense] = EXPENSES,
    accounting: AccountingData | None = None,
    mapping: ListMapping | None = None,
    today: date = TODAY,
) -> MatchedList:
    """The first row holds the headings."""
    table = table_of(*rows)
    proposal = propose(table)
    chosen = mapping or proposal.mapping
    snapshot, known = job_of(*expenses)
    data = accounting or known
    listed = listed_rows(table, chosen, proposal.head_row, today)
    return MatchedList(
        snapshot, data, chosen, listed, run_to_end(match(listed, run_to_end(job_index(snapshot, data)), today))
    )
