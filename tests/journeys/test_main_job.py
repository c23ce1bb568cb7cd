"""The main job from end to end: what the user sees, and what the sandbox received."""

import json

from fakes.desk import OpenDesk, final_events, press
from fakes.key_strokes import CONTROL, confirm_by_keys, down, hold_on
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from ui.widgets.message_bar import MessageKind


def test_a_job_is_completed_once_its_last_item_is_final_with_exactly_the_previewed_body(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("waiting", pace_seconds=0.3)

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            assert not desk.gate.action.is_ready()
            assert any("pending" in sentence for sentence in desk.blockers())
            dialog = await desk.open_preview()
            assert desk.blockers() == []
            shown = dialog.body.text()
            messages = await desk.send()
            assert messages.kind() is MessageKind.SUCCESS
            assert messages.title() == "Confirmed: the job is completed with errors"
            await desk.close_dialog()
            await until(desk.gate.action.isHidden)
            assert "read-only" in desk.items.subtitle.text()
            events = final_events(sandbox)
            assert [(event["applied"], event["early"]) for event in events] == [(True, False)]
            assert events[0]["body"] == json.loads(shown)

    run(journey())


def test_a_sentence_of_the_gate_leads_to_its_rows(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("waiting", pace_seconds=60)

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await press(desk.gate.blockers[0])
            chosen = [desk.items.model.record(key) for key in desk.items.table.selected_ids()]
            assert {row.item.status for row in chosen if row} == {"pending"}
            assert len(chosen) == 4

    run(journey())


def test_a_pending_job_is_started_and_confirmed(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("pending")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            assert desk.gate.action.text() == "Start job…"
            dialog = await desk.open_preview()
            assert json.loads(dialog.body.text())["event"] == "started"
            messages = await desk.send()
            assert messages.title() == "Confirmed: the job is in progress"
            await desk.close_dialog()
            await until(lambda: not desk.gate.action.is_ready())
            assert desk.gate.action.text() == "Complete…"
            assert sandbox.world.job_body(sandbox.world.job_id)["status"] == "in_progress"
            assert final_events(sandbox) == []

    run(journey())


def test_a_refused_failure_type_keeps_the_draft_and_offers_another_for_one_more_confirmed_send(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all failed")
    sandbox.world.strict = True

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = await desk.open_preview()
            dialog.failure.reason.setPlainText("Kein Beleg wurde gebucht")
            messages = await desk.send()
            assert messages.kind() is MessageKind.ERROR
            assert "failureReasonType" in messages.detail()
            assert dialog.failure.reason.toPlainText() == "Kein Beleg wurde gebucht"
            assert dialog.failure.kind.currentData() == "validation_failure"
            assert dialog.send.text() == "Send once more with 'validation_failure'"
            shown = dialog.body.text()
            messages = await desk.send()
            assert messages.title() == "Confirmed: the job has failed"
            await desk.close_dialog()
            applied = [event["body"] for event in final_events(sandbox) if event["applied"]]
            assert applied == [json.loads(shown)]
            assert applied[0]["failureReason"] == "Kein Beleg wurde gebucht"
            (stored,) = desk.controller.composition.settings.connections()
            assert stored.failure_type == "validation_failure"

    run(journey())


def test_an_item_that_changed_since_the_preview_stops_the_send_until_the_new_preview_is_confirmed(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = await desk.open_preview()
            assert json.loads(dialog.body.text())["event"] == "completed"
            job_id = sandbox.world.job_id
            changed = sandbox.world.item_bodies(job_id)[0]["accountingEntryId"]
            sandbox.act({"act": "settle", "job_id": job_id, "item_ids": [changed], "status": "failed"})
            messages = await desk.send()
            assert messages.kind() is MessageKind.WARNING
            assert messages.title().startswith("Nothing was sent")
            assert "successful before, now failed" in messages.advice()
            assert final_events(sandbox) == []
            shown = dialog.body.text()
            assert json.loads(shown)["event"] == "completed_with_errors"
            messages = await desk.send()
            assert messages.title() == "Confirmed: the job is completed with errors"
            await desk.close_dialog()
            assert [event["body"] for event in final_events(sandbox)] == [json.loads(shown)]

    run(journey())


def test_what_the_user_wrote_is_kept_when_the_job_changed_and_has_failed_still(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all failed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = await desk.open_preview()
            dialog.failure.reason.setPlainText("My own words")
            job_id = sandbox.world.job_id
            changed = sandbox.world.item_bodies(job_id)[0]["accountingEntryId"]
            act = {"act": "settle", "job_id": job_id, "item_ids": [changed], "status": "failed"}
            sandbox.act(act | {"failureReason": "Another reason"})
            messages = await desk.send()
            assert "another failure reason" in messages.advice()
            assert dialog.findChild(QPlainTextEdit, "failureReason").toPlainText() == "My own words"
            assert json.loads(dialog.body.text())["failureReason"] == "My own words"
            await desk.close_dialog()
            assert final_events(sandbox) == []

    run(journey())


def test_keys_alone_complete_a_job(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("all successful")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            desk.window.actions_by_name.act.trigger()
            await until(desk.dialog.cancel.hasFocus)
            QTest.keyClick(desk.dialog.cancel, Qt.Key.Key_Return)
            await until(lambda: desk.view.completion.dialog is None)
            assert final_events(sandbox) == []
            desk.window.activateWindow()
            await until(desk.window.isActiveWindow)
            down(desk.window, Qt.Key.Key_Return, CONTROL)
            await until(desk.dialog.cancel.hasFocus)
            hold_on(desk.dialog.cancel, Qt.Key.Key_Return, CONTROL)
            assert not desk.dialog.is_sending
            confirm_by_keys(desk.dialog)
            await until(lambda: desk.result.title().startswith("Confirmed"))
            assert desk.view.completion.dialog is None
            assert len(final_events(sandbox)) == 1

    run(journey())


def test_another_job_is_chosen_with_its_own_items_and_finished_jobs_stand_behind_the_filter(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            listed = [row.status_word for row in desk.jobs.model.rows()]
            assert set(listed) == {"in progress", "pending"}
            deadlines = [row.job.deadline for row in desk.jobs.model.rows()]
            assert deadlines == sorted(deadlines)
            desk.jobs.list.setCurrentIndex(desk.jobs.model.index(1))
            second = desk.jobs.model.rows()[1].id
            await until(lambda: desk.view.items.snapshot and desk.view.items.snapshot.job.id == second)
            desk.jobs.scope.setCurrentIndex(1)
            await until(lambda: desk.jobs.model.rows() and desk.jobs.model.rows()[0].job.is_finished)
            assert all(row.left.startswith("ended") for row in desk.jobs.model.rows())
            desk.jobs.list.setCurrentIndex(desk.jobs.model.index(0))
            await until(lambda: desk.gate.headline.text() == "This job has ended")
            await until(desk.items.accounting_notice.isVisible)
            assert "once a job has ended" in desk.items.accounting_notice.title()
            assert desk.gate.action.isHidden()

    run(journey())
