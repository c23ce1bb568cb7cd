import asyncio
from collections.abc import Callable, Coroutine, Iterator

import pytest
from fakes.qt_loop import until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from ui.common.dialogs import Question, confirm, opened
from ui.common.event_loop import WindowLoop

Run = Callable[[Coroutine[object, object, None]], None]


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    qapp.setQuitOnLastWindowClosed(False)  # or the loop ends with the dialog
    loop = WindowLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop.run_until_complete
    loop.close()
    asyncio.set_event_loop(None)


async def question_on_screen() -> Question:
    while True:
        shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Question)]
        if shown and shown[0].isVisible():
            return shown[0]
        await asyncio.sleep(0.001)


async def test_a_dialog_is_awaited_while_other_tasks_go_on() -> None:
    dialog = QDialog()
    answer = asyncio.ensure_future(opened(dialog))
    await asyncio.sleep(0)
    assert dialog.isVisible()
    dialog.done(7)
    assert await answer == 7


async def test_a_dialog_that_is_destroyed_counts_as_rejected() -> None:
    dialog = QDialog()
    answer = asyncio.ensure_future(opened(dialog))
    await asyncio.sleep(0)
    dialog.deleteLater()
    assert await answer == int(QDialog.DialogCode.Rejected)


async def test_who_stops_waiting_closes_the_dialog() -> None:
    dialog = QDialog()
    answer = asyncio.ensure_future(opened(dialog))
    await asyncio.sleep(0)
    answer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answer
    assert not dialog.isVisible()


@pytest.mark.parametrize(("button", "agreed"), [("questionAction", True), ("questionCancel", False)])
async def test_a_question_answers_with_its_button(button: str, agreed: bool) -> None:
    answer = asyncio.ensure_future(confirm(None, "Forget it?", "<b>The key</b>", action="Forget the key"))
    question = await question_on_screen()
    action = question.findChild(QPushButton, "questionAction")
    assert action.text() == "Forget the key"
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in question.findChildren(QLabel))
    question.findChild(QPushButton, button).click()
    assert await answer is agreed


@pytest.mark.parametrize(("dangerous", "agreed"), [(True, False), (False, True)])
async def test_enter_never_does_what_is_dangerous(dangerous: bool, agreed: bool) -> None:
    answer = asyncio.ensure_future(confirm(None, "Send?", "It stays.", action="Send", dangerous=dangerous))
    question = await question_on_screen()
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert await answer is agreed


@pytest.mark.parametrize(("button", "agreed"), [("questionAction", True), ("questionCancel", False)])
@pytest.mark.parametrize("dangerous", [True, False])
async def test_enter_presses_the_button_that_the_user_has_gone_to(
    enter_key: None, dangerous: bool, button: str, agreed: bool
) -> None:
    answer = asyncio.ensure_future(confirm(None, "Send?", "It stays.", action="Send", dangerous=dangerous))
    question = await question_on_screen()
    await until(question.isActiveWindow)
    chosen = question.findChild(QPushButton, button)
    chosen.setFocus()
    QTest.keyClick(chosen, Qt.Key.Key_Return)
    assert await answer is agreed


async def test_escape_is_no() -> None:
    answer = asyncio.ensure_future(confirm(None, "Send?", "It stays.", action="Send"))
    QTest.keyClick(await question_on_screen(), Qt.Key.Key_Escape)
    assert await answer is False
