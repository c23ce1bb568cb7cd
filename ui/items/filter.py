"""What of a job's items is shown: the search, the chosen statuses, the chosen cause."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.messages import shown, tr
from app.models.vocabulary import EntryId
from ui.items.view_model import ItemRow
from ui.theme.status import StatusLook, look_of


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Everything is required together. `cause` holds the entries of one cause, `cause_title` names it; `only_drafts`
    shows items whose outcome was entered here."""

    query: str = ""
    looks: frozenset[StatusLook] = frozenset()
    cause: frozenset[EntryId] | None = None
    cause_title: str = ""
    only_drafts: bool = False

    @property
    def is_active(self) -> bool:
        return bool(self.query.strip() or self.looks or self.cause is not None or self.only_drafts)

    def described(self) -> str:
        """In the user's words, for the line that says what is hidden."""
        looks = ", ".join(shown(look_of(look).within) for look in StatusLook if look in self.looks)
        query = tr("“{query}”", query=self.query.strip()) if self.query.strip() else ""
        drafts = tr("drafts") if self.only_drafts else ""
        return " · ".join(part for part in (looks, drafts, shown(self.cause_title), query) if part)

    def positions(self, rows: Sequence[ItemRow], found: list[int] | None) -> list[int] | None:
        """Of `rows` as given, those that meet all; `found` is what the search met, None for all. None means all."""
        positions: Sequence[int] | None = found
        if self.looks:
            positions = [place for place in _all(positions, rows) if rows[place].look in self.looks]
        if self.cause is not None:
            cause = self.cause
            positions = [place for place in _all(positions, rows) if rows[place].item.accounting_entry_id in cause]
        if self.only_drafts:
            positions = [place for place in _all(positions, rows) if rows[place].draft]
        return None if positions is None else list(positions)


def _all(positions: Sequence[int] | None, rows: Sequence[ItemRow]) -> Sequence[int]:
    return range(len(rows)) if positions is None else positions
