"""The table of items as a list of columns."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from app.messages import ntr, shown, tr, tr_as
from app.models.money import Money
from app.review.search import SearchColumn, amount_text
from ui.common.text_format import UNREADABLE, TextFormat
from ui.items.view_model import ItemRow
from ui.tables.column import Align, Column, CopyCell
from ui.theme.status import StatusLook


def item_columns(fmt: TextFormat) -> tuple[Column[ItemRow], ...]:
    def date(row: ItemRow) -> str:
        return fmt.bookkeeping_date(row.date) if row.entry else ""

    def amount(row: ItemRow) -> str:
        return fmt.money(row.money) if row.entry else ""

    def company_amount(row: ItemRow) -> str:
        return fmt.money(row.company_money) if row.entry else ""

    return (
        Column(
            "status",
            tr("Status"),
            lambda row: row.status_word,
            lambda row: row.status_word,
            icon=lambda row: row.status_icon,
            tooltip=lambda row: row.status_sentence,
            sort_key=lambda row: row.status_rank,
            width=150,
        ),
        Column("date", tr("Date (UTC)"), lambda row: row.date, date, width=96),
        # It takes the room that the others leave.
        Column("supplier", tr("Supplier"), lambda row: row.supplier, lambda row: row.supplier, width=122, stretch=True),
        Column(
            "amount",
            tr("Amount"),
            _amount,
            amount,
            align=Align.END,
            sort_key=lambda row: _by_currency(row.money),
            width=112,
            copy=lambda row: _copied_amount(row, row.money),
            copy_titles=(tr("Amount"), tr("Currency")),
        ),
        _words("reason", tr("Failure reason"), _reason, width=220),
        _words("failure", tr("What failed"), lambda row: row.failure, width=176, shown=False),
        _words("person", tr("Person"), lambda row: row.person, width=128),
        _words("account", tr("Category account"), lambda row: row.account, width=160),
        _words("external_id", tr("Entry in the books"), lambda row: row.external_id, width=144),
        Column(
            "company_amount",
            tr("Amount in the wallet"),
            lambda row: row.company_money and row.company_money.amount,
            company_amount,
            align=Align.END,
            sort_key=lambda row: _by_currency(row.company_money),
            width=144,
            shown=False,
            copy=lambda row: _copied_amount(row, row.company_money),
            copy_titles=(tr("Amount in the wallet"), tr("Currency of the wallet")),
            hides_empty=True,
        ),
        _words("set_by", tr("Set by"), lambda row: row.set_by, width=128, shown=False),
        _words("team", tr("Team"), lambda row: row.team, width=112, shown=False),
        _words("note", tr("Note"), lambda row: " ".join(row.note.split()), width=176, shown=False),
        _words("tax", tr("Tax"), lambda row: row.tax, width=80, shown=False),
        Column(
            "receipt",
            tr("Receipt"),
            lambda row: row.receipt_count,
            _receipt,
            width=80,
            shown=False,
            hides_empty=True,
        ),
        _words("reconciliation_id", tr("Reconciliation id"), lambda row: row.reconciliation_id, width=160, shown=False),
    )


def empty_values(
    columns: Sequence[Column[ItemRow]], *, are_amounts_known: bool
) -> dict[str, Callable[[ItemRow], object]]:
    """By key, what tells whether a column is empty. What Pleo says of the entries is not judged before it was read."""
    return {
        column.key: column.value
        for column in columns
        if column.hides_empty and (are_amounts_known or column.key in _OF_THE_ITEM)
    }


_OF_THE_ITEM = ("reason", "failure", "external_id")


def _words(key: str, title: str, words: Callable[[ItemRow], str], *, width: int, shown: bool = True) -> Column[ItemRow]:
    return Column(key, title, words, words, width=width, shown=shown, hides_empty=True)


def _amount(row: ItemRow) -> Decimal | None:
    return row.money.amount if row.money else None


def _copied_amount(row: ItemRow, money: Money | None) -> tuple[CopyCell, ...]:
    if money is None:
        return (UNREADABLE if row.entry else None), None
    return money.amount, money.currency


def _by_currency(money: Money | None) -> tuple[str, Decimal] | None:
    """Amounts of one currency stand together: across currencies their order would mean nothing."""
    return (money.currency, money.amount) if money else None


def _reason(row: ItemRow) -> str:
    """In one line; where Pleo gives a type alone, what that means."""
    return " ".join(row.reason.split()) or row.failure


def _receipt(row: ItemRow) -> str:
    match row.receipt_count:
        case None:
            return ""
        case 0:
            return tr_as("receipt", "No")
        case 1:
            return tr_as("receipt", "Yes")
        case several:
            return ntr("{n:,} receipt", "{n:,} receipts", several)


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
    "company_amount": ("wallet",),
    "tax": ("vat",),
    "receipt": ("file",),
    "reconciliation_id": ("reconciliation",),
}


def search_columns(columns: Sequence[Column[ItemRow]]) -> tuple[SearchColumn, ...]:
    """What the search box looks at: the texts on screen, and amounts as they may be typed."""
    return tuple(
        SearchColumn(
            column.key, shown(column.title), _OTHER_NAMES.get(column.key, ()), _searched(column), _compared(column)
        )
        for column in columns
    )


def _compared(column: Column[ItemRow]) -> Callable[[ItemRow], Decimal | None] | None:
    money_of = _MONEY.get(column.key)
    if money_of is None:
        return None

    def amount(row: ItemRow) -> Decimal | None:
        money = money_of(row)
        return money.amount if money else None

    return amount


def _searched(column: Column[ItemRow]) -> Callable[[ItemRow], str]:
    if column.key == "status":
        return _searched_status
    money_of = _MONEY.get(column.key)
    if money_of is None:
        return column.text

    def amount(row: ItemRow) -> str:
        money = money_of(row)
        return f"{column.text(row)} {amount_text(money.amount, money.exponent)}" if money else ""

    return amount


def _searched_status(row: ItemRow) -> str:
    """Pleo's own word is found too."""
    words = f"{shown(row.status_sentence)} {shown(row.status_word)}" if row.draft else shown(row.status_word)
    return f"{words} {row.item.status}" if row.look is StatusLook.SUCCESSFUL else words


_MONEY: dict[str, Callable[[ItemRow], Money | None]] = {
    "amount": lambda row: row.money,
    "company_amount": lambda row: row.company_money,
}
