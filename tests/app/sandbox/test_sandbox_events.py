"""What moves a job, and what does not."""

import pytest

REASON = {"failureReason": "Period closed", "failureReasonType": "validation_failure"}


def test_a_pending_job_can_be_started(pleo_with):
    pleo = pleo_with("pending")
    assert pleo.send("started") == (202, None)
    job = pleo.job()
    assert (job["status"], job["startedAt"], job["lastUpdatedAt"]) == ("in_progress", *["2026-11-20T12:00:00.000Z"] * 2)


@pytest.mark.parametrize("event", ["completed", "completed_with_errors"])
def test_a_job_that_was_not_started_cannot_be_completed(pleo_with, event):
    status, body = pleo_with("pending").send(event)
    assert (status, body["type"]) == (422, "INVALID_EXPORT_JOB_STATUS_CHANGE")


def test_a_job_that_was_not_started_can_fail(pleo_with):
    pleo = pleo_with("pending")
    assert pleo.send("failed", **REASON)[0] == 202
    assert set(pleo.statuses()) == {"abandoned"}


@pytest.mark.parametrize("event", ["completed", "completed_with_errors"])
def test_a_running_job_can_be_completed(pleo_with, event):
    pleo = pleo_with("all successful")
    assert pleo.send(event) == (202, None)
    job = pleo.job()
    assert (job["status"], job["completedAt"]) == (event, "2026-11-20T12:00:00.000Z")


def test_a_running_job_cannot_be_started_again(pleo_with):
    status, body = pleo_with("mixed").send("started")
    assert (status, body["type"]) == (422, "INVALID_EXPORT_JOB_STATUS_CHANGE")


@pytest.mark.parametrize("event", ["started", "completed", "completed_with_errors", "failed"])
@pytest.mark.parametrize("scenario", ["completed", "completed with errors", "expired", "canceled by user"])
def test_a_finished_job_refuses_every_event(pleo_with, scenario, event):
    pleo = pleo_with(scenario)
    before = pleo.job()
    fields = REASON if event == "failed" else {}
    status, body = pleo.send(event, **fields)
    assert (status, body["type"]) == (422, "INVALID_EXPORT_JOB_STATUS_CHANGE")
    assert pleo.job() == before


def test_a_failed_job_keeps_its_reason_and_abandons_what_was_open(pleo_with):
    pleo = pleo_with("mixed")
    before = pleo.statuses()
    assert pleo.send("failed", **REASON)[0] == 202
    job = pleo.job()
    assert (job["failureReason"], job["failureReasonType"]) == ("Period closed", "validation_failure")
    assert pleo.statuses() == [{"pending": "abandoned", "in_progress": "abandoned"}.get(each, each) for each in before]


@pytest.mark.parametrize("missing", REASON)
def test_the_failed_event_needs_reason_and_type(pleo_with, missing):
    fields = {name: value for name, value in REASON.items() if name != missing}
    status, body = pleo_with("all failed").send("failed", **fields)
    assert status == 400
    assert missing in body["message"]


def test_only_the_strict_sandbox_refuses_a_job_type_outside_the_closed_list(pleo_with):
    fields = REASON | {"failureReasonType": "accounting_system_validation_failure"}
    assert pleo_with("all failed").send("failed", **fields)[0] == 202
    status, body = pleo_with("all failed", strict=True).send("failed", **fields)
    assert status == 400
    assert "failureReasonType" in body["message"]


def test_the_nearest_listed_type_is_taken_by_the_strict_sandbox(pleo_with):
    assert pleo_with("all failed", strict=True).send("failed", **REASON)[0] == 202


def test_only_the_strict_sandbox_refuses_reasons_beside_another_event(pleo_with):
    assert pleo_with("some failed").send("completed_with_errors", **REASON)[0] == 202
    assert pleo_with("some failed", strict=True).send("completed_with_errors", **REASON)[0] == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"completed"',
        b'{"event": "completed"}',
        b'{"event": "completed", "exportJobId": "68e8c05d-0cd1-5f34-967f-867db557fcd5"}',
        b'{"event": "completed", "jobId": "not-a-uuid"}',
        b'{"event": "expired", "jobId": "68e8c05d-0cd1-5f34-967f-867db557fcd5"}',
        b'{"event": NaN, "jobId": "68e8c05d-0cd1-5f34-967f-867db557fcd5"}',
        b"[" * 100_000,
    ],
)
def test_a_malformed_event_is_a_bad_request_and_changes_nothing(pleo_with, body):
    pleo = pleo_with("mixed")
    before = pleo.job()
    status, answer = pleo.call("final_event", body=body)
    assert (status, set(answer)) == (400, {"type", "message"})
    assert pleo.job() == before


def test_an_event_for_an_unknown_job_is_not_found(pleo_with):
    body = {"event": "completed", "jobId": "00000000-0000-4000-8000-000000000000"}
    status, answer = pleo_with("mixed").call("final_event", body=body)
    assert (status, answer["type"]) == (404, "EXPORT_NOT_FOUND")


def test_received_counts_one_applied_final_event_and_keeps_every_attempt(pleo_with):
    pleo = pleo_with("all successful")
    pleo.send("completed")
    pleo.send("completed")
    received = pleo.world.received()
    assert received["final_events_applied"] == {pleo.job_id: 1}
    assert [(event["status"], event["applied"], event["early"]) for event in received["events"]] == [
        (202, True, False),
        (422, False, False),
    ]
    assert received["events"][0]["body"] == {"event": "completed", "jobId": pleo.job_id}


def test_received_marks_a_final_event_as_early_while_items_are_open(pleo_with):
    pleo = pleo_with("mixed")
    pleo.send("completed")
    assert pleo.world.received()["events"][0]["early"] is True


def test_another_actor_can_end_the_job_first(pleo_with):
    pleo = pleo_with("some failed")
    body = {"event": "completed_with_errors", "jobId": pleo.job_id}
    assert pleo.act("event", body=body) == {"applied": True, "status": 202}
    assert pleo.send("completed_with_errors")[0] == 422
    actors = [(event["actor"], event["applied"]) for event in pleo.world.received()["events"]]
    assert actors == [("other", True), ("api", False)]
    assert pleo.act("event", body=body)["applied"] is False
