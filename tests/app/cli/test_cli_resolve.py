"""`signoff resolve`: a posting list against a running sandbox, word by word."""

import csv
import io
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from fakes.running_sandbox import RunningSandbox
from fakes.workbooks import Sheet, xlsx

import app.cli.run
from app.cli.arguments import parsed
from app.completion.service import Patience
from app.composition.compose import compose
from app.composition.services import Tuning
from app.pleo.connection import Timeouts
from app.pleo.retrying import ReadPatience
from app.posting_lists.known_words import StatusMeaning
from app.posting_lists.mapping import ListMapping, propose, shape_of
from app.posting_lists.reader import read_posting_list
from app.sandbox import scenario_names
from app.sandbox.faults import Fault
from app.settings.mappings import MappingsFile

QUICK = Tuning(Timeouts(1, 2, 2), ReadPatience(attempts=1), Patience(reads=(0, 0.01, 0.01), between_sends=0.01))
KEYS = ["rows", "matched", "ambiguous", "not_in_job", "not_recognised", "missing_item_ids", "sent", "refused"]
ROW_KEYS = ["row", "item_id", "by", "status", "external_id", "exported_at", "failure_reason"]


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@pytest.fixture(scope="module")
def running():
    with RunningSandbox("mixed") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running, monkeypatch):
    running.world.disarm()
    running.load("mixed")
    monkeypatch.setenv("SIGNOFF_BASE_URL", running.url)
    monkeypatch.setenv("SIGNOFF_API_KEY", "a-good-key")
    monkeypatch.setattr(app.cli.run, "compose", partial(compose, tuning=QUICK))
    return running


@pytest.fixture
def signoff(capsys):
    def said(*words: object) -> Said:
        try:
            code = app.cli.run.run(parsed([*map(str, words)], scenario_names))
        except SystemExit as end:
            code = end.code
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return said


@pytest.fixture
def open_items(sandbox, signoff):
    """The items that are neither successful nor failed, as `signoff show --json` has them."""
    items = signoff("show", sandbox.world.job_id, "--json").json["items"]
    return [item for item in items if item["status"] in ("pending", "in_progress")]


@pytest.fixture
def a_list(tmp_path):
    def written(*rows, head=("Referenz", "Status", "Belegnummer", "Betrag", "Meldung"), encoding="cp1252"):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";").writerows([head, *rows])
        path = tmp_path / "liste.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return written


def updates(sandbox):
    return [row for update in sandbox.received()["item_updates"] for row in update["body"]]


def posted(item, number, **changes):
    said = {
        "status": "gebucht",
        "voucher": f"B{number}",
        "amount": item["entry"]["amount"].replace(".", ","),
        "reason": "",
    }
    return [item["entry"]["reconciliation_id"], *(said | changes).values()]


def test_a_preview_says_what_matched_and_sends_nothing(sandbox, signoff, open_items, a_list):
    failed = posted(open_items[0], 1, status="Fehler", reason="Konto 4980 fehlt")
    path = a_list(
        failed, *(posted(item, number) for number, item in enumerate(open_items[1:], 2)), ["Summe", "", "", "9,00"]
    )
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--json")
    assert said.code == 0
    assert list(said.json) == KEYS
    assert (said.json["rows"], said.json["sent"], said.json["refused"]) == (3, 0, [])
    assert [list(row) for row in said.json["matched"]] == [ROW_KEYS] * 3
    assert said.json["matched"][0] == {
        "row": 2,
        "item_id": open_items[0]["item_id"],
        "by": "reconciliation_id",
        "status": "failed",
        "external_id": None,
        "exported_at": None,
        "failure_reason": "Konto 4980 fehlt",
    }
    assert [row["external_id"] for row in said.json["matched"][1:]] == ["B2", "B3"]
    assert (said.json["ambiguous"], said.json["not_in_job"]) == ([], [])
    assert len(said.json["missing_item_ids"]) == 42 - 3
    assert "Row 5 stands under the list and was left out: Summe 9,00" in said.err
    assert "With --yes 3 outcomes would be" in said.err
    assert updates(sandbox) == []


def test_yes_sends_what_matched_and_was_not_final_once(sandbox, signoff, open_items, a_list):
    items = signoff("show", sandbox.world.job_id, "--json").json["items"]
    final = next(item for item in items if item["status"] == "successful")
    path = a_list(*(posted(item, number) for number, item in enumerate([final, *open_items], 1)))
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--yes", "--json")
    assert (said.code, said.json["sent"], len(said.json["matched"])) == (0, 3, 4)
    assert {row["accountingEntryId"]: row["externalId"] for row in updates(sandbox)} == {
        item["item_id"]: f"B{number}" for number, item in enumerate(open_items, 2)
    }
    again = signoff("resolve", sandbox.world.job_id, "--from", path, "--yes", "--json")
    assert (again.code, again.json["sent"]) == (0, 0)
    assert len(updates(sandbox)) == 3


def test_show_says_who_reported_an_item_and_from_which_row(sandbox, signoff, open_items, a_list):
    path = a_list(posted(open_items[0], 1))
    assert signoff("resolve", sandbox.world.job_id, "--from", path, "--yes", "--by", "Ann Holm").code == 0
    items = {item["item_id"]: item for item in signoff("show", sandbox.world.job_id, "--json").json["items"]}
    told = items.pop(open_items[0]["item_id"])["set_by"]
    assert (told["by"], told["note"], told["file"], told["row"]) == ("Ann Holm", None, Path(path).name, 2)
    assert told["sent_at"] <= told["confirmed_at"]
    assert {item["set_by"] for item in items.values()} == {None}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"amount": "1,00"}, "Row 2: It says 1.00, and Pleo "),
        ({"status": "storniert"}, "Row 2: Nobody has said what 'storniert' means"),
        ({"status": "", "voucher": ""}, "Row 2: It says neither that it is posted nor that it failed"),
    ],
)
def test_a_row_in_doubt_is_never_sent_and_the_reason_is_said(sandbox, signoff, open_items, a_list, changes, why):
    path = a_list(posted(open_items[0], 1, **changes), posted(open_items[1], 2))
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--yes", "--json")
    assert said.json["ambiguous"] == [{"row": 2, "item_ids": [open_items[0]["item_id"]]}]
    assert said.json["sent"] == 1
    assert [row["accountingEntryId"] for row in updates(sandbox)] == [open_items[1]["item_id"]]
    assert why in said.err


def test_two_rows_that_disagree_are_both_ambiguous_and_neither_is_sent(sandbox, signoff, open_items, a_list):
    path = a_list(posted(open_items[0], 1), posted(open_items[0], 2, status="Fehler"), posted(open_items[1], 3))
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--yes", "--json")
    assert [row["row"] for row in said.json["ambiguous"]] == [2, 3]
    assert said.json["sent"] == 1


def test_a_mapping_says_what_the_list_does_not(sandbox, signoff, open_items, a_list, tmp_path):
    path = a_list([open_items[0]["item_id"], "storniert", "X"], head=("Kennung", "Was", "Anderes"))
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[columns]\nreference = "Kennung"\nstatus = "B"\nmessage = 3\n[statuses]\nstorniert = "failed"\n',
        encoding="utf-8",
    )
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--map", mapping, "--json")
    (row,) = said.json["matched"]
    assert (row["by"], row["status"], row["failure_reason"]) == ("entry_id", "failed", "X")


@pytest.mark.parametrize(("content", "why"), [(None, "cannot be read"), ("[columns", "not understood")])
def test_a_mapping_that_is_missing_or_wrong_is_wrong_usage(sandbox, signoff, a_list, tmp_path, content, why):
    mapping = tmp_path / "map.toml"
    if content is not None:
        mapping.write_text(content, encoding="utf-8")
    said = signoff("resolve", sandbox.world.job_id, "--from", a_list(["a", "b"]), "--map", mapping)
    assert (said.code, said.out) == (2, "")
    assert why in said.err


def test_what_was_said_in_the_window_of_such_a_list_holds_here_too(sandbox, signoff, open_items, a_list, tmp_path):
    path = a_list(posted(open_items[0], 1, status="storniert"))
    table = read_posting_list(path)
    proposal = propose(table)
    own = ListMapping(proposal.mapping.columns, {"storniert": StatusMeaning.FAILED}, ",")
    MappingsFile(tmp_path / "data").remember(shape_of(table, proposal.head_row), own)
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--json")
    assert [row["status"] for row in said.json["matched"]] == ["failed"]


def test_what_was_said_in_the_window_and_is_damaged_is_told_and_kept_aside(
    sandbox, signoff, open_items, a_list, tmp_path
):
    kept = tmp_path / "data" / "posting_lists.json"
    kept.write_text("not what was written", encoding="utf-8")
    said = signoff("resolve", sandbox.world.job_id, "--from", a_list(posted(open_items[0], 1)), "--json")
    assert (said.code, len(said.json["matched"])) == (0, 1)
    assert (
        "is damaged and was kept aside as posting_lists.damaged.json. Say what the columns mean once more." in said.err
    )


def test_where_accounting_data_is_missing_it_says_why_and_that_amounts_were_not_compared(
    sandbox, signoff, open_items, a_list
):
    path = a_list([open_items[0]["item_id"], "gebucht", "B1", "", ""])
    sandbox.arm(Fault("read_export_items", status=400, times=9))
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--yes", "--json")
    assert (said.code, said.json["sent"]) == (0, 1)
    assert "Amounts and suppliers could not be read." in said.err
    assert "the list's amounts could not be compared with Pleo's" in said.err


def test_a_file_that_is_no_list_is_wrong_usage_and_says_what_it_is(sandbox, signoff, tmp_path):
    path = tmp_path / "liste.xlsx"
    path.write_bytes(b"%PDF-1.7")
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--json")
    assert (said.code, said.out) == (2, "")
    assert "The file is a PDF" in said.err
    assert signoff("resolve", sandbox.world.job_id).code == 2


def test_where_nothing_matches_there_is_nothing_to_do(sandbox, signoff, a_list):
    said = signoff("resolve", sandbox.world.job_id, "--from", a_list(["nothing", "gebucht", "B1", "", ""]), "--json")
    assert (said.code, said.json["not_in_job"], said.json["not_recognised"]) == (3, [], [2])
    assert "name no item" in said.err
    assert '[columns]\nreference = "…"' in said.err


def test_one_answer_settles_a_ledger(sandbox, signoff, open_items, tmp_path):
    path = tmp_path / "ledger.csv"
    lines = [
        "Referenz;Konto;Storniert",
        *(f"{item['item_id']};4980;{flag}" for item, flag in zip(open_items[:2], ("", "Ja"), strict=True)),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    plain = signoff("resolve", sandbox.world.job_id, "--from", path, "--json")
    assert plain.json["matched"] == []
    assert "--all-posted" in plain.err
    answered = signoff("resolve", sandbox.world.job_id, "--from", path, "--all-posted", "--json")
    assert [row["status"] for row in answered.json["matched"]] == ["successful"]
    assert [row["row"] for row in answered.json["ambiguous"]] == [3]
    assert "--all-posted" not in answered.err
    mapping = tmp_path / "map.toml"
    mapping.write_text("everything_listed_is_posted = true\n[columns]\n", encoding="utf-8")
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--map", mapping, "--json")
    assert said.json["matched"] == answered.json["matched"]


def test_a_job_that_has_ended_takes_no_outcomes(sandbox, signoff, a_list):
    sandbox.load("completed")
    items = signoff("show", sandbox.world.job_id, "--json").json["items"]
    path = a_list([items[0]["item_id"], "Fehler", "", "", "Konto"])
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--yes", "--json")
    assert (said.code, said.json["sent"]) == (3, 0)
    assert "has ended" in said.err
    assert updates(sandbox) == []


def test_rows_that_pleo_refuses_are_told_with_its_words(sandbox, signoff, open_items, a_list):
    refused = open_items[0]["item_id"]
    sandbox.act({"act": "refuse_item", "item_id": refused, "message": "The entry is locked."})
    path = a_list(*(posted(item, number) for number, item in enumerate(open_items, 1)))
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--yes", "--json")
    assert said.code == 4
    assert said.json["sent"] == 2
    assert [row["item_id"] for row in said.json["refused"]] == [refused]


def test_in_words_each_row_has_its_line(sandbox, signoff, open_items, a_list):
    path = a_list(posted(open_items[0], 1), ["nothing", "gebucht", "B9", "", ""])
    said = signoff("resolve", sandbox.world.job_id, "--from", path)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].split() == ["ROW", "SAYS", "ITEM", "MATCHED", "BY"]
    assert lines[1].split() == ["2", "successful", open_items[0]["item_id"], "reconciliation", "id"]
    assert lines[2].split() == ["3", "successful", "not", "in", "this", "job"]


def test_the_files_fingerprint_and_each_rows_number_are_in_the_journal(sandbox, signoff, open_items, a_list, tmp_path):
    path = a_list(*(posted(item, number) for number, item in enumerate(open_items, 1)))
    assert signoff("resolve", sandbox.world.job_id, "--from", path, "--yes").code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "journal.sqlite3")) as journal:
        (content,) = journal.execute("SELECT content FROM entry WHERE kind = 'intended'").fetchone()
    (drafted,) = json.loads(content)["drafted"]
    assert (drafted["file"], drafted["sha256"]) == (path.name, sha256(path.read_bytes()).hexdigest())
    assert drafted["rows"] == {item["item_id"]: row for row, item in enumerate(open_items, 2)}


def test_an_item_that_somebody_else_settles_meanwhile_stays_as_it_is(sandbox, signoff, open_items, a_list):
    settled = open_items[0]["item_id"]
    act = {"act": "settle", "job_id": sandbox.world.job_id, "item_ids": [settled], "status": "failed"}
    sandbox.arm(Fault("read_items"), Fault("read_items", first=act))
    path = a_list(*(posted(item, number) for number, item in enumerate(open_items, 1)))
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--yes", "--json")
    assert (said.code, said.json["sent"]) == (3, 2)
    assert "1 item changed in Pleo meanwhile" in said.err
    assert settled not in {row["accountingEntryId"] for row in updates(sandbox)}


def test_the_encoding_that_is_said_is_read(sandbox, signoff, open_items, a_list):
    path = a_list(posted(open_items[0], 1, status="Fehler", reason="Błąd księgowania"), encoding="cp1250")
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--json", "--encoding", "Windows-1250")
    assert said.json["matched"][0]["failure_reason"] == "Błąd księgowania"
    assert "Windows-1250, separated by semicolons" in said.err


def test_an_encoding_that_is_none_is_told_with_those_that_are(sandbox, signoff, open_items, a_list):
    said = signoff("resolve", sandbox.world.job_id, "--from", a_list(posted(open_items[0], 1)), "--encoding", "klingon")
    assert said.code != 0
    assert "MacRoman" in said.err


def test_while_a_sheet_was_not_read_no_item_is_called_missing(sandbox, signoff, open_items, tmp_path):
    head = ["Reference", "Voucher", "Status"]
    first, second = ([entry(item), f"V{n}", "posted"] for n, item in enumerate(open_items[:2]))
    path = tmp_path / "book.xlsx"
    path.write_bytes(xlsx(Sheet([head, first], "October"), Sheet([head, second], "November")))
    said = signoff("resolve", sandbox.world.job_id, "--from", path, "--json")
    assert [row["item_id"] for row in said.json["matched"]] == [open_items[0]["item_id"]]
    assert said.json["missing_item_ids"] == []
    assert "Sheet November of this workbook looks like a list too, and was not read." in said.err
    other = signoff("resolve", sandbox.world.job_id, "--from", path, "--json", "--sheet", "November")
    assert [row["item_id"] for row in other.json["matched"]] == [open_items[1]["item_id"]]


@pytest.mark.skipif(os.name == "nt", reason="there every name is text")
def test_a_file_whose_name_is_no_text_is_sent_and_told_readable(sandbox, signoff, open_items, a_list):
    path = a_list(posted(open_items[0], 1))
    odd = path.rename(path.with_name(os.fsdecode(b"Buchungen-M\xfcller.csv")))
    said = signoff("resolve", sandbox.world.job_id, "--from", odd, "--json", "--yes")
    assert said.json["sent"] == 1
    assert "Buchungen-M\N{REPLACEMENT CHARACTER}ller.csv" in said.err


def entry(item):
    return item["entry"]["reconciliation_id"]
