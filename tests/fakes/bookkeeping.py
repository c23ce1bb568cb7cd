"""A job of a company's expenses, small enough to be seen through, for the lists that accounting systems make of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from fakes.answers import export_item_json
from fakes.builders import an_item, entry_id, snapshot_of
from pydantic import TypeAdapter

from app.models.export_item import ExportItem
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import EntryId

_ENTRY = TypeAdapter(ExportItem)


@dataclass(frozen=True)
class Expense:
    """`amount` in hundredths of `currency`."""

    number: int
    day: date
    supplier: str
    amount: int
    currency: str = "EUR"
    status: str = "pending"
    invoice: str | None = None
    external_id: str | None = None

    @property
    def id(self) -> EntryId:
        return entry_id(self.number)

    @property
    def reconciliation_id(self) -> str:
        return f"{0xC0FFEE00 + self.number * 0x1F3:08x}-{0x4A10 + self.number:04x}"

    @property
    def money(self) -> Decimal:
        return Decimal(self.amount) / 100


# Numbers 7 and 8 are the same taxi ride twice: nothing but an id tells them apart.
EXPENSES = (
    Expense(0, date(2026, 2, 3), "SAS AB", 120400, "SEK"),
    Expense(1, date(2026, 2, 4), "Hetzner Online GmbH", 5900),
    Expense(2, date(2026, 2, 4), "GitHub, Inc.", 2100, "USD"),
    Expense(3, date(2026, 2, 9), "Café Ærø", 4850, "DKK"),
    Expense(4, date(2026, 2, 11), "Deutsche Bahn AG", 23990),
    Expense(5, date(2026, 2, 12), "Müller & Söhne", 123456, invoice="2602-4711"),
    Expense(6, date(2026, 2, 13), "Amazon Web Services EMEA SARL", 99900, "USD"),
    Expense(7, date(2026, 2, 16), "Taxa 4x35", 18500, "DKK"),
    Expense(8, date(2026, 2, 16), "Taxa 4x35", 18500, "DKK"),
    Expense(9, date(2026, 2, 17), "Statoil, återbetalning", -30000, "SEK"),
    Expense(10, date(2026, 2, 18), "DSB", 6200, "DKK", status="successful", external_id="10310"),
    Expense(11, date(2026, 2, 19), "Lufthansa", 45100, status="failed"),
)

TODAY = date(2026, 3, 2)


def job_of(*expenses: Expense) -> tuple[JobSnapshot, AccountingData]:
    """The job as it is read, with its accounting data."""
    items = [an_item(each.number, each.status, external_id=each.external_id) for each in expenses]
    return snapshot_of(items), AccountingData({each.id: entry_of(each) for each in expenses})


def entry_of(expense: Expense) -> ExportItem:
    stamp = datetime(expense.day.year, expense.day.month, expense.day.day, 18, 30, tzinfo=UTC).isoformat()
    money = {"currency": expense.currency, "value": expense.amount}
    invoice: dict[str, Any] | None = None
    if expense.invoice:
        invoice = {"invoiceDate": stamp, "invoiceNumber": expense.invoice, "status": "paid"}
    more = {"reconciliationId": expense.reconciliation_id, "invoiceInformation": invoice}
    return _ENTRY.validate_python(
        export_item_json(
            expense.number,
            date=stamp,
            amount={"inSupplierCurrency": money, "inWalletCurrency": money},
            additionalInformation=more,
            supplier={"name": expense.supplier},
        )
    )
