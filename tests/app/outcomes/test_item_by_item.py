"""Outcomes as cells of a table: what a line comes to, and what is said of cells that cannot stay as they are."""

import pytest
from fakes.drafts import a_failure, a_success

from app.models.vocabulary import FailureType, Item
from app.outcomes.decision import Decision
from app.outcomes.item_by_item import (
    BLANK,
    LONGEST_NUMBER,
    UNDECIDED,
    Cell,
    CellFault,
    Line,
    decision_in,
    faults_in,
    has_shared_numbers,
    line_of,
)

TAG = FailureType("tag_unknown")
POSTED, FAILED = Line(number="JE-1"), Line(kind=TAG, reason="No tag {tag}")


def faults(*lines: Line, share_numbers: bool = False) -> list[tuple[int, Cell, str]]:
    found = faults_in(lines, [BLANK] * len(lines), share_numbers=share_numbers)
    return [(fault.row, fault.cell, fault.message) for fault in found]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (BLANK, UNDECIDED),
        (POSTED, Item.SUCCESSFUL),
        (FAILED, Item.FAILED),
        (Line(kind=TAG), Item.FAILED),
        (Line(reason="No tag"), Item.FAILED),
        (Line(chosen=Item.SUCCESSFUL), Item.SUCCESSFUL),
        (Line(number="JE-1", kind=TAG), UNDECIDED),
        (Line(chosen=Item.FAILED, number="JE-1", kind=TAG), Item.FAILED),
        (Line(number="  ", reason=" "), UNDECIDED),
    ],
)
def test_what_was_entered_says_the_outcome_unless_one_was_named(line: Line, status: str) -> None:
    assert line.status == status


def test_a_number_that_is_taken_away_again_leaves_the_item_open() -> None:
    line = BLANK.with_cell(Cell.NUMBER, " JE-1\n").with_cell(Cell.NUMBER, "")
    assert line == BLANK
    assert BLANK.with_cell(Cell.NUMBER, " JE\t1 ").number == "JE 1"


@pytest.mark.parametrize("cell", list(Cell))
def test_each_cell_gives_back_what_it_took(cell: Cell) -> None:
    entered = {Cell.OUTCOME: Item.FAILED, Cell.NUMBER: "JE-1", Cell.KIND: TAG, Cell.REASON: "No tag"}[cell]
    assert BLANK.with_cell(cell, entered).entered(cell) == entered
    assert BLANK.with_cell(cell, "").entered(cell) == ""


def test_a_number_that_stands_twice_is_said_at_both_cells_unless_the_items_share_the_entry() -> None:
    lines = POSTED, BLANK, Line(number="je-1"), Line(number="JE-2")
    assert faults(*lines) == [
        (0, Cell.NUMBER, "Row 3 has the same number."),
        (2, Cell.NUMBER, "Row 1 has the same number."),
    ]
    assert has_shared_numbers(lines)
    assert faults(*lines, share_numbers=True) == []
    assert not has_shared_numbers((POSTED, Line(chosen=Item.FAILED, number="JE-1")))


def test_a_number_that_is_too_long_is_said() -> None:
    assert faults(Line(number="1" * LONGEST_NUMBER)) == []
    (fault,) = faults(Line(number="1" * (LONGEST_NUMBER + 1)))
    assert fault == (0, Cell.NUMBER, "This is 256 letters long, too long for a number in the books.")


def test_a_failure_needs_its_type_and_its_reason() -> None:
    assert faults(Line(kind=TAG)) == [(0, Cell.REASON, "Write the reason, as people in Pleo will read it.")]
    assert faults(Line(reason="No tag")) == [(0, Cell.KIND, "Choose the type of the failure.")]
    assert faults(Line(kind=TAG, reason="No {tga}")) == [(0, Cell.REASON, "{tga} is nothing that an item has.")]
    assert faults(FAILED, POSTED, BLANK) == []


def test_what_contradicts_itself_is_asked_and_nothing_of_it_is_lost() -> None:
    both = Line(number="JE-1", kind=TAG, reason="No tag")
    assert faults(both) == [(0, Cell.OUTCOME, "Choose whether it was posted or failed: both were entered.")]
    posted = both.with_cell(Cell.OUTCOME, Item.SUCCESSFUL)
    assert faults(posted) == [(0, Cell.KIND, "What was posted has not failed. Empty this cell, or choose failed.")]
    failed = both.with_cell(Cell.OUTCOME, Item.FAILED)
    assert faults(failed) == [(0, Cell.NUMBER, "What failed is not in the books. Empty this cell, or choose posted.")]
    assert (failed.number, failed.kind, failed.reason) == ("JE-1", TAG, "No tag")


def test_a_draft_is_a_line_and_to_empty_it_is_not_to_discard_it() -> None:
    assert line_of(None) is BLANK
    assert line_of(a_success(0)) == POSTED
    assert line_of(a_success(0, None)) == Line(chosen=Item.SUCCESSFUL)
    assert line_of(a_failure(0)) == Line(kind=FailureType("account_unknown"), reason="Account 4980 is closed")
    (fault,) = faults_in([BLANK], [POSTED], share_numbers=False)
    assert fault.cell is Cell.OUTCOME
    assert "Discard the draft" in fault.message
    assert isinstance(fault, CellFault)


def test_a_decided_line_is_a_decision_of_whoever_decides_it() -> None:
    assert decision_in(POSTED, "Ann", "Seen") == Decision(Item.SUCCESSFUL, "Ann", "Seen", external_id="JE-1")
    failed = Decision(Item.FAILED, "Ann", "Seen", wording="No tag {tag}", failure_type=TAG)
    assert decision_in(FAILED, "Ann", "Seen") == failed
