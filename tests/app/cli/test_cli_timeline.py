"""`signoff timeline`: what happened to a job, from the journal alone."""

import csv
import json
import socket

import pytest
from fakes import tampering
from fakes.builders import OTHER_JOB_ID

from app.models.vocabulary import JobId
from app.settings.paths import data_folder, evidence_folder
from app.storage.journal.store import FILE_NAME


@pytest.fixture
def reported(sandbox, signoff, tmp_path):
    """A job whose open items were reported from a list by Ann Berg, and which was then completed; and those items."""
    sandbox.load("mixed")
    job = sandbox.world.job_id
    items = [each for each in sandbox.world.item_bodies(JobId(job)) if each["status"] in ("pending", "in_progress")]
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Entry ID", "Status", "Voucher no."))
        writer.writerows((each["accountingEntryId"], "Posted", f"A-{place}") for place, each in enumerate(items))
    assert signoff("resolve", job, "--from", str(path), "--yes", "--by", "Ann Berg").code == 0
    assert signoff("complete", job, "--yes").code == 0
    return job, [each["accountingEntryId"] for each in items]


def test_it_tells_every_step_in_order_with_names_as_json(reported, signoff):
    job, items = reported
    said = signoff("timeline", job, "--json")
    assert said.code == 0
    assert list(said.json) == ["job_id", "item_id", "sandbox", "entries"]
    assert (said.json["job_id"], said.json["item_id"], said.json["sandbox"]) == (job, None, False)
    entries = said.json["entries"]
    assert list(entries[0]) == ["row", "at", "kind", "who", "text", "details", "items", "attempt", "sound"]
    told = [entry["kind"] for entry in entries]
    assert told[:6] == ["read", "drafted", "sent", "answered", "read_back", "confirmed"]
    assert [each for each in told[6:] if each != "read"] == ["decided", "sent", "answered", "read_back", "confirmed"]
    drafted = entries[1]
    assert (drafted["who"], len(drafted["items"])) == ("Ann Berg", len(items))
    assert "list.csv" in drafted["text"]
    assert all(entry["sound"] for entry in entries)


def test_of_one_item_it_tells_what_was_reported_for_it_and_by_whom(reported, signoff):
    job, items = reported
    entries = signoff("timeline", job, "--item", items[1], "--json").json["entries"]
    assert [entry["kind"] for entry in entries] == ["drafted", "sent", "answered", "read_back", "confirmed"]
    assert [each["item_id"] for each in entries[0]["items"]] == [items[1]]
    assert entries[0]["who"] == "Ann Berg"
    assert "A-1 in the books" in entries[0]["text"]


def test_it_asks_nobody_and_needs_no_sign_in(reported, signoff, monkeypatch):
    job, _ = reported
    for name in ("SIGNOFF_BASE_URL", "SIGNOFF_API_KEY"):
        monkeypatch.delenv(name)

    def refuse(*_given: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    said = signoff("timeline", job)
    assert said.code == 0
    assert "Ann Berg" in said.out
    assert "Drafted from the list list.csv" in said.out
    assert said.err == ""


def test_what_was_played_is_found_in_the_sandboxs_own_journal_and_said_to_be(reported, signoff):
    job, _ = reported
    played = evidence_folder(data_folder(), is_sandbox=True)
    played.mkdir()
    for path in data_folder().glob(f"{FILE_NAME}*"):
        path.rename(played / path.name)
    said = signoff("timeline", job, "--json")
    assert said.json["sandbox"]
    assert said.json["entries"][1]["who"] == "Ann Berg"
    assert "played in the sandbox" in said.err


def test_a_job_that_the_journal_does_not_know_is_said_so(signoff, sandbox):
    said = signoff("timeline", OTHER_JOB_ID)
    assert (said.code, said.out) == (0, "The journal on this computer holds nothing about it.\n")
    assert signoff("timeline", OTHER_JOB_ID, "--json").json["entries"] == []


def test_what_was_changed_behind_its_back_is_told_as_changed(reported, signoff):
    job, _ = reported
    folder = data_folder()
    tampering.rewrite(folder, tampering.attempts(folder)[0], "judged", json.dumps({"standing": "refused"}))
    entries = signoff("timeline", job, "--json").json["entries"]
    changed = [entry for entry in entries if not entry["sound"]]
    assert [entry["kind"] for entry in changed] == ["refused"]
    assert "Not as it was written" in changed[0]["text"]


def test_who_ended_a_job_is_told_of_finished_ones_where_the_journal_knows(sandbox, signoff, monkeypatch):
    monkeypatch.setenv("LOGNAME", "ann")
    sandbox.load("everyday")
    jobs = signoff("jobs", "--all", "--json").json["jobs"]
    assert not any("ended_by" in job for job in jobs)
    ready = next(job["job_id"] for job in jobs if signoff("preview", job["job_id"]).code == 0)
    assert signoff("complete", ready, "--yes").code == 0
    told = {job["job_id"]: job.get("ended_by") for job in signoff("jobs", "--all", "--json").json["jobs"]}
    assert told.pop(ready, "").startswith("ann")
    assert set(told.values()) == {None}
