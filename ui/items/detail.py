"""Everything about the chosen item, as facts."""

from collections.abc import Iterator

from app.jobs.receipts import files_of
from app.messages import shown, tr
from app.models.draft import Draft
from app.models.export_item import ExportItem, ExportItemLine, Tax
from app.models.export_job import ExportJobItem
from app.models.money import AmountPair, Money
from app.outcomes.reports import Report
from app.review.failure_catalogue import FailureWords, failure_words
from app.texts.screen import isolated
from ui.common.status_text import outcome_word
from ui.common.text_format import TextFormat
from ui.items.kinds import kind_word
from ui.items.view_model import ItemRow

PLEO, BOOKS, RECEIPT = "pleo", "books", "receipt"

# Label, value, link key.
DetailFact = tuple[str, str, str]


def detail_facts(row: ItemRow, fmt: TextFormat) -> list[DetailFact]:
    """Whole: nothing that Pleo sent about the item is left out because it is long."""
    drafted = _draft(row.draft, fmt) if row.draft else ()
    reported = _report(row.report, fmt) if row.report else ()
    facts = [*drafted, *reported, *_outcome(row.item, fmt)]
    if row.entry:
        facts += _entry(row.entry, fmt)
    facts.append((tr("Entry id"), row.item.accounting_entry_id, ""))
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
        yield tr("Refused by Pleo"), f"{draft.refusal.message} ({draft.refusal.type})", ""
    outcome = draft.outcome
    word, reason = outcome_word(outcome.status), outcome.failure_reason
    yield tr("Drafted"), tr("{outcome}: {reason}", outcome=word, reason=reason) if reason else shown(word), ""
    if outcome.failure_reason_type:
        yield tr("Drafted type"), failure_words(outcome.failure_reason_type).title, ""
    posted = (
        isolated(outcome.external_id or ""),
        isolated(outcome.external_url or ""),
        fmt.moment(outcome.exported_at) if outcome.exported_at else "",
    )
    yield tr("Drafted posting"), " · ".join(part for part in posted if part), ""
    if draft.source:
        row = fmt.number(draft.source.row)
        yield tr("Drafted from"), tr("{file}, row {row}", file=isolated(draft.source.file_name), row=row), ""
    yield tr("Drafted by"), f"{isolated(draft.drafted_by)}, {fmt.moment(draft.drafted_at)}", ""
    yield tr("Note"), draft.note, ""


def _report(report: Report, fmt: TextFormat) -> Iterator[DetailFact]:
    """Whose word Pleo's outcome is, by the journal of this machine."""
    name, sent = isolated(report.by), fmt.moment(report.sent_at)
    if report.confirmed_at:
        confirmed = fmt.moment(report.confirmed_at)
        words = tr("{name} · sent {sent} · confirmed by Pleo {confirmed}", name=name, sent=sent, confirmed=confirmed)
    else:
        words = tr("{name} · sent {sent}", name=name, sent=sent)
    yield tr("Set by"), words, ""
    yield tr("Set because"), report.note, ""
    if report.file_name:
        row = fmt.number(report.row)
        listed = tr("{file}, row {row}", file=isolated(report.file_name), row=row) if report.row else report.file_name
        yield tr("Set from"), listed, ""


def _outcome(item: ExportJobItem, fmt: TextFormat) -> Iterator[DetailFact]:
    if item.failure_reason:
        yield tr("Failure reason"), item.failure_reason, ""
    if item.failure_reason_type:
        known = failure_words(item.failure_reason_type)
        yield tr("What it means"), _meaning(known), ""
        if known.fixed_by:
            yield tr("Who can fix it"), _who_fixes(known), ""
        yield tr("Pleo's type"), item.failure_reason_type, ""
    if item.external_id or item.external_url:
        yield tr("Entry in the books"), item.external_id or tr("without a number"), ""
    if item.exported_at or item.unreadable_fields:
        yield tr("Posted"), fmt.moment(item.exported_at), ""


def _meaning(known: FailureWords) -> str:
    if not known.meaning:
        return tr("{title}.", title=known.title)
    return tr("{title}. {meaning}", title=known.title, meaning=known.meaning)


def _who_fixes(known: FailureWords) -> str:
    match known.fixed_by:
        case "client":
            return tr("Usually the client: {where}", where=known.where)
        case "accountant":
            return tr("Usually the accountant: {where}", where=known.where)
        case "connector":
            return tr("Usually the connector: {where}", where=known.where)
        case "IT":
            return tr("Usually the IT: {where}", where=known.where)
        case _:
            return shown(known.where)


def _entry(entry: ExportItem, fmt: TextFormat) -> Iterator[DetailFact]:
    yield tr("Supplier"), entry.supplier_name or "", ""
    yield tr("Amount"), _amounts(entry.amount, fmt), ""
    yield tr("Date"), f"{fmt.bookkeeping_date(entry.date)} (UTC)", ""
    yield tr("Kind"), " · ".join(shown(kind_word(word)) for word in (entry.type, entry.sub_type) if word), ""
    yield tr("Person"), entry.user.name if entry.user else "", ""
    yield tr("Team"), entry.team.name if entry.team else "", ""
    yield tr("Note"), entry.note or "", ""
    for number, line in enumerate(entry.accounting_entry_lines, 1):
        is_only = len(entry.accounting_entry_lines) == 1
        yield tr("Line") if is_only else tr("Line {number}", number=number), _line(line, fmt), ""
    if entry.contra_account:
        account = entry.contra_account
        yield tr("Contra account"), " ".join(filter(None, (account.code, account.name))), ""
    if entry.service_period:
        period = entry.service_period
        first, last = fmt.bookkeeping_date(period.from_), fmt.bookkeeping_date(period.to)
        yield tr("Service period"), tr("{first} to {last} (UTC)", first=first, last=last), ""
    if entry.bookkeeping:
        yield tr("Bookkeeping"), kind_word(entry.bookkeeping.method), ""
    yield from _further(entry, fmt)
    yield tr("Reconciliation id"), entry.additional_information.reconciliation_id, ""
    for place, file in enumerate(files_of(entry)):
        label = tr("Receipt {number}", number=place + 1)
        yield label, f"{isolated(file.type)}, {_size(file.size, fmt)}", f"{RECEIPT}{place}"


def _further(entry: ExportItem, fmt: TextFormat) -> Iterator[DetailFact]:
    more = entry.additional_information
    if more.invoice_information:
        invoice = more.invoice_information
        day, status = fmt.bookkeeping_date(invoice.invoice_date), isolated(kind_word(invoice.status))
        number = isolated(invoice.invoice_number)
        yield tr("Invoice"), tr("{number} of {date}, {status}", number=number, date=day, status=status), ""
        if invoice.due_date or "dueDate" in invoice.unreadable_fields:
            yield tr("Due"), fmt.bookkeeping_date(invoice.due_date), ""
    yield tr("Attendees"), ", ".join(name for name in more.attendees or () if name), ""
    yield tr("Reconciled with"), ", ".join(name for name in more.reconciled_entries or () if name), ""
    supplier = entry.supplier
    if supplier:
        codes = (supplier.code, supplier.account, supplier.tax_identifier, supplier.country)
        yield tr("Supplier codes"), " · ".join(isolated(code) for code in codes if code), ""


def _amounts(pair: AmountPair, fmt: TextFormat) -> str:
    """The supplier's currency first; the wallet's where it differs."""
    first, second = pair.in_supplier_currency, pair.in_wallet_currency
    texts = [_noted(first, fmt)]
    if second != first:
        texts.append(tr("{amount} in the wallet", amount=_noted(second, fmt)))
    return " · ".join(texts)


def _noted(money: Money | None, fmt: TextFormat) -> str:
    amount = fmt.money(money)
    if money is None or money.scale_is_confirmed:
        return amount
    return tr("{amount} (scale not confirmed by Pleo)", amount=amount)


def _line(line: ExportItemLine, fmt: TextFormat) -> str:
    account = " ".join(filter(None, (line.account.code, line.account.name))) if line.account else tr("no account")
    tags = ", ".join(f"{tag.group_code} {tag.code}" for tag in line.tags or () if tag)
    parts = (fmt.money(line.line_amount.in_supplier_currency), isolated(account), _tax(line.tax, fmt), isolated(tags))
    return " · ".join(part for part in parts if part)


def _tax(tax: Tax | None, fmt: TextFormat) -> str:
    if tax is None:
        return ""
    rate = tr("unreadable rate") if tax.rate is None else f"{(tax.rate * 100).normalize():f} %"
    kind, amount = isolated(kind_word(tax.type)), fmt.money(tax.amount.in_supplier_currency)
    if tax.code:
        code = isolated(tax.code)
        return tr("tax {code} {rate} {kind}, {amount}", code=code, rate=rate, kind=kind, amount=amount)
    return tr("tax {rate} {kind}, {amount}", rate=rate, kind=kind, amount=amount)


def _size(size_bytes: int | None, fmt: TextFormat) -> str:
    if size_bytes is None:
        return tr("unreadable size")
    return tr("{size} KB", size=fmt.number(max(1, round(size_bytes / 1024))))
