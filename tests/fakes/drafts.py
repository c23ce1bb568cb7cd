"""Drafts with plain values, and a store of them in memory."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from fakes.builders import NINE, entry_id

from app.errors import DraftsProblem
from app.models.draft import Draft, Drafts, PostingRow
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId, FailureType, Item, JobId
from app.outcomes.projection import DraftedSnapshot
from app.slices import run_to_end

LIST = PostingRow("postings.csv", "ab" * 32, 7, "reference")


def a_success(number: int, external_id: str | None = "JE-1", **more) -> Draft:
    outcome = ItemOutcome(entry_id(number), Item.SUCCESSFUL, external_id=external_id)
    return replace(Draft(outcome, "Ann", NINE, "Seen in the ledger"), **more)


def a_failure(number: int, reason: str = "Account 4980 is closed", **more) -> Draft:
    kind = FailureType("account_unknown")
    outcome = ItemOutcome(entry_id(number), Item.FAILED, failure_reason=reason, failure_reason_type=kind)
    return replace(Draft(outcome, "Ann", NINE, "Asked the client"), **more)


class FakeDraftStore:
    """`kept` is what is on disk. While `is_broken`, nothing can be written."""

    def __init__(self) -> None:
        self.kept: dict[JobId, dict[EntryId, Draft]] = defaultdict(dict)
        self.is_broken = False
        self.written: list[Mapping[EntryId, Draft | None]] = []

    async def read(self, job_id: JobId) -> Mapping[EntryId, Draft]:
        return dict(self.kept[job_id])

    async def write(self, job_id: JobId, changes: Mapping[EntryId, Draft | None]) -> None:
        if self.is_broken:
            raise DraftsProblem("The drafted outcomes cannot be kept: disk full")
        self.written.append(changes)
        for entry, draft in changes.items():
            if draft is None:
                self.kept[job_id].pop(entry, None)
            else:
                self.kept[job_id][entry] = draft

    async def close(self) -> None:
        pass


def snapshot_as_drafted(snapshot: JobSnapshot, drafts: Drafts) -> JobSnapshot:
    """The job as Pleo would show it once the drafts are sent, without a pause."""
    search = DraftedSnapshot(snapshot, drafts)
    run_to_end(iter(search))
    return search.found
