"""A job under review, from the search to the sums: the real window, the keys, and what is left after a restart."""

from collections import defaultdict
from decimal import Decimal

import pytest
from fakes.desk import Desk, OpenDesk, press
from fakes.qt_loop import Run, at_rest, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from ui.common.locale_format import LocaleFormat
from ui.connections.connection_view import Watching
from ui.items.view_model import ItemKey, ItemRow
from ui.shell.shortcuts import ShortcutList, shortcuts_of
from ui.theme.status import StatusLook
from ui.widgets.plain_label import TextRole

CALM = Watching(base=60)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Reviewer:
    """Whoever sits before the desk, and what they see of the items."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.items = desk.items
        self.table = desk.items.table
        self.panel = desk.view.review_panel

    @property
    def status(self) -> str:
        return self.desk.window.rows_shown.text()

    def shown(self) -> list[ItemRow]:
        return self.items.model.shown_rows()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.desk.window, key, modifiers)

    def place_of(self, key: ItemKey) -> int:
        """How far down the table the row stands."""
        return self.table.visualRect(self.items.model.index(self.items.model.row_of(key), 0)).top()

    def current(self) -> ItemRow:
        row = self.items.model.record(self.table.current_id())
        assert row is not None
        return row

    async def reads_again(self) -> None:
        self.desk.press_key(Qt.Key.Key_F5)
        await until(lambda: self.desk.view.items.is_reading)
        await until(lambda: self.desk.view.items.is_at_rest)
        await at_rest(self.desk.view.review)


async def reviewer_of(desk: Desk) -> Reviewer:
    """With the window in front, the job read, searchable, and its causes known."""
    await desk.read()
    await until(desk.window.isActiveWindow)
    await at_rest(desk.view.items)
    await at_rest(desk.view.review)
    desk.items.table.setFocus()
    return Reviewer(desk)


def sums_of(rows: list[ItemRow]) -> list[str]:
    """Per currency, as the window writes them."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.money:
            sums[row.money.currency] += row.money.amount
    return [LocaleFormat().sum(amount, currency) for currency, amount in sorted(sums.items())]


def test_the_search_narrows_as_it_is_typed_and_escape_lifts_it(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            desk.press_key(Qt.Key.Key_F)
            assert not user.items.search.hasFocus()
            QTest.keyClick(desk.window, Qt.Key.Key_F, CONTROL)
            assert user.items.search.hasFocus()
            QTest.keyClicks(user.items.search, "status:failed konto 4980")
            assert [row.item.failure_reason_type for row in user.shown()] == ["account_unknown"]
            assert user.status == "1 of 42 rows · only “status:failed konto 4980”"
            assert user.items.filter_words.text() == "“status:failed konto 4980”"
            user.key(Qt.Key.Key_Escape)
            assert user.items.model.rowCount() == 42
            assert user.items.search.text() == ""
            assert user.status == "42 of 42 rows"
            assert user.table.hasFocus()

    run(journey())


def test_single_letters_act_in_the_table_and_are_typed_in_the_search(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            asked: list[str] = []
            user.items.link_requested.disconnect()
            user.items.link_requested.connect(asked.append)
            desk.window.actions_by_name.open_in_books.setEnabled(True)
            user.items.search.setFocus()
            for key in (Qt.Key.Key_P, Qt.Key.Key_E, Qt.Key.Key_N, Qt.Key.Key_Question):
                user.key(key)
            assert user.items.search.text() == "pen?"
            assert asked == []
            user.key(Qt.Key.Key_Escape)
            user.items.choose_first()
            desk.window.actions_by_name.open_in_books.setEnabled(True)
            for place in (user.table, user.items.detail):
                place.setFocus()
                user.key(Qt.Key.Key_P)
                user.key(Qt.Key.Key_E)
            assert asked == ["pleo", "books"] * 2

    run(journey())


def test_a_cause_shows_just_its_items_and_pressing_it_again_shows_all(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            cards = [button.card for button in user.panel.cause_buttons]
            failed = {row.item.accounting_entry_id for row in user.shown() if row.look is StatusLook.FAILED}
            assert {each for card in cards for each in card.item_ids} == failed
            button = user.panel.cause_buttons[1]
            button.click()
            assert {row.item.accounting_entry_id for row in user.shown()} == set(button.card.item_ids)
            assert user.status.endswith(f" of 42 rows · only {button.card.title}")
            button.click()
            assert user.items.model.rowCount() == 42
            button.click()
            button.setFocus()
            user.key(Qt.Key.Key_Escape)
            assert user.items.model.rowCount() == 42
            assert not button.isChecked()

    run(journey())


def test_a_cause_whose_last_item_is_settled_lets_go_of_the_table(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            button = user.panel.cause_buttons[0]
            button.click()
            _settle(sandbox, *button.card.item_ids)
            await user.reads_again()
            assert user.items.model.rowCount() == 42
            assert user.panel.chosen() is None

    run(journey())


def test_statuses_are_shown_alone_and_together(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            await press(user.items.chips[StatusLook.FAILED])
            assert {row.look for row in user.shown()} == {StatusLook.FAILED}
            await press(user.items.chips[StatusLook.OPEN])
            assert {row.look for row in user.shown()} == {StatusLook.FAILED, StatusLook.OPEN}
            assert user.status == "6 of 42 rows · only failed, open"
            await press(user.items.show_all)
            assert user.status == "42 of 42 rows"

    run(journey())


def test_keys_walk_from_what_needs_attention_to_what_failed(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            wanted = [row.key for row in user.shown() if row.look in (StatusLook.FAILED, StatusLook.OPEN)]
            failed = [row.key for row in user.shown() if row.look is StatusLook.FAILED]
            walked = [user.current().key]
            for _ in range(len(wanted)):
                user.key(Qt.Key.Key_F8)
                walked.append(user.current().key)
            assert walked == [*wanted, wanted[0]]
            user.key(Qt.Key.Key_F8, SHIFT)
            assert user.current().key == wanted[-1]
            user.key(Qt.Key.Key_N)
            assert user.current().key == failed[0]
            user.key(Qt.Key.Key_N)
            assert user.current().key == failed[1]
            assert user.items.detail.title.text().endswith("Failed")

    run(journey())


def test_the_status_bar_adds_up_what_is_selected_exactly(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            user.key(Qt.Key.Key_A, CONTROL)
            whole = f"42 of 42 rows · 42 selected: {', '.join(sums_of(user.shown()))}"
            await until(lambda: user.status == whole)
            rows = user.shown()[1:4]
            user.table.select_ids([row.key for row in rows])
            part = f"42 of 42 rows · 3 selected: {', '.join(sums_of(rows))}"
            await until(lambda: user.status == part)
            assert desk.window.width() == 1280

    run(journey())


def test_a_saved_view_is_there_after_a_restart_and_shows_what_it_said(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            await press(user.items.chips[StatusLook.SUCCESSFUL])
            user.items.search.setText("sas")
            shown = [row.key for row in user.shown()]
            assert 0 < len(shown) < 42
            _choose(desk, "Save this view…")
            dialog = desk.window.findChild(QInputDialog, "viewName")
            dialog.setTextValue("SAS & others")
            dialog.accept()
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            user.panel.cause_buttons[0].click()
            _choose(desk, "SAS & others")
            assert user.items.search.text() == "sas"
            assert user.items.chips[StatusLook.SUCCESSFUL].isChecked()
            assert not user.panel.cause_buttons[0].isChecked()
            assert [row.key for row in user.shown()] == shown

    run(journey())


def test_the_table_comes_back_as_it_was_left(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            table, model = user.table, user.items.model
            table.horizontalHeader().moveSection(table.horizontalHeader().visualIndex(model.column_of("amount")), 0)
            table.horizontalHeader().resizeSection(model.column_of("supplier"), 208)
            left = table.column_layout()
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            found = user.table.column_layout()
            assert found.order[0] == "amount"
            assert found.widths["supplier"] == 208
            assert (found.shown, found.order) == (left.shown, left.order)

    run(journey())


def test_reading_again_keeps_selection_current_row_scroll_and_filter_and_marks_what_changed(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            await press(user.items.chips[StatusLook.SUCCESSFUL])
            await press(user.items.chips[StatusLook.OPEN])
            opened = next(row for row in user.shown() if row.look is StatusLook.OPEN)
            chosen = [row.key for row in user.shown()[25:28]]
            user.table.select_ids(chosen)
            assert user.table.verticalScrollBar().value() > 0
            top = user.table.indexAt(QPoint(2, 2))
            anchor, place = user.shown()[top.row()].key, user.table.visualRect(top).top()
            current = user.table.current_id()
            _settle(sandbox, opened.item.accounting_entry_id)
            await user.reads_again()
            assert user.items.model.record(opened.key).item.status == "successful"  # type: ignore[union-attr]
            assert user.items.model.changed_ids() == {opened.key}
            assert sorted(map(str, user.table.selected_ids())) == sorted(map(str, chosen))
            assert user.table.current_id() == current
            assert user.place_of(anchor) == place
            assert user.items.filter().looks == {StatusLook.SUCCESSFUL, StatusLook.OPEN}
            assert user.items.model.rowCount() == 39

    run(journey())


def test_selected_rows_are_copied_as_text_and_as_a_table(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            rows = user.shown()[:2]
            user.table.select_ids([row.key for row in rows])
            user.key(Qt.Key.Key_C, CONTROL)
            copied = QGuiApplication.clipboard().mimeData()
            lines = copied.text().splitlines()
            assert len(lines) == 2
            assert [line.split("\t")[2] for line in lines] == [row.supplier for row in rows]
            assert copied.html().count("<tr") == 2
            user.key(Qt.Key.Key_C, CONTROL | SHIFT)
            titles = QGuiApplication.clipboard().mimeData().text().splitlines()[0].split("\t")
            assert titles[:5] == ["Status", "Date (UTC)", "Supplier", "Amount", "Currency"]

    run(journey())


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_the_list_of_shortcuts_names_every_one_of_the_menus(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, key: Qt.Key
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            user.key(key)
            dialog = desk.window.findChild(ShortcutList)
            said = dialog.said()
            for _, shortcuts in shortcuts_of(desk.window):
                assert set(shortcuts) <= set(said.items())
            assert said["Shortcuts"] == "F1 or ?"
            dialog.reject()

    run(journey())


def test_control_totals_say_that_they_add_up_and_when_they_do_not(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            user = await reviewer_of(desk)
            assert user.panel.proof.text() == "42 of 42 items read"
            sandbox.act({"act": "declare", "job_id": sandbox.world.job_id, "number_of_items": 45})
            await user.reads_again()
            assert user.panel.proof.text() == "Does not add up: 3 fewer than the 45 items Pleo says"
            assert user.panel.proof.property("role") == TextRole.STRONG.value
            assert any("45" in sentence for sentence in desk.blockers())
            assert not desk.gate.action.is_ready()

    run(journey())


def _settle(sandbox: RunningSandbox, *entry_ids: str) -> None:
    sandbox.act({"act": "settle", "job_id": sandbox.world.job_id, "item_ids": list(entry_ids), "status": "successful"})


def _choose(desk: Desk, words: str) -> None:
    """From the menu of saved views."""
    menu = desk.window.actions_by_name.views
    menu.aboutToShow.emit()
    shown = {action.text().replace("&&", "\0").replace("&", "").replace("\0", "&"): action for action in menu.actions()}
    shown[words].trigger()
