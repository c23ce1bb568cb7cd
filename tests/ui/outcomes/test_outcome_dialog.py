"""One decision for many items: the dialog says whom it concerns, what is missing, and hands on just what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from fakes.answers import export_item_json
from fakes.builders import NINE, an_item
from fakes.drafts import a_failure, a_success
from fakes.shown_windows import shown_windows
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.draft import Draft, DraftRefusal
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.vocabulary import ITEM_FAILURES, FailureType, Item
from app.outcomes.decision import Decision, drafted
from app.outcomes.failure_wordings import filled, proposals, values_for
from app.outcomes.item_by_item import Cell
from app.settings.failure_wordings import OwnWordings
from app.slices import run_to_end
from ui.outcomes.grid_model import COLUMN_OF
from ui.outcomes.outcome_dialog import OutcomeDialog
from ui.outcomes.view_model import Scope, Subject, lacking_slices, lacking_words, subject_words

ACCOUNT = FailureType("account_unknown")
MARKUP = '<b>bold</b> <a href="https://example.com">here</a>'


@dataclass(frozen=True)
class FakeSubject:
    item: ExportJobItem
    entry: ExportItem | None = None
    draft: Draft | None = None


def an_entry(number: int) -> ExportItem:
    return TypeAdapter(ExportItem).validate_python(export_item_json(number))


def subjects(*statuses: str) -> list[FakeSubject]:
    return [FakeSubject(an_item(number, status), an_entry(number)) for number, status in enumerate(statuses)]


def fill(wording: str, subject: Subject) -> str:
    return filled(wording, values_for(wording, subject.entry, ENGLISH))


def a_dialog(
    qtbot: QtBot, *scopes: Sequence[FakeSubject], own: OwnWordings | None = None, cause: str = ""
) -> OutcomeDialog:
    named = [Scope(f"Scope {number}", chosen) for number, chosen in enumerate(scopes)]
    dialog = OutcomeDialog(named, own or OwnWordings(), "Ann", fill, lambda: NINE, fmt=ENGLISH)
    dialog.show_cause(cause)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def decided(qtbot: QtBot, dialog: OutcomeDialog) -> tuple[Decision, Sequence[Subject]]:
    with qtbot.waitSignal(dialog.decided) as wished:
        dialog.draft.click()
    decision, concerned = wished.args
    return decision, concerned


def test_nothing_is_decided_before_the_user_has_chosen_and_said_why(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    assert not dialog.successful.isChecked()
    assert not dialog.failed.isChecked()
    assert not dialog.draft.isEnabled()
    assert dialog.fault.text() == "Choose whether it was posted or failed."
    dialog.successful.click()
    assert "note" in dialog.fault.text()
    dialog.note.setText("Seen in the ledger")
    assert dialog.draft.isEnabled()
    dialog.person.clear()
    assert not dialog.draft.isEnabled()
    assert "name" in dialog.fault.text()


def test_the_decision_is_what_the_dialog_shows(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending", "in_progress"))
    dialog.successful.click()
    dialog.success_fields.number.setText("JE-7")
    dialog.success_fields.link.setText("https://books.example/7")
    dialog.success_fields.has_time.click()
    posted = NINE - timedelta(days=1)
    dialog.success_fields.time.setDateTime(QDateTime.fromSecsSinceEpoch(int(posted.timestamp())))
    dialog.note.setText("Seen in the ledger")
    decision, concerned = decided(qtbot, dialog)
    assert decision == Decision(
        Item.SUCCESSFUL, "Ann", "Seen in the ledger", "JE-7", "https://books.example/7", exported_at=posted
    )
    assert len(concerned) == 2


def test_what_was_entered_for_the_other_choice_does_not_count(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    dialog.successful.click()
    dialog.success_fields.link.setText("no address")
    dialog.note.setText("why")
    assert "web address" in dialog.fault.text()
    dialog.failed.click()
    dialog.failure_fields.choose_type(ACCOUNT)
    assert dialog.draft.isEnabled()
    decision, _ = decided(qtbot, dialog)
    assert (decision.external_url, decision.failure_type) == ("", ACCOUNT)


def test_a_posting_in_the_future_is_not_drafted(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    dialog.successful.click()
    dialog.note.setText("why")
    dialog.success_fields.has_time.click()
    dialog.success_fields.time.setDateTime(QDateTime.fromSecsSinceEpoch(int(NINE.timestamp()) + 60))
    assert "future" in dialog.fault.text()
    assert not dialog.draft.isEnabled()
    dialog.success_fields.has_time.click()
    assert dialog.draft.isEnabled()


def test_items_that_are_final_stay_out_where_some_are_open_unless_they_are_wanted(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending", "successful", "failed", "in_progress"))
    assert dialog.title.text() == "What became of 2 items?"
    assert dialog.only_open.text() == "Leave out the 2 items that are final"
    assert not dialog.final_note.isVisible()
    dialog.only_open.click()
    assert dialog.title.text() == "What became of 4 items?"
    assert dialog.draft.text() == "Draft 4 outcomes"
    assert dialog.final_note.isVisible()
    assert dialog.final_note.text() == "Some of these items are final already. Pleo may refuse to change them."
    assert len(dialog.concerned()) == 4


@pytest.mark.parametrize(("statuses", "is_warned"), [(("failed", "failed"), True), (("pending", "parked"), False)])
def test_items_that_are_all_final_are_concerned_with_a_warning(
    qtbot: QtBot, statuses: tuple[str, ...], is_warned: bool
) -> None:
    dialog = a_dialog(qtbot, subjects(*statuses))
    assert not dialog.only_open.isVisible()
    assert dialog.final_note.isVisible() == is_warned
    assert len(dialog.concerned()) == 2


def test_the_choice_between_the_selection_and_all_that_match_is_counted_live(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"), subjects("pending", "pending", "pending"))
    with qtbot.waitSignal(dialog.concerned_changed):
        dialog.scope_choices[1].click()
    assert dialog.draft.text() == "Draft 3 outcomes"
    dialog.show_concerned("30.00 EUR")
    assert dialog.concerned_words.text() == "30.00 EUR · 3 pending"


def test_a_single_scope_is_no_question(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    assert not dialog.scope_choices[0].isVisible()


def test_the_reason_is_proposed_by_type_and_shown_as_the_first_item_says_it(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    dialog.failed.click()
    assert dialog.fault.text() == "Choose the type of the failure."
    fields = dialog.failure_fields
    fields.choose_type(ACCOUNT)
    assert fields.wording() == proposals(ACCOUNT)[0]
    assert "The account 5800 (Travel) is not in the chart of accounts" in fields.example.text()
    fields.choose_type(FailureType("tag_unknown"))
    assert fields.wording() == proposals(FailureType("tag_unknown"))[0]


def test_every_type_that_pleo_takes_for_an_item_can_be_chosen(qtbot: QtBot) -> None:
    fields = a_dialog(qtbot, subjects("pending")).failure_fields
    offered = [fields.kind.itemData(place) for place in range(fields.kind.count())]
    assert offered == ["", *ITEM_FAILURES]
    fields.choose_type(FailureType("job_expired"))
    assert fields.failure_type() is None


def test_what_the_user_wrote_stays_when_the_type_changes(qtbot: QtBot) -> None:
    fields = a_dialog(qtbot, subjects("pending")).failure_fields
    fields.choose_type(ACCOUNT)
    fields.reason.setPlainText("My own words")
    fields.choose_type(FailureType("tag_unknown"))
    assert fields.wording() == "My own words"


def test_ones_own_wordings_come_first_and_can_be_forgotten(qtbot: QtBot) -> None:
    own = OwnWordings().used(ACCOUNT, "Konto {account_code} saknas")
    dialog = a_dialog(qtbot, subjects("pending"), own=own)
    dialog.failed.click()
    fields = dialog.failure_fields
    fields.choose_type(ACCOUNT)
    assert fields.wording() == "Konto {account_code} saknas"
    assert fields.forget.isVisible()
    with qtbot.waitSignal(fields.wording_forgotten) as wished:
        fields.forget.click()
    assert wished.args == [ACCOUNT, "Konto {account_code} saknas"]
    fields.take_own(OwnWordings())
    assert [fields.wordings.itemData(place) for place in range(fields.wordings.count())] == list(proposals(ACCOUNT))
    fields.wordings.activated.emit(0)
    assert not fields.forget.isVisible()


def test_a_variable_is_inserted_where_the_cursor_stands(qtbot: QtBot) -> None:
    fields = a_dialog(qtbot, subjects("pending")).failure_fields
    fields.reason.setPlainText("For : no")
    cursor = fields.reason.textCursor()
    cursor.setPosition(4)
    fields.reason.setTextCursor(cursor)
    place = fields.variables.findData("supplier")
    fields.variables.setCurrentIndex(place)
    fields.variables.activated.emit(place)
    assert fields.wording() == "For {supplier}: no"
    assert "For GOOGLE*ADS8693645259: no" in fields.example.text()
    assert fields.variables.currentIndex() == 0


def test_a_word_in_braces_that_nobody_fills_is_said_beside_the_preview_and_not_drafted(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    dialog.failed.click()
    dialog.failure_fields.choose_type(ACCOUNT)
    dialog.note.setText("why")
    assert dialog.draft.isEnabled()
    dialog.failure_fields.reason.setPlainText("Supplier {supplier} {foo} missing")
    assert dialog.failure_fields.example.text() == "Reads: Supplier GOOGLE*ADS8693645259 {foo} missing"
    assert dialog.fault.text() == "{foo} is nothing that an item has."
    assert not dialog.draft.isEnabled()
    dialog.failure_fields.reason.setPlainText("Supplier {supplier} missing")
    assert dialog.draft.isEnabled()


def test_for_how_many_items_a_value_is_missing_is_counted_and_said(qtbot: QtBot) -> None:
    chosen = [*subjects("pending", "pending"), FakeSubject(an_item(7, "pending"))]
    lacking = run_to_end(lacking_slices("{supplier} {invoice_number} {foo}", chosen, ENGLISH))
    assert lacking == {"supplier": 1, "invoice_number": 1}
    dialog = a_dialog(qtbot, chosen)
    dialog.failed.click()
    dialog.show_lacking(lacking_words({"supplier": 1, "invoice_number": 3}, len(chosen)))
    assert dialog.failure_fields.lacking.isVisible()
    assert dialog.failure_fields.lacking.text().splitlines() == [
        "{supplier} is not known for 1 of the 3 items, and left out there.",
        "{invoice_number} is not known for any of the 3 items, and left out there.",
    ]
    assert lacking_words({"supplier": 1}, 1) == ""


def test_one_number_for_several_items_is_said(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"), subjects("pending", "pending", "pending"))
    fields = dialog.success_fields
    dialog.successful.click()
    fields.number.setText("JE-7")
    assert not fields.same_number.isVisible()
    dialog.scope_choices[1].click()
    assert fields.same_number.isVisible()
    assert fields.same_number.text() == "All 3 items get the same number."
    fields.number.clear()
    assert not fields.same_number.isVisible()


POSTED = a_success(0, "MY-HAND-1", note="Seen in the ledger")
BOOKED = replace(
    POSTED,
    outcome=replace(POSTED.outcome, external_url="https://books.example/1", exported_at=NINE - timedelta(days=1)),
)
REFUSED = a_failure(0, "Konto 4980 saknas", refusal=DraftRefusal("UPDATE_FAILED", "No"))


@pytest.mark.parametrize("draft", [POSTED, BOOKED, REFUSED])
def test_the_draft_of_one_item_is_there_to_be_changed(qtbot: QtBot, draft: Draft) -> None:
    dialog = a_dialog(qtbot, [FakeSubject(an_item(0, "pending"), an_entry(0), draft)])
    assert (dialog.title.text(), dialog.windowTitle()) == ("Change the draft", "Change the draft")
    decision, _ = decided(qtbot, dialog)
    again = drafted(decision, draft.entry_id, {}, draft.drafted_at)
    assert again == replace(draft, refusal=None)


def test_what_a_draft_says_goes_with_its_item_and_what_the_user_enters_stays(qtbot: QtBot) -> None:
    one = FakeSubject(an_item(0, "pending"), an_entry(0), POSTED)
    others = [one, *subjects("pending", "pending")]
    dialog = a_dialog(qtbot, [one], others)
    dialog.scope_choices[1].click()
    assert dialog.title.text() == "What became of 3 items?"
    assert dialog.drafted_note.text() == "1 of them is drafted already; this replaces that draft."
    assert not dialog.successful.isChecked()
    assert (dialog.success_fields.number.text(), dialog.note.text()) == ("", "")
    dialog.scope_choices[0].click()
    assert dialog.success_fields.number.text() == "MY-HAND-1"
    assert not dialog.drafted_note.isVisible()
    dialog.success_fields.number.setText("MY-HAND-2")
    dialog.scope_choices[1].click()
    dialog.scope_choices[0].click()
    assert dialog.success_fields.number.text() == "MY-HAND-2"


def test_how_many_drafts_a_decision_replaces_is_said(qtbot: QtBot) -> None:
    items = [*subjects("pending"), *(FakeSubject(an_item(7, "pending"), None, POSTED) for _ in range(3))]
    dialog = a_dialog(qtbot, items)
    assert dialog.drafted_note.isVisible()
    assert dialog.drafted_note.text() == "3 of them are drafted already; this replaces those drafts."


def test_a_cause_does_not_set_aside_the_draft_of_its_item(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, [FakeSubject(an_item(0, "failed"), an_entry(0), POSTED)])
    dialog.choose_failure(ACCOUNT)
    assert dialog.successful.isChecked()


def test_one_item_is_named_and_spoken_of_as_one(qtbot: QtBot) -> None:
    (one,) = subjects("failed")
    dialog = a_dialog(qtbot, [one])
    dialog.show_concerned(subject_words(one, ENGLISH))
    assert dialog.title.text() == "What became of this item?"
    assert dialog.concerned_words.text() == "GOOGLE*ADS8693645259 · 896.96 SEK · 28/02/2026 · failed"
    assert dialog.final_note.text() == "This item is final already. Pleo may refuse to change it."


def test_another_scope_moves_neither_choice_nor_the_box_that_leaves_out(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"), subjects("pending", "failed"))
    before = [widget.pos() for widget in (dialog.successful, dialog.failed)]
    dialog.scope_choices[1].click()
    assert dialog.only_open.isVisible()
    dialog.area.content.layout().activate()
    assert [widget.pos() for widget in (dialog.successful, dialog.failed)] == before
    dialog.only_open.click()
    dialog.area.content.layout().activate()
    assert [widget.pos() for widget in (dialog.successful, dialog.failed)] == before


def test_the_first_key_goes_to_the_choice(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"), subjects("pending", "pending"))
    assert dialog.focusWidget() is dialog.successful
    dialog = a_dialog(qtbot, [FakeSubject(an_item(0, "pending"), an_entry(0), REFUSED)])
    assert dialog.focusWidget() is dialog.failed


def test_what_the_cause_says_is_letters_whatever_it_looks_like(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"), cause=MARKUP)
    dialog.failed.click()
    dialog.failure_fields.reason.setPlainText(MARKUP)
    assert dialog.cause.text() == MARKUP
    assert {label.textFormat() for label in dialog.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_while_it_drafts_the_dialog_stays_and_after_trouble_everything_is_still_there(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    dialog.successful.click()
    dialog.note.setText("why")
    dialog.show_busy("OutcomesBinding …")
    dialog.reject()
    dialog.close()
    assert dialog.isVisible()
    assert not dialog.draft.isEnabled()
    dialog.show_problem("The disk is full.", "Make room.", "")
    assert dialog.messages.title() == "The disk is full."
    assert dialog.draft.isEnabled()
    assert dialog.note.text() == "why"
    dialog.end()
    assert not dialog.isVisible()


@pytest.mark.parametrize("keys", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_and_enter_draft_from_any_field(qtbot: QtBot, keys: Qt.Key) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    dialog.successful.click()
    dialog.note.setText("why")
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.note.setFocus()
    with qtbot.waitSignal(dialog.decided):
        qtbot.keyClick(dialog.note, keys, Qt.KeyboardModifier.ControlModifier)


def test_every_field_can_be_reached_and_is_named(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    dialog.failed.click()
    stops: list[QWidget] = []
    widget = dialog.nextInFocusChain()
    while widget is not dialog:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(widget)
        widget = widget.nextInFocusChain()
    fields = dialog.failure_fields
    order = [fields.kind, fields.variables, fields.reason, dialog.note, dialog.person]
    assert [stop for stop in stops if stop in order] == order
    buddies = {label.buddy() for label in dialog.findChildren(QLabel) if label.buddy()}
    assert {fields.kind, fields.wordings, dialog.note, dialog.person} <= buddies


def test_the_dialog_fits_a_small_screen(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending", "failed"), subjects("pending", "failed", "failed"))
    dialog.failed.click()
    dialog.failure_fields.choose_type(ACCOUNT)
    dialog.note.setText("why")
    assert dialog.height() <= 720
    assert dialog.width() <= 1280
    assert dialog.area.horizontalScrollBar().maximum() == 0


def test_keys_that_mean_undo_in_a_field_stay_with_the_field(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    dialog.note.insert("why")
    undo = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    undo.ignore()
    qapp.sendEvent(dialog.note, undo)
    assert undo.isAccepted()


def test_no_part_of_the_dialog_is_ever_a_window_of_its_own(qtbot: QtBot, qapp: QApplication) -> None:
    with shown_windows(qapp) as windows:
        dialog = a_dialog(qtbot, subjects("pending"), subjects("pending", "failed"), cause="Account unknown")
    assert windows == [dialog]


NUMBER, KIND, REASON = (COLUMN_OF[cell] for cell in (Cell.NUMBER, Cell.KIND, Cell.REASON))


def test_several_items_are_asked_for_one_by_one_and_one_item_is_as_simple_as_ever(qtbot: QtBot) -> None:
    several = a_dialog(qtbot, subjects("pending", "in_progress", "successful"))
    assert several.each.isChecked()
    assert several.fields.currentWidget() is several.grid_fields
    assert several.focusWidget() is several.grid_fields.grid
    assert several.grid_fields.model.rowCount() == 2
    assert several.only_open.text() == "Leave out the 1 item that is final"
    several.only_open.click()
    assert several.grid_fields.model.rowCount() == 3
    one = a_dialog(qtbot, subjects("pending"))
    assert not one.each.isVisible()
    assert not any(choice.isChecked() for choice in (one.successful, one.failed, one.each))
    assert one.width() < several.width()


def test_before_a_choice_there_is_no_hole_and_after_it_the_other_choice_moves_nothing(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"))
    room = dialog.note.y() - dialog.failed.geometry().bottom()
    assert room < 2 * dialog.note.height()
    dialog.successful.click()
    dialog.area.content.layout().activate()
    before = dialog.note.pos(), dialog.size()
    dialog.failed.click()
    dialog.area.content.layout().activate()
    assert (dialog.note.pos(), dialog.size()) == before


def test_a_scope_of_several_items_brings_the_table_and_one_item_takes_it_away(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending"), subjects("pending", "pending"))
    assert not dialog.each.isVisible()
    dialog.scope_choices[1].click()
    assert dialog.each.isChecked()
    dialog.scope_choices[0].click()
    assert not dialog.each.isChecked()
    assert dialog.fault.text() == "Choose whether it was posted or failed."
    dialog.failed.click()
    dialog.scope_choices[1].click()
    assert dialog.failed.isChecked(), "what the user has chosen stays"


def test_more_items_than_anybody_enters_by_hand_are_decided_as_one(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects(*("pending",) * 1_001))
    assert not dialog.each.isVisible()
    assert dialog.fault.text() == "Choose whether it was posted or failed."


def test_what_was_entered_item_by_item_is_handed_on_with_one_note(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending", "pending", "pending"))
    model = dialog.grid_fields.model
    assert dialog.fault.text() == "Enter a number or a failure for at least one item."
    model.enter({(0, NUMBER): "JE-1", (2, KIND): ACCOUNT, (2, REASON): "Closed"})
    assert dialog.draft.text() == "Draft 2 outcomes"
    assert dialog.fault.text() == "Write a note: why is it so? It is kept in the journal."
    dialog.note.setText("As listed")
    with qtbot.waitSignal(dialog.each_decided) as wished:
        dialog.draft.click()
    entered, person, note = wished.args
    assert (person, note) == ("Ann", "As listed")
    assert [line.status for line in entered.lines] == ["successful", "failed"]
    assert [subject.item for subject in entered.subjects] == [an_item(0, "pending"), an_item(2, "pending")]


def test_a_note_looks_needed_as_long_as_it_is(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending", "pending"))
    assert dialog.note.property("needed") is True
    assert dialog.person.property("needed") is False
    height = dialog.note.height()
    dialog.note.setText("As listed")
    assert dialog.note.property("needed") is False
    assert dialog.note.height() == height
    dialog.note.setText("  ")
    assert dialog.note.property("needed") is True


def test_control_and_enter_go_to_what_is_missing(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending", "pending"))
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.grid_fields.model.enter({(0, NUMBER): "JE-1", (1, NUMBER): "JE-1"})
    dialog.person.setFocus()
    qtbot.keyClick(dialog.person, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.focusWidget() is dialog.grid_fields.grid
    dialog.grid_fields.model.enter({(1, NUMBER): "JE-2"})
    qtbot.keyClick(dialog.grid_fields.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.focusWidget() is dialog.note
    dialog.note.setText("why")
    with qtbot.waitSignal(dialog.each_decided):
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_cell_that_is_being_written_is_drafted_too(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects("pending", "pending"))
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.note.setText("why")
    qtbot.keyClicks(dialog.grid_fields.grid, "7")
    assert dialog.focusWidget() is not dialog.grid_fields.grid
    with qtbot.waitSignal(dialog.each_decided) as wished:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [line.number for line in wished.args[0].lines] == ["7"]


def test_the_table_fits_a_screen_of_600_lines_with_its_note_in_sight(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, subjects(*("pending",) * 3, "failed"))
    dialog.grid_fields.model.enter({(0, NUMBER): "JE-1", (1, NUMBER): "JE-1"})
    assert dialog.width() <= 1024
    assert dialog.height() <= 600
