"""What is shown of a job's items, and the way from item to item; pure."""

from fakes.builders import entry_id, items_of
from hypothesis import given
from hypothesis import strategies as st

from ui.items.filter import ItemFilter
from ui.items.navigation import has_failed, needs_attention, next_place
from ui.items.view_model import ItemRow, item_rows
from ui.theme.status import StatusLook

STATUSES = ("successful", "failed", "pending", "in_progress", "abandoned", "parked")


def rows_of(*statuses: str) -> list[ItemRow]:
    return [ItemRow((item.accounting_entry_id, 0), item, None) for item in items_of(*statuses)]


def test_nothing_asked_shows_all() -> None:
    wanted = ItemFilter()
    assert not wanted.is_active
    assert wanted.positions(rows_of("failed", "successful"), None) is None


def test_status_cause_and_search_are_required_together() -> None:
    rows = rows_of("failed", "successful", "failed", "failed", "pending")
    cause = frozenset({entry_id(0), entry_id(2)})
    wanted = ItemFilter("sas", frozenset({StatusLook.FAILED}), cause, "Account unknown")
    assert wanted.positions(rows, [1, 2, 3, 4]) == [2]
    assert wanted.positions(rows, None) == [0, 2]
    assert wanted.described() == "failed · Account unknown · “sas”"


def test_a_search_that_met_nothing_shows_nothing() -> None:
    assert ItemFilter("zzz").positions(rows_of("failed"), []) == []


@given(st.lists(st.sampled_from(STATUSES), max_size=12), st.integers(-1, 11))
def test_the_next_item_that_needs_attention_is_the_nearest_one_around_the_end(
    statuses: list[str], current: int
) -> None:
    rows = item_rows(items_of(*statuses), {})
    current = min(current, len(rows) - 1)
    place = next_place(rows, current, needs_attention)
    wanted = [spot for spot, row in enumerate(rows) if needs_attention(row)]
    if not wanted:
        assert place is None
    else:
        later = [spot for spot in wanted if spot > current]
        assert place == (later or wanted)[0]


@given(st.lists(st.sampled_from(STATUSES), min_size=1, max_size=12), st.integers(0, 11))
def test_going_back_undoes_going_on_among_the_failed(statuses: list[str], current: int) -> None:
    rows = rows_of(*statuses)
    failed = [spot for spot, row in enumerate(rows) if has_failed(row)]
    if current in failed:
        onward = next_place(rows, current, has_failed)
        assert onward is not None
        assert next_place(rows, onward, has_failed, backwards=True) == current
