"""The table of items as a list of columns."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from app.messages import shown, tr
from app.review.search import SearchColumn, amount_text
from ui.common.text_format import UNREADABLE, TextFormat
from ui.items.view_model import ItemRow
from ui.tables.column import Align, Column, CopyCell


def item_columns(fmt: TextFormat) -> tuple[Column[ItemRow], ...]:
    def date(row: ItemRow) -> str:
        return fmt.bookkeeping_date(row.date) if row.entry else ""

    def amount(row: ItemRow) -> str:
        return fmt.money(row.money) if row.entry else ""

    return (
        Column(
            "status",
            tr("Status"),
            lambda row: row.status_word,
            lambda row: row.status_word,
            icon=lambda row: row.status_icon,
            tooltip=lambda row: row.status_sentence,
            sort_key=lambda row: row.need,
            width=150,
        ),
        Column("date", tr("Date (UTC)"), lambda row: row.date, date, width=96),
        Column("supplier", tr("Supplier"), lambda row: row.supplier, lambda row: row.supplier, width=122, stretch=True),
        Column(
            "amount",
            tr("Amount"),
            _amount,
            amount,
            align=Align.END,
            sort_key=_by_currency,
            width=112,
            copy=_copied_amount,
            copy_titles=(tr("Amount"), tr("Currency")),
        ),
        Column("reason", tr("Failure reason"), lambda row: row.reason, _one_line, width=220, stretch=True),
        Column("failure", tr("What failed"), lambda row: row.failure, lambda row: row.failure, width=176),
        Column("person", tr("Person"), lambda row: row.person, lambda row: row.person, width=128),
        Column("account", tr("Category account"), lambda row: row.account, lambda row: row.account, width=160),
        Column(
            "external_id",
            tr("Entry in the books"),
            lambda row: row.external_id,
            lambda row: row.external_id,
            width=144,
        ),
        Column("set_by", tr("Set by"), lambda row: row.set_by, lambda row: row.set_by, width=128, shown=False),
    )


def _amount(row: ItemRow) -> Decimal | None:
    return row.money.amount if row.money else None


def _copied_amount(row: ItemRow) -> tuple[CopyCell, ...]:
    if row.money is None:
        return (UNREADABLE if row.entry else None), None
    return row.money.amount, row.money.currency


def _by_currency(row: ItemRow) -> tuple[str, Decimal] | None:
    """Amounts of one currency stand together: across currencies their order would mean nothing."""
    return (row.money.currency, row.money.amount) if row.money else None


def _one_line(row: ItemRow) -> str:
    return " ".join(row.reason.split())


# What else a user may write before the colon, beside the title in the user's language.
_OTHER_NAMES = {
    "status": ("state",),
    "date": ("day",),
    "supplier": ("vendor", "merchant"),
    "amount": ("money", "sum"),
    "reason": ("why", "error"),
    "failure": ("type",),
    "person": ("user", "who"),
    "account": ("category",),
    "external_id": ("entry", "voucher", "id"),
    "set_by": ("by",),
}


def search_columns(columns: Sequence[Column[ItemRow]]) -> tuple[SearchColumn, ...]:
    """What the search box looks at: the texts on screen, and amounts as they may be typed."""
    return tuple(
        SearchColumn(column.key, shown(column.title), _OTHER_NAMES.get(column.key, ()), _searched(column))
        for column in columns
    )


def _searched(column: Column[ItemRow]) -> Callable[[ItemRow], str]:
    if column.key == "status":
        return lambda row: f"{shown(row.status_sentence)} {shown(row.status_word)}" if row.draft else row.status_word
    if column.key != "amount":
        return column.text
    return lambda row: f"{column.text(row)} {amount_text(row.money.amount, row.money.exponent)}" if row.money else ""
