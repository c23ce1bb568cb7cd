"""Lists in the shapes of accounting systems' exports: read, recognised and matched without a word from the user."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from fakes.bookkeeping import EXPENSES, TODAY, job_of
from fakes.posting_lists import CORPUS, SYSTEMS
from openpyxl import load_workbook

from app.posting_lists.job_index import job_index
from app.posting_lists.mapping import propose
from app.posting_lists.match_result import RowKind
from app.posting_lists.matching import match
from app.posting_lists.outcomes import outcome_of
from app.posting_lists.reader import read_posting_list
from app.posting_lists.rows import listed_rows
from app.slices import run_to_end

LISTS = sorted(path for path in CORPUS.iterdir() if path.suffix != ".json")


def found_in(path: Path, expenses=EXPENSES):
    """In the words of `signoff resolve --json`."""
    table = read_posting_list(path)
    proposal = propose(table)
    snapshot, accounting = job_of(*expenses)
    rows = listed_rows(table, proposal.mapping, proposal.head_row, TODAY)
    result = run_to_end(match(rows, run_to_end(job_index(snapshot, accounting)), TODAY))
    matched = []
    for row in result:
        if row.kind is RowKind.MATCHED:
            outcome = outcome_of(rows, row.place, snapshot.items[row.items[0]], proposal.mapping)
            said = (outcome.status, outcome.external_id, outcome.failure_reason)
            matched.append((row.number, outcome.accounting_entry_id, row.by.value, *said))
    names = ("row", "item_id", "by", "status", "external_id", "failure_reason")
    return {
        "rows": len(rows),
        "matched": [dict(zip(names, each, strict=True)) for each in matched],
        "ambiguous": [
            {"row": row.number, "item_ids": [snapshot.items[item].accounting_entry_id for item in row.items]}
            for row in result
            if row.kind is RowKind.AMBIGUOUS
        ],
        "not_in_job": [row.number for row in result if row.kind is RowKind.NOT_IN_JOB],
        "missing_item_ids": [snapshot.items[item].accounting_entry_id for item in result.missing],
        "left_out": [under.number for under in rows.left_out],
    }


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_is_matched_as_expected_without_any_mapping(path):
    expected = json.loads((CORPUS / f"{path.name}.expected.json").read_text(encoding="utf-8"))
    assert found_in(path) == expected


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_in_another_job_no_row_is_matched(path):
    other = [type(each)(each.number + 500, each.day.replace(year=2024), "", each.amount + 1) for each in EXPENSES]
    found = found_in(path, other)
    assert (found["matched"], found["ambiguous"]) == ([], [])
    assert len(found["not_in_job"]) == found["rows"]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.__name__)
def test_the_corpus_is_what_its_generator_makes(system):
    made = system()
    path = CORPUS / made.name
    assert json.loads((CORPUS / f"{made.name}.expected.json").read_text(encoding="utf-8")) == made.expected
    if path.suffix != ".xlsx":
        assert path.read_bytes() == made.content
        return
    # A workbook holds the time of its making.
    kept, fresh = (load_workbook(book) for book in (path, BytesIO(made.content)))
    assert kept.sheetnames == fresh.sheetnames
    assert [[*sheet.values] for sheet in kept] == [[*sheet.values] for sheet in fresh]
