"""Reasons for failed items: proposals by failure type, with variables that each item fills with its own. Pure."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Final, Protocol

from app.messages import ENGLISH, Language, Message, Said, said
from app.models.export_item import ExportItem
from app.models.money import Money
from app.models.vocabulary import FailureType
from app.platform.resources import RESOURCES


class Say(Protocol):
    """How amounts and dates are written where the reason is read."""

    def money(self, money: Money) -> str: ...

    def bookkeeping_date(self, stamp: datetime) -> str: ...


def _joined(texts: Iterable[str | None]) -> str:
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _contra_account(entry: ExportItem) -> str:
    account = entry.contra_account
    return " ".join(filter(None, (account.code, account.name))) if account else ""


def _tags(entry: ExportItem) -> str:
    return _joined(tag.code for line in entry.accounting_entry_lines for tag in line.tags or () if tag)


def _money(entry: ExportItem, say: Say) -> str:
    money = entry.amount.in_supplier_currency
    return say.money(money) if money else ""


def _invoice_number(entry: ExportItem) -> str:
    invoice = entry.additional_information.invoice_information
    return invoice.invoice_number if invoice else ""


# What may stand in braces, in the order in which it is offered, and what an item says there.
VARIABLES: Final[Mapping[str, Callable[[ExportItem, Say], str]]] = {
    "supplier": lambda entry, _: entry.supplier_name or "",
    "amount": _money,
    "date": lambda entry, say: say.bookkeeping_date(entry.date) if entry.date else "",
    "account_code": lambda entry, _: _joined(account.code for account in entry.accounts),
    "account": lambda entry, _: _joined(account.name for account in entry.accounts),
    "tax_code": lambda entry, _: _joined(line.tax.code for line in entry.accounting_entry_lines if line.tax),
    "tag": lambda entry, _: _tags(entry),
    "contra_account": lambda entry, _: _contra_account(entry),
    "person": lambda entry, _: entry.user.name if entry.user else "",
    "team": lambda entry, _: entry.team.name if entry.team else "",
    "invoice_number": lambda entry, _: _invoice_number(entry),
    "reconciliation_id": lambda entry, _: entry.additional_information.reconciliation_id,
}

# Their names as a list offers them; in braces they are written alike in every language.
VARIABLE_WORDS: Final[Mapping[str, str]] = {
    "supplier": said("supplier"),
    "amount": said("amount"),
    "date": said("date"),
    "account_code": said("account code"),
    "account": said("account"),
    "tax_code": said("tax code"),
    "tag": said("tag"),
    "contra_account": said("contra account"),
    "person": said("person"),
    "team": said("team"),
    "invoice_number": said("invoice number"),
    "reconciliation_id": said("reconciliation id"),
}

_VARIABLE = re.compile(r"\{(\w+)\}")
_MISSING = "\0"
# What stood only for the missing: quotes around it, its place in an enumeration, brackets without content.
_LEFT_OVER: Final = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"[\"'„“”‚‘’»«]\0[\"'„“”‚‘’»«]", _MISSING),
        (r"\(\s*\0\s*,\s*", "("),
        (r",\s*\0|\0\s*,|\0", ""),
        (r"\s*\([\s,]*\)|\s*\[[\s,]*\]", ""),
        (r"\(\s*,?\s*", "("),
        (r"\s+([.,;:!?)])", r"\1"),
        (r"\s{2,}", " "),
    )
)


@cache
def _catalogue() -> Mapping[str, tuple[Said, ...]]:
    content = tomllib.loads((RESOURCES / "wordings.toml").read_text(encoding="utf-8"))
    return {kind: tuple(Said(Message(wording, {})) for wording in wordings) for kind, wordings in content.items()}


def proposals(kind: FailureType, language: Language = ENGLISH) -> tuple[str, ...]:
    """The wordings that come with the program, in the language of those who read them; none for a type that is not
    listed."""
    return tuple(wording.into(language) for wording in _catalogue().get(kind, ()))


def known_variables(wording: str) -> tuple[str, ...]:
    """Names in braces that items fill, each once."""
    return tuple(name for name in dict.fromkeys(_VARIABLE.findall(wording)) if name in VARIABLES)


def unknown_variables(wording: str) -> tuple[str, ...]:
    """Names in braces that no item fills; they stay as they stand."""
    return tuple(name for name in dict.fromkeys(_VARIABLE.findall(wording)) if name not in VARIABLES)


def values_for(wording: str, entry: ExportItem | None, say: Say) -> dict[str, str]:
    """What the item says for just the variables of the wording; nothing where its accounting data is not known."""
    if entry is None:
        return {}
    return {name: VARIABLES[name](entry, say) for name in known_variables(wording)}


def filled(wording: str, values: Mapping[str, str]) -> str:
    """The wording with the values. One that is missing is left out, and the sentence closes over it."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return (values.get(name, "").replace(_MISSING, "") or _MISSING) if name in VARIABLES else match[0]

    text = _VARIABLE.sub(value, " ".join(wording.replace(_MISSING, "").split()))
    if _MISSING not in text:
        return text
    for pattern, instead in _LEFT_OVER:
        text = pattern.sub(instead, text)
    return text.strip()
