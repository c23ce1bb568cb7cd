"""What never ends leaves the window usable: a dialog that sends can be left, and what became of it is said later."""

from typing import Any

from fakes.desk import OpenDesk, final_events, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from fakes.wire_faults import WireFault, WireFaults
from journeys.test_outcomes_by_hand import draft_posted, drafted_rows, open_keys, open_send
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.completion.evidence import Kind
from app.sandbox.faults import Fault
from ui.common.release_dialog import ReleaseDialog

LEAVE = "Leave it, it is settled later"


def test_an_answer_that_drips_leaves_the_window_usable_and_the_event_is_confirmed_later(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        with WireFaults(sandbox.url) as wire:
            wire.arm(WireFault("final_event", "drip"))
            async with open_desk(wire.url) as desk:
                await desk.read()
                dialog = await desk.open_preview()
                await press(dialog.send)
                await until(lambda: len(final_events(sandbox)) == 1)
                assert dialog.cancel.text() == LEAVE
                await desk.close_dialog()
                assert not desk.gate.action.is_ready()
                assert "on its way to Pleo" in desk.gate.forbidden.text()
                desk.press_key(Qt.Key.Key_F5)
                await desk.read()
                await until(lambda: desk.gate.outcome.title() == "Confirmed: the job is completed with errors")
        assert len(final_events(sandbox)) == 1

    run(journey())


def test_a_server_that_is_dead_after_the_event_leaves_the_window_usable_and_nothing_is_sent_before_it_is_known(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        with WireFaults(sandbox.url) as wire:
            wire.arm(WireFault("final_event", "silence_before"))
            async with open_desk(wire.url) as desk:
                await desk.read()
                dialog = await desk.open_preview()
                await press(dialog.send)
                await until(lambda: wire.is_spent)
                wire.close_door()
                await desk.close_dialog()
                await until(lambda: desk.gate.outcome.title() == "Not known yet whether Pleo has the event")
                assert "Signoff keeps asking" in desk.gate.outcome.advice()
                wire.open_door()
                desk.press_key(Qt.Key.Key_F5)
                await until(lambda: desk.gate.outcome.title() == "Pleo does not have the event")
                assert final_events(sandbox) == []
                await desk.open_preview()
                messages = await desk.send()
                assert messages.title() == "Confirmed: the job is completed with errors"
                await desk.close_dialog()
        assert len(final_events(sandbox)) == 1

    run(journey())


def test_before_the_wait_is_over_an_unchanged_job_is_asked_for_again_and_no_event_is_sent(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")
    sandbox.arm(Fault("final_event", status=503, headers={"Retry-After": "0"}))

    async def journey() -> None:
        async with open_desk(sandbox.url, settle_seconds=600) as desk:
            await desk.read()
            await desk.open_preview()
            messages = await desk.send()
            assert messages.title() == "Not known yet whether Pleo has the event"
            await desk.close_dialog()
            places: Any = sandbox.received()["places"]
            reads = places["read_job"]
            await until(lambda: sandbox.received()["places"]["read_job"] > reads + 2)
            await desk.open_preview()
            messages = await desk.send()
            assert messages.title() == "Not known yet whether Pleo has the event"
            await desk.close_dialog()
        assert len(final_events(sandbox)) == 1

    run(journey())


def test_an_event_that_stays_unknown_is_released_by_somebody_who_looked_in_pleo(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")
    sandbox.arm(Fault("final_event", effect="none"))

    async def journey() -> None:
        async with open_desk(sandbox.url, release_seconds=0) as desk:
            await desk.read()
            await desk.open_preview()
            await desk.send()
            await desk.close_dialog()
            await until(lambda: _action(desk.gate, "Release…") is not None)
            await press(_action(desk.gate, "Release…"))
            await until(lambda: desk.window.findChild(ReleaseDialog) is not None)
            dialog = desk.window.findChild(ReleaseDialog)
            assert not dialog.confirm.isEnabled()
            dialog.by.setText("Ann Holm")
            dialog.saw.setPlainText("The job is in progress")
            await press(dialog.confirm)
            await until(lambda: desk.gate.outcome.title() == "Released: somebody looked in Pleo")
            rows = await desk.controller.composition.journal.rows()
            assert '"by":"Ann Holm","saw":"The job is in progress"' in rows[-1].content
            assert rows[-1].kind == Kind.JUDGED
            await desk.open_preview()
            messages = await desk.send()
            assert messages.title() == "Confirmed: the job is completed with errors"
            await desk.close_dialog()
        assert len(final_events(sandbox)) == 2

    run(journey())


def _action(gate: Any, words: str) -> Any:
    return next((each for each in gate.outcome.findChildren(QPushButton) if each.text() == words), None)


def test_outcomes_whose_answer_drips_can_be_left_and_are_settled_later(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        with WireFaults(sandbox.url) as wire:
            wire.arm(WireFault("item_update", "drip"))
            async with open_desk(wire.url) as desk:
                await desk.read()
                await draft_posted(desk, open_keys(desk))
                dialog = await open_send(desk)
                await press(dialog.send)
                await until(lambda: sandbox.received()["item_updates"])
                assert dialog.leave.text() == LEAVE
                await press(dialog.leave)
                await until(lambda: desk.view.drafting.sending.dialog is None)
                desk.press_key(Qt.Key.Key_F5)
                await until(lambda: drafted_rows(desk) == [])
                await until(lambda: desk.window.messages.title() == "3 outcomes confirmed by Pleo")
            updates: Any = sandbox.received()["item_updates"]
            assert len(updates) == 1

    run(journey())


def test_outcomes_that_are_unknown_stay_drafted_are_said_in_the_gate_and_settled_by_asking_again(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await draft_posted(desk, open_keys(desk))
            sandbox.arm(Fault("item_update", effect="later", effect_after_seconds=600))
            dialog = await open_send(desk)
            await press(dialog.send)
            await until(dialog.messages.title)
            await press(dialog.cancel)
            section = desk.view.drafting.section
            await until(section.unknown.isVisible)
            assert "3 outcomes" in section.unknown.text()
            assert len(drafted_rows(desk)) == 3
            sandbox.world.advance(600)
            await until(lambda: not section.unknown.isVisible())
            await until(lambda: drafted_rows(desk) == [])
            updates: Any = sandbox.received()["item_updates"]
            assert len(updates) == 1

    run(journey())
