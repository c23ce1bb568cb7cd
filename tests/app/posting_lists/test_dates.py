"""Dates as accounting systems write them."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.posting_lists.amounts import UNREADABLE
from app.posting_lists.dates import DateOrder, DateReader, date_order

TODAY = date(2026, 3, 2)
DAY, MONTH, YEAR = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST


def read(cell, order=DAY):
    (found,) = DateReader(order, TODAY).read([cell])
    return found


def day(year, month, number, *clock):
    return datetime(year, month, number, *clock, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "order", "found"),
    [
        ("21.11.2025", DAY, day(2025, 11, 21)),
        ("3.2.26", DAY, day(2026, 2, 3)),
        ("03-02-2026", DAY, day(2026, 2, 3)),
        ("02/03/2026", MONTH, day(2026, 2, 3)),
        ("02/03/2026", DAY, day(2026, 3, 2)),
        ("2026-02-03", DAY, day(2026, 2, 3)),
        ("2026/02/03", MONTH, day(2026, 2, 3)),
        ("26-02-03", YEAR, day(2026, 2, 3)),
        ("2026-02-03T14:05:00+01:00", DAY, datetime.fromisoformat("2026-02-03T14:05:00+01:00")),
        ("2026-02-03T14:05:00Z", DAY, day(2026, 2, 3, 14, 5)),
        ("03.02.2026 14:05", DAY, day(2026, 2, 3, 14, 5)),
        ("03.02.2026 14:05:59", DAY, day(2026, 2, 3, 14, 5, 59)),
        ("3 Feb 2026", DAY, day(2026, 2, 3)),
        ("3. maj 2025", DAY, day(2025, 5, 3)),
        ("3. März 2025", DAY, day(2025, 3, 3)),
        ("3-okt-25", DAY, day(2025, 10, 3)),
        ("Feb 3, 2026", DAY, day(2026, 2, 3)),
        ("December 24th, 2025", DAY, day(2025, 12, 24)),
        ("20260203", DAY, day(2026, 2, 3)),
        ("03022026", DAY, day(2026, 2, 3)),
        ("20112026", DAY, day(2026, 11, 20)),
        ("19022026", DAY, day(2026, 2, 19)),
        ("030226", DAY, day(2026, 2, 3)),
        ("260203", YEAR, day(2026, 2, 3)),
        ("251121", DAY, day(2025, 11, 21)),
        ("03.02.2026 2:05 PM", DAY, day(2026, 2, 3, 14, 5)),
        ("02/03/2026 12:05 a.m.", MONTH, day(2026, 2, 3, 0, 5)),
        ("03.02.2026 14:05 Uhr", DAY, day(2026, 2, 3, 14, 5)),
        ("03.02.2026 14:05 +02:00", DAY, day(2026, 2, 3)),
        ("26 marraskuuta 2025", DAY, day(2025, 11, 26)),
        ("5 października 2025", DAY, day(2025, 10, 5)),
        ("3 de febrero de 2026", DAY, day(2026, 2, 3)),
        ("1er février 2026", DAY, day(2026, 2, 1)),
        ("3 gennaio 2026", DAY, day(2026, 1, 3)),
        ("3 mei 2025", DAY, day(2025, 5, 3)),
        ("302", DAY, day(2026, 2, 3)),
        ("2411", DAY, day(2025, 11, 24)),
    ],
)
def test_a_date_is_read_whatever_its_form(text, order, found):
    assert read(text, order) == found


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2026",
        "soon",
        "13:05 PM",
        "03.02.2026 13:05 PM",
        "3 Marokko 2026",
        "13/13/2026",
        "0.0.0",
        "2026-13-01",
        "12 Foo 2026",
        "9999999",
        "1",
    ],
)
def test_what_is_in_no_calendar_is_unreadable(text):
    assert read(text) is UNREADABLE


def test_a_typed_date_needs_no_order_and_an_empty_cell_is_no_date():
    typed = datetime(2026, 2, 3, 9, 0)  # noqa: DTZ001 - a workbook knows no zones
    assert read(typed) == day(2026, 2, 3, 9)
    assert read(date(2026, 2, 3)) == day(2026, 2, 3)
    assert (read(None), read(""), read("  ")) == (None, None, None)
    assert (read(time(9)), read(True), read(450.5)) == (UNREADABLE,) * 3


@pytest.mark.parametrize("cell", [46_056, 46_056.0, 46_056.75, "46056"])
def test_a_spreadsheets_number_of_a_day_is_that_day(cell):
    assert read(cell) == day(2026, 2, 3)


@pytest.mark.parametrize("cell", [36_525, 73_051, 1.5, "36525", "99999"])
def test_a_number_of_another_century_is_none(cell):
    assert read(cell) is UNREADABLE


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["01.02.2026", "21.02.2026"], DAY),
        (["01/02/2026", "02/21/2026"], MONTH),
        (["2026-02-01"], YEAR),
        ([*["01/02/2026"] * 900, "01/13/2026"], MONTH),
        (["13.01.2026", *["01/14/2026"] * 9, "15.01.2026"], DAY),
        ([f"01/{each // 1440 + 1:02}/2026 {each % 1440 // 60}:{each % 60:02}" for each in range(1440 * 13)], MONTH),
        (["261121", "261123", "261114"], YEAR),
        (["211126", "231126", "141126"], DAY),
        (["112126", "112326", "111426"], MONTH),
        (["261121"], DAY),
        (["01/02/2026"], DAY),
        ([], DAY),
        (["", None, "see note"], DAY),
    ],
)
def test_the_order_is_the_one_that_the_column_shows(texts, order):
    assert date_order(texts) is order


@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y"]),
)
def test_whatever_day_a_system_writes_is_read_back(wanted, form):
    assert read(wanted.strftime(form)).date() == wanted


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_is_said_to_be_none(text):
    found = read(text)
    assert found is None or found is UNREADABLE or found.tzinfo is not None


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["2/4/2026", "2/11/2026", "2/12/2026"], DateOrder.MONTH_FIRST),
        (["4/2/2026", "11/2/2026", "12/2/2026"], DateOrder.DAY_FIRST),
        (["1/2/2026", "1/3/2026"], DateOrder.DAY_FIRST),
        (["2/4/2026"], DateOrder.DAY_FIRST),
        (["2/4/2026", "2/11/2026", "13/2/2026"], DateOrder.DAY_FIRST),
    ],
)
def test_days_that_could_be_both_are_read_as_they_lie_in_one_month(cells, order):
    assert date_order(cells) is order
