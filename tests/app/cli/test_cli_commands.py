"""Listing and showing jobs on the command line, word by word."""

import pytest
from fakes.builders import OTHER_JOB_ID


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
    ("scenario", "words"), [("contra accounts missing", "contra accounts"), ("completed", "once a job has ended")]
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


def test_ends_of_jobs_are_told_apart(sandbox, signoff):
    sandbox.load("everyday")
    told = signoff("jobs", "--all").out
    for words in (
        "expired",
        "cancelled in Pleo",
        "completed, ended elsewhere",
        "completed with errors, ended elsewhere",
    ):
        assert words in told
