"""What the user sees when the way to Pleo, or Pleo itself, is in trouble; and that an event is never sent twice."""

import asyncio
from pathlib import Path

from fakes.desk import OpenDesk, final_events, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from fakes.wire_faults import WireFault, WireFaults
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from shiboken6 import delete

from app.composition.compose import compose
from app.sandbox.faults import Fault
from app.settings.credentials import SessionCredentials
from ui.connections.app_controller import AppController
from ui.connections.connection_view import Watching
from ui.shell.main_window import MainWindow
from ui.widgets.message_bar import MessageKind


def test_an_answer_that_was_lost_is_confirmed_by_reading_back_and_the_event_is_sent_once(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        with WireFaults(sandbox.url) as wire:
            wire.arm(WireFault("final_event", "reset_after"))
            async with open_desk(wire.url) as desk:
                await desk.read()
                await desk.open_preview()
                messages = await desk.send()
                assert messages.title() == "Confirmed: the job is completed with errors"
                await desk.close_dialog()
        assert len(final_events(sandbox)) == 1

    run(journey())


def test_an_event_that_pleo_accepted_and_does_not_show_is_unknown_until_it_shows(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")
    sandbox.arm(Fault("final_event", effect="later", effect_after_seconds=600))

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await desk.open_preview()
            messages = await desk.send()
            assert messages.title() == "Not known yet whether Pleo has the event"
            assert messages.kind() is MessageKind.WARNING
            await desk.close_dialog()
            assert "Signoff keeps asking" in desk.gate.outcome.advice()
            sandbox.world.advance(600)
            await until(lambda: desk.gate.outcome.title() == "Confirmed: the job is completed")
            await until(desk.gate.action.isHidden)
        assert len(final_events(sandbox)) == 1

    run(journey())


def test_while_pleo_is_away_the_last_good_data_stays_and_is_marked_as_old(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        with WireFaults(sandbox.url) as wire:
            async with open_desk(wire.url) as desk:
                await desk.read()
                wire.close_door()
                desk.press_key(Qt.Key.Key_F5)
                await until(desk.items.messages.isVisible)
                await until(desk.jobs.troubles.isVisible)
                (trouble,) = desk.jobs.troubles.bars().values()
                assert trouble.title() == "Acme: Pleo cannot be reached."
                assert desk.items.model.rowCount() == 42
                assert desk.items.messages.title().startswith("Old: this is the job as read at")
                assert "old: read" in desk.items.subtitle.text()
                assert desk.jobs.stamp.text().startswith("Old: read")
                assert desk.items.messages.advice().startswith("Check the network")
                await press(desk.items.messages, "messageDetails")
                await press(desk.items.messages, "messageCopy")
                assert "GET /v3/export-jobs" in QGuiApplication.clipboard().text()
                wire.open_door()
                desk.press_key(Qt.Key.Key_F5)
                await until(lambda: not desk.items.messages.isVisible() and not desk.jobs.troubles.isVisible())
                assert "old" not in desk.items.subtitle.text()
                assert desk.jobs.stamp.text().startswith("Read")

    run(journey())


def test_details_that_are_open_stay_open_while_reading_fails_again(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        with WireFaults(sandbox.url) as wire:
            async with open_desk(wire.url) as desk:
                await desk.read()
                wire.close_door()
                await until(desk.items.messages.isVisible)
                fold = desk.items.messages.findChild(QPushButton, "messageDetails")
                fold.click()
                for _ in range(2):
                    await until(lambda: desk.view.items.is_reading)
                    await until(lambda: not desk.view.items.is_reading)
                assert fold.isChecked()

    run(journey())


def test_a_job_that_somebody_else_ended_is_read_only_without_an_attempt(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            job_id = sandbox.world.job_id
            sandbox.act({"act": "event", "body": {"event": "completed", "jobId": job_id}})
            await until(desk.gate.action.isHidden)
            assert desk.gate.headline.text() == "This job has ended"
            assert final_events(sandbox) == []

    run(journey())


def test_a_job_that_somebody_else_ends_just_before_the_event_is_overtaken(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")
    job_id = sandbox.world.job_id
    ending = {"act": "event", "body": {"event": "completed_with_errors", "jobId": job_id}}
    sandbox.arm(Fault("final_event", effect="applied", first=ending))

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await desk.open_preview()
            messages = await desk.send()
            assert messages.title().startswith("Overtaken")
            await desk.close_dialog()
            await until(desk.gate.action.isHidden)
            assert len(final_events(sandbox)) == 1

    run(journey())


def test_a_wrong_key_is_said_in_place_and_the_right_one_leads_to_the_jobs(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(None) as desk:
            await press(desk.window, "connectToPleo")
            dialog = desk.controller.connections.editor.dialog
            assert dialog is not None
            dialog.environment.setCurrentIndex(2)
            dialog.base_url.setText(sandbox.url)
            QTest.keyClicks(dialog.secret, "wrong-key")
            await press(dialog.save_button)
            await until(dialog.messages.isVisible)
            assert dialog.messages.kind() is MessageKind.ERROR
            assert "does not accept the credential" in dialog.messages.title()
            assert desk.controller.composition.settings.connections() == ()
            dialog.secret.clear()
            QTest.keyClicks(dialog.secret, "right-key")
            await press(dialog.save_button)
            await desk.read()
            assert desk.items.model.rowCount() == 42
            assert dialog.messages.title() == "Connected"
            await press(dialog.cancel_button)
            await until(lambda: desk.controller.connections.editor.dialog is None)

    run(journey())


def test_closing_waits_for_an_event_that_is_on_its_way(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("all successful")
    sandbox.arm(Fault("final_event", effect="applied", answer_after_seconds=0.2))

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = await desk.open_preview()
            await press(dialog.send)
            await until(lambda: dialog.is_sending)
            dialog.close()
            assert dialog.isVisible()
            desk.window.close()
            await until(lambda: desk.window.findChild(QDialog, "question"))
            assert desk.window.isVisible()
            await until(lambda: not desk.window.isVisible())
        assert len(final_events(sandbox)) == 1

    run(journey())


def test_who_insists_closes_while_an_event_is_on_its_way(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")
    sandbox.arm(Fault("final_event", effect="applied", answer_after_seconds=0.3))

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = await desk.open_preview()
            await press(dialog.send)
            await until(lambda: dialog.is_sending)
            desk.window.close()
            await until(lambda: desk.window.findChild(QDialog, "question"))
            await press(desk.window, "questionAction")
            await until(lambda: not desk.window.isVisible())

    run(journey())


def test_a_list_that_is_read_again_keeps_what_is_chosen_and_where_it_is_scrolled(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("waiting", pace_seconds=0.15)

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=Watching(base=0.05, for_each_request=0)) as desk:
            await desk.read()
            desk.window.resize(1280, 480)
            table = desk.items.table
            last = desk.items.model.id_at(desk.items.model.index(11, 0))
            table.select_ids([last])
            scrolled = table.verticalScrollBar().value()
            assert scrolled > 0
            await until(desk.gate.action.is_ready)
            assert table.selected_ids() == [last]
            assert table.verticalScrollBar().value() == scrolled

    run(journey())


def test_after_another_connection_the_keys_speak_to_it_alone(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=Watching(base=60)) as desk:
            await desk.read()
            before = desk.view
            desk.controller.connections.changed.emit()
            await until(lambda: desk.controller.view not in (None, before))
            await desk.read()
            sandbox.load("mixed")
            desk.press_key(Qt.Key.Key_F5)
            await until(lambda: desk.view.items.is_reading)
            await desk.read()
            places = sandbox.received()["places"]
            assert isinstance(places, dict)
            assert places["list_jobs"] == 1
            desk.window.actions_by_name.copy_with_headers.trigger()
            assert QGuiApplication.clipboard().text().startswith("Status\t")

    run(journey())


def test_while_an_attempt_is_unknown_no_other_event_is_sent_and_the_dialog_says_whose_outcome_it_shows(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")
    sandbox.arm(Fault("final_event", effect="none"))

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await desk.open_preview()
            await desk.send()
            await desk.close_dialog()
            job_id = sandbox.world.job_id
            changed = sandbox.world.item_bodies(job_id)[0]["accountingEntryId"]
            sandbox.act({"act": "settle", "job_id": job_id, "item_ids": [changed], "status": "failed"})
            await until(lambda: desk.gate.event_words.text() == "completed with errors")
            dialog = await desk.open_preview()
            messages = await desk.send()
            assert messages.title() == "Not known yet whether Pleo has the event"
            assert "earlier attempt to send 'completed'" in messages.advice()
            assert dialog.exact.fold.text() == "What was not sent"
            await desk.close_dialog()
            assert [event["body"]["event"] for event in final_events(sandbox)] == ["completed"]

    run(journey())


def test_a_sandbox_that_does_not_exist_is_said_in_the_window(qapp: QApplication, run: Run, tmp_path: Path) -> None:
    async def journey() -> None:
        window = MainWindow()
        window.show()
        composition = compose(folder=tmp_path / "data", credentials=SessionCredentials(), environment={})
        running = asyncio.ensure_future(AppController(window, composition).run("no such scenario"))
        await until(window.messages.isVisible)
        assert "no such scenario" in window.messages.title()
        assert window.welcome.isVisible()
        window.close()
        await running
        delete(window)

    run(journey())
