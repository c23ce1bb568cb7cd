"""The table of outcomes item by item: its keys, what is pasted, its lists, and what is said at a cell."""

import pytest
from fakes.answers import export_item_json
from fakes.builders import an_item
from fakes.drafts import a_success
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.models.export_item import ExportItem
from app.models.vocabulary import Item
from app.outcomes.failure_wordings import filled, values_for
from app.outcomes.item_by_item import Cell
from ui.items.view_model import ItemRow
from ui.outcomes.grid_fields import GridFields
from ui.outcomes.grid_model import COLUMN_OF
from ui.outcomes.view_model import Subject

OUTCOME, NUMBER, KIND, REASON = (COLUMN_OF[cell] for cell in Cell)
CONTROL = Qt.KeyboardModifier.ControlModifier
FIRST = "GOOGLE*ADS8693645259"
MARKUP = '<b>bold</b> <a href="https://example.com">here</a>'


def a_subject(number: int, **more: object) -> ItemRow:
    entry = TypeAdapter(ExportItem).validate_python(export_item_json(number))
    item = an_item(number, "pending")
    return ItemRow((item.accounting_entry_id, 0), item, entry, **more)  # type: ignore[arg-type]


def fill(wording: str, subject: Subject) -> str:
    return filled(wording, values_for(wording, subject.entry, ENGLISH))


@pytest.fixture
def fields(qtbot: QtBot) -> GridFields:
    made = GridFields(fill, lambda kind: (f"No {kind} for {{supplier}}", "Closed"), ENGLISH)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made.model)
    made.show_subjects([a_subject(number) for number in range(4)])
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    made.grid.setFocus()
    return made


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def key(pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), pressed, modifier)


def typed(text: str) -> None:
    for letter in text:
        QTest.keyClicks(focus(), letter)


def column(fields: GridFields, place: int) -> list[str]:
    return [fields.model.text(row, place) for row in range(4)]


def go_to(fields: GridFields, row: int, place: int) -> None:
    fields.grid.setCurrentIndex(fields.model.index(row, place))


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    key(Qt.Key.Key_V, CONTROL)


@pytest.mark.parametrize("down", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down])
def test_one_types_numbers_from_row_to_row_and_a_number_means_posted(fields: GridFields, down: Qt.Key) -> None:
    for number in ("JE-1", "JE-2"):
        typed(number)
        key(down)
    assert column(fields, NUMBER) == ["JE-1", "JE-2", "", ""]
    assert column(fields, OUTCOME) == ["Posted", "Posted", "", ""]
    key(Qt.Key.Key_Up)
    assert fields.grid.currentIndex().row() == 1
    assert len(fields.entered()) == 2


def test_enter_in_the_last_row_leaves_the_table(qtbot: QtBot, fields: GridFields) -> None:
    go_to(fields, 3, NUMBER)
    with qtbot.waitSignal(fields.left_below):
        key(Qt.Key.Key_Return)
    typed("JE-4")
    with qtbot.waitSignal(fields.left_below):
        key(Qt.Key.Key_Return)
    assert column(fields, NUMBER)[3] == "JE-4"


def test_tab_leaves_the_table_and_delete_empties_what_is_selected(fields: GridFields) -> None:
    fields.model.enter({(0, NUMBER): "JE-1", (1, NUMBER): "JE-2"})
    go_to(fields, 0, NUMBER)
    key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(Qt.Key.Key_Delete)
    assert column(fields, NUMBER) == ["", "", "", ""]
    fields.model.enter({(0, NUMBER): "JE-1", (1, NUMBER): "JE-1"})
    key(Qt.Key.Key_Tab)
    assert focus() is fields.share_numbers


def test_ctrl_d_fills_down_into_empty_cells_and_overwrites_only_what_is_selected(fields: GridFields) -> None:
    fields.model.enter({(0, KIND): "tag_unknown", (2, KIND): "account_unknown"})
    go_to(fields, 0, KIND)
    key(Qt.Key.Key_D, CONTROL)
    assert [fields.model.value(row, KIND) for row in range(4)] == [
        "tag_unknown",
        "tag_unknown",
        "account_unknown",
        "tag_unknown",
    ]
    for _ in range(2):
        key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(Qt.Key.Key_D, CONTROL)
    assert fields.model.value(2, KIND) == "tag_unknown"
    go_to(fields, 0, 0)
    key(Qt.Key.Key_D, CONTROL)


def test_a_wording_that_is_filled_down_says_what_each_item_says(fields: GridFields) -> None:
    fields.model.enter({(0, KIND): "tag_unknown", (0, REASON): "No tag for {supplier}, {amount}"})
    go_to(fields, 0, REASON)
    key(Qt.Key.Key_D, CONTROL)
    first, second, *_ = column(fields, REASON)
    assert first.startswith(f"No tag for {FIRST}")
    assert fields.model.value(1, REASON) == "No tag for {supplier}, {amount}"
    assert second


def test_a_column_of_a_spreadsheet_fills_down_also_while_a_cell_is_being_written(fields: GridFields) -> None:
    paste("JE-1\r\n\r\nJE-3\r\n")
    assert column(fields, NUMBER) == ["JE-1", "", "JE-3", ""]
    assert fields.about.text() == "2 cells were filled."
    go_to(fields, 1, NUMBER)
    typed("x")
    assert isinstance(focus(), QLineEdit)
    paste("JE-2\nJE-3b\nJE-4\nJE-5\n")
    assert column(fields, NUMBER) == ["JE-1", "JE-2", "JE-3b", "JE-4"]
    assert fields.about.text() == (
        "3 cells were filled. 1 was left out: there is no row for it, or it says nothing here."
    )


def test_one_word_is_pasted_into_the_field_that_is_open(fields: GridFields) -> None:
    typed("JE-")
    paste("77")
    key(Qt.Key.Key_Return)
    assert column(fields, NUMBER)[0] == "JE-77"


def test_a_block_of_a_spreadsheet_fills_cells_beside_each_other(fields: GridFields) -> None:
    go_to(fields, 0, OUTCOME)
    paste('posted\tJE-1\nfailed\t\tTag unknown\t"No tag,\nasked"\nparked\tJE-3\n')
    assert column(fields, OUTCOME)[:3] == ["Posted", "Failed", "Posted"]
    assert fields.model.value(1, KIND) == "tag_unknown"
    assert fields.model.value(1, REASON) == "No tag,\nasked"
    assert "1 was left out" in fields.about.text()


def test_the_list_of_wordings_shows_its_choices_and_one_of_them_is_taken_at_once(
    qtbot: QtBot, fields: GridFields
) -> None:
    fields.model.enter({(0, KIND): "tag_unknown"})
    go_to(fields, 0, REASON)
    key(Qt.Key.Key_F2)
    box = focus()
    assert isinstance(box, QComboBox) or isinstance(box.parent(), QComboBox)
    choices = fields.grid.findChild(QComboBox, "outcomeCell-reason")
    assert isinstance(choices, QComboBox)
    assert [choices.itemText(place) for place in range(choices.count())] == ["No tag_unknown for {supplier}", "Closed"]
    choices.setCurrentIndex(1)
    choices.activated.emit(1)
    assert column(fields, REASON)[0] == "Closed"


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_one_click_opens_a_list_and_one_more_takes_from_it(qtbot: QtBot, fields: GridFields) -> None:
    place = fields.grid.visualRect(fields.model.index(1, KIND)).center()
    qtbot.mouseClick(fields.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    box = fields.grid.findChild(QComboBox, "outcomeCell-kind")
    assert isinstance(box, QComboBox)
    assert box.view().isVisible()
    chosen = box.findData("tag_unknown")
    qtbot.mouseClick(
        box.view().viewport(),
        Qt.MouseButton.LeftButton,
        pos=box.view().visualRect(box.model().index(chosen, 0)).center(),
    )
    qtbot.waitUntil(lambda: fields.model.value(1, KIND) == "tag_unknown")
    assert column(fields, OUTCOME) == ["", "Failed", "", ""]


def test_an_outcome_and_a_type_are_chosen_from_lists_and_what_was_chosen_counts(fields: GridFields) -> None:
    go_to(fields, 0, OUTCOME)
    key(Qt.Key.Key_F2)
    key(Qt.Key.Key_Down)
    fields.commit()
    assert column(fields, OUTCOME)[0] == "Posted"
    assert fields.entered().lines[0].chosen == Item.SUCCESSFUL


def test_bad_cells_say_so_in_their_own_place_and_the_first_of_them_is_found(fields: GridFields) -> None:
    fields.model.enter({(0, NUMBER): "JE-1", (2, NUMBER): "JE-1"})
    model, cell = fields.model, fields.model.index(2, NUMBER)
    assert fields.about.text() == "Row 3 has the same number."
    assert "Row 1 has the same number." in str(model.data(cell, Qt.ItemDataRole.ToolTipRole))
    assert model.data(cell, Qt.ItemDataRole.AccessibleTextRole) == (
        "Entry in the books: JE-1. Row 1 has the same number."
    )
    assert model.data(cell, Qt.ItemDataRole.DecorationRole) is not None
    go_to(fields, 3, NUMBER)
    assert fields.about.text() == "Row 1, Entry in the books: Row 3 has the same number."
    assert fields.fault() == "Something speaks against 2 cells. It is said at the table."
    assert fields.go_to_fault()
    assert (fields.grid.currentIndex().row(), fields.grid.currentIndex().column()) == (0, NUMBER)
    assert fields.share_numbers.isVisible()
    before = fields.grid.geometry()
    fields.share_numbers.click()
    assert fields.fault() == ""
    assert fields.grid.geometry() == before
    assert len(fields.entered()) == 2


def test_nothing_moves_when_the_box_for_shared_numbers_comes(fields: GridFields) -> None:
    before = fields.grid.geometry(), fields.about.geometry()
    assert not fields.share_numbers.isVisible()
    fields.model.enter({(0, NUMBER): "JE-1", (2, NUMBER): "JE-1"})
    assert fields.share_numbers.isVisible()
    assert (fields.grid.geometry(), fields.about.geometry()) == before


def test_what_was_entered_stays_while_items_come_and_go(fields: GridFields) -> None:
    subjects = [a_subject(number) for number in range(4)]
    typed("JE-1")
    fields.show_subjects(subjects[:2])
    assert fields.model.rowCount() == 2
    fields.show_subjects(subjects)
    assert column(fields, NUMBER) == ["JE-1", "", "", ""]


def test_what_is_drafted_already_is_shown_and_only_what_is_changed_is_drafted_anew(qtbot: QtBot) -> None:
    fields = GridFields(fill, lambda kind: (), ENGLISH)
    qtbot.addWidget(fields)
    fields.show_subjects([a_subject(0, draft=a_success(0)), a_subject(1)])
    assert fields.model.text(0, NUMBER) == "JE-1"
    assert len(fields.entered()) == 0
    assert fields.fault() == "Enter a number or a failure for at least one item."
    fields.model.enter({(1, NUMBER): "JE-2"})
    assert [subject.item.accounting_entry_id for subject in fields.entered().subjects] == [
        a_subject(1).item.accounting_entry_id
    ]
    fields.model.enter({(0, NUMBER): ""})
    assert "Discard the draft" in fields.model.fault(0, OUTCOME)


def test_words_of_others_are_letters_in_a_cell_whatever_they_look_like(fields: GridFields) -> None:
    fields.model.enter({(0, REASON): MARKUP})
    cell = fields.model.index(0, REASON)
    assert fields.model.data(cell) == MARKUP
    assert "<b>" not in str(fields.model.data(cell, Qt.ItemDataRole.ToolTipRole))
    fields.grid.grab()
