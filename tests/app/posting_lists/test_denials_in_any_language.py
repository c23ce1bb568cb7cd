"""No item is ever taken for posted whose row, group or title denies it, in any language and any order of columns."""

from fakes.bookkeeping import EXPENSES
from fakes.matched_lists import matched
from hypothesis import given
from hypothesis import strategies as st

from app.posting_lists.known_words import StatusMeaning
from app.posting_lists.match_result import RowKind

# How each language says that an entry is posted, that it is not, that it was taken back, what went wrong, that nobody
# has agreed yet, what it is before it is posted, and what its code of an error is called.
WORDS = {
    "en": ("posted", "not posted", "Reversed", "Error message", "Not yet approved", "Draft journal", "Error code"),
    "de": ("gebucht", "nicht gebucht", "Storniert", "Fehlermeldung", "Nicht freigegeben", "Vorerfassung", "Fehlercode"),
    "da": ("bogført", "ikke bogført", "Tilbageført", "Fejlbesked", "Til godkendelse", "Udkast", "Fejlkode"),
    "sv": ("bokförd", "ej bokförd", "Makulerad", "Felmeddelande", "Ej attesterad", "Preliminär", "Felkod"),
    "nb": ("bokført", "ikke bokført", "Annullert", "Feilmelding", "Ikke godkjent", "Utkast", "Feilkode"),
    "nl": ("geboekt", "niet geboekt", "Geannuleerd", "Foutmelding", "Nog niet goedgekeurd", "Voorlopig", "Foutcode"),
    "fr": ("comptabilisé", "non comptabilisé", "Extourné", "Erreur", "Non validée", "Brouillard", "Code erreur"),
    "es": ("contabilizado", "no contabilizado", "Anulado", "Error", "Sin aprobar", "Borrador", "Código de error"),
    "fi": ("kirjattu", "kirjaamaton", "Peruutettu", "Virheilmoitus", "Ei vielä hyväksytty", "Luonnos", "Virhekoodi"),
    "pl": ("zaksięgowano", "niezaksięgowany", "Anulowany", "Komunikat błędu", "Niezatwierdzony", "Bufor", "Kod błędu"),
    "it": ("contabilizzato", "non contabilizzato", "Stornato", "Errore", "Non approvato", "Bozza", "Codice errore"),
}  # fmt: skip
DENYING = ["denied", "agreed", "draft"]
# A row that nothing denies, and what may be otherwise in it: one thing or two, so that each rule stands alone.
PLAIN = {
    "status": "posted", "voucher": "V1", "message": "", "flag": "", "other": "", "group": "", "text": "", "journal": "",
    "code": "", "agreed": "", "docstatus": "",
}  # fmt: skip
OTHERWISE = {
    "status": ["denied", "empty", "what", "posted?"],
    "voucher": ["", "#N/A", "-", "airport", "denied", "draft", "TEMP-001", "2,02611E+11", "26-Nov", "26.11.2026"],
    "message": ["4980?", "-"],
    "flag": ["0", "X", "V9", "2026-02-20", "0001-01-01"],
    "other": ["flag", *DENYING],
    "group": ["posted", *DENYING],
    "text": ["Trip", "denied", "flag"],
    "journal": ["Purchases", "draft"],
    "code": ["0", "4980"],
    "agreed": ["Anna", "agreed", "No"],
    "docstatus": ["1", "0", "2"],
}
ROW = st.lists(
    st.sampled_from([(name, value) for name, values in OTHERWISE.items() for value in values]), max_size=2
).map(lambda changes: PLAIN | dict(changes))


@given(
    st.sampled_from([*WORDS]),
    st.lists(ROW, min_size=1, max_size=6),
    st.sampled_from(["", "", "", "", *DENYING]),
    st.booleans(),
    st.permutations(range(12)),
)
def test_no_item_is_posted_that_anything_about_it_denies(language, rows, title, has_status, order):
    posted, not_posted, flag, message, agreed, draft, code = WORDS[language]
    heading = ["Reference", "Voucher", "Status", message, flag, "Info", "Amount", "Text", "Journal", code, "Approval",
               "DocStatus"]  # fmt: skip
    words = {"denied": not_posted, "posted": posted, "empty": "", "flag": flag, "agreed": agreed, "draft": draft}

    def word(what):
        return words.get(what, what)

    # A column of statuses that is never filled says nothing.
    has_status = has_status and any(row["status"] != "empty" for row in rows)
    listed, denied, is_group_denied, told = [], {}, False, set()
    for expense, row in zip(EXPENSES, rows, strict=False):
        if row["group"]:
            listed.append([word(row["group"]).capitalize(), *[""] * 11])
            is_group_denied = row["group"] in DENYING
        status = word(row["status"]) if has_status else ""
        cells = [expense.id, word(row["voucher"]), status, row["message"], row["flag"], word(row["other"]),
                 f"{abs(expense.money)}", word(row["text"]), word(row["journal"]), row["code"], word(row["agreed"]),
                 row["docstatus"]]  # fmt: skip
        listed.append([cells[place] for place in order])
        denied[expense.id] = (
            is_group_denied
            or bool(title)
            or (has_status and row["status"] != "posted")
            or (not has_status and row["voucher"] in ("", "#N/A", "-", "airport"))
            or row["voucher"] in ("denied", "draft", "TEMP-001", "2,02611E+11", "26-Nov", "26.11.2026")
            or row["message"] == "4980?"
            or row["flag"] in ("X", "V9", "2026-02-20")
            or bool(row["other"])
            or row["text"] in ("denied", "flag")
            or row["journal"] == "draft"
            or row["code"] == "4980"
            or row["agreed"] in ("agreed", "No")
            or row["docstatus"] in ("0", "2")
        )
    above = [[word(title)]] if title else []
    found = matched(*above, [heading[place] for place in order], *listed)
    for row in found.result:
        told.add(row.number)
        is_posted = row.kind is RowKind.MATCHED and found.rows.status(row.place) is StatusMeaning.SUCCESSFUL
        for item in row.items:
            assert is_posted is not denied[found.snapshot.items[item].accounting_entry_id]
    told.update(under.number for under in found.rows.left_out)
    assert len(told) == len(listed)
