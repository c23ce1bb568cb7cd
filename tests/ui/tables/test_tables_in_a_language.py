"""Tables say messages in the user's language; what they are made of stays English."""

from collections.abc import Iterator

import pytest
from fakes.bracketed_language import Bracketed, bracketed
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.messages import Said, said, speak, spoken_language
from ui.tables.column import Column
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView

OPEN, READ = said("Open"), said("{n:,} read", n=1234)
STATUS = Column[Said]("status", said("Status"), lambda row: row, lambda row: row, tooltip=lambda row: row)
HORIZONTAL = Qt.Orientation.Horizontal
Roles = Qt.ItemDataRole


class Backwards(Bracketed):
    """So that what comes first in English comes last."""

    def message(self, message: str, _context: str = "") -> str:
        return {"Alpha": "Zeta", "Beta": "Ypsilon"}.get(message, message)


@pytest.fixture
def in_brackets() -> Iterator[None]:
    with bracketed():
        yield


@pytest.fixture
def table(qtbot: QtBot, in_brackets: None) -> RecordTableView:
    view = RecordTableView()
    qtbot.addWidget(view)
    model = RecordTableModel((STATUS,), lambda row: row, view)
    view.setModel(model)
    model.set_rows([OPEN, READ])
    return view


def test_cells_titles_and_tooltips_say_messages(table: RecordTableView) -> None:
    model = table.model()
    assert [model.data(model.index(row, 0)) for row in (0, 1)] == ["⟦Open⟧", "⟦1,234 read⟧"]
    assert model.headerData(0, HORIZONTAL) == "⟦Status⟧"
    assert "⟦Open⟧" in model.data(model.index(0, 0), Roles.ToolTipRole)


def test_a_row_is_read_aloud_with_its_titles_and_whether_it_changed(qtbot: QtBot, in_brackets: None) -> None:
    model = RecordTableModel((STATUS,), lambda _row: "the same row")
    model.set_rows([OPEN])
    assert model.sentence_at(model.index(0, 0)) == "⟦Status⟧ ⟦Open⟧."
    assert model.data(model.index(0, 0), Roles.AccessibleTextRole) == "⟦Open⟧"
    model.update_rows([READ])
    assert model.sentence_at(model.index(0, 0)) == "⟦Changed. ⟦Status⟧ ⟦1,234 read⟧.⟧"
    assert model.data(model.index(0, 0), Roles.AccessibleTextRole) == "⟦Changed. ⟦1,234 read⟧⟧"


def test_what_is_copied_is_what_is_seen(table: RecordTableView) -> None:
    table.selectAll()
    assert table.copy_selection(with_headers=True) == "⟦Status⟧\n⟦Open⟧\n⟦1,234 read⟧"


def test_menu_name_and_placeholder_say_theirs(table: RecordTableView) -> None:
    words = [action.text() for action in table.header_menu(0).actions() if action.text()]
    assert words
    assert all(word.startswith("⟦") for word in words)
    assert "⟦Status⟧" in words
    table.set_placeholder(OPEN, READ)
    table.model().set_rows([])  # type: ignore[attr-defined]
    assert (table.accessibleName(), table.accessibleDescription()) == ("⟦Table⟧", "⟦Open⟧ ⟦1,234 read⟧")


def test_a_cell_that_shows_its_whole_message_is_not_cut_off(table: RecordTableView) -> None:
    table.resize(600, 200)
    delegate = table.itemDelegate()
    index: QModelIndex = table.model().index(0, 0)
    option = delegate_option(table, index)
    assert not delegate._is_cut(option, index)
    option.rect.setWidth(20)
    assert delegate._is_cut(option, index)


def delegate_option(table: RecordTableView, index: QModelIndex) -> QStyleOptionViewItem:
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    option.rect = table.visualRect(index)
    return option


def test_texts_sort_as_they_are_read(qtbot: QtBot) -> None:
    before = spoken_language()
    model = RecordTableModel((STATUS,), lambda row: row)
    model.set_rows([said("Alpha"), said("Beta")])
    speak(Backwards())
    try:
        model.sort(0)
        assert model.shown_rows() == ["Beta", "Alpha"]
    finally:
        speak(before)
