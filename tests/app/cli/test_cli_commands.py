"""The command line, word by word, in this process against a running sandbox."""

import argparse
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from fakes.builders import OTHER_JOB_ID
from fakes.raw_server import closed_port
from fakes.running_sandbox import RunningSandbox
from fakes.sandbox import final_events, sent_events

import app.cli.commands
from app.cli.arguments import parsed
from app.cli.commands import exit_code_of
from app.completion.service import Patience
from app.composition.services import Switchboard, Tuning
from app.errors import ServerWords, SignInAgain, SignInNotKept
from app.platform.logs import redaction
from app.pleo.connection import Timeouts
from app.pleo.retrying import ReadPatience
from app.sandbox import company_names, scenario_names
from app.sandbox.faults import Fault

SECRET = "pk-9f3a77c1-hunter2"
QUICK = Tuning(Timeouts(1, 2, 2), ReadPatience(attempts=1), Patience(reads=(0, 0.01, 0.01), between_sends=0.01))
PREVIEW_KEYS = ["job_id", "job_status", "ready", "counts", "event", "blockers", "deadline"]


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """All of standard output is one JSON object."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@pytest.fixture(scope="module")
def running():
    with RunningSandbox("empty") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running, monkeypatch):
    running.world.disarm()
    monkeypatch.setenv("SIGNOFF_BASE_URL", running.url)
    monkeypatch.setenv("SIGNOFF_API_KEY", SECRET)
    monkeypatch.setattr(app.cli.commands, "Switchboard", partial(Switchboard, tuning=QUICK))
    return running


@pytest.fixture
def signoff(capsys):
    def said(*words: str) -> Said:
        try:
            code = app.cli.commands.run(parsed(words, scenario_names))
        except SystemExit as end:
            code = end.code
        captured = capsys.readouterr()
        assert SECRET not in captured.out + captured.err
        return Said(code, captured.out, captured.err)

    return said


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


def test_jobs_lists_what_needs_the_accountant_and_all_on_request(sandbox, signoff):
    sandbox.load("everyday")
    said, everything = signoff("jobs", "--json"), signoff("jobs", "--all", "--json")
    assert (said.code, everything.code) == (0, 0)
    assert list(said.json) == ["jobs", "read_at"]
    assert {job["status"] for job in said.json["jobs"]} == {"in_progress", "pending"}
    assert {job["status"] for job in everything.json["jobs"]} > {"in_progress", "pending", "completed"}
    job = said.json["jobs"][0]
    assert list(job) == [
        "job_id", "company_id", "company", "status", "number_of_items", "counts", "created_at", "started_at",
        "completed_at", "deadline", "failure_reason", "failure_reason_type",
    ]  # fmt: skip
    assert sum(job["counts"].values()) == job["number_of_items"]


def test_jobs_in_words_is_a_table(sandbox, signoff):
    sandbox.load("everyday")
    lines = signoff("jobs").out.splitlines()
    assert lines[0].split() == ["JOB", "COMPANY", "STATUS", "ITEMS", "LEFT"]
    assert len(lines) == 1 + len(signoff("jobs", "--json").json["jobs"])


def test_show_prints_the_job_with_its_items(sandbox, signoff):
    sandbox.load("some failed")
    said = signoff("show", sandbox.world.job_id, "--json")
    assert said.code == 0
    assert said.json["accounting_data_problem"] is None
    assert len(said.json["items"]) == 27
    failed = next(item for item in said.json["items"] if item["status"] == "failed")
    assert failed["failure_reason"]
    assert failed["entry"]["supplier"]
    assert isinstance(failed["entry"]["amount"], str)
    assert failed["entry"]["currency"]


@pytest.mark.parametrize(
    ("scenario", "words"), [("contra accounts missing", "contra accounts"), ("completed", "running jobs only")]
)
def test_show_goes_on_without_accounting_data_and_says_why(sandbox, signoff, scenario, words):
    sandbox.load(scenario)
    said = signoff("show", sandbox.world.job_id, "--json")
    assert said.code == 0
    assert words in said.json["accounting_data_problem"]
    assert said.json["items"]
    assert {item["entry"] for item in said.json["items"]} == {None}
    assert words in signoff("show", sandbox.world.job_id).out


@pytest.mark.parametrize("command", ["show", "preview", "complete", "start"])
def test_a_job_that_pleo_does_not_know_exits_4(sandbox, signoff, command):
    sandbox.load("mixed")
    yes = ["--yes"] if command in ("complete", "start") else []
    said = signoff(command, OTHER_JOB_ID, *yes)
    assert said.code == 4
    assert said.out == ""
    assert "does not know this job" in said.err


@pytest.mark.parametrize("key", ["wrong-key-of-nobody", "expired-key-of-nobody", "revoked-key-of-nobody"])
def test_a_key_that_pleo_does_not_accept_exits_7(sandbox, signoff, monkeypatch, key):
    monkeypatch.setenv("SIGNOFF_API_KEY", key)
    said = signoff("jobs", "--json")
    assert (said.code, said.out) == (7, "")
    assert key not in said.err


def test_a_key_that_may_not_write_exits_7_and_changes_nothing(sandbox, signoff, monkeypatch):
    monkeypatch.setenv("SIGNOFF_API_KEY", "readonly-key-of-somebody")
    sandbox.load("all successful")
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert said.code == 7
    assert said.json["outcome"] == "refused"
    assert said.json["server"]["status"] == 403
    assert final_events(sandbox) == []


def test_without_a_key_it_exits_7(sandbox, signoff, monkeypatch):
    monkeypatch.delenv("SIGNOFF_API_KEY")
    said = signoff("jobs")
    assert (said.code, said.out) == (7, "")
    assert "SIGNOFF_API_KEY" in said.err


def test_an_access_token_signs_in_too(sandbox, signoff, monkeypatch):
    monkeypatch.delenv("SIGNOFF_API_KEY")
    monkeypatch.setenv("SIGNOFF_ACCESS_TOKEN", "token.of.somebody")
    sandbox.load("mixed")
    assert signoff("jobs").code == 0


def test_a_company_of_the_environment_is_sent_to_pleo(sandbox, signoff, monkeypatch):
    sandbox.load("everyday")
    monkeypatch.setenv("SIGNOFF_API_KEY", "organisation-key")
    assert signoff("jobs").code == 4
    company = next(iter(company_names()))
    monkeypatch.setenv("SIGNOFF_COMPANY_ID", company)
    said = signoff("jobs", "--all", "--json")
    assert said.code == 0
    assert {job["company_id"] for job in said.json["jobs"]} == {company}


def test_nobody_at_the_address_exits_6(sandbox, signoff, monkeypatch):
    monkeypatch.setenv("SIGNOFF_BASE_URL", f"http://127.0.0.1:{closed_port()}")
    said = signoff("jobs", "--json")
    assert (said.code, said.out) == (6, "")
    assert "cannot be reached" in said.err


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("read_job", status=200, body="<html>sign in</html>", headers={"Content-Type": "text/html"}), 6),
        (Fault("read_job", status=200, body='{"data": '), 6),
        (Fault("read_job", status=200, body=""), 6),
        (Fault("read_job", status=302, headers={"Location": "https://elsewhere.example/"}), 6),
        (Fault("read_job", status=429, headers={"Retry-After": "3600"}), 6),
        (Fault("read_job", status=503), 6),
        (Fault("read_job", status=403), 7),
        (Fault("read_job", status=400), 4),
    ],
    ids=lambda value: f"{value.status}-{value.body[:6]}" if isinstance(value, Fault) else str(value),
)
def test_bad_answers_end_in_a_message_and_the_promised_code(sandbox, signoff, fault, code):
    sandbox.load("mixed")
    sandbox.arm(fault)
    said = signoff("preview", sandbox.world.job_id, "--json")
    assert (said.code, said.out) == (code, "")
    assert said.err.strip()
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "url", ["http://external.pleo.io", "external.pleo.io", "ftp://127.0.0.1", "https://user:key@a.example"]
)
def test_an_address_that_is_neither_https_nor_loopback_exits_2(sandbox, signoff, monkeypatch, url):
    monkeypatch.setenv("SIGNOFF_BASE_URL", url)
    said = signoff("jobs")
    assert (said.code, said.out) == (2, "")
    assert said.err.strip()


@pytest.mark.parametrize(
    "words",
    [
        ("preview",),
        ("preview", ""),
        ("show", "  "),
        ("complete", "", "--yes"),
        ("start", "", "--yes"),
        ("prewiev", "x"),
        ("jobs", "--wat"),
        ("sandbox", "--port", "many"),
        ("sandbox", "--scenario", "no such scenario"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2_and_says_so_on_standard_error(sandbox, signoff, words):
    said = signoff(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.strip()


def test_a_sandbox_on_a_port_that_is_taken_exits_2(sandbox, signoff):
    said = signoff("sandbox", "--port", sandbox.url.rpartition(":")[2])
    assert (said.code, said.out) == (2, "")
    assert "in use" in said.err


def test_the_version_is_one_line(signoff):
    said = signoff("--version")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("signoff ")


def test_the_log_holds_the_requests_and_not_the_secret(sandbox, signoff, tmp_path):
    sandbox.load("mixed")
    logging.getLogger("httpx").setLevel(logging.NOTSET)
    signoff("jobs")
    text = (tmp_path / "data" / "logs" / "signoff.log").read_text(encoding="utf-8")
    assert "/v3/export-jobs" in text
    assert SECRET not in text
    assert "Basic" not in text


def test_a_completion_whose_job_cannot_be_read_still_prints_its_outcome(sandbox, signoff, monkeypatch):
    sandbox.load("some failed")
    monkeypatch.setenv("SIGNOFF_API_KEY", f"wrong-{SECRET}")
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert said.code == 7
    assert list(said.json) == [*PREVIEW_KEYS, "outcome", "server"]
    assert said.json["outcome"] == "not_ready"
    assert said.json["event"] is None
    assert said.json["server"]["status"] == 401
    assert not sent_events(sandbox)


@pytest.mark.parametrize(
    "problem", [SignInAgain("The sign-in has ended", ServerWords(401)), SignInNotKept("The keyring is locked")]
)
def test_a_sign_in_that_has_ended_or_cannot_be_kept_exits_7(problem):
    assert exit_code_of(problem) == 7


def test_a_mistake_of_the_programs_own_is_told_without_the_secret(capsys):
    class Broken(argparse.Namespace):
        @property
        def command(self) -> str:
            raise LookupError(f"no command for {SECRET}")

    redaction.hide(SECRET)
    assert app.cli.commands.run(Broken(version=False)) == 70
    said = capsys.readouterr().err
    assert "LookupError: no command for •••" in said
    assert "mistake in the program" in said
    assert SECRET not in said
