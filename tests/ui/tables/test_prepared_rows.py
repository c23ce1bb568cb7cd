"""Rows that are made ready in slices, and then shown at one stroke."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.slices import run_to_end
from ui.tables.column import Column
from ui.tables.model import RecordTableModel


@dataclass(frozen=True)
class Line:
    """`address` is shown by no column."""

    id: int
    status: str
    supplier: str = ""
    address: str = ""


COLUMNS = (
    Column[Line]("status", "Status", lambda row: row.status, lambda row: row.status),
    Column[Line]("supplier", "Supplier", lambda row: row.supplier, lambda row: row.supplier),
)
LINES = [Line(number, "open", f"s{number}") for number in range(5)]
DESCENDING = Qt.SortOrder.DescendingOrder


def shows_the_same(was: Line, now: Line) -> bool:
    return (was.status, was.supplier) == (now.status, now.supplier)


@pytest.fixture
def model(qapp: QApplication) -> RecordTableModel[Line]:
    made = RecordTableModel(COLUMNS, lambda row: row.id, compared=lambda row: row.status, alike=shows_the_same)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.set_rows(LINES)
    return made


def ids(model: RecordTableModel[Line]) -> list[int]:
    return [row.id for row in model.shown_rows()]


def with_failed(*failed: int) -> list[Line]:
    return [replace(row, status="failed") if row.id in failed else row for row in LINES]


def told_of_data(model: RecordTableModel[Line]) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    return told


def test_nothing_is_seen_of_rows_before_they_are_shown(model: RecordTableModel[Line]) -> None:
    work = model.preparation([*with_failed(1), Line(9, "open")], is_update=True)
    prepared = run_to_end(work)
    assert (ids(model), model.changed_ids()) == ([0, 1, 2, 3, 4], frozenset())
    model.show_prepared(prepared)
    assert (ids(model), model.changed_ids()) == ([0, 1, 2, 3, 4, 9], {1})


def test_many_rows_are_prepared_in_many_slices(qapp: QApplication) -> None:
    model = RecordTableModel(COLUMNS, lambda row: row.id)
    model.set_rows([Line(number, "open") for number in range(20_000)])
    model.sort(1)
    fresh = [Line(number, "open", str(number)) for number in range(20_000)]
    assert sum(1 for _ in model.preparation(fresh, is_update=True)) > 100


def test_a_sort_that_was_chosen_meanwhile_holds(model: RecordTableModel[Line]) -> None:
    prepared = run_to_end(model.preparation(with_failed(1), is_update=True))
    model.sort(1, DESCENDING)
    model.show_prepared(prepared)
    assert ids(model) == [4, 3, 2, 1, 0]
    more = run_to_end(model.preparation([*LINES, Line(9, "open", "a")], is_update=True))
    model.sort(-1)
    model.show_prepared(more)
    assert ids(model) == [0, 1, 2, 3, 4, 9]


def test_rows_that_were_compared_with_others_than_are_there_now_are_compared_again(
    model: RecordTableModel[Line],
) -> None:
    late = run_to_end(model.preparation(with_failed(1), is_update=True))
    model.set_rows(with_failed(1, 2))
    model.show_prepared(late)
    assert model.changed_ids() == {2}


def test_a_change_that_no_column_shows_repaints_nothing_and_is_there_all_the_same(
    model: RecordTableModel[Line],
) -> None:
    told = told_of_data(model)
    model.update_rows([replace(row, address="new") for row in LINES])
    assert told == []
    assert {row.address for row in model.rows()} == {"new"}
    model.update_rows([replace(row, address="newer") for row in with_failed(3)])
    assert told == [(3, 3)]


def test_a_filter_by_positions_holds_while_every_row_stands_where_it_stood(model: RecordTableModel[Line]) -> None:
    model.show_positions([1, 3])
    model.update_rows(with_failed(0, 3))
    assert ids(model) == [1, 3]


def test_a_sorted_table_has_its_order_as_soon_as_the_rows_are_shown(model: RecordTableModel[Line]) -> None:
    model.sort(1)
    model.update_rows([replace(row, supplier=f"s{9 - row.id}") for row in LINES])
    assert ids(model) == [4, 3, 2, 1, 0]
