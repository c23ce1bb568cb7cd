"""Titles, headings, numbers and texts that deny a posting in each language, and others that only look like it."""

from dataclasses import replace

import pytest
from fakes.bookkeeping import EXPENSES
from fakes.matched_lists import matched

from app.posting_lists.denials import sense_of_heading
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.match_result import Doubt, RowKind
from app.posting_lists.word_patterns import any_of, at_a_word, whole

SAS, HETZNER, GITHUB, CAFE, *_ = EXPENSES
TITLES = {
    "en": ["Unapproved transactions", "Posting preview", "Batch not committed", "Entries not in GL",
           "Journals awaiting approval",
           "To be posted", "NotPosted", "Draft_2026", "Not_Posted", "ErrorLog", "Skipped rows"],
    "de": ["Noch nicht festgeschrieben", "Buchungsvorschläge", "Testlauf", "Unverbuchte Belege", "Nicht verarbeitet",
           "Belege zur Freigabe", "Nicht mehr freigegeben", "Vorschau"],
    "da": ["Ubehandlede bilag", "Bilag til godkendelse", "Klar til bogføring", "Mangler bogføring",
           "Ikke endnu bogført"],
    "sv": ["Ej attesterade", "Att bokföra", "Saknar bokföring", "Obehandlade underlag", "Ännu inte bokförda"],
    "nb": ["Ubehandlede bilag", "Skal bokføres", "Bilag til godkjenning", "Bokføres ikke", "Ikke attestert"],
    "nl": ["Onverwerkte boekingen", "Nog te boeken facturen", "Niet definitief", "Conceptboekingen", "Ter goedkeuring"],
    "fr": ["Écritures non validées", "Écritures à valider", "Pas encore comptabilisées", "Simulation comptable"],
    "es": ["Apuntes sin contabilizar", "Asientos no aprobados", "Pendientes de contabilizar", "Asientos descuadrados"],
    "fi": ["Käsittelemättömät", "Ei vielä hyväksytty", "Ei ole kirjattu", "Kirjattavat tositteet"],
    "pl": ["Dokumenty niezatwierdzone", "Do zaksięgowania", "Jeszcze nie zatwierdzone", "Zapisy wstrzymane"],
    "it": ["Movimenti sospesi", "Non ancora contabilizzati", "Da confermare", "Non approvate"],
}  # fmt: skip


def is_posted(found, number):
    row = found.of(number)
    return row.kind is RowKind.MATCHED and found.rows.status(row.place) is StatusMeaning.SUCCESSFUL


def beneath(*above, rows=None):
    return matched(*above, ["Reference", "Voucher", "Amount"], *(rows or [[SAS.id, "V1", "1204.00"]]))


@pytest.mark.parametrize("title", [title for titles in TITLES.values() for title in titles])
def test_a_title_denies_in_each_language_and_however_a_program_writes_it(title):
    assert beneath([title]).of(3).doubts == (Doubt.DENIED,)


@pytest.mark.parametrize(
    "line",
    [
        ["Posted:", "No"],
        ["Gebucht", "Nein"],
        ["Filter: Posted = No"],
        ["Filter", "Bogført: Nej"],
        ["Status", "Entwurf"],
    ],
)
def test_a_title_may_be_a_name_and_what_it_is(line):
    assert beneath(line).of(3).doubts == (Doubt.DENIED,)


@pytest.mark.parametrize(
    "line",
    [["Concept Store ApS"], ["Invalidenstraße 12, Berlin"], ["Not posted: 0"], ["nicht gebucht", "0"],
     ["Posted", "Yes"],
     ["12 gebucht, 0 Fehler"], ["Transfer to Postbank"], ["Offene Posten"], ["Ejendomsselskabet Bogførte Huse"],
     ["Onbekend BV"], ["Approved and posted entries"], ["Posted: 2", "not posted: 0"], ["Offices & Drafting"]],
)  # fmt: skip
def test_what_looks_like_a_denial_is_none(line):
    assert is_posted(beneath(line), 3)


@pytest.mark.parametrize(
    "line",
    [["", "Nicht gebucht", ""], ["Stapel 7", "Entwurf", ""], ["Batch:", "Draft", ""],
     ["Stapel: 12 (Entwurf)", "", ""]],
)  # fmt: skip
def test_a_line_above_a_group_denies_in_any_of_its_cells(line):
    head = ["Reference", "Voucher", "Amount", "Date", "Text"]
    found = matched(head, [SAS.id, "V1", "1204.00", "2026-02-03", ""], [*line, "", ""],
                    [HETZNER.id, "V2", "59.00", "2026-02-04", ""])  # fmt: skip
    assert (is_posted(found, 2), found.of(4).doubts) == (True, (Doubt.DENIED,))


def test_a_row_that_names_an_item_is_no_line_above_a_group():
    head = ["Reference", "Voucher", "Amount", "Date", "Text"]
    found = matched(head, [SAS.id, "", "", "", "storno"], [HETZNER.id, "V2", "59.00", "2026-02-04", ""])
    assert (Doubt.DENIED in found.of(2).doubts, is_posted(found, 3)) == (True, True)


def test_the_total_of_what_is_denied_says_nothing_of_the_rows_below_it():
    head = ["Reference", "Voucher", "Amount", "Date"]
    found = matched(head, ["Summe nicht gebucht", "", "120.00", ""], [SAS.id, "V1", "1204.00", "2026-02-03"])
    assert is_posted(found, 3)


def test_a_line_above_a_group_is_quoted_by_the_cell_that_denies():
    head = ["Reference", "Voucher", "Amount", "Date"]
    found = matched(head, ["Draft", "", "12.00", ""], [SAS.id, "V1", "1204.00", "2026-02-03"])
    assert next(iter(found.rows.objections[1])).says == "Draft"


@pytest.mark.parametrize("line", ["Hinweis: Die Liste enthält nicht gebuchte Belege", "* = not posted"])
def test_a_row_under_the_list_denies_all_of_it(line):
    head = ["Reference", "Voucher", "Amount", "Date"]
    found = matched(head, [SAS.id, "V1", "1204.00", "2026-02-03"], [line, "", "", ""])
    assert found.of(2).doubts == (Doubt.DENIED,)


def test_a_cell_that_was_merged_over_a_group_counts_for_each_of_its_rows():
    head = ["Gruppe", "Reference", "Voucher"]
    found = matched(head, ["Gebucht", SAS.id, "V1"], [None, HETZNER.id, "V2"],
                    ["Nicht gebucht", GITHUB.id, "V3"], ["", CAFE.id, "V4"])  # fmt: skip
    assert [is_posted(found, number) for number in (2, 3, 4, 5)] == [True, True, False, False]
    assert found.of(5).doubts == (Doubt.DENIED,)


@pytest.mark.parametrize("remark", ["storniert", "not posted"])
def test_a_remark_beside_one_row_says_nothing_of_the_next(remark):
    found = matched(["Info", "Reference", "Voucher"], [remark, SAS.id, "V1"], ["", HETZNER.id, "V2"])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.DENIED,), True)


@pytest.mark.parametrize(
    "cell",
    ["Draft Bill (* 15)", "DRAFT-0012", "TEMP-001", "Error 500", "KLADDE-12", "void 12", "V12 (storniert)",
     "kein Beleg",
     "to follow", "xxx", "ikke oprettet", "à venir", "000-000", "0000-00-00", "-1", "=VLOOKUP(A2;B:C;2;0)",
     "#IKKE/TILGJENGELIG", "#GETTING_DATA", "#DIVISION/0!", "Afvist 3", "HTTP 500"],
)  # fmt: skip
def test_what_is_no_number_of_an_entry_posts_nothing(cell):
    found = matched(["Reference", "Voucher"], [SAS.id, cell], [HETZNER.id, "V2"])
    assert (is_posted(found, 2), is_posted(found, 3)) == (False, True)


@pytest.mark.parametrize(
    "cell", ["INV/2026/0001", "ERR2026-1", "NON-12", "OK-12", "FEL-12", "Nr. 12", "12345/2026", "#12"]
)
def test_a_number_may_have_letters(cell):
    found = matched(["Reference", "Voucher"], [SAS.id, cell])
    assert (is_posted(found, 2), found.rows.voucher(0)) == (True, cell)


@pytest.mark.parametrize(
    "heading",
    ["Not posted", "Nicht gebucht", "Obokförd", "Ikke bogført", "Niet geboekt", "isReversed", "is_draft", "voidedAt",
     "Preliminär", "Foreløbig", "Rejected", "Excluded", "Duplicate", "Contre-passé", "Contraasiento", "Skorygowany",
     "Reverse Document No.", "Tegenboeking", "Modposteret", "Kumottu", "Rettifica", "Ungültig"],
)  # fmt: skip
def test_a_heading_that_denies_takes_back_what_it_is_filled_for(heading):
    found = matched(["Reference", "Voucher", heading], [SAS.id, "V1", "X"], [HETZNER.id, "V2", ""])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.TAKEN_BACK,), True)


@pytest.mark.parametrize(
    "heading",
    ["Fehlercode", "Felkod", "Foutcode", "Warning", "Advarsel", "Response", "Ablehnungsgrund", "Prüfergebnis", "Issues",
     "Código de error", "Kod błędu", "Error count"],
)  # fmt: skip
def test_a_column_of_faults_is_a_message(heading):
    rows = [SAS.id, "V1", "4980"], [HETZNER.id, "V2", "0"], [GITHUB.id, "V3", "No"]
    found = matched(["Reference", "Voucher", heading], *rows)
    assert [found.of(number).doubts for number in (2, 3, 4)] == [(Doubt.MESSAGE_GIVEN,), (), ()]


@pytest.mark.parametrize(
    "heading",
    ["Released", "Freigegeben", "In ledger", "Festgeschrieben", "Validé", "Imported", "Confirmado", "Finalised",
     "Success",
     "OK?"],
)  # fmt: skip
def test_a_column_that_asks_yes_or_no_denies_with_no(heading):
    found = matched(["Reference", "Voucher", heading], [SAS.id, "V1", "No"], [HETZNER.id, "V2", "Yes"])
    assert (is_posted(found, 2), is_posted(found, 3)) == (False, True)


@pytest.mark.parametrize("cell", ["Draft journal", "Vorerfassung", "Simulation", "Reversing", "Kladde"])
def test_the_kind_of_an_entry_may_deny_it(cell):
    found = matched(["Reference", "Voucher", "Journal"], [SAS.id, "V1", cell], [HETZNER.id, "V2", "Purchases"])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.DENIED,), True)


@pytest.mark.parametrize(
    "text",
    [
        "VOID: duplicate",
        "Storno - LinkedIn",
        "Peruutus",
        "Not yet posted",
        "** VOIDED **",
        "DRAFT",
        "Rättelse av A12",
        "LinkedIn (VOID)",
        "Rent - draft",
    ],
)
def test_a_text_denies_by_the_word_that_it_begins_with(text):
    found = matched(["Reference", "Voucher", "Text"], [SAS.id, "V1", text])
    assert found.of(2).doubts == (Doubt.DENIED,)


@pytest.mark.parametrize(
    "text",
    ["New: chair", "Wine: draft beer", "Error & Sons", "Void deck rental", "Ikke-fradragsberettiget",
     "Annulation vol AF12",
     "Concept store", "Nicht-EU Lieferung", "Failed delivery charge"],
)  # fmt: skip
def test_a_text_of_other_things_denies_nothing(text):
    assert is_posted(matched(["Reference", "Voucher", "Text"], [SAS.id, "V1", text]), 2)


def test_a_status_with_a_question_mark_is_no_status_that_anybody_knows():
    found = matched(["Reference", "Status"], [SAS.id, "Gebucht?"], [HETZNER.id, "gebucht"])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.STATUS_UNKNOWN,), True)


@pytest.mark.parametrize("heading", ["Posted by", "Gebucht von", "Bogført af"])
def test_who_posted_it_is_no_status(heading):
    assert is_posted(matched(["Reference", "Voucher", heading], [SAS.id, "V1", "Anna"]), 2)


@pytest.mark.parametrize("heading", ["Due date", "Date d'échéance", "Payment date"])
def test_a_day_of_something_else_is_not_that_of_the_entry(heading):
    found = matched(["Reference", "Voucher", heading], [SAS.id, "V1", "2026-02-20"])
    assert not found.rows.has(ColumnRole.DATE, ColumnRole.POSTING_DATE)


def test_reverse_charge_and_an_ordinary_heading_have_no_sense():
    assert [*map(sense_of_heading, ["Reverse charge", "Rader", "Project", "Correct", "Open amount"])] == [None] * 5


def test_words_share_their_beginnings_in_one_expression():
    assert any_of(["not", "note", "no go"]) == r"no(?:[\s\-]+go|t(?:e)?)"
    assert any_of([]) == "(?!)"
    assert at_a_word([whole(["void"], "s?")]).startswith(r"(?<![^\W_])(?:void")


@pytest.mark.parametrize("cell", ["Nov-26", "26-Nov", "mars-26", "26. nov", "12:30", "2.02611E11", "1.11.26"])
def test_what_a_spreadsheet_made_of_a_number_is_not_sent(cell):
    found = matched(["Reference", "Voucher"], [SAS.id, cell], [HETZNER.id, "V2"])
    assert (found.of(2).doubts, found.rows.voucher(0)) == ((Doubt.VOUCHER_UNREADABLE,), "")


def test_the_apostrophe_of_a_spreadsheet_is_no_part_of_a_number():
    assert matched(["Reference", "Voucher"], [SAS.id, "'0012"]).rows.voucher(0) == "0012"


@pytest.mark.parametrize("heading", ["Stapelstatus", "Belegstatus", "Bilagsstatus", "Lopputilastatus"])
def test_a_status_may_be_joined_to_what_it_is_of(heading):
    found = matched(["Reference", "Voucher", heading], [SAS.id, "V1", "Stapel"], [HETZNER.id, "V2", "gebucht"])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.STATUS_UNKNOWN,), True)


@pytest.mark.parametrize("heading", ["Posting", "Buchung", "Bogføring"])
def test_whether_there_is_a_posting_is_yes_or_no(heading):
    found = matched(["Reference", "Voucher", heading], [SAS.id, "V1", "No"], [HETZNER.id, "V2", "Yes"])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.DENIED,), True)


def test_the_number_of_a_journal_takes_nothing_back():
    assert is_posted(matched(["Reference", "Voucher", "Kladdenummer"], [SAS.id, "V1", "12"]), 2)


@pytest.mark.parametrize(
    ("heading", "row"),
    [("Text", ["Reversal of V1"]), ("Text", ["Storno zu Beleg v1"]), ("Reverses", ["V1"]), ("Storno", ["V1"]),
     ("Correction of", ["V1"])],
)  # fmt: skip
def test_a_row_that_takes_back_the_number_of_another_denies_that_too(heading, row):
    found = matched(["Reference", "Voucher", heading], [SAS.id, "V1", ""], [HETZNER.id, "V2", ""], ["", "V7", *row])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.DENIED,), True)


def test_a_row_that_is_marked_as_taken_back_may_name_the_other_by_its_reference():
    found = matched(["Reference", "Voucher", "Storno"], [SAS.id, "V1", ""], ["V1", "V7", "X"])
    assert found.of(2).doubts == (Doubt.DENIED,)
    assert next(iter(found.rows.objections[0])).quoted("X") == "Row 3 names its number and says 'X'."


@pytest.mark.parametrize("heading", ["Contact", "Payee", "Empfänger", "Motpart", "Beneficiary", "Customer/Vendor"])
def test_whoever_got_the_money_must_be_the_items_own_where_a_date_matches(heading):
    head = ["Date", "Amount", "Currency", "Voucher", heading]
    found = matched(head, ["2026-02-04", "59.00", "EUR", "V1", "Shell"])
    assert found.of(2).doubts == (Doubt.NAMES_ANOTHER,)


def test_a_yes_is_no_number_of_another_row():
    found = matched(["Reference", "Voucher", "Storno"], [SAS.id, "1", ""], [HETZNER.id, "2", "1"])
    assert (is_posted(found, 2), found.of(3).doubts) == (True, (Doubt.TAKEN_BACK,))


def test_a_name_may_be_of_anybody():
    found = matched(["Name", "Date", "Amount", "Currency", "Voucher"], ["Total", "2026-02-04", "59.00", "EUR", "V1"])
    assert is_posted(found, 2)


@pytest.mark.parametrize("heading", ["Supplier", "Account", "S/H", "Posted by", "Due date", "Paid"])
def test_whatever_a_column_is_about_it_may_say_that_nothing_is_posted(heading):
    found = matched(["Reference", "Voucher", heading], [SAS.id, "V1", "not posted"], [HETZNER.id, "V2", "4980"])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.DENIED,), True)


@pytest.mark.parametrize("heading", ["Reference", "Entry id", "Reconciliation id"])
@pytest.mark.parametrize("form", ["{} VOID", "{} (reversed)", "draft {}"])
def test_a_word_beside_an_id_may_deny_its_entry(heading, form):
    expense = SAS.reconciliation_id if heading.startswith("Rec") else SAS.id
    found = matched([heading, "Voucher"], [form.format(expense), "V1"])
    assert (found.of(2).items, found.of(2).doubts) == ((0,), (Doubt.DENIED,))


def test_the_type_of_an_error_beside_a_voucher_is_a_message():
    found = matched(["Reference", "Voucher", "Error type"], [SAS.id, "V1", "E_ACCOUNT"], [HETZNER.id, "V2", ""])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((Doubt.MESSAGE_GIVEN,), True)


@pytest.mark.parametrize("heading", ["Posted", "Posted on", "Gebucht am", "Bogført den"])
def test_without_the_day_on_which_others_were_posted_a_row_may_not_be(heading):
    rows = [SAS.id, "V1", "2026-02-20", "posted"], [HETZNER.id, "V2", "", "posted"]
    found = matched(["Reference", "Voucher", heading], *(row[:3] for row in rows))
    assert (is_posted(found, 2), found.of(3).doubts) == (True, (Doubt.DENIED,))
    assert next(iter(found.rows.objections[1])).quoted("") == f"Its column '{heading}' is empty."
    assert is_posted(matched(["Reference", "Voucher", heading, "Status"], *rows), 2)


def test_a_column_of_days_that_is_never_filled_says_nothing():
    assert is_posted(matched(["Reference", "Voucher", "Posted on"], [SAS.id, "V1", ""]), 2)


def test_a_sentence_in_a_column_of_its_own_counts_only_for_what_is_unmistakable():
    approval = "The customer has not approved the menu for the dinner, so another was chosen at the spot"
    posting = "This invoice has not been posted yet since the period of its date is closed for the year"
    found = matched(["Reference", "Voucher", "Info"], [SAS.id, "V1", approval], [HETZNER.id, "V2", posting])
    assert (is_posted(found, 2), found.of(3).doubts) == (True, (Doubt.DENIED,))


@pytest.mark.parametrize("cell", ["pending approval", "In Bearbeitung!", "submitted for approval"])
def test_a_status_of_several_words_denies_in_a_column_of_its_own(cell):
    found = matched(["Reference", "Voucher", "Info"], [SAS.id, "V1", cell], [HETZNER.id, "V2", ""])
    assert (is_posted(found, 2), is_posted(found, 3)) == (cell.startswith("In"), True)


@pytest.mark.parametrize("cell", ["OK", "no errors", "Posted", "keine Fehler", "-", "0", "No", "201 Created"])
def test_a_message_may_say_that_all_is_well(cell):
    assert is_posted(matched(["Reference", "Voucher", "Error message"], [SAS.id, "V1", cell]), 2)


def test_a_row_that_stays_open_needs_no_decision():
    found = matched(["Reference", "Status", "Message", "Info"], [SAS.id, "draft", "Period is closed", "not posted"])
    assert found.of(2).kind is RowKind.MATCHED


@pytest.mark.parametrize("reference", ["Tankstelle", "Rent of March", "RG-5"])
def test_a_reference_in_words_must_be_the_items_own_where_a_date_matches(reference):
    head = ["Date", "Amount", "Currency", "Voucher", "Reference"]
    found = matched(head, ["2026-02-04", "59.00", "EUR", "V1", reference])
    assert found.of(2).doubts == (Doubt.NAMES_ANOTHER,)


@pytest.mark.parametrize("cell", ["V12 (storniert)", "12 not posted", "Draft Bill (15)"])
def test_a_number_that_denies_itself_is_not_sent(cell):
    found = matched(["Reference", "Voucher", "Status"], [SAS.id, cell, "posted"])
    assert (found.of(2).doubts, found.rows.voucher(0)) == ((Doubt.DENIED,), "")


@pytest.mark.parametrize("cell", ["offen", "Neu", "paid", "in progress"])
def test_a_word_of_many_meanings_denies_nothing_in_a_column_of_its_own(cell):
    assert is_posted(matched(["Reference", "Voucher", "Info"], [SAS.id, "V1", cell]), 2)


@pytest.mark.parametrize("title", ["Fel", "Open", "Storno"])
def test_a_word_alone_may_be_a_title(title):
    assert beneath([title]).of(3).doubts == (Doubt.DENIED,)


@pytest.mark.parametrize(
    ("second", "cell", "doubt"),
    [("Reason", "Period is closed", Doubt.MESSAGE_GIVEN), ("Comment", "Period is closed", Doubt.MESSAGE_GIVEN),
     ("Your reference", "x VOID", Doubt.DENIED), ("Link", "not posted", Doubt.DENIED)],
)  # fmt: skip
def test_a_second_column_of_a_kind_is_read_too(second, cell, doubt):
    head = ["Reference", "Voucher", "Message", second]
    found = matched(head, [SAS.id, "V1", "", cell], [HETZNER.id, "V2", "", ""])
    assert (found.of(2).doubts, is_posted(found, 3)) == ((doubt,), True)


def test_a_second_status_of_many_meanings_speaks_against_nothing():
    found = matched(["Reference", "Status", "Export status"], [SAS.id, "posted", "exported"])
    assert is_posted(found, 2)


def test_what_a_person_has_said_of_a_word_counts_for_an_approval_too():
    head, row = ["Reference", "Voucher", "Approval"], [SAS.id, "V1", "later"]
    plain = matched(head, row)
    assert is_posted(plain, 2)
    mapping = replace(plain.mapping, statuses={"later": StatusMeaning.OPEN})
    assert matched(head, row, mapping=mapping).of(2).doubts == (Doubt.DENIED,)
