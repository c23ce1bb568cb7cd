"""The gate, the preview and what came of it, in the user's language: nothing but names and Pleo's words is English."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.bracketed_language import bracketed
from fakes.builders import JOB_ID, NINE, a_failed_item, a_job, a_snapshot, snapshot_of
from fakes.drafts import a_failure, a_success, snapshot_as_drafted
from fakes.words import ENGLISH
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.completion.attempt import Answer, Departure, Outcome, Standing
from app.completion.derive import NotReady, derive
from app.completion.failure import IntegrationSpecification
from app.completion.four_eyes import UNNAMED, Confirmation
from app.completion.outcome_text import describe
from app.completion.preview import Preview, start_preview
from app.completion.progress import Step
from app.errors import AnswerLost, JournalInDoubt, NotReachable, NotSignedIn, PleoProblem, Refused, ServerWords
from app.messages import said, shown
from app.models.draft import Draft
from app.models.export_job_event import ExportJobEvent
from app.models.page import ItemUpdateError
from app.models.snapshot import JobSnapshot, OlderState
from app.models.vocabulary import EntryId, Event, EventType, FailureType, JobId
from app.outcomes.service import UpdateResult
from app.outcomes.set_by import SetBy
from ui.common.release_dialog import JournalDoubtDialog, ReleaseDialog
from ui.common.status_text import counts_by_look
from ui.completion.gate_panel import GatePanel
from ui.completion.preview_dialog import PreviewDialog
from ui.completion.recovery import update_lines
from ui.completion.summary import OlderJob, age_line, as_shown, deadline_line, set_by_line, sum_lines
from ui.completion.view_model import gate_view
from ui.outcomes.drafts_view import drafts_view
from ui.theme.tooltip import plain_tooltip
from ui.widgets.message_bar import MessageKind

_BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{2,}")
# In which plain text stands in a tooltip.
_PARAGRAPH = plain_tooltip("-").removesuffix("-</p>")
# Pleo's own words: a failure's type and reason, and a status that no list holds.
_PLEOS = {"job", "expired", "canceled", "by", "user", "parked", "paused", "No", "account"}


@pytest.fixture(autouse=True)
def in_brackets() -> Iterator[None]:
    with bracketed():
        yield


def outside(text: str) -> list[str]:
    """The words that stand in no brackets."""
    left = shown(text)
    while _BRACKETS.search(left):
        left = _BRACKETS.sub("", left)
    return [word for word in _WORD.findall(left.replace("\u200b", "")) if word not in _PLEOS]


def texts(window: QWidget) -> Iterator[str]:
    """All that a user, or a screen reader, is told in it."""
    for widget in (window, *window.findChildren(QWidget)):
        tooltip = widget.toolTip().removeprefix(_PARAGRAPH).removesuffix("</p>")
        yield from (widget.windowTitle(), tooltip, widget.accessibleDescription())
        if widget.objectName() in ("previewJob", "previewBody", "failureReason"):
            continue
        yield widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()


def english_in(window: QWidget) -> set[str]:
    return {text for text in texts(window) if outside(text)}


def judged(snapshot: JobSnapshot) -> Preview | NotReady:
    found = derive(snapshot, IntegrationSpecification())
    return found if isinstance(found, NotReady) else Preview(snapshot, found.tally, found.event)


ENDED = {"failure_reason": "No account", "failure_reason_type": "job_expired"}


@pytest.mark.parametrize(
    "snapshot",
    [
        a_snapshot(),
        a_snapshot("pending", "in_progress", "parked", "in_progress", items=5),
        a_snapshot("successful", "pending"),
        a_snapshot("failed", "pending", "pending"),
        a_snapshot("failed", "successful", "pending"),
        a_snapshot("successful"),
        a_snapshot("successful", "failed"),
        a_snapshot("failed"),
        a_snapshot("pending", job_status="pending"),
        a_snapshot("successful", job_status="paused"),
        a_snapshot("successful", "abandoned", job_status="failed", **ENDED),
        a_snapshot("abandoned", "abandoned", job_status="failed", failure_reason_type="canceled_by_user"),
        a_snapshot("successful", job_status="completed"),
        replace(a_snapshot("successful"), older=OlderState(NINE)),
    ],
    ids=lambda snapshot: f"{snapshot.job.status}-{len(snapshot.items)}",
)
def test_the_gate(qtbot: QtBot, snapshot: JobSnapshot) -> None:
    panel = GatePanel()
    qtbot.addWidget(panel)
    assert english_in(panel) == set()
    found = judged(snapshot)
    panel.show_gate(gate_view(snapshot, found, counts_by_look(found.tally)))
    panel.forbid(said("Offline"))
    panel.advise(said("Wait"))
    panel.show_outcome(MessageKind.WARNING, said("Title"), said("Words"), "", can_look=True, can_release=True)
    assert english_in(panel) == set()
    assert len(panel.blockers) == (0 if snapshot.job.is_finished else len(getattr(found, "blockers", ())))


PREVIEWS = [
    judged(a_snapshot("successful", "successful")),
    judged(a_snapshot("successful", "failed", "abandoned")),
    judged(snapshot_of([a_failed_item(1, "No account")])),
    start_preview(a_snapshot("pending", "in_progress", "parked", job_status="pending")),
]


@pytest.mark.parametrize("preview", PREVIEWS, ids=["completed", "with errors", "failed", "started"])
def test_the_preview_from_the_first_look_to_the_end(qtbot: QtBot, preview: Preview) -> None:
    dialog = PreviewDialog(preview, ENGLISH, "Acme")
    qtbot.addWidget(dialog)
    dialog.show()
    assert english_in(dialog) == set()
    dialog.show_older(OlderJob(JobId("4"), "4"))
    assert english_in(dialog) == set()
    dialog.show_older(OlderJob(JobId("4"), ""))
    dialog.show_types(IntegrationSpecification().types_for(preview.snapshot.items))
    people = set_by_line([SetBy("4", 1, 0), SetBy("5", 0, 2), SetBy("6", 1, 2), SetBy("7", 1, 1)])
    age, ends = age_line(NINE, NINE + timedelta(minutes=3), ENGLISH), deadline_line(NINE, NINE, ENGLISH)
    dialog.show_summary(tuple(as_shown((*sum_lines(None, ENGLISH), people, age, ends))))
    assert english_in(dialog) == set()
    dialog.ask_second_person((UNNAMED,))
    dialog.second.name.setText("4")
    assert english_in(dialog) == set()
    dialog.show_sending(Step.READING_AGAIN.value)
    assert dialog.busy.accessibleName() == "⟦Reading the job and its items again⟧ …"
    assert dialog.cancel.text() == "⟦Leave it, it is settled later⟧"
    dialog.show_retry(MessageKind.ERROR, said("Title"), said("Words"), "", said("Send again"))
    assert dialog.send.text() == "⟦Send again⟧"
    assert english_in(dialog) == set()
    dialog.show_end(MessageKind.SUCCESS, said("Title"), said("Words"), "", was_sent=True)
    assert english_in(dialog) == set()


def test_a_fault_of_the_second_name() -> None:
    faults = [Confirmation(("4",), name).fault for name in ("", "4")] + [Confirmation(("0",), "O").fault]
    assert [outside(fault) for fault in faults] == [[], [], []]
    assert all(faults)


def test_the_dialogs_that_ask_who_looked_in_pleo(qtbot: QtBot) -> None:
    for dialog in (
        ReleaseDialog(said("What does Pleo show of '{event}'?", event=said("completed"))),
        JournalDoubtDialog(JournalInDoubt(said("The journal is gone")).title),
    ):
        qtbot.addWidget(dialog)
        assert english_in(dialog) == set()
        assert "⟧. ⟦" in dialog.consequence.text() or isinstance(dialog, ReleaseDialog)


EVENTS = [
    ExportJobEvent(Event.STARTED, JOB_ID),
    ExportJobEvent(Event.COMPLETED, JOB_ID),
    ExportJobEvent(Event.COMPLETED_WITH_ERRORS, JOB_ID),
    ExportJobEvent(Event.FAILED, JOB_ID, "No account", FailureType("accounting_system_validation_failure")),
]
PROBLEMS = [
    None,
    AnswerLost(said("Pleo did not answer in time")),
    NotReachable(said("Pleo cannot be reached.")),
    NotSignedIn(said("Pleo does not know the key"), ServerWords(401)),
    Refused(said("Pleo refused"), ServerWords(400, "BAD", "failureReasonType")),
    Refused(said("Pleo refused"), ServerWords(422)),
    Refused(said("Pleo refused"), ServerWords(418)),
]


@given(
    standing=st.sampled_from(list(Standing)),
    event=st.sampled_from(EVENTS),
    answer=st.sampled_from(list(Answer)),
    status=st.sampled_from([None, "pending", "in_progress", "completed", "completed_with_errors", "failed", "paused"]),
    problem=st.sampled_from(PROBLEMS),
    read_problem=st.sampled_from(PROBLEMS[:2]),
    after_lost=st.booleans(),
    implied=st.sampled_from([None, Event.COMPLETED, Event.FAILED]),
    kind=st.sampled_from([None, "job_expired", "accounting_system_validation_failure"]),
)
def test_what_became_of_an_event(
    standing: Standing,
    event: ExportJobEvent,
    answer: Answer,
    status: str | None,
    problem: PleoProblem | None,
    read_problem: PleoProblem | None,
    after_lost: bool,
    implied: EventType | None,
    kind: str | None,
) -> None:
    job = a_job(status, failure_reason_type=kind) if status else None
    departure = Departure(NINE, after_lost)
    met = Outcome(standing, event, answer, job, problem, read_problem, departure=departure, items_imply=implied)
    words = describe(met)
    for text in (words.title, words.meaning, words.next_step):
        assert outside(text) in ([], ["accounting", "system", "validation", "failure"])
        assert ".." not in text


def test_what_an_earlier_run_left_open() -> None:
    entries = [a_success(number).outcome for number in range(3)]
    refused = ItemUpdateError(accounting_entry_id=EntryId("a"), message="No", type="no")
    result = UpdateResult(arrived=[EntryId("a")], refused=[refused], unknown=entries[:2], not_sent=entries)
    assert [shown(line) for line in update_lines(result)] == [
        "⟦Item outcomes: 1 item reached Pleo.⟧",
        "⟦Item outcomes: 1 item refused by Pleo.⟧",
        "⟦Item outcomes: 2 items not known yet.⟧",
        "⟦Item outcomes: 3 items did not reach Pleo, and can be sent again.⟧",
    ]


@pytest.mark.parametrize(
    ("drafts", "words"),
    [
        ([a_success(1), a_success(2)], "⟦Once they are sent, it would be completed⟧"),
        ([a_success(1), a_failure(2)], "⟦Once they are sent, it would be completed with errors⟧"),
        ([a_failure(number) for number in range(3)], "⟦Once they are sent, it would have failed⟧"),
        ([a_failure(1)], "⟦Once it is sent, it would still not be ready⟧"),
    ],
)
def test_what_drafts_would_come_to_is_one_sentence(drafts: list[Draft], words: str) -> None:
    by_id = {draft.entry_id: draft for draft in drafts}
    would_be = snapshot_as_drafted(a_snapshot("successful", "pending", "pending"), by_id)
    view = drafts_view(by_id, judged(would_be), has_ended=False)
    assert shown(view.event_words) == words
    assert outside(view.event_note) == []
