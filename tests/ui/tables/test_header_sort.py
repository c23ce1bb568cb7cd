from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionHeader
from pytestqt.qtbot import QtBot

from ui.tables.column import Align, Column
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView

Row = tuple[int, str, int]
COLUMNS = (
    Column[Row]("name", "Name", lambda row: row[1], lambda row: row[1], width=100),
    Column[Row]("amount", "Amount", lambda row: row[2], lambda row: str(row[2]), align=Align.END, width=80),
    Column[Row]("number", "Number", lambda row: row[0], lambda row: str(row[0]), width=80, stretch=True),
)
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Arrow = QStyleOptionHeader.SortIndicator


@pytest.fixture
def table(qtbot: QtBot) -> RecordTableView:
    view = RecordTableView()
    qtbot.addWidget(view)
    model = RecordTableModel(COLUMNS, lambda row: row[0], view)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    view.setModel(model)
    model.set_rows([(number, f"name {number % 3}", number * 37 % 11) for number in range(60)])
    view.resize(500, 300)
    view.show()
    return view


def click(qtbot: QtBot, table: RecordTableView, column: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    header = table.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(column) + 30, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, keys, where)


def keys_of(table: RecordTableView) -> list[tuple[int, Qt.SortOrder]]:
    return list(table.model().sorted_by())  # type: ignore[attr-defined]


def arrow(table: RecordTableView, column: int) -> Arrow:
    option = QStyleOptionHeader()
    table.horizontalHeader().initStyleOptionForIndex(option, column)
    return option.sortIndicator  # type: ignore[attr-defined]


def test_a_click_sorts_a_second_turns_it_round_and_a_third_clears(qtbot: QtBot, table: RecordTableView) -> None:
    seen = []
    for _ in range(3):
        click(qtbot, table, 1)
        seen.append(keys_of(table))
    assert seen == [[(1, ASCENDING)], [(1, DESCENDING)], []]


def test_shift_adds_a_key_turns_it_round_and_takes_it_out(qtbot: QtBot, table: RecordTableView) -> None:
    click(qtbot, table, 0)
    seen = []
    for _ in range(3):
        click(qtbot, table, 1, SHIFT)
        seen.append(keys_of(table))
    assert seen == [[(0, ASCENDING), (1, ASCENDING)], [(0, ASCENDING), (1, DESCENDING)], [(0, ASCENDING)]]


def test_shift_turns_round_a_key_where_it_stands(qtbot: QtBot, table: RecordTableView) -> None:
    click(qtbot, table, 0)
    click(qtbot, table, 1, SHIFT)
    click(qtbot, table, 0, SHIFT)
    assert keys_of(table) == [(0, DESCENDING), (1, ASCENDING)]


def test_a_plain_click_sorts_by_that_column_alone(qtbot: QtBot, table: RecordTableView) -> None:
    click(qtbot, table, 0)
    click(qtbot, table, 1, SHIFT)
    click(qtbot, table, 1)
    assert keys_of(table) == [(1, ASCENDING)]


def test_each_sorted_column_shows_its_arrow(qtbot: QtBot, table: RecordTableView) -> None:
    click(qtbot, table, 0)
    click(qtbot, table, 1, SHIFT)
    click(qtbot, table, 1, SHIFT)
    assert [arrow(table, column) for column in range(3)] == [Arrow.SortDown, Arrow.SortUp, Arrow.None_]


def test_the_rank_is_shown_where_there_are_several_keys(qtbot: QtBot, table: RecordTableView) -> None:
    click(qtbot, table, 0)
    alone = table.horizontalHeader().grab().toImage().copy(0, 0, 100, 40)
    click(qtbot, table, 1, SHIFT)
    assert table.horizontalHeader().grab().toImage().copy(0, 0, 100, 40) != alone


def test_a_sort_by_several_keys_keeps_selection_and_current_row(qtbot: QtBot, table: RecordTableView) -> None:
    table.select_ids([4, 5, 41])
    click(qtbot, table, 0)
    click(qtbot, table, 1, SHIFT)
    assert (set(table.selected_ids()), table.current_id()) == ({4, 5, 41}, 4)


def test_the_menu_sorts_without_a_mouse(table: RecordTableView) -> None:
    def choose(text: str, column: int) -> None:
        next(action for action in table.header_menu(column).actions() if action.text() == text).trigger()

    choose("Sort descending", 1)
    choose("Then by this, ascending", 0)
    assert keys_of(table) == [(1, DESCENDING), (0, ASCENDING)]
    choose("Clear sort", 0)
    assert keys_of(table) == []


def test_prepared_ahead_the_sort_asks_no_row_for_its_key(qtbot: QtBot) -> None:
    asked: list[int] = []

    def key(row: Row) -> str:
        asked.append(row[0])
        return row[1]

    model = RecordTableModel((Column[Row]("name", "Name", key, lambda row: row[1]),), lambda row: row[0])
    model.set_rows([(number, f"name {number * 7919 % 5003}", 0) for number in range(5000)])
    for _ in model.sort_slices():
        pass
    asked.clear()
    model.sort(0, DESCENDING)
    assert asked == []
    assert [row[1] for row in model.shown_rows()] == sorted(
        (row[1] for row in model.rows()), key=lambda name: -int(name.removeprefix("name "))
    )


def test_preparing_ends_by_itself_when_the_rows_become_others(qtbot: QtBot) -> None:
    model = RecordTableModel(COLUMNS, lambda row: row[0])
    model.set_rows([(number, f"name {number}", number) for number in range(20_000)])
    work = model.sort_slices()
    next(work)
    model.set_rows([(1, "b", 1), (2, "a", 2)])
    assert list(work) == []
    model.sort(0, ASCENDING)
    assert [row[0] for row in model.shown_rows()] == [2, 1]


def test_preparing_lets_the_loop_turn_many_times(qtbot: QtBot) -> None:
    model = RecordTableModel(COLUMNS, lambda row: row[0])
    model.set_rows([(number, f"name {number}", number) for number in range(30_000)])
    work: Iterator[None] = model.sort_slices()
    assert sum(1 for _ in work) > 10
    assert list(model.sort_slices()) == []
