"""Damaged letters never reach Pleo: such a row is to decide, and cannot be taken before the file is read otherwise."""

import pytest
from fakes.bookkeeping import EXPENSES, TODAY, job_of

from app.posting_lists.acceptance import MatchedList, proposed
from app.posting_lists.job_index import job_index
from app.posting_lists.mapping import propose
from app.posting_lists.match_result import Doubt, RowKind
from app.posting_lists.matching import match
from app.posting_lists.reader import read_posting_list
from app.posting_lists.rows import listed_rows
from app.posting_lists.sentences import doubt_words
from app.posting_lists.table import ReadingChoice
from app.slices import run_to_end

HEAD = "Referenz;Status;Belegnummer;Fehlermeldung"
FAILED, POSTED = EXPENSES[:2]
LINES = [
    HEAD,
    f"{FAILED.reconciliation_id};Fehler;;Kostenträger für Büro fehlt",
    f"{POSTED.reconciliation_id};gebucht;RÜ-1;",
]


@pytest.fixture
def matched(tmp_path):
    def found(content, codec=""):
        path = tmp_path / "list.csv"
        path.write_bytes(content)
        table = read_posting_list(path, ReadingChoice(codec))
        proposal = propose(table)
        snapshot, accounting = job_of(*EXPENSES)
        rows = listed_rows(table, proposal.mapping, proposal.head_row, TODAY)
        result = run_to_end(match(rows, run_to_end(job_index(snapshot, accounting)), TODAY))
        return MatchedList(table.source, proposal.mapping, rows, snapshot.items, result)

    return found


def test_a_list_in_its_own_encoding_is_taken(matched):
    acceptance = run_to_end(proposed(matched("\n".join(LINES).encode("cp1252"))))
    assert [outcome.failure_reason or outcome.external_id for outcome in acceptance.accepted().outcomes] == [
        "Kostenträger für Büro fehlt",
        "RÜ-1",
    ]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.encode("mac_roman").decode("cp1252"),
        lambda text: text.encode().decode("cp1252"),
        lambda text: text.encode("cp1252").decode("utf-8", "replace"),
        lambda text: text.encode("ascii", "replace").decode(),
    ],
    ids=["MacRoman as Windows", "UTF-8 as Windows", "replaced", "question marks"],
)
def test_rows_whose_reason_is_damaged_are_to_decide_and_cannot_be_taken(matched, damage):
    found = matched(f"{HEAD}\n{damage(LINES[1])}\n".encode(), "utf-8")
    (row,) = found.result
    assert row.kind is RowKind.AMBIGUOUS
    assert Doubt.LETTERS_DAMAGED in row.doubts
    assert "another encoding" in " ".join(doubt_words(row, found.rows, [None] * len(found.items), "{} {}".format))
    acceptance = run_to_end(proposed(found))
    assert acceptance.take(0) == set()
    assert acceptance.accepted().outcomes == ()


def test_a_voucher_that_is_damaged_is_not_sent(matched):
    found = matched(f"{HEAD}\n{LINES[2].encode('utf-8').decode('cp1252')}\n".encode(), "utf-8")
    assert Doubt.LETTERS_DAMAGED in found.result[0].doubts


def test_a_text_that_is_not_sent_may_be_damaged(matched):
    line = f"{POSTED.reconciliation_id};gebucht;B1;;KostentrÃ¤ger"
    assert run_to_end(proposed(matched(f"{HEAD};Zuordnung\n{line}\n".encode()))).accepted().outcomes
