"""Dates as accounting systems write them: in any order, with months in letters, without a year. Pure."""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
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
# Of a time with anything behind it but its half of the day or UTC, nothing is taken.
_CLOCK = r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(.*))?"
_HALF = re.compile(r"([ap])\.?\s?m\.?", re.IGNORECASE)
_PARTS = re.compile(rf"(\d{{1,4}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{1,4}})\.?{_CLOCK}")
_DAY_NAMED = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[\s\-/]*(?:de\s+|di\s+)?([^\W\d_]{3,12})\.?[\s\-/,]*(?:del?\s+)?(\d{2,4})\b.*",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b.*")
_SIX = re.compile(r"\d{6}")
_DIGITS = re.compile(r"\d{8}|\d{6}|\d{3,4}")
_CENTURY: Final = 2000
# A date without a year is the last such day, or one that is not far ahead.
_AHEAD: Final = timedelta(days=31)
_A_MONTH: Final = timedelta(days=31)
_LONG_AGO: Final = timedelta(days=730)
# Days since the end of 1899, of the years 2000 to 2099.
_SERIAL = re.compile(r"3652[6-9]|365[3-9]\d|36[6-9]\d\d|3[7-9]\d{3}|[4-6]\d{4}|7[0-2]\d{3}")
_FIRST_SERIAL: Final = datetime(1899, 12, 30, tzinfo=UTC)


def date_order(cells: Iterable[Cell]) -> DateOrder:
    """What the column's own texts say; a list whose days are all under 13 leaves it open, and then the day is first.

    Each day counts once. A list that is sorted may show its order in its last rows only.
    """
    votes = dict.fromkeys(DateOrder, 0)
    different = set(cells)
    for text in {_without_clock(cell) for cell in different if isinstance(cell, str)}:
        parts = _PARTS.fullmatch(text)
        order = _order_shown(int(parts[1]), int(parts[2]), len(parts[1])) if parts else None
        if order:
            votes[order] += 1
    six = {text for cell in different if isinstance(cell, str) and _SIX.fullmatch(text := cell.strip())}
    order = _order_of_six(six)
    if order:
        votes[order] += len(six)
    if not any(votes.values()) and _are_closer_month_first(different):
        return DateOrder.MONTH_FIRST
    return max(votes, key=votes.__getitem__)


def _are_closer_month_first(cells: Collection[Cell]) -> bool:
    """Whether the days of a column that could be both, such as 2/4, 2/11 and 2/12, are those of a month only so, and
    are spread over the year the other way round."""
    parts = [found for cell in cells if isinstance(cell, str) and (found := _PARTS.fullmatch(_without_clock(cell)))]
    days = [(int(each[1]), int(each[2]), int(each[3])) for each in parts if len(each[1]) < 3]
    with suppress(ValueError):
        month_first = {_day(year, month, day) for month, day, year in days}
        day_first = {_day(year, month, day) for day, month, year in days}
        if len(month_first) > 1:
            is_of_a_month = max(month_first) - min(month_first) <= _A_MONTH
            return is_of_a_month and max(day_first) - min(day_first) > 2 * _A_MONTH
    return False


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
        if isinstance(cell, bool | time):
            return UNREADABLE
        if isinstance(cell, float) and not cell.is_integer():
            return _of_serial(int(cell)) if math.isfinite(cell) else UNREADABLE
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
        if _SERIAL.fullmatch(text):
            return _of_serial(int(text))
        return self._without_signs(text) if _DIGITS.fullmatch(text) else UNREADABLE

    def _numbered(self, parts: re.Match[str]) -> datetime:
        first, second, third = int(parts[1]), int(parts[2]), int(parts[3])
        if len(parts[1]) > 2 or (self._order is DateOrder.YEAR_FIRST and len(parts[3]) <= 2):
            day = _day(first, second, third)
        elif self._order is DateOrder.MONTH_FIRST:
            day = _day(third, first, second)
        else:
            day = _day(third, second, first)
        return _with_clock(day, parts)

    def _without_signs(self, digits: str) -> datetime:
        """20261121, 21112026, 211126, and DATEV's 2111 or 511 without a year."""
        if len(digits) == 8 and digits.startswith(("19", "20")):
            try:
                return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
            except ValueError:  # a 19th or 20th, the day first: 20112026
                pass
        if len(digits) == 8:
            return _day(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
        if len(digits) == 6:
            return self._of_six(digits)
        day, month = int(digits[:-2]), int(digits[-2:])
        found = _day(self._today.year, month, day)
        return found if found.date() <= self._today + _AHEAD else _day(self._today.year - 1, month, day)

    def _of_six(self, digits: str) -> datetime:
        """As the column has them; another order only where this one is long ago or ahead, and just one is neither."""
        readings = _readings_of_six(digits)
        own = readings.get(self._order)
        if own and self._is_near(own):
            return own
        near = {reading for reading in readings.values() if self._is_near(reading)}
        if len(near) == 1:
            return near.pop()
        if own is None:
            raise ValueError(digits)
        return own

    def _is_near(self, moment: datetime) -> bool:
        return self._today - _LONG_AGO <= moment.date() <= self._today + _AHEAD


def _readings_of_six(digits: str) -> dict[DateOrder, datetime]:
    """261121 by each order in which it is in the calendar."""
    first, second, third = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    found = {}
    for order, parts in (
        (DateOrder.DAY_FIRST, (third, second, first)),
        (DateOrder.MONTH_FIRST, (third, first, second)),
        (DateOrder.YEAR_FIRST, (first, second, third)),
    ):
        with suppress(ValueError):
            found[order] = _day(*parts)
    return found


def _order_of_six(texts: Collection[str]) -> DateOrder | None:
    """The order in which the days of a column lie closest together; None where that does not tell."""
    readings = [_readings_of_six(text) for text in texts]
    spans: dict[DateOrder, timedelta] = {}
    for order in DateOrder:
        days = [reading[order] for reading in readings if order in reading]
        if days and len(days) == len(readings):
            spans[order] = max(days) - min(days)
    least = min(spans.values(), default=None)
    closest = [order for order, span in spans.items() if span == least]
    return closest[0] if len(closest) == 1 and len(texts) > 1 else None


def _of_serial(days: int) -> Moment:
    """As spreadsheets count them; UNREADABLE for a number that is no day of this century."""
    return _FIRST_SERIAL + timedelta(days=days) if _SERIAL.fullmatch(str(days)) else UNREADABLE


def _with_clock(day: datetime, parts: re.Match[str]) -> datetime:
    """Raises ValueError for a time that no clock shows."""
    hour, behind = int(parts[4] or 0), (parts[7] or "").strip()
    half = _HALF.fullmatch(behind)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(behind)
        hour = hour % 12 + (12 if half[1].casefold() == "p" else 0)
    elif behind and behind.casefold() not in ("z", "utc", "gmt", "uhr"):
        return day
    return day.replace(hour=hour, minute=int(parts[5] or 0), second=int(parts[6] or 0))


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year + _CENTURY if year < 100 else year, month, day, tzinfo=UTC)


def _month(name: str) -> int:
    """Raises ValueError for a word that is no month."""
    found = known_words().months.get(name.casefold())
    if found is None:
        raise ValueError(name)
    return found
