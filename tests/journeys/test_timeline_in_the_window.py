"""What happened to a job, in the window: also after a restart, of a job that has ended, and without a network."""

from fakes.builders import NINE
from fakes.desk import Desk, OpenDesk
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.completion.timeline import Happened
from app.models.draft import Draft
from app.models.item_outcome import ItemOutcome
from app.models.vocabulary import OPEN_ITEM, EntryId, Item
from app.outcomes.drafts import MARK_POSTED
from app.settings.connections import ConnectionId
from ui.completion.timeline_dialog import TimelineDialog

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


async def opened(desk: Desk) -> TimelineDialog:
    desk.window.activateWindow()
    await until(desk.window.isActiveWindow)
    QTest.keyClick(desk.window, Qt.Key.Key_T, CONTROL_SHIFT)
    await until(lambda: desk.controller.timeline.dialog is not None)
    dialog = desk.controller.timeline.dialog
    assert dialog is not None
    return dialog


def kinds(dialog: TimelineDialog) -> list[Happened]:
    return [row.entry.kind for row in dialog.model.rows()]


async def report(desk: Desk, ids: list[EntryId]) -> None:
    services, snapshot = desk.controller.manager.on_screen.services, desk.view.items.snapshot
    assert services is not None
    assert snapshot is not None
    drafts = [Draft(ItemOutcome(each, Item.SUCCESSFUL), "Ann Berg", NINE, "Seen in the ledger") for each in ids]
    await services.drafts.put(snapshot.job.id, drafts, MARK_POSTED)
    await services.drafts.send(snapshot, drafts, lambda *_: None)


ENDED = [Happened.DECIDED, Happened.SENT, Happened.ANSWERED, Happened.READ_BACK, Happened.CONFIRMED]


def without_reads(dialog: TimelineDialog) -> list[Happened]:
    return [kind for kind in kinds(dialog) if kind is not Happened.READ]


def test_a_completed_job_is_told_at_once_and_after_a_restart(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = await opened(desk)
            await until(dialog.note.text)
            assert kinds(dialog) == []
            dialog.close_button.click()
            assert desk.controller.timeline.dialog is None
            await desk.open_preview()
            await desk.send()
            dialog = await opened(desk)
            await until(dialog.model.rowCount)
            assert without_reads(dialog) == ENDED
        async with open_desk(sandbox.url) as desk:
            desk.window.actions_by_name.scopes[1].trigger()
            await until(desk.jobs.model.rowCount)
            desk.jobs.list.setCurrentIndex(desk.jobs.model.index(0))
            await desk.read()
            dialog = await opened(desk)
            await until(dialog.model.rowCount)
            assert without_reads(dialog) == ENDED
            assert "export job of" in dialog.job.text()

    run(journey())


def test_of_the_chosen_item_alone_it_tells_by_whom_it_was_set(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            rows = [row for row in desk.items.model.rows() if row.item.status in OPEN_ITEM]
            await report(desk, [row.item.accounting_entry_id for row in rows])
            desk.items.table.select_ids([rows[0].key])
            dialog = await opened(desk)
            await until(dialog.model.rowCount)
            drafted = dialog.model.rows()[1].entry
            assert (drafted.kind, drafted.who, len(drafted.items)) == (Happened.DRAFTED, "Ann Berg", len(rows))
            assert "Note: Seen in the ledger" in drafted.words
            dialog.scope.setCurrentIndex(1)
            await until(lambda: Happened.READ not in kinds(dialog))
            entry = dialog.model.rows()[0].entry
            assert (entry.who, list(entry.items)) == ("Ann Berg", [rows[0].item.accounting_entry_id])

    run(journey())


def test_without_a_job_it_is_said_what_to_do(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("empty")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await until(lambda: desk.controller.manager.services_of(ConnectionId("acme")) is not None)
            QTest.keyClick(desk.window, Qt.Key.Key_T, CONTROL_SHIFT)
            await until(desk.window.messages.title)
            assert desk.window.messages.title() == "Choose a job first."
            assert desk.controller.timeline.dialog is None

    run(journey())


def test_in_the_programs_own_sandbox_it_is_of_that_ones_journal(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            desk.controller.connect_sandbox("some failed")
            await until(lambda: "Sandbox" in desk.window.banner.text() and desk.controller.view is not None)
            await desk.read()
            await desk.open_preview()
            await desk.send()
            dialog = await opened(desk)
            await until(dialog.model.rowCount)
            assert without_reads(dialog) == ENDED
            assert "no evidence" in dialog.messages.title()

    run(journey())
