import json

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.tables.column import Column
from ui.tables.layout import ColumnLayout
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView

Row = tuple[int, str]
KEYS = ("a", "b", "c", "d", "e")
DESCENDING = Qt.SortOrder.DescendingOrder


def columns(*keys: str) -> tuple[Column[Row], ...]:
    return tuple(
        Column[Row](key, key.upper(), lambda row: row[0], lambda row: row[1], width=100, shown=key != "e")
        for key in keys
    )


def made(qtbot: QtBot, *keys: str) -> RecordTableView:
    view = RecordTableView()
    qtbot.addWidget(view)
    model = RecordTableModel(columns(*keys), lambda row: row[0], view)
    view.setModel(model)
    model.set_rows([(number, f"text {number}") for number in range(30)])
    view.resize(420, 300)
    view.show()
    return view


@pytest.fixture
def table(qtbot: QtBot) -> RecordTableView:
    return made(qtbot, *KEYS)


def choose(table: RecordTableView, text: str, column: int = 0) -> None:
    next(action for action in table.header_menu(column).actions() if action.text() == text).trigger()


def test_a_layout_comes_back_from_json_as_it_was(qtbot: QtBot, table: RecordTableView) -> None:
    table.horizontalHeader().moveSection(3, 0)
    table.horizontalHeader().resizeSection(1, 133)
    choose(table, "C")
    table.freeze_up_to("d")
    table.model().sort_by([(1, DESCENDING), (0, Qt.SortOrder.AscendingOrder)])  # type: ignore[attr-defined]
    stored = json.dumps(table.column_layout().to_dict())
    other = made(qtbot, *KEYS)
    other.apply_column_layout(ColumnLayout.from_dict(json.loads(stored)))
    assert other.column_layout() == table.column_layout()
    assert other.column_layout().shown == ("d", "a", "b")
    assert other.column_layout().frozen == ("d",)
    assert other.column_layout().sort == (("b", True), ("a", False))


@pytest.mark.parametrize(
    "stored",
    [
        None,
        7,
        [],
        {"shown": "abc", "widths": [1], "sort": {}},
        {"shown": [1, None], "widths": {"a": "wide", "b": -4, "c": True}, "sort": [["a"], [1, 2], "ab"], "frozen": 3},
    ],
)
def test_what_somebody_stored_wrongly_is_passed_over(table: RecordTableView, stored: object) -> None:
    table.apply_column_layout(ColumnLayout.from_dict(stored))
    assert table.column_layout().shown == ("a", "b", "c", "d")
    assert table.column_layout().widths["b"] == 100


def test_stale_keys_are_passed_over_everywhere(table: RecordTableView) -> None:
    layout = ColumnLayout(("gone", "b", "a"), {"gone": 9}, ("gone", "b", *KEYS), ("gone", "b"), (("gone", True),))
    table.apply_column_layout(layout)
    assert table.column_layout().shown == ("b", "a")
    assert table.column_layout().frozen == ("b",)
    assert table.column_layout().sort == ()


def test_a_column_of_a_later_release_is_shown(qtbot: QtBot) -> None:
    stored = made(qtbot, "a", "b", "e").column_layout()
    later = made(qtbot, *KEYS)
    later.apply_column_layout(stored)
    assert later.column_layout().shown == ("a", "b", "c", "d")


def test_a_layout_without_a_sort_leaves_the_order_alone(table: RecordTableView) -> None:
    table.sortByColumn(1, DESCENDING)
    table.apply_column_layout(ColumnLayout(("b", "a")))
    assert table.column_layout().sort == (("b", True),)


def test_a_hidden_column_comes_back_where_it_stood(table: RecordTableView) -> None:
    choose(table, "B")
    table.apply_column_layout(table.column_layout())
    choose(table, "B")
    assert table.column_layout().shown == ("a", "b", "c", "d")


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.horizontalHeader().moveSection(0, 2),
        lambda table: table.horizontalHeader().resizeSection(0, 150),
        lambda table: choose(table, "B"),
        lambda table: choose(table, "Freeze up to here", 1),
        lambda table: choose(table, "Reset columns"),
        lambda table: choose(table, "Sort descending", 1),
    ],
)
def test_what_the_user_changes_is_told_once(qtbot: QtBot, table: RecordTableView, change) -> None:
    told: list[ColumnLayout] = []
    table.layout_changed.connect(lambda: told.append(table.column_layout()))
    with qtbot.waitSignal(table.layout_changed):
        change(table)
        change(table)
    assert len(told) == 1


def test_what_the_program_sets_is_not_told_as_the_users(qtbot: QtBot, table: RecordTableView) -> None:
    with qtbot.assertNotEmitted(table.layout_changed, wait=400):
        table.apply_column_layout(ColumnLayout(("b", "a"), {"a": 150}, frozen=("b",), sort=(("a", True),)))
        table.resize(600, 300)


def test_reset_shows_the_standard_and_freezes_nothing(table: RecordTableView) -> None:
    table.apply_column_layout(ColumnLayout(("e", "b"), {"b": 222}, frozen=("e",)))
    choose(table, "Reset columns", 1)
    layout = table.column_layout()
    assert (layout.shown, layout.frozen, layout.widths["b"]) == (("a", "b", "c", "d"), (), 100)
