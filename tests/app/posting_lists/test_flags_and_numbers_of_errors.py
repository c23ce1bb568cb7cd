"""Flags of systems, words that withhold, lists that are kept for later, and numbers that are no vouchers."""

import pytest
from fakes.bookkeeping import EXPENSES
from fakes.matched_lists import matched

from app.posting_lists.known_words import StatusMeaning
from app.posting_lists.match_result import Doubt, RowKind
from app.posting_lists.sentences import doubt_words

SAS, HETZNER, GITHUB, CAFE = EXPENSES[:4]


def is_posted(found, number):
    row = found.of(number)
    return row.kind is RowKind.MATCHED and found.rows.status(row.place) is StatusMeaning.SUCCESSFUL


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("GU", "G"), ("GU", "1"), ("Generalumkehr (GU)", "GU"), ("Kennzeichen", "GU"), ("Kz", "REV"), ("REV", "1"),
        ("Rev.", "X"),
        ("Flag", "rev."), ("Buchungsart", "GU"), ("Type", "REV"), ("Info", "CANC"), ("BU-Schlüssel", "29"), ("BU",
        "80"),
    ],
)  # fmt: skip
def test_a_flag_takes_a_posting_back(heading, cell):
    found = matched(["Reference", "Voucher", heading], [SAS.id, "V1", cell], [HETZNER.id, "V2", ""])
    assert (is_posted(found, 2), is_posted(found, 3)) == (False, True)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("GU", "0"), ("BU-Schlüssel", "9"), ("BU-Schlüssel", "40"), ("BU-Schlüssel", "501"), ("Revenue", "12"),
     ("Reviewer", "Anna"), ("Text", "Rev. 2 of the contract"), ("Guide", "X"), ("Buchungsschlüssel", "21")],
)  # fmt: skip
def test_letters_that_are_no_flag_take_nothing_back(heading, cell):
    assert is_posted(matched(["Reference", "Voucher", heading], [SAS.id, "V1", cell]), 2)


@pytest.mark.parametrize("voucher", ["REV-1001", "GU 12", "REV1"])
def test_the_letters_of_a_flag_may_begin_a_number(voucher):
    assert is_posted(matched(["Reference", "Voucher"], [SAS.id, voucher]), 2)


@pytest.mark.parametrize(
    "word",
    ["Blocked", "Gesperrt", "Spärrad", "Spærret", "Sperret", "Geblokkeerd", "Bloqué", "Bloqueado", "Estetty",
    "Zablokowany",
     "Bloccato"],
)  # fmt: skip
class TestWhatIsBlocked:
    def test_as_a_status_leaves_the_item_open(self, word):
        found = matched(["Reference", "Status"], [SAS.id, word], [HETZNER.id, "posted"])
        assert found.rows.status(0) is StatusMeaning.OPEN

    def test_as_a_heading_denies_where_it_is_filled(self, word):
        found = matched(["Reference", "Voucher", word], [SAS.id, "V1", "x"], [HETZNER.id, "V2", ""])
        assert (found.of(2).doubts, found.of(3).doubts) == ((Doubt.DENIED,), ())

    def test_in_a_cell_or_a_title_denies(self, word):
        assert not is_posted(matched(["Reference", "Voucher", "Info"], [SAS.id, "V1", word]), 2)
        assert not is_posted(matched([word], ["Reference", "Voucher", "Amount"], [SAS.id, "V1", "1204.00"]), 3)


@pytest.mark.parametrize("heading", ["Blocked for payment", "Gesperrt für Zahlung", "Payment blocked", "Postensperre"])
def test_a_payment_that_is_blocked_may_be_posted(heading):
    assert is_posted(matched(["Reference", "Voucher", heading], [SAS.id, "V1", "X"]), 2)


@pytest.mark.parametrize(
    "title",
    [
        "Work in progress", "Recurring Journals", "Repeating journals", "Recurring entries", "Entries in progress",
        "Blocked entries",
        "Wiederkehrende Buchungen", "Dauerbuchungen", "In Bearbeitung", "Gesperrte Belege",
        "Tilbagevendende kladde", "Gentagelsesposteringer", "Faste posteringer", "Igangværende posteringer",
        "Spærrede bilag",
        "Återkommande verifikationer", "Pågående verifikat", "Stående verifikat", "Spärrade verifikat",
        "Gjentakende bilag", "Faste bilag", "Under arbeid", "Terugkerende boekingen", "Vaste journaalposten",
        "Onderhanden werk",
        "Écritures récurrentes", "Écritures d'abonnement", "Saisie en cours", "Travaux en cours",
        "Asientos recurrentes", "Trabajos en curso", "Asientos predefinidos", "Toistuvat tositteet",
        "Käsittelyssä olevat",
        "Dokumenty cykliczne", "Dokumenty w toku", "Szablony księgowań", "Registrazioni ricorrenti",
        "Registrazioni in corso",
        "Recurring_Journals", "RecurringJournals",
    ],
)  # fmt: skip
def test_a_list_of_what_is_kept_for_later_is_none_of_postings(title):
    assert not is_posted(matched([title], ["Reference", "Voucher", "Amount"], [SAS.id, "V1", "1204.00"]), 3)


@pytest.mark.parametrize(
    "title",
    ["Grand livre, exercice en cours", "Libro mayor, ejercicio en curso", "Esercizio in corso", "Posted entries",
    "Huvudbok",
     "Finansposteringer", "Buchungsjournal", "Periodens bilag", "Rok obrotowy 2026", "Journal des achats"],
)  # fmt: skip
def test_the_year_that_is_under_way_denies_nothing(title):
    assert is_posted(matched([title], ["Reference", "Voucher", "Amount"], [SAS.id, "V1", "1204.00"]), 3)


class TestANumberOfAnError:
    HEAD = ("Reference", "Voucher", "Error code")

    @pytest.mark.parametrize("number", ["404", "500", 422, "E404", "ERR-503"])
    def test_is_no_voucher_beside_columns_of_errors(self, number):
        found = matched(self.HEAD, [SAS.id, number, ""], [HETZNER.id, "10301", ""], [GITHUB.id, "10302", ""])
        assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.VOUCHER_OF_AN_ERROR,), True)
        (words,) = doubt_words(found.of(2), found.rows, found.snapshot.items, "{:f} {}".format)
        assert f"'{number}', which may be the number of an error" in words

    @pytest.mark.parametrize("others", [("403", "405"), ("402", "388"), ("399", "10301")])
    def test_is_a_voucher_where_others_are_like_it(self, others):
        found = matched(self.HEAD, [SAS.id, "404", ""], [HETZNER.id, others[0], ""], [GITHUB.id, others[1], ""])
        assert is_posted(found, 2)

    def test_is_a_voucher_where_nothing_tells_of_errors_or_a_status_says_posted(self):
        assert is_posted(matched(["Reference", "Voucher", "Text"], [SAS.id, "404", ""], [HETZNER.id, "10301", ""]), 2)
        head = ["Reference", "Voucher", "Status", "Error code"]
        assert is_posted(matched(head, [SAS.id, "404", "posted", ""], [HETZNER.id, "10301", "posted", ""]), 2)

    @pytest.mark.parametrize("word", ["HTTP 404", "Error 500", "Timeout 30", "404 Not Found", "NotFound 1"])
    def test_with_its_word_is_none_anywhere(self, word):
        assert not is_posted(matched(["Reference", "Voucher"], [SAS.id, word], [HETZNER.id, "V2"]), 2)
