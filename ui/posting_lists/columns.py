"""The result of matching as a list of columns."""

from app.messages import spoken_language, tr
from app.posting_lists.known_words import ColumnRole
from ui.posting_lists.view_model import ListRow
from ui.tables.column import Align, Column


def list_columns() -> tuple[Column[ListRow], ...]:
    return (
        Column(
            "take",
            tr("Take"),
            lambda row: not row.is_taken,
            lambda row: tr("Yes") if row.is_taken else "",
            icon=lambda row: None if row.row is None else "tick-on" if row.is_taken else "tick-off",
            spoken=_take_words,
            checked=lambda row: None if row.row is None else row.is_taken,
            width=64,
        ),
        Column(
            "number",
            tr("Row"),
            lambda row: row.number,
            lambda row: spoken_language().number(row.number) if row.number else "",
            align=Align.END,
            width=48,
        ),
        Column(
            "found",
            tr("Found"),
            lambda row: row.look.value.word,
            _found,
            icon=lambda row: row.look.value.icon,
            width=152,
        ),
        Column("says", tr("The list says"), lambda row: row.says, lambda row: row.says, icon=_says_icon, width=104),
        Column(
            "voucher",
            tr("Voucher"),
            lambda row: row.said(ColumnRole.VOUCHER),
            lambda row: row.said(ColumnRole.VOUCHER),
            width=88,
        ),
        Column("posted", tr("Posting date"), lambda row: row.posted, lambda row: row.posted_text, width=112),
        Column("amount", tr("Amount"), lambda row: row.amount, lambda row: row.amount_text, align=Align.END, width=104),
        Column("item", tr("Item"), lambda row: row.item_text, lambda row: row.item_text, width=240, stretch=True),
        Column("now", tr("Now in Pleo"), lambda row: row.now, lambda row: row.now, width=96),
        Column("by", tr("Matched by"), lambda row: row.by, lambda row: row.by, width=120),
        Column(
            "note", tr("To note"), lambda row: row.note, lambda row: row.note, tooltip=lambda row: row.note, width=180
        ),
        Column(
            "reference", tr("Reference"), lambda row: row.reference, lambda row: row.reference, width=144, shown=False
        ),
        Column(
            "message",
            tr("Message"),
            lambda row: row.said(ColumnRole.MESSAGE),
            lambda row: row.said(ColumnRole.MESSAGE),
            width=176,
            shown=False,
        ),
    )


def _take_words(row: ListRow) -> str:
    """The box and why it is as it is, in words."""
    if row.row is None:
        return tr("No row of the list is about this item")
    if row.is_taken:
        return tr("Taken")
    return tr("Left: {why}", why=row.note) if row.note else tr("Left")


def _found(row: ListRow) -> str:
    return row.look.value.word


def _says_icon(row: ListRow) -> str | None:
    return row.says_icon
