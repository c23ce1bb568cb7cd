"""Completing what needs no hand, job after job, over a real socket."""

import json
import signal
from typing import Any

import pytest
from fakes.month_end import company_id_of, id_of, job_of, three_of
from fakes.raw_server import closed_port
from fakes.sandbox import final_events, sent_events

import app.cli.completing_ready as room
from app.sandbox.faults import Fault
from app.storage.journal.store import JournalStore

YES = ("complete", "--ready", "--yes")


def named(text: str) -> str:
    """With the names of jobs in place of their ids."""
    for company in ("acme", "beta", "fjall"):
        for age in ("oldest", "middle", "newest"):
            text = text.replace(id_of(f"{company}-{age}"), f"{company}-{age}")
    return text


def lines(said: Any) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The lines of the jobs by their ids, each once, and the totals."""
    *jobs, totals = [json.loads(line) for line in named(said.out).splitlines()]
    by_id = {job["job_id"]: job for job in jobs}
    assert len(by_id) == len(jobs)
    return by_id, totals


def load(sandbox: Any, **companies: Any) -> None:
    """Each company with the scenarios of its jobs, the oldest first."""
    now = sandbox.world.clock()
    sandbox.world.load([job for name, scenarios in companies.items() for job in three_of(name, now, scenarios)])


def sent_ids(sandbox: Any) -> list[str]:
    return [named(event["jobId"]) for event in sent_events(sandbox)]


GOOD = ("all successful",) * 3


def test_every_ready_job_of_each_company_is_completed_once_the_oldest_first(sandbox, signoff):
    load(sandbox, acme=GOOD, beta=GOOD)
    said = signoff(*YES, "--json")
    jobs, totals = lines(said)
    assert said.code == 0
    assert totals["outcomes"] == {"confirmed": 6}
    assert {job["outcome"] for job in jobs.values()} == {"confirmed"}
    for company in ("acme", "beta"):
        of_company = [job for job in sent_ids(sandbox) if job.startswith(company)]
        assert of_company == [f"{company}-oldest", f"{company}-middle", f"{company}-newest"]
    assert {event["event"] for event in final_events(sandbox)} == {"completed"}
    assert set(sandbox.received()["final_events_applied"].values()) == {1}


def test_one_batch_id_stands_in_each_intended_row(sandbox, signoff, tmp_path, monkeypatch):
    monkeypatch.setenv("SIGNOFF_DATA_DIR", str(tmp_path / "data"))
    load(sandbox, acme=GOOD)
    _, totals = lines(signoff(*YES, "--json"))
    store = JournalStore(tmp_path / "data")
    intended = [json.loads(row.content) for row in store.rows() if row.kind == "intended"]
    store.close()
    assert [named(row["job_id"]) for row in intended] == ["acme-oldest", "acme-middle", "acme-newest"]
    assert {row["batch"] for row in intended} == {totals["batch"]}


def test_the_journal_of_a_batch_is_intact_for_verify_journal(sandbox, signoff, tmp_path, monkeypatch):
    monkeypatch.setenv("SIGNOFF_DATA_DIR", str(tmp_path / "data"))
    load(sandbox, acme=GOOD)
    assert signoff(*YES).code == 0
    assert signoff("verify-journal").code == 0


def test_what_does_not_join_keeps_the_newer_jobs_of_its_company_and_no_other(sandbox, signoff):
    load(sandbox, acme=("all successful", "some failed", "all successful"), beta=("pending", *GOOD[:2]), fjall=GOOD)
    said = signoff(*YES, "--json")
    jobs, totals = lines(said)
    assert said.code == totals["exit_code"] == 3
    assert sorted(sent_ids(sandbox)) == ["acme-oldest", "fjall-middle", "fjall-newest", "fjall-oldest"]
    assert jobs["acme-middle"]["why_not"]["code"] == "with_errors"
    assert jobs["acme-newest"]["why_not"]["code"] == "older_first"
    assert jobs["acme-newest"]["older_job_id"] == "acme-middle"
    assert jobs["beta-oldest"]["why_not"]["code"] == "not_ready"
    assert totals["outcomes"] == {"confirmed": 4, "does_not_join": 5}


def test_jobs_with_errors_join_where_that_was_asked_for_and_failed_ones_never_do(sandbox, signoff):
    load(sandbox, acme=("some failed", "all successful", "all failed"))
    said = signoff(*YES, "--with-errors", "--json")
    jobs, _ = lines(said)
    assert said.code == 3
    events = [(named(event["jobId"]), event["event"]) for event in final_events(sandbox)]
    assert events == [("acme-oldest", "completed_with_errors"), ("acme-middle", "completed")]
    assert jobs["acme-newest"]["why_not"]["code"] == "failed"


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("--dry-run", "--yes")])
def test_without_yes_or_with_a_dry_run_nothing_is_sent_and_what_would_be_is_listed(sandbox, signoff, words):
    load(sandbox, acme=GOOD, beta=("some failed", *GOOD[:2]))
    said = signoff("complete", "--ready", *words, "--json")
    jobs, totals = lines(said)
    assert said.code == 3
    assert sent_events(sandbox) == []
    assert totals == {"jobs": 6, "would_send": 3, "exit_code": 3}
    middle = jobs["acme-middle"]
    assert middle["joins"] is True
    assert middle["event"] == {"event": "completed", "jobId": "acme-middle"}
    assert middle["counts"] == {"successful": 5}
    assert middle["older_job_id"] == "acme-oldest"
    assert middle["set_by_hand"] == 0
    assert middle["sums"]
    assert middle["read_at"]
    assert jobs["beta-middle"]["joins"] is False


@pytest.mark.parametrize(("words", "code"), [((), 2), (("--dry-run",), 0)])
def test_a_list_in_which_all_join_ends_as_one_job_would_or_well_as_a_dry_run(sandbox, signoff, words, code):
    load(sandbox, acme=GOOD)
    said = signoff("complete", "--ready", *words)
    assert said.code == code
    assert "3 jobs can be completed together" in said.out
    assert id_of("acme-oldest") in said.out
    assert "Nothing was sent" in said.err
    assert sent_events(sandbox) == []


def test_only_the_named_company_is_completed(sandbox, signoff):
    load(sandbox, acme=GOOD, beta=GOOD)
    assert signoff(*YES, "--company", company_id_of("beta")).code == 0
    assert {job.partition("-")[0] for job in sent_ids(sandbox)} == {"beta"}


def test_a_name_that_several_companies_have_is_wrong_usage_and_their_ids_are_named(sandbox, signoff):
    load(sandbox, acme=GOOD, beta=GOOD)
    said = signoff(*YES, "--company", sandbox.url.removeprefix("http://"))  # the connection's own name
    assert said.code == 2
    assert company_id_of("acme") in said.err
    assert company_id_of("beta") in said.err
    assert sent_events(sandbox) == []


def test_a_company_without_open_jobs_is_wrong_usage(sandbox, signoff):
    load(sandbox, acme=GOOD)
    assert signoff(*YES, "--company", "nobody").code == 2
    assert sent_events(sandbox) == []


def test_without_open_jobs_all_is_done(sandbox, signoff):
    sandbox.world.load([])
    said = signoff(*YES, "--json")
    assert (said.code, json.loads(said.out)["jobs"]) == (0, 0)


@pytest.mark.parametrize(
    "words",
    [
        ("complete",),
        ("complete", "some-job", "--ready"),
        ("complete", "some-job", "--go-on"),
        ("complete", "some-job", "--dry-run", "--yes"),
        (*YES, "--failure-reason", "Because"),
        (*YES, "--confirmed-by", "Bo"),
        (*YES, "--confirm-journal", "abc", "--looked-by", "Bo", "--saw", "it"),
    ],
)
def test_one_job_and_all_that_are_ready_exclude_each_other(sandbox, signoff, words):
    load(sandbox, acme=GOOD)
    assert signoff(*words).code == 2
    assert sent_events(sandbox) == []


def ended_before_it_is_sent(name: str) -> tuple[Fault, Fault]:
    """Somebody else ends it between the reading for the list and the one before the send."""
    ended = {"act": "event", "body": {"event": "completed_with_errors", "jobId": id_of(name)}}
    return Fault("read_job", job_id=id_of(name)), Fault("read_job", job_id=id_of(name), first=ended)


@pytest.mark.parametrize(
    ("fault", "outcome", "code"),
    [
        (Fault("final_event", status=400, body="{}", job_id=id_of("acme-middle")), "refused", 4),
        (Fault("final_event", effect="none", job_id=id_of("acme-middle")), "unknown", 5),
    ],
)
def test_a_surprise_in_the_middle_ends_the_batch_and_is_told(sandbox, signoff, fault, outcome, code):
    load(sandbox, acme=GOOD, beta=GOOD)
    sandbox.arm(fault)
    said = signoff(*YES, "--json")
    jobs, totals = lines(said)
    assert said.code == totals["exit_code"] == code
    after = [job["outcome"] for job in jobs.values()]
    place = list(jobs).index("acme-middle")
    assert after[place] == outcome
    assert set(after[:place]) == {"confirmed"}
    assert set(after[place + 1 :]) == {"not_tried"}
    assert "acme-newest" not in sent_ids(sandbox)


def test_with_go_on_a_surprise_ends_its_own_company_only(sandbox, signoff):
    load(sandbox, acme=GOOD, beta=GOOD)
    sandbox.arm(Fault("final_event", status=400, body="{}", job_id=id_of("acme-oldest")))
    said = signoff(*YES, "--go-on", "--json")
    jobs, totals = lines(said)
    assert said.code == 4
    assert totals["outcomes"] == {"refused": 1, "not_tried": 2, "confirmed": 3}
    assert jobs["acme-middle"]["outcome"] == jobs["acme-newest"]["outcome"] == "not_tried"


def test_a_job_that_changed_since_it_was_read_is_not_sent_and_ends_its_company(sandbox, signoff):
    load(sandbox, acme=GOOD)
    sandbox.arm(*ended_before_it_is_sent("acme-middle"))
    said = signoff(*YES, "--json")
    jobs, _ = lines(said)
    assert said.code == 3
    assert jobs["acme-middle"]["outcome"] == "not_ready"
    assert sent_ids(sandbox) == ["acme-oldest"]


def test_an_unknown_outcome_is_settled_by_the_next_run_and_never_sent_again(sandbox, signoff):
    load(sandbox, acme=GOOD)
    sandbox.arm(Fault("final_event", effect="later", effect_after_seconds=60, job_id=id_of("acme-oldest")))
    assert signoff(*YES, "--json").code == 5
    jobs, totals = lines(signoff("complete", "--ready", "--dry-run", "--json"))
    assert jobs["acme-oldest"]["why_not"]["code"] == "left_open"
    assert totals == {"jobs": 3, "would_send": 0, "exit_code": 5}
    sandbox.act({"act": "advance", "seconds": 61})
    again = signoff(*YES, "--json")
    jobs, totals = lines(again)
    assert again.code == 0
    assert jobs["acme-oldest"]["earlier"] is True
    assert totals["outcomes"] == {"confirmed": 2}
    assert sent_ids(sandbox) == ["acme-oldest", "acme-middle", "acme-newest"]
    assert set(sandbox.received()["final_events_applied"].values()) == {1}


def test_outcomes_set_from_a_list_join_only_where_that_was_asked_for(sandbox, signoff, tmp_path):
    now = sandbox.world.clock()
    sandbox.world.load([job_of("acme", "listed", now, minutes_old=30, scenario="waiting")])
    job = id_of("acme-listed")
    listed = tmp_path / "list.csv"
    items = [item["accountingEntryId"] for item in sandbox.world.item_bodies(job)]
    rows = "".join(f"{item};Posted\n" for item in items)
    listed.write_text(f"Accounting Entry ID;Status\n{rows}", encoding="utf-8")
    assert signoff("resolve", job, "--from", str(listed), "--yes", "--by", "Ann").code == 0
    jobs, _ = lines(signoff(*YES, "--json"))
    assert jobs[job]["why_not"]["code"] == "set_by_hand"
    assert jobs[job]["set_by_hand"] > 0
    assert sent_events(sandbox) == []
    assert signoff(*YES, "--set-by-hand").code == 0
    assert [event["event"] for event in final_events(sandbox)] == ["completed"]


def test_the_first_interrupt_ends_it_after_the_job_on_its_way_and_tells_what_was_done(sandbox, signoff, monkeypatch):
    load(sandbox, acme=GOOD)
    say_step = room.say_step

    def interrupted_while_sending(step: Any) -> None:
        say_step(step)
        if step.name == "SENDING":
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(room, "say_step", interrupted_while_sending)
    before = signal.getsignal(signal.SIGINT)
    said = signoff(*YES, "--json")
    jobs, totals = lines(said)
    assert said.code == totals["exit_code"] == 130
    assert [job["outcome"] for job in jobs.values()] == ["confirmed", "not_tried", "not_tried"]
    assert "Stopping after the job" in said.err
    assert len(final_events(sandbox)) == 1
    assert signal.getsignal(signal.SIGINT) is before
    monkeypatch.setattr(room, "say_step", say_step)
    assert signoff(*YES).code == 0
    assert set(sandbox.received()["final_events_applied"].values()) == {1}


def test_the_second_interrupt_ends_it_at_once_with_what_was_done_and_the_next_run_sends_nothing_twice(
    sandbox, signoff, monkeypatch
):
    load(sandbox, acme=GOOD)
    say_step = room.say_step
    steps = []

    def interrupted_twice(step: Any) -> None:
        say_step(step)
        steps.append(step.name)
        if steps.count("SENDING") == 2:  # at this step and at the next: two at once may count as one
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(room, "say_step", interrupted_twice)
    said = signoff(*YES, "--json")
    jobs, totals = lines(said)
    assert said.code == totals["exit_code"] == 130
    assert {name: job["outcome"] for name, job in jobs.items()} == {"acme-oldest": "confirmed"}
    assert "Stopped. If an event was on its way" in said.err
    monkeypatch.setattr(room, "say_step", say_step)
    signoff(*YES)
    signoff(*YES)
    assert len(sent_ids(sandbox)) == len(set(sent_ids(sandbox)))
    assert set(sandbox.received()["final_events_applied"].values()) == {1}


def test_where_the_jobs_cannot_be_listed_the_totals_say_so(sandbox, signoff, monkeypatch):
    monkeypatch.setenv("SIGNOFF_BASE_URL", f"http://127.0.0.1:{closed_port()}")
    said = signoff(*YES, "--json")
    assert (said.code, json.loads(said.out)) == (6, {"jobs": 0, "outcomes": {}, "exit_code": 6})


def test_in_words_each_job_has_its_line_and_the_totals_come_last(sandbox, signoff):
    load(sandbox, acme=("all successful", "all successful", "some failed"))
    said = signoff(*YES)
    assert said.code == 3
    assert [line.partition(",")[0] for line in named(said.out).splitlines()] == [
        "acme-oldest",
        "acme-middle",
        "acme-newest",
    ]
    assert "Confirmed: completed" in said.out
    assert "Some items were not exported." in said.out
    assert said.err.splitlines()[-1] == "2 jobs were completed. 1 job did not join."
