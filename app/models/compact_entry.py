"""Export items as they are kept by the hundred thousand: what a column shows at hand, the rest in Pleo's own words.

A whole entry takes 6 KB of memory, three times its JSON. So a page is checked whole when it arrives, the values of the
table's columns stay, and the page's text is kept packed (an eighth of it): the rest is parsed again when somebody asks.
"""

import zlib
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from sys import intern
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

from app.models.export_item import Account, ExportItem, Named, Supplier, Vendor, tax_name
from app.models.page import Page
from app.models.validation_only import checked_page
from app.models.wire import read_value

Shared = TypeVar("Shared", Account, Named, Supplier, Vendor, None)

_AT_HAND: Final = (
    "accounting_entry_id", "company_id", "type", "sub_type", "date", "amount", "note", "supplier", "vendor", "team",
    "user",
)  # fmt: skip
_PARSED_AGAIN: Final = frozenset(ExportItem.__slots__) - frozenset(_AT_HAND)
_at_hand_of = attrgetter(*_AT_HAND)
_values_of: Final = {kind: attrgetter(*kind.__slots__) for kind in (Account, Named, Supplier, Vendor)}
_set = object.__setattr__

_PAGE = TypeAdapter(Page[ExportItem])
_CHECKED_PAGE = checked_page(ExportItem, as_values=_AT_HAND, made_kinds=tuple(_values_of))


class KeptPage:
    """The text of one page of export items."""

    __slots__ = ("_text",)

    def __init__(self, text: bytes) -> None:
        self._text: bytes | _Packed = text

    @classmethod
    def of_packed(cls, packed: bytes) -> "KeptPage":
        page = cls(b"")
        page._text = _Packed(packed)
        return page

    @property
    def is_packed(self) -> bool:
        return isinstance(self._text, _Packed)

    def pack(self) -> bytes:
        """The packed text, which is all that is kept from now on. Takes about a millisecond: best in a thread."""
        text = self._text
        if not isinstance(text, _Packed):
            self._text = text = _Packed(zlib.compress(text, 1))
        return bytes(text)

    def text(self) -> bytes:
        text = self._text
        return zlib.decompress(text) if isinstance(text, _Packed) else text

    def is_same_text(self, other: "KeptPage") -> bool:
        return self is other or self.pack() == other.pack()


class _Packed(bytes):
    """Told from a text by its type, so that another thread never takes the one for the other."""

    __slots__ = ()


@lru_cache(maxsize=4)
def _entries_of(page: KeptPage) -> tuple[ExportItem, ...]:
    return read_value(page.text(), _PAGE).data


class KeptItem(ExportItem):
    """An export item of a page that was found to be right."""

    __slots__ = ("_accounts", "invoice_number", "page", "place", "receipt_count", "reconciliation_id", "taxes")
    _accounts: tuple[Account, ...]
    invoice_number: str | None
    reconciliation_id: str
    page: KeptPage
    place: int
    receipt_count: int
    taxes: tuple[str, ...]

    @property
    def accounts(self) -> tuple[Account, ...]:
        return self._accounts

    def whole(self) -> ExportItem:
        return _entries_of(self.page)[self.place]

    def __getattr__(self, name: str) -> Any:
        """What no column shows."""
        if name in _PARSED_AGAIN:
            return getattr(self.whole(), name)
        raise AttributeError(name)

    def __repr__(self) -> str:
        return f"KeptItem({self.accounting_entry_id!r})"

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, KeptItem):
            return self.whole() == other if isinstance(other, ExportItem) else NotImplemented
        if _at_hand_of(self) != _at_hand_of(other):
            return False
        is_same_place = self.place == other.place and self.page.is_same_text(other.page)
        return is_same_place or self.whole() == other.whole()

    __hash__ = None  # type: ignore[assignment]  # as for every export item: its links are a dict


class EntryKeeper:
    """Makes kept entries of the pages of one list. What many entries have in common is held once."""

    def __init__(self) -> None:
        # By their values: the kinds have different numbers of them, so they never meet.
        self._shared: dict[tuple[Any, ...], Any] = {}
        self.unpacked: list[KeptPage] = []

    def read(self, content: bytes) -> Page[ExportItem]:
        """Raises ValidationError and ValueError as `read_value` does."""
        page = KeptPage(content)
        read = self._read(content, page)
        self.unpacked.append(page)
        return read

    def read_packed(self, packed: bytes) -> Page[ExportItem]:
        """A page that was packed before. Raises zlib.error too."""
        page = KeptPage.of_packed(packed)
        return self._read(page.text(), page)

    def _read(self, content: bytes, page: KeptPage) -> Page[ExportItem]:
        checked = read_value(content, _CHECKED_PAGE)
        kept = tuple([self._kept(entry, page, place) for place, entry in enumerate(checked["data"])])
        return Page(data=kept, pagination=checked["pagination"])

    def _kept(self, entry: dict[str, Any], page: KeptPage, place: int) -> KeptItem:
        once, given = self._once, entry.get
        kept = KeptItem.__new__(KeptItem)
        _set(kept, "accounting_entry_id", intern(entry["accountingEntryId"]))
        _set(kept, "company_id", entry["companyId"])
        _set(kept, "type", entry["type"])
        _set(kept, "sub_type", given("subType"))
        _set(kept, "date", entry["date"])
        _set(kept, "amount", entry["amount"])
        _set(kept, "note", given("note"))
        _set(kept, "supplier", once(given("supplier")))
        _set(kept, "vendor", once(given("vendor")))
        _set(kept, "team", once(given("team")))
        _set(kept, "user", once(given("user")))
        _set(kept, "_accounts", self._accounts(entry["accountingEntryLines"]))
        _set(kept, "taxes", self._taxes(entry["accountingEntryLines"]))
        _set(kept, "receipt_count", sum(file is not None for file in given("files") or ()))
        more = entry["additionalInformation"]
        invoice = more.get("invoiceInformation")
        _set(kept, "reconciliation_id", more["reconciliationId"])
        _set(kept, "invoice_number", invoice["invoiceNumber"] if invoice else None)
        _set(kept, "page", page)
        _set(kept, "place", place)
        return kept

    def _accounts(self, lines: list[dict[str, Any]]) -> tuple[Account, ...]:
        """Each once by its id, the last one told, in the lines' order; as `ExportItem.accounts` says it."""
        found = {account.id: account for line in lines if (account := line.get("account"))}
        accounts = tuple([self._once(account) for account in found.values()])
        held: tuple[Account, ...] = self._shared.setdefault(("accounts", *map(id, accounts)), accounts)
        return held

    def _taxes(self, lines: list[dict[str, Any]]) -> tuple[str, ...]:
        """As `ExportItem.taxes` says them; a rate that was only checked has its first digits, which are enough."""
        found = dict.fromkeys(tax_name(tax.get("code"), tax["rate"]) for line in lines if (tax := line.get("tax")))
        taxes = tuple(filter(None, found))
        held: tuple[str, ...] = self._shared.setdefault(("taxes", *taxes), taxes)
        return held

    def _once(self, value: Shared) -> Shared:
        if value is None:
            return value
        found: Shared = self._shared.setdefault(_values_of[type(value)](value), value)
        return found


def kept_pages(entries: Iterable[ExportItem]) -> tuple[KeptPage, ...]:
    """The pages that entries were read from, each once, in their order."""
    return tuple(dict.fromkeys(entry.page for entry in entries if isinstance(entry, KeptItem)))
