"""From a job that is completed to the next one: by how many strokes of the keyboard, and what is said on the way."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

from fakes.desk import Desk, OpenDesk, final_events, press
from fakes.key_strokes import CONTROL, confirm_by_keys, down, hold_on
from fakes.qt_loop import Run, until
from fakes.reading_aloud import heard
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip, QWidget

from app.sandbox.faults import Fault
from app.storage.journal.store import FILE_NAME
from ui.completion.preview_dialog import PreviewDialog
from ui.widgets.confirm_keys import READING_SECONDS
from ui.widgets.message_bar import MessageKind

SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


class Keyboard:
    """All keys of a journey go through it, and are counted; those held beside another are no strokes of their own."""

    def __init__(self) -> None:
        self.strokes = 0

    def press(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
        self.strokes += 1
        QTest.keyClick(widget, key, modifier)


async def chosen_ready(desk: Desk) -> int:
    """Chooses the first job that can be completed, and answers its place in the list."""
    await until(lambda: any(row.can_be_completed for row in desk.jobs.model.rows()))
    place = next(place for place, row in enumerate(desk.jobs.model.rows()) if row.can_be_completed)
    desk.jobs.list.setCurrentIndex(desk.jobs.model.index(place))
    await desk.read()
    await until(desk.gate.action.is_ready)
    return place


async def at_keys(desk: Desk) -> None:
    desk.window.activateWindow()
    await until(desk.window.isActiveWindow)


def test_completing_a_ready_job_and_standing_on_the_next_takes_three_strokes_at_most(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            place = await chosen_ready(desk)
            rows = [row for row in desk.jobs.model.rows() if not row.job.is_finished]
            done, following = rows[place], (*rows[place + 1 :], *rows[:place])[0]
            await at_keys(desk)
            keyboard = Keyboard()
            with heard() as said:
                keyboard.press(desk.window, Qt.Key.Key_Return)
                await until(lambda: desk.view.completion.dialog is not None)
                await until(desk.dialog.cancel.hasFocus)
                desk.dialog.confirm_keys.clock = lambda: monotonic() + READING_SECONDS
                keyboard.press(desk.dialog, Qt.Key.Key_Return)
                await until(lambda: desk.jobs.list.currentIndex().isValid() and desk.result.title())
                await until(lambda: desk.view.items.is_at_rest and desk.view.items.snapshot.job.id == following.id)
                # Offscreen, nobody makes the window active again: where its keys go is known all the same.
                await until(lambda: desk.window.focusWidget() is desk.items.table)
            assert keyboard.strokes <= 3
            assert desk.view.completion.dialog is None
            assert desk.result.isVisible()
            assert desk.result.kind() is MessageKind.SUCCESS
            assert desk.result.title().startswith("Confirmed: the job ")
            assert done.company in desk.result.advice()
            assert len([words for words in said if words.startswith("Confirmed")]) == 1
            assert [event["body"]["jobId"] for event in final_events(sandbox)] == [done.id]

    run(journey())


def test_a_held_key_goes_on_to_the_next_job_but_neither_confirms_nor_opens_it(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await chosen_ready(desk)
            await at_keys(desk)
            down(desk.window, Qt.Key.Key_Return, CONTROL)
            await until(lambda: desk.view.completion.dialog is not None)
            await until(desk.dialog.cancel.hasFocus)
            hold_on(desk.dialog, Qt.Key.Key_Return, CONTROL)
            assert not desk.dialog.is_sending
            confirm_by_keys(desk.dialog)
            await until(desk.result.title)
            await desk.read()
            hold_on(desk.window, Qt.Key.Key_Return, CONTROL)
            QTest.keyClick(desk.window, Qt.Key.Key_Return, CONTROL)
            assert desk.view.completion.dialog is None
            assert len(final_events(sandbox)) == 1

    run(journey())


def test_a_key_opens_no_job_in_the_moment_it_comes_on_screen_however_long_it_was_read(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")
    for job_id in sandbox.world.jobs:
        if sandbox.world.job_body(job_id)["status"] == "in_progress":
            sandbox.act({"act": "settle", "job_id": job_id})

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await chosen_ready(desk)
            await at_keys(desk)
            done = desk.view.items.snapshot.job.id
            for job_id in sandbox.world.jobs:
                if job_id != done:
                    slowly = READING_SECONDS + 0.2
                    sandbox.arm(Fault("read_items", effect="applied", answer_after_seconds=slowly, job_id=job_id))
            await desk.open_preview()
            await desk.send()
            await until(lambda: desk.view.items.snapshot is not None and desk.view.items.snapshot.job.id != done)
            await at_keys(desk)
            await until(desk.gate.action.is_ready)
            QTest.keyClick(desk.window, Qt.Key.Key_Return, CONTROL)
            assert desk.view.completion.dialog is None
            await until(lambda: monotonic() >= desk.view.completion._keys_from)
            QTest.keyClick(desk.window, Qt.Key.Key_Return, CONTROL)
            await until(lambda: desk.view.completion.dialog is not None)
            await desk.close_dialog()
            assert len(final_events(sandbox)) == 1

    run(journey())


def test_details_show_what_was_sent_and_what_came_of_it(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("all successful")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = await desk.open_preview()
            sent = dialog.body.text()
            await desk.send()
            assert desk.result.advice().endswith("No other job of the list needs anybody.")
            await press(desk.result, "message-action-result-details")
            # The dialog that was closed may not have been deleted yet.
            (details,) = (each for each in desk.window.findChildren(PreviewDialog) if each.isVisible())
            assert details.messages.title() == "Confirmed: the job is completed"
            assert "read-only from now on" in details.messages.advice()
            assert details.body.text() == sent
            assert details.exact.fold.text() == "Exactly what was sent"
            await press(details.cancel)
            await until(lambda: not desk.window.findChildren(PreviewDialog))

    run(journey())


def test_what_has_to_be_read_stays_a_dialog(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    """An item turned between the last read and the event's arrival: confirmed, and yet not as it was shown."""
    sandbox.load("all successful")
    job_id = sandbox.world.job_id
    turned = sandbox.world.item_bodies(job_id)[0]["accountingEntryId"]
    turns = {"act": "settle", "job_id": job_id, "item_ids": [turned], "status": "failed"}
    sandbox.arm(Fault("final_event", effect="applied", first=turns))

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = await desk.open_preview()
            messages = await desk.send()
            assert messages is dialog.messages
            assert messages.title().startswith("Confirmed: the job is completed, but Pleo's items now imply")
            assert dialog.isVisible()
            assert not desk.result.isVisible()
            await desk.close_dialog()

    run(journey())


def test_what_the_journal_does_not_hold_of_a_confirmed_event_is_said_where_it_is_read(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    sandbox.load("all successful")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await desk.open_preview()
            await desk.controller.composition.journal.append("an attempt", "note", {})
            with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as connection, connection:
                connection.execute(
                    "CREATE TRIGGER no_room BEFORE INSERT ON entry WHEN NEW.kind = 'judged' "
                    "BEGIN SELECT RAISE(ABORT, 'no room'); END"
                )
            messages = await desk.send()
            assert messages is desk.dialog.messages
            assert messages.title() == "Confirmed: the job is completed"
            assert messages.advice().endswith(
                "The journal cannot be written: no room. The outcome above is true, but the journal does not hold all "
                "of it."
            )
            assert not desk.result.isVisible()
            await desk.close_dialog()

    run(journey())


def test_next_job_and_next_ready_job_go_by_the_list_and_say_where_there_is_none(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await until(lambda: all(row.counts is not None for row in desk.jobs.model.rows()))
            keys = [row.key for row in desk.jobs.model.rows()]
            await at_keys(desk)
            start = keys.index(desk.controller.manager.jobs.choice.chosen)
            for step in range(1, len(keys) + 1):
                QTest.keyClick(desk.window, Qt.Key.Key_J, SHIFT)
                wanted = keys[(start + step) % len(keys)]
                await until(lambda wanted=wanted: desk.controller.manager.on_screen.shows(wanted))
                await desk.read()
            ready = {row.key for row in desk.jobs.model.rows() if row.can_be_completed}
            for _ in ready:
                QTest.keyClick(desk.window, Qt.Key.Key_D, SHIFT)
                assert desk.controller.manager.jobs.choice.chosen in ready
                await desk.read()

    run(journey())


def test_without_another_job_the_keys_say_so(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("mixed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            desk.window.actions_by_name.next_job.trigger()
            assert desk.window.messages.title() == "No other job of the list needs anybody."
            desk.window.actions_by_name.next_ready_job.trigger()
            assert desk.window.messages.title() == "No other job of the list is ready to be completed."

    run(journey())


def test_a_key_or_a_button_that_is_not_ready_says_the_first_reason(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("mixed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await at_keys(desk)
            QTest.keyClick(desk.window, Qt.Key.Key_Return, CONTROL)
            assert desk.window.messages.title() == "2 items are still pending."
            desk.window.messages.clear()
            QTest.mouseClick(desk.gate.action, Qt.MouseButton.LeftButton)
            assert "Not possible yet: 2 items are still pending" in QToolTip.text()
            QTest.keyClick(desk.window, Qt.Key.Key_Return, SHIFT)
            assert desk.window.messages.title() == "No outcome is drafted."
            desk.items.table.selectAll()
            desk.items.table.setFocus()
            QTest.keyClick(desk.items.table, Qt.Key.Key_C, CONTROL)
            assert desk.window.statusBar().currentMessage() == "42 rows copied"

    run(journey())


def test_an_older_job_of_the_company_is_said_before_anything_is_sent_and_can_be_gone_to(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            rows = desk.jobs.model.rows
            await until(lambda: any(row.is_ready and row.waits for row in rows()))
            waiting = next(row for row in rows() if row.is_ready and row.waits)
            assert waiting.brief == "waits"
            desk.controller.manager.on_screen.go_to(waiting.key)
            await desk.read()
            assert desk.gate.headline.text() == "Ready, but an older job comes first"
            dialog = await desk.open_preview()
            assert dialog.older.title().startswith("Complete the job of ")
            assert dialog.send.text().endswith(" anyway")
            await press(dialog.older, "message-action-go-to-older")
            await until(lambda: not desk.controller.manager.on_screen.shows(waiting.key))
            await desk.read()
            assert desk.view.completion.dialog is None
            older = desk.view.items.snapshot
            assert older is not None
            assert older.job.company_id == waiting.job.company_id
            assert older.job.created_at < waiting.job.created_at
            assert final_events(sandbox) == []

    run(journey())


def test_what_is_confirmed_is_known_as_ended_at_the_next_start_without_pleo(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    """The next job came on screen before the one that ended was read again."""
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await chosen_ready(desk)
            chosen = desk.controller.manager.jobs.choice.chosen
            assert chosen is not None
            services = desk.controller.manager.services_of(chosen.connection_id)
            assert services is not None
            await desk.open_preview()
            await desk.send()
            await desk.read()
            known = {each.job.id: each.job for each in await services.history.remembered_jobs()}
            assert known[chosen.job_id].is_finished

    run(journey())
