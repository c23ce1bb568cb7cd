import pytest
from fakes.builders import JOB_ID, OTHER_JOB_ID, a_failed_item, a_snapshot, an_item, entry_id, snapshot_of
from fakes.examples import examples
from fakes.reading_aloud import heard
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.completion.derive import NotReady, Ready, derive
from app.completion.failure import IntegrationSpecification
from app.completion.preview import Preview
from app.models.snapshot import JobSnapshot
from ui.common.status_text import counts_by_look
from ui.completion.gate_panel import GatePanel
from ui.completion.view_model import GateView, gate_view, turned
from ui.widgets.plain_label import PlainLabel
from ui.widgets.sentence_button import SentenceButton

STATUSES = ("successful", "failed", "abandoned", "pending", "in_progress", "parked")
JOB_STATUSES = ("in_progress", "pending", "completed", "completed_with_errors", "failed", "paused")


def view_of(snapshot: JobSnapshot) -> GateView:
    found = derive(snapshot, IntegrationSpecification())
    preview = found if isinstance(found, NotReady) else Preview(snapshot, found.tally, found.event)
    return gate_view(snapshot, preview, counts_by_look(found.tally))


def a_panel(qtbot: QtBot, snapshot: JobSnapshot) -> GatePanel:
    panel = GatePanel()
    qtbot.addWidget(panel)
    panel.resize(284, 600)
    panel.show()
    panel.show_gate(view_of(snapshot))
    return panel


def sentences(panel: GatePanel) -> list[str]:
    return [row.sentence() if isinstance(row, SentenceButton) else row.text() for row in panel.blockers]


@st.composite
def snapshots(draw: st.DrawFn) -> JobSnapshot:
    statuses = draw(st.lists(st.sampled_from(STATUSES), max_size=6))
    says = draw(st.sampled_from([len(statuses), len(statuses) + 1]))
    return a_snapshot(*statuses, job_status=draw(st.sampled_from(JOB_STATUSES)), items=says)


@given(snapshot=snapshots())
@hypothesis_settings(max_examples=examples(200))
def test_complete_is_enabled_exactly_when_the_aggregator_says_ready(qapp: QApplication, snapshot: JobSnapshot) -> None:
    view = view_of(snapshot)
    found = derive(snapshot, IntegrationSpecification())
    may_complete = view.is_enabled and view.action == "Complete…"
    assert may_complete == isinstance(found, Ready)
    assert view.is_start == (snapshot.job.status == "pending")
    assert view.is_enabled or view.is_read_only or view.blockers


@given(first=snapshots(), second=snapshots())
@hypothesis_settings(max_examples=examples(60))
def test_the_panel_says_all_of_the_last_snapshot_and_nothing_of_the_one_before(
    qapp: QApplication, first: JobSnapshot, second: JobSnapshot
) -> None:
    panel = GatePanel()
    panel.show_gate(view_of(first))
    panel.show_gate(view_of(second))
    view = view_of(second)
    assert sentences(panel) == [blocker.message for blocker in view.blockers]
    assert panel.action.is_ready() == view.is_enabled
    assert panel.action.isHidden() == view.is_read_only
    assert panel.event_words.text() == view.event_words
    panel.deleteLater()


@pytest.mark.parametrize(
    ("snapshot", "sentence", "leads_to"),
    [
        (a_snapshot("pending", "pending"), "2 items are still pending", (entry_id(0), entry_id(1))),
        (a_snapshot("in_progress"), "1 item is still in progress", (entry_id(0),)),
        (a_snapshot("parked"), "1 item has the unknown status 'parked'", (entry_id(0),)),
        (a_snapshot("successful", job_status="pending"), "The job has not been started", ()),
        (a_snapshot("successful", job_status="paused"), "The job has the unknown status 'paused'", ()),
        (a_snapshot(), "The job has no items, so there is nothing to confirm", ()),
        (a_snapshot("successful", items=42), "Pleo says 42 items but 1 was read", ()),
        (snapshot_of([an_item(1), an_item(1)]), "1 item was read more than once", (entry_id(1),)),
        (
            snapshot_of([an_item(1, export_job_id=OTHER_JOB_ID)]),
            "1 item belongs to another job",
            (entry_id(1),),
        ),
    ],
)
def test_a_reason_is_a_sentence_that_leads_to_its_rows_where_it_has_any(
    qtbot: QtBot, snapshot: JobSnapshot, sentence: str, leads_to: tuple[str, ...]
) -> None:
    panel = a_panel(qtbot, snapshot)
    assert sentence in sentences(panel)
    reason = panel.blockers[sentences(panel).index(sentence)]
    assert isinstance(reason, SentenceButton if leads_to else PlainLabel)
    if leads_to:
        with qtbot.waitSignal(panel.jump_requested) as heard:
            qtbot.keyClick(reason, Qt.Key.Key_Return)
        assert heard.args == [leads_to]


def test_a_reason_keeps_the_focus_while_its_count_goes_down(qtbot: QtBot) -> None:
    panel = a_panel(qtbot, a_snapshot("pending", "pending"))
    before = panel.blockers[0]
    panel.show_gate(view_of(a_snapshot("pending", "successful")))
    assert panel.blockers[0] is before
    assert sentences(panel) == ["1 item is still pending"]


def test_the_answer_is_read_aloud_as_sentences(qtbot: QtBot) -> None:
    with heard() as told:
        a_panel(qtbot, a_snapshot("pending", "successful")).speak()
    assert "".join(told) == (
        "Not yet ready. 1 of 2 items final. Not yet: 1 item is still pending. Would send, as it stands: completed. "
        "If the open item succeeds too; otherwise completed with errors."
    )


def test_a_turn_of_the_same_job_is_worth_saying_and_nothing_else_is() -> None:
    before, now = view_of(a_snapshot("pending", "successful")), view_of(a_snapshot("successful", "successful"))
    assert turned(before, now) == "Ready to complete. Will send: completed"
    assert turned(now, now) == ""
    assert turned(None, now) == ""


def test_a_disabled_button_says_the_first_reason(qtbot: QtBot) -> None:
    assert a_panel(qtbot, a_snapshot("pending")).action.waits_for() == "1 item is still pending"
    assert a_panel(qtbot, a_snapshot("failed")).action.waits_for() == ""


@pytest.mark.parametrize(
    ("statuses", "words", "note"),
    [
        (("successful",), "completed", "Every item was exported successfully"),
        (("successful", "failed"), "completed with errors", "Some items were exported"),
        (("failed", "abandoned"), "failed", "No item was exported"),
        (("pending",), "not known before an item is final", ""),
        (("successful", "pending"), "completed", "If the open item succeeds too; otherwise completed with errors."),
        (("failed", "pending", "parked"), "failed", "If the 2 open items fail too; otherwise completed with errors."),
        (("failed", "successful", "pending"), "completed with errors", "Whatever becomes of the open item."),
    ],
)
def test_the_event_that_would_be_sent_is_said_in_words(statuses: tuple[str, ...], words: str, note: str) -> None:
    view = view_of(a_snapshot(*statuses))
    assert view.event_words == words
    assert view.event_note.startswith(note)


def test_a_pending_job_is_started_first() -> None:
    view = view_of(a_snapshot("pending", job_status="pending"))
    assert (view.headline, view.event_title, view.event_words) == ("Not started yet", "Will send", "started")
    assert (view.action, view.is_enabled) == ("Start job…", True)


def test_a_finished_job_says_how_it_ended_and_offers_nothing(qtbot: QtBot) -> None:
    snapshot = snapshot_of(
        [a_failed_item(1)], "failed", failure_reason="<b>No</b> account", failure_reason_type="validation_failure"
    )
    panel = a_panel(qtbot, snapshot)
    assert panel.event_note.text() == "<b>No</b> account (validation failure)\nThe job is read-only."
    assert panel.event_note.textFormat() is Qt.TextFormat.PlainText
    assert panel.action.isHidden()
    assert panel.blockers == []


def test_an_expired_job_says_what_happened_to_its_items_and_what_comes_next(qtbot: QtBot) -> None:
    expired = a_snapshot("successful", "abandoned", "abandoned", job_status="failed", failure_reason_type="job_expired")
    note = a_panel(qtbot, expired).event_note.text()
    assert "Pleo let the job expire, because nothing was reported for 60 minutes." in note
    assert "2 items that were open were abandoned; the rest keep their outcome." in note
    assert "Exporting again in Pleo makes a new job." in note


def test_a_job_that_was_cancelled_in_pleo_says_so(qtbot: QtBot) -> None:
    cancelled = a_snapshot("successful", job_status="failed", failure_reason_type="canceled_by_user")
    note = a_panel(qtbot, cancelled).event_note.text()
    assert "Somebody cancelled the job in Pleo." in note
    assert "abandoned" not in note


def test_what_forbids_sending_stands_above_the_button_and_keeps_it_disabled(qtbot: QtBot) -> None:
    panel = a_panel(qtbot, a_snapshot("successful"))
    assert panel.action.is_ready()
    panel.forbid("Offline: nothing can be sent.")
    assert not panel.action.is_ready()
    assert (panel.forbidden.text(), panel.action.waits_for()) == ("Offline: nothing can be sent.",) * 2
    assert not panel.forbidden.isHidden()


def test_nothing_of_a_job_is_left_when_another_one_is_being_read(qtbot: QtBot) -> None:
    panel = a_panel(qtbot, a_snapshot("pending", id=JOB_ID))
    panel.show_nothing()
    assert panel.blockers == []
    assert not panel.action.is_ready()
    assert panel.event_words.text() == ""


def test_a_ready_job_that_waits_for_an_older_one_is_not_simply_ready() -> None:
    snapshot = a_snapshot("successful")
    assert judged_view(snapshot, waits=True).headline == "Ready, but an older job comes first"
    assert judged_view(snapshot).headline == "Ready to complete"
    assert judged_view(a_snapshot("pending"), waits=True).headline == "Not yet ready"


def test_what_gives_more_time_is_offered_only_in_a_hurry_and_only_with_drafts(qtbot: QtBot) -> None:
    panel = a_panel(qtbot, a_snapshot("pending"))
    panel.show()
    panel.show_drafted(3)
    panel.show_expiry("Expires: 44 min left.", hurries=False)
    assert not panel.more_time.isVisible()
    panel.show_expiry("Expires: 4 min left.", hurries=True)
    assert panel.more_time.text() == "Send 3 drafted outcomes…"
    with qtbot.waitSignal(panel.outcomes_requested):
        panel.more_time.click()
    assert "Expires: 4 min left." in panel.spoken()
    assert "Expires: 4 min left." in panel.bar.words.text()
    panel.show_drafted(0)
    assert not panel.more_time.isVisible()


def test_a_press_on_the_button_while_it_is_not_ready_asks_for_nothing_and_says_why(qtbot: QtBot) -> None:
    panel = a_panel(qtbot, a_snapshot("pending"))
    panel.show()
    assert not panel.action.is_ready()
    with qtbot.assertNotEmitted(panel.action_requested):
        qtbot.mouseClick(panel.action, Qt.MouseButton.LeftButton)
    assert "Not possible yet: 1 item is still pending" in QToolTip.text()


def judged_view(snapshot: JobSnapshot, *, waits: bool = False) -> GateView:
    found = derive(snapshot, IntegrationSpecification())
    judged = found if isinstance(found, NotReady) else Preview(snapshot, found.tally, found.event)
    return gate_view(snapshot, judged, counts_by_look(found.tally), waits=waits)
