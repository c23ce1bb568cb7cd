"""What the columns and words of a list mean: proposed, corrected, remembered."""

from dataclasses import replace

import pytest

from app.errors import SettingsProblem
from app.posting_lists.dates import DateOrder
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.mapping import (
    ListMapping,
    headings_of,
    letter_of,
    mapping_from_toml,
    propose,
    shape_of,
    with_formats,
    with_role,
)
from app.posting_lists.table import PostingTable, Source, as_columns

R = ColumnRole


def table_of(*rows):
    return PostingTable(Source("list.csv", "0" * 64, "UTF-8"), *as_columns(rows))


GERMAN = table_of(["Referenz", "Betrag", "Datum", "Status"], ["a", "1.204,00", "21.02.2026", "gebucht"])


def test_everything_is_proposed_that_the_words_say():
    proposal = propose(GERMAN)
    assert proposal.head_row == 0
    assert proposal.mapping.columns == {R.REFERENCE: 0, R.AMOUNT: 1, R.DATE: 2, R.STATUS: 3}
    assert (proposal.mapping.decimal, proposal.mapping.dates) == (",", DateOrder.DAY_FIRST)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("gebucht", StatusMeaning.SUCCESSFUL),
        ("Fehler: Konto 4980 unbekannt", StatusMeaning.FAILED),
        ("posted: no", None),
        ("storniert", None),
        ("- Posted -", StatusMeaning.SUCCESSFUL),
        ("Posted (reversed)", None),
        ("gebucht (storniert)", None),
        ("OK [not posted]", None),
        ("✓", None),
        ("-", None),
        ("", None),
    ],
)
def test_a_word_that_nobody_mapped_means_nothing(word, meaning):
    assert ListMapping().meaning(word) is meaning


def test_the_users_own_word_comes_before_the_known_ones():
    mapping = ListMapping(statuses={"storniert": StatusMeaning.FAILED, "posted": StatusMeaning.OPEN})
    assert mapping.meaning("Storniert") is StatusMeaning.FAILED
    assert mapping.meaning("posted") is StatusMeaning.OPEN


def test_a_mark_has_the_meaning_that_the_user_gives_it_and_no_other_mark_has():
    mapping = ListMapping(statuses={"✓": StatusMeaning.SUCCESSFUL})
    assert [mapping.meaning(mark) for mark in ("✓", " ✓ ", "#", "")] == [StatusMeaning.SUCCESSFUL] * 2 + [None] * 2


@pytest.mark.parametrize("mark", ["✓", "-", "#"])
def test_in_a_column_named_posted_only_an_empty_cell_is_a_silent_no(mark):
    mapping = propose(table_of(["Reference", "Posted (yes/no)"], ["a", mark], ["b", None])).mapping
    assert (mapping.meaning(mark), mapping.meaning("")) == (None, StatusMeaning.OPEN)


def test_a_column_named_posted_says_yes_and_no():
    mapping = propose(table_of(["Reference", "Bokförd"], ["a", "ja"], ["b", "nej"])).mapping
    assert mapping.meaning("Ja") is StatusMeaning.SUCCESSFUL
    assert mapping.meaning("nej") is StatusMeaning.OPEN
    assert propose(table_of(["Reference", "Status"], ["a", "ja"])).mapping.meaning("ja") is None


def test_valuta_over_days_is_no_currency():
    german = table_of(["Datum", "Valuta", "Betrag", "Währung"], ["26.11.2026", "27.11.2026", "1,00", "EUR"])
    assert propose(german).mapping.columns == {R.DATE: 0, R.AMOUNT: 2, R.CURRENCY: 3}
    alone = table_of(["Reference", "Valuta", "Beløb"], ["a", "27.11.2026", "1,00"], ["b", "28.11.2026", "2,00"])
    assert propose(alone).mapping.columns == {R.REFERENCE: 0, R.DATE: 1, R.AMOUNT: 2}


def test_a_status_over_days_says_when_it_was_posted():
    columns = propose(table_of(["Reference", "Posted"], ["a", "2026-11-27"], ["b", ""])).mapping.columns
    assert columns == {R.REFERENCE: 0, R.POSTING_DATE: 1}


def test_an_amount_in_currency_that_is_hardly_filled_is_not_the_amount():
    head = ["Reference", "Debit", "Montantdevise", "Idevise"]
    columns = propose(
        table_of(head, ["a", "1,00", "", ""], ["b", "2,00", "", ""], ["c", "3,00", "", ""])
    ).mapping.columns
    assert columns[R.AMOUNT] == 1


def test_headings_in_a_language_that_is_not_known_are_still_taken_for_headings():
    finnish = table_of(["Tosite", "Viite", "Summa rivi"], ["A1", "abc-1", "12,00"])
    assert propose(finnish).head_row == 0
    assert propose(table_of(["A1", "12,00"], ["A2", "13,00"])).head_row is None


def test_a_list_keeps_its_shape_wherever_its_headings_stand_and_whatever_its_rows_are():
    later = table_of(["Liste"], ["Referenz ", "BETRAG", "Datum", "Status"], ["b", "2,00", "1.1.2026", "Fehler"])
    other = table_of(["Referenz", "Status"], ["a", "gebucht"])
    assert shape_of(GERMAN, 0) == shape_of(later, 1) != shape_of(other, 0)
    assert shape_of(GERMAN, None) is None


def test_how_dates_and_amounts_are_written_is_judged_from_the_whole_list():
    days = [*["01/02/2026"] * 2_000, *["01/25/2026"] * 30]
    money = [*["1.000"] * 2_000, *["7,5"] * 30]
    mapping = propose(
        table_of(["Reference", "Date", "Amount"], *(["a", *each] for each in zip(days, money, strict=True)))
    ).mapping
    assert (mapping.dates, mapping.decimal) == (DateOrder.MONTH_FIRST, ",")


def test_what_the_user_said_of_dates_and_amounts_is_not_judged_again():
    said = ListMapping({R.DATE: 2, R.AMOUNT: 1}, decimal=".", dates=DateOrder.YEAR_FIRST, said={"decimal", "dates"})
    assert with_formats(said, GERMAN, "de") == said
    found = with_formats(replace(said, said=frozenset()), GERMAN, "de")
    assert (found.decimal, found.dates) == (",", DateOrder.DAY_FIRST)


def test_columns_without_a_heading_are_called_by_their_letters():
    assert headings_of(table_of(["Referenz", None, "Status"]), 0) == ("Referenz", "Column B", "Status")
    assert headings_of(table_of(["a", "b"]), None) == ("Column A", "Column B")
    assert [letter_of(place) for place in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]


class TestToml:
    """The file that `signoff resolve --map` takes."""

    def read(self, text, table=GERMAN):
        return mapping_from_toml(text, table, propose(table))

    def test_columns_are_named_by_heading_letter_or_number(self):
        for name in ('"betrag"', '"B"', "2"):
            assert self.read(f"[columns]\nvoucher = {name}").columns[R.VOUCHER] == 1

    def test_what_it_leaves_out_is_as_proposed_but_for_columns_that_it_uses_otherwise(self):
        columns = self.read('[columns]\nvoucher = "Betrag"').columns
        assert columns == {R.REFERENCE: 0, R.VOUCHER: 1, R.DATE: 2, R.STATUS: 3}

    def test_it_says_what_status_words_and_numbers_mean(self):
        mapping = self.read(
            'decimal = "."\ndates = "month_day_year"\nvoucher_means_posted = false\n'
            'failure_type = "account_unknown"\n[columns]\n[statuses]\n"Storniert" = "failed"\n'
            '"Posted (reversed)" = "failed"\n"" = "open"\n'
        )
        assert mapping.meaning("posted (reversed)") is StatusMeaning.FAILED
        assert (mapping.meaning(""), mapping.meaning("posted")) == (StatusMeaning.OPEN, StatusMeaning.SUCCESSFUL)
        assert mapping.meaning("STORNIERT") is StatusMeaning.FAILED
        assert (mapping.decimal, mapping.dates) == (".", DateOrder.MONTH_FIRST)
        assert (mapping.voucher_means_posted, mapping.failure_type) == (False, "account_unknown")
        assert not mapping.listed_means_posted

    def test_it_may_say_that_everything_listed_is_posted(self):
        assert self.read("everything_listed_is_posted = true\n[columns]").listed_means_posted

    def test_where_nothing_else_tells_the_headings_language_does(self):
        table = table_of(["Referenz", "Betrag", "Status"], ["a", "1.204", "gebucht"])
        assert propose(table).mapping.decimal == self.read("[columns]", table).decimal == ","

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("[columns", "not understood"),
            ("", "not understood"),
            ('[columns]\ncolour = "Betrag"', "not understood"),
            ('[columns]\namount = "Nix"', "no column Nix"),
            ("[columns]\namount = 0", "no column 0"),
            ("[columns]\namount = 5", "no column 5"),
            ('[columns]\n[statuses]\n"x" = "perhaps"', "not understood"),
            ('failure_type = "foo"\n[columns]', "no failure type 'foo' of an item"),
            (
                'failure_type = "authentication_failure"\n[columns]',
                "no failure type 'authentication_failure' of an item",
            ),
        ],
    )
    def test_what_is_wrong_in_it_is_said(self, text, named):
        with pytest.raises(SettingsProblem, match=named):
            self.read(text)


def test_a_column_keeps_what_it_can_say_beside_its_new_role():
    both = with_role(ListMapping({ColumnRole.REFERENCE: 0, ColumnRole.DATE: 1}), ColumnRole.VOUCHER, 0)
    assert both.columns == {ColumnRole.REFERENCE: 0, ColumnRole.DATE: 1, ColumnRole.VOUCHER: 0}
    days = with_role(both, ColumnRole.POSTING_DATE, 1)
    assert (days.columns[ColumnRole.DATE], days.columns[ColumnRole.POSTING_DATE]) == (1, 1)
    assert with_role(days, ColumnRole.STATUS, 0).columns == {
        ColumnRole.DATE: 1,
        ColumnRole.POSTING_DATE: 1,
        ColumnRole.STATUS: 0,
    }
    assert ColumnRole.VOUCHER not in with_role(both, ColumnRole.VOUCHER, None).columns


def test_a_file_may_give_a_column_two_roles_too():
    table = table_of(["Belegfeld 1", "Betrag"], ["a", "1,00"])
    mapping = mapping_from_toml('[columns]\nvoucher = "Belegfeld 1"', table, propose(table))
    assert (mapping.columns[ColumnRole.REFERENCE], mapping.columns[ColumnRole.VOUCHER]) == (0, 0)
