"""Control totals: all that was read, counted and added up exactly."""

from decimal import Decimal
from fractions import Fraction

from fakes.answers import export_item_json, pair_json
from fakes.builders import entry_id, items_of, snapshot_of
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.models.export_item import ExportItem
from app.review.control_totals import TotalsSearch, control_totals

ENTRY = TypeAdapter(ExportItem)
STATUSES = st.sampled_from(("successful", "failed", "abandoned", "pending", "in_progress", "parked", "archived"))


def entries_of(*amounts):
    """Entries by number; None leaves one out."""
    pairs = {number: amount for number, amount in enumerate(amounts) if amount is not None}
    made = {number: export_item_json(number, amount=pair_json(*amount)) for number, amount in pairs.items()}
    return {entry_id(number): ENTRY.validate_python(value) for number, value in made.items()}


@given(
    st.lists(
        st.tuples(STATUSES, st.none() | st.tuples(st.integers(-(10**40), 10**40), st.sampled_from(("SEK", "JPY"))))
    )
)
def test_the_statuses_add_up_to_the_whole_in_items_and_in_money(rows):
    snapshot = snapshot_of(items_of(*(status for status, _ in rows)))
    entries = entries_of(*(amount for _, amount in rows))
    totals = control_totals(snapshot, entries)
    assert totals.adds_up
    assert totals.count == len(rows) == sum(total.count for total in totals.by_status)
    assert totals.without_amount == sum(amount is None for _, amount in rows)
    for currency, places in (("SEK", 2), ("JPY", 0)):
        exact = sum(value for _, amount in rows if amount for value, of in [amount] if of == currency)
        assert Fraction(totals.sums.get(currency, 0)) * 10**places == exact
        of_statuses = [Fraction(total.sums.get(currency, 0)) for total in totals.by_status]
        assert sum(of_statuses) * 10**places == exact


def test_no_digit_of_a_sum_is_rounded():
    entries = entries_of((10**40, "SEK"), (1, "SEK"))
    totals = control_totals(snapshot_of(items_of("failed", "failed")), entries)
    assert f"{totals.sums['SEK']:f}" == f"1{'0' * 38}.01"


def test_pleos_statuses_come_first_then_unknown_words():
    totals = control_totals(snapshot_of(items_of("zoo", "pending", "ark", "failed", "successful")), {})
    assert [total.status for total in totals.by_status] == ["successful", "failed", "pending", "ark", "zoo"]


def test_a_list_shorter_or_longer_than_pleo_says_does_not_add_up():
    shorter, longer = (control_totals(snapshot_of(items_of("failed"), items=says), {}) for says in (3, 0))
    assert (shorter.difference, shorter.adds_up) == (-2, False)
    assert (longer.difference, longer.adds_up) == (1, False)


def test_an_entry_that_came_twice_does_not_stand_in_for_a_missing_one():
    (item,) = items_of("successful")
    totals = control_totals(snapshot_of((item, item), items=2), {})
    assert (totals.difference, totals.twice, totals.adds_up) == (0, 1, False)


def test_currencies_are_never_added_to_each_other():
    totals = control_totals(snapshot_of(items_of("failed", "failed")), entries_of((100, "SEK"), (100, "EUR")))
    assert totals.sums == {"EUR": Decimal(1), "SEK": Decimal(1)}


def test_an_empty_job_adds_up_to_nothing():
    totals = control_totals(snapshot_of(()), {})
    assert (totals.by_status, totals.sums, totals.adds_up) == ((), {}, True)


def test_totals_are_found_a_slice_at_a_time():
    search = TotalsSearch(snapshot_of(items_of(*["successful"] * 2_500)), {})
    assert search.found is None
    assert sum(1 for _ in search) == 3
    assert search.found is not None
    assert search.found.count == 2_500
