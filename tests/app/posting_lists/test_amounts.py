"""Amounts as they are written from Copenhagen to Munich."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.posting_lists.amounts import UNREADABLE, amounts, decimal_sign, hundredths


@pytest.mark.parametrize(
    ("text", "sign", "amount"),
    [
        ("1.204,00", ",", "1204.00"),
        ("1,204.00", ".", "1204.00"),
        ("1 204,00", ",", "1204.00"),
        ("1\N{NO-BREAK SPACE}204,00", ",", "1204.00"),
        ("1\N{NARROW NO-BREAK SPACE}204,00", ",", "1204.00"),
        ("1'204.00", ".", "1204.00"),
        ("-59,9", ",", "59.9"),
        ("59,90-", ",", "59.90"),
        ("\N{MINUS SIGN}59,90", ",", "59.90"),
        ("(59.90)", ".", "59.90"),
        ("EUR 59,90", ",", "59.90"),
        ("59,90 kr.", ",", "59.90"),
        ("59.90 €", ".", "59.90"),
        ("59,90 S", ",", "59.90"),
        ("11\N{ACUTE ACCENT}861.50", ".", "11861.50"),
        ("11.861,50 SEK", ",", "11861.50"),
        ("11861,50:-", ",", "11861.50"),
        ("11861:-", ",", "11861"),
        ("11.861,-", ",", "11861"),
        ("11861.50*", ".", "11861.50"),
        ("11,861.50 **", ".", "11861.50"),
        ("+59", ",", "59"),
        (",50", ",", "0.50"),
        ("-EUR 59,90", ",", "59.90"),
        ("EUR -59,90", ",", "59.90"),
        ("0", ".", "0"),
        ("123456789012345678901234567890,12", ",", "123456789012345678901234567890.12"),
    ],
)
def test_an_amount_is_read_to_the_digit_and_without_its_sign(text, sign, amount):
    assert amounts([text], sign) == [Decimal(amount)]


@pytest.mark.parametrize(
    "text", ["see note", "NaN", "Infinity", "1E5", "1_000", "12.11.2026 at 5", "1.50", "1-2", "(", "S"]
)
def test_what_is_no_amount_is_unreadable_and_never_a_number(text):
    assert amounts([text], ",") == [UNREADABLE]


@pytest.mark.parametrize("cell", ["", "  ", None, "-", "–"])
def test_an_empty_cell_or_a_dash_is_no_amount(cell):
    assert amounts([cell, "1,00 kr"], ",")[0] is None


def test_a_typed_number_is_read_as_it_was_typed_not_as_the_binary_fraction_next_to_it():
    assert amounts([33.3, 0.1 + 0.2, 1204, -5.0], ",") == [*map(Decimal, ("33.3", "0.3", "1204", "5.0"))]
    assert amounts([True, float("nan")], ".") == [UNREADABLE, UNREADABLE]


def test_one_strange_cell_does_not_change_how_its_neighbours_are_read():
    assert amounts(["1.204,00", "see note", "", "7"], ",") == [Decimal("1204.00"), UNREADABLE, None, Decimal(7)]
    assert amounts(["1,50\n", "2,50", "3\n4"], ",") == [Decimal("1.50"), Decimal("2.50"), UNREADABLE]


@pytest.mark.parametrize(
    ("texts", "language", "sign"),
    [
        (["1.204,00", "59,90"], "", ","),
        (["1,204.00"], "de", "."),
        (["1.234", "5.678"], "de", ","),
        (["1.234", "5.678"], "en", "."),
        (["1.234.567"], "en", ","),
        (["1.234", "12,5"], "en", ","),
        (["100", "200"], "sv", ","),
        ([], "", "."),
        (["1.234 EUR", "12,50 EUR"], "en", ","),
        (["500,00 kr.", "1.204 kr."], "en", ","),
        (["kr. 500,00", "Kr.7,5"], "en", ","),
        (["500.00 kr."], "da", "."),
        (["500,-"], "en", ","),
    ],
)
def test_the_decimal_sign_is_the_one_the_column_shows_or_else_the_languages(texts, language, sign):
    assert decimal_sign(texts, language) == sign


@given(st.decimals(min_value=0, max_value=10**12, places=2), st.sampled_from([(",", "."), (".", ","), (",", " ")]))
def test_whatever_a_system_writes_is_read_back(amount, signs):
    sign, group = signs
    text = f"{amount:,.2f}".replace(",", "\0").replace(".", sign).replace("\0", group)
    assert amounts([text], sign) == [amount]


@given(st.text(max_size=20), st.sampled_from(",."))
def test_any_text_is_an_amount_or_is_said_to_be_none(text, sign):
    (found,) = amounts([text], sign)
    assert found is None or found is UNREADABLE or (found.is_finite() and found >= 0)


def test_hundredths_are_told_to_the_letter_where_all_are_plain():
    assert hundredths(["1.204,00", "-59,90", "7", "0,05"], ",") == ["120400", "5990", "700", "005"]
    assert hundredths(["59.9", "1.234", ""], ".") == ["", "", ""]
    assert hundredths(["59,90", "see note 2026-11"], ",") == ["", ""]
    assert hundredths([59.9], ".") == [""]


@given(st.text("0123456789.,-+ 1Een\n", max_size=8), st.sampled_from(",."))
def test_digits_in_hundredths_are_those_of_the_amount(text, sign):
    (digits,) = hundredths([text], sign)
    if digits.isdecimal():
        assert amounts([text], sign) == [Decimal(digits).scaleb(-2)]
