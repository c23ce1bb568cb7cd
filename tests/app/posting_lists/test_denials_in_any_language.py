"""No item is ever taken for posted whose row, group or title denies it, in any language and any order of columns."""

from fakes.bookkeeping import EXPENSES
from fakes.matched_lists import matched
from hypothesis import given
from hypothesis import strategies as st

from app.posting_lists.known_words import StatusMeaning
from app.posting_lists.match_result import RowKind

# How each language says that an entry is posted, that it is not, that it was taken back, and what went wrong.
WORDS = {
    "en": ("posted", "not posted", "Reversed", "Error message"),
    "de": ("gebucht", "nicht gebucht", "Storniert", "Fehlermeldung"),
    "da": ("bogført", "ikke bogført", "Tilbageført", "Fejlbesked"),
    "sv": ("bokförd", "ej bokförd", "Makulerad", "Felmeddelande"),
    "nb": ("bokført", "ikke bokført", "Annullert", "Feilmelding"),
    "nl": ("geboekt", "niet geboekt", "Geannuleerd", "Foutmelding"),
    "fr": ("comptabilisé", "non comptabilisé", "Extourné", "Erreur"),
    "es": ("contabilizado", "no contabilizado", "Anulado", "Mensaje de error"),
    "fi": ("kirjattu", "kirjaamaton", "Peruutettu", "Virheilmoitus"),
    "pl": ("zaksięgowano", "niezaksięgowany", "Anulowany", "Komunikat błędu"),
    "it": ("contabilizzato", "non contabilizzato", "Stornato", "Messaggio di errore"),
}
ROW = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["posted", "denied", "empty", "what"]),
        "voucher": st.sampled_from(["V1", "", "#N/A", "-", "denied"]),
        "message": st.sampled_from(["", "", "4980?"]),
        "flag": st.sampled_from(["", "", "0", "X"]),
        "other": st.sampled_from(["", "", "denied", "flag"]),
        "group": st.sampled_from(["", "", "", "denied", "posted"]),
    }
)


@given(
    st.sampled_from([*WORDS]),
    st.lists(ROW, min_size=1, max_size=6),
    st.sampled_from(["", "", "denied"]),
    st.booleans(),
    st.permutations(range(7)),
)
def test_no_item_is_posted_that_anything_about_it_denies(language, rows, title, has_status, order):
    posted, not_posted, flag, message = WORDS[language]
    heading = ["Reference", "Voucher", "Status", message, flag, "Info", "Amount"]
    words = {"denied": not_posted, "posted": posted, "empty": "", "flag": flag}

    def word(what):
        return words.get(what, what)

    # A column of statuses that is never filled says nothing.
    has_status = has_status and any(row["status"] != "empty" for row in rows)
    listed, denied, is_group_denied, told = [], {}, False, set()
    for expense, row in zip(EXPENSES, rows, strict=False):
        if row["group"]:
            listed.append([word(row["group"]).capitalize(), *[""] * 6])
            is_group_denied = row["group"] == "denied"
        status = word(row["status"]) if has_status else ""
        cells = [expense.id, word(row["voucher"]), status, row["message"], row["flag"], word(row["other"]),
                 f"{abs(expense.money)}"]  # fmt: skip
        listed.append([cells[place] for place in order])
        denied[expense.id] = (
            is_group_denied
            or bool(title)
            or (has_status and row["status"] != "posted")
            or (not has_status and row["voucher"] != "V1")
            or row["voucher"] == "denied"
            or bool(row["message"])
            or row["flag"] == "X"
            or bool(row["other"])
        )
    above = [[word(title)]] if title else []
    found = matched(*above, [heading[place] for place in order], *listed)
    for row in found.result:
        told.add(row.number)
        if row.kind is RowKind.MATCHED and found.rows.status(row.place) is StatusMeaning.SUCCESSFUL:
            assert not any(denied[found.snapshot.items[item].accounting_entry_id] for item in row.items)
    told.update(under.number for under in found.rows.left_out)
    assert len(told) == len(listed)
