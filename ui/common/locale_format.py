"""Money, numbers, dates and times in the user's locale."""

import re
from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale, QTime

from app.messages import shown, tr
from app.models.money import Money, exponent_of
from app.texts.screen import isolated
from ui.common.language import names_locale
from ui.common.text_format import UNREADABLE

# In Qt's patterns of dates: text; the day of the month, with the full stop that makes it an ordinal; the month.
_LITERAL = re.compile("'[^']*'")
_DAY = re.compile(r"(?<!d)dd?(?!d)\.?")
_MONTH = re.compile(r"MMMM?")


class LocaleFormat:
    """Implements ui.common.text_format.TextFormat with QLocale. Amounts keep every digit that Pleo sent. Without a
    locale it is the user's, with the names of months in the language that the program speaks."""

    def __init__(self, locale: QLocale | None = None) -> None:
        self._locale = locale or users_locale()
        self._names = locale or names_locale(self._locale)
        self._day_pattern = _short_day(self._names)

    def money(self, money: Money | None) -> str:
        if money is None:
            return shown(UNREADABLE)
        return f"{self.amount(money.amount, money.exponent)} {isolated(money.currency)}"

    def sum(self, amount: Decimal, currency: str) -> str:
        # A line never breaks between an amount and its currency.
        return f"{self.amount(amount, exponent_of(currency))}\N{NO-BREAK SPACE}{isolated(currency)}"

    def amount(self, amount: Decimal, exponent: int) -> str:
        """With at least `exponent` decimal places. QLocale formats doubles only, so the digits are placed here."""
        text = f"{amount.copy_abs():f}"  # `abs` would round to 28 digits
        whole, _, places = text.partition(".")
        places = places.rstrip("0").ljust(exponent, "0")
        grouped = self._grouped(whole)
        sign = self._locale.negativeSign() if amount < 0 else ""
        return f"{sign}{grouped}{self._locale.decimalPoint()}{places}" if places else f"{sign}{grouped}"

    def number(self, number: int) -> str:
        return self._locale.toString(number)

    def bookkeeping_date(self, stamp: datetime | None) -> str:
        if stamp is None:
            return shown(UNREADABLE)
        day = stamp.astimezone(UTC)
        return self._locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)

    def moment(self, stamp: datetime | None) -> str:
        if stamp is None:
            return tr("unreadable date")
        local = stamp.astimezone()
        day = self._names.toString(QDate(local.year, local.month, local.day), self._day_pattern)
        return f"{day}, {self.clock(stamp)}"

    def full_moment(self, stamp: datetime) -> str:
        """Day with its year and time with seconds on this machine's clock, for evidence of whatever age."""
        local = stamp.astimezone()
        day = self._locale.toString(QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat)
        return f"{day} {self.time(stamp)}"

    def clock(self, stamp: datetime) -> str:
        local = stamp.astimezone()
        return self._locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)

    def time(self, stamp: datetime) -> str:
        local = stamp.astimezone()
        return QTime(local.hour, local.minute, local.second).toString("HH:mm:ss")

    def time_left(self, deadline: datetime, now: datetime) -> str:
        minutes = int((deadline - now).total_seconds() // 60)
        if minutes < 0:
            return tr("time is over")
        hours, rest = divmod(minutes, 60)
        if hours:
            return tr("{hours} h {minutes:02} min left", hours=hours, minutes=rest)
        return tr("{minutes} min left", minutes=rest) if rest else tr("under 1 min left")

    def _grouped(self, whole: str) -> str:
        """In groups of three, in the locale's digits and separator."""
        if self._locale.numberOptions() & QLocale.NumberOption.OmitGroupSeparator:
            return whole
        head = len(whole) % 3
        groups = ([whole[:head]] if head else []) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
        return self._locale.groupSeparator().join(groups)


def _short_day(locale: QLocale) -> str:
    """Day and short month as the locale's long date has them: 30 Nov, 30. Nov., Nov 30."""
    whole = _LITERAL.sub("", locale.dateFormat(QLocale.FormatType.LongFormat))
    day, month = _DAY.search(whole), _MONTH.search(whole)
    if day is None or month is None:
        return "d MMM"
    return f"{day[0]} MMM" if day.start() < month.start() else f"MMM {day[0]}"


def users_locale() -> QLocale:
    """The system's; where it names none (the C locale), English as in the United Kingdom."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    return locale
