import json

import pytest
from fakes.builders import JOB_ID, a_job
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.completion.attempt import Answer, Outcome, Standing
from app.completion.outcome_text import describe
from app.errors import AnswerLost, NotReachable, PleoProblem, Refused, ServerWords
from app.models.export_job_event import ExportJobEvent
from app.models.vocabulary import Event
from ui.completion.gate_panel import GatePanel
from ui.completion.view_model import outcome_details, outcome_tone
from ui.widgets.message_bar import MessageKind

COMPLETED = ExportJobEvent(Event.COMPLETED, JOB_ID)
LOST = AnswerLost("Pleo did not answer in time", details="POST /v3/export-job-events")
AWAY = NotReachable("Pleo cannot be reached")
NO = Refused(
    "Pleo refused the request with 400: <b>failureReasonType</b> is not valid",
    ServerWords(400, "BAD_REQUEST", "<b>failureReasonType</b> is not valid"),
    details="HTTP 400",
)


def outcome(
    standing: Standing, status: str | None, answer: Answer = Answer.ACCEPTED, problem: PleoProblem | None = None
) -> Outcome:
    job = a_job(status) if status else None
    return Outcome(standing, COMPLETED, answer, job, problem)


CASES = [
    (outcome(Standing.CONFIRMED, "completed"), "success", "Confirmed: the job is completed", "read-only"),
    (outcome(Standing.REFUSED, "in_progress", Answer.DECLINED, NO), "error", "Refused", "failureReasonType"),
    (outcome(Standing.OVERTAKEN, "failed"), "warning", "Overtaken", "did not take effect"),
    (outcome(Standing.OVERTAKEN, "completed", Answer.DECLINED), "success", "Overtaken", "Nothing is left to do"),
    (outcome(Standing.NOT_SENT, "in_progress", Answer.NEVER_ARRIVED, AWAY), "warning", "Not sent", "send it again"),
    (outcome(Standing.MISSING, "in_progress", Answer.LOST, LOST), "warning", "Pleo does not have", "send it again"),
    (outcome(Standing.UNKNOWN, "in_progress"), "warning", "Not known yet", "Nothing is sent again"),
    (outcome(Standing.UNKNOWN, None, Answer.LOST, LOST), "warning", "Not known yet", "did not answer in time"),
]


@pytest.mark.parametrize(
    ("met", "tone", "title", "text"),
    CASES,
    ids=[f"{case[0].standing}-{case[1]}-{case[0].answer.value}" for case in CASES],
)
def test_an_outcome_says_what_happened_what_it_means_and_what_to_do(
    met: Outcome, tone: str, title: str, text: str
) -> None:
    words = describe(met)
    assert outcome_tone(met) == tone
    assert words.title.startswith(title)
    assert text in f"{words.meaning} {words.next_step}"


def test_the_details_hold_what_was_sent_what_was_answered_and_what_was_read() -> None:
    details = outcome_details(outcome(Standing.MISSING, "in_progress", Answer.LOST, LOST))
    sent = details.partition("Sent:\n")[2].partition("\n\n")[0]
    assert json.loads(sent) == COMPLETED.as_dict()
    assert "Answer: lost" in details
    assert "POST /v3/export-job-events" in details
    assert "Job as read: in_progress" in details


@pytest.mark.parametrize("standing", list(Standing))
def test_an_outcome_in_the_gate_can_be_copied_and_only_an_unknown_one_offers_to_look_again(
    qtbot: QtBot, standing: Standing
) -> None:
    panel = GatePanel()
    qtbot.addWidget(panel)
    panel.show()
    met = outcome(standing, "in_progress", Answer.LOST, LOST)
    words = describe(met)
    is_open = standing is Standing.UNKNOWN
    panel.show_outcome(
        MessageKind(outcome_tone(met)), words.title, words.meaning, outcome_details(met), can_look=is_open
    )
    assert panel.outcome.title() == words.title
    panel.outcome.findChild(QPushButton, "messageDetails").click()
    panel.outcome.findChild(QPushButton, "messageCopy").click()
    assert "Sent:" in QGuiApplication.clipboard().text()
    look = panel.outcome.findChild(QPushButton, "message-action-look")
    assert (look is not None) == is_open
    if look:
        with qtbot.waitSignal(panel.look_requested):
            look.click()
