"""The main job by somebody who reads German, for people at Pleo who do: what is shown is German, what is sent and kept
is the same as in English but for the reasons that those people read."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fakes.desk import Desk, OpenDesk, final_events, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox

from app.completion.evidence import Kind
from app.messages import speak, spoken_language
from app.models.vocabulary import Item
from app.platform.languages import language_of
from ui.widgets.message_bar import MessageKind


@contextmanager
def speaking(code: str) -> Iterator[None]:
    before = spoken_language()
    speak(language_of(code))
    try:
        yield
    finally:
        speak(before)


def a_german_list(desk: Desk, path: Path) -> Path:
    """All open items: the first is refused, the others are posted."""
    rows = [row for row in desk.items.model.rows() if row.item.status in (Item.PENDING, Item.IN_PROGRESS)]
    ids = [row.entry.additional_information.reconciliation_id for row in rows if row.entry]
    lines = ["Referenz;Status;Beleg;Meldung", f"{ids[0]};Fehler;;Konto 4980 ist nicht angelegt"]
    lines += [f"{each};gebucht;B-{number};" for number, each in enumerate(ids[1:], 1001)]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


async def settle_by(desk: Desk, path: Path) -> None:
    """Reads the list, takes what it says, and sends it."""
    desk.view.lists.import_from(path)
    dialog = desk.view.lists.results.dialog
    assert dialog is not None
    await until(lambda: dialog.is_showing_result() and dialog.draft.isEnabled())
    await press(dialog.draft)
    drafting = desk.view.drafting
    await until(drafting.section.send.isVisible)
    await press(drafting.section.send)
    await until(lambda: drafting.sending.dialog is not None)
    sending = drafting.sending.dialog
    assert sending is not None
    await press(sending.send)
    await until(sending.messages.title)
    assert sending.messages.kind() is MessageKind.SUCCESS
    await press(sending.cancel)
    await until(desk.gate.action.is_ready)


async def bodies_sent(desk: Desk) -> list[object]:
    rows = await desk.controller.composition.journal.rows()
    contents = [json.loads(row.content) for row in rows if row.kind == Kind.INTENDED]
    return [
        json.loads(content["body"]) if isinstance(content["body"], str) else content["body"] for content in contents
    ]


def test_a_list_is_read_sent_and_the_job_completed_in_german_with_the_bodies_of_english(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def main_job() -> tuple[list[str], list[object]]:
        sandbox.load("mixed")
        async with open_desk(sandbox.url, readers_language="de") as desk:
            await desk.read()
            shown = [desk.gate.headline.text()]
            await settle_by(desk, a_german_list(desk, tmp_path / "Buchungsliste.csv"))
            dialog = await desk.open_preview()
            shown.append(dialog.windowTitle())
            messages = await desk.send()
            shown.append(messages.title())
            await desk.close_dialog()
            assert [event["applied"] for event in final_events(sandbox)] == [True]
            bodies = await bodies_sent(desk)
        shutil.rmtree(tmp_path / "data")
        return shown, bodies

    english, sent_in_english = run(main_job())
    with speaking("de"):
        german, sent_in_german = run(main_job())
    assert english[2] == "Confirmed: the job is completed with errors"
    assert "Noch nicht bereit" in german[0]
    assert "mit Fehlern abgeschlossen" in german[2]
    assert not set(english) & set(german)
    assert sent_in_german == sent_in_english != []


def test_the_reason_of_a_failed_job_is_in_the_language_of_those_who_read_it(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        sandbox.load("all failed")
        async with open_desk(sandbox.url, readers_language="de") as desk:
            await desk.read()
            await desk.open_preview()
            await desk.send()
            await desk.close_dialog()
            (event,) = final_events(sandbox)
            assert event["body"]["failureReason"].startswith(
                "10 Posten: Die Verbindung zur Buchhaltung ist abgelaufen."
            )
            assert "items" not in event["body"]["failureReason"]

    run(journey())
