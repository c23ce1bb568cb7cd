"""Amounts in the search box: compared exactly, as the user writes them, and never dropped in silence."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.review.amount_wish import AmountRange, BadAmount, amount_wish, is_amount_wish, typed_amount
from app.review.search import SearchColumn, SearchIndex, amount_text

COLUMNS = (
    SearchColumn("supplier", "Supplier", (), lambda row: row[0]),
    SearchColumn(
        "amount", "Amount", ("sum",), lambda row: "" if row[1] is None else amount_text(row[1], 2), lambda row: row[1]
    ),
)
ROWS = [
    ("Sas", Decimal("1000")),
    ("Sas", Decimal("1000.01")),
    ("Hetzner", Decimal("50.5")),
    ("Refund", Decimal("-120")),
    ("Unread", None),
]


def index_of(rows=ROWS, decimal_sign="."):
    index = SearchIndex(COLUMNS, decimal_sign)
    for _ in index.build(rows, 2):
        pass
    return index


@pytest.mark.parametrize(
    ("typed", "sign", "number"),
    [
        ("1000", ".", "1000"),
        ("1,204.50", ",", "1204.50"),
        ("1.204,50", ".", "1204.50"),
        ("1.204", ",", "1204"),
        ("1.204", ".", "1.204"),
        ("1,204", ".", "1204"),
        ("1,204", ",", "1.204"),
        ("0,125", ".", "0.125"),
        ("50,5", ".", "50.5"),
        ("1 204 000,5", ",", "1204000.5"),
        ("1'204.50", ".", "1204.50"),
        ("1.204.000", ".", "1204000"),
        ("-12,5", ",", "-12.5"),
        ("−12.5", ".", "-12.5"),
        (".5", ".", "0.5"),
        ("12.", ".", "12"),
    ],
)
def test_an_amount_is_read_as_it_is_typed(typed, sign, number):
    assert typed_amount(typed, sign) == Decimal(number)


@pytest.mark.parametrize("typed", ["", "abc", "1.2.3,4,5", "1e5", "12 34", "--1", "9" * 61, "0x1", "nan", "1..2", "½"])
def test_what_is_no_amount_is_none(typed):
    assert typed_amount(typed, ".") is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("amount:>1000", [1]),
        ("amount:>=1000", [0, 1]),
        ("sum:<=50.5", [2, 3]),
        ("amount:<50,5", [3]),
        ("amount:=50.50", [2]),
        ("amount:50..1000", [0, 2]),
        ("amount:1000..", [0, 1]),
        ("amount:..0", [3]),
        ("amount:-200..-100", [3]),
        ("-amount:>0", [3, 4]),
        ("sas amount:>1000", [1]),
        ("amount:>100 amount:<1000.01", [0]),
        ('amount:">1 000"', [1]),
        ("amount:1000", [0, 1]),
    ],
)
def test_amounts_are_compared(query, found):
    index = index_of()
    assert index.positions(query) == found
    assert index.complaints(query) == ()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("amount:>abc", "“abc” is no amount: write for example amount:>1000 or amount:100..200."),
        ("-amount:<x", "“x” is no amount: write for example amount:>1000 or amount:100..200."),
        ("sas amount:>", "An amount is missing: write for example amount:>1000 or amount:100..200."),
        ("amount:..", "An amount is missing: write for example amount:>1000 or amount:100..200."),
        ("amount:1..x", "“x” is no amount: write for example amount:>1000 or amount:100..200."),
        ("amount:200..100", "“200..100” begins with the larger amount: write the smaller one first."),
    ],
)
def test_a_bad_amount_is_met_by_nothing_and_says_so(query, words):
    index = index_of()
    assert index.positions(query) == []
    assert index.complaints(query) == (words,)


def test_only_a_column_of_amounts_compares():
    index = index_of([("a>1", Decimal(5)), ("a", Decimal(5))])
    assert index.positions("supplier:>1") == [0]
    assert index.positions(">1") == [0]
    assert index.complaints("supplier:>x") == ()


def test_amounts_that_a_float_cannot_tell_apart_are_told_apart():
    big = Decimal("9007199254740993.01")
    index = index_of([("a", big), ("b", big + Decimal("0.01"))])
    assert index.positions(f"amount:>{big}") == [1]
    assert index.positions(f"amount:<={big}") == [0]


def test_typing_on_widens_what_was_found_before():
    index = index_of()
    assert index.positions("amount:1000") == [0, 1]
    assert index.positions("amount:1000..1000.01") == [0, 1]
    assert index.positions("amount:>1") == [0, 1, 2]
    assert index.positions("amount:>1000") == [1]
    assert index.positions("amount:>100") == [0, 1]


AMOUNTS = st.decimals(min_value=-(10**6), max_value=10**6, places=2)


@given(st.lists(AMOUNTS, max_size=8), AMOUNTS, AMOUNTS)
def test_a_range_holds_what_is_between_its_ends(amounts, one, other):
    low, high = sorted((one, other))
    found = index_of([("", amount) for amount in amounts]).positions(f"amount:{low:f}..{high:f}")
    assert found == [place for place, amount in enumerate(amounts) if low <= amount <= high]


@given(st.text(alphabet="<>=.,-0 1'x", max_size=12))
def test_whatever_is_typed_is_a_range_or_a_complaint(text):
    if is_amount_wish(text):
        with suppress(BadAmount):
            assert isinstance(amount_wish(text, "."), AmountRange)
