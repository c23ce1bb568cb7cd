"""A journal that is gone, in the real window: the dialog says what was found, and asks who looked in Pleo."""

import json
from typing import Any

from fakes import tampering
from fakes.desk import Desk, OpenDesk, final_events, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from journeys.test_outcomes_by_hand import draft_posted, open_keys, open_send
from PySide6.QtWidgets import QPushButton, QWidget

from app.models.journal_row import CONFIRMED
from ui.common.release_dialog import JOURNAL_CONFIRMED, JournalDoubtDialog
from ui.widgets.message_bar import MessageBar

SAW = "The job is in progress, and nothing was sent for it"


def looked_button(messages: MessageBar) -> QPushButton | None:
    return messages.findChild(QPushButton, "message-action-looked-in-pleo")


async def confirm(dialog: QWidget, messages: MessageBar) -> None:
    """As somebody who has looked in Pleo does."""
    button = looked_button(messages)
    assert button is not None
    await press(button)
    await until(lambda: dialog.findChild(JournalDoubtDialog) is not None)
    asked = dialog.findChild(JournalDoubtDialog)
    assert asked is not None
    assert "The journal is gone" in asked.consequence.text()
    assert not asked.confirm.isEnabled()
    asked.by.setText("Ann Holm")
    asked.saw.setPlainText(SAW)
    await press(asked.confirm)
    await until(lambda: messages.title() == JOURNAL_CONFIRMED)


async def row_of_confirmation(desk: Desk) -> Any:
    rows = await desk.controller.composition.journal.rows()
    (row,) = [row for row in rows if row.kind == CONFIRMED]
    return json.loads(row.content)


def folder_of(desk: Desk) -> Any:
    return desk.controller.composition.settings.folder


async def complete_one_job(desk: Desk) -> None:
    await desk.read()
    await desk.open_preview()
    await desk.send()
    await desk.close_dialog()


def test_an_event_is_sent_once_somebody_who_looked_in_pleo_has_confirmed_the_journal(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        sandbox.load("all successful")
        async with open_desk(sandbox.url) as desk:
            await complete_one_job(desk)
            tampering.delete(folder_of(desk))
        sandbox.load("some failed")
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            dialog = await desk.open_preview()
            messages = await desk.send()
            assert messages.title() == "Nothing was sent"
            assert "The journal is gone: it ended with row" in messages.advice()
            assert not dialog.send.isEnabled()
            assert final_events(sandbox) == []
            await confirm(dialog, messages)
            assert dialog.send.isEnabled()
            assert final_events(sandbox) == []
            messages = await desk.send()
            assert messages.title() == "Confirmed: the job is completed with errors"
            said = await row_of_confirmation(desk)
            assert (said["by"], said["saw"]) == ("Ann Holm", SAW)
            assert said["found"].startswith("The journal is gone")
            await desk.close_dialog()
        assert len(final_events(sandbox)) == 1

    run(journey())


def test_outcomes_are_sent_once_somebody_who_looked_in_pleo_has_confirmed_the_journal(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        sandbox.load("all successful")
        async with open_desk(sandbox.url) as desk:
            await complete_one_job(desk)
            tampering.delete(folder_of(desk))
        sandbox.load("waiting", pace_seconds=10_000)
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await draft_posted(desk, open_keys(desk)[:1])
            dialog = await open_send(desk)
            await press(dialog.send)
            await until(lambda: dialog.messages.title() == "Nothing was sent")
            assert "The journal is gone" in dialog.messages.advice()
            assert not dialog.send.isEnabled()
            assert sandbox.received()["places"].get("item_update", 0) == 0
            await confirm(dialog, dialog.messages)
            await press(dialog.send)
            await until(lambda: "1 outcome" in dialog.messages.title())
            assert sandbox.received()["places"]["item_update"] == 1
            await press(dialog.cancel)
            await until(lambda: desk.view.drafting.sending.dialog is None)

    run(journey())
