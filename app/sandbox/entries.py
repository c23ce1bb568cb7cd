"""Makes up the accounting data behind an item, always the same for the same item, and only when it is asked for.

Amounts are JSON numbers: hundredths where the currency has them, whole units where it has none (JPY, ISK).
"""

import random
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from app.sandbox import receipt, sample_data
from app.sandbox.job import Item, Job, stamp
from app.sandbox.sample_data import Company, PlayedCause, Purchase, TaxCode

Body = dict[str, Any]

_WHOLE_UNITS: Final = frozenset({"JPY", "ISK"})
_NO_CAUSE: Final = PlayedCause(reason="", type="")

# Dealt out by position. Their number has no factor in common with that of the suppliers, so every pair comes up.
_KINDS: Final = (
    *("card_purchase",) * 5,
    "out_of_pocket",
    *("card_purchase",) * 4,
    "invoice",
    "mileage",
    *("card_purchase",) * 3,
    "refund",
    "card_purchase",
    "out_of_pocket",
    "per_diem",
    *("card_purchase",) * 2,
    "invoice",
    "card_purchase",
)
_WITHOUT_SUPPLIER: Final = ("mileage", "per_diem")


def entry_body(job: Job, item: Item, base_url: str) -> Body:
    """The item as `GET /v3/export-items` shows it; `base_url` is where receipts can be fetched."""
    return _Entry(job, item).body(base_url)


def receipt_of(job: Job, item: Item) -> bytes:
    """The receipt of an entry, a PDF."""
    return _Entry(job, item).receipt()


class _Entry:
    """One entry while it is made up: every choice is drawn from the entry's own seed, in one order."""

    def __init__(self, job: Job, item: Item) -> None:
        self.item = item
        self.company: Company = sample_data.company_by_id(job.company_id)
        self.cause = sample_data.causes()[item.cause] if item.cause else _NO_CAUSE
        position = job.index[item.accounting_entry_id]
        self.draw = random.Random(f"{job.seed}/{position}")  # noqa: S311 - sample data
        self.kind = item.kind or _KINDS[position % len(_KINDS)]
        if self.cause.supplier or self.cause.use or self.cause.file_bytes:
            self.kind = "card_purchase"  # an entry without supplier, account or receipt could not fail like that
        self.purchase = self._purchase(position, len(job.seed))
        self.person = self.draw.choice(self.company.people)
        self.date = self._date(job.created_at)
        self.currency = self.purchase.currency if self._has_supplier else self.company.currency
        self.count = self.draw.randint(12, 190) if self.kind == "mileage" else self.draw.randint(1, 4)
        self.value = self._value()
        self.is_split = position % 9 == 4 and self._has_supplier

    @property
    def _has_supplier(self) -> bool:
        return self.kind not in _WITHOUT_SUPPLIER

    def _purchase(self, position: int, shift: int) -> Purchase:
        known = sample_data.purchases()
        if self.cause.supplier:
            known = [purchase for purchase in known if purchase.supplier == self.cause.supplier]
        if self.cause.use:
            known = [purchase for purchase in known if purchase.use == self.cause.use]
        return known[(position * 7 + shift) % len(known)]

    def _date(self, created: datetime) -> datetime:
        moment = created - timedelta(days=self.draw.randint(1, 24))
        if self.cause.in_last_month:
            moment = created.replace(day=1) - timedelta(days=self.draw.randint(1, 20))
        return moment.replace(hour=self.draw.randint(6, 23), minute=self.draw.randint(0, 59), second=0, microsecond=0)

    def _value(self) -> int:
        if not self._has_supplier:
            return self.count * (self.company.per_km if self.kind == "mileage" else self.company.per_day)
        least, most = self.purchase.least, self.purchase.most
        units = self.draw.triangular(least, most, least + (most - least) * 0.15)
        value = round(units)
        if self.currency not in _WHOLE_UNITS:
            value = value * 100 + self.draw.choice((0, 0, 50, 90, self.draw.randint(1, 99)))
        return -value if self.kind == "refund" else value

    def body(self, base_url: str) -> Body:
        entry = self.item.accounting_entry_id
        body: Body = {
            "_links": {"web": {"exportItem": f"https://app.pleo.io/export/items/{entry}"}},
            "accountingEntryId": entry,
            "companyId": self.company.id,
            "date": stamp(self.date),
            "type": self.kind,
            "note": self._note(),
            "amount": self._pair(self.value),
            "accountingEntryLines": self._lines(),
            "additionalInformation": self._additional(),
            "bookkeeping": {"method": "accounts_payable" if self.kind == "invoice" else "journal"},
            "contraAccount": {"id": self._id("contra"), "identifier": None, **self.company.contra_account},
            "files": self._files(base_url),
            "servicePeriod": self._service_period(),
            "supplier": self._supplier(),
            "vendor": self._vendor(),
            "team": {"id": self._id(self._team["code"]), **self._team},
            "user": {"id": self._id(self.person), "name": self.person, "code": None},
        }
        if self.kind == "out_of_pocket":
            body["subType"] = "reimbursement_to_employee"
        return body

    def receipt(self) -> bytes:
        amount = f"{self.value}" if self.currency in _WHOLE_UNITS else f"{self.value / 100:.2f}"
        return receipt.pdf(
            [self.purchase.supplier, f"{self.date:%Y-%m-%d %H:%M} UTC", f"Total {amount} {self.currency}"]
        )

    @property
    def _team(self) -> Mapping[str, str]:
        return self.company.teams[self.company.people.index(self.person) % len(self.company.teams)]

    def _note(self) -> str | None:
        if not self._has_supplier:
            note = self.company.mileage_note if self.kind == "mileage" else self.company.per_diem_note
            return note.format(self.count)
        return self.draw.choice(self.purchase.notes) or None

    def _pair(self, value: int) -> Body:
        """`value` in the supplier's currency, and what the wallet was charged for it."""
        rates, home = sample_data.rates(), self.company.currency
        factor = rates[self.currency] / rates[home]
        if self.currency in _WHOLE_UNITS:
            factor *= 100  # no company keeps its wallet in a currency without hundredths
        return {
            "inSupplierCurrency": {"currency": self.item.currency or self.currency, "value": value},
            "inWalletCurrency": {"currency": home, "value": round(value * factor)},
        }

    def _lines(self) -> list[Body]:
        values = [self.value]
        if self.is_split:
            values = [self.value * 3 // 4, self.value - self.value * 3 // 4]
        return [self._line(number, value) for number, value in enumerate(values)]

    def _line(self, number: int, value: int) -> Body:
        tax = self._tax_code()
        tax_value = 0
        if tax is not None:
            is_inclusive = tax.type == "inclusive"
            tax_value = round(value * tax.rate / (1 + tax.rate if is_inclusive else 1))
        return {
            "accountingEntryLineId": self._own_id(f"line/{number}"),
            "lineAmount": self._pair(value),
            "netAmount": self._pair(value - tax_value if tax and tax.type == "inclusive" else value),
            "account": self._account(number),
            "tags": [self._tag(tag) for tag in self.company.tags] if self.draw.random() < 0.6 else [],
            "tax": None if tax is None else self._tax(tax, tax_value),
        }

    def _account(self, number: int) -> Body:
        use = self.purchase.use if self._has_supplier else "mileage"
        fitting = [account for account in self.company.accounts if account["use"] == use]
        account = self.cause.account or (fitting[0] if number == 0 else self.company.accounts[2])
        return {"id": self._id(account["code"]), "name": account["name"], "code": account["code"], "identifier": None}

    def _tax_code(self) -> TaxCode | None:
        if self.cause.tax:
            return TaxCode(self.cause.tax, 0.19, "inclusive")
        if not self._has_supplier:
            return None
        if self.purchase.country == self.company.country:
            return self.company.tax[0]
        # Bought abroad: services are taxed here in reverse, what is eaten or travelled there is not deductible.
        return self.company.tax[2] if self.purchase.use in ("software", "advertising", "services") else None

    def _tax(self, tax: TaxCode, value: int) -> Body:
        return {
            "id": self._id(tax.code),
            "amount": self._pair(value),
            "rate": tax.rate,
            "type": tax.type,
            "code": tax.code,
        }

    def _tag(self, tag: Mapping[str, Any]) -> Body:
        code = self.draw.choice(tag["codes"])
        return {"id": self._id(code), "code": code, "groupCode": tag["group"]}

    def _additional(self) -> Body:
        has_guests = self._has_supplier and self.purchase.use == "meals"
        invoice = None
        if self.kind == "invoice":
            invoice = {
                "invoiceDate": stamp(self.date - timedelta(days=9)),
                "invoiceNumber": f"{self.date:%y%m}-{self.draw.randint(1000, 9999)}",
                "status": "paid",
                "dueDate": stamp(self.date + timedelta(days=21)),
                "paymentDate": stamp(self.date),
            }
        return {
            "reconciliationId": self._own_id("book")[:13],
            "attendees": self.draw.sample(self.company.people, 2) if has_guests else [],
            "reconciledEntries": [],
            "invoiceInformation": invoice,
        }

    def _files(self, base_url: str) -> list[Body]:
        if not self._has_supplier:
            return []
        size = self.cause.file_bytes or len(self.receipt())
        url = f"{base_url}/receipts/{self.item.accounting_entry_id}.pdf"
        return [{"size": size, "type": "application/pdf", "url": url}]

    def _service_period(self) -> Body | None:
        if not self._has_supplier or self.purchase.use != "software":
            return None
        return {"from": stamp(self.date), "to": stamp(self.date + timedelta(days=30))}

    def _supplier(self) -> Body | None:
        if not self._has_supplier:
            return None
        code = f"{70000 + sum(map(ord, self.purchase.supplier)) % 900}"
        return {
            "name": self.purchase.supplier,
            "code": code,
            "account": None,
            "categoryCode": None,
            "country": self.purchase.country,
            "taxIdentifier": None,
        }

    def _vendor(self) -> Body | None:
        if self.kind != "invoice":
            return None
        name = self.purchase.supplier
        return {
            "id": self._id(name),
            "name": name,
            "defaultCurrency": self.purchase.currency,
            "country": self.purchase.country,
        }

    def _id(self, name: str) -> str:
        return _id_in(self.company.id, name)

    def _own_id(self, name: str) -> str:
        return str(uuid.uuid5(uuid.UUID(self.item.accounting_entry_id), name))


@cache
def _id_in(company_id: str, name: str) -> str:
    """The id of something that a company has: a person, a team, an account, a code. They are few."""
    return str(uuid.uuid5(uuid.UUID(company_id), name))
