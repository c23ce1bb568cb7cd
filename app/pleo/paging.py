"""Following cursors to the end of a list, and noticing when the end is not the end. Pure: the caller fetches."""

from dataclasses import dataclass, field

from app.errors import IncompleteRead
from app.messages import said
from app.models.page import CursorPageInfo

# A million rows: far beyond any job, and the end of a list that has none.
_MOST_PAGES = 10_000


@dataclass(slots=True)
class Cursor:
    """Where a list read stands. `incomplete` is said where it does not end well: The list of items is incomplete.
    `after` is None before the first page."""

    incomplete: str
    after: str | None = None
    is_done: bool = False
    _seen: set[str] = field(default_factory=set)

    def advance(self, page: CursorPageInfo) -> None:
        """Raises IncompleteRead where the next page cannot be found, or is one that was read already."""
        if not page.has_next_page:
            self.is_done = True
            return
        if not page.end_cursor:
            raise IncompleteRead(
                # Translators: {incomplete} is: The list of items is incomplete
                said("{incomplete}: Pleo says there is more, and not where", incomplete=self.incomplete),
                details="hasNextPage is true without an endCursor",
            )
        if page.end_cursor in self._seen:
            raise IncompleteRead(
                said("{incomplete}: Pleo sends the same page again", incomplete=self.incomplete),
                details=f"endCursor {page.end_cursor[:80]} came twice",
            )
        if len(self._seen) >= _MOST_PAGES:
            raise IncompleteRead(
                said("{incomplete}: it does not end after {most:,} pages", incomplete=self.incomplete, most=_MOST_PAGES)
            )
        self._seen.add(page.end_cursor)
        self.after = page.end_cursor
