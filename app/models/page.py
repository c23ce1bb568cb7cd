"""One page of a list, with the cursor to the next."""

from dataclasses import KW_ONLY
from typing import Any, Final, Generic, TypeVar

from pydantic import Field
from pydantic.dataclasses import dataclass

from app.models.vocabulary import EntryId
from app.models.wire import WIRE, Flag, Whole

Row = TypeVar("Row")

# As many rows as this program asks for at a time.
PAGE_LIMIT: Final = 100


@dataclass(frozen=True, slots=True, config=WIRE)
class CursorPageInfo:
    """`total` counts the whole list and is optional in Pleo's answers."""

    _: KW_ONLY
    has_next_page: Flag
    start_cursor: str | None = None
    end_cursor: str | None = None
    total: Whole | None = None


@dataclass(frozen=True, slots=True, config=WIRE)
class Page(Generic[Row]):
    _: KW_ONLY
    data: tuple[Row, ...]
    pagination: CursorPageInfo


@dataclass(frozen=True, slots=True, config=WIRE)
class Envelope(Generic[Row]):
    """How Pleo wraps a single thing."""

    _: KW_ONLY
    data: Row


@dataclass(frozen=True, slots=True, config=WIRE)
class ItemUpdateError:
    """Why Pleo did not take one row of an item update."""

    _: KW_ONLY
    accounting_entry_id: EntryId
    message: str
    type: str


@dataclass(frozen=True, slots=True, config=WIRE)
class ExportJobItemUpdate:
    """What an item update changed, and which rows were refused; both can be filled at once. `data` is as it came: what
    an item has become is read from the job."""

    _: KW_ONLY
    data: tuple[dict[str, Any], ...]
    errors: tuple[ItemUpdateError, ...]


@dataclass(frozen=True, slots=True, config=WIRE)
class Introspection:
    """Whom a credential speaks for. `subject_urn` is such as urn:pleo:company:<uuid>; `scope` is space separated."""

    _: KW_ONLY
    auth_method: str | None = None
    client_id: str | None = None
    scope: str | None = None
    application_name: str | None = None
    subject_urn: str | None = Field(default=None, validation_alias="subjectURN")

    @property
    def scopes(self) -> tuple[str, ...]:
        return tuple((self.scope or "").split())
