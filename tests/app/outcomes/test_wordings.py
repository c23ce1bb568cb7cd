"""Reasons for failed items: each type has proposals that name the thing, say where to fix it, and read well."""

import re

import pytest
from fakes.answers import account_json, export_item_json, page_json
from fakes.words import ENGLISH
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.models.export_item import ExportItem
from app.models.page import Page
from app.models.vocabulary import ITEM_FAILURES
from app.outcomes.failure_wordings import VARIABLES, filled, proposals, unknown_variables, values_for
from app.sandbox.vocabulary import ITEM_FAILURE_REASON_TYPES

SAMPLE = {name: f"<{name}>" for name in VARIABLES}
SHIPPED = [(kind, wording) for kind in ITEM_FAILURES for wording in proposals(kind)]


def an_entry(**changes) -> ExportItem:
    return TypeAdapter(Page[ExportItem]).validate_python(page_json(export_item_json(**changes))).data[0]


def test_every_failure_type_of_the_reference_has_a_proposal():
    assert set(ITEM_FAILURES) == ITEM_FAILURE_REASON_TYPES
    assert [kind for kind in ITEM_FAILURES if not proposals(kind)] == []


def test_a_type_that_is_not_listed_has_none():
    assert proposals("something_else") == ()


@pytest.mark.parametrize(("kind", "wording"), SHIPPED)
def test_a_proposal_says_what_is_wrong_and_where_to_fix_it(kind, wording):
    assert unknown_variables(wording) == ()
    assert wording.count(".") >= 2
    assert re.search(
        r"\b(in Pleo|from Pleo|accounting system|chart of accounts|ledger|settings|support|supplier register)\b",
        wording,
    )


@pytest.mark.parametrize(("kind", "wording"), SHIPPED)
def test_a_proposal_reads_well_with_and_without_what_fills_it(kind, wording):
    for values in (SAMPLE, {}, {"amount": "12.00 EUR"}, {"supplier": "SAS"}, {"account": "Travel"}):
        text = filled(wording, values)
        assert not re.search(r"[{}]|\(\s|\s[,.)]|\(\)|,\s*[,)]|\(,|  ", text), text
        assert text[0].isupper()
        assert text.endswith(".")


@pytest.mark.parametrize(
    ("wording", "values", "text"),
    [
        ("Konto {account_code} saknas.", {"account_code": "4980"}, "Konto 4980 saknas."),
        ("Konto {account_code} saknas.", {}, "Konto saknas."),
        ("Konto „{account_code}“ fehlt.", {}, "Konto fehlt."),
        ("Konto „{account_code}“ fehlt.", {"account_code": "4980"}, "Konto „4980“ fehlt."),
        ("No ({supplier}, {amount}, {date}).", {"amount": "3 EUR"}, "No (3 EUR)."),
        ("No ({supplier}, {amount}, {date}).", {"supplier": "SAS", "date": "1 May"}, "No (SAS, 1 May)."),
        ("No ({supplier}).", {}, "No."),
        ("{supplier}", {}, ""),
        ("A {word} stays.", {}, "A {word} stays."),
        ("Two\nlines", {}, "Two lines"),
        ("{supplier} is unknown", {"supplier": "{amount}"}, "{amount} is unknown"),
    ],
)
def test_a_missing_variable_leaves_readable_text(wording, values, text):
    assert filled(wording, values) == text


def test_names_in_braces_that_no_item_fills_are_found():
    assert unknown_variables("{supplier} {Supplier} {foo} {foo}") == ("Supplier", "foo")


def test_an_item_fills_every_variable():
    entry = an_entry(contraAccount=account_json("2890"))
    values = values_for(" ".join(f"{{{name}}}" for name in VARIABLES), entry, ENGLISH)
    assert values == {
        "supplier": "GOOGLE*ADS8693645259",
        "amount": "896.96 SEK",
        "date": "28/02/2026",
        "account_code": "5800",
        "account": "Travel",
        "tax_code": "I25",
        "tag": "KST1",
        "contra_account": "2890 Travel",
        "person": "Åsa Öberg",
        "team": "Sales",
        "invoice_number": "INV-7",
        "reconciliation_id": "4711",
    }


def test_an_item_without_accounting_data_fills_none():
    assert values_for("{supplier}", None, ENGLISH) == {}


def test_an_item_that_lacks_almost_everything_fills_what_it_has():
    bare = an_entry(
        supplier=None, vendor=None, user=None, team=None, contraAccount=None, accountingEntryLines=[],
        additionalInformation={"reconciliationId": "1"},
    )  # fmt: skip
    values = values_for(" ".join(f"{{{name}}}" for name in VARIABLES), bare, ENGLISH)
    assert {name for name, value in values.items() if value} == {"amount", "date", "reconciliation_id"}


PIECES = st.sampled_from([*"ab (),.{}„“", "{supplier}", "{amount}", "\0"])


@given(pieces=st.lists(PIECES, max_size=20))
def test_filling_never_fails_and_leaves_nothing_behind(pieces):
    text = filled("".join(pieces), {"amount": "1"})
    assert "\0" not in text
    assert text == text.strip()
