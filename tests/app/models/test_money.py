"""Money, exact to the last digit."""

import json
from decimal import Decimal

import pytest
from fakes.answers import money_json
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.models.money import Money
from app.models.wire import read_json

ADAPTER = TypeAdapter(Money)


def read(text: str) -> Money:
    return ADAPTER.validate_python(read_json(text.encode()))


def money(value: str, currency: str = "SEK") -> Money:
    return read(f'{{"currency": "{currency}", "value": {value}}}')


def test_the_printed_example_is_in_hundredths():
    assert money("89696").amount == Decimal("896.96")


@pytest.mark.parametrize(
    ("value", "currency", "amount"),
    [
        ("0", "EUR", "0.00"),
        ("-1250", "DKK", "-12.50"),
        ("1500", "ISK", "1500"),
        ("1500", "JPY", "1500"),
        ("12345", "KWD", "12.345"),
        ("12345", "TND", "12.345"),
        ("89696.5", "SEK", "896.965"),
        ("0.1", "SEK", "0.001"),
        ("8.9696e4", "SEK", "896.96"),
        ("9007199254740993", "SEK", "90071992547409.93"),
        ("123456789012345678901234567890123456789", "SEK", "1234567890123456789012345678901234567.89"),
        ("0.123456789012345678901234567890123456789", "ISK", "0.123456789012345678901234567890123456789"),
    ],
)
def test_the_amount_is_exact_in_whole_units_of_the_currency(value, currency, amount):
    assert money(value, currency).amount == Decimal(amount)


@given(value=st.integers(min_value=-(10**60), max_value=10**60))
def test_no_digit_of_a_whole_value_is_ever_lost(value):
    assert money(str(value)).amount * 100 == value if abs(value) < 10**25 else True
    assert f"{money(str(value)).amount:f}".replace(".", "").lstrip("-0") == str(abs(value)).lstrip("0")


@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=30, min_value=-(10**20), max_value=10**20))
def test_no_digit_of_a_fraction_is_ever_lost(value):
    digits = f"{value:f}"
    assert money(digits, "ISK").amount == value
    assert f"{money(digits, 'ISK').amount:f}" == digits


@pytest.mark.parametrize(
    ("currency", "exponent"), [("SEK", 2), ("EUR", 2), ("ISK", 0), ("JPY", 0), ("BHD", 3), ("CLF", 4)]
)
def test_each_currency_has_its_own_number_of_places(currency, exponent):
    assert money("1", currency).exponent == exponent


@pytest.mark.parametrize("currency", ["SEK", "EUR", "USD"])
def test_hundredths_are_confirmed_by_pleos_example(currency):
    assert money("1", currency).scale_is_confirmed


@pytest.mark.parametrize("currency", ["ISK", "JPY", "KWD", "CLF", "UNDEFINED"])
def test_any_other_scale_stays_a_question(currency):
    assert not money("1", currency).scale_is_confirmed


def test_an_undefined_currency_is_kept_as_it_came():
    assert money("12345", "UNDEFINED").currency == "UNDEFINED"
    assert money("12345", "UNDEFINED").amount == Decimal("123.45")


@pytest.mark.parametrize("value", [None, True, "89696", "NaN", [], {}])
def test_a_value_that_is_not_a_number_is_refused(value):
    with pytest.raises(ValidationError):
        read(json.dumps(money_json(value)))
