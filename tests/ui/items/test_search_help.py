"""What can be written in the search box, offered to mouse and keys, and what is said of a bad amount."""

import pytest
from fakes.answers import export_item_json, pair_json
from fakes.builders import an_item, entry_id, snapshot_of
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.export_item import ExportItem
from ui.common.tasks import Tasks
from ui.items.columns import item_columns
from ui.items.item_table import ItemTable
from ui.items.page import ItemsPage
from ui.widgets.announcements import announcements


@pytest.fixture
def page(qtbot: QtBot) -> ItemsPage:
    made = ItemsPage(item_columns(ENGLISH))
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show_review()
    made.show()
    made.activateWindow()
    made.search.setFocus()
    qtbot.waitUntil(made.search.hasFocus)
    return made


def test_the_offers_are_there_while_the_field_has_the_focus_and_move_nothing(page: ItemsPage) -> None:
    place = page.table.geometry()
    assert page.search_help.isVisible()
    page.table.setFocus()
    assert not page.search_help.isVisible()
    assert page.table.geometry() == place


def test_the_offers_are_out_of_the_way_while_a_word_is_typed(qtbot: QtBot, page: ItemsPage) -> None:
    qtbot.keyClicks(page.search, "sas")
    assert not page.search_help.isVisible()
    qtbot.keyClicks(page.search, " ")
    assert page.search_help.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Tab])
def test_the_keyboard_reaches_each_offer_and_comes_back(qtbot: QtBot, page: ItemsPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.search, key)
    first, second = page.search_help.buttons[:2]
    assert first.hasFocus()
    assert page.search_help.isVisible()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert page.search.hasFocus()
    assert page.search.text() == "amount:"
    qtbot.keyClicks(page.search, "100..200")
    assert page.filter().query == "amount:100..200"


def test_escape_leaves_the_offers_for_the_field(qtbot: QtBot, page: ItemsPage) -> None:
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.search.hasFocus()


def test_each_offer_says_what_it_asks_for(page: ItemsPage) -> None:
    said = [(button.text(), button.accessibleDescription()) for button in page.search_help.buttons]
    assert said[0] == ("amount:>1000", "Amounts above 1000; also >=, <, <= and =")
    assert all(text and meaning for text, meaning in said)


async def test_a_bad_amount_is_said_under_the_field_once_and_meets_no_item(page: ItemsPage) -> None:
    heard: list[str] = []
    announcements().made.connect(heard.append)
    tasks = Tasks(page)
    table = ItemTable(page, tasks)
    rows = [export_item_json(number, amount=pair_json(100 * number, "SEK")) for number in range(3)]
    entries = {entry_id(n): TypeAdapter(ExportItem).validate_python(row) for n, row in enumerate(rows)}
    snapshot = snapshot_of([an_item(number) for number in range(3)])
    table.show(await table.prepare(snapshot, entries, same_job=False, keep_order=False), same_job=False)
    page.search.setText("amount:>=1")
    await tasks.finished()
    assert page.model.rowCount() == 2
    page.search.setText("amount:>=x")
    await tasks.finished()
    assert page.model.rowCount() == 0
    words = "“x” is no amount: write for example amount:>1000 or amount:100..200."
    assert page.search_problem.text() == words
    assert page.search_problem.isVisible()
    table.apply_filter()
    assert heard == [words]
    page.search.setText("amount:>=2")
    await tasks.finished()
    assert not page.search_problem.isVisible()
    assert page.model.rowCount() == 1
    announcements().made.disconnect(heard.append)
