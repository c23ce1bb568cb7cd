"""Currencies as lists name them: in a column of their own, beside the amount or in its heading. Pure."""

import re
from typing import Final

from app.posting_lists.table import Cell

_KNOWN: Final = frozenset(
    ("EUR", "DKK", "SEK", "NOK", "ISK", "USD", "GBP", "CHF", "PLN", "CZK", "HUF", "RON", "CAD", "AUD", "JPY")
)
# Several countries write kr. and $, so these name none.
_SIGNS: Final = {"€": "EUR", "EURO": "EUR", "£": "GBP"}
_CODE: Final = re.compile(r"\b[A-Z]{3}\b")
_WORD: Final = re.compile(r"[^\W\d_]+|[€£]")
_LETTERS_OF_A_CODE: Final = 3


def currency_of_cell(text: str) -> str:
    """Of a cell that holds nothing else, but what a ledger may write before it: CURRENCY::EUR."""
    code = text.upper().rpartition(":")[2]
    return _SIGNS.get(code, code)


def currency_of_heading(heading: str) -> str:
    """Such as Betrag (EUR); "" where it names none."""
    return next((code for code in _CODE.findall(heading) if code in _KNOWN), "")


def currency_beside(amount: Cell) -> str:
    """Such as 59.00 EUR; "" where none is named. Three capitals are a code, known or not."""
    if not isinstance(amount, str):
        return ""
    for word in _WORD.findall(amount):
        code: str = word.upper()
        if code in _SIGNS:
            return _SIGNS[code]
        if code in _KNOWN or (word == code and word.isascii() and len(word) == _LETTERS_OF_A_CODE):
            return code
    return ""
