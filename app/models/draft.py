"""An item's outcome that a person has entered and not sent yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.item_outcome import ItemOutcome
from app.models.vocabulary import EntryId


@dataclass(frozen=True, slots=True)
class PostingRow:
    """The row of a posting list that an outcome comes from. `sha256` is the file's fingerprint, `row` its number as a
    spreadsheet shows it, `matched_by` what it was matched to the item by."""

    file_name: str
    sha256: str
    row: int
    matched_by: str = ""


@dataclass(frozen=True, slots=True)
class DraftRefusal:
    """Why Pleo did not take an outcome, in its own words."""

    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One item's outcome as it would be sent. `note` says why, unless `source` says where it comes from."""

    outcome: ItemOutcome
    drafted_by: str
    drafted_at: datetime
    note: str = ""
    source: PostingRow | None = None
    refusal: DraftRefusal | None = None

    @property
    def entry_id(self) -> EntryId:
        return self.outcome.accounting_entry_id


Drafts = Mapping[EntryId, Draft]
NO_DRAFTS: Drafts = {}
# None for an item without a draft.
Changes = Mapping[EntryId, Draft | None]
