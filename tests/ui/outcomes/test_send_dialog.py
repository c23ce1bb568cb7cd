"""Before outcomes are sent: how many, which sums, from what to what, word for word; then how it goes, and what came."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest
from fakes.answers import export_item_json, pair_json
from fakes.builders import an_item, entry_id
from fakes.drafts import a_failure, a_success
from fakes.key_strokes import CONTROL, confirm_by_keys, hold_on
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.models.draft import Draft
from app.models.export_item import ExportItem
from app.models.item_outcome import ItemOutcome
from app.models.page import ItemUpdateError
from app.models.vocabulary import EntryId, Item
from app.outcomes.draft_service import Sent
from app.outcomes.service import UpdateResult
from app.slices import run_to_end
from ui.outcomes.send_dialog import SendDialog
from ui.outcomes.view_model import SendRow, changes_of, fates, send_rows, sent_words
from ui.widgets.message_bar import MessageKind

MARKUP = '<b>bold</b> <a href="https://example.com">here</a>'


def entries(*numbers: int) -> dict[EntryId, ExportItem]:
    rows = [export_item_json(number, amount=pair_json(1000 * (number + 1), "EUR")) for number in numbers]
    return {row["accountingEntryId"]: TypeAdapter(ExportItem).validate_python(row) for row in rows}


def rows_of(drafts: Iterable[Draft], *statuses: str) -> list[SendRow]:
    by_id = {draft.entry_id: draft for draft in drafts}
    items = [an_item(number, status) for number, status in enumerate(statuses)]
    return run_to_end(send_rows(items, entries(*range(len(items))), by_id))


def a_dialog(qtbot: QtBot, rows: list[SendRow]) -> SendDialog:
    dialog = SendDialog("Acme <i>Nordic</i>", rows, run_to_end(changes_of(rows)), ENGLISH)
    qtbot.addWidget(dialog)
    dialog.show_rows(run_to_end(dialog.model.preparation(rows, is_update=False)))
    dialog.show()
    return dialog


def mixed(qtbot: QtBot) -> SendDialog:
    drafts = [a_success(0), a_failure(1), a_success(2), a_success(4)]
    return a_dialog(qtbot, rows_of(drafts, "pending", "pending", "pending", "pending", "failed"))


def test_it_says_how_many_with_which_sums_from_what_to_what(qtbot: QtBot) -> None:
    dialog = mixed(qtbot)
    assert dialog.title.text() == "Send 4 outcomes?"
    assert dialog.send.text() == "Send 4 outcomes"
    assert dialog.changes.text().replace("\N{NO-BREAK SPACE}", " ").splitlines() == [
        "2 items: pending → posted · 40.00 EUR",
        "1 item: failed → posted · 50.00 EUR",
        "1 item: pending → failed · 20.00 EUR",
    ]
    assert "final already" in dialog.final_note.text()


def test_the_table_shows_each_item_as_it_is_and_as_it_would_be(qtbot: QtBot) -> None:
    dialog = mixed(qtbot)
    shown = [dialog.model.texts(row)[1:] for row in range(dialog.model.rowCount())]
    assert shown[1] == ("20.00 EUR", "Pending", "Failed", "Account 4980 is closed", "Asked the client")
    assert shown[3] == ("50.00 EUR", "Failed", "Posted", "JE-1", "Seen in the ledger")
    assert len(shown) == 4


def test_the_table_keeps_qts_rules(qtbot: QtBot) -> None:
    dialog = mixed(qtbot)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog.model)
    dialog.model.sort(2)
    dialog.model.set_rows(list(dialog.model.rows())[:2])
    assert dialog.model.rowCount() == 2


def test_what_is_shown_is_what_is_sent(qtbot: QtBot) -> None:
    dialog = mixed(qtbot)
    dialog.exact.fold.click()
    body = json.loads(dialog.exact.body.text())
    with qtbot.waitSignal(dialog.send_requested) as wished:
        dialog.send.click()
    (drafts,) = wished.args
    assert [draft.outcome.as_dict() for draft in drafts] == body
    assert len(body) == 4


def test_the_exact_text_is_folded_and_shown_request_by_request(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, rows_of([a_success(number) for number in range(250)], *["pending"] * 250))
    assert not dialog.exact.body.isVisible()
    dialog.exact.fold.click()
    assert dialog.exact.of.text() == "of 3"
    sizes = []
    for place in (1, 2, 3):
        dialog.exact.place.setValue(place)
        sizes.append(len(json.loads(dialog.exact.body.text())))
    assert sizes == [100, 100, 50]


def test_a_single_request_needs_no_number(qtbot: QtBot) -> None:
    dialog = mixed(qtbot)
    dialog.exact.fold.click()
    assert not dialog.exact.place.isVisible()


def test_enter_presses_the_button_that_the_user_has_gone_to_and_sends_from_nowhere_else(
    qtbot: QtBot, enter_key: None
) -> None:
    dialog = mixed(qtbot)
    sent: list[object] = []
    dialog.send_requested.connect(sent.append)
    qtbot.waitUntil(dialog.cancel.hasFocus)
    for elsewhere in (dialog.table, dialog):
        elsewhere.setFocus()
        qtbot.keyClick(elsewhere, Qt.Key.Key_Return)
        assert (sent, dialog.isVisible()) == ([], True)
    dialog.send.setFocus()
    qtbot.keyClick(dialog.send, Qt.Key.Key_Return)
    assert len(sent) == 1
    dialog = mixed(qtbot)
    qtbot.waitUntil(dialog.cancel.hasFocus)
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_control_and_enter_send_once_they_were_let_go_and_the_dialog_was_read(qtbot: QtBot, enter_key: None) -> None:
    dialog = mixed(qtbot)
    sent: list[object] = []
    dialog.send_requested.connect(sent.append)
    qtbot.waitUntil(dialog.cancel.hasFocus)
    hold_on(dialog.cancel, Qt.Key.Key_Return, CONTROL)
    assert (sent, dialog.isVisible()) == ([], True)
    confirm_by_keys(dialog)
    assert len(sent) == 1


def test_while_it_sends_it_can_be_left_and_before_there_is_nothing_to_leave(qtbot: QtBot) -> None:
    dialog = mixed(qtbot)
    assert not dialog.leave.isVisible()
    dialog.send.click()
    with qtbot.waitSignal(dialog.left):
        dialog.leave.click()
    assert not dialog.isVisible()


def test_while_it_sends_it_stays_and_can_be_paused_or_cancelled(qtbot: QtBot) -> None:
    dialog = mixed(qtbot)
    dialog.send.click()
    dialog.show_progress(100, 250)
    assert dialog.progress_words.text() == "100 of 250 through"
    assert (dialog.progress.value(), dialog.progress.maximum()) == (100, 250)
    dialog.reject()
    dialog.close()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.pause_requested):
        dialog.pause.click()
    assert not dialog.cancel.isEnabled()
    dialog = mixed(qtbot)
    dialog.send.click()
    assert dialog.cancel.text() == "Cancel the rest"
    with qtbot.waitSignal(dialog.cancel_requested):
        dialog.cancel.click()
    assert dialog.isVisible()


def an_outcome(number: int) -> ItemOutcome:
    return ItemOutcome(entry_id(number), Item.SUCCESSFUL)


REFUSED = ItemUpdateError(accounting_entry_id=entry_id(1), type="UPDATE_FAILED", message=MARKUP)
WHOLE = UpdateResult(arrived=[entry_id(0), entry_id(1)])
PARTLY = UpdateResult(
    arrived=[entry_id(0)], refused=[REFUSED], unknown=[an_outcome(2)], not_sent=[an_outcome(3)], changed=[an_outcome(4)]
)


def test_a_whole_success_is_said_in_one_sentence() -> None:
    words = sent_words(Sent(WHOLE))
    assert (words.tone, words.title, words.advice) == ("success", "2 outcomes confirmed by Pleo", "")


def test_every_outcome_that_did_not_arrive_is_counted_with_what_it_means() -> None:
    words = sent_words(Sent(PARTLY))
    assert words.tone == "warning"
    assert words.title == "1 of 5 outcomes was refused, 1 is confirmed"
    assert len(words.advice.splitlines()) == 4
    assert "refused by Pleo" in words.advice
    assert "not known yet" in words.advice
    assert MARKUP in words.details


def test_a_journal_that_does_not_hold_all_of_it_is_said_beside_the_truth() -> None:
    from app.errors import JournalProblem

    result = replace(WHOLE, journal_problem=JournalProblem("The journal cannot be written", advice="Make room."))
    words = sent_words(Sent(result))
    assert words.tone == "warning"
    assert words.title == "2 outcomes confirmed by Pleo"
    assert "The journal cannot be written. Make room." in words.advice


@pytest.mark.parametrize(
    ("refused", "arrived", "lost", "title"),
    [
        (1, 2, 0, "1 of 3 outcomes was refused, 2 are confirmed"),
        (2, 0, 1, "2 of 3 outcomes were refused, none is confirmed"),
        (1, 0, 0, "1 outcome was refused by Pleo"),
        (3, 0, 0, "3 outcomes were refused by Pleo"),
    ],
)
def test_what_pleo_refused_is_said_first(refused: int, arrived: int, lost: int, title: str) -> None:
    came = UpdateResult(arrived=[entry_id(9)] * arrived, refused=[REFUSED] * refused, unknown=[an_outcome(2)] * lost)
    assert sent_words(Sent(came)).title == title


def test_the_titles_of_the_table_are_true_after_the_sending_too(qtbot: QtBot) -> None:
    titles = [column.title for column in mixed(qtbot).model.columns]
    assert titles == ["Supplier", "Amount", "Before", "Outcome", "Details", "Note"]


def test_nothing_that_arrived_is_an_error() -> None:
    assert sent_words(Sent(UpdateResult(not_sent=[an_outcome(1)]))).tone == "error"
    stopped = sent_words(Sent(UpdateResult(arrived=[entry_id(1)], not_sent=[an_outcome(2)], was_stopped=True)))
    assert stopped.title == "Stopped. 1 outcome confirmed by Pleo"


def test_each_row_says_what_became_of_it() -> None:
    told = fates(PARTLY)
    assert told[entry_id(0)] == "Confirmed by Pleo"
    assert told[entry_id(1)] == f"Refused: {MARKUP} (UPDATE_FAILED)"
    assert set(told) == {entry_id(number) for number in range(5)}


@pytest.mark.parametrize("left", [0, 2])
def test_at_the_end_what_is_left_can_be_sent_on_and_else_the_dialog_is_only_read(qtbot: QtBot, left: int) -> None:
    dialog = mixed(qtbot)
    dialog.send.click()
    rows = [replace(row, fate=MARKUP) for row in dialog.model.rows()]
    dialog.show_end(sent_words(Sent(PARTLY)), rows, rows[:left])
    assert dialog.messages.kind() is MessageKind.WARNING
    assert dialog.send.isVisible() == bool(left)
    assert dialog.model.texts(0)[4] == MARKUP
    assert {label.textFormat() for label in dialog.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    if left:
        assert dialog.send.text() == "Send the other 2"
        with qtbot.waitSignal(dialog.send_requested) as wished:
            dialog.send.click()
        assert len(wished.args[0]) == 2
    else:
        dialog.cancel.click()
        assert not dialog.isVisible()


def test_where_nothing_has_left_it_can_be_tried_again_as_it_stands(qtbot: QtBot) -> None:
    dialog = mixed(qtbot)
    dialog.send.click()
    dialog.show_not_sent("Nothing was sent", "Pleo cannot be reached.", "")
    assert dialog.send.isEnabled()
    assert dialog.send.text() == "Send 4 outcomes"
    assert dialog.messages.kind() is MessageKind.ERROR
    with qtbot.waitSignal(dialog.send_requested):
        dialog.send.click()


def test_the_dialog_fits_a_small_screen(qtbot: QtBot) -> None:
    dialog = mixed(qtbot)
    dialog.exact.fold.click()
    assert dialog.height() <= 720
    assert dialog.area.horizontalScrollBar().maximum() == 0
