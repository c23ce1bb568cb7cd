"""Amounts as the search box is asked for them: `>1000`, `<=50.5`, `=12`, `100..200`, and ranges with one end."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from app.messages import said

_COMPARED = re.compile(r"(>=|<=|>|<|=)(.*)", re.DOTALL)
# Whole, in groups of three or not, and decimals; a group may be parted by any of these.
_PARTS = " '’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_NUMBER = re.compile(rf"[-−+]?(?:\d{{1,3}}(?:[{_PARTS}.,]\d{{3}})+|\d+)(?:[.,]\d*)?|[-−+]?[.,]\d+")
_LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class AmountRange:
    """From `low` to `high`, both of which belong to it unless told otherwise; None where it has no end."""

    low: Decimal | None = None
    high: Decimal | None = None
    is_above_low: bool = False
    is_below_high: bool = False

    def holds(self, amount: Decimal) -> bool:
        if self.low is not None and (amount <= self.low if self.is_above_low else amount < self.low):
            return False
        return self.high is None or (amount < self.high if self.is_below_high else amount <= self.high)


class BadAmount(ValueError):
    """What stands where an amount is expected; its text is a message for the user."""


def is_amount_wish(value: str) -> bool:
    """Whether what stands after the colon compares amounts, rather than being looked for as it is written."""
    return value.startswith((">", "<", "=")) or ".." in value


def amount_wish(value: str, decimal_sign: str) -> AmountRange:
    """What the text after the colon asks for. Raises BadAmount. `decimal_sign` decides what 1.204 is."""
    match = _COMPARED.fullmatch(value)
    if match is None:
        return _range(value, decimal_sign)
    sign, number = match[1], typed_amount(match[2], decimal_sign)
    if number is None:
        raise _no_amount(match[2])
    match sign:
        case ">":
            return AmountRange(low=number, is_above_low=True)
        case ">=":
            return AmountRange(low=number)
        case "<":
            return AmountRange(high=number, is_below_high=True)
        case "<=":
            return AmountRange(high=number)
        case _:
            return AmountRange(number, number)


def _range(value: str, decimal_sign: str) -> AmountRange:
    first, _, last = value.partition("..")
    if not (first.strip() or last.strip()):
        raise _no_amount("")
    low, high = typed_amount(first, decimal_sign), typed_amount(last, decimal_sign)
    for text, number in ((first, low), (last, high)):
        if text.strip() and number is None:
            raise _no_amount(text)
    if low is not None and high is not None and low > high:
        raise BadAmount(said("“{range}” begins with the larger amount: write the smaller one first.", range=value))
    return AmountRange(low, high)


def _no_amount(text: str) -> BadAmount:
    if not text.strip():
        return BadAmount(said("An amount is missing: write for example amount:>1000 or amount:100..200."))
    return BadAmount(said("“{text}” is no amount: write for example amount:>1000 or amount:100..200.", text=text))


def typed_amount(text: str, decimal_sign: str) -> Decimal | None:
    """The number that somebody typed in their own way, None where it is none. The last of two different signs begins
    the decimals; one alone begins them unless exactly three digits follow, when `decimal_sign` decides."""
    text = text.strip()
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    plain = text.replace("−", "-").translate(dict.fromkeys(map(ord, _PARTS)))
    last = max(plain.rfind("."), plain.rfind(","))
    if last >= 0:
        sign = plain[last]
        other = "," if sign == "." else "."
        is_group = plain.count(sign) > 1 or (
            other not in plain and len(plain) - last == 4 and sign != decimal_sign and plain[:last].strip("-+0") != ""
        )
        plain = plain.replace(other, "").replace(sign, "" if is_group else ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
