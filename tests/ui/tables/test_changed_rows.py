from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ui.tables.column import Column
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView


@dataclass(frozen=True)
class Line:
    id: int
    status: str
    supplier: str = ""


COLUMNS = (
    Column[Line]("status", "Status", lambda row: row.status, lambda row: row.status),
    Column[Line]("supplier", "Supplier", lambda row: row.supplier, lambda row: row.supplier),
)
LINES = tuple(Line(number, "open", f"s{number}") for number in range(5))
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def table(qtbot: QtBot) -> RecordTableView:
    view = RecordTableView()
    qtbot.addWidget(view)
    model = RecordTableModel(COLUMNS, lambda row: row.id, view, compared=lambda row: row.status)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    view.setModel(model)
    model.set_rows(LINES)
    view.resize(300, 250)
    view.show()
    return view


def model_of(table: RecordTableView) -> RecordTableModel[Line]:
    model = table.model()
    assert isinstance(model, RecordTableModel)
    return model


def with_failed(*ids: int) -> list[Line]:
    return [replace(row, status="failed") if row.id in ids else row for row in LINES]


def test_rows_that_were_read_otherwise_are_marked_until_cleared(table: RecordTableView) -> None:
    model = model_of(table)
    model.update_rows(with_failed(1))
    model.update_rows(with_failed(1, 3))
    assert model.changed_ids() == {1, 3}
    model.clear_changes()
    assert model.changed_ids() == frozenset()


def test_only_what_is_compared_makes_a_change(table: RecordTableView) -> None:
    model_of(table).update_rows([replace(row, supplier="late") for row in LINES])
    assert model_of(table).changed_ids() == frozenset()
    assert model_of(table).row_at(table.model().index(0, 0)) == Line(0, "open", "late")


def test_without_a_comparison_the_whole_row_is_compared(qtbot: QtBot) -> None:
    model = RecordTableModel(COLUMNS, lambda row: row.id)
    model.set_rows(LINES)
    model.update_rows([replace(LINES[0], supplier="late"), *LINES[1:]])
    assert model.changed_ids() == {0}


def test_a_refresh_that_adds_and_takes_away_marks_by_id(table: RecordTableView) -> None:
    model_of(table).update_rows([*with_failed(2, 4)[1:], Line(9, "failed")])
    assert model_of(table).changed_ids() == {2, 4}
    model_of(table).update_rows(with_failed(2, 4)[1:4])
    assert model_of(table).changed_ids() == {2}


def test_a_refresh_can_be_told_not_to_mark(table: RecordTableView) -> None:
    model_of(table).update_rows(with_failed(1), mark=False)
    assert model_of(table).changed_ids() == frozenset()


def test_another_list_has_not_changed(table: RecordTableView) -> None:
    model_of(table).update_rows(with_failed(1))
    model_of(table).set_rows(LINES)
    assert model_of(table).changed_ids() == frozenset()


def test_a_changed_row_says_so_when_read_aloud(table: RecordTableView) -> None:
    model = model_of(table)
    model.update_rows(with_failed(1))
    assert model.sentence_at(model.index(1, 1)) == "Changed. Supplier s1, Status failed."
    assert model.sentence_at(model.index(0, 0)) == "Status open, Supplier s0."
    assert [model.data(model.index(1, column), SPOKEN) for column in (0, 1)] == ["Changed. failed", "s1"]


def test_the_mark_is_seen_at_the_left_edge_and_goes(table: RecordTableView) -> None:
    def edge() -> list[str]:
        picture = table.viewport().grab().toImage()
        middle = table.rowHeight(0) // 2
        return [picture.pixelColor(1, table.rowViewportPosition(row) + middle).name() for row in range(3)]

    before = edge()
    model_of(table).update_rows(with_failed(1))
    assert [was != now for was, now in zip(before, edge(), strict=True)] == [False, True, False]
    model_of(table).clear_changes()
    assert edge() == before


def test_marks_stay_with_their_rows_through_sort_and_filter(table: RecordTableView) -> None:
    model = model_of(table)
    model.update_rows(with_failed(1))
    model.sort(0)
    assert [model.is_changed(row) for row in range(5)] == [True, False, False, False, False]
    model.show_only({0, 2})
    assert [model.is_changed(row) for row in range(2)] == [False, False]


def test_a_sort_that_the_change_does_not_touch_is_not_done_again(qtbot: QtBot) -> None:
    asked: list[int] = []

    def key(row: Line) -> str:
        asked.append(row.id)
        return row.supplier

    columns = (Column[Line]("supplier", "Supplier", key, key), COLUMNS[0])
    model = RecordTableModel(columns, lambda row: row.id)
    model.set_rows(LINES)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    asked.clear()
    model.update_rows(with_failed(1))
    assert set(asked) <= {1}
    assert [row.id for row in model.shown_rows()] == [4, 3, 2, 1, 0]
