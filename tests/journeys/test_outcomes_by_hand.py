"""Outcomes by hand from end to end: drafted, undone, sent, read back, and the event that follows from them."""

import json
from pathlib import Path
from typing import Any

from fakes.desk import Desk, OpenDesk, final_events, press
from fakes.key_strokes import confirm_by_keys
from fakes.qt_loop import Run, at_rest, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.completion.evidence import DRAFTED, ITEM_UPDATE
from app.models.vocabulary import FailureType, Item
from app.sandbox.faults import Fault
from app.settings.connections import ConnectionId
from app.settings.failure_wordings import WordingsFile
from ui.outcomes.outcome_dialog import OutcomeDialog
from ui.outcomes.send_dialog import SendDialog
from ui.widgets.message_bar import MessageKind

NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
OPEN = (Item.PENDING, Item.IN_PROGRESS)


def key(widget: QWidget | None, pressed: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    assert widget is not None
    QTest.keyClick(widget, pressed, modifier)


def open_keys(desk: Desk) -> list[object]:
    return [row.key for row in desk.items.model.rows() if row.item.status in OPEN]


def statuses(sandbox: RunningSandbox) -> set[Any]:
    return {item["status"] for item in sandbox.world.item_bodies(sandbox.world.job_id)}


def drafted_rows(desk: Desk) -> list[str]:
    return [row.status_sentence for row in desk.items.model.rows() if row.draft]


async def in_front(window: QWidget) -> None:
    """What a window manager does once a dialog has gone."""
    window.activateWindow()
    await until(window.isActiveWindow)


def ask(desk: Desk, keys: list[object]) -> OutcomeDialog:
    desk.items.table.select_ids(keys)
    desk.window.actions_by_name.set_outcome.trigger()
    dialog = desk.view.drafting.outcome.dialog
    assert dialog is not None
    return dialog


async def draft_posted(desk: Desk, keys: list[object], note: str = "Seen in the ledger") -> None:
    dialog = ask(desk, keys)
    await press(dialog.successful)
    dialog.note.setText(note)
    await press(dialog.draft)
    await until(lambda: desk.view.drafting.outcome.dialog is None)
    await until(lambda: len(drafted_rows(desk)) >= len(keys))


async def open_send(desk: Desk) -> SendDialog:
    await until(desk.view.drafting.section.send.isVisible)
    await press(desk.view.drafting.section.send)
    await until(lambda: desk.view.drafting.sending.dialog is not None)
    dialog = desk.view.drafting.sending.dialog
    assert dialog is not None
    return dialog


async def send(desk: Desk) -> SendDialog:
    dialog = await open_send(desk)
    await press(dialog.send)
    await until(dialog.messages.title)
    return dialog


async def close(desk: Desk, dialog: SendDialog) -> None:
    await press(dialog.cancel)
    await until(lambda: desk.view.drafting.sending.dialog is None)


async def complete(desk: Desk) -> None:
    dialog = await desk.open_preview()
    shown = dialog.body.text()
    await until(lambda: "Set by people" in dict(dialog.summary.lines()))
    lines = dict(dialog.summary.lines())
    assert " by hand by " in lines["Set by people"]
    assert {"Posted", "Failed", "Last read", "Expires"} <= set(lines)
    messages = await desk.send()
    assert messages.kind() is MessageKind.SUCCESS
    assert json.loads(shown)["event"] == "completed_with_errors"
    await desk.close_dialog()


def test_open_items_are_settled_by_hand_and_the_event_follows(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            first, *others = open_keys(desk)
            dialog = ask(desk, [first])
            await press(dialog.failed)
            dialog.failure_fields.choose_type(FailureType("tag_unknown"))
            dialog.note.setText("Asked the client")
            await press(dialog.draft)
            await until(lambda: drafted_rows(desk) == ["Pending → failed (draft)"])
            await draft_posted(desk, others)
            section = desk.view.drafting.section
            await until(lambda: section.drafted.sentence() == "3 drafted, not sent")
            would_be = "Once they are sent, it would be completed with errors"
            await until(lambda: section.event_words.text() == would_be)
            assert not desk.gate.action.is_ready()
            assert final_events(sandbox) == []
            shown = await open_send(desk)
            assert "2 items: " in shown.changes.text() or "1 item: " in shown.changes.text()
            assert [row.draft.note for row in shown.model.rows()].count("Seen in the ledger") == 2
            await close(desk, shown)
            sent = await send(desk)
            assert sent.messages.kind() is MessageKind.SUCCESS
            assert sent.messages.title() == "3 outcomes confirmed by Pleo"
            await close(desk, sent)
            await until(desk.gate.action.is_ready)
            assert statuses(sandbox) == {"successful", "failed"}
            await until(section.isHidden)
            await complete(desk)
            applied = [event for event in final_events(sandbox) if event["applied"]]
            assert [event["body"]["event"] for event in applied] == ["completed_with_errors"]

    run(journey())


def test_keys_alone_settle_send_and_complete(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await in_front(desk.window)
            key(desk.window, Qt.Key.Key_F, CONTROL)
            QTest.keyClicks(desk.items.search, "status:pending")
            await until(lambda: desk.items.model.rowCount() == 2)
            key(desk.items.search, Qt.Key.Key_Escape)
            key(desk.items.table, Qt.Key.Key_A, CONTROL)
            key(desk.window, Qt.Key.Key_M, CONTROL)
            dialog = desk.view.drafting.outcome.dialog
            assert dialog is not None
            await until(dialog.isActiveWindow)
            assert dialog.only_open.isChecked()
            assert dialog.draft.text() == "Draft 3 outcomes"
            key(dialog, Qt.Key.Key_P, ALT)
            await until(dialog.successful.isChecked)
            key(dialog, Qt.Key.Key_N, ALT)
            QTest.keyClicks(dialog.focusWidget(), "All three are in the ledger")
            key(dialog, Qt.Key.Key_Return, CONTROL)
            await until(lambda: len(drafted_rows(desk)) == 3)
            await in_front(desk.window)
            key(desk.window, Qt.Key.Key_Return, CONTROL | SHIFT)
            await until(lambda: desk.view.drafting.sending.dialog is not None)
            sending = desk.view.drafting.sending.dialog
            assert sending is not None
            await until(sending.isActiveWindow)
            assert " · export job of " in sending.job.text()
            confirm_by_keys(sending)
            await until(sending.messages.title)
            key(sending, Qt.Key.Key_Escape)
            await until(desk.gate.action.is_ready)
            await in_front(desk.window)
            key(desk.window, Qt.Key.Key_Return, CONTROL)
            await until(desk.dialog.isActiveWindow)
            confirm_by_keys(desk.dialog)
            await until(lambda: desk.result.title().startswith("Confirmed"))
            assert len(final_events(sandbox)) == 1

    run(journey())


def test_drafts_are_there_again_after_a_restart_and_leave_when_pleo_shows_them(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            keys = open_keys(desk)
            await draft_posted(desk, keys)
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await until(lambda: len(drafted_rows(desk)) == 3)
            assert not desk.window.actions_by_name.undo.isEnabled()
            assert statuses(sandbox) > {"pending"}
            sandbox.act({"act": "settle", "job_id": sandbox.world.job_id})
            desk.window.actions_by_name.read_again.trigger()
            await until(lambda: drafted_rows(desk) == [])
            await until(desk.view.drafting.section.isHidden)
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await until(desk.gate.action.is_ready)
            assert drafted_rows(desk) == []

    run(journey())


def test_undo_and_redo_name_the_step_and_take_it_back_whole(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            undo, redo = desk.window.actions_by_name.undo, desk.window.actions_by_name.redo
            assert (undo.isEnabled(), redo.isEnabled()) == (False, False)
            await draft_posted(desk, open_keys(desk))
            await until(lambda: undo.text() == "&Undo: Mark 3 items as posted")
            order = [row.key for row in desk.items.model.shown_rows()]
            await in_front(desk.window)
            QTest.keyClick(desk.window, Qt.Key.Key_Z, CONTROL)
            await until(lambda: drafted_rows(desk) == [])
            assert not undo.isEnabled()
            assert redo.text() == "&Redo: Mark 3 items as posted"
            assert not any(row.draft for row in desk.items.model.rows())
            QTest.keyClick(desk.window, Qt.Key.Key_Z, CONTROL | SHIFT)
            await until(lambda: len(drafted_rows(desk)) == 3)
            desk.items.table.select_ids([open_keys(desk)[0]])
            desk.items.table.setFocus()
            QTest.keyClick(desk.items.table, Qt.Key.Key_Delete)
            await until(lambda: len(drafted_rows(desk)) == 2)
            assert undo.text() == "&Undo: Discard the drafts of 1 item"
            assert [row.key for row in desk.items.model.shown_rows()] == order

    run(journey())


def test_the_drafts_are_found_by_their_chip_and_by_the_search(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await draft_posted(desk, open_keys(desk))
            assert desk.items.drafted.text() == "3 drafted"
            await press(desk.items.drafted)
            await until(lambda: desk.items.model.rowCount() == 3)
            assert "drafts" in desk.window.rows_shown.text()
            desk.window.actions_by_name.show_all.trigger()
            desk.items.search.setText("draft pending")
            await until(lambda: desk.items.model.rowCount() == 2)
            await until(desk.view.drafting.section.drafted.isVisible)
            await press(desk.view.drafting.section.drafted)
            assert len(desk.items.table.selected_ids()) == 3
            assert desk.items.search.text() == ""

    run(journey())


def test_refused_rows_stay_drafted_and_say_what_pleo_said(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            keys = open_keys(desk)
            first: Any = keys[0]
            sandbox.act({"act": "refuse_item", "item_id": first[0], "message": "The entry is locked."})
            await draft_posted(desk, keys)
            sent = await send(desk)
            assert sent.messages.kind() is MessageKind.WARNING
            assert sent.messages.title() == "1 of 3 outcomes was refused, 2 are confirmed"
            assert "The entry is locked." in sent.messages.detail()
            assert sent.model.rows()[0].fate.startswith("Refused: The entry is locked.")
            assert [row.after for row in sent.model.rows()] == ["Refused: posted", "Posted", "Posted"]
            assert not sent.send.isVisible()
            await close(desk, sent)
            await until(lambda: drafted_rows(desk) == ["Pending → posted (draft, refused by Pleo)"])
            await until(desk.view.drafting.section.refused.isVisible)
            await press(desk.view.drafting.section.refused)
            assert desk.items.table.selected_ids() == [first]
            assert "The entry is locked." in desk.items.detail.text()
            assert not desk.gate.action.is_ready()

    run(journey())


def test_an_item_that_changed_since_it_was_shown_is_not_overwritten(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            keys = open_keys(desk)
            first: Any = keys[0]
            await draft_posted(desk, keys)
            dialog = await open_send(desk)
            job_id = sandbox.world.job_id
            sandbox.act({"act": "settle", "job_id": job_id, "item_ids": [first[0]], "status": "failed"})
            await press(dialog.send)
            await until(dialog.messages.title)
            assert "no longer as it was shown" in dialog.messages.advice()
            assert statuses(sandbox) == {"successful", "failed"}
            await close(desk, dialog)
            await until(lambda: drafted_rows(desk) == ["Failed → posted (draft)"])

    run(journey())


def test_a_job_that_ends_before_the_drafts_are_sent_keeps_them_and_says_so(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await draft_posted(desk, open_keys(desk))
            dialog = await open_send(desk)
            sandbox.act({"act": "expire", "job_id": sandbox.world.job_id})
            await press(dialog.send)
            await until(dialog.messages.title)
            assert dialog.messages.kind() is MessageKind.ERROR
            await close(desk, dialog)
            section = desk.view.drafting.section
            await until(lambda: "job has ended" in section.event_note.text())
            assert len(drafted_rows(desk)) == 3
            assert section.send.isHidden()
            assert not desk.window.actions_by_name.set_outcome.isEnabled()
            await press(section.discard)
            await press(desk.window, "questionAction")
            await until(lambda: drafted_rows(desk) == [])

    run(journey())


def test_a_send_that_met_silence_stays_true_and_sends_nothing_twice(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await draft_posted(desk, open_keys(desk))
            sandbox.arm(Fault("item_update", status=500, effect="applied"))
            sent = await send(desk)
            assert sent.messages.title() == "3 outcomes confirmed by Pleo"
            await close(desk, sent)
            await until(lambda: drafted_rows(desk) == [])
            updates: Any = sandbox.received()["item_updates"]
            assert len(updates) == 1

    run(journey())


def test_a_cause_is_decided_at_one_stroke_from_its_card(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            panel = desk.view.review_panel
            await until(lambda: bool(panel.cause_buttons))
            card = panel.cause_buttons[0]
            assert panel.set_outcome.isHidden()
            card.click()
            panel.set_outcome.click()
            dialog = desk.view.drafting.outcome.dialog
            assert dialog is not None
            count = len(card.card.item_ids)
            assert dialog.draft.text() == f"Draft {count} outcomes"
            assert dialog.failed.isChecked()
            assert dialog.failure_fields.failure_type() == "account_unknown"
            assert card.card.title in dialog.cause.text()
            await until(lambda: "SEK" in dialog.concerned_words.text() or "EUR" in dialog.concerned_words.text())
            dialog.failure_fields.reason.setPlainText("Konto {account_code} är stängt")
            dialog.note.setText("One decision for all")
            await press(dialog.draft)
            await until(lambda: len(drafted_rows(desk)) == count)
            reasons = {row.draft.outcome.failure_reason for row in desk.items.model.rows() if row.draft}
            assert reasons == {"Konto 4980 är stängt"}
            undo = desk.window.actions_by_name.undo
            await until(lambda: undo.text() == f"&Undo: Mark {count} items as failed")
            own, _ = WordingsFile(tmp_path / "data", ConnectionId("acme")).read()
            assert own.of(FailureType("account_unknown")) == ("Konto {account_code} är stängt",)

    run(journey())


def test_four_eyes_asks_for_a_second_person_and_writes_both_names_down(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, four_eyes=True) as desk:
            await desk.read()
            dialog = ask(desk, open_keys(desk))
            await press(dialog.successful)
            dialog.note.setText("Seen in the ledger")
            assert dialog.person.text() == "", "a user name of the system would pass for somebody else"
            dialog.person.setText("Ann Berg")
            await press(dialog.draft)
            await until(lambda: len(drafted_rows(desk)) == 3)
            await close(desk, await send(desk))
            preview = await desk.open_preview()
            await until(preview.second.isVisible)
            assert "Ann Berg" in preview.second.title.text()
            assert not preview.send.isEnabled()
            preview.second.name.setText("ann  BERG")
            assert not preview.send.isEnabled()
            assert "Somebody else" in preview.second.fault.text()
            preview.second.name.setText("Bo Dahl")
            messages = await desk.send()
            assert messages.kind() is MessageKind.SUCCESS
            await desk.close_dialog()
            assert len(final_events(sandbox)) == 1
            rows = await desk.controller.composition.journal.intentions(sandbox.world.job_id)
            update, event = (json.loads(row.content) for row in rows)
            assert update["what"] == ITEM_UPDATE
            assert [said["by"] for said in update[DRAFTED]] == ["Ann Berg"]
            assert (event["drafted_by"], event["confirmed_by"]) == (["Ann Berg"], "Bo Dahl")

    run(journey())


def test_four_eyes_that_held_when_outcomes_were_reported_hold_though_they_were_unticked_since(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, four_eyes=True) as desk:
            await desk.read()
            dialog = ask(desk, open_keys(desk))
            await press(dialog.successful)
            dialog.note.setText("Seen in the ledger")
            dialog.person.setText("Ann Berg")
            await press(dialog.draft)
            await until(lambda: len(drafted_rows(desk)) == 3)
            await close(desk, await send(desk))
        async with open_desk(sandbox.url, four_eyes=False) as desk:
            await desk.read()
            preview = await desk.open_preview()
            await until(preview.second.isVisible)
            preview.second.name.setText("\u0410nn Berg")  # with a Cyrillic letter
            assert not preview.send.isEnabled()
            assert "Somebody else" in preview.second.fault.text()
            preview.second.name.setText("Bo Dahl")
            await desk.send()
            await desk.close_dialog()
            assert len(final_events(sandbox)) == 1

    run(journey())


def test_a_job_that_asked_for_four_eyes_proposes_no_user_name_though_they_were_unticked_since(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, four_eyes=True) as desk:
            await desk.read()
            dialog = ask(desk, open_keys(desk)[:1])
            await press(dialog.successful)
            dialog.note.setText("Seen in the ledger")
            dialog.person.setText("Ann Berg")
            await press(dialog.draft)
            await until(lambda: len(drafted_rows(desk)) == 1)
            await close(desk, await send(desk))
            desk.view.drafting.outcome.remember_person("")
        async with open_desk(sandbox.url, four_eyes=False) as desk:
            await desk.read()
            await at_rest(desk.view.drafting.four_eyes)
            dialog = ask(desk, open_keys(desk))
            await press(dialog.successful)
            dialog.note.setText("Seen in the ledger")
            assert dialog.person.text() == "", "a user name of the system would pass for somebody else"
            assert not dialog.draft.isEnabled()
            dialog.reject()
            await until(lambda: desk.view.drafting.outcome.dialog is None)
            desk.window.actions_by_name.import_results.trigger()
            listed = desk.view.lists.results.dialog
            assert listed is not None
            assert listed.person.isVisible()
            assert listed.person.text() == ""
            listed.reject()
            await until(lambda: desk.view.lists.results.dialog is None)

    run(journey())


def test_a_job_without_four_eyes_proposes_the_user_of_this_machine_and_a_list_asks_for_no_name(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await at_rest(desk.view.drafting.four_eyes)
            dialog = ask(desk, open_keys(desk))
            services = desk.controller.manager.on_screen.services
            assert services is not None
            assert dialog.person.text() == services.user != ""
            dialog.reject()
            await until(lambda: desk.view.drafting.outcome.dialog is None)
            desk.window.actions_by_name.import_results.trigger()
            listed = desk.view.lists.results.dialog
            assert listed is not None
            assert not listed.person.isVisible()
            listed.reject()
            await until(lambda: desk.view.lists.results.dialog is None)

    run(journey())


def test_pausing_sends_no_further_request_and_going_on_sends_the_rest_once(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("large", size=250)

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            keys = [row.key for row in desk.items.model.rows()]
            dialog = ask(desk, keys)
            dialog.only_open.setChecked(False)
            await press(dialog.failed)
            dialog.failure_fields.choose_type(FailureType("validation_failure"))
            dialog.failure_fields.reason.setPlainText("Not posted")
            dialog.note.setText("A trial")
            await press(dialog.draft)
            await until(lambda: len(drafted_rows(desk)) == 250)
            sending = await open_send(desk)
            assert sending.exact.place.text() == "Request 1 of 3"
            pause = sending.progress.valueChanged.connect(lambda done: sending.pause.click() if done == 100 else None)
            await press(sending.send)
            await until(sending.messages.title)
            assert sending.messages.title() == "Stopped. 100 outcomes confirmed by Pleo"
            assert sending.send.text() == "Send the other 150"
            updates: Any = sandbox.received()["item_updates"]
            assert len(updates) == 1
            sending.progress.disconnect(pause)
            sending.messages.clear()
            await press(sending.send)
            await until(sending.messages.title)
            assert sending.messages.title() == "150 outcomes confirmed by Pleo"
            await close(desk, sending)
            updates = sandbox.received()["item_updates"]
            assert [len(update["applied"]) for update in updates] == [100, 100, 50]
            await until(lambda: drafted_rows(desk) == [])

    run(journey())


def test_closing_the_window_while_outcomes_are_on_their_way_waits_and_keeps_the_rest(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("large", size=250)

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = ask(desk, [row.key for row in desk.items.model.rows()])
            dialog.only_open.setChecked(False)
            await press(dialog.failed)
            dialog.failure_fields.choose_type(FailureType("validation_failure"))
            dialog.note.setText("A trial")
            await press(dialog.draft)
            await until(lambda: len(drafted_rows(desk)) == 250)
            sending = await open_send(desk)
            sending.progress.valueChanged.connect(lambda done: desk.window.close() if done == 100 else None)
            await press(sending.send)
            await until(lambda: desk.controller.view is None)
        updates: Any = sandbox.received()["item_updates"]
        arrived = sum(len(update["applied"]) for update in updates)
        assert 0 < arrived < 250
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await until(lambda: len(drafted_rows(desk)) == 250 - arrived)

    run(journey())


def test_a_job_that_is_about_to_expire_is_given_time_by_sending_what_is_drafted(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("expiring")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            assert desk.gate.expiry.text().endswith("Each outcome that is reported gives it 60 minutes again.")
            assert not desk.gate.more_time.isVisible()
            before = desk.view.items.snapshot
            assert before is not None
            await draft_posted(desk, open_keys(desk)[:1])
            await press(desk.gate.more_time)
            await until(lambda: desk.view.drafting.sending.dialog is not None)
            dialog = desk.view.drafting.sending.dialog
            assert dialog is not None
            await press(dialog.send)
            await until(dialog.messages.title)
            await close(desk, dialog)
            await until(lambda: not desk.view.items.is_reading)
            after = desk.view.items.snapshot
            assert after is not None
            assert (after.job.deadline - before.job.deadline).total_seconds() > 50 * 60
            assert not desk.gate.more_time.isVisible()

    run(journey())
