"""Columns told from the words above them, in eleven languages."""

import pytest

from app.posting_lists.headings import recognise, recognise_row
from app.posting_lists.known_words import ColumnRole, StatusMeaning, known_words, status_key

R = ColumnRole


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        (["Reference", "Status"], [R.REFERENCE, R.STATUS]),
        (["Referenz", "Status", "Beleg", "Betrag", "Währung", "Datum", "Meldung", "Link"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CURRENCY, R.DATE, R.MESSAGE, R.LINK]),
        (["Reference", "Status", "Bilag", "Beløb", "Valuta", "Dato", "Besked", "Link"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CURRENCY, R.DATE, R.MESSAGE, R.LINK]),
        (["Referens", "Status", "Verifikat", "Belopp", "Valuta", "Datum", "Meddelande", "Länk"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CURRENCY, R.DATE, R.MESSAGE, R.LINK]),
        (["Reference", "Status", "Voucher", "Amount", "Currency", "Date", "Message", "Link"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CURRENCY, R.DATE, R.MESSAGE, R.LINK]),
        (["BELEG-NR.", "Betrag (EUR)", "Ext. Referenz", "Buchungsdatum"],
         [R.VOUCHER, R.AMOUNT, R.REFERENCE, R.POSTING_DATE]),
        (["Document No.", "External Document No.", "Amount (LCY)"], [R.VOUCHER, R.REFERENCE, R.AMOUNT]),
        (["Pleo reference", "Voucher number (internal)", "Amount EUR"], [R.REFERENCE, R.VOUCHER, R.AMOUNT]),
        (["Referentie", "Status", "Boekstuknummer", "Bedrag", "Valuta", "Datum", "Foutmelding", "Boekdatum"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CURRENCY, R.DATE, R.MESSAGE, R.POSTING_DATE]),
        (["Référence", "Statut", "N° de pièce", "Débit", "Crédit", "Devise", "Date", "Libellé"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CREDIT, R.CURRENCY, R.DATE, R.TEXT]),
        (["Referencia", "Estado", "Asiento", "Debe", "Haber", "Moneda", "Fecha", "Concepto"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CREDIT, R.CURRENCY, R.DATE, R.TEXT]),
        (["Viite", "Tila", "Tositenumero", "Summa", "Valuutta", "Päivämäärä", "Virheilmoitus", "Selite"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CURRENCY, R.DATE, R.MESSAGE, R.TEXT]),
        (["Numer referencyjny", "Stan", "Nr dowodu", "Wn", "Ma", "Waluta", "Data", "Komunikat błędu"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CREDIT, R.CURRENCY, R.DATE, R.MESSAGE]),
        (["Riferimento", "Stato", "Numero registrazione", "Dare", "Avere", "Divisa", "Data", "Descrizione"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CREDIT, R.CURRENCY, R.DATE, R.TEXT]),
        (["Referanse", "Bokføringsstatus", "Bilagsnr", "Beløp", "Valuta", "Dato", "Feilmelding"],
         [R.REFERENCE, R.STATUS, R.VOUCHER, R.AMOUNT, R.CURRENCY, R.DATE, R.MESSAGE]),
        (["Amount (Debit)", "Amount (Credit)", "External ID"], [R.AMOUNT, R.CREDIT, R.REFERENCE]),
        (["Soll", "Haben", "Belegdatum"], [R.AMOUNT, R.CREDIT, R.DATE]),
        (["Reconciliation id", "Entry id", "Failure type"], [R.RECONCILIATION_ID, R.ENTRY_ID, R.FAILURE_TYPE]),
    ],
)  # fmt: skip
def test_columns_are_recognised_by_their_headings(headings, roles):
    assert recognise([headings]).roles == {role: place for place, role in enumerate(roles)}


def test_the_headings_may_stand_anywhere_in_the_first_rows():
    head = [["Posting list"], ["Acme", None], ["Printed", "2026-03-02"], ["Reference", "Status"], ["a", "posted"]]
    assert recognise(head).row == 3


def test_without_two_known_headings_nothing_is_recognised():
    assert recognise([["Reference", "Foo"], ["a", "b"]]).row is None
    assert recognise([]).row is None


def test_of_two_columns_for_one_thing_the_better_known_name_wins_and_then_the_first():
    assert recognise_row(0, ["Invoice no", "Reference"]).roles == {R.REFERENCE: 1}
    assert recognise_row(0, ["Amount", "Amount"]).roles == {R.AMOUNT: 0}


def test_an_amount_in_currency_goes_with_the_currency():
    found = recognise_row(0, ["Amount (DKK)", "Amount in currency", "Currency"])
    assert found.roles == {R.AMOUNT: 1, R.CURRENCY: 2}
    assert recognise_row(0, ["Amount (DKK)", "Amount"]).roles == {R.AMOUNT: 1}


@pytest.mark.parametrize("heading", ["Payment status", "Approval status", "Reversed document no", "Storno-Beleg"])
def test_what_is_beside_a_posting_is_no_part_of_it(heading):
    assert recognise_row(0, [heading]).roles == {}


def test_a_long_sentence_and_a_number_are_no_headings():
    assert recognise_row(0, ["Status of everything that was posted " * 5, 4711, None]).roles == {}


@pytest.mark.parametrize(
    ("headings", "language"),
    [(["Beleg", "Betrag"], "de"), (["Verifikat", "Belopp"], "sv"), (["Voucher", "Amount"], "en"), (["Status"], "")],
)
def test_the_language_is_the_one_that_most_headings_are_in(headings, language):
    assert recognise_row(0, headings).language == language


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        *((word, StatusMeaning.SUCCESSFUL) for word in ("geboekt", "comptabilisé", "kirjattu", "zaksięgowano")),
        *(
            (word, StatusMeaning.OPEN)
            for word in ("niet geboekt", "brouillon", "luonnos", "bufor", "bozza", "borrador")
        ),
        *((word, StatusMeaning.SUCCESSFUL) for word in ("posted", "Gebucht", "bogført", "BOKFÖRD", "Bokfört", "ok")),
        *((word, StatusMeaning.FAILED) for word in ("failed", "Fehler", "fejl", "fel", "fejlet", "misslyckades")),
        *((word, StatusMeaning.OPEN) for word in ("not posted", "nicht gebucht", "ikke bogført", "ej bokförd")),
    ],
)
def test_status_words_are_known_in_each_language(word, meaning):
    assert known_words().statuses[status_key(word)] is meaning
