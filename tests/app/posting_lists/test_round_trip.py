"""Open items out, filled in by a colleague, and read back: nothing changes on the way but what the colleague writes."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from fakes.bookkeeping import EXPENSES, TODAY, job_of
from fakes.bracketed_language import spoken
from fakes.examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.messages import shown
from app.models.export_item import Supplier
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import AccountingData
from app.platform.languages import known_languages, language_of
from app.posting_lists.acceptance import MatchedList, proposed
from app.posting_lists.encodings import damaged_letters
from app.posting_lists.job_index import job_index
from app.posting_lists.mapping import propose
from app.posting_lists.match_result import MatchedBy, RowKind
from app.posting_lists.matching import match
from app.posting_lists.reader import read_posting_list
from app.posting_lists.round_trip import HEADINGS, open_item_rows
from app.posting_lists.rows import listed_rows
from app.posting_lists.writer import appended, harmless, writer_for
from app.slices import run_to_end

OPEN = [each for each in EXPENSES if each.status == "pending"]
FORMULAS = ["=1+1", "+49 40 1234", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']


def written(path, snapshot, accounting, outcomes=None, decimal=","):
    writer = writer_for(path, decimal)
    count = run_to_end(appended(writer, open_item_rows(snapshot, accounting, outcomes or {})))
    writer.close()
    return count


def read_back(path, snapshot, accounting):
    table = read_posting_list(path)
    proposal = propose(table)
    rows = listed_rows(table, proposal.mapping, proposal.head_row, TODAY)
    result = run_to_end(match(rows, run_to_end(job_index(snapshot, accounting)), TODAY))
    return MatchedList(table.source, proposal.mapping, rows, snapshot.items, result)


@pytest.mark.parametrize("code", [code for code in known_languages() if code != "en"])
@pytest.mark.parametrize(("name", "decimal"), [("items.csv", ","), ("items.csv", "."), ("items.xlsx", ",")])
def test_a_list_that_was_written_in_any_language_is_read_back_as_that_in_english(tmp_path, code, name, decimal):
    snapshot, accounting = job_of(*EXPENSES)
    drafted = {
        OPEN[0].id: ItemOutcome(OPEN[0].id, "successful", "4711", exported_at=datetime(2026, 2, 20, tzinfo=UTC)),
        OPEN[1].id: ItemOutcome(
            OPEN[1].id, "failed", failure_reason="Konto 4980 fehlt", failure_reason_type="account_unknown"
        ),
    }
    (tmp_path / "en").mkdir()
    written(tmp_path / "en" / name, snapshot, accounting, drafted, decimal)
    with spoken(language_of(code)):
        written(tmp_path / name, snapshot, accounting, drafted, decimal)
        assert shown(HEADINGS[0]) != HEADINGS[0]
    english = read_back(tmp_path / "en" / name, snapshot, accounting)
    found = read_back(tmp_path / name, snapshot, accounting)
    assert found.mapping.columns == english.mapping.columns
    assert list(found.result) == list(english.result)
    assert run_to_end(proposed(found)).accepted().outcomes == tuple(drafted.values())


@pytest.mark.parametrize("decimal", [",", "."])
@pytest.mark.parametrize("name", ["items.csv", "items.xlsx"])
def test_every_row_finds_its_item_again_by_its_ids_and_decides_nothing(tmp_path, name, decimal):
    snapshot, accounting = job_of(*EXPENSES)
    assert written(tmp_path / name, snapshot, accounting, decimal=decimal) == len(OPEN)
    found = read_back(tmp_path / name, snapshot, accounting)
    assert [row.by for row in found.result] == [MatchedBy.RECONCILIATION_ID] * len(OPEN)
    assert [row.items for row in found.result] == [(each.number,) for each in OPEN]
    assert {doubt for row in found.result for doubt in row.doubts} == {"status_missing"}
    assert run_to_end(proposed(found)).accepted().outcomes == ()


def test_a_colleague_fills_in_the_workbook(tmp_path):
    path = tmp_path / "items.xlsx"
    snapshot, accounting = job_of(*EXPENSES)
    written(path, snapshot, accounting)
    book = load_workbook(path)
    sheet = book["Open items"]
    column = {heading: place for place, heading in enumerate(HEADINGS, 1)}
    for name, value in (("Status", "posted"), ("Voucher", 4711), ("Posting date", date(2026, 2, 20))):
        sheet.cell(2, column[name]).value = value
    sheet.cell(3, column["Status"]).value = "Fehler"
    sheet.cell(3, column["Message"]).value = "Konto 4980 fehlt"
    book.save(path)
    outcomes = run_to_end(proposed(read_back(path, snapshot, accounting))).accepted().outcomes
    assert outcomes == (
        ItemOutcome(OPEN[0].id, "successful", "4711", exported_at=datetime(2026, 2, 20, tzinfo=UTC)),
        ItemOutcome(
            OPEN[1].id,
            "failed",
            failure_reason="Konto 4980 fehlt",
            failure_reason_type="accounting_system_validation_failure",
        ),
    )


def test_cells_of_the_workbook_have_types_and_the_status_is_chosen_from_a_list(tmp_path):
    path = tmp_path / "items.xlsx"
    written(path, *job_of(*EXPENSES))
    sheet = load_workbook(path)["Open items"]
    cells = dict(zip(HEADINGS, sheet[2], strict=True))
    assert (cells["Amount"].value, cells["Amount"].data_type) == (1204, "n")
    assert cells["Date (UTC)"].value == datetime(2026, 2, 3)  # noqa: DTZ001 - a workbook knows no zones
    assert cells["Entry id"].data_type == "s"
    assert sheet.data_validations.dataValidation[0].formula1 == '"posted,failed"'


@pytest.mark.parametrize(("decimal", "line"), [(",", "1204,00;SEK"), (".", "1204.00,SEK")])
def test_a_csv_is_written_as_the_users_spreadsheet_reads_it(tmp_path, decimal, line):
    path = tmp_path / "items.csv"
    written(path, *job_of(*EXPENSES), decimal=decimal)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfReconciliation id")
    assert line in content.decode("utf-8-sig").splitlines()[1]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_never_becomes_one(tmp_path, text):
    snapshot, accounting = job_of(EXPENSES[0])
    entry = accounting.entries[EXPENSES[0].id]
    hostile = AccountingData({EXPENSES[0].id: replace(entry, supplier=Supplier(name=text))})
    for name in ("items.csv", "items.xlsx"):
        written(tmp_path / name, snapshot, hostile)
    with (tmp_path / "items.csv").open(encoding="utf-8-sig", newline="") as file:
        _, row = csv.reader(file, delimiter=";")
    assert row[HEADINGS.index("Supplier")] == f"'{text}"
    cell = load_workbook(tmp_path / "items.xlsx")["Open items"].cell(2, HEADINGS.index("Supplier") + 1)
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert str(cell.value).strip() == text.strip()


def test_plain_text_is_left_alone():
    assert [harmless(text) for text in ("a=b", "4711", "", "'x")] == ["a=b", "4711", "", "'x"]


def test_letters_that_no_workbook_holds_are_written_as_spaces(tmp_path):
    snapshot, accounting = job_of(EXPENSES[0])
    entry = replace(accounting.entries[EXPENSES[0].id], note="bell\x07 half\ud800 end")
    written(tmp_path / "items.xlsx", snapshot, AccountingData({EXPENSES[0].id: entry}))
    cell = load_workbook(tmp_path / "items.xlsx")["Open items"].cell(2, HEADINGS.index("Note") + 1)
    assert cell.value == "bell  half  end"


def test_what_was_there_before_stays_until_the_new_file_is_whole(tmp_path):
    for name in ("items.csv", "items.xlsx"):
        path = tmp_path / name
        path.write_text("before", encoding="utf-8")
        writer = writer_for(path, ",")
        run_to_end(appended(writer, open_item_rows(*job_of(*EXPENSES), {})))
        writer.abandon()
        assert path.read_text(encoding="utf-8") == "before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["items.csv", "items.xlsx"]


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=30
).filter(lambda text: not damaged_letters(text))  # a reason in damaged letters is not taken
STAMPS = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)).map(  # noqa: DTZ001 - made UTC below
    lambda stamp: stamp.replace(microsecond=0, tzinfo=UTC)
)
POSTED = st.builds(
    lambda number, stamp: ("successful", number, stamp, None, None),
    st.sampled_from(["10301", "JE-7", "=A1", "'+x7"]),
    STAMPS,
)
REFUSED = st.builds(lambda reason: ("failed", None, None, reason, "account_unknown"), TEXTS)


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(OPEN), POSTED | REFUSED), st.sampled_from(["items.csv", "items.xlsx"]))
def test_importing_then_exporting_then_importing_changes_nothing(tmp_path, said, name):
    snapshot, accounting = job_of(*EXPENSES)
    drafted = {
        each.id: ItemOutcome(
            each.id, status, number, exported_at=stamp, failure_reason=reason, failure_reason_type=kind
        )
        for each, (status, number, stamp, reason, kind) in said.items()
    }
    written(tmp_path / name, snapshot, accounting, drafted)
    first = run_to_end(proposed(read_back(tmp_path / name, snapshot, accounting))).accepted().outcomes
    again = {outcome.accounting_entry_id: outcome for outcome in first}
    written(tmp_path / f"again-{name}", snapshot, accounting, again)
    second = run_to_end(proposed(read_back(tmp_path / f"again-{name}", snapshot, accounting))).accepted().outcomes
    assert {entry: outcome.as_dict() for entry, outcome in again.items()} == {
        entry: outcome.as_dict() for entry, outcome in drafted.items()
    }
    assert second == first


def test_an_item_without_accounting_data_is_written_by_its_id_alone(tmp_path):
    snapshot, _ = job_of(*EXPENSES)
    written(tmp_path / "items.csv", snapshot, AccountingData())
    found = read_back(tmp_path / "items.csv", snapshot, AccountingData())
    assert {row.by for row in found.result} == {MatchedBy.ENTRY_ID}
    assert all(row.kind is not RowKind.NOT_IN_JOB for row in found.result)


def test_amounts_of_any_size_are_written_to_the_digit(tmp_path):
    big = replace(EXPENSES[0], amount=12345678901234567890)
    written(tmp_path / "items.csv", *job_of(big))
    assert read_back(tmp_path / "items.csv", *job_of(big)).rows.amount(0) == Decimal("123456789012345678.90")
