"""Dates as accounting systems write them: in any order, with months in letters, without a year. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from app.posting_lists.amounts import UNREADABLE, Unreadable
from app.posting_lists.known_words import known_words
from app.posting_lists.table import Cell, text_of

Moment = datetime | Unreadable | None


class DateOrder(StrEnum):
    """How day, month and year follow one another where they are all digits."""

    DAY_FIRST = "day_month_year"
    MONTH_FIRST = "month_day_year"
    YEAR_FIRST = "year_month_day"


def last_day_begun(now: datetime) -> date:
    """On this machine or in UTC, whichever is ahead: nothing can have been posted on a later one."""
    return max(now.date(), now.astimezone().date())


_SIGN = r"\s*[./\-\s]\s*"
_CLOCK = r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?.*)?"
_PARTS = re.compile(rf"(\d{{1,4}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{1,4}})\.?{_CLOCK}")
_DAY_NAMED = re.compile(r"(\d{1,2})\.?[\s\-/]*([^\W\d_]{3,12})\.?[\s\-/,]*(\d{2,4})\b.*")
_NAMED_DAY = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b.*")
_DIGITS = re.compile(r"\d{8}|\d{6}|\d{3,4}")
_CENTURY: Final = 2000
# A date without a year is the last such day, or one that is not far ahead.
_AHEAD: Final = timedelta(days=31)


def date_order(cells: Iterable[Cell]) -> DateOrder:
    """What the column's own texts say; a list whose days are all under 13 leaves it open, and then the day is first.

    Each day counts once. A list that is sorted may show its order in its last rows only.
    """
    votes = dict.fromkeys(DateOrder, 0)
    for text in {_without_clock(cell) for cell in set(cells) if isinstance(cell, str)}:
        parts = _PARTS.fullmatch(text)
        order = _order_shown(int(parts[1]), int(parts[2]), len(parts[1])) if parts else None
        if order:
            votes[order] += 1
    return max(votes, key=votes.__getitem__)


def _without_clock(text: str) -> str:
    text = text.strip()
    return text.partition(" ")[0] if ":" in text else text


def _order_shown(first: int, second: int, digits: int) -> DateOrder | None:
    if digits > 2:
        return DateOrder.YEAR_FIRST
    if first > 12:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if second > 12 else None


class DateReader(dict[Cell, Moment]):
    """What each cell means. Each different text is read once: a list of 100,000 rows has a few hundred days."""

    def __init__(self, order: DateOrder, today: date) -> None:
        super().__init__({None: None, "": None})
        self._order = order
        self._today = today

    def read(self, cells: Sequence[Cell]) -> list[Moment]:
        """A date without a time is midnight UTC, a time without a zone is taken for UTC: what counts is the day."""
        return [*map(self.__getitem__, cells)]

    def __missing__(self, cell: Cell) -> Moment:
        found = self[cell] = self._moment(cell)
        return found

    def _moment(self, cell: Cell) -> Moment:
        if isinstance(cell, datetime):
            return cell if cell.tzinfo else cell.replace(tzinfo=UTC)
        if isinstance(cell, date):
            return datetime.combine(cell, time(), UTC)
        if isinstance(cell, bool | float | time):
            return UNREADABLE
        text = text_of(cell)
        try:
            return self._written(text) if text else None
        except ValueError:
            return UNREADABLE

    def _written(self, text: str) -> Moment:
        """Raises ValueError for a day that is in no calendar."""
        if text[:4].isdigit() and len(text) >= 10:
            try:
                return _with_zone(datetime.fromisoformat(text))
            except ValueError:
                pass
        if parts := _PARTS.fullmatch(text):
            return self._numbered(parts)
        if named := _DAY_NAMED.fullmatch(text):
            return _day(int(named[3]), _month(named[2]), int(named[1]))
        if named := _NAMED_DAY.fullmatch(text):
            return _day(int(named[3]), _month(named[1]), int(named[2]))
        return self._without_signs(text) if _DIGITS.fullmatch(text) else UNREADABLE

    def _numbered(self, parts: re.Match[str]) -> datetime:
        first, second, third = int(parts[1]), int(parts[2]), int(parts[3])
        if len(parts[1]) > 2 or (self._order is DateOrder.YEAR_FIRST and len(parts[3]) <= 2):
            day = _day(first, second, third)
        elif self._order is DateOrder.MONTH_FIRST:
            day = _day(third, first, second)
        else:
            day = _day(third, second, first)
        return day.replace(hour=int(parts[4] or 0), minute=int(parts[5] or 0), second=int(parts[6] or 0))

    def _without_signs(self, digits: str) -> datetime:
        """20261121, 21112026, 211126, and DATEV's 2111 or 511 without a year."""
        if len(digits) == 8 and digits.startswith(("19", "20")):
            try:
                return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
            except ValueError:  # a 19th or 20th, the day first: 20112026
                pass
        if len(digits) >= 6:
            return _day(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
        day, month = int(digits[:-2]), int(digits[-2:])
        found = _day(self._today.year, month, day)
        return found if found.date() <= self._today + _AHEAD else _day(self._today.year - 1, month, day)


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year + _CENTURY if year < 100 else year, month, day, tzinfo=UTC)


def _month(name: str) -> int:
    """Raises ValueError for a word that is no month."""
    months = known_words().months
    word = name.casefold()
    found = months.get(word[:3]) or months.get(word[:4])
    if found is None:
        raise ValueError(name)
    return found
