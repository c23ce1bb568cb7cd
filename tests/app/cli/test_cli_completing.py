"""The gate of a job and its event on the command line, word by word."""

import json
import os
from datetime import datetime

import pytest
from fakes.raw_server import closed_port
from fakes.sandbox import final_events, sent_events

from app.sandbox.faults import Fault

PREVIEW_KEYS = ["job_id", "job_status", "ready", "counts", "event", "blockers", "deadline"]


def test_preview_of_a_ready_job_prints_the_event_that_would_be_sent(sandbox, signoff):
    sandbox.load("some failed")
    said = signoff("preview", sandbox.world.job_id, "--json")
    assert said.code == 0
    assert said.err == ""
    assert list(said.json) == PREVIEW_KEYS
    assert said.json["job_id"] == sandbox.world.job_id
    assert said.json["job_status"] == "in_progress"
    assert said.json["ready"] is True
    assert said.json["counts"] == {"successful": 20, "failed": 7}
    assert said.json["event"] == {"event": "completed_with_errors", "jobId": sandbox.world.job_id}
    assert said.json["blockers"] == []
    assert datetime.fromisoformat(said.json["deadline"]).tzinfo is not None
    assert sent_events(sandbox) == []


def test_preview_of_a_job_that_is_not_ready_prints_every_reason_and_exits_3(sandbox, signoff):
    sandbox.load("mixed")
    said = signoff("preview", sandbox.world.job_id, "--json")
    assert said.code == 3
    assert list(said.json) == PREVIEW_KEYS
    assert said.json["ready"] is False
    assert said.json["event"] is None
    pending, in_progress = said.json["blockers"]
    assert list(pending) == ["code", "message", "count", "item_ids"]
    assert (pending["code"], pending["message"], pending["count"]) == ("items_pending", "2 items are still pending", 2)
    assert len(pending["item_ids"]) == 2
    assert (in_progress["code"], in_progress["count"]) == ("items_in_progress", 1)


@pytest.mark.parametrize(
    ("scenario", "codes"),
    [
        ("pending", {"job_not_started", "items_pending"}),
        ("empty", {"no_items"}),
        ("unknown words", {"item_status_unknown"}),
        ("completed", {"job_finished"}),
        ("completed with errors", {"job_finished"}),
        ("expired", {"job_finished"}),
    ],
)
def test_preview_says_by_code_what_each_scenario_lacks(sandbox, signoff, scenario, codes):
    sandbox.load(scenario)
    said = signoff("preview", sandbox.world.job_id, "--json")
    assert said.code == 3
    assert codes <= {blocker["code"] for blocker in said.json["blockers"]}


def test_a_count_that_differs_is_a_blocker(sandbox, signoff):
    sandbox.load("all successful")
    sandbox.act({"act": "declare", "job_id": sandbox.world.job_id, "number_of_items": 42})
    said = signoff("preview", sandbox.world.job_id, "--json")
    assert said.code == 3
    (blocker,) = said.json["blockers"]
    assert blocker["code"] == "item_count_differs"
    assert "Pleo says 42 items but 18 were read" in blocker["message"]


def test_preview_in_words_shows_the_gate_and_the_exact_body(sandbox, signoff):
    sandbox.load("all failed")
    said = signoff("preview", sandbox.world.job_id)
    assert said.code == 0
    assert "14 of 14 items final" in said.out
    assert "can't be undone" in said.out
    assert '"event": "failed"' in said.out


def test_preview_in_words_lists_what_is_missing(sandbox, signoff):
    sandbox.load("mixed")
    said = signoff("preview", sandbox.world.job_id)
    assert said.code == 3
    assert "- 2 items are still pending" in said.out


@pytest.mark.parametrize(
    ("scenario", "event"),
    [("all successful", "completed"), ("some failed", "completed_with_errors"), ("all failed", "failed")],
)
def test_complete_sends_exactly_the_previewed_body_once_and_exits_0(sandbox, signoff, scenario, event):
    sandbox.load(scenario)
    previewed = signoff("preview", sandbox.world.job_id, "--json").json
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert said.code == 0
    assert list(said.json) == [*PREVIEW_KEYS, "outcome"]
    assert said.json["outcome"] == "confirmed"
    assert said.json["event"] == previewed["event"]
    assert previewed["event"]["event"] == event
    assert final_events(sandbox) == [previewed["event"]]
    assert sandbox.world.job_body(sandbox.world.job_id)["status"] == event
    assert "Confirmed" in said.err


def test_complete_a_second_time_sends_nothing_and_exits_3(sandbox, signoff):
    sandbox.load("all successful")
    signoff("complete", sandbox.world.job_id, "--yes")
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert (said.code, said.json["outcome"]) == (3, "not_ready")
    assert len(sent_events(sandbox)) == 1


def test_complete_of_a_job_that_is_not_ready_sends_nothing_and_exits_3(sandbox, signoff):
    sandbox.load("mixed")
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert said.code == 3
    assert said.json["outcome"] == "not_ready"
    assert said.json["blockers"]
    assert said.json["event"] is None
    assert sent_events(sandbox) == []


def test_complete_without_yes_sends_nothing_and_exits_2(sandbox, signoff):
    sandbox.load("all successful")
    said = signoff("complete", sandbox.world.job_id, "--json")
    assert said.code == 2
    assert said.json["ready"] is True
    assert "--yes" in said.err
    assert sent_events(sandbox) == []


def test_complete_takes_the_users_reason_and_type_for_a_failed_event(sandbox, signoff):
    sandbox.load("all failed")
    words = ("--failure-reason", "Fortnox är nere", "--failure-reason-type", "accounting_system_unreachable")
    assert signoff("complete", sandbox.world.job_id, "--yes", *words).code == 0
    (body,) = final_events(sandbox)
    assert body["failureReason"] == "Fortnox är nere"
    assert body["failureReasonType"] == "accounting_system_unreachable"


@pytest.mark.parametrize("option", ["--failure-reason", "--failure-reason-type"])
def test_a_blank_reason_is_wrong_usage_and_sends_nothing(sandbox, signoff, option):
    sandbox.load("all failed")
    assert signoff("complete", sandbox.world.job_id, "--yes", option, "  ").code == 2
    assert sent_events(sandbox) == []


def test_a_reason_for_an_event_that_carries_none_is_said_to_be_unused(sandbox, signoff):
    sandbox.load("all successful")
    said = signoff("complete", sandbox.world.job_id, "--yes", "--failure-reason", "Because")
    assert said.code == 0
    assert "not used" in said.err
    assert set(final_events(sandbox)[0]) == {"event", "jobId"}


def test_a_refused_event_exits_4_with_the_servers_words(sandbox, signoff):
    sandbox.load("all successful")
    body = json.dumps({"type": "SOME_RULE", "message": "The ledger is locked"})
    sandbox.arm(Fault("final_event", status=400, body=body))
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert said.code == 4
    assert list(said.json) == [*PREVIEW_KEYS, "outcome", "server"]
    assert said.json["outcome"] == "refused"
    assert said.json["server"] == {"status": 400, "type": "SOME_RULE", "message": "The ledger is locked"}
    assert "The ledger is locked" in said.err


def test_what_to_do_is_said_without_the_windows_keys(sandbox, signoff, monkeypatch):
    monkeypatch.setenv("SIGNOFF_BASE_URL", f"http://127.0.0.1:{closed_port()}")
    said = signoff("show", "any")
    assert said.code == 6
    assert said.err.endswith("Check the network and the address of the connection, then run it again.\n")
    monkeypatch.setenv("SIGNOFF_BASE_URL", sandbox.url)
    sandbox.load("all successful")
    sandbox.arm(Fault("final_event", status=422, body="{}"))
    said = signoff("complete", sandbox.world.job_id, "--yes")
    assert "Look at the job with: signoff show" in said.err
    assert "F5" not in said.err


def test_an_error_under_a_good_status_has_its_words_in_the_document_too(sandbox, signoff):
    sandbox.load("all successful")
    body = json.dumps({"type": "SOME_RULE", "message": "The ledger is locked"})
    sandbox.arm(Fault("final_event", status=200, body=body, times=9))
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert said.code == 5
    assert list(said.json) == [*PREVIEW_KEYS, "outcome", "server"]
    assert said.json["server"] == {"status": 200, "type": "SOME_RULE", "message": "The ledger is locked"}
    assert "The ledger is locked" in said.err


@pytest.mark.parametrize("field", ["type", "message"])
def test_endless_words_of_the_server_are_cut_in_the_document_as_on_screen(sandbox, signoff, field):
    sandbox.load("all successful")
    body = json.dumps({"type": "SOME_RULE", "message": "The ledger is locked"} | {field: "x" * 100_000})
    sandbox.arm(Fault("final_event", status=422, body=body, times=9))
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert said.json["server"][field] == "x" * 1_999 + "…"
    assert len(said.err) < 3_000


def test_a_refused_failure_type_offers_the_references_nearest_value(sandbox, signoff):
    sandbox.load("all failed")
    body = json.dumps({"type": "BAD_REQUEST", "message": "failureReasonType is not an allowed value"})
    sandbox.arm(Fault("final_event", status=400, body=body))
    said = signoff("complete", sandbox.world.job_id, "--yes")
    assert said.code == 4
    assert "--failure-reason-type validation_failure" in said.err
    again = signoff("complete", sandbox.world.job_id, "--yes", "--failure-reason-type", "validation_failure")
    assert again.code == 0
    assert len(final_events(sandbox)) == 1


def test_an_accepted_event_that_does_not_show_exits_5(sandbox, signoff):
    sandbox.load("all successful")
    sandbox.arm(Fault("final_event", effect="none"))
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert (said.code, said.json["outcome"]) == (5, "unknown")
    assert len(sent_events(sandbox)) == 1


def test_a_lost_answer_to_an_applied_event_is_confirmed(sandbox, signoff):
    sandbox.load("all successful")
    sandbox.arm(Fault("final_event", status=502, body="<html>Bad gateway</html>", effect="applied"))
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert (said.code, said.json["outcome"]) == (0, "confirmed")
    assert len(final_events(sandbox)) == 1


def test_a_change_between_reading_and_sending_sends_nothing_and_exits_3(sandbox, signoff):
    sandbox.load("some failed")
    end = {"act": "event", "body": {"event": "completed_with_errors", "jobId": sandbox.world.job_id}}
    sandbox.arm(Fault("read_job"), Fault("read_job", first=end))
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert (said.code, said.json["outcome"]) == (3, "not_ready")
    assert "Nothing was sent" in said.err
    assert sent_events(sandbox) == []


def test_an_event_that_somebody_else_sent_first_is_as_wanted_and_exits_0(sandbox, signoff):
    sandbox.load("all successful")
    same = {"act": "event", "body": {"event": "completed", "jobId": sandbox.world.job_id}}
    sandbox.arm(Fault("final_event", first=same))
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert len(final_events(sandbox)) == 1
    assert (said.code, said.json["outcome"]) == (0, "confirmed")


def test_a_job_that_expired_just_before_the_event_exits_4(sandbox, signoff):
    sandbox.load("all successful")
    sandbox.arm(Fault("final_event", first={"act": "expire", "job_id": sandbox.world.job_id}))
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert (said.code, said.json["outcome"]) == (4, "refused")
    assert final_events(sandbox) == []
    assert "Overtaken" in said.err


def test_a_pending_job_is_started_and_exits_0(sandbox, signoff):
    sandbox.load("pending")
    said = signoff("start", sandbox.world.job_id, "--yes", "--json")
    assert said.code == 0
    assert said.json["outcome"] == "confirmed"
    assert said.json["event"] == {"event": "started", "jobId": sandbox.world.job_id}
    assert sent_events(sandbox) == [said.json["event"]]


def test_start_without_yes_sends_nothing_and_exits_2(sandbox, signoff):
    sandbox.load("pending")
    assert signoff("start", sandbox.world.job_id).code == 2
    assert sent_events(sandbox) == []


def test_a_job_that_runs_already_is_not_started_again(sandbox, signoff):
    sandbox.load("mixed")
    said = signoff("start", sandbox.world.job_id, "--yes", "--json")
    assert (said.code, said.json["outcome"]) == (3, "not_ready")
    assert [blocker["code"] for blocker in said.json["blockers"]] == ["job_already_started"]
    assert sent_events(sandbox) == []


def test_a_completion_whose_job_cannot_be_read_still_prints_its_outcome(sandbox, signoff, monkeypatch):
    sandbox.load("some failed")
    monkeypatch.setenv("SIGNOFF_API_KEY", f"wrong-{os.environ['SIGNOFF_API_KEY']}")
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert said.code == 7
    assert list(said.json) == [*PREVIEW_KEYS, "outcome", "server"]
    assert said.json["outcome"] == "not_ready"
    assert said.json["event"] is None
    assert said.json["server"]["status"] == 401
    assert not sent_events(sandbox)
