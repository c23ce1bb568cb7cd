"""The accounting system's own list from end to end: dropped, matched, accepted, sent, and the event that follows."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fakes.desk import Desk, OpenDesk, final_events, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest

from app.completion.evidence import DRAFTED, Kind
from app.models.vocabulary import Item
from app.sandbox.faults import Fault
from ui.items.view_model import ItemRow
from ui.posting_lists.dialog import PostingsDialog
from ui.widgets.message_bar import MessageKind

OPEN = (Item.PENDING, Item.IN_PROGRESS)
COPY, BUTTON, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def open_rows(desk: Desk) -> list[ItemRow]:
    return [row for row in desk.items.model.rows() if row.item.status in OPEN]


def reconciliation_id(row: ItemRow) -> str:
    assert row.entry is not None
    return row.entry.additional_information.reconciliation_id


def a_german_list(desk: Desk, folder: Path) -> Path:
    """All open items: the first is refused, the others are posted."""
    refused, *posted = open_rows(desk)
    lines = ["Referenz;Status;Beleg;Meldung"]
    lines.append(f"{reconciliation_id(refused)};Fehler;;Konto 4980 ist im Kontenplan nicht angelegt")
    lines += [f"{reconciliation_id(row)};gebucht;B-{number};" for number, row in enumerate(posted, 1001)]
    path = folder / "Buchungsliste März.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def drop(desk: Desk, path: Path) -> bool:
    """As the desktop does it; whether the window takes it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    entering = QDragEnterEvent(QPointF(400, 300).toPoint(), COPY, mime, BUTTON, NONE)
    entering.ignore()
    desk.window.dragEnterEvent(entering)
    if entering.isAccepted():
        desk.window.dropEvent(QDropEvent(QPointF(400, 300), COPY, mime, BUTTON, NONE))
    return entering.isAccepted()


async def matched(desk: Desk) -> PostingsDialog:
    dialog = desk.view.lists.results.dialog
    assert dialog is not None
    await until(lambda: dialog.is_showing_result() and dialog.draft.isEnabled())
    return dialog


async def accept(desk: Desk, dialog: PostingsDialog, count: int) -> None:
    await press(dialog.draft)
    await until(lambda: len([row for row in desk.items.model.rows() if row.draft]) == count)
    assert desk.view.lists.results.dialog is None


async def send(desk: Desk) -> None:
    drafting = desk.view.drafting
    await until(drafting.section.send.isVisible)
    await press(drafting.section.send)
    await until(lambda: drafting.sending.dialog is not None)
    dialog = drafting.sending.dialog
    assert dialog is not None
    await press(dialog.send)
    await until(dialog.messages.title)
    assert dialog.messages.kind() is MessageKind.SUCCESS
    await press(dialog.cancel)
    await until(lambda: drafting.sending.dialog is None)


async def intentions(desk: Desk, what: str) -> list[Any]:
    rows = await desk.controller.composition.journal.rows()
    contents = [json.loads(row.content) for row in rows if row.kind == Kind.INTENDED]
    return [content for content in contents if content["what"] == what]


def test_a_dropped_list_settles_what_is_open_and_the_event_follows_once(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            path = a_german_list(desk, tmp_path)
            assert drop(desk, path)
            dialog = await matched(desk)
            assert dialog.draft.text() == "Draft 3 outcomes"
            assert not [row for row in desk.items.model.rows() if row.draft], "nothing is drafted before it is accepted"
            await accept(desk, dialog, 3)
            assert desk.window.actions_by_name.undo.text().endswith(f"Take the outcomes of 3 items from {path.name}")
            await send(desk)
            await until(desk.gate.action.is_ready)
            bodies = {each["accountingEntryId"]: each for each in sandbox.world.item_bodies(sandbox.world.job_id)}
            assert {each["status"] for each in bodies.values()} == {"successful", "failed"}
            assert "Konto 4980 ist im Kontenplan nicht angelegt" in {
                each.get("failureReason") for each in bodies.values()
            }
            await desk.open_preview()
            messages = await desk.send()
            assert messages.title() == "Confirmed: the job is completed with errors"
            await desk.close_dialog()
            assert [event["applied"] for event in final_events(sandbox)] == [True]
            (kept,) = await intentions(desk, "item_update")
            fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
            (said,) = kept[DRAFTED]
            assert (said["file"], said["sha256"]) == (path.name, fingerprint)
            assert sorted(said["rows"].values()) == [2, 3, 4]

    run(journey())


def test_a_list_replaces_no_draft_that_was_made_by_hand_unless_the_user_takes_its_row(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            first = open_rows(desk)[0]
            desk.items.table.select_ids([first.key])
            desk.window.actions_by_name.set_outcome.trigger()
            asked = desk.view.drafting.outcome.dialog
            assert asked is not None
            asked.successful.click()
            asked.success_fields.number.setText("MY-HAND-1")
            asked.note.setText("Seen in the ledger")
            await press(asked.draft)
            await until(lambda: desk.view.drafting.drafts.book.drafts)
            assert drop(desk, a_german_list(desk, tmp_path))
            dialog = await matched(desk)
            assert dialog.draft.text() == "Draft 2 outcomes"
            assert dialog.found.note.text() == (
                "You drafted this as successful, MY-HAND-1. Taking this row replaces that."
            )
            await accept(desk, dialog, 3)
            kept = desk.view.drafting.drafts.book.drafts[first.item.accounting_entry_id]
            assert kept.outcome.external_id == "MY-HAND-1"

    run(journey())


def test_a_list_is_opened_matched_and_accepted_by_keys_alone(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            path = a_german_list(desk, tmp_path)
            desk.window.activateWindow()
            await until(desk.window.isActiveWindow)
            QTest.keyClick(desk.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
            dialog = desk.view.lists.results.dialog
            assert dialog is not None
            await until(dialog.isActiveWindow)
            assert dialog.focusWidget() is dialog.choose_button
            desk.view.lists.results.open_file(path)  # the desktop's own dialog is not ours to test
            await matched(desk)
            QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            await until(lambda: len([row for row in desk.items.model.rows() if row.draft]) == 3)
            await until(lambda: desk.view.lists.results.dialog is None)

    run(journey())


def test_what_was_taken_from_a_list_is_taken_back_in_one_step(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            drop(desk, a_german_list(desk, tmp_path))
            await accept(desk, await matched(desk), 3)
            desk.window.actions_by_name.undo.trigger()
            await until(lambda: not [row for row in desk.items.model.rows() if row.draft])

    run(journey())


@pytest.mark.parametrize("name", ["open.xlsx", "open.csv"])
def test_open_items_go_to_a_colleague_and_come_back_with_outcomes(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            desk.window.actions_by_name.export_open_items.trigger()
            chooser = desk.view.lists.open_items.dialog
            assert chooser is not None
            chooser.fileSelected.emit(str(path))
            chooser.reject()
            await until(lambda: desk.window.messages.title() == f"3 open items written to {name}.")
            _filled_in(path)
            assert drop(desk, path)
            dialog = await matched(desk)
            await accept(desk, dialog, 3)
            assert {row.draft.outcome.status for row in desk.items.model.rows() if row.draft} == {"successful"}

    run(journey())


def _filled_in(path: Path) -> None:
    """As a colleague does it in a spreadsheet: posted, with a voucher number."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            dialect = csv.Sniffer().sniff(file.readline())
            file.seek(0)
            head, *lines = csv.reader(file, dialect)
        for line in lines[:3]:
            line[head.index("Status")], line[head.index("Voucher")] = "posted", "V-1"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, dialect).writerows([head, *lines])
        return
    book = openpyxl.load_workbook(path)
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    for row in range(2, 5):
        sheet.cell(row, head.index("Status") + 1).value = "posted"
        sheet.cell(row, head.index("Voucher") + 1).value = f"V-{row}"
    book.save(path)


def test_a_list_that_is_dropped_before_amounts_were_read_is_not_opened_and_the_window_says_why(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    sandbox.arm(Fault("read_export_items", answer_after_seconds=1))

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await until(lambda: desk.window.takes_files)
            actions, path = desk.window.actions_by_name, tmp_path / "list.csv"
            path.write_text(f"Entry id;Status\n{open_rows(desk)[0].item.accounting_entry_id};posted\n")
            for action in (actions.import_results, actions.export_open_items):
                assert not action.isEnabled()
                assert action.toolTip() == "Amounts and suppliers have not been read yet"
            assert drop(desk, path)
            assert desk.view.lists.results.dialog is None
            assert desk.window.messages.title() == (
                "Amounts and suppliers have not been read yet, so the list was not opened."
            )
            await desk.read()
            assert not desk.window.messages.isVisible()
            assert actions.import_results.isEnabled()
            assert "have not been read" not in actions.import_results.toolTip()
            assert drop(desk, path)
            assert not (await matched(desk)).accounting_notice.isVisible()

    run(journey())


def test_where_pleo_gives_no_accounting_data_a_list_is_opened_and_the_dialog_says_what_that_means(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    sandbox.arm(Fault("read_export_items", status=400, times=9))

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            path = tmp_path / "list.csv"
            path.write_text(f"Entry id;Status\n{open_rows(desk)[0].item.accounting_entry_id};posted\n")
            assert drop(desk, path)
            notice = (await matched(desk)).accounting_notice
            sandbox.world.disarm()
            assert notice.title().startswith("Amounts and suppliers could not be read.")
            assert notice.advice() == "The list's amounts cannot be compared with Pleo's."

    run(journey())


def test_a_job_that_has_ended_takes_no_list(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    sandbox.load("completed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await until(desk.jobs.empty.isVisible)
            assert not desk.window.actions_by_name.import_results.isEnabled()
            desk.jobs.scope.setCurrentIndex(1)
            await desk.read()
            assert not desk.window.actions_by_name.import_results.isEnabled()
            assert not desk.window.actions_by_name.export_open_items.isEnabled()
            path = tmp_path / "list.csv"
            path.write_text("Reference;Status\nR-1;posted\n")
            assert not drop(desk, path)

    run(journey())


def test_with_four_eyes_who_drafts_a_list_gives_a_name_and_cannot_confirm_under_it(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, four_eyes=True) as desk:
            await desk.read()
            assert drop(desk, a_german_list(desk, tmp_path))
            dialog = desk.view.lists.results.dialog
            assert dialog is not None
            assert dialog.person.text() == "", "a user name of the system would pass for somebody else"
            dialog.person.setText("Ann Müller")
            await accept(desk, await matched(desk), 3)
            assert {row.draft.drafted_by for row in desk.items.model.rows() if row.draft} == {"Ann Müller"}
            assert desk.view.drafting.outcome.person == "Ann Müller"
            await send(desk)
            preview = await desk.open_preview()
            await until(preview.second.isVisible)
            preview.second.name.setText("Ann Mu\u0308ller")
            assert not preview.send.isEnabled()
            preview.second.name.setText("Bo Dahl")
            assert preview.send.isEnabled()
            await desk.close_dialog()

    run(journey())


def test_without_four_eyes_a_list_is_drafted_under_the_name_that_was_given_last(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            desk.view.drafting.outcome.remember_person("Ann Müller")
            assert drop(desk, a_german_list(desk, tmp_path))
            await accept(desk, await matched(desk), 3)
            assert {row.draft.drafted_by for row in desk.items.model.rows() if row.draft} == {"Ann Müller"}

    run(journey())
