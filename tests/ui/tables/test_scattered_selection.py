"""Thousands of selected rows apart from each other: what a filter or a sort leaves of "select all that match"."""

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.tables.column import Column
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView

Row = tuple[int, str]
COUNT = 4000
EVEN = set(range(0, COUNT, 2))
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
COLUMNS = (Column[Row]("name", "Name", lambda row: row[0] * 7919 % COUNT, lambda row: row[1]),)


def lines(count: int = COUNT) -> list[Row]:
    return [(number, f"name {number}") for number in range(count)]


@pytest.fixture
def table(qtbot: QtBot) -> RecordTableView:
    view = RecordTableView()
    qtbot.addWidget(view)
    model = RecordTableModel(COLUMNS, lambda row: row[0], view)
    view.setModel(model)
    model.set_rows(lines())
    view.resize(300, 400)
    view.show()
    return view


@pytest.fixture
def scattered(table: RecordTableView) -> RecordTableView:
    """Every second row is selected; the filter that found them is lifted."""
    model_of(table).show_positions(sorted(EVEN))
    table.selectAll()
    model_of(table).show_positions(None)
    return table


def model_of(table: RecordTableView) -> RecordTableModel[Row]:
    model = table.model()
    assert isinstance(model, RecordTableModel)
    return model


def selected(table: RecordTableView) -> set[object]:
    return set(table.selected_ids())


def click(qtbot: QtBot, table: RecordTableView, row: int, keys: Qt.KeyboardModifier = PLAIN, button=LEFT) -> None:
    qtbot.mouseClick(table.viewport(), button, keys, QPoint(20, table.rowViewportPosition(row) + 5))


def test_all_that_matched_stay_selected_when_the_filter_is_lifted(scattered: RecordTableView) -> None:
    assert selected(scattered) == EVEN
    assert scattered.selected_count() == len(EVEN)
    assert scattered.selected_spans()[:3] == [(0, 0), (2, 2), (4, 4)]
    assert scattered.selected_rows()[:2] == [(0, "name 0"), (2, "name 2")]


def test_qt_is_given_no_range_for_each_of_them(scattered: RecordTableView) -> None:
    assert scattered.selectionModel().selection().count() == 0


def test_they_look_selected(scattered: RecordTableView) -> None:
    picture = scattered.viewport().grab().toImage()
    tops = [scattered.rowViewportPosition(row) + 3 for row in range(4)]
    colours = [picture.pixelColor(2, top).name() for top in tops]
    assert colours[0] == colours[2] != colours[1] == colours[3]


def test_they_stay_selected_through_sort_filter_and_refresh(scattered: RecordTableView) -> None:
    model = model_of(scattered)
    scattered.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert selected(scattered) == EVEN
    model.update_rows(lines(COUNT + 10)[4:])
    assert selected(scattered) == EVEN - {0, 2}
    model.show_only(set(range(100)))
    assert selected(scattered) == set(range(4, 100, 2))
    model.show_only(None)
    assert selected(scattered) == set(range(4, 100, 2))


def test_rows_that_come_later_come_unselected(scattered: RecordTableView) -> None:
    model_of(scattered).update_rows([*lines(COUNT), (9000, "new"), (9001, "newer")])
    assert selected(scattered) == EVEN
    scattered.selectAll()
    assert scattered.selected_count() == COUNT + 2


def test_a_plain_click_selects_its_row_alone(qtbot: QtBot, scattered: RecordTableView) -> None:
    with qtbot.waitSignal(scattered.selection_news):
        click(qtbot, scattered, 2)
    assert selected(scattered) == {2}


def test_ctrl_click_takes_a_row_out_and_puts_another_in(qtbot: QtBot, scattered: RecordTableView) -> None:
    click(qtbot, scattered, 2, CTRL)
    assert selected(scattered) == EVEN - {2}
    click(qtbot, scattered, 3, CTRL)
    assert selected(scattered) == (EVEN - {2}) | {3}
    click(qtbot, scattered, 2, CTRL)
    assert selected(scattered) == EVEN | {3}


def test_dragging_with_ctrl_takes_out_all_that_it_passes(qtbot: QtBot, scattered: RecordTableView) -> None:
    def point(row: int) -> QPoint:
        return QPoint(20, scattered.rowViewportPosition(row) + 5)

    def send(kind: QEvent.Type, row: int, button: Qt.MouseButton) -> None:
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
        where = scattered.viewport().mapToGlobal(point(row))
        QApplication.sendEvent(scattered.viewport(), QMouseEvent(kind, point(row), where, button, held, CTRL))

    send(QEvent.Type.MouseButtonPress, 2, LEFT)
    for row in (4, 7, 5):
        send(QEvent.Type.MouseMove, row, Qt.MouseButton.NoButton)
    send(QEvent.Type.MouseButtonRelease, 5, LEFT)
    assert selected(scattered) == EVEN - {2, 4}


def test_a_toggled_range_that_moves_to_and_fro_leaves_what_it_ends_on(scattered: RecordTableView) -> None:
    selection, model = scattered.selectionModel(), model_of(scattered)
    flags = QItemSelectionModel.SelectionFlag
    begin, drag = flags.Toggle | flags.Rows, flags.ToggleCurrent | flags.Rows
    selection.select(model.index(1, 0), begin)
    for last in (6, 4, 2):
        whole = type(selection.selection())(model.index(1, 0), model.index(last, 0))
        selection.select(whole, drag)
    assert selected(scattered) == (EVEN - {2}) | {1}


def test_shift_click_and_select_all_reach_beyond(qtbot: QtBot, scattered: RecordTableView) -> None:
    click(qtbot, scattered, 4, CTRL)
    click(qtbot, scattered, 7, SHIFT)
    assert {4, 5, 6, 7} <= selected(scattered)
    qtbot.keySequence(scattered, QKeySequence(QKeySequence.StandardKey.SelectAll))
    assert scattered.selected_spans() == [(0, COUNT - 1)]


def test_the_right_button_leaves_them_selected(qtbot: QtBot, scattered: RecordTableView) -> None:
    click(qtbot, scattered, 2, button=RIGHT)
    assert selected(scattered) == EVEN
    click(qtbot, scattered, 3, button=RIGHT)
    assert selected(scattered) == {3}


def test_nothing_is_selected_once_cleared(qtbot: QtBot, scattered: RecordTableView) -> None:
    with qtbot.waitSignal(scattered.selection_news):
        scattered.clearSelection()
    assert (selected(scattered), scattered.selected_count()) == (set(), 0)


def test_ids_far_apart_are_selected_by_the_program_too(scattered: RecordTableView) -> None:
    odd = set(range(1, COUNT, 2))
    scattered.select_ids(odd)
    assert selected(scattered) == odd
    assert scattered.current_id() == 1
    scattered.select_ids([7])
    assert selected(scattered) == {7}


def test_another_list_begins_with_nothing_selected(scattered: RecordTableView) -> None:
    model_of(scattered).set_rows(lines(10))
    assert scattered.selected_count() == 0


def test_the_same_rows_together_are_qts_own_again(scattered: RecordTableView) -> None:
    model_of(scattered).show_positions(sorted(EVEN))
    assert scattered.selectionModel().selection().count() == 1
    assert scattered.selected_spans() == [(0, len(EVEN) - 1)]
