"""The window as somebody meets it who hears it: page after page as a screen reader walks them, and what is said
without being asked."""

from pathlib import Path

import pytest
from fakes.desk import Desk, OpenDesk, press
from fakes.qt_loop import Run, until
from fakes.reading_aloud import complaints, heard
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.models.vocabulary import Item
from app.sandbox.faults import Fault
from ui.connections.connection_view import Watching
from ui.outcomes.outcome_dialog import OutcomeDialog
from ui.posting_lists.dialog import PostingsDialog

CALM = Watching(base=60)
SPEAK = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def open_keys(desk: Desk) -> list[object]:
    return [row.key for row in desk.items.model.rows() if row.item.status in (Item.PENDING, Item.IN_PROGRESS)]


async def opened(desk: Desk, kind: type[QDialog], within: QWidget | None = None) -> QDialog:
    def there() -> list[QDialog]:
        return [each for each in (within or desk.window).findChildren(kind) if each.isVisible()]

    await until(there)
    return there()[0]


async def close(dialog: QDialog) -> None:
    dialog.reject()
    await until(lambda: not any(each is dialog for each in QApplication.topLevelWidgets() if each.isVisible()))


def a_list(desk: Desk, folder: Path) -> Path:
    """One row that is posted, one that fits nothing, in letters that can be read in two ways."""
    row = next(row for row in desk.items.model.rows() if row.item.status == Item.PENDING)
    assert row.entry is not None
    known = row.entry.additional_information.reconciliation_id
    path = folder / "Buchungsliste März.csv"
    lines = ("Referenz;Status;Beleg;Meldung", f"{known};gebucht;B-1;", "nobody;Fehler;;Gebühr <b>fehlt</b>")
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def test_on_every_page_a_listener_understands_what_is_said(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            assert complaints(desk.window) == []
            actions = desk.window.actions_by_name
            for action in (actions.settings, actions.connections, actions.log, actions.shortcuts, actions.about):
                action.trigger()
                dialog = await opened(desk, QDialog)
                assert complaints(dialog) == [], action.text()
                await close(dialog)
            desk.items.table.select_ids(open_keys(desk))
            actions.set_outcome.trigger()
            outcome = await opened(desk, OutcomeDialog)
            assert isinstance(outcome, OutcomeDialog)
            assert complaints(outcome) == []
            await press(outcome.failed)
            assert complaints(outcome) == []
            await close(outcome)
            desk.view.lists.import_from(a_list(desk, tmp_path))
            lists = await opened(desk, PostingsDialog)
            assert isinstance(lists, PostingsDialog)
            await until(lambda: lists.is_showing_result() and not lists.busy.is_running())
            for show in (lists.show_result, lists.show_columns, lists.show_file):
                show()
                assert complaints(lists) == []
            await close(lists)

    run(journey())


def test_before_anything_is_stored_the_first_page_is_understood_too(run: Run, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(None, watching=CALM) as desk:
            await until(lambda: not desk.window.panes.isVisible() and not desk.window.welcome.isVisible())
            assert complaints(desk.window) == []

    run(journey())


def test_the_whole_row_and_the_whole_gate_are_a_key_away(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            desk.items.table.select_ids(open_keys(desk)[:1])
            with heard() as told:
                QTest.keyClick(desk.window, Qt.Key.Key_R, SPEAK)
                QTest.keyClick(desk.window, Qt.Key.Key_G, SPEAK)
            assert told == [desk.items.model.sentence_at(desk.items.table.currentIndex()), desk.gate.spoken()]
            assert told[1].startswith("Not yet ready. ")

    run(journey())


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_result_is_said_once_by_its_focus_where_it_has_to_be_read_and_else_by_itself(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, is_lost: bool
) -> None:
    async def journey() -> None:
        sandbox.load("some failed")
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            await desk.open_preview()
            if is_lost:
                sandbox.arm(Fault("final_event", effect="later", effect_after_seconds=600))
            with heard() as told:
                result = await desk.send()
            said_by_itself = [words for words in told if result.title() in words]
            if is_lost:
                await until(result.hasFocus)
                assert said_by_itself == [], "the focus says it already"
            else:
                assert len(said_by_itself) == 1
            spoken = QAccessible.queryAccessibleInterface(result)
            assert result.title() in spoken.text(QAccessible.Text.Name)
            assert spoken.text(QAccessible.Text.Description).split() == result.advice().split()

    run(journey())
