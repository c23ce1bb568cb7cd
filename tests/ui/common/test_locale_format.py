from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from app.models.money import Money
from ui.common.locale_format import LocaleFormat

NBSP, NARROW = "\u00a0", "\u202f"


def words(name: str) -> LocaleFormat:
    return LocaleFormat(QLocale(name))


def money(value: str, currency: str) -> Money:
    return Money(currency=currency, value=Decimal(value))


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("sv_SE", f"1{NBSP}234{NBSP}567,89 SEK"),
        ("de_DE", "1.234.567,89 SEK"),
        ("da_DK", "1.234.567,89 SEK"),
        ("en_GB", "1,234,567.89 SEK"),
        ("en_US", "1,234,567.89 SEK"),
    ],
)
def test_an_amount_is_written_as_the_locale_writes_it(locale: str, text: str) -> None:
    assert words(locale).money(money("123456789", "SEK")) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [("sv_SE", f"\u22121{NBSP}204,00 SEK"), ("de_DE", "-1.204,00 SEK"), ("en_GB", "-1,204.00 SEK")],
)
def test_a_negative_amount_carries_the_sign_of_the_locale(locale: str, text: str) -> None:
    assert words(locale).money(money("-120400", "SEK")) == text


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        ("6472", "JPY", "6,472 JPY"),
        ("29345", "ISK", "29,345 ISK"),
        ("1234567", "KWD", "1,234.567 KWD"),
        ("5", "KWD", "0.005 KWD"),
        ("0", "EUR", "0.00 EUR"),
        ("5", "EUR", "0.05 EUR"),
        ("117400", "UNDEFINED", "1,174.00 UNDEFINED"),
    ],
)
def test_an_amount_has_the_decimal_places_of_its_currency(value: str, currency: str, text: str) -> None:
    assert words("en_GB").money(money(value, currency)) == text


@pytest.mark.parametrize("locale", ["sv_SE", "de_DE", "da_DK", "en_GB", "en_US"])
def test_a_huge_amount_keeps_every_digit(locale: str) -> None:
    text = words(locale).money(money("123456789012345678901234567890123456789", "EUR"))
    assert "".join(letter for letter in text if letter.isdigit()) == "123456789012345678901234567890123456789"


def test_digits_beyond_the_currency_are_shown_and_not_rounded() -> None:
    assert words("en_GB").money(money("100.125", "EUR")) == "1.00125 EUR"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("sv_SE", "2026-02-28"),
        ("de_DE", "28.02.26"),
        ("da_DK", "28.02.2026"),
        ("en_GB", "28/02/2026"),
        ("en_US", "2/28/26"),
    ],
)
def test_a_bookkeeping_date_is_written_as_the_locale_writes_it(locale: str, text: str) -> None:
    assert words(locale).bookkeeping_date(datetime(2026, 2, 28, 12, tzinfo=UTC)) == text


@pytest.mark.parametrize("hours_from_utc", [-11, -5, 1, 13])
def test_a_bookkeeping_date_never_leaves_its_day_in_utc(hours_from_utc: int) -> None:
    late = datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)
    elsewhere = late.astimezone(timezone(timedelta(hours=hours_from_utc)))
    assert words("en_GB").bookkeeping_date(elsewhere) == "28/02/2026"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (-1, "time is over"),
        (0.5, "under 1 min left"),
        (1, "1 min left"),
        (59.9, "59 min left"),
        (60, "1 h 00 min left"),
        (1441, "24 h 01 min left"),
    ],
)
def test_the_time_left_is_never_said_to_be_more_than_it_is(minutes: float, text: str) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert words("en_GB").time_left(now + timedelta(minutes=minutes), now) == text


def test_a_count_is_grouped_as_the_locale_groups() -> None:
    assert words("sv_SE").number(10_000) == f"10{NBSP}000"
    assert words("en_GB").number(10_000) == "10,000"


@pytest.mark.parametrize(
    ("locale", "day"),
    [
        ("de_DE", "30. Nov."),
        ("da_DK", "30. nov."),
        ("nb_NO", "30. nov."),
        ("sv_SE", "30 nov."),
        ("nl_NL", "30 nov"),
        ("fr_FR", "30 nov."),
        ("es_ES", "30 nov"),
        ("en_GB", "30 Nov"),
        ("en_US", "Nov 30"),
    ],
)
def test_a_day_is_written_in_the_order_and_with_the_signs_of_its_language(locale: str, day: str) -> None:
    assert words(locale).moment(datetime(2026, 11, 30, 12, tzinfo=UTC)).startswith(f"{day}, ")
