"""Texts in what programs wrap them in: formulas, quoted lines, a separator that is another than it says."""

import csv
import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.posting_lists.problem import PostingListProblem
from app.posting_lists.reader import read_posting_list
from app.posting_lists.table import RowMark, has_lost_digits, marks_under, text_of
from app.texts.phrases import readable_name

HEAD = ["Reference", "Date", "Amount", "Voucher"]
ROWS = [HEAD, ["858eb772-c179", "2026-11-26", "174.90", "0010301"], ["a908c81a-58e7", "2026-11-09", "60.00", "0010302"]]


@pytest.fixture
def read(tmp_path):
    def reading(text):
        path = tmp_path / "list.csv"
        path.write_bytes(text.encode())
        return read_posting_list(path)

    return reading


def rows_of(table):
    return [list(table.row(place)) for place in range(len(table))]


def joined(rows, separator=";"):
    return "\r\n".join(separator.join(row) for row in rows) + "\r\n"


@pytest.mark.parametrize("shape", ['="{}"', '"=""{}"""'])
def test_a_number_that_is_kept_as_a_formula_is_the_number(read, shape):
    wrapped = [HEAD, *([shape.format(cell) for cell in row] for row in ROWS[1:])]
    assert rows_of(read(joined(wrapped))) == ROWS


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_lines_that_are_quoted_whole_are_read(read, separator):
    found = read("\r\n".join(f'"{separator.join(row)}"' for row in ROWS))
    assert rows_of(found) == ROWS
    assert "quotation marks as a whole" in " ".join(found.source.remarks)


def test_quotation_marks_inside_a_line_that_is_quoted_whole_count(read):
    out = io.StringIO()
    csv.writer(out, delimiter=",").writerow([*ROWS[1][:3], "174,90"])
    line = out.getvalue().strip().replace('"', '""')
    assert read(f'{",".join(HEAD)}\r\n"{line}"\r\n').row(1)[3] == "174,90"


def test_a_line_that_names_another_separator_than_the_list_has_is_not_believed(read):
    found = read("sep=,\r\n" + joined(ROWS))
    assert rows_of(found) == ROWS
    assert "says 'sep=,', but semicolons separate the columns" in " ".join(found.source.remarks)


def test_lines_with_another_separator_than_the_rest_are_read_and_told(read):
    found = read(joined(ROWS) + "e571bb4d-4e46\t2026-11-19\t65.56\tV3\r\n")
    assert found.row(3) == ("e571bb4d-4e46", "2026-11-19", "65.56", "V3")
    assert "1 line of it" in " ".join(found.source.remarks)


def test_a_title_of_one_cell_stays_one(read):
    found = read("Account Transactions\r\n" + joined(ROWS))
    assert found.row(0) == ("Account Transactions", None, None, None)
    assert found.source.remarks == ()


def test_a_row_with_more_cells_than_headings_is_marked(read):
    found = read("Reference;Text;Voucher\r\n858eb772-c179;Taxi; airport;V1\r\na908c81a-58e7;Train;V2\r\n")
    assert marks_under(found, 0) == {1: {RowMark.OVERLONG}}


def test_separators_behind_the_last_cell_make_no_row_longer(read):
    assert marks_under(read("Reference;Voucher\r\na;1;;;\r\nb;2;\r\n"), 0) == {}


@pytest.mark.parametrize(
    ("cell", "is_lost"),
    [
        ("2,02611E+11", True),
        ("2.02611E+11", True),
        ("1e+5", True),
        (1.2345678901234567e16, True),
        (202611000001.0, False),
        ("12E3", False),
        ("E+12", False),
        ("10301", False),
        (None, False),
    ],
)
def test_a_number_that_lost_digits_is_told_from_a_whole_one(cell, is_lost):
    assert has_lost_digits(cell) is is_lost


@pytest.mark.parametrize(
    ("cell", "text"), [("10301.0", "10301"), (10301.0, "10301"), ("10301.05", "10301.05"), ("V.0", "V.0")]
)
def test_a_whole_number_has_no_decimal_places(cell, text):
    assert text_of(cell) == text


KINDS = {
    "SIE": ('#FLAGGA 0\r\n#PROGRAM "Fortnox" 3.57\r\n#SIETYP 4\r\n', "a SIE file"),
    "SIE with a line before": ('#PROGRAM "Visma" 1\r\n#FLAGGA 0\r\n', "a SIE file"),
    "SYLK": ('ID;PWXL;N;E\r\nC;Y1;X1;K"Reference"\r\nE\r\n', "a SYLK file"),
    "OFX": ("OFXHEADER:100\r\nDATA:OFXSGML\r\n", "a bank's file"),
    "QIF": ("!Type:Bank\r\nD11/26/2026\r\n", "a bank's file"),
    "MT940": (":20:STARTUMS\r\n:25:10020030/1234567\r\n:28C:0\r\n", "a bank's file"),
    "camt": (
        '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>',
        "a bank's file",
    ),
    "JSON": ('{"items": [{"id": 1}]}', "JSON"),
    "JSON in lines": ('{"id": 1}\r\n{"id": 2}\r\n', "JSON"),
    "JSON cut off": ('[{"id": 1}, {"id"', "JSON"),
    "SAF-T": ('<?xml version="1.0"?><AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"/>', "a SAF-T audit"),
    "SIE 5": ('<?xml version="1.0"?><Sie xmlns="http://www.sie.se/sie5"/>', "a SIE file"),
    "XML of 2003": (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "an XML spreadsheet",
    ),
    "web archive": ("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>", "a web archive"),
    "mail": ("From: a@b.se\r\nSubject: List\r\n of today\r\nMIME-Version: 1.0\r\n", "a mail"),
    "mail by many servers": (
        "Received: by x\r\n" + " and y\r\n" * 2000 + "Subject: List\r\nMessage-ID: <1>\r\n",
        "a mail",
    ),
    "mail with pictures": ("Return-Path: <a@b.se>\r\nContent-Type: multipart/related\r\n", "a mail"),
    "mail of a mailbox": ("From a@b.se Mon Nov 30\r\nSubject: List\r\nMessage-ID: <1>\r\n", "a mail"),
    "mail of Apple": ("4711      \r\nSubject: List\r\nMIME-Version: 1.0\r\n", "a mail"),
    "columns by blanks": (
        "Verifikat   Datum        Belopp   Status\nA 12        2026-02-04    59,00   Bokförd\n",
        "by blanks",
    ),
    "columns by single blanks": ("Voucher Date Amount Status\nV1 2026-02-04 59,00 posted\n", "by blanks"),
    "columns by blanks under a title": (
        "POSTED ENTRIES\n\nReference            Amount   Posted\nabc, def           1.204,50   yes\nghi  51,00   yes\n",
        "by blanks",
    ),
    "web page": ("<html><table><tr><td>Reference</td></tr></table></html>", "a web page"),
    "RTF": ("{\\rtf1\\ansi Reference}", "RTF"),
    "DIF": ('TABLE\r\n0,1\r\n"EXCEL"\r\n', "a DIF file"),
    "encrypted": ("-----BEGIN PGP MESSAGE-----\r\n", "encrypted"),
}


@pytest.mark.parametrize(("text", "words"), KINDS.values(), ids=KINDS)
def test_what_is_no_list_is_named_with_the_way_out(read, text, words):
    with pytest.raises(PostingListProblem, match=words) as raised:
        read(text)
    assert raised.value.advice


@pytest.mark.parametrize(
    "head",
    [
        "ID;Period;Status",
        "#;Reference;Status",
        "#Nr;Reference;Status",
        "[Nr];Reference;Status",
        "From;To;Status",
        "Message-ID;Received;Subject",
        "Reference,  Voucher,  Status,  Date",
        "A  B;C  D;E  F",
        "BM;BZ;MZ",
    ],
)
def test_a_heading_that_begins_like_another_kind_is_one(read, head):
    sign = "," if ",  " in head else ";"
    row = sign.join("1" for _ in head.split(sign))
    assert read(f"{head}\r\n{row}\r\n").row(0) == tuple(head.split(sign))


@given(st.lists(st.lists(st.text('abcäøł;,|\t" 0123=', max_size=6), min_size=3, max_size=3), min_size=2, max_size=8))
def test_whatever_a_program_quotes_is_read_back(tmp_path_factory, rows):
    kept = [["Reference", "Voucher", "Status"], *([f"x{cell.strip()}x" for cell in row] for row in rows)]
    path = tmp_path_factory.mktemp("lists") / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(kept)
    assert rows_of(read_posting_list(path)) == kept


@pytest.mark.skipif(os.name == "nt", reason="there every name is text")
def test_a_name_that_is_no_text_is_made_readable(tmp_path):
    path = tmp_path / os.fsdecode(b"Buchungen-M\xfcller.csv")
    path.write_text(joined(ROWS), encoding="utf-8")
    assert read_posting_list(path).source.name == "Buchungen-M\N{REPLACEMENT CHARACTER}ller.csv"
    assert readable_name("Büro.csv") == "Büro.csv"


LEDGER = ["Date", "Number", "Notes", "Amount With Sym", "Amount Num."]


def ledger(*amounts):
    return [LEDGER, *(["2026-11-26", f"V{each}", "858eb772-c179", *amount] for each, amount in enumerate(amounts, 1))]


@pytest.mark.parametrize("unit", [" €", "€", " EUR", " kr", " kr.", " zł"])
def test_amounts_that_the_separator_cut_in_two_are_put_together_again(read, unit):
    found = read(joined(ledger([f"1.174,90{unit}", "1174.90"], [f"-60,00{unit}", "-60.00"]), separator=","))
    assert rows_of(found) == ledger([f"1.174,90{unit}", "1174.90"], [f"-60,00{unit}", "-60.00"])
    assert "put together again" in " ".join(found.source.remarks)


def test_two_columns_of_amounts_that_were_cut_are_both_put_together(read):
    head = [*LEDGER, "Value With Sym", "Value Num."]
    row = ["2026-11-26", "V1", "858eb772-c179", "174,90 €", "174.90", "1.304,06 kr", "1304.06"]
    assert rows_of(read(joined([head, row, row], separator=","))) == [head, row, row]


@pytest.mark.parametrize(
    "rows",
    [
        ledger(["174,90", "174.90"], ["60,00", "60.00"]),  # two digits may be anything
        ledger(["174,90 €", "174.90"], ["60.00 €", "60.00", "x"]),  # not so in each row
        ledger(["174,90 €", "174.90", "x"], ["60,00 €", "60.00", "x"]),  # and one cell more
        [*ledger(["174,90 €", "174.90"]), ["Total"]],
    ],
)
def test_rows_that_are_too_long_for_another_reason_stay_as_they_are(read, rows):
    found = read(joined(rows, separator=","))
    assert found.source.remarks == ()
    assert marks_under(found, 0)[1] == {RowMark.OVERLONG}
