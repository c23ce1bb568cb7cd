from collections.abc import Callable

import pytest
from fakes.reading_aloud import heard
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.tables.column import Align, Column
from ui.tables.layout import ColumnLayout
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView

Row = tuple[int, str, int]
COLUMNS = (
    Column[Row]("name", "Name", lambda row: row[1], lambda row: row[1], icon=lambda row: "status-open", width=100),
    Column[Row]("amount", "Amount", lambda row: row[2], lambda row: str(row[2]), align=Align.END, width=80),
    Column[Row]("reason", "Reason", lambda row: f"r{row[0]}", lambda row: f"r{row[0]}", stretch=True, width=100),
    Column[Row]("extra", "Extra", lambda row: "e", lambda row: "e", shown=False),
)
DESCENDING = Qt.SortOrder.DescendingOrder


def lines(count: int) -> list[Row]:
    return [(number, f"name {number % 7}", number * 37 % 101) for number in range(count)]


class CountingModel(RecordTableModel[Row]):
    asked = 0

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]
        self.asked += 1
        return super().flags(index)


@pytest.fixture
def table(qtbot: QtBot) -> RecordTableView:
    view = RecordTableView()
    qtbot.addWidget(view)
    model = CountingModel(COLUMNS, lambda row: row[0], view)
    view.setModel(model)
    model.set_rows(lines(200))
    view.resize(500, 400)
    view.show()
    return view


def model_of(table: RecordTableView) -> CountingModel:
    model = table.model()
    assert isinstance(model, CountingModel)
    return model


def test_a_sort_keeps_the_selection_and_the_current_row(table: RecordTableView) -> None:
    table.select_ids([3, 50, 51, 120])
    table.sortByColumn(1, DESCENDING)
    assert set(table.selected_ids()) == {3, 50, 51, 120}
    assert table.current_id() == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda model: model.update_rows(reversed(lines(200))),
        lambda model: model.update_rows(lines(250)[30:]),
        lambda model: model.show_only({50, 51, 120, 7}),
        lambda model: model.update_rows([*lines(200), (900, "more", 1)]),
    ],
)
def test_a_refresh_or_a_filter_keeps_what_is_still_shown(
    table: RecordTableView, change: Callable[[CountingModel], None]
) -> None:
    model_of(table).sort(1, DESCENDING)
    table.select_ids([50, 51, 120])
    current = table.current_id()
    change(model_of(table))
    assert set(table.selected_ids()) == {50, 51, 120}
    assert table.current_id() == current


def test_a_row_that_a_filter_hid_is_current_again_when_it_is_shown(table: RecordTableView) -> None:
    table.select_ids([150])
    model_of(table).show_positions([1, 2])
    assert table.current_id() is None
    model_of(table).show_positions([1, 2, 3])
    model_of(table).show_positions(None)
    assert table.current_id() == 150
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_a_hidden_row_is_not_current_again_where_the_user_has_gone_elsewhere(table: RecordTableView) -> None:
    table.select_ids([150])
    model_of(table).show_positions([1, 2])
    table.select_ids([2])
    model_of(table).show_positions(None)
    assert table.current_id() == 2
    table.select_ids([150])
    model_of(table).show_positions([1, 2])
    model_of(table).set_rows(lines(200))
    assert table.current_id() is None


def test_a_refresh_keeps_the_place_by_row(table: RecordTableView) -> None:
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)
    top = model_of(table).id_at(model_of(table).index(table.rowAt(0), 0))
    model_of(table).update_rows([*lines(300)[200:], *lines(200)])
    assert model_of(table).id_at(model_of(table).index(table.rowAt(0), 0)) == top


def test_another_list_begins_at_its_top_with_nothing_chosen(table: RecordTableView) -> None:
    news: list[object] = []
    table.select_ids([150])
    table.current_row_changed.connect(news.append)
    model_of(table).set_rows(lines(100))
    assert (table.selected_ids(), table.current_id(), table.verticalScrollBar().value()) == ([], None, 0)
    assert news == [None]


def test_a_current_row_that_a_refresh_takes_away_is_told(table: RecordTableView) -> None:
    news: list[object] = []
    table.current_row_changed.connect(news.append)
    table.select_ids([5])
    model_of(table).update_rows(lines(200)[6:])
    assert news == [5, None]


def test_select_all_asks_no_column_about_its_rows(qtbot: QtBot, table: RecordTableView) -> None:
    model = model_of(table)
    model.set_rows(lines(20_000))
    model.asked = 0
    table.selectAll()
    table.grab()
    assert table.selected_count() == 20_000
    assert model.asked < 2_000
    assert not table.horizontalHeader().selectionModel().hasSelection()


def test_a_hidden_row_cannot_be_made_current(table: RecordTableView) -> None:
    model_of(table).show_only({1, 2})
    table.select_ids([2])
    table.select_ids([3])
    assert table.current_id() == 2


def test_the_keys_move_by_rows_and_tab_leaves_the_table(qtbot: QtBot, table: RecordTableView) -> None:
    frame, field = QWidget(), QLineEdit()
    qtbot.addWidget(frame)
    row = QHBoxLayout(frame)
    row.addWidget(table)
    row.addWidget(field)
    with qtbot.waitExposed(frame):
        frame.show()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.current_id() == 199
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert table.selected_ids() == [198]
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.current_id() == 0
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert frame.focusWidget() is field
    row.removeWidget(table)
    table.setParent(None)


def test_the_first_row_is_chosen_alone_though_a_key_is_held_down(qtbot: QtBot, table: RecordTableView) -> None:
    table.select_ids([4])
    qtbot.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    table.choose_first()
    qtbot.keyRelease(table, Qt.Key.Key_Control)
    assert (table.selected_ids(), table.current_id()) == ([0], 0)


def test_what_is_seen_is_what_is_copied(qtbot: QtBot, table: RecordTableView) -> None:
    table.apply_column_layout(ColumnLayout(("reason", "name")))
    table.select_ids([2, 1])
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "r1\tname 1\nr2\tname 2"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text().startswith("Reason\tName\nr1")


def test_the_stretched_column_takes_the_room_that_is_left(table: RecordTableView) -> None:
    header = table.horizontalHeader()
    assert header.length() == table.viewport().width()
    table.resize(700, 400)
    assert header.length() == table.viewport().width()
    header.resizeSection(0, 160)
    assert (header.sectionSize(0), header.length()) == (160, table.viewport().width())


def test_columns_are_chosen_from_the_menu_and_reset(table: RecordTableView) -> None:
    assert table.column_layout().shown == ("name", "amount", "reason")
    actions = {action.text(): action for action in table.header_menu().actions()}
    actions["Extra"].trigger()
    actions["Amount"].trigger()
    assert table.column_layout().shown == ("name", "reason", "extra")
    actions["Reset columns"].trigger()
    assert table.column_layout().shown == ("name", "amount", "reason")


def test_a_layout_survives_columns_that_no_longer_exist(table: RecordTableView) -> None:
    table.apply_column_layout(ColumnLayout(("gone", "amount", "name"), {"amount": 150, "gone": 9}))
    assert table.column_layout().shown == ("amount", "name")
    assert table.column_layout().widths["amount"] == 150
    table.apply_column_layout(ColumnLayout(("gone",)))
    assert table.column_layout().shown == ("name", "amount", "reason")


def test_an_empty_table_teaches(table: RecordTableView) -> None:
    model_of(table).set_rows([])
    blank = table.viewport().grab().toImage()
    table.set_placeholder("No item matches", "Press Esc to see all.")
    assert table.viewport().grab().toImage() != blank
    assert table.accessibleDescription() == "No item matches Press Esc to see all."


def test_what_is_said_of_an_empty_table_is_not_said_over_rows(table: RecordTableView) -> None:
    table.set_placeholder("No item matches", "Press Esc to see all.")
    assert table.model().rowCount()
    assert table.accessibleDescription() == ""


def test_a_key_says_the_whole_row_once(qtbot: QtBot, table: RecordTableView) -> None:
    table.select_ids([1])
    with heard() as told:
        qtbot.keyClick(table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert told == [model_of(table).sentence_at(table.currentIndex())]
    assert told[0].endswith(".")


def test_the_header_shows_a_sort_that_the_program_chose(table: RecordTableView) -> None:
    model_of(table).sort_by([(1, DESCENDING)])
    header = table.horizontalHeader()
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (1, DESCENDING)


def test_the_focused_row_has_a_ring(qtbot: QtBot, table: RecordTableView) -> None:
    with qtbot.waitActive(table):
        table.activateWindow()
    table.select_ids([1])
    table.clearSelection()
    table.setFocus()
    ringed = table.viewport().grab().toImage()
    table.clearFocus()
    assert table.viewport().grab().toImage() != ringed
