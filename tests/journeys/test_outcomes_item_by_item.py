"""Several items with a number each: few keys, one note, one step to undo; and afterwards who set them."""

from typing import Any

from fakes.desk import Desk, OpenDesk
from fakes.key_strokes import confirm_by_keys
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.vocabulary import Item
from ui.outcomes.outcome_dialog import OutcomeDialog

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
OPEN = (Item.PENDING, Item.IN_PROGRESS)
NUMBERS = ("JE-1", "JE-2", "JE-3")


class Keyboard:
    """Presses keys where the focus is, and counts them; typed text is not counted."""

    def __init__(self) -> None:
        self.strokes = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.strokes += 1
        QTest.keyClick(focus(), key, modifier)

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(focus(), letter)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


async def in_front(window: QWidget) -> None:
    """What a window manager does once a dialog has gone."""
    window.activateWindow()
    await until(window.isActiveWindow)


def open_items(desk: Desk) -> list[Any]:
    return [row for row in desk.items.model.rows() if row.item.status in OPEN]


def drafts(desk: Desk) -> list[Any]:
    return [row.draft for row in desk.items.model.rows() if row.draft]


async def the_dialog(desk: Desk) -> OutcomeDialog:
    dialog = desk.view.drafting.outcome.dialog
    assert dialog is not None
    await until(dialog.isActiveWindow)
    return dialog


def bodies(sandbox: RunningSandbox) -> list[Any]:
    found: Any = sandbox.received()["item_updates"]
    return [row for update in found for row in update["applied"]]


def test_three_items_with_a_number_each_are_settled_and_sent_with_nine_keys(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await in_front(desk.window)
            desk.items.table.setFocus()
            keyboard = Keyboard()
            keyboard.press(Qt.Key.Key_A, CONTROL)
            keyboard.press(Qt.Key.Key_M, CONTROL)
            dialog = await the_dialog(desk)
            wanted = [subject.item.accounting_entry_id for subject in dialog.concerned()]
            assert len(wanted) == 3
            for number in NUMBERS:
                keyboard.type(number)
                keyboard.press(Qt.Key.Key_Return)
            keyboard.type("Seen in the ledger")
            assert dialog.note.text() == "Seen in the ledger"
            keyboard.press(Qt.Key.Key_Return, CONTROL)
            await until(lambda: len(drafts(desk)) == 3)
            await in_front(desk.window)
            keyboard.press(Qt.Key.Key_Return, CONTROL | SHIFT)
            await until(lambda: desk.view.drafting.sending.dialog is not None)
            sending = desk.view.drafting.sending.dialog
            assert sending is not None
            await until(sending.isActiveWindow)
            confirm_by_keys(sending)
            keyboard.strokes += 1
            await until(sending.messages.title)
            assert sending.messages.title() == "3 outcomes confirmed by Pleo"
            keyboard.press(Qt.Key.Key_Escape)
            await until(lambda: desk.view.drafting.sending.dialog is None)
            assert keyboard.strokes == 9
            await until(lambda: not drafts(desk))
            await until(desk.gate.action.is_ready)
            now = {row.item.accounting_entry_id: row.item.external_id for row in desk.items.model.rows()}
            assert [now[entry] for entry in wanted] == list(NUMBERS)

    run(journey())


def test_a_column_of_a_spreadsheet_a_failure_and_an_empty_row_are_drafted_as_one_step(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await in_front(desk.window)
            desk.items.table.select_ids([row.key for row in open_items(desk)])
            desk.window.actions_by_name.set_outcome.trigger()
            dialog = await the_dialog(desk)
            model = dialog.grid_fields.model
            QGuiApplication.clipboard().setText("JE-1\r\nJE-1\r\nJE-3\r\nJE-4\r\n")
            QTest.keyClick(focus(), Qt.Key.Key_V, CONTROL)
            about = dialog.grid_fields.about
            assert about.text() == "Row 2 has the same number."
            dialog.note.setText("As listed")
            assert not dialog.draft.isEnabled()
            assert dialog.fault.text() == "Something speaks against 2 cells. It is said at the table."
            dialog.note.setFocus()
            QTest.keyClick(focus(), Qt.Key.Key_Return, CONTROL)
            assert focus() is dialog.grid_fields.grid, "it leads to what is wrong"
            model.enter({(1, 3): "", (1, 4): "tag_unknown", (1, 5): "No tag {tag}"})
            model.enter({(2, 3): ""})
            assert dialog.draft.text() == "Draft 2 outcomes"
            dialog.draft.click()
            await until(lambda: len(drafts(desk)) == 2)
            assert sorted(draft.outcome.status for draft in drafts(desk)) == ["failed", "successful"]
            assert {draft.note for draft in drafts(desk)} == {"As listed"}
            undo = desk.window.actions_by_name.undo
            await until(lambda: undo.text() == "&Undo: Set the outcomes of 2 items")
            undo.trigger()
            await until(lambda: not drafts(desk))
            assert not undo.isEnabled()

    run(journey())


def test_who_set_an_item_and_why_stands_beneath_it_after_a_restart_and_the_end_of_the_job(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            first, *others = open_items(desk)
            acts = ([first], ("JE-9",), "Ann Holm", "Seen <b>"), (others, NUMBERS, "Bo", "Ok")
            for rows, numbers, by, note in acts:
                desk.items.table.select_ids([row.key for row in rows])
                desk.window.actions_by_name.set_outcome.trigger()
                dialog = await the_dialog(desk)
                if len(rows) == 1:
                    dialog.successful.setChecked(True)
                    dialog.success_fields.number.setText(numbers[0])
                else:
                    dialog.grid_fields.model.enter({(row, 3): numbers[row] for row in range(len(rows))})
                dialog.note.setText(note)
                dialog.person.setText(by)
                dialog.draft.click()
                await until(lambda: desk.view.drafting.outcome.dialog is None)
            await until(lambda: len(drafts(desk)) == 3)
            await until(desk.view.drafting.section.send.isEnabled)
            desk.window.actions_by_name.send_outcomes.trigger()
            await until(lambda: desk.view.drafting.sending.dialog is not None)
            sending = desk.view.drafting.sending.dialog
            assert sending is not None
            await until(sending.isActiveWindow)
            confirm_by_keys(sending)
            await until(sending.messages.title)
            sending.reject()
            desk.items.table.select_ids([first.key])
            await until(lambda: "Set by: Ann Holm · sent " in desk.items.detail.text())
            assert "Set because: Seen <b>" in desk.items.detail.text()
        sandbox.act({"act": "expire", "job_id": sandbox.world.job_id})
        async with open_desk(sandbox.url) as desk:
            await until(desk.jobs.scope.isVisible)
            desk.jobs.scope.setCurrentIndex(desk.jobs.scope.count() - 1)
            await until(lambda: any(row.job.is_finished for row in desk.jobs.model.rows()))
            await desk.read()
            desk.items.table.select_ids([first.key])
            await until(lambda: "confirmed by Pleo " in desk.items.detail.text())
            assert "Set by: Ann Holm · sent " in desk.items.detail.text()
            desk.items.table.select_ids([others[0].key])
            await until(lambda: "Set by: Bo · sent " in desk.items.detail.text())
            set_by = sorted(filter(None, (row.set_by for row in desk.items.model.rows())))
            assert set_by == ["Ann Holm", "Bo", "Bo"]

    run(journey())
