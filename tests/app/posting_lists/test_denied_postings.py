"""Rows that hold a voucher, or say that they are posted, while something else about them denies it."""

from datetime import date

import pytest
from fakes.bookkeeping import EXPENSES, TODAY, job_of
from fakes.matched_lists import matched, table_of

from app.posting_lists.columns_of_ids import with_columns_of_ids
from app.posting_lists.job_index import job_index
from app.posting_lists.known_words import StatusMeaning
from app.posting_lists.mapping import ListMapping, propose
from app.posting_lists.match_result import Doubt, RowKind
from app.posting_lists.matching import match
from app.posting_lists.rows import listed_rows
from app.posting_lists.sentences import doubt_words
from app.posting_lists.table import PostingTable, RowMark, Source, as_columns
from app.slices import run_to_end

SAS, HETZNER, GITHUB, CAFE, BAHN, MUELLER, AWS, *_ = EXPENSES


def said(found, number):
    return " ".join(doubt_words(found.of(number), found.rows, found.snapshot.items, "{:f} {}".format))


def is_posted(found, number):
    row = found.of(number)
    return row.kind is RowKind.MATCHED and found.rows.status(row.place) is StatusMeaning.SUCCESSFUL


@pytest.mark.parametrize(
    "cell",
    ["#N/A", "#NV", "#REF!", "#I/T", "#¡VALOR!", "#ORSAKNINGSFEL!", "#DIV/0!", "#####", "Err:502", "-", "–", "?", "0",
     "000", "n/a", "N.A.", "none", "null", "missing", "not posted", "nicht gebucht", "Entwurf", "ej bokförd", "failed",
     "abgelehnt", "pending", "ikke bogført", "puuttuu", "brak", "geen", "aucun", "ninguno", "nessuno", "k.A.", "offen"],
)  # fmt: skip
def test_what_stands_for_no_number_is_no_voucher(cell):
    found = matched(["Reference", "Voucher"], [SAS.id, cell], [HETZNER.id, "10301"])
    assert (found.of(2).kind, found.of(2).items) == (RowKind.AMBIGUOUS, (0,))
    assert Doubt.STATUS_MISSING in found.of(2).doubts
    assert found.rows.voucher(0) == ""
    assert is_posted(found, 3)
    assert f"'{cell}' is no number of an entry" in said(found, 2)


@pytest.mark.parametrize("cell", ["10301", "A-0", "V1", "#1234", "JE-100", "2026-0001", "0012", "INV/5/2026", 4711])
def test_what_is_a_number_is_a_voucher(cell):
    found = matched(["Reference", "Voucher"], [SAS.id, cell])
    assert is_posted(found, 2)
    assert found.rows.voucher(0) == str(cell)


@pytest.mark.parametrize("cell", ["2,02611E+11", "2.02611E+11", "2026-11-26", "26.11.2026", date(2026, 2, 1), 2.5e17])
@pytest.mark.parametrize("status", ["posted", ""])
def test_a_number_that_cannot_be_told_any_more_is_not_sent(cell, status):
    found = matched(["Reference", "Voucher", "Status"], [SAS.id, cell, status])
    assert Doubt.VOUCHER_UNREADABLE in found.of(2).doubts
    assert found.rows.voucher(0) == ""


@pytest.mark.parametrize(
    "heading",
    ["Error Message", "Fehlermeldung", "Fejlbesked", "Felmeddelande", "Foutmelding", "Erreur", "Virhe", "Błąd",
     "Errore", "Remarks", "Bemerkung"],
)  # fmt: skip
def test_a_message_without_a_status_is_a_doubt(heading):
    found = matched(
        ["Reference", "Voucher", heading], [SAS.id, "V1", "Account 4980 is blocked"], [HETZNER.id, "V2", "-"]
    )
    assert found.of(2).doubts == (Doubt.MESSAGE_GIVEN,)
    assert is_posted(found, 3)


def test_a_message_beside_posted_is_a_doubt_and_beside_failed_the_reason():
    head = ["Reference", "Status", "Error message"]
    found = matched(head, [SAS.id, "posted", "Period is closed"], [HETZNER.id, "failed", "Period is closed"])
    assert (found.of(2).doubts, found.of(3).doubts) == ((Doubt.MESSAGE_GIVEN,), ())


def test_a_remark_beside_posted_counts_for_what_it_says():
    head = ["Reference", "Status", "Remarks"]
    found = matched(head, [SAS.id, "posted", "Trip to Oslo"], [HETZNER.id, "posted", "rejected by the bank"])
    assert (found.of(2).doubts, found.of(3).doubts) == ((), (Doubt.MESSAGE_GIVEN,))


@pytest.mark.parametrize(
    "title",
    ["Kassekladde - ikke bogførte posteringer", "Not posted", "Draft entries", "Entwurf", "Fehlerprotokoll",
     "Abgelehnte", "Preliminär verifikationslista", "Niet geboekt", "Brouillard de saisie", "Borrador",
     "Kirjaamattomat tositteet", "Bufor dokumentów", "Non contabilizzate: bozza", "Ubogførte bilag",
     "Rejected by import"],
)  # fmt: skip
class TestAbove:
    def test_a_title_denies_every_row(self, title):
        found = matched([title], ["Reference", "Voucher", "Amount"], [SAS.id, "V1", "1204.00"])
        assert found.of(3).doubts == (Doubt.DENIED,)
        assert title in said(found, 3)

    def test_so_does_the_name_of_the_sheet(self, title):
        columns, numbers = as_columns([["Reference", "Voucher"], [SAS.id, "V1"]])
        result = result_of(PostingTable(Source("list.xlsx", "", "XLSX", sheet=title), columns, numbers))
        assert result[0].doubts == (Doubt.DENIED,)

    def test_a_line_above_a_group_denies_its_rows_alone(self, title):
        found = matched(
            ["Reference", "Voucher", "Amount", "Date"],
            [SAS.id, "V1", "1204.00", "2026-02-03"],
            [title, "", "", ""],
            [HETZNER.id, "V2", "59.00", "2026-02-04"],
            ["Posted", "", "", ""],
            [GITHUB.id, "V3", "21.00", "2026-02-04"],
        )
        assert [found.of(number).doubts for number in (2, 4, 6)] == [(), (Doubt.DENIED,), ()]


def result_of(table, mapping=None):
    proposal = propose(table)
    snapshot, accounting = job_of(*EXPENSES)
    rows = listed_rows(table, mapping or proposal.mapping, proposal.head_row, TODAY)
    return run_to_end(match(rows, run_to_end(job_index(snapshot, accounting)), TODAY))


@pytest.mark.parametrize(
    "title",
    [
        "Posted entries",
        "Verifikationslista",
        "Buchungsstapel",
        "Import: 0 errors",
        "Fehler: 0",
        "Overdraft",
        "ohne Fehler",
    ],
)
def test_other_titles_deny_nothing(title):
    assert is_posted(matched([title], ["Reference", "Voucher", "Amount"], [SAS.id, "V1", "1204.00"]), 3)


@pytest.mark.parametrize(
    "heading",
    ["Reversed", "Reversed by Entry No.", "Reversed with", "Storniert", "Stornobeleg", "Generalumkehr (GU)", "Voided",
     "Void Reason", "Deleted", "Is Cancelled", "Draft", "Tilbageført", "Annulleret", "Makulerad", "Tilbakeført",
     "Geannuleerd", "Extourné", "Anulado", "Peruutettu", "Anulowany", "Stornowany", "Annullato"],
)  # fmt: skip
class TestAColumnThatTakesAPostingBack:
    @pytest.mark.parametrize("cell", ["Yes", "X", "1", "5003", "2026-02-20", True, "✓", "true"])
    def test_is_to_be_decided_where_it_is_filled(self, heading, cell):
        head = ["Reference", "Voucher", "Status", heading]
        for status in ("posted", ""):
            assert Doubt.TAKEN_BACK in matched(head, [SAS.id, "V1", status, cell]).of(2).doubts

    @pytest.mark.parametrize("cell", ["", None, "No", "nein", "0", 0, False, "-", "Nej", "false", "0001-01-01"])
    def test_says_nothing_where_it_says_no(self, heading, cell):
        assert is_posted(matched(["Reference", "Voucher", heading], [SAS.id, "V1", cell]), 2)


def test_reverse_charge_takes_nothing_back():
    assert is_posted(matched(["Reference", "Voucher", "Reverse charge"], [SAS.id, "V1", "Yes"]), 2)


@pytest.mark.parametrize(("docstatus", "posted"), [("1", True), ("0", False), ("2", False)])
def test_a_docstatus_is_posted_where_it_is_one(docstatus, posted):
    found = matched(["Reference", "Voucher", "DocStatus"], [SAS.id, "V1", docstatus])
    assert is_posted(found, 2) is posted


class TestLinesThatTakeEachOtherBack:
    def test_equal_and_opposite_lines_are_to_be_decided(self):
        head = ["Reference", "Voucher", "Amount"]
        found = matched(head, [SAS.id, "V1", "1204.00"], [SAS.id, "V1", "-1204.00"], [HETZNER.id, "V2", "59.00"])
        assert [found.of(number).doubts for number in (2, 3, 4)] == [(Doubt.OPPOSITE_LINES,)] * 2 + [()]

    def test_the_halves_of_an_entry_stand_on_two_accounts(self):
        head = ["Reference", "Voucher", "Amount", "Account"]
        found = matched(head, [SAS.id, "V1", "1204.00", "4980"], [SAS.id, "V1", "-1204.00", "1000"])
        assert found.of(2).doubts == ()
        found = matched(head, [SAS.id, "V1", "1204.00", "4980"], [SAS.id, "V1", "-1204.00", "4980"])
        assert found.of(2).doubts == (Doubt.OPPOSITE_LINES,)

    @pytest.mark.parametrize(
        "lines", [[("1204.00", ""), ("", "1204.00")], [("1204.00", "0.00"), ("0.00", "1204.00")]], ids=str
    )
    def test_debit_and_credit_are_two_sides(self, lines):
        head = ["Reference", "Voucher", "Debit", "Credit"]
        found = matched(head, *([SAS.id, "V1", *line] for line in lines))
        assert found.of(2).doubts == (Doubt.OPPOSITE_LINES,)

    def test_a_letter_may_tell_the_side(self):
        head = ["Belegfeld 1", "Belegnummer", "Umsatz", "Soll/Haben-Kennzeichen", "Konto"]
        found = matched(head, [SAS.id, "V1", "1204,00", "S", "4980"], [SAS.id, "V1", "1204,00", "H", "4980"])
        assert found.of(2).doubts == (Doubt.OPPOSITE_LINES,)

    def test_a_text_that_calls_itself_a_reversal_is_to_be_decided(self):
        found = matched(["Reference", "Voucher", "Text"], [SAS.id, "V1", "Reversal of V0"], [HETZNER.id, "V2", "Rent"])
        assert (found.of(2).doubts, found.of(3).doubts) == ((Doubt.DENIED,), ())


class TestSeveralColumnsOfStatuses:
    def test_that_of_postings_comes_first_and_the_others_must_agree(self):
        head = ["Reference", "Voucher", "Status", "Posting status"]
        rows = [[SAS.id, "V1", "OK", "Posted"], [HETZNER.id, "V2", "OK", "Error"], [GITHUB.id, "V3", "OK", "Draft"]]
        found = matched(head, *rows)
        assert [is_posted(found, number) for number in (2, 3, 4)] == [True, False, False]
        assert found.of(3).doubts == (Doubt.STATUSES_DISAGREE,)

    @pytest.mark.parametrize("other", ["Reversed", "Draft", "failed", "who knows"])
    def test_of_two_with_one_heading_both_count(self, other):
        head = ["Reference", "Voucher", "Status", "Status"]
        found = matched(head, [SAS.id, "V1", "Posted", other], [HETZNER.id, "V2", "Posted", ""])
        assert (found.of(2).doubts, found.of(3).doubts) == ((Doubt.STATUSES_DISAGREE,), ())

    @pytest.mark.parametrize(
        ("posted", "doubts"), [("yes", ()), ("no", (Doubt.STATUSES_DISAGREE,)), ("", (Doubt.STATUSES_DISAGREE,))]
    )
    def test_a_second_one_may_say_yes_and_no(self, posted, doubts):
        found = matched(["Reference", "Status", "Posted"], [SAS.id, "OK", posted], [HETZNER.id, "OK", "yes"])
        assert found.of(2).doubts == doubts

    @pytest.mark.parametrize(
        ("cell", "posted"), [("Approved", True), ("Rejected", False), ("Pending", False), ("", True)]
    )
    def test_an_approval_that_was_refused_denies(self, cell, posted):
        found = matched(["Reference", "Voucher", "Approval status"], [SAS.id, "V1", cell])
        assert is_posted(found, 2) is posted

    @pytest.mark.parametrize("cell", ["Unpaid", "Pending", "open"])
    def test_what_is_not_paid_may_be_posted(self, cell):
        assert is_posted(matched(["Reference", "Voucher", "Payment status"], [SAS.id, "V1", cell]), 2)


@pytest.mark.parametrize("word", ["Offen", "exportiert", "erfasst", "paid", "åben", "öppen", "imported"])
def test_a_word_of_different_meanings_is_asked(word):
    found = matched(["Reference", "Status"], [SAS.id, word], [HETZNER.id, "posted"])
    assert found.of(2).doubts == (Doubt.STATUS_UNKNOWN,)
    assert "in some systems and not in others" in said(found, 2)


@pytest.mark.parametrize("mark", RowMark)
def test_a_row_that_the_file_marks_is_not_taken_unasked(mark):
    table = table_of(["Reference", "Voucher"], [SAS.id, "V1"], [HETZNER.id, "V2"])
    marked = PostingTable(table.source, table.columns, table.numbers, {1: frozenset([mark])})
    assert [row.doubts for row in result_of(marked)] == [(Doubt(mark.value),), ()]


class TestDays:
    @pytest.mark.parametrize("day", ["01.01.1753", "0001-01-01", "1900-01-01", "2025-02-03"])
    def test_a_day_long_before_the_expense_is_a_doubt(self, day):
        found = matched(["Reference", "Voucher", "Posting date"], [SAS.id, "V1", day])
        assert found.of(2).doubts == (Doubt.DATE_TOO_EARLY,)

    @pytest.mark.parametrize("day", ["2026-01-31", "2026-02-03", "2026-03-01"])
    def test_a_day_near_it_is_none(self, day):
        assert is_posted(matched(["Reference", "Voucher", "Posting date"], [SAS.id, "V1", day]), 2)


class TestByDate:
    HEAD = ("Date", "Amount", "Currency", "Voucher")
    ROW = ("2026-02-04", "59.00", "EUR", "V1")

    @pytest.mark.parametrize(
        ("heading", "own", "other"),
        [("Reference", "", "RG-2026-118"), ("Invoice number", "", "118"), ("Supplier", "HETZNER", "Deutsche Bahn")],
    )
    def test_a_name_that_is_not_the_items_leaves_the_row_to_decide(self, heading, own, other):
        assert is_posted(matched([*self.HEAD, heading], [*self.ROW, own]), 2)
        found = matched([*self.HEAD, heading], [*self.ROW, other])
        assert (found.of(2).items, found.of(2).doubts) == ((1,), (Doubt.NAMES_ANOTHER,))
        assert other in said(found, 2)


class TestOneAnswerForAWholeList:
    HEAD = ("Reference", "Date", "Amount", "Reversed")

    def test_what_is_listed_is_posted(self):
        rows = [SAS.id, "2026-02-03", "1204.00", ""], [HETZNER.id, "2026-02-04", "59.00", "Yes"]
        plain = matched(self.HEAD, *rows)
        assert Doubt.STATUS_MISSING in plain.of(2).doubts
        answered = ListMapping(plain.mapping.columns, listed_means_posted=True)
        found = matched(self.HEAD, *rows, mapping=answered)
        assert is_posted(found, 2)
        assert found.of(3).doubts == (Doubt.TAKEN_BACK,)

    def test_it_answers_nothing_where_some_row_has_a_status_or_a_voucher_is_none(self):
        head = ["Reference", "Status", "Voucher"]
        mapping = ListMapping(matched(head, [SAS.id, "", ""]).mapping.columns, listed_means_posted=True)
        assert not is_posted(matched(head, [SAS.id, "", ""], [HETZNER.id, "failed", ""], mapping=mapping), 2)
        assert not is_posted(matched(head, [SAS.id, "", "#N/A"], mapping=mapping), 2)


class TestIds:
    def proposed(self, *rows):
        table = table_of(*rows)
        snapshot, accounting = job_of(*EXPENSES)
        return run_to_end(
            with_columns_of_ids(propose(table), table, run_to_end(job_index(snapshot, accounting)))
        ).mapping

    def test_a_column_of_this_jobs_ids_is_the_reference_in_any_language(self):
        rows = ["Kanssa", "Päivä", "Summa", "Tosite"], [SAS.reconciliation_id, "3.2.2026", "1204,00", "V1"]
        assert self.proposed(*rows).columns["reference"] == 0

    def test_so_is_one_whose_heading_says_something_else(self):
        columns = self.proposed(["Reference", "Voucher", "Amount"], ["x", SAS.id.upper(), "1"]).columns
        assert (columns["reference"], "voucher" in columns) == (1, False)

    def test_ids_among_words_make_a_text(self):
        assert self.proposed(["Bezug zu", "Belegnr", "Betrag"], [f"Pleo {SAS.id}", "V1", "1"]).columns["text"] == 0

    @pytest.mark.parametrize("hyphen", ["", "\u2011", "–", "_"])
    @pytest.mark.parametrize("form", ["{}", "{{{}}}", "Pleo {}"])
    @pytest.mark.parametrize("heading", ["Entry id", "Reference"])
    def test_they_may_be_written_without_hyphens_or_with_others(self, hyphen, form, heading):
        found = matched([heading, "Voucher"], [form.format(SAS.id.upper().replace("-", hyphen)), "V1"])
        assert (found.of(2).items, is_posted(found, 2)) == ((0,), True)


def test_only_what_would_have_been_recognised_is_not_in_this_job():
    found = matched(["Reference", "Voucher"], ["RG-1", "V1"])
    assert (found.of(2).kind, found.of(2).doubts) == (RowKind.NOT_RECOGNISED, (Doubt.NAMES_NOTHING,))
    found = matched(["Reference", "Voucher"], ["RG-1", "V1"], [SAS.id, "V2"])
    assert found.of(2).kind is RowKind.NOT_IN_JOB
