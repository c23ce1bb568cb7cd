"""One decision for many items: the dialog says whom it concerns, what is missing, and hands on just what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from fakes.answers import export_item_json
from fakes.builders import NINE, an_item
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import QDateTime, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.words import ITEM_FAILURES, FailureType, Item
from app.resolution.decision import Decision
from app.resolution.wordings import filled, proposals, values_for
from app.settings.wordings import OwnWordings
from ui.resolution.outcome_dialog import OutcomeDialog
from ui.resolution.view_model import Scope, Subject

ACCOUNT = FailureType("account_unknown")
MARKUP = '<b>bold</b> <a href="https://example.com">here</a>'


@dataclass(frozen=True)
class FakeSubject:
    item: ExportJobItem
    entry: ExportItem | None = None


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
    dialog = OutcomeDialog(named, own or OwnWordings(), "Ann", fill, lambda: NINE, cause=cause)
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
    dialog.show_sums("30.00 EUR")
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


def test_a_word_in_braces_that_nobody_fills_is_said(qtbot: QtBot) -> None:
    fields = a_dialog(qtbot, subjects("pending")).failure_fields
    fields.reason.setPlainText("The {thing} is missing")
    assert "{thing}" in fields.example.text()
    assert "sent as it stands" in fields.example.text()


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
    dialog.show_busy("Drafting …")
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
    class Shown(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                windows.append(watched)
            return False

    windows: list[QWidget] = []
    watcher = Shown()
    qapp.installEventFilter(watcher)
    dialog = a_dialog(qtbot, subjects("pending"), subjects("pending", "failed"), cause="Account unknown")
    qapp.removeEventFilter(watcher)
    assert windows == [dialog]
