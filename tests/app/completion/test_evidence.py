"""What the journal keeps of an attempt, and what is told from it afterwards."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import JOB_ID, NINE, a_failed_item, a_job, a_snapshot, an_item, snapshot_of
from fakes.journal import FakeRow
from fakes.pleo import declined, lost

from app.completion.attempt import Answer, Standing
from app.completion.evidence import (
    Kind,
    Origin,
    answer_content,
    attempt_recorded_in,
    basis_of,
    fingerprint,
    job_content,
    may_have_arrived,
)
from app.errors import NotAllowed, NotSignedIn, Refused
from app.models.page import ItemUpdateError

REFUSED_ROW = ItemUpdateError(accounting_entry_id="e", message="No", type="T")


def test_a_fingerprint_is_the_same_in_every_version_of_signoff():
    """It is SHA-256 over JSON in plain ASCII: rows of today are held against reads of years ahead."""
    snapshot = snapshot_of([an_item(1), a_failed_item(2, "Konto für Gebühren", "account_unknown")])
    assert fingerprint(snapshot) == "e31e9e661a135f9ccf88ace76a4461ed1201d3c6269521c02f2200750d40a3d7"


def test_the_order_of_the_rows_is_no_part_of_a_fingerprint():
    rows = [an_item(1), an_item(2, "failed"), a_failed_item(3, "x")]
    assert fingerprint(snapshot_of(rows)) == fingerprint(snapshot_of(rows[::-1]))


@pytest.mark.parametrize(
    "other",
    [
        snapshot_of([a_failed_item(1, "Period open", "tag_unknown")]),
        snapshot_of([a_failed_item(1, None, "tag_unknown")]),
        snapshot_of([a_failed_item(1, "Period closed", "vendor_unknown")]),
        snapshot_of([a_failed_item(1, "Period closed")]),
        snapshot_of([a_failed_item(2, "Period closed", "tag_unknown")]),
        snapshot_of([an_item(1, "abandoned", failure_reason="Period closed", failure_reason_type="tag_unknown")]),
        snapshot_of([a_failed_item(1, "Period closed", "tag_unknown")], "failed"),
        snapshot_of([a_failed_item(1, "Period closed", "tag_unknown")], items=2),
    ],
)
def test_whatever_an_event_depends_on_changes_the_fingerprint(other):
    assert fingerprint(snapshot_of([a_failed_item(1, "Period closed", "tag_unknown")])) != fingerprint(other)


def test_the_basis_of_a_decision_is_the_read_in_the_journals_words():
    snapshot = snapshot_of([an_item(1), an_item(2, "failed")], last_updated_at=NINE - timedelta(minutes=1))
    assert basis_of(snapshot) == {
        "fingerprint": fingerprint(snapshot),
        "counts": {"successful": 1, "failed": 1},
        "number_of_items": 2,
        "job_status": "in_progress",
        "read_at": "2026-03-02T09:00:00+00:00",
        "last_updated_at": "2026-03-02T08:59:00+00:00",
    }
    assert basis_of(a_snapshot("failed"))["last_updated_at"] is None


@pytest.mark.parametrize(
    ("answer", "problem", "errors", "content"),
    [
        (Answer.ACCEPTED, None, (), {"answer": "accepted", "problem": None}),
        (Answer.LOST, lost(), (), {"answer": "lost", "problem": "Pleo did not answer in time"}),
        (
            Answer.DECLINED,
            declined(422, "X", "Ended"),
            (),
            {
                "answer": "declined",
                "problem": "Pleo refused the request",
                "server": {"status": 422, "type": "X", "message": "Ended"},
            },
        ),
        (
            Answer.ACCEPTED,
            None,
            (REFUSED_ROW,),
            {
                "answer": "accepted",
                "problem": None,
                "errors": [{"accounting_entry_id": "e", "message": "No", "type": "T"}],
            },
        ),
    ],
)
def test_an_answer_is_kept_with_pleos_own_words(answer, problem, errors, content):
    assert answer_content(answer, problem, errors) == content


def test_a_read_is_kept_with_what_an_event_can_change():
    job = a_job("failed", failure_reason="Late", failure_reason_type="job_expired", last_updated_at=NINE)
    assert job_content(job, None) == {
        "job_status": "failed",
        "failure_reason": "Late",
        "failure_reason_type": "job_expired",
        "last_updated_at": "2026-03-02T09:00:00+00:00",
    }


def test_a_read_that_failed_is_kept_as_what_it_met():
    assert job_content(None, lost()) == {"problem": "Pleo did not answer in time"}
    assert job_content(None, None) == {"problem": None}


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ("https://pleo.example a-company", True),
        ("https://PLEO.example/ a-company", True),
        ("https://pleo.example another-company", False),
        ("https://elsewhere.example a-company", False),
        ("https://elsewhere.example another-company", False),
    ],
)
def test_a_connection_is_a_server_and_a_credential_whoever_sits_there(other, is_same):
    here = Origin("ann@here", "https://pleo.example a-company")
    assert here.is_same_connection(Origin("bo@there", other)) is is_same


class Rows:
    """One attempt's rows, a minute after each other from nine o'clock on."""

    def __init__(self, **body: str) -> None:
        self.written: list[FakeRow] = []
        said = {"event": "completed", "jobId": JOB_ID} | body
        intention = {"what": "event", "job_id": JOB_ID, "who": "ann", "connection": "https://a x"}
        self.add(Kind.INTENDED, intention | {"body": json.dumps(said)})

    def add(self, kind: Kind, content=None):
        at = (NINE + timedelta(minutes=len(self.written))).isoformat()
        self.written.append(FakeRow("a", kind, json.dumps(content or {}), at, len(self.written) + 1))
        return self

    def answered(self, answer: Answer, problem=None, errors=()):
        return self.add(Kind.ANSWERED, answer_content(answer, problem, errors))

    def judged(self, standing: Standing):
        return self.add(Kind.JUDGED, {"standing": standing.value})

    def attempt(self):
        found = attempt_recorded_in(self.written)
        assert found is not None
        return found


def test_rows_without_an_intention_tell_of_no_attempt():
    assert attempt_recorded_in([]) is None
    assert attempt_recorded_in(Rows().add(Kind.SENT).written[1:]) is None


def test_what_was_only_intended_was_not_sent():
    found = Rows().attempt()
    assert (found.was_sent, found.sent_at, found.answer, found.judged) == (False, None, None, None)
    assert (found.id, found.what, found.job_id, found.origin) == ("a", "event", JOB_ID, Origin("ann", "https://a x"))


def test_an_attempt_is_told_with_its_last_send_its_answer_and_its_last_read():
    rows = Rows().add(Kind.SENT).answered(Answer.NEVER_ARRIVED, lost()).add(Kind.SENT)
    assert (rows.attempt().was_sent, rows.attempt().answer, rows.attempt().problem) == (True, None, None)
    rows.answered(Answer.ACCEPTED, errors=[REFUSED_ROW]).add(Kind.READ, {"job_status": "in_progress"})
    found = rows.attempt()
    assert found.sent_at == NINE + timedelta(minutes=3)
    assert (found.answer, found.errors, found.last_read) == (
        Answer.ACCEPTED,
        (REFUSED_ROW,),
        {"job_status": "in_progress"},
    )


def test_the_first_judgement_is_the_one_that_holds():
    rows = Rows().add(Kind.SENT).judged(Standing.CONFIRMED).judged(Standing.RELEASED)
    assert rows.attempt().judged is Standing.CONFIRMED


@pytest.mark.parametrize(
    ("status", "kind"), [(400, Refused), (401, NotSignedIn), (402, Refused), (403, NotAllowed), (404, Refused)]
)
def test_a_refusal_comes_back_as_what_it_was_in_the_same_words(status, kind):
    found = Rows().add(Kind.SENT).answered(Answer.DECLINED, declined(status, "X", "Ended")).attempt().problem
    assert type(found) is kind
    assert (found.title, found.words) == ("Pleo refused the request", declined(status, "X", "Ended").words)


def test_trouble_on_the_way_comes_back_in_the_same_words():
    found = Rows().add(Kind.SENT).answered(Answer.LOST, lost()).attempt().problem
    assert found is not None
    assert found.title == "Pleo did not answer in time"
    assert not isinstance(found, Refused)


def test_the_event_comes_back_as_it_was_sent():
    body = {"event": "failed", "failureReason": "Period closed", "failureReasonType": "validation_failure"}
    assert Rows(**body).attempt().event.as_dict() == {"jobId": JOB_ID} | body
    assert Rows().attempt().event.failure_reason_type is None


@pytest.mark.parametrize(
    ("answer", "judged", "may_have"),
    [
        (None, None, True),
        (Answer.LOST, None, True),
        (Answer.LOST, Standing.MISSING, True),
        (Answer.LOST, Standing.RELEASED, True),
        (Answer.ACCEPTED, Standing.RELEASED, True),
        (Answer.LOST, Standing.CONFIRMED, False),
        (Answer.LOST, Standing.OVERTAKEN, False),
        (Answer.ACCEPTED, None, False),
        (Answer.DECLINED, None, False),
        (Answer.NEVER_ARRIVED, Standing.NOT_SENT, False),
    ],
)
def test_an_attempt_may_have_arrived_where_nothing_ever_told_what_became_of_it(answer, judged, may_have):
    attempt = Rows().add(Kind.SENT).attempt()
    assert may_have_arrived(replace(attempt, answer=answer, judged=judged)) is may_have


def test_what_never_left_has_not_arrived():
    assert not may_have_arrived(Rows().attempt())
