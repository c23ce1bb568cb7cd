"""A journal in doubt on the command line: said in plain words, confirmed by name, and only then anything is sent."""

import csv
import re
import shutil
from functools import partial
from pathlib import Path

from fakes import tampering

import app.cli.run
from app.settings.credentials import SessionCredentials
from app.settings.paths import data_folder


def code_in(words: str) -> str:
    found = re.search(r"--confirm-journal (\w+)", words)
    assert found, words
    return found[1]


def sent(sandbox, place: str = "final_event") -> int:
    return sandbox.received()["places"].get(place, 0)


def begun_and_deleted(signoff, sandbox) -> Path:
    sandbox.load("all successful")
    assert signoff("complete", sandbox.world.job_id, "--yes").code == 0
    tampering.delete(data_folder())
    sandbox.load("some failed")
    return data_folder()


def test_complete_says_what_was_found_and_sends_once_it_is_confirmed_by_name(sandbox, signoff):
    begun_and_deleted(signoff, sandbox)
    job = sandbox.world.job_id
    said = signoff("complete", job, "--yes", "--json")
    assert (said.code, said.json["outcome"], sent(sandbox)) == (3, "not_ready", 0)
    assert "The journal is gone: it ended with row" in said.err
    assert "Look at the job in Pleo first" in said.err
    assert "mistake in the program" not in said.err
    code = code_in(said.err)
    other = signoff("complete", job, "--yes", "--confirm-journal", "other", "--looked-by", "Ann", "--saw", "open")
    assert (other.code, sent(sandbox)) == (3, 0)
    confirmed = ("--confirm-journal", code, "--looked-by", "Ann Holm", "--saw", "The job is in progress")
    assert signoff("complete", job, "--yes", *confirmed).code == 0
    assert sent(sandbox) == 1
    assert signoff("complete", job, "--yes").code == 3  # the job has ended, and the journal is doubted no more


def test_a_confirmation_without_a_name_or_without_yes_confirms_nothing(sandbox, signoff):
    begun_and_deleted(signoff, sandbox)
    job = sandbox.world.job_id
    code = code_in(signoff("complete", job, "--yes").err)
    for words in (
        ("--yes", "--confirm-journal", code),
        ("--yes", "--confirm-journal", code, "--looked-by", "Ann"),
        ("--yes", "--looked-by", "Ann", "--saw", "open"),
        ("--confirm-journal", code, "--looked-by", "Ann", "--saw", "open"),
    ):
        assert signoff("complete", job, *words).code == 2
    assert code_in(signoff("complete", job, "--yes").err) == code
    assert sent(sandbox) == 0


def test_resolve_asks_for_the_same(sandbox, signoff, tmp_path):
    begun_and_deleted(signoff, sandbox)
    sandbox.load("mixed")
    job = sandbox.world.job_id
    items = [item for item in sandbox.world.item_bodies(job) if item["status"] in ("pending", "in_progress")]
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Entry ID", "Status", "Voucher no."))
        writer.writerows((item["accountingEntryId"], "Posted", f"A-{place}") for place, item in enumerate(items))
    said = signoff("resolve", job, "--from", str(path), "--yes")
    assert (said.code, sent(sandbox, "item_update")) == (3, 0)
    assert "The journal is gone" in said.err
    confirmed = ("--confirm-journal", code_in(said.err), "--looked-by", "Ann", "--saw", "nothing is reported")
    done = signoff("resolve", job, "--from", str(path), "--yes", *confirmed)
    assert (done.code, sent(sandbox, "item_update")) == (0, 1), done.err


def test_a_row_that_is_no_json_is_a_sentence_about_the_journal(sandbox, signoff):
    sandbox.load("all successful")
    job = sandbox.world.job_id
    assert signoff("complete", job, "--yes").code == 0
    tampering.rewrite(data_folder(), tampering.attempts(data_folder())[0], "answered", "no JSON")
    sandbox.load("all successful")
    said = signoff("complete", job, "--yes")
    assert said.code == 3
    assert re.search(r"Row \d+ of the journal, about this job, was changed or cannot be read", said.err)
    assert sent(sandbox) == 0
    assert signoff("show", job).code == 0


class Keyring(SessionCredentials):
    """One that lasts."""

    is_permanent = True


def test_verify_journal_asks_the_keyring_as_a_send_does(sandbox, signoff, monkeypatch):
    keyring = Keyring()
    monkeypatch.setattr(app.cli.run, "compose", partial(app.cli.run.compose, credentials=keyring))
    monkeypatch.setattr(app.cli.run, "credential_store", lambda: keyring)
    sandbox.load("all successful")
    assert signoff("complete", sandbox.world.job_id, "--yes").code == 0
    said = signoff("verify-journal")
    assert (said.code, said.err) == (0, "")
    shutil.rmtree(data_folder())
    said = signoff("verify-journal")
    assert (said.code, "The journal is gone: it ended with row 5 of" in said.out) == (1, True)


def test_verify_journal_tells_of_a_journal_that_is_gone_older_or_lies_damaged_aside(sandbox, signoff):
    folder = begun_and_deleted(signoff, sandbox)
    said = signoff("verify-journal")
    assert (said.code, "The journal is gone" in said.out) == (1, True)
    assert "Not proved: whether the journal and journal-head.json were put back or removed together" in said.err
    (folder / "journal-head.json").unlink()
    assert signoff("verify-journal").code == 0
    (folder / "journal.damaged-1.sqlite3").write_bytes(b"damaged")
    assert signoff("verify-journal").code == app.cli.run.BROKEN
