"""The accounting data behind a job's item, available from Pleo while the job runs."""

from dataclasses import KW_ONLY
from decimal import Decimal

from pydantic import Field
from pydantic.dataclasses import dataclass

from app.models.money import AmountPair
from app.models.vocabulary import CompanyId, EntryId
from app.models.wire import UNREADABLE_FIELDS, WIRE, Count, Rate, Stamp


@dataclass(frozen=True, slots=True, config=WIRE)
class Account:
    """A category account or contra account of the chart of accounts."""

    _: KW_ONLY
    id: str
    name: str
    code: str | None = None
    identifier: str | None = None


@dataclass(frozen=True, slots=True, config=WIRE)
class Tag:
    _: KW_ONLY
    id: str
    code: str
    group_code: str


@dataclass(frozen=True, slots=True, config=WIRE)
class Tax:
    """`rate` 0.2 is 20 %. `type` is inclusive, exclusive or reverse, or a word not listed."""

    _: KW_ONLY
    id: str
    amount: AmountPair
    rate: Rate
    type: str
    code: str | None = None
    unreadable_fields: tuple[str, ...] = Field(default=(), alias=UNREADABLE_FIELDS)


def tax_name(code: str | None, rate: Decimal | float | None) -> str:
    """What a table calls a tax: its code, or its rate as 25 %; "" where neither can be read."""
    if code:
        return code
    return "" if rate is None else f"{float(rate) * 100:g} %"


@dataclass(frozen=True, slots=True, config=WIRE)
class ExportItemLine:
    _: KW_ONLY
    accounting_entry_line_id: str
    line_amount: AmountPair
    net_amount: AmountPair
    account: Account | None = None
    tags: tuple[Tag | None, ...] | None = None
    tax: Tax | None = None


@dataclass(frozen=True, slots=True, config=WIRE)
class InvoiceInformation:
    _: KW_ONLY
    invoice_date: Stamp
    invoice_number: str
    status: str
    due_date: Stamp = None
    payment_date: Stamp = None
    unreadable_fields: tuple[str, ...] = Field(default=(), alias=UNREADABLE_FIELDS)


@dataclass(frozen=True, slots=True, config=WIRE)
class AdditionalInformation:
    """`reconciliation_id` is the key that Pleo and the accounting system share."""

    _: KW_ONLY
    reconciliation_id: str
    attendees: tuple[str | None, ...] | None = None
    reconciled_entries: tuple[str | None, ...] | None = None
    invoice_information: InvoiceInformation | None = None


@dataclass(frozen=True, slots=True, config=WIRE)
class Bookkeeping:
    _: KW_ONLY
    method: str


@dataclass(frozen=True, slots=True, config=WIRE)
class File:
    """A receipt. `url` is live for 24 hours from the fetch, `size` is in bytes, None where it cannot be read."""

    _: KW_ONLY
    url: str
    type: str
    size: Count
    unreadable_fields: tuple[str, ...] = Field(default=(), alias=UNREADABLE_FIELDS)


@dataclass(frozen=True, slots=True, config=WIRE)
class ServicePeriod:
    _: KW_ONLY
    from_: Stamp = Field(validation_alias="from")
    to: Stamp
    unreadable_fields: tuple[str, ...] = Field(default=(), alias=UNREADABLE_FIELDS)


@dataclass(frozen=True, slots=True, config=WIRE)
class Supplier:
    _: KW_ONLY
    name: str | None = None
    code: str | None = None
    account: str | None = None
    category_code: str | None = None
    country: str | None = None
    tax_identifier: str | None = None


@dataclass(frozen=True, slots=True, config=WIRE)
class Vendor:
    _: KW_ONLY
    id: str
    name: str
    default_currency: str
    code: str | None = None
    external_id: str | None = None
    country: str | None = None
    registration_number: str | None = None
    tax_registration_number: str | None = None


@dataclass(frozen=True, slots=True, config=WIRE)
class Named:
    """A person or a team."""

    _: KW_ONLY
    id: str
    name: str
    code: str | None = None


@dataclass(frozen=True, slots=True, config=WIRE)
class Links:
    _: KW_ONLY
    web: dict[str, str] | None = None
    mobile: dict[str, str] | None = None
    api: dict[str, str] | None = None


@dataclass(frozen=True, slots=True, config=WIRE)
class ExportItem:
    """One accounting entry. `date` is the bookkeeping date, a UTC stamp; None where it cannot be read."""

    _: KW_ONLY
    accounting_entry_id: EntryId
    company_id: CompanyId
    type: str
    date: Stamp
    amount: AmountPair
    accounting_entry_lines: tuple[ExportItemLine, ...]
    additional_information: AdditionalInformation
    links: Links = Field(validation_alias="_links")
    sub_type: str | None = None
    note: str | None = None
    bookkeeping: Bookkeeping | None = None
    contra_account: Account | None = None
    files: tuple[File | None, ...] | None = None
    service_period: ServicePeriod | None = None
    supplier: Supplier | None = None
    vendor: Vendor | None = None
    team: Named | None = None
    user: Named | None = None
    unreadable_fields: tuple[str, ...] = Field(default=(), alias=UNREADABLE_FIELDS)

    @property
    def supplier_name(self) -> str | None:
        """The supplier as printed on the expense, or the vendor of the ledger where only that is known."""
        if self.supplier and self.supplier.name:
            return self.supplier.name
        return self.vendor.name if self.vendor else None

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The category accounts of the lines, each once, in the lines' order."""
        found = {line.account.id: line.account for line in self.accounting_entry_lines if line.account}
        return tuple(found.values())

    @property
    def reconciliation_id(self) -> str:
        return self.additional_information.reconciliation_id

    @property
    def taxes(self) -> tuple[str, ...]:
        """The tax of each line by its code or else its rate, each once, in the lines' order."""
        found = [tax_name(line.tax.code, line.tax.rate) for line in self.accounting_entry_lines if line.tax]
        return tuple(filter(None, dict.fromkeys(found)))

    @property
    def receipt_count(self) -> int:
        return sum(file is not None for file in self.files or ())

    @property
    def invoice_number(self) -> str | None:
        invoice = self.additional_information.invoice_information
        return invoice.invoice_number if invoice else None

    @property
    def pleo_url(self) -> str | None:
        return (self.links.web or {}).get("exportItem")
