"""Which item a row is about, by what, and why a row is not taken at its word."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from fakes.bookkeeping import EXPENSES, TODAY, Expense, job_of
from fakes.matched_lists import matched
from hypothesis import given
from hypothesis import strategies as st

from app.models.snapshot import AccountingData
from app.posting_lists.job_index import job_index
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.mapping import ListMapping
from app.posting_lists.match_result import Doubt, MatchedBy, RowKind
from app.posting_lists.matching import match
from app.posting_lists.rows import ListedRows
from app.posting_lists.sentences import doubt_words
from app.slices import run_to_end

HEAD = ["Reference", "Date", "Amount", "Currency", "Status", "Voucher", "Message"]
SAS, HETZNER, GITHUB, CAFE, BAHN, MUELLER, AWS, TAXI, SAME_TAXI, REFUND, DSB, LUFTHANSA = EXPENSES


def row_of(expense, reference="", **changes):
    said = {
        "Reference": reference,
        "Date": f"{expense.day}",
        "Amount": f"{abs(expense.money)}",
        "Currency": expense.currency,
        "Status": "posted",
        "Voucher": f"V{expense.number}",
        "Message": "",
    }
    return [*(said | changes).values()]


@pytest.mark.parametrize(
    ("expense", "reference", "by"),
    [
        (SAS, SAS.reconciliation_id, MatchedBy.RECONCILIATION_ID),
        (SAS, f" {SAS.reconciliation_id.upper()} ", MatchedBy.RECONCILIATION_ID),
        (SAS, f"Pleo {SAS.reconciliation_id} SAS AB", MatchedBy.RECONCILIATION_ID),
        (SAS, SAS.id, MatchedBy.ENTRY_ID),
        (SAS, SAS.id.upper(), MatchedBy.ENTRY_ID),
        (SAS, f"pleo:{SAS.id}", MatchedBy.ENTRY_ID),
        (MUELLER, "2602-4711", MatchedBy.REFERENCE),
        (SAS, "", MatchedBy.DATE_AND_AMOUNT),
        (SAS, "SAS AB Aarhus", MatchedBy.DATE_AND_AMOUNT),
        (REFUND, "", MatchedBy.DATE_AND_AMOUNT),
    ],
)
def test_a_row_is_matched_by_the_best_that_it_says(expense, reference, by):
    found = matched(HEAD, row_of(expense, reference))
    assert found.ids(2) == [expense.id]
    assert (found.of(2).by, found.of(2).kind) == (by, RowKind.MATCHED)


def test_the_number_of_an_entry_that_the_item_has_already_finds_it():
    found = matched(HEAD, row_of(DSB, Voucher="10310", Date="", Amount="", Currency=""))
    assert (found.ids(2), found.of(2).by) == ([DSB.id], MatchedBy.REFERENCE)


def test_an_id_comes_before_date_and_amount():
    found = matched(HEAD, row_of(TAXI, SAME_TAXI.reconciliation_id))
    assert (found.ids(2), found.of(2).kind) == ([SAME_TAXI.id], RowKind.MATCHED)


def test_several_items_of_one_day_and_amount_stay_several():
    found = matched(HEAD, row_of(TAXI))
    assert found.ids(2) == [TAXI.id, SAME_TAXI.id]
    assert found.of(2).doubts == (Doubt.SEVERAL_ITEMS,)
    assert not {7, 8} & set(found.result.missing)


def test_an_item_that_another_row_names_stays_a_candidate_nothing_is_guessed_by_elimination():
    found = matched(HEAD, row_of(TAXI, TAXI.id), row_of(TAXI))
    assert found.ids(2) == [TAXI.id]
    assert found.ids(3) == [TAXI.id, SAME_TAXI.id]


def test_a_column_of_pleos_own_ids_is_never_passed_over_for_date_and_amount():
    head = ["Reconciliation id", *HEAD[1:]]
    assert matched(head, row_of(SAS, "12")).of(2).kind is RowKind.NOT_IN_JOB


def test_a_shared_reconciliation_id_is_told_apart_by_amount_and_day():
    twins = [replace_id(SAS), replace_id(HETZNER)]
    _, accounting = job_of(*EXPENSES)
    shared = AccountingData(dict(accounting.entries) | {entry.accounting_entry_id: entry for entry in twins})
    found = matched(HEAD, row_of(SAS, "shared-id"), row_of(HETZNER, "shared-id"), accounting=shared)
    assert (found.ids(2), found.ids(3)) == ([SAS.id], [HETZNER.id])
    unsure = matched(HEAD, row_of(CAFE, "shared-id"), accounting=shared).of(2)
    assert (unsure.items, unsure.doubts) == ((0, 1), (Doubt.SEVERAL_ITEMS,))


def replace_id(expense):
    entry = job_of(expense)[1].entries[expense.id]
    return replace(entry, additional_information=replace(entry.additional_information, reconciliation_id="shared-id"))


def test_ids_that_name_different_items_are_a_disagreement():
    head = ["Reconciliation id", "Entry id", "Status"]
    found = matched(head, [SAS.reconciliation_id, HETZNER.id, "posted"], [SAS.reconciliation_id, SAS.id, "posted"])
    assert found.ids(2) == [SAS.id, HETZNER.id]
    assert Doubt.IDS_DISAGREE in found.of(2).doubts
    assert (found.of(3).by, found.of(3).kind) == (MatchedBy.RECONCILIATION_ID, RowKind.MATCHED)


class TestIdsInSeveralColumns:
    HEAD = ("Reconciliation id", "Entry id", "Status")

    @pytest.mark.parametrize(
        "other", [HETZNER.id, f" {HETZNER.id}", HETZNER.id.upper(), f"pleo:{HETZNER.id}", f"Pleo {HETZNER.id}, Feb."]
    )
    @pytest.mark.parametrize("own", [SAS.reconciliation_id, SAS.reconciliation_id.upper()])
    @pytest.mark.parametrize("column", ["Entry id", "Reference"])
    def test_however_they_are_written_they_must_name_one_item(self, own, other, column):
        found = matched(["Reconciliation id", column, "Status"], [own, other, "posted"])
        assert (found.ids(2), found.of(2).doubts) == ([SAS.id, HETZNER.id], (Doubt.IDS_DISAGREE,))

    @pytest.mark.parametrize("other", [SAS.id.upper(), f"pleo:{SAS.id} ", "JE-100001", "Flight to Aarhus 2026", "", 17])
    def test_what_names_no_other_item_is_no_disagreement(self, other):
        for head in (self.HEAD, ("Reconciliation id", "Reference", "Status")):
            row = matched(head, [SAS.reconciliation_id, other, "posted"]).of(2)
            assert (row.items, row.by, row.doubts) == ((0,), MatchedBy.RECONCILIATION_ID, ())

    @pytest.mark.parametrize("other", ["99999999-0000-4000-8000-000000000001", "C0FFEE77-4b99 "])
    def test_an_entry_of_another_job_with_the_same_reconciliation_id_is_no_item_of_this_one(self, other):
        row = matched(self.HEAD, [SAS.reconciliation_id, other, "posted"]).of(2)
        assert (row.items, row.doubts) == ((0,), (Doubt.IDS_DISAGREE,))

    def test_the_accounting_systems_own_id_in_a_column_of_references_is_no_disagreement(self):
        row = matched(
            ["Reconciliation id", "Reference", "Status"],
            [SAS.reconciliation_id, "99999999-0000-4000-8000-000000000001", "posted"],
        ).of(2)
        assert row.doubts == ()

    def test_an_id_that_several_items_share_is_told_apart_by_one_beside_it(self):
        _, accounting = job_of(*EXPENSES)
        twins = {entry.accounting_entry_id: entry for entry in (replace_id(SAS), replace_id(HETZNER))}
        shared = AccountingData(dict(accounting.entries) | twins)
        rows = [["shared-id", SAS.id, "posted"], ["shared-id", CAFE.id, "posted"], ["SHARED-ID", CAFE.id, "posted"]]
        found = matched(self.HEAD, *rows, accounting=shared)
        assert [row.doubts for row in found.result] == [(), (Doubt.IDS_DISAGREE,), (Doubt.IDS_DISAGREE,)]


@pytest.mark.parametrize("other", ["99999999-0000-4000-8000-000000000001", "c0ffee77-4b99"])
@pytest.mark.parametrize("written", ["{}", "pleo:{}", "Pleo {}, Feb."])
class TestARowAboutAnEntryOfAnotherJob:
    @pytest.mark.parametrize("column", ["Reconciliation id", "Entry id"])
    def test_is_not_taken_for_an_item_by_its_invoice_number(self, column, written, other):
        found = matched([column, "Reference", "Status"], [written.format(other), MUELLER.invoice, "posted"])
        assert found.of(2).kind is RowKind.NOT_IN_JOB

    @pytest.mark.parametrize("column", ["Reconciliation id", "Entry id", "Reference"])
    def test_is_not_taken_for_an_item_by_its_voucher(self, column, written, other):
        found = matched([column, "Status", "Voucher"], [written.format(other), "failed", DSB.external_id])
        assert found.of(2).kind is RowKind.NOT_IN_JOB

    def test_is_not_looked_for_by_date(self, written, other):
        assert matched(HEAD, row_of(SAS, written.format(other))).of(2).kind is RowKind.NOT_IN_JOB


@pytest.mark.parametrize("key", ["2602-4711", "20260211-0042", "99999999-0000-4000-8000-000000000001"])
def test_an_invoice_number_may_be_written_like_an_id(key):
    found = matched(HEAD, row_of(MUELLER, key), expenses=[replace(MUELLER, invoice=key), *EXPENSES[:5]])
    assert (found.ids(2), found.of(2).by, found.of(2).kind) == ([MUELLER.id], MatchedBy.REFERENCE, RowKind.MATCHED)


def without_accounting_data(*expenses):
    return AccountingData(job_of(*(each for each in EXPENSES if each not in expenses))[1].entries)


class TestWithoutAccountingData:
    def test_the_entrys_id_still_matches_a_row_without_an_amount(self):
        rows = [row_of(SAS, SAS.id, Amount=""), row_of(HETZNER, HETZNER.reconciliation_id, Amount="")]
        found = matched(HEAD, *rows, accounting=AccountingData())
        assert [row.kind for row in found.result] == [RowKind.MATCHED, RowKind.NOT_IN_JOB]

    @pytest.mark.parametrize("amount", ["1204.00", "0.00", "0", "see note"])
    @pytest.mark.parametrize("currency", ["SEK", ""])
    def test_an_amount_that_nobody_can_check_leaves_its_row_to_decide(self, amount, currency):
        doubt = Doubt.AMOUNT_UNREADABLE if amount == "see note" else Doubt.AMOUNT_UNCHECKED
        changes = {"Amount": amount, "Currency": currency}
        found = matched(HEAD, row_of(SAS, SAS.id, **changes), accounting=AccountingData())
        assert (found.of(2).doubts, found.of(2).kind) == ((doubt,), RowKind.AMBIGUOUS)

    def test_only_the_items_without_it_are_to_decide(self):
        rows = [row_of(each, each.id) for each in (SAS, HETZNER, CAFE)]
        found = matched(HEAD, *rows, accounting=without_accounting_data(HETZNER))
        assert [row.doubts for row in found.result] == [(), (Doubt.AMOUNT_UNCHECKED,), ()]

    def test_the_lines_of_one_item_are_all_to_decide(self):
        rows = [row_of(SAS, SAS.id, Amount=amount) for amount in ("1000", "", "204")]
        found = matched(HEAD, *rows, accounting=without_accounting_data(SAS))
        assert {row.doubts for row in found.result} == {(Doubt.AMOUNT_UNCHECKED,)}

    def test_it_is_never_told_apart_from_another_by_what_only_that_one_has(self):
        expenses = [replace(SAS, external_id="10310"), replace(HETZNER, external_id="10310")]
        data = AccountingData(job_of(SAS)[1].entries)
        found = matched(HEAD, row_of(SAS, Voucher="10310"), expenses=expenses, accounting=data)
        assert (found.of(2).items, found.of(2).doubts) == ((0, 1), (Doubt.SEVERAL_ITEMS,))

    def test_it_is_said_in_words(self):
        found = matched(HEAD, row_of(SAS, SAS.id), accounting=AccountingData())
        said = doubt_words(found.of(2), found.rows, [None] * len(EXPENSES), "{} {}".format)
        assert said == ("Its amount is not checked: the accounting data of its item is missing.",)


class TestDoubts:
    @pytest.mark.parametrize(
        ("changes", "doubt"),
        [
            ({"Amount": "1204.01"}, Doubt.AMOUNT_DIFFERS),
            ({"Currency": "EUR"}, Doubt.CURRENCY_DIFFERS),
            ({"Amount": "see note"}, Doubt.AMOUNT_UNREADABLE),
            ({"Status": "storniert"}, Doubt.STATUS_UNKNOWN),
            ({"Status": "", "Voucher": ""}, Doubt.STATUS_MISSING),
            ({"Date": "2026-03-03"}, Doubt.DATE_IN_FUTURE),
            ({"Date": "soon"}, Doubt.DATE_UNREADABLE),
        ],
    )
    def test_what_speaks_against_a_row_is_said_at_the_row(self, changes, doubt):
        row = matched(HEAD, row_of(SAS, SAS.id, **changes), row_of(HETZNER, HETZNER.id)).of(2)
        assert (row.doubts, row.kind, row.items) == ((doubt,), RowKind.AMBIGUOUS, (0,))

    def test_a_day_is_in_the_future_from_tomorrow_on(self):
        assert matched(HEAD, row_of(SAS, SAS.id, Date=f"{TODAY}")).of(2).doubts == ()

    @pytest.mark.parametrize("changes", [{"Amount": ""}, {"Amount": "-1204"}, {"Currency": ""}, {"Date": ""}])
    def test_what_a_row_does_not_say_is_held_against_nobody(self, changes):
        assert matched(HEAD, row_of(SAS, SAS.id, **changes)).of(2).kind is RowKind.MATCHED

    def test_the_amount_may_be_in_the_companys_own_currency(self):
        entry = job_of(SAS)[1].entries[SAS.id]
        wallet = replace(entry.amount.in_wallet_currency, currency="DKK", value=Decimal(80668))
        data = AccountingData({SAS.id: replace(entry, amount=replace(entry.amount, in_wallet_currency=wallet))})
        for changes in ({"Amount": "806.68", "Currency": "DKK"}, {"Amount": "806.68", "Currency": ""}):
            found = matched(HEAD, row_of(SAS, SAS.id, **changes), expenses=[SAS], accounting=data)
            assert found.of(2).kind is RowKind.MATCHED

    @pytest.mark.parametrize(
        ("currency", "value", "written", "doubts"),
        [
            ("JPY", 1234, "1234", ()),
            ("JPY", -1234, "1,234.00", ()),
            ("JPY", 1234, "12.34", (Doubt.AMOUNT_DIFFERS,)),
            ("JPY", 0, "0", ()),
            ("KWD", 1230, "1.23", ()),
            ("KWD", 1234, "1.234", ()),
            ("KWD", 1234, "12.34", (Doubt.AMOUNT_DIFFERS,)),
            ("EUR", 5, "0.05", ()),
            ("EUR", 5, ".05", ()),
            ("EUR", 1200, "12", ()),
            ("EUR", 12, "12", (Doubt.AMOUNT_DIFFERS,)),
        ],
    )
    def test_amounts_are_compared_in_whole_units_of_their_currency(self, currency, value, written, doubts):
        expense = Expense(20, TODAY, "Somebody", value, currency)
        found = matched(HEAD, row_of(expense, expense.id, Amount=written), expenses=[expense])
        assert found.of(2).doubts == doubts


class TestTheCurrencyOfAnAmount:
    @pytest.mark.parametrize(
        "amount",
        ["59.00 DKK", "DKK 59.00", "59.00DKK", "-59.00 dkk", "59.00 INR", "59.00 £"],
    )
    def test_one_that_stands_beside_the_amount_counts(self, amount):
        found = matched(["Reference", "Amount", "Status"], [HETZNER.id, amount, "posted"])
        assert found.of(2).doubts == (Doubt.CURRENCY_DIFFERS,)

    @pytest.mark.parametrize("amount", ["59.00 EUR", "eur 59.00", "€59.00", "59.00 Euro", "59.00 kr", "59.00 CR", "59"])
    def test_the_items_own_and_none_agree(self, amount):
        found = matched(["Reference", "Amount", "Status"], [HETZNER.id, amount, "posted"])
        assert found.of(2).doubts == ()

    @pytest.mark.parametrize(("debit", "credit"), [("59.00 DKK", ""), ("", "59.00 DKK")])
    def test_it_may_stand_in_either_of_two_columns(self, debit, credit):
        found = matched(["Reference", "Debit", "Credit", "Status"], [HETZNER.id, debit, credit, "posted"])
        assert found.of(2).doubts == (Doubt.CURRENCY_DIFFERS,)

    @pytest.mark.parametrize("amount", ["59.00 DKK", "59.00 £"])
    def test_beside_the_amount_it_counts_more_than_in_the_heading_or_in_a_column(self, amount):
        for head, more in ((["Amount (EUR)"], []), (["Amount", "Currency"], ["EUR"])):
            found = matched(["Reference", "Status", *head], [HETZNER.id, "posted", amount, *more])
            assert found.of(2).doubts == (Doubt.CURRENCY_DIFFERS,)

    @pytest.mark.parametrize(("sign", "doubts"), [("€", ()), ("eur", ()), ("£", (Doubt.CURRENCY_DIFFERS,))])
    def test_a_column_may_hold_signs(self, sign, doubts):
        found = matched(["Reference", "Amount", "Currency", "Status"], [HETZNER.id, "59.00", sign, "posted"])
        assert found.of(2).doubts == doubts

    def test_by_date_only_items_in_that_currency_are_found(self):
        head = ["Date", "Amount", "Status"]
        found = matched(head, ["2026-02-04", "59.00 DKK", "posted"], ["2026-02-04", "59.00 €", "posted"])
        assert [found.ids(2), found.ids(3)] == [[], [HETZNER.id]]


class TestSeveralRowsForOneItem:
    def test_rows_that_disagree_are_both_in_doubt(self):
        found = matched(HEAD, row_of(SAS, SAS.id), row_of(SAS, SAS.id, Status="failed", Message="Closed period"))
        assert [row.doubts for row in found.result] == [(Doubt.ROWS_DISAGREE,)] * 2

    def test_two_vouchers_for_one_item_disagree(self):
        found = matched(HEAD, row_of(SAS, SAS.id), row_of(SAS, SAS.id, Voucher="V99"))
        assert all(row.kind is RowKind.AMBIGUOUS for row in found.result)

    def test_rows_that_say_the_same_are_one_statement_and_the_first_stands_for_it(self):
        found = matched(HEAD, row_of(SAS, SAS.id), row_of(HETZNER, HETZNER.id), row_of(SAS, SAS.reconciliation_id))
        assert [row.same_as for row in found.result] == [None, None, 0]
        assert all(row.kind is RowKind.MATCHED for row in found.result)

    @pytest.mark.parametrize("lines", [("1000", "204"), ("1204", "240.80"), ("963.20", "240.80"), ("1204", "1204")])
    def test_the_lines_of_one_entry_add_up_to_the_items_amount_or_one_of_them_is_it(self, lines):
        found = matched(HEAD, *(row_of(SAS, SAS.id, Amount=line) for line in lines))
        assert [row.doubts for row in found.result] == [(), ()]

    def test_lines_that_do_not_add_up_are_in_doubt(self):
        found = matched(HEAD, *(row_of(SAS, SAS.id, Amount=line) for line in ("1000", "100")))
        assert [row.doubts for row in found.result] == [(Doubt.AMOUNT_DIFFERS,)] * 2

    @pytest.mark.parametrize(
        ("lines", "doubts"),
        [
            (["", "99999.00"], (Doubt.AMOUNT_DIFFERS,)),
            (["", "1204.00"], ()),
            (["1000", "", "204"], ()),
            (["1000", "0.00", "204"], ()),
            (["1000", "", "100"], (Doubt.AMOUNT_DIFFERS,)),
            (["1000", "", "see note"], (Doubt.AMOUNT_DIFFERS, Doubt.AMOUNT_UNREADABLE)),
            (["", ""], ()),
        ],
    )
    def test_a_line_without_an_amount_neither_settles_nor_hinders_the_others(self, lines, doubts):
        for order in (lines, lines[::-1]):
            found = matched(HEAD, *(row_of(SAS, SAS.id, Amount=line) for line in order))
            assert {row.doubts for row in found.result} == {doubts}

    def test_lines_in_different_currencies_do_not_add_up(self):
        lines = [row_of(SAS, SAS.id, Amount="602"), row_of(SAS, SAS.id, Amount="602", Currency="CHF")]
        for order in (lines, lines[::-1]):
            found = matched(HEAD, *order)
            assert {row.doubts for row in found.result} == {(Doubt.AMOUNT_DIFFERS, Doubt.CURRENCY_DIFFERS)}

    @pytest.mark.parametrize("lines", [("1104", "-100"), ("1,104.00 S", "100.00 H"), (1104, -100)])
    def test_lines_of_different_sides_do_not_add_up(self, lines):
        found = matched(HEAD, *(row_of(SAS, SAS.id, Amount=line) for line in lines))
        assert {row.doubts for row in found.result} == {(Doubt.AMOUNT_DIFFERS,)}

    @pytest.mark.parametrize("lines", [("-1104", "-100"), ("1,104.00 S", "100.00 S"), (-1104, -100.0)])
    def test_lines_of_one_side_add_up(self, lines):
        found = matched(HEAD, *(row_of(SAS, SAS.id, Amount=line) for line in lines))
        assert {row.doubts for row in found.result} == {()}

    @pytest.mark.parametrize(
        ("lines", "doubts"),
        [
            ([("1104", ""), ("", "100")], (Doubt.AMOUNT_DIFFERS,)),
            ([("1104", "0.00"), ("100", "")], ()),
        ],
    )
    def test_debit_and_credit_are_two_sides(self, lines, doubts):
        found = matched(
            ["Reference", "Debit", "Credit", "Status"], *([SAS.id, *debit_credit, "posted"] for debit_credit in lines)
        )
        assert {row.doubts for row in found.result} == {doubts}


class TestDebitAndCredit:
    @pytest.mark.parametrize(
        ("debit", "credit", "doubts"),
        [
            ("1204.00", "", ()),
            ("1204.00", "0.00", ()),
            ("0.00", "1204.00", ()),
            ("", "", ()),
            ("0.00", "", (Doubt.AMOUNT_DIFFERS,)),
            ("", "0.00", (Doubt.AMOUNT_DIFFERS,)),
            ("0.00", "see note", (Doubt.AMOUNT_UNREADABLE,)),
        ],
    )
    def test_the_one_that_is_filled_counts_and_a_zero_is_an_amount_too(self, debit, credit, doubts):
        found = matched(["Reference", "Debit", "Credit", "Status"], [SAS.id, debit, credit, "posted"])
        assert found.of(2).doubts == doubts


class TestTheEndOfTheList:
    @pytest.mark.parametrize(
        "word", ["Total", "Summe:", "I alt", "SUMMA", "Totalt", "Gesamtsumme", "Sum total", "Saldo"]
    )
    def test_totals_are_left_out_and_said(self, word):
        found = matched(HEAD, row_of(SAS, SAS.id), [word, "", "1204.00", "", "", "", ""])
        assert len(found.result) == 1
        (under,) = found.rows.left_out
        assert (under.number, under.text) == (3, f"{word} 1204.00")

    def test_a_sum_without_a_word_and_a_remark_are_left_out(self):
        found = matched(HEAD, row_of(SAS, SAS.id), ["", "", "1204.00", "", "", "", ""], ["Printed by Åsa"])
        assert [under.number for under in found.rows.left_out] == [3, 4]

    def test_a_supplier_that_is_called_total_is_no_total(self):
        found = matched(["Description", *HEAD], ["Total Energies", *row_of(SAS, SAS.id)])
        assert (len(found.result), found.rows.left_out) == (1, ())

    @pytest.mark.parametrize("name", ["Total Energies", "Balance ApS", "Sum Up Ltd"])
    @pytest.mark.parametrize("column", ["Reconciliation id", "Entry id", "Reference"])
    def test_a_row_with_an_id_is_no_total_whatever_its_supplier_is_called(self, name, column):
        head = ["Supplier", column, "Voucher", "Amount"]
        found = matched(head, ["SAS", SAS.id, "V1", "1204.00"], [name, HETZNER.id, "V2", "59.00"])
        assert (found.ids(3), found.rows.left_out) == ([HETZNER.id], ())

    def test_a_total_beside_a_count_of_rows_is_left_out(self):
        found = matched(["Supplier", *HEAD], ["SAS", *row_of(SAS, SAS.id)], ["Total", "1 row", "", "1204.00"])
        assert [under.number for under in found.rows.left_out] == [3]

    def test_a_total_in_the_middle_is_a_row_that_fits_nothing(self):
        found = matched(HEAD, ["Total", "", "1", "", "", "", ""], row_of(SAS, SAS.id))
        assert [row.kind for row in found.result] == [RowKind.NOT_IN_JOB, RowKind.MATCHED]


def test_what_no_row_is_about_is_missing_in_the_file():
    found = matched(HEAD, *(row_of(each, each.id) for each in EXPENSES[:10]))
    assert [found.snapshot.items[item].accounting_entry_id for item in found.result.missing] == [DSB.id, LUFTHANSA.id]


def test_a_list_without_a_status_is_a_list_of_what_is_posted_where_a_row_has_a_voucher():
    head = ["Reference", "Voucher"]
    found = matched(head, [SAS.id, "V1"], [HETZNER.id, ""])
    assert [found.rows.status(place) for place in (0, 1)] == [StatusMeaning.SUCCESSFUL, None]


@pytest.mark.parametrize("statuses", [["failed", None, None], ["failed", "", " "], [None, "posted", None]])
def test_where_a_list_has_statuses_a_row_without_one_is_not_taken_for_posted(statuses):
    said = zip((SAS, HETZNER, CAFE), statuses, strict=True)
    found = matched(["Reference", "Status", "Voucher"], *([each.id, status, "V1"] for each, status in said))
    assert [found.of(place + 2).doubts for place, status in enumerate(statuses) if not (status or "").strip()] == [
        (Doubt.STATUS_MISSING,),
        (Doubt.STATUS_MISSING,),
    ]


def test_a_column_of_statuses_that_is_never_filled_says_nothing():
    found = matched(["Reference", "Status", "Voucher"], [SAS.id, None, "V1"], [HETZNER.id, "", "V2"])
    assert [found.of(number).kind for number in (2, 3)] == [RowKind.MATCHED] * 2


@pytest.mark.parametrize(
    "changes",
    [
        {"Status": "pos\nted"},
        {"Status": "Fehler: Konto\r\nfehlt"},
        {"Voucher": "V1\rV2"},
        {"Reference": f"{SAS.id}\nSAS AB"},
    ],
    ids=str,
)
def test_a_row_whose_status_voucher_or_id_is_several_lines_is_to_be_decided(changes):
    found = matched(HEAD, row_of(SAS, SAS.id, **changes), row_of(HETZNER, HETZNER.id))
    assert [found.of(number).kind for number in (2, 3)] == [RowKind.AMBIGUOUS, RowKind.MATCHED]
    assert found.ids(2) == [SAS.id]
    (words,) = doubt_words(found.of(2), found.rows, (), str)
    assert words.startswith("Its status, its voucher or an id of it is several lines")


def test_line_breaks_around_a_word_and_in_a_message_are_no_trouble():
    found = matched(HEAD, row_of(SAS, f"{SAS.id}\n", Status="failed\r\n", Message="two\nlines"))
    assert found.of(2).kind is RowKind.MATCHED


def test_the_currency_may_stand_in_the_heading():
    found = matched(
        ["Datum", "Betrag (EUR)", "Status"], ["4.2.2026", "59,00", "gebucht"], ["4.2.2026", "21,00", "gebucht"]
    )
    assert found.ids(2) == [HETZNER.id]
    assert found.of(3).kind is RowKind.NOT_IN_JOB


# Any list over a few items: keys that hit, miss, or hit several; amounts and statuses that agree or not.
KEYS = st.sampled_from(
    [
        *(each.id for each in EXPENSES[:4]),
        *(each.reconciliation_id for each in EXPENSES[:4]),
        "2602-4711",
        "",
        "nothing",
    ]
)
ROWS = st.lists(
    st.tuples(
        KEYS,
        st.sampled_from(["2026-02-03", "2026-02-16", "2026-02-12", ""]),
        st.sampled_from(["1204.00", "185.00", "59.00", "1", ""]),
        st.sampled_from(["SEK", "DKK", "EUR", ""]),
        st.sampled_from(["posted", "failed", "pending", "what", ""]),
        st.sampled_from(["V1", "V2", ""]),
        st.just(""),
    ),
    max_size=12,
)


MAPPING = matched(HEAD, row_of(SAS)).mapping


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    order = random.sample(range(len(rows)), len(rows))
    straight = matched(HEAD, *rows, mapping=MAPPING)
    shuffled = matched(HEAD, *(rows[place] for place in order), mapping=MAPPING)
    if straight.rows.left_out or shuffled.rows.left_out:
        return  # what stands last may be taken for a total
    assert straight.result.missing == shuffled.result.missing
    for place, origin in enumerate(order):
        one, other = straight.result[origin], shuffled.result[place]
        assert (one.items, one.by, one.doubts) == (other.items, other.by, other.doubts)


def rivals(found, row):
    return [each for each in found.result if each.items == row.items and len(row.items) == 1]


@given(ROWS)
def test_no_two_rows_claim_one_item_silently_and_no_two_items_one_row(rows):
    found = matched(HEAD, *rows, mapping=MAPPING)
    sure = [row for row in found.result if row.kind is RowKind.MATCHED]
    assert all(len(row.items) == 1 for row in sure)
    standing = Counter(row.items[0] for row in sure if row.same_as is None)
    assert all(times == 1 for times in standing.values())
    for row in sure:
        if row.same_as is not None:
            first = found.result[row.same_as]
            assert (first.items, first.same_as, first.kind) == (row.items, None, RowKind.MATCHED)
        # Whoever is sure of an item is contradicted by no row that is about it alone.
        assert not any(Doubt.ROWS_DISAGREE in rival.doubts for rival in rivals(found, row))


@given(ROWS)
def test_each_row_is_of_one_kind_and_each_item_is_missing_or_named(rows):
    found = matched(HEAD, *rows, mapping=MAPPING)
    assert len(found.result) == len(found.rows)
    assert Counter(row.kind for row in found.result).total() == len(found.rows)
    named = {item for row in found.result for item in row.items}
    assert named.isdisjoint(found.result.missing)
    assert named | set(found.result.missing) == set(range(len(EXPENSES)))


def test_a_list_of_no_rows_finds_nothing_and_misses_everything():
    snapshot, accounting = job_of(*EXPENSES)
    result = run_to_end(
        match(ListedRows((), {}, ListMapping(), TODAY), run_to_end(job_index(snapshot, accounting)), TODAY)
    )
    assert (len(result), len(result.missing)) == (0, len(EXPENSES))


@pytest.mark.slow
def test_ten_thousand_rows_are_matched_in_slices():
    many = [Expense(number, SAS.day, "", 100 + number) for number in range(10_000)]
    found = matched(HEAD, *(row_of(each, each.id) for each in reversed(many)), expenses=many)
    work = match(found.rows, run_to_end(job_index(found.snapshot, found.accounting)), TODAY)
    assert sum(1 for _ in work) > 10
    assert all(row.kind is RowKind.MATCHED for row in found.result)
    assert found.rows.text(ColumnRole.VOUCHER, 0) == "V9999"


@pytest.mark.slow
@pytest.mark.parametrize("reference", ["", EXPENSES[0].id])
def test_ten_thousand_rows_that_look_alike_take_no_longer_than_others(reference):
    """What would take the square of their number would not come to an end here."""
    alike = [replace(SAS, number=number) for number in range(10_000)]
    found = matched(HEAD, *[row_of(SAS, reference)] * 10_000, expenses=alike)
    assert len(found.result) == 10_000
    assert len({id(row.items) for row in found.result if len(row.items) > 1}) <= 1
