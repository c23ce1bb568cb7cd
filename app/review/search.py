"""The search box: several words are all required, `column:value` asks one column, `-word` excludes, quotes hold a
phrase together, `amount:>1000` and `amount:100..200` compare amounts. Case does not matter; `a` finds å too, å finds
only å, since a letter typed with its mark is meant."""

import re
import unicodedata
from array import array
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import inf, nan
from typing import Any

from app.messages import shown
from app.review.amount_wish import AmountRange, BadAmount, amount_wish, is_amount_wish

# A word with its minus and the name of its column. Name and value may stand in quotes; the last one may be missing yet.
_WORD = re.compile(r'(-?)(?:("[^"]*"|[^\s":]*):)?("[^"]*"?|\S*)')
# A number in groups, all of them with the same sign between, and its decimals.
_GROUPED = re.compile(r"(-?\d{1,3}([.,'’])\d{3}(?:\2\d{3})*)([.,]\d+)?")
_APART = "\x1f"


@dataclass(frozen=True, slots=True)
class Term:
    """`text` is case-folded, `column` the key of the one column that is asked, None for any. `also` is the same number
    without group separators, and as good. `amounts` is what is asked of an amount; a term with a `complaint` is met by
    nothing."""

    text: str
    column: str | None = None
    is_excluded: bool = False
    also: str = ""
    amounts: AmountRange | None = None
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class SearchColumn:
    """`text` answers what is searched of a row, where messages are found as they are read; `title` and `words` are
    further names that may stand before a colon. `amount` answers the number of a column whose amounts are compared."""

    key: str
    title: str
    words: tuple[str, ...]
    text: Callable[[Any], str]
    amount: Callable[[Any], Decimal | None] | None = None


def parsed(query: str, names: Collection[str]) -> tuple[Term, ...]:
    """`names` are the case-folded names of columns; a colon after anything else is part of a word."""
    terms = (_term(match, names) for match in _WORD.finditer(_folded(query)) if match.group())
    return tuple(term for term in terms if term.text)


def _term(match: re.Match[str], names: Collection[str]) -> Term:
    minus, name, value = match.groups()
    column = None
    if name is not None and name.strip('"') in names:
        column = name.strip('"')
    elif name is not None:
        value = f"{name}:{value}"
    text = value.replace('"', "")
    return Term(text, column, bool(minus), _without_groups(text))


def _without_groups(text: str) -> str:
    """1.204,00 as 1204,00; "" where the text is no such number."""
    match = _GROUPED.fullmatch(text)
    return match[1].replace(match[2], "") + (match[3] or "") if match else ""


# Letters that are of one piece, but whose mark a reader without them on the keyboard leaves out all the same.
_OF_ONE_PIECE = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def _folded(text: str) -> str:
    return text.casefold() if text.isascii() else unicodedata.normalize("NFC", text).casefold()


def _bare(folded: str) -> str:
    """å as a."""
    pieces = unicodedata.normalize("NFD", folded.translate(_OF_ONE_PIECE))
    return "".join(letter for letter in pieces if not unicodedata.combining(letter))


def searchable(text: str) -> str:
    """The text as terms are looked for in it: folded, and once more without marks where it has any."""
    folded = _folded(text)
    if folded.isascii():
        return folded
    bare = _bare(folded)
    return folded if bare == folded else f"{folded}{_APART}{bare}"


def amount_text(amount: Decimal, exponent: int) -> str:
    """An amount as it may be typed: without group separators, with a point and with a comma."""
    digits = f"{amount:f}"
    whole, _, places = digits.partition(".")
    places = places.rstrip("0").ljust(exponent, "0")
    return f"{whole}.{places} {whole},{places}" if places else whole


class SearchIndex:
    """Searchable texts of all rows, built a slice at a time. Positions count the rows as they were given."""

    def __init__(self, columns: Sequence[SearchColumn], decimal_sign: str = ".") -> None:
        """`decimal_sign` is how the user writes amounts."""
        self._columns = tuple(columns)
        self._decimal_sign = decimal_sign
        self._amount_of = {column.key: column.amount for column in columns if column.amount}
        self._rows: Sequence[Any] = ()
        # Near enough to tell most rows apart, in eight bytes each; nan where there is no amount.
        self._amounts: dict[str, array[float]] = {}
        self._key_of = {
            _folded(name): column.key for column in columns for name in (column.key, column.title, *column.words)
        }
        self._texts: list[str] = []
        self._of_column: dict[str, list[str]] = {column.key: [] for column in columns}
        self._last: tuple[tuple[Term, ...], list[int]] | None = None
        self.is_ready = False

    def build(self, rows: Sequence[Any], step_rows: int = 500) -> Generator[int, None, None]:
        """Answers how many rows are done, after each slice. The index before it answers until the last one."""
        # One text for all rows that say the same in a column.
        forms: dict[str, str] = {}
        texts: list[str] = []
        of_column: dict[str, list[str]] = {column.key: [] for column in self._columns}
        amounts = {key: array("d") for key in self._amount_of}
        lists = [(column.text, of_column[column.key]) for column in self._columns]
        for start in range(0, len(rows), step_rows):
            some = rows[start : start + step_rows]
            for text_of, column_texts in lists:
                for row in some:
                    text = text_of(row)
                    form = forms.get(text)
                    if form is None:
                        form = forms[text] = searchable(shown(text))
                    column_texts.append(form)
            parts = (column_texts[start:] for _, column_texts in lists)
            texts.extend(map(_APART.join, zip(*parts, strict=True)))
            for key, amount_of in self._amount_of.items():
                amounts[key].extend([nan if (one := amount_of(row)) is None else float(one) for row in some])
            yield len(texts)
        self._texts, self._of_column, self._last = texts, of_column, None
        self._rows, self._amounts = rows, amounts
        self.is_ready = True

    def terms(self, query: str) -> tuple[Term, ...]:
        """What a query asks, columns by their keys."""
        return tuple(self._asked(each) for each in parsed(query, self._key_of))

    def complaints(self, query: str) -> tuple[str, ...]:
        """What cannot be asked like this, in words for the user."""
        return tuple(dict.fromkeys(term.complaint for term in self.terms(query) if term.complaint))

    def _asked(self, term: Term) -> Term:
        asked = replace(term, column=self._key_of.get(term.column or ""))
        if asked.column not in self._amount_of or not is_amount_wish(asked.text):
            return asked
        try:
            return replace(asked, amounts=amount_wish(asked.text, self._decimal_sign))
        except BadAmount as bad:
            return replace(asked, complaint=bad.args[0])

    def positions(self, query: str) -> list[int] | None:
        """The rows that meet all terms, ascending; None where there is nothing to ask, which means all."""
        terms = self.terms(query)
        if not terms:
            return None
        found: Sequence[int] = range(len(self._texts))
        if self._last and _narrows(self._last[0], terms):
            found = self._last[1]  # only what the shorter query met can meet the longer one
        for term in terms:
            if term.complaint:
                found = ()
            elif term.amounts and term.column:
                found = self._within(term.column, term.amounts, found, is_excluded=term.is_excluded)
            else:
                within = self._texts if term.column is None else self._of_column[term.column]
                found = _meeting(term, within, found)
        positions = list(found)
        self._last = (terms, positions)
        return positions

    def _within(self, column: str, wanted: AmountRange, among: Sequence[int], *, is_excluded: bool) -> list[int]:
        """Two amounts that differ by less than a float can say are compared by their digits."""
        near, rows, exact = self._amounts[column], self._rows, self._amount_of[column]
        low = -inf if wanted.low is None else float(wanted.low)
        high = inf if wanted.high is None else float(wanted.high)

        def is_met(place: int) -> bool:
            amount = near[place]
            if low < amount < high:
                return True
            return amount in (low, high) and (one := exact(rows[place])) is not None and wanted.holds(one)

        return [place for place in among if is_met(place) is not is_excluded]


def _meeting(term: Term, within: Sequence[str], among: Sequence[int]) -> list[int]:
    text, also = term.text, term.also
    if also:
        return [place for place in among if (text in within[place] or also in within[place]) is not term.is_excluded]
    if term.is_excluded:
        return [place for place in among if text not in within[place]]
    if isinstance(among, range):
        return [place for place, one in enumerate(within) if text in one]
    return [place for place in among if text in within[place]]


def _narrows(before: Sequence[Term], now: Sequence[Term]) -> bool:
    """Whether every row that meets `now` also meets `before`: each old term is still there, or has grown."""
    if len(now) < len(before):
        return False
    return all(old == new or _has_grown(old, new) for old, new in zip(before, now, strict=False))


def _has_grown(old: Term, new: Term) -> bool:
    is_plain = not (old.is_excluded or new.is_excluded or old.also or new.also or _is_of_amounts(old, new))
    return is_plain and old.column == new.column and old.text in new.text


def _is_of_amounts(*terms: Term) -> bool:
    return any(term.amounts or term.complaint for term in terms)
