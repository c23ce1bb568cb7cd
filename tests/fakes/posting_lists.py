"""Posting lists in the shapes of accounting systems' exports, made of the expenses of `fakes.bookkeeping`.

Each list says of most expenses that they are posted, of one that it failed, and has what such lists have beside: rows
of other things, titles above, totals below. `python tests/fakes/posting_lists.py` writes the corpus anew.
"""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes.bookkeeping import EXPENSES, Expense

CORPUS = Path(__file__).parents[1] / "app" / "posting_lists" / "corpus"
FAILED = 4
REASON = {
    "de": "Konto 4980 ist nicht angelegt",
    "da": "Konto 4980 findes ikke i kontoplanen",
    "sv": "Konto 4980 finns inte i kontoplanen",
    "en": "Account 4980 does not exist",
}


@dataclass
class PostingList:
    """A list while it is made. `expected` is what matching must find, in the words of `signoff resolve --json`."""

    name: str
    content: bytes = b""
    matched: list[dict[str, Any]] = field(default_factory=list)
    ambiguous: list[dict[str, Any]] = field(default_factory=list)
    not_in_job: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)

    def says(self, row: int, expense: Expense, by: str, voucher: str | None, reason: str | None = None) -> None:
        self.matched.append(
            {
                "row": row,
                "item_id": expense.id,
                "by": by,
                "status": "failed" if reason else "successful",
                "external_id": None if reason else voucher,
                "failure_reason": reason,
            }
        )

    @property
    def expected(self) -> dict[str, Any]:
        named = {row["item_id"] for row in self.matched}.union(*(row["item_ids"] for row in self.ambiguous))
        return {
            "rows": len(self.matched) + len(self.ambiguous) + len(self.not_in_job),
            "matched": self.matched,
            "ambiguous": self.ambiguous,
            "not_in_job": self.not_in_job,
            "missing_item_ids": [each.id for each in EXPENSES if each.id not in named],
            "left_out": self.left_out,
        }


def comma(amount: Decimal, group: str = ".") -> str:
    return f"{amount:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", group)


def datev() -> PostingList:
    """A German booking batch: a head of its own above the headings, days without a year, debit and credit by a letter.
    It has neither a status nor a number of its own: what it lists is on its way to the books, and a person says so."""
    made = PostingList("datev-buchungsstapel.csv")
    first = ["EXTF", "700", "21", "Buchungsstapel", "9", "20260302091500000", "", "RE", "", "", "1234", "567"]
    first += ["20260101", "4", "20260201", "20260228", "Pleo", "", "1", "0", "0", "EUR"]
    head = ["Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz",
            "WKZ Basis-Umsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Belegfeld 1",
            "Belegfeld 2", "Skonto", "Buchungstext", "Postensperre", "Festschreibung"]  # fmt: skip
    rows = [first, head]
    for expense in EXPENSES[:7]:
        side = "H" if expense.amount < 0 else "S"
        day = f"{expense.day.day}{expense.day:%m}"
        rows.append([comma(abs(expense.money), ""), side, expense.currency, "", "", "", "4980", "70001", "", day,
                     expense.reconciliation_id, "", "", expense.supplier, "", "0"])  # fmt: skip
        made.ambiguous.append({"row": len(rows), "item_ids": [expense.id]})
    rows.append(["12,00", "S", "EUR", "", "", "", "4910", "1200", "", "1302", "", "", "", "Porto", "", "0"])
    made.not_in_job.append(len(rows))
    made.content = _csv(rows, ";", "cp1252", quoting=csv.QUOTE_NONNUMERIC)
    return made


def e_conomic() -> PostingList:
    """A Danish list: the id stands in the text, amounts carry the ledger's sign, and a total stands below."""
    made = PostingList("e-conomic-posteringer.csv")
    rows = [["Bilagsnr.", "Dato", "Tekst", "Beløb", "Valuta", "Status", "Besked"]]
    for place, expense in enumerate(EXPENSES[:9]):
        failed = expense.number == FAILED
        number = "" if failed else str(10301 + place)
        text = f"Pleo {expense.reconciliation_id} {expense.supplier}"
        status, message = ("Fejl", REASON["da"]) if failed else ("Bogført", "")
        rows.append([number, f"{expense.day:%d-%m-%Y}", text, comma(-expense.money), expense.currency, status, message])
        made.says(len(rows), expense, "reconciliation_id", number, message or None)
    rows.append(["I alt", "", "", comma(Decimal(-1)), "", "", ""])
    made.left_out.append(len(rows))
    made.content = _csv(rows, ";", "utf-8-sig")
    return made


def fortnox() -> PostingList:
    """A Swedish list: four lines above, tabs, grouped by a space that does not break, days as the ISO writes them."""
    made = PostingList("fortnox-verifikationer.txt")
    rows = [["Verifikationslista"], ["Nordisk Handel AB", "", "556677-8899"], ["Räkenskapsår 2026"], []]
    rows.append(["Verifikat", "Bokföringsdatum", "Referens", "Verifikationstext", "Belopp", "Valuta", "Status",
                 "Felmeddelande"])  # fmt: skip
    for place, expense in enumerate(EXPENSES[:10]):
        failed = expense.number == FAILED
        number = "" if failed else f"A{101 + place}"
        status, message = ("Misslyckad", REASON["sv"]) if failed else ("Bokförd", "")
        money = comma(abs(expense.money), "\N{NO-BREAK SPACE}")
        rows.append([number, f"{expense.day}", expense.id, expense.supplier, money, expense.currency, status, message])
        made.says(len(rows), expense, "entry_id", number, message or None)
    rows += [["Summa", "", "", "", comma(Decimal(9999)), "", "", ""], ["Utskriven 2026-03-01 av Åsa"]]
    made.left_out += [len(rows) - 1, len(rows)]
    made.content = _csv(rows, "\t", "utf-8")
    return made


def visma() -> PostingList:
    """A Swedish list from a DOS machine: debit and credit are two columns, and there is no status."""
    made = PostingList("visma-huvudbok.csv")
    rows = [["Vernr", "Datum", "Konto", "Benämning", "Debet", "Kredit", "Valuta", "Referens"]]
    for place, expense in enumerate(EXPENSES[3:10]):
        debit, credit = (comma(expense.money, ""), "") if expense.amount > 0 else ("", comma(-expense.money, ""))
        reference, number = f"Pleo/{expense.reconciliation_id}", f"V{41 + place}"
        rows.append([number, f"{expense.day}", "5800", "Resor", debit, credit, expense.currency, reference])
        made.says(len(rows), expense, "reconciliation_id", number)
    rows.append(["Totalt", "", "", "", comma(Decimal(5), ""), comma(Decimal(5), ""), "", ""])
    made.left_out.append(len(rows))
    made.content = _csv(rows, ";", "cp850")
    return made


def xero() -> PostingList:
    """An English list: months in letters, a reference that is an invoice number, and two rides that look the same."""
    made = PostingList("xero-account-transactions.csv")
    rows = [["Account Transactions"], ["Acme Nordic ApS"], ["For the month ended 28 February 2026"], []]
    rows.append(["Date", "Source", "Description", "Reference", "Debit", "Credit", "Currency", "Journal ID", "Status",
                 "Error"])  # fmt: skip
    for place, expense in enumerate(EXPENSES[5:9]):
        day, number = f"{expense.day:%d %b %Y}", f"JNL-{place + 1:05d}"
        reference = expense.invoice or ""
        rows.append([day, "Spend Money", expense.supplier, reference, f"{expense.money:,.2f}", "", expense.currency,
                     number, "Posted", ""])  # fmt: skip
        if expense.number in (7, 8):
            made.ambiguous.append({"row": len(rows), "item_ids": [EXPENSES[7].id, EXPENSES[8].id]})
        else:
            made.says(len(rows), expense, "reference" if reference else "date_amount_currency", number)
    failed = EXPENSES[FAILED]
    rows.append([f"{failed.day:%d %b %Y}", "Spend Money", failed.supplier, "", f"{failed.money:,.2f}", "",
                 failed.currency, "", "Failed", REASON["en"]])  # fmt: skip
    made.says(len(rows), failed, "date_amount_currency", None, REASON["en"])
    rows += [[], ["Total", "", "", "", "3,000.00", "", "", "", "", ""]]
    made.left_out.append(len(rows))
    made.content = _csv(rows, ",", "utf-8")
    return made


def quickbooks() -> PostingList:
    """An American list: the month comes first, the id stands in the memo, and the total is in capitals."""
    made = PostingList("quickbooks-transaction-list.csv")
    rows = [["Acme Nordic ApS"], ["Transaction List by Date"], ["February 2026"], []]
    rows.append(["Date", "Transaction Type", "Num", "Posting status", "Memo/Description", "Amount", "Currency"])
    for place, expense in enumerate(EXPENSES[:7]):
        memo = f"{expense.supplier} (pleo:{expense.id})"
        number = f"{1501 + place}"
        rows.append([f"{expense.day:%m/%d/%Y}", "Expense", number, "Posted", memo, f"{expense.money:,.2f}",
                     expense.currency])  # fmt: skip
        made.says(len(rows), expense, "entry_id", number)
    rows.append(["02/20/2026", "Check", "1599", "Posted", "Rent", "2,000.00", "USD"])
    made.not_in_job.append(len(rows))
    rows.append(["TOTAL", "", "", "", "", "9,999.00", ""])
    made.left_out.append(len(rows))
    made.content = _csv(rows, ",", "utf-8", quoting=csv.QUOTE_ALL)
    return made


def business_central() -> PostingList:
    """An English workbook with typed cells, and a sheet before it that is no list."""
    made = PostingList("business-central-ledger-entries.xlsx")
    rows: list[list[Any]] = [["General Ledger Entries"], []]
    rows.append(["Posting Date", "Document No.", "External Document No.", "Description", "Amount", "Currency Code",
                 "Status", "Error Message"])  # fmt: skip
    for place, expense in enumerate(EXPENSES):
        failed = expense.number == FAILED
        number = None if failed else f"PI-{103001 + place}"
        status, message = ("Error", REASON["en"]) if failed else ("Posted", None)
        rows.append([expense.day, number, expense.reconciliation_id, expense.supplier, float(expense.money),
                     expense.currency, status, message])  # fmt: skip
        made.says(len(rows), expense, "reconciliation_id", number, message)
    made.content = _workbook({"About": [["Printed for Acme Nordic ApS"]], "Entries": rows})
    return made


def navision() -> PostingList:
    """A Danish list in UTF-16 whose rows name nothing: day, amount and currency alone tell which item is meant."""
    made = PostingList("navision-finansposter.txt")
    rows = [["Bogføringsdato", "Bilag", "Beløb", "Valutakode", "Status", "Fejlbesked"]]
    for place, expense in enumerate(EXPENSES[:9]):
        failed = expense.number == FAILED
        number = f"F{place + 77:04d}"
        status, message = ("fejlet", REASON["da"]) if failed else ("bogført", "")
        rows.append([f"{expense.day:%d.%m.%y}", number, comma(expense.money), expense.currency, status, message])
        if expense.number in (7, 8):
            made.ambiguous.append({"row": len(rows), "item_ids": [EXPENSES[7].id, EXPENSES[8].id]})
        else:
            made.says(len(rows), expense, "date_amount_currency", number, message or None)
    made.content = _csv(rows, "\t", "utf-16")
    return made


SYSTEMS: tuple[Callable[[], PostingList], ...] = (
    datev,
    e_conomic,
    fortnox,
    visma,
    xero,
    quickbooks,
    business_central,
    navision,
)


def _csv(rows: Iterable[Sequence[str]], separator: str, encoding: str, quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode(encoding)


def _workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_corpus(folder: Path = CORPUS) -> None:
    for system in SYSTEMS:
        made = system()
        (folder / made.name).write_bytes(made.content)
        expected = json.dumps(made.expected, indent=2, ensure_ascii=False) + "\n"
        (folder / f"{made.name}.expected.json").write_text(expected, encoding="utf-8")


if __name__ == "__main__":
    write_corpus()
