"""Workbooks of every kind: what their sheets show, what is hidden or struck in them, and which sheet was not read."""

import re
import zipfile
from io import BytesIO
from itertools import product

import pytest
from fakes.workbooks import Sheet, ods, xls, xlsb, xlsx, zipped
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.posting_lists.problem import PostingListProblem
from app.posting_lists.reader import read_posting_list
from app.posting_lists.sheet_details import as_shown, shows_zeros
from app.posting_lists.table import ReadingChoice, RowMark, text_of

HEAD = ["Reference", "Amount", "Voucher"]
ROWS = [HEAD, ["858eb772-c179", 174.9, 10301.0], ["a908c81a-58e7", 60.0, 10302.0], ["e571bb4d-4e46", 65.5, 10303.0]]
TELLING = {"xlsx": xlsx, "ods": ods, "xls": xls}


@pytest.fixture
def read(tmp_path):
    def reading(content, choice=None):
        path = tmp_path / "list"
        path.write_bytes(content)
        return read_posting_list(path, choice) if choice else read_posting_list(path)

    return reading


def texts_of(table):
    return [[text_of(cell) for cell in table.row(place)] for place in range(len(table))]


def changed(content, change):
    """The same workbook after `change(name, data)` of each part; None drops it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as fresh:
        for name in archive.namelist():
            part = change(name, archive.read(name))
            if part:
                fresh.writestr(*part)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "made"), [*TELLING.items(), ("xlsb", xlsb)])
def test_every_kind_is_read_as_the_same_list(read, kind, made):
    found = read(made(Sheet(ROWS)))
    assert texts_of(found) == [[text_of(cell) for cell in row] for row in ROWS]
    assert found.source.format == f"{kind.upper()}, sheet Buchungen"
    assert (found.source.sheet, found.source.encoding) == ("Buchungen", "")


@pytest.mark.parametrize("made", TELLING.values(), ids=TELLING)
class TestWhatASheetSaysBesideItsValues:
    def test_hidden_and_struck_rows_are_marked_and_told(self, read, made):
        found = read(made(Sheet(ROWS, hidden=[1], struck=[3])))
        assert found.marks == {1: {RowMark.HIDDEN}, 3: {RowMark.STRUCK}}
        said = " ".join(found.source.remarks)
        assert "Row 2 is hidden" in said
        assert "Row 4 is struck through" in said

    def test_marks_stay_with_their_rows_where_blank_rows_are_left_out(self, read, made):
        found = read(made(Sheet([HEAD, [None], [None], *ROWS[1:]], hidden=[4])))
        assert found.numbers == [1, 4, 5, 6]
        assert found.marks == {2: {RowMark.HIDDEN}}

    def test_zeros_that_a_format_shows_belong_to_the_number(self, read, made):
        found = read(made(Sheet(ROWS, zeros=[2])))
        assert found.columns[2] == ["Voucher", "0010301", "0010302", "0010303"]
        assert found.columns[1] == ["Amount", 174.9, 60, 65.5]

    def test_an_error_is_read_as_the_sheet_shows_it(self, read, made):
        found = read(made(Sheet(ROWS, errors=[(1, 2), (3, 2)])))
        assert [text_of(cell) for cell in found.columns[2]] == ["Voucher", "#N/A", "10302", "#N/A"]
        assert "2 cells of the sheet hold an error" in " ".join(found.source.remarks)

    def test_a_sheet_without_any_of_it_says_nothing(self, read, made):
        found = read(made(Sheet(ROWS)))
        assert (found.marks, found.source.remarks) == ({}, ())


def test_of_a_binary_workbook_it_is_said_what_cannot_be_seen(read):
    assert "neither hidden nor struck" in " ".join(read(xlsb(Sheet(ROWS))).source.remarks)


class TestSheets:
    BOOK = (Sheet([HEAD, ["a", 1, 2]], "Oktober"), Sheet([["About"], ["Acme"]], "About"), Sheet(ROWS, "November"))

    def test_others_that_look_like_lists_are_named(self, read):
        found = read(xlsx(*self.BOOK))
        assert (found.source.sheet, found.source.other_lists) == ("Oktober", ("November",))
        assert "Sheet November of this workbook looks like a list too, and was not read." in found.source.remarks

    def test_the_one_that_was_chosen_is_read(self, read):
        found = read(xlsx(*self.BOOK), ReadingChoice(sheet="November"))
        assert found.row(1)[0] == "858eb772-c179"
        assert found.source.other_lists == ("Oktober",)

    def test_one_that_is_not_there_is_told_with_those_that_are(self, read):
        with pytest.raises(PostingListProblem, match="no sheet December") as raised:
            read(xlsx(*self.BOOK), ReadingChoice(sheet="December"))
        assert raised.value.advice == "It has: Oktober, About, November."

    def test_a_hidden_one_is_told_and_not_preferred(self, read):
        found = read(xlsx(Sheet([HEAD, ["a", 1, 2]], "Seen"), Sheet(ROWS, "Kept", is_hidden=True)))
        assert (found.source.sheet, found.source.other_lists) == ("Seen", ())
        assert "Sheet Kept is hidden, and was not read." in found.source.remarks


class TestOddWorkbooks:
    def test_one_with_a_chart_sheet_first(self, read):
        book = Workbook()
        book.create_chartsheet(index=0)
        for row in ROWS:
            book.worksheets[0].append(row)
        content = BytesIO()
        book.save(content)
        assert read(content.getvalue()).row(1)[0] == "858eb772-c179"

    @pytest.mark.parametrize(
        "change",
        [
            lambda name, data: (name.replace("sheet1.xml", "Sheet1.XML"), data),
            lambda name, data: (name.replace("/", "\\"), data) if "/" in name and "rels" not in name else (name, data),
            lambda name, data: None if "styles" in name else (name, data),
            lambda name, data: (name, re.sub(rb"<fills.*?</fills>", b'<fills count="1"><fill/></fills>', data)),
            lambda name, data: (name, data.replace(b"openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml")),
        ],
        ids=["names in other case", "backslashes", "no styles", "an empty fill", "another namespace"],
    )
    def test_what_other_programs_write_is_read(self, read, change):
        assert len(read(changed(xlsx(Sheet(ROWS)), change))) == len(ROWS)

    @pytest.mark.parametrize("attribute", [rb' r="[A-Z]+\d+"', rb' r="\d+"'])
    def test_rows_and_cells_that_do_not_say_where_they_stand_follow_one_another(self, read, attribute):
        def change(name, data):
            return name, re.sub(attribute, b"", data) if "worksheets" in name else data

        made = Sheet(ROWS, hidden=[2], zeros=[2], struck=[3])
        found = read(changed(xlsx(made), change))
        assert found.columns[2][1] == "0010301"
        assert found.marks == {2: {RowMark.HIDDEN}, 3: {RowMark.STRUCK}}

    def test_columns_before_the_list_count(self, read):
        found = read(xlsx(Sheet([[None, None, *row] for row in ROWS], zeros=[4])))
        assert [text_of(cell) for cell in found.row(1)] == ["", "", "858eb772-c179", "174.9", "0010301"]

    def test_formulas_that_were_never_computed_are_told(self, read):
        found = read(xlsx(Sheet([*ROWS, ["x", 1.0, "=A1"]])))
        assert "1 formula of the sheet was never computed" in " ".join(found.source.remarks)

    def test_two_cells_that_are_far_apart_are_not_held_with_all_between(self, read):
        def change(name, data):
            far = b'<row r="1000000"><c r="XFD1000000"><v>1</v></c></row></sheetData>'
            return name, data.replace(b"</sheetData>", far) if "worksheets" in name else data

        with pytest.raises(PostingListProblem, match="columns apart"):
            read(changed(xlsx(Sheet(ROWS)), change))

    def test_a_cell_that_is_repeated_a_million_times_is_not_held(self, read):
        def change(name, data):
            return name, data.replace(
                b'office:value="60.0"', b'office:value="60.0" table:number-columns-repeated="9999"'
            )

        with pytest.raises(PostingListProblem, match="repeats a cell"):
            read(changed(ods(Sheet(ROWS)), change))


class TestWhatIsNoPlainWorkbook:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (xls(Sheet(ROWS), has_password=True), "protected by a password"),
            (
                changed(
                    ods(Sheet(ROWS)),
                    lambda name, data: (name, data + b"<manifest:encryption-data/>" if "manifest" in name else data),
                ),
                "protected by a password",
            ),
            (xlsx(Sheet(ROWS))[40:], "its beginning is missing or overwritten"),
            (b"\0\0\0\0" + xlsx(Sheet(ROWS))[4:], "its beginning is missing or overwritten"),
            (xls(Sheet(ROWS))[:3000], "was not saved whole"),
            (zipped({"list.csv": "Reference;Voucher\na;1\n"}), "an archive and no workbook"),
            (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "text or drawing"),
            (
                xls(Sheet(ROWS)) + "_VBA_PROJECT".encode("utf-16-le"),
                "holds macros",
            ),
        ],
        ids=lambda value: value if isinstance(value, str) else "file",
    )
    def test_it_is_said_in_plain_words(self, read, content, words):
        with pytest.raises(PostingListProblem, match=words) as raised:
            read(content)
        assert raised.value.advice


class TestFormatsThatShowZeros:
    @pytest.mark.parametrize(
        ("code", "number", "shown"),
        [
            ("0000000", 10301, "0010301"),
            ("000", 10301, "10301"),
            ('"RE-"00000', 42, "RE-00042"),
            ("000-0000", 10301, "001-0301"),
            (r"\V0000", 7, "V0007"),
            ("##00", 5, "05"),
            ("00000", 0, "00000"),
            ("0000", -5, "-0005"),
        ],
    )
    def test_a_number_is_as_the_sheet_shows_it(self, code, number, shown):
        assert shows_zeros(code)
        assert as_shown(number, code) == shown

    @pytest.mark.parametrize("code", ["General", "0", "0.00", "#,##0.00", "yyyy-mm-dd", "00:00", "0.00E+00", "0%", "@"])
    def test_others_leave_it_as_it_is(self, code):
        assert not shows_zeros(code)

    @given(st.integers(0, 10**12), st.integers(2, 20))
    def test_no_digit_is_lost_or_made(self, number, places):
        shown = as_shown(number, "0" * places)
        assert (int(shown), len(shown)) == (number, max(places, len(str(number))))


@pytest.mark.parametrize(("made", "hidden"), [*product(TELLING.values(), ([], [1], [1, 2, 3]))])
def test_reading_gives_every_row_whatever_is_hidden(read, made, hidden):
    assert len(read(made(Sheet(ROWS, hidden=hidden)))) == len(ROWS)


def test_what_a_merged_cell_denies_counts_for_each_of_its_rows(tmp_path):
    rows = [["Reference", "Voucher", "Info", "Posted", "Check"]]
    rows += [[f"id-{number}", "V1", None, None, None] for number in range(1, 6)]
    rows[2][2], rows[2][3], rows[2][4] = "nicht gebucht", "posted", "x"
    path = tmp_path / "merged.xlsx"
    path.write_bytes(xlsx(Sheet(rows, merged=["C3:C4", "D3:D4", "E3:E5", "A1:B1"])))
    table = read_posting_list(path)
    assert [text_of(cell) for cell in table.columns[2]] == ["Info", "", "nicht gebucht", "nicht gebucht", "", ""]
    assert [text_of(cell) for cell in table.columns[3]] == ["Posted", "", "posted", "", "", ""]
    assert [text_of(cell) for cell in table.columns[4]] == ["Check", "", "x", "x", "x", ""]
