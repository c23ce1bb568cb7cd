"""The table of outcomes that are about to be sent, as a list of columns."""

from decimal import Decimal

from app.messages import shown, tr
from ui.common.status_text import item_look, item_word
from ui.common.text_format import TextFormat
from ui.outcomes.view_model import SendRow
from ui.tables.column import Align, Column
from ui.theme.status import REFUSED_DRAFT, look_of


def send_columns(fmt: TextFormat) -> tuple[Column[SendRow], ...]:
    """Their titles are true before the outcomes are sent and after."""

    def amount(row: SendRow) -> str:
        return fmt.money(row.entry.amount.in_supplier_currency) if row.entry else ""

    return (
        Column("supplier", tr("Supplier"), lambda row: row.supplier, lambda row: row.supplier, width=128),
        Column("amount", tr("Amount"), _amount, amount, align=Align.END, sort_key=_by_currency, width=104),
        Column("before", tr("Before"), _before, _before, icon=_icon_before, width=96),
        Column("after", tr("Outcome"), lambda row: row.after, lambda row: row.after, icon=_icon_after, width=144),
        Column(
            "said",
            tr("Details"),
            lambda row: row.said,
            _one_line,
            tooltip=lambda row: row.said,
            width=184,
            stretch=True,
        ),
        Column("why", tr("Note"), lambda row: row.why, lambda row: row.why, width=136),
    )


def _before(row: SendRow) -> str:
    return item_word(row.item.status)


def _icon_before(row: SendRow) -> str:
    return look_of(item_look(row.item.status)).icon


def _icon_after(row: SendRow) -> str:
    return REFUSED_DRAFT.icon if row.is_refused else look_of(item_look(row.draft.outcome.status)).icon


def _one_line(row: SendRow) -> str:
    return " ".join(shown(row.said).split())


def _amount(row: SendRow) -> Decimal | None:
    money = row.entry.amount.in_supplier_currency if row.entry else None
    return money.amount if money else None


def _by_currency(row: SendRow) -> tuple[str, Decimal] | None:
    money = row.entry.amount.in_supplier_currency if row.entry else None
    return (money.currency, money.amount) if money else None
