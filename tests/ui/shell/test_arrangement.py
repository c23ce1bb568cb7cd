"""Panes fold before anything is cut off, and the one that somebody opened has the room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.shell.arrangement import Arrangement, Widths, arranged

OPENED = st.sampled_from([None, "jobs", "gate"])
LEAST = Widths(jobs=232, items=480, gate=248)


def at(room: int, opened: str | None = None, *, jobs: bool = True, gate: bool = True) -> Arrangement:
    return arranged(room, LEAST, wants_jobs=jobs, wants_gate=gate, opened=opened)  # type: ignore[arg-type]


def test_all_three_stand_beside_each_other_where_they_fit() -> None:
    assert at(960) == Arrangement(jobs=True, items=True, gate=True)


def test_the_gate_folds_first_and_then_the_jobs() -> None:
    assert at(959) == Arrangement(jobs=True, items=True, is_folded=True)
    assert at(711) == Arrangement(items=True, is_folded=True)


@pytest.mark.parametrize(("room", "has_items"), [(900, True), (727, False)])
def test_the_gate_that_was_opened_stands_beside_the_items_or_in_their_place(room: int, has_items: bool) -> None:
    assert at(room, "gate") == Arrangement(gate=True, items=has_items, is_folded=True)


def test_the_jobs_that_were_opened_stand_in_the_place_of_the_items_where_they_must() -> None:
    assert at(500, "jobs") == Arrangement(jobs=True, items=False, is_folded=True)


def test_what_nobody_wishes_to_see_is_not_folded() -> None:
    assert at(960, gate=False) == Arrangement(jobs=True, items=True)
    assert at(480, jobs=False, gate=False) == Arrangement(items=True)


@given(
    room=st.integers(300, 2000), opened=st.sampled_from([None, "jobs", "gate"]), jobs=st.booleans(), gate=st.booleans()
)
def test_what_is_shown_fits_and_something_is(room: int, opened: str | None, jobs: bool, gate: bool) -> None:
    shown = at(room, opened, jobs=jobs, gate=gate)
    taken = LEAST.jobs * shown.jobs + LEAST.items * shown.items + LEAST.gate * shown.gate
    assert taken
    assert taken <= max(room, LEAST.items)
    assert jobs >= shown.jobs
    assert gate >= shown.gate
