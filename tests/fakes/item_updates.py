"""A Pleo of one job in memory whose items take the outcomes that are put."""

import json
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from fakes.builders import a_job, an_item
from fakes.pleo import declined

from app.errors import PleoProblem
from app.models.export_job import ExportJobItem
from app.models.page import ExportJobItemUpdate, ItemUpdateError
from app.models.vocabulary import Item


@dataclass(frozen=True)
class Put:
    """What the next batch meets. `applied`: how many of its first rows take effect, None for all."""

    problem: PleoProblem | None = None
    applied: int | None = None
    after_reads: int = 0
    first: Callable[["FakePleo"], None] | None = None


NOTHING = 0


class FakePleo:
    """One job whose items take the outcomes that are put. `taken` counts how often each entry took one."""

    def __init__(self, items: int, *puts: Put) -> None:
        self.job = a_job(items=items)
        self.items = [an_item(number, Item.PENDING) for number in range(items)]
        self.puts = deque(puts)
        self.bodies: list[str] = []
        self.taken: Counter[str] = Counter()
        self.refused: set[str] = set()
        self.read_problems: deque[PleoProblem | None] = deque()
        self.reads = 0
        self._due: list[tuple[int, list[dict]]] = []

    async def get_job(self, job_id):
        problem = self.read_problems.popleft() if self.read_problems else None
        if problem:
            raise problem
        self.reads += 1
        for at, rows in list(self._due):
            if self.reads >= at:
                self._due.remove((at, rows))
                self._take(rows)
        return self.job

    async def list_items(self, job_id, on_progress=None):
        return tuple(self.items)

    async def put_items(self, job_id, body):
        self.bodies.append(body)
        rows = json.loads(body)
        met = self.puts.popleft() if self.puts else Put()
        if met.first:
            met.first(self)
        if self.job.is_finished:
            raise met.problem or declined(422, "EXPORT_JOB_STATUS_UNPROCESSABLE", "The export job has finished")
        good = [row for row in rows if row["accountingEntryId"] not in self.refused]
        due = good if met.applied is None else good[: met.applied]
        if met.after_reads:
            self._due.append((self.reads + met.after_reads, due))
        else:
            self._take(due)
        if met.problem:
            raise met.problem
        errors = [
            ItemUpdateError(accounting_entry_id=entry, type="ACCOUNTING_ENTRY_UPDATE_FAILED", message="No")
            for entry in (row["accountingEntryId"] for row in rows)
            if entry in self.refused
        ]
        return ExportJobItemUpdate(data=(), errors=tuple(errors))

    def end(self) -> None:
        self.job = replace(self.job, status="failed", failure_reason_type="canceled_by_user")
        self.items = [replace(i, status="abandoned") if i.status == Item.PENDING else i for i in self.items]

    def _take(self, rows: Sequence[dict]) -> None:
        if self.job.is_finished:
            return
        places = {item.accounting_entry_id: place for place, item in enumerate(self.items)}
        for row in rows:
            self.taken[row["accountingEntryId"]] += 1
            at = places[row["accountingEntryId"]]
            self.items[at] = taken_by(self.items[at], row)


def taken_by(item: ExportJobItem, row: dict) -> ExportJobItem:
    return replace(
        item,
        status=row["status"],
        external_id=row.get("externalId"),
        failure_reason=row.get("failureReason"),
        failure_reason_type=row.get("failureReasonType"),
    )
