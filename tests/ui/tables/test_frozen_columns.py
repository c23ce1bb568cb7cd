import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot

from ui.tables.column import Column
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView
from ui.theme.apply import apply_theme, current_tokens
from ui.theme.tokens import Scheme

Row = tuple[int, str]
COLUMNS = tuple(
    Column[Row](key, key.upper(), lambda row: row[0], lambda row, key=key: f"{key}{row[0]}", width=120)
    for key in "abcdef"
)
LEFT = Qt.MouseButton.LeftButton
SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> RecordTableView:
    apply_theme(qapp, Scheme.LIGHT)
    view = RecordTableView()
    qtbot.addWidget(view)
    model = RecordTableModel(COLUMNS, lambda row: row[0], view)
    view.setModel(model)
    model.set_rows([(number, f"text {number}") for number in range(100)])
    view.resize(460, 320)
    view.show()
    return view


@pytest.fixture
def frozen(table: RecordTableView) -> RecordTableView:
    """A and B stay, and C has scrolled away beneath them."""
    table.freeze_up_to("b")
    table.horizontalScrollBar().setValue(150)
    return table


def titles(table: RecordTableView) -> QHeaderView:
    header = table.findChild(QHeaderView, "frozenHeader")
    assert isinstance(header, QHeaderView)
    return header


def picture(table: RecordTableView, width: int = 238):
    return table.viewport().grab().toImage().copy(0, 0, width, table.viewport().height())


def press(qtbot: QtBot, table: RecordTableView, row: int, x: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    where = QPoint(x, table.rowViewportPosition(row) + 5)
    qtbot.mouseClick(table.viewport(), LEFT, keys, where)


def test_frozen_columns_look_the_same_wherever_the_others_are_scrolled(table: RecordTableView) -> None:
    table.freeze_up_to("b")
    before = picture(table)
    for place in (40, 150, table.horizontalScrollBar().maximum()):
        table.horizontalScrollBar().setValue(place)
        assert picture(table) == before


def test_they_follow_the_rows(frozen: RecordTableView) -> None:
    frozen.verticalScrollBar().setValue(333)
    scrolled = picture(frozen)
    frozen.horizontalScrollBar().setValue(0)
    assert picture(frozen) == scrolled


def test_without_frozen_columns_nothing_stays(table: RecordTableView) -> None:
    before = picture(table)
    table.horizontalScrollBar().setValue(150)
    assert picture(table) != before
    assert titles(table).isHidden()


def test_a_click_on_a_frozen_cell_chooses_its_row_and_column(qtbot: QtBot, frozen: RecordTableView) -> None:
    press(qtbot, frozen, 3, 130)
    assert (frozen.selected_ids(), frozen.currentIndex().column()) == ([3], 1)
    press(qtbot, frozen, 6, 300, SHIFT)
    assert frozen.selected_ids() == [3, 4, 5, 6]
    press(qtbot, frozen, 1, 20, SHIFT)
    assert frozen.selected_ids() == [1, 2, 3]


def test_what_is_selected_is_shown_in_frozen_cells_too(frozen: RecordTableView) -> None:
    before = picture(frozen)
    frozen.select_ids([2])
    selected = picture(frozen)
    assert selected != before
    frozen.horizontalScrollBar().setValue(0)
    assert picture(frozen) == selected


def test_the_arrow_keys_go_through_all_columns_and_hide_none(qtbot: QtBot, frozen: RecordTableView) -> None:
    frozen.setCurrentIndex(frozen.model().index(0, 5))
    for column in (4, 3, 2):
        qtbot.keyClick(frozen, Qt.Key.Key_Left)
        assert frozen.currentIndex().column() == column
        assert frozen.visualRect(frozen.currentIndex()).left() >= 240
    scrolled = frozen.horizontalScrollBar().value()
    qtbot.keyClick(frozen, Qt.Key.Key_Left)
    assert (frozen.currentIndex().column(), frozen.horizontalScrollBar().value()) == (1, scrolled)
    qtbot.keyClick(frozen, Qt.Key.Key_Down)
    assert (frozen.currentIndex().row(), frozen.currentIndex().column()) == (1, 1)


def test_a_cell_is_found_where_it_is_seen(frozen: RecordTableView) -> None:
    index = frozen.indexAt(QPoint(10, 5))
    assert (index.row(), index.column()) == (0, 0)
    assert frozen.visualRect(index).left() == 0
    assert frozen.indexAt(QPoint(260, 5)).column() == 3
    assert not frozen.indexAt(QPoint(10, 100_000)).isValid()


def test_their_titles_sort_as_the_others_do(qtbot: QtBot, frozen: RecordTableView) -> None:
    where = QPoint(150, titles(frozen).height() // 2)
    qtbot.mouseClick(titles(frozen).viewport(), LEFT, PLAIN, where)
    qtbot.mouseClick(titles(frozen).viewport(), LEFT, PLAIN, where)
    assert frozen.column_layout().sort == (("b", True),)


def test_titles_stand_over_their_columns(frozen: RecordTableView) -> None:
    header = titles(frozen)
    assert header.isVisible()
    assert (header.width(), header.height()) == (240, frozen.horizontalHeader().height())
    assert [header.isSectionHidden(place) for place in range(6)] == [False, False, True, True, True, True]


def test_a_frozen_column_is_made_wider_at_its_own_title(frozen: RecordTableView) -> None:
    titles(frozen).resizeSection(0, 150)
    assert frozen.column_layout().widths["a"] == 150
    assert frozen.horizontalHeader().sectionSize(0) == 150
    assert titles(frozen).width() == 270


def test_frozen_columns_change_places_among_themselves(frozen: RecordTableView) -> None:
    titles(frozen).moveSection(0, 1)
    assert frozen.column_layout().shown[:3] == ("b", "a", "c")
    assert frozen.frozen_keys() == ("b", "a")


def test_a_column_dropped_among_the_frozen_ones_stands_behind_them(frozen: RecordTableView) -> None:
    frozen.horizontalHeader().moveSection(4, 0)
    assert frozen.column_layout().shown == ("a", "b", "e", "c", "d", "f")
    assert frozen.frozen_keys() == ("a", "b")


def test_unfrozen_they_scroll_again(frozen: RecordTableView) -> None:
    stood = picture(frozen)
    frozen.unfreeze()
    assert picture(frozen) != stood
    assert (frozen.frozen_keys(), titles(frozen).isHidden()) == ((), True)


def test_a_narrow_window_scrolls_everything(frozen: RecordTableView) -> None:
    frozen.resize(300, 320)
    assert titles(frozen).isHidden()
    assert frozen.frozen_keys() == ("a", "b")
    frozen.resize(460, 320)
    assert titles(frozen).isVisible()


def test_a_switch_of_the_theme_reaches_frozen_cells(qapp: QApplication, frozen: RecordTableView) -> None:
    apply_theme(qapp, Scheme.DARK)
    try:
        pixel = frozen.viewport().grab().toImage().pixelColor(60, 3)
        assert pixel.name() == current_tokens().surface
    finally:
        apply_theme(qapp, Scheme.LIGHT)


def test_an_empty_table_with_frozen_columns_still_teaches(frozen: RecordTableView) -> None:
    frozen.model().set_rows([])  # type: ignore[attr-defined]
    blank = frozen.viewport().grab().toImage()
    frozen.set_placeholder("No item matches", "Press Esc to see all.")
    assert frozen.viewport().grab().toImage() != blank
