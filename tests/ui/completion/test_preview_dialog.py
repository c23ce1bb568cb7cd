import json

import pytest
from fakes.builders import NINE, a_failed_item, a_snapshot, snapshot_of
from fakes.key_strokes import CONTROL, Seconds, confirm_by_keys, hold_on
from fakes.words import ENGLISH
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.completion.derive import Ready, derive
from app.completion.failure import IntegrationSpecification
from app.completion.preview import Preview, start_preview
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import FailureType, JobId
from ui.completion.preview_dialog import PreviewDialog
from ui.completion.summary import OlderJob
from ui.widgets.announcements import announcements
from ui.widgets.confirm_keys import READING_SECONDS
from ui.widgets.message_bar import MessageKind

REASON = 'Konto "4980" finns inte <b>alls</b>\när stängt ✓'


def preview_of(snapshot: JobSnapshot) -> Preview:
    found = derive(snapshot, IntegrationSpecification())
    assert isinstance(found, Ready)
    return Preview(snapshot, found.tally, found.event)


def all_failed() -> Preview:
    return preview_of(snapshot_of([a_failed_item(1, REASON), a_failed_item(2, REASON)]))


def a_dialog(qtbot: QtBot, preview: Preview) -> PreviewDialog:
    dialog = PreviewDialog(preview, ENGLISH, "Acme <i>Nordic</i>")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture(
    params=[
        preview_of(a_snapshot("successful", "successful")),
        preview_of(a_snapshot("successful", "failed", "abandoned")),
        all_failed(),
        start_preview(a_snapshot("pending", job_status="pending")),
    ],
    ids=lambda preview: preview.event.event,
)
def any_preview(request: pytest.FixtureRequest) -> Preview:
    preview: Preview = request.param
    return preview


def test_the_text_shown_is_exactly_the_text_that_is_sent(qtbot: QtBot, any_preview: Preview) -> None:
    dialog = a_dialog(qtbot, any_preview)
    assert dialog.body.text() == any_preview.event.as_json()
    with qtbot.waitSignal(dialog.send_requested) as wished:
        dialog.send.click()
    assert wished.args[0] is any_preview


def test_the_event_is_named_in_words_with_its_rule(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, preview_of(a_snapshot("successful", "failed", "abandoned")))
    assert dialog.title.text() == "Send 'completed with errors'?"
    assert dialog.send.text() == "Send 'completed with errors'"
    assert dialog.counts.text() == "3 items: 1 posted, 2 not posted"
    assert "completed with errors" in dialog.rule.text()
    assert "can't be undone; no item can be updated afterwards" in dialog.consequence.text()


def test_the_job_is_named_as_the_window_does_and_its_id_stands_in_the_text_that_is_sent(qtbot: QtBot) -> None:
    preview = preview_of(a_snapshot("successful"))
    dialog = a_dialog(qtbot, preview)
    assert dialog.job.text() == f"Acme <i>Nordic</i> · export job of {ENGLISH.moment(NINE)}"
    assert preview.event.job_id in dialog.body.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_no_plain_key_on_the_dialog_sends(qtbot: QtBot, any_preview: Preview, key: Qt.Key) -> None:
    dialog = a_dialog(qtbot, any_preview)
    for target in (dialog, dialog.cancel, dialog.body):
        with qtbot.assertNotEmitted(dialog.send_requested):
            qtbot.keyClick(target, key)


def test_enter_in_the_type_or_on_the_way_there_does_not_send(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, all_failed())
    for target in (dialog.failure.kind, dialog.failure.reason):
        target.setFocus()
        with qtbot.assertNotEmitted(dialog.send_requested):
            qtbot.keyClick(target, Qt.Key.Key_Return)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_and_enter_sends(qtbot: QtBot, any_preview: Preview, key: Qt.Key) -> None:
    dialog = a_dialog(qtbot, any_preview)
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(dialog.send_requested):
        confirm_by_keys(dialog, key)


def test_the_keys_that_opened_the_preview_neither_send_nor_close_it_while_they_are_held(
    qtbot: QtBot, any_preview: Preview, enter_key: None
) -> None:
    dialog = a_dialog(qtbot, any_preview)
    qtbot.waitUntil(dialog.cancel.hasFocus)
    seconds = dialog.confirm_keys.clock = Seconds()
    dialog.confirm_keys.begin_anew()
    with qtbot.assertNotEmitted(dialog.send_requested):
        for modifier in (CONTROL, Qt.KeyboardModifier.NoModifier):
            seconds.now += READING_SECONDS
            hold_on(dialog.cancel, Qt.Key.Key_Return, modifier)
    assert dialog.isVisible()


def test_after_a_trouble_the_keys_wait_until_it_may_have_been_read(qtbot: QtBot, any_preview: Preview) -> None:
    dialog = a_dialog(qtbot, any_preview)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.confirm_keys.clock = Seconds()
    dialog.show_sending("Sending the event")
    dialog.confirm_keys.clock.now = READING_SECONDS
    dialog.show_retry(MessageKind.ERROR, "Nothing was sent", "Pleo cannot be reached.", "", "Again")
    with qtbot.assertNotEmitted(dialog.send_requested):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)


def test_enter_presses_the_button_that_the_user_has_gone_to(
    qtbot: QtBot, any_preview: Preview, enter_key: None
) -> None:
    dialog = a_dialog(qtbot, any_preview)
    qtbot.waitUntil(dialog.cancel.hasFocus)
    dialog.send.setFocus()
    with qtbot.waitSignal(dialog.send_requested):
        qtbot.keyClick(dialog.send, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.cancel.setFocus()
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_enter_elsewhere_does_not_close_the_dialog_silently(qtbot: QtBot, enter_key: None) -> None:
    dialog = a_dialog(qtbot, all_failed())
    qtbot.waitUntil(dialog.cancel.hasFocus)
    for target in (dialog.failure.kind, dialog.failure.reason, dialog.body, dialog):
        target.setFocus()
        qtbot.keyClick(target, Qt.Key.Key_Return)
        assert dialog.isVisible()


def test_what_the_user_edits_is_in_the_text_shown_and_in_the_object_sent(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, all_failed())
    dialog.failure.reason.setPlainText(f"{REASON} – edited")
    place = dialog.failure.kind.findData("missing_configuration")
    dialog.failure.kind.setCurrentIndex(place)
    with qtbot.waitSignal(dialog.send_requested) as wished:
        dialog.send.click()
    event = wished.args[0].event
    assert (event.failure_reason, event.failure_reason_type) == (f"{REASON} – edited", "missing_configuration")
    assert dialog.body.text() == event.as_json()
    assert json.loads(dialog.body.text()) == event.as_dict()


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_failed_event_without_a_reason_cannot_be_sent_and_says_why(qtbot: QtBot, reason: str) -> None:
    dialog = a_dialog(qtbot, all_failed())
    dialog.failure.reason.setPlainText(reason)
    assert not dialog.send.isEnabled()
    assert dialog.failure.missing.isVisible()
    dialog.failure.reason.setPlainText("Because")
    assert dialog.send.isEnabled()
    assert not dialog.failure.missing.isVisible()


def test_only_a_failed_event_has_a_reason_to_edit(qtbot: QtBot) -> None:
    assert a_dialog(qtbot, all_failed()).failure.isVisible()
    assert not a_dialog(qtbot, preview_of(a_snapshot("successful"))).failure.isVisible()


def test_a_type_that_no_list_holds_is_offered_too(qtbot: QtBot) -> None:
    preview = all_failed().with_failure("Because", FailureType("own_type"))
    dialog = a_dialog(qtbot, preview)
    assert dialog.failure.kind.currentData() == "own_type"
    assert dialog.preview.event == preview.event


def test_while_an_event_is_on_its_way_the_dialog_can_be_left_and_says_that_it_was(
    qtbot: QtBot, any_preview: Preview
) -> None:
    dialog = a_dialog(qtbot, any_preview)
    dialog.show_sending("Sending the event")
    assert dialog.cancel.text() == "Leave it, it is settled later"
    with qtbot.waitSignal(dialog.left), qtbot.assertNotEmitted(dialog.send_requested):
        dialog.cancel.click()
    assert not dialog.isVisible()


def test_a_dialog_that_sends_nothing_is_cancelled_and_not_left(qtbot: QtBot, any_preview: Preview) -> None:
    dialog = a_dialog(qtbot, any_preview)
    with qtbot.assertNotEmitted(dialog.left):
        dialog.cancel.click()
    assert not dialog.isVisible()


def test_while_an_event_is_on_its_way_the_dialog_can_neither_be_closed_by_chance_nor_send_again(
    qtbot: QtBot, any_preview: Preview
) -> None:
    dialog = a_dialog(qtbot, any_preview)
    dialog.show_sending("Sending the event")
    for close in (dialog.close, dialog.reject, lambda: qtbot.keyClick(dialog, Qt.Key.Key_Escape)):
        close()
        assert dialog.isVisible()
    with qtbot.assertNotEmitted(dialog.send_requested):
        dialog.send.click()
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.busy.accessibleName() == "Sending the event …"
    dialog.show_end(MessageKind.SUCCESS, "Confirmed", "", "", was_sent=True)
    dialog.close()
    assert not dialog.isVisible()


def test_after_the_end_only_what_was_sent_is_left_to_read(qtbot: QtBot, any_preview: Preview) -> None:
    dialog = a_dialog(qtbot, any_preview)
    dialog.show_sending("Sending the event")
    dialog.show_end(MessageKind.SUCCESS, "Confirmed", "It is done.", "details", was_sent=True)
    assert not dialog.send.isVisible()
    assert not dialog.consequence.isVisible()
    assert not dialog.failure.isVisible()
    assert dialog.exact.fold.text() == "Exactly what was sent"
    assert dialog.body.text() == any_preview.event.as_json()
    assert dialog.cancel.text() == "Close"
    with qtbot.assertNotEmitted(dialog.send_requested):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_draft_that_may_be_sent_again_can_be_edited_again(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, all_failed())
    dialog.failure.reason.setPlainText("My own words")
    dialog.show_sending("Sending the event")
    dialog.propose_type(FailureType("validation_failure"))
    dialog.show_retry(MessageKind.ERROR, "Refused", "Pleo's words", "details", "Send once more")
    assert dialog.failure.isEnabled()
    assert dialog.send.text() == "Send once more"
    sent = json.loads(dialog.body.text())
    assert (sent["failureReason"], sent["failureReasonType"]) == ("My own words", "validation_failure")


@pytest.mark.parametrize(
    "preview",
    [preview_of(a_snapshot("successful")), preview_of(a_snapshot("successful", "failed"))],
    ids=lambda preview: preview.event.event,
)
def test_on_a_screen_of_720_lines_nothing_has_to_be_scrolled(qtbot: QtBot, preview: Preview) -> None:
    dialog = a_dialog(qtbot, preview)
    QApplication.processEvents()
    assert dialog.height() <= 680
    assert not dialog.area.verticalScrollBar().isVisible()
    dialog.show_end(MessageKind.SUCCESS, "Confirmed", "It was read back.\nIt is read-only.", "d", was_sent=True)
    QApplication.processEvents()
    assert not dialog.area.verticalScrollBar().isVisible()


def test_a_reason_of_thousands_of_letters_scrolls_and_leaves_the_buttons_in_sight(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, all_failed().with_failure("Konto saknas. " * 400, FailureType("validation_failure")))
    dialog.exact.fold.click()
    QApplication.processEvents()
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    assert dialog.area.verticalScrollBar().isVisible()
    for button in (dialog.send, dialog.cancel):
        assert dialog.rect().contains(button.mapTo(dialog, button.rect().bottomRight()))


def test_nothing_in_the_dialog_reads_markup(qtbot: QtBot, any_preview: Preview) -> None:
    dialog = a_dialog(qtbot, any_preview)
    dialog.show_retry(MessageKind.ERROR, "<b>t</b>", "<b>w</b>", "<b>d</b>", "Again")
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))


def test_tab_goes_from_reason_to_type_to_the_fold_of_the_text_to_the_buttons(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, all_failed())
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.failure.reason.setFocus()
    stops: list[QWidget | None] = []
    for _ in range(4):
        dialog.focusNextChild()
        stops.append(dialog.focusWidget())
    assert stops == [dialog.failure.kind, dialog.exact.fold, dialog.cancel, dialog.send]
    assert isinstance(dialog.findChild(QPushButton, "sendButton"), QPushButton)


def test_the_exact_text_is_folded_at_first_and_is_there_byte_for_byte(qtbot: QtBot, any_preview: Preview) -> None:
    dialog = a_dialog(qtbot, any_preview)
    assert dialog.exact.fold.text() == "Exactly what is sent"
    assert not dialog.body.isVisible()
    dialog.exact.fold.click()
    assert dialog.body.isVisible()
    assert dialog.body.text().encode() == any_preview.event.as_json().encode()


OLDER = OlderJob(JobId("older"), "2 Mar, 08:29")


def test_an_older_open_job_is_named_and_can_be_gone_to(qtbot: QtBot, any_preview: Preview) -> None:
    dialog = a_dialog(qtbot, any_preview)
    assert not dialog.older.isVisible()
    dialog.show_older(OLDER)
    assert dialog.older.title() == "Complete the job of 2 Mar, 08:29 first"
    assert dialog.send.text().endswith("anyway")
    with qtbot.waitSignal(dialog.older_requested) as wished, qtbot.assertNotEmitted(dialog.send_requested):
        dialog.findChild(QPushButton, "message-action-go-to-older").click()
    assert wished.args == ["older"]
    assert not dialog.isVisible()


def test_with_an_older_job_the_keys_lead_to_the_button_and_send_only_from_there(
    qtbot: QtBot, any_preview: Preview
) -> None:
    dialog = a_dialog(qtbot, any_preview)
    dialog.show_older(OLDER)
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.assertNotEmitted(dialog.send_requested):
        confirm_by_keys(dialog)
    assert dialog.send.hasFocus()
    now = dialog.confirm_keys.clock()
    dialog.confirm_keys.clock = lambda: now + READING_SECONDS + 1
    with qtbot.waitSignal(dialog.send_requested):
        qtbot.keyClick(dialog.send, Qt.Key.Key_Return, CONTROL)


def test_after_a_trouble_the_older_job_is_not_asked_about_again(qtbot: QtBot, any_preview: Preview) -> None:
    """Whoever has sent once past it has decided."""
    dialog = a_dialog(qtbot, any_preview)
    dialog.show_older(OLDER)
    dialog.show_sending("Sending the event")
    dialog.show_retry(MessageKind.ERROR, "Nothing was sent", "Pleo cannot be reached.", "", "Send again")
    assert not dialog.older.isVisible()
    assert dialog.send.text() == "Send again"


def test_keys_that_cannot_send_say_what_is_missing(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, all_failed())
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.failure.reason.setPlainText("")
    with qtbot.waitSignal(announcements().made) as heard, qtbot.assertNotEmitted(dialog.send_requested):
        confirm_by_keys(dialog)
    assert heard.args == [dialog.failure.missing.text()]


def test_the_type_says_where_it_comes_from_in_plain_words_and_what_most_items_say_can_be_taken(qtbot: QtBot) -> None:
    expired = FailureType("accounting_system_authentication_failure")
    items = [a_failed_item(1, "Expired", expired), a_failed_item(2, "Expired", expired), a_failed_item(3, "No account")]
    preview = preview_of(snapshot_of(items))
    dialog = a_dialog(qtbot, preview)
    dialog.show_types(IntegrationSpecification().types_for(preview.snapshot.items))
    failure = dialog.failure
    assert failure.origin.text().startswith("The default of this connection. The accounting system checked the entry")
    assert failure.origin.text().endswith("Most failed items say 'Accounting system sign-in failed'.")
    failure.proposal.click()
    assert dialog.preview.event.failure_reason_type == expired
    assert failure.origin.text().startswith("As most failed items say. The connection to the accounting system")
    assert not failure.proposal.isVisible()
    failure.kind.setCurrentIndex(failure.kind.findData("missing_configuration"))
    assert failure.origin.text().startswith("Chosen by you.")
    assert failure.proposal.isVisible()
    assert dialog.preview.event.event == "failed"


def test_what_is_missing_is_led_to_by_the_keys_and_by_a_press_on_the_button(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, preview_of(a_snapshot("successful")))
    dialog.ask_second_person(("Ann",))
    qtbot.waitUntil(dialog.isActiveWindow)
    for ask in (lambda: confirm_by_keys(dialog), lambda: qtbot.mouseClick(dialog.send, Qt.MouseButton.LeftButton)):
        dialog.cancel.setFocus()
        with qtbot.waitSignal(announcements().made) as heard, qtbot.assertNotEmitted(dialog.send_requested):
            ask()
        assert heard.args == ["Write the name of the second person."]
        assert dialog.second.name.hasFocus()
