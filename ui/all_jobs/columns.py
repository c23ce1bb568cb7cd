"""The table of what was found."""

from app.messages import tr
from ui.all_jobs.view_model import FoundItem
from ui.common.text_format import TextFormat
from ui.tables.column import Align, Column


def found_columns(fmt: TextFormat) -> tuple[Column[FoundItem], ...]:
    def money(found: FoundItem) -> tuple[str, object] | None:
        amount = found.row.money
        return (amount.currency, amount.amount) if amount else None

    return (
        Column("company", tr("Company"), lambda found: found.company, lambda found: found.company, width=144),
        Column("job", tr("Job"), lambda found: found.job.created_at, lambda found: fmt.moment(found.job.created_at)),
        Column(
            "date",
            tr("Date (UTC)"),
            lambda found: found.row.date,
            lambda found: fmt.bookkeeping_date(found.row.date) if found.row.date else "",
            width=96,
        ),
        Column(
            "supplier",
            tr("Supplier"),
            lambda found: found.row.supplier,
            lambda found: found.row.supplier,
            width=160,
            stretch=True,
        ),
        Column(
            "amount",
            tr("Amount"),
            lambda found: found.row.money and found.row.money.amount,
            lambda found: fmt.money(found.row.money) if found.row.money else "",
            align=Align.END,
            sort_key=money,
            width=112,
        ),
        Column(
            "status",
            tr("Status"),
            lambda found: found.row.status_word,
            lambda found: found.row.status_word,
            icon=lambda found: found.row.status_icon,
            width=144,
        ),
    )
