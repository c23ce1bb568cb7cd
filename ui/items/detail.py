"""Everything about the chosen item, as facts."""

from collections.abc import Iterator

from app.jobs.receipts import files_of
from app.models.draft import Draft
from app.models.export_item import ExportItem, ExportItemLine, Tax
from app.models.export_job import ExportJobItem
from app.models.money import AmountPair, Money
from app.review.failure_catalogue import failure_words
from app.screen_text import isolated
from ui.common.status_text import item_word
from ui.common.text_format import UNREADABLE, TextFormat
from ui.items.view_model import ItemRow

PLEO, BOOKS, RECEIPT = "pleo", "books", "receipt"
_SCALE_NOTE = "scale not confirmed by Pleo"

# Label, value, link key.
DetailFact = tuple[str, str, str]


def detail_facts(row: ItemRow, fmt: TextFormat) -> list[DetailFact]:
    """Whole: nothing that Pleo sent about the item is left out because it is long."""
    facts = [*(_draft(row.draft, fmt) if row.draft else ()), *_outcome(row.item, fmt)]
    if row.entry:
        facts += _entry(row.entry, fmt)
    facts.append(("Entry id", row.item.accounting_entry_id, ""))
    return [fact for fact in facts if fact[1]]


def links_of(row: ItemRow) -> tuple[str, ...]:
    """The keys of the item's own addresses; receipts are among the facts."""
    return tuple(key for key in (PLEO, BOOKS) if link_target(row, key))


def link_target(row: ItemRow, key: str) -> str | None:
    """The address behind a link key; receipts are numbered from 0."""
    if key == BOOKS:
        return row.item.external_url
    if row.entry is None:
        return None
    if key == PLEO:
        return row.entry.pleo_url
    place = int(key.removeprefix(RECEIPT))
    return files_of(row.entry)[place].url


def _draft(draft: Draft, fmt: TextFormat) -> Iterator[DetailFact]:
    """What was entered here and is not with Pleo yet."""
    if draft.refusal:
        yield "Refused by Pleo", f"{draft.refusal.message} ({draft.refusal.type})", ""
    outcome = draft.outcome
    reason = f": {outcome.failure_reason}" if outcome.failure_reason else ""
    yield "Drafted", f"{item_word(outcome.status)}{reason}", ""
    if outcome.failure_reason_type:
        yield "Drafted type", failure_words(outcome.failure_reason_type).title, ""
    posted = (
        isolated(outcome.external_id or ""),
        isolated(outcome.external_url or ""),
        fmt.moment(outcome.exported_at) if outcome.exported_at else "",
    )
    yield "Drafted posting", " · ".join(part for part in posted if part), ""
    if draft.source:
        yield "Drafted from", f"{isolated(draft.source.file_name)}, row {fmt.number(draft.source.row)}", ""
    yield "Drafted by", f"{isolated(draft.drafted_by)}, {fmt.moment(draft.drafted_at)}", ""
    yield "Note", draft.note, ""


def _outcome(item: ExportJobItem, fmt: TextFormat) -> Iterator[DetailFact]:
    if item.failure_reason:
        yield "Failure reason", item.failure_reason, ""
    if item.failure_reason_type:
        known = failure_words(item.failure_reason_type)
        yield "What it means", f"{known.title}. {known.meaning}".strip(), ""
        if known.fixed_by:
            yield "Who can fix it", f"Usually the {known.fixed_by}: {known.where}", ""
        yield "Pleo's type", item.failure_reason_type, ""
    if item.external_id or item.external_url:
        yield "Entry in the books", item.external_id or "without a number", ""
    if item.exported_at or item.unreadable_fields:
        yield "Posted", fmt.moment(item.exported_at), ""


def _entry(entry: ExportItem, fmt: TextFormat) -> Iterator[DetailFact]:
    yield "Supplier", entry.supplier_name or "", ""
    yield "Amount", _amounts(entry.amount, fmt), ""
    yield "Date", f"{fmt.bookkeeping_date(entry.date)} (UTC)", ""
    yield "Kind", " · ".join(_spoken(word) for word in (entry.type, entry.sub_type) if word), ""
    yield "Person", entry.user.name if entry.user else "", ""
    yield "Team", entry.team.name if entry.team else "", ""
    yield "Note", entry.note or "", ""
    for number, line in enumerate(entry.accounting_entry_lines, 1):
        yield f"Line {number}" if len(entry.accounting_entry_lines) > 1 else "Line", _line(line, fmt), ""
    if entry.contra_account:
        account = entry.contra_account
        yield "Contra account", " ".join(filter(None, (account.code, account.name))), ""
    if entry.service_period:
        period = entry.service_period
        yield (
            "Service period",
            f"{fmt.bookkeeping_date(period.from_)} to {fmt.bookkeeping_date(period.to)} (UTC)",
            "",
        )
    if entry.bookkeeping:
        yield "Bookkeeping", _spoken(entry.bookkeeping.method), ""
    yield from _further(entry, fmt)
    yield "Reconciliation id", entry.additional_information.reconciliation_id, ""
    for place, file in enumerate(files_of(entry)):
        yield f"Receipt {place + 1}", f"{isolated(file.type)}, {_size(file.size, fmt)}", f"{RECEIPT}{place}"


def _further(entry: ExportItem, fmt: TextFormat) -> Iterator[DetailFact]:
    more = entry.additional_information
    if more.invoice_information:
        invoice = more.invoice_information
        number, status = isolated(invoice.invoice_number), isolated(_spoken(invoice.status))
        dated = f"{number} of {fmt.bookkeeping_date(invoice.invoice_date)}, {status}"
        yield "Invoice", dated, ""
        if invoice.due_date or "dueDate" in invoice.unreadable_fields:
            yield "Due", fmt.bookkeeping_date(invoice.due_date), ""
    yield "Attendees", ", ".join(name for name in more.attendees or () if name), ""
    yield "Reconciled with", ", ".join(name for name in more.reconciled_entries or () if name), ""
    supplier = entry.supplier
    if supplier:
        codes = (supplier.code, supplier.account, supplier.tax_identifier, supplier.country)
        yield "Supplier codes", " · ".join(isolated(code) for code in codes if code), ""


def _amounts(pair: AmountPair, fmt: TextFormat) -> str:
    """The supplier's currency first; the wallet's where it differs."""
    first, second = pair.in_supplier_currency, pair.in_wallet_currency
    texts = [_noted(first, fmt)]
    if second != first:
        texts.append(f"{_noted(second, fmt)} in the wallet")
    return " · ".join(texts)


def _noted(money: Money | None, fmt: TextFormat) -> str:
    return fmt.money(money) if money is None or money.scale_is_confirmed else f"{fmt.money(money)} ({_SCALE_NOTE})"


def _line(line: ExportItemLine, fmt: TextFormat) -> str:
    account = " ".join(filter(None, (line.account.code, line.account.name))) if line.account else "no account"
    tags = ", ".join(f"{tag.group_code} {tag.code}" for tag in line.tags or () if tag)
    parts = (fmt.money(line.line_amount.in_supplier_currency), isolated(account), _tax(line.tax, fmt), isolated(tags))
    return " · ".join(part for part in parts if part)


def _tax(tax: Tax | None, fmt: TextFormat) -> str:
    if tax is None:
        return ""
    rate = f"{UNREADABLE} rate" if tax.rate is None else f"{(tax.rate * 100).normalize():f} %"
    code = f" {isolated(tax.code)}" if tax.code else ""
    return f"tax{code} {rate} {isolated(_spoken(tax.type))}, {fmt.money(tax.amount.in_supplier_currency)}"


def _size(size_bytes: int | None, fmt: TextFormat) -> str:
    if size_bytes is None:
        return f"{UNREADABLE} size"
    return f"{fmt.number(max(1, round(size_bytes / 1024)))} KB"


def _spoken(word: str) -> str:
    return word.replace("_", " ")
