"""Files that users open: lists in every clothing, and what is none."""

import codecs
import zipfile
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from openpyxl import Workbook

from app.posting_lists import reader, table
from app.posting_lists.limits import LARGEST_UNPACKED_BYTES, MOST_ROWS
from app.posting_lists.problem import PostingListProblem
from app.posting_lists.reader import read_posting_list
from app.posting_lists.table import as_columns

ROWS = [["Beleg", "Betrag", "Währung", "Empfänger"], ["B1", "1.204,00", "SEK", "Søndergaard & Åkesson"]]


@pytest.fixture
def read(tmp_path):
    def reading(content, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return read_posting_list(path)

    return reading


def rows_of(found):
    return [list(found.row(place)) for place in range(len(found))]


def a_workbook(*rows, **sheets):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content, change):
    """The same archive after `change(parts)`, a dict of names and bytes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


class TestText:
    @pytest.mark.parametrize(
        ("encoding", "name"),
        [
            ("utf-8", "UTF-8"),
            ("utf-8-sig", "UTF-8"),
            ("utf-16", "UTF-16"),
            ("utf-16-le", "UTF-16"),
            ("utf-16-be", "UTF-16"),
            ("cp1252", "Windows-1252"),
            ("cp850", "DOS 850"),
        ],
    )
    def test_every_usual_encoding_is_told_apart(self, read, encoding, name):
        found = read("\r\n".join(";".join(row) for row in ROWS).encode(encoding))
        assert rows_of(found) == ROWS
        assert found.source.format == f"{name}, separated by semicolons"

    def test_utf_16_from_a_machine_of_the_other_order(self, read):
        text = "\n".join(";".join(row) for row in ROWS)
        assert rows_of(read(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))) == ROWS

    @pytest.mark.parametrize("word", ["Beløb", "Größe", "Ærø", "Åsa", "für", "Öl", "ø"])
    @pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
    def test_one_word_is_enough_to_tell_old_encodings_apart(self, read, word, encoding):
        assert read(f"Reference;{word}\nA;1\n".encode(encoding)).row(0) == ("Reference", word)

    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    def test_every_usual_separator_is_found_though_amounts_hold_commas(self, read, separator):
        rows = [["Ref", "Amount", "Note"], ["a", "1.204,00", "x; y"], ["b", "2,00", ""], ["c", "3,50", ""]]
        text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
        assert rows_of(read(text.encode())) == rows

    @pytest.mark.parametrize(
        "line", [b"sep=;\r\n", b'"sep=;"\r\n', b"SEP=; \n", b'"sep=;";;\n', b"\xef\xbb\xbf\xef\xbb\xbfsep=;\r"]
    )
    def test_a_line_that_names_the_separator_is_taken_at_its_word_and_is_no_row(self, read, line):
        found = read(line + b"Reference,s;Status\r\na;posted\r\n")
        assert rows_of(found) == [["Reference,s", "Status"], ["a", "posted"]]
        assert found.numbers == [1, 2]

    @pytest.mark.parametrize("line", ["sep=", "sep=;x", "separator=;"])
    def test_a_line_that_names_no_separator_is_a_row(self, read, line):
        found = read(f"{line}\r\nReference;Status\r\na;posted\r\n".encode())
        assert rows_of(found)[1:] == [["Reference", "Status"], ["a", "posted"]]

    def test_a_mark_that_is_written_twice_is_no_part_of_the_first_heading(self, read):
        assert read(codecs.BOM_UTF8 * 2 + b"Reference;Status\n").row(0) == ("Reference", "Status")

    def test_one_damaged_letter_does_not_change_all_the_others(self, read):
        found = read("Reference;Konto für Öl\n".encode() + b"a;\xff\n")
        assert rows_of(found) == [["Reference", "Konto für Öl"], ["a", "\N{REPLACEMENT CHARACTER}"]]
        assert found.source.format == "UTF-8 with damaged letters, separated by semicolons"

    def test_rows_are_numbered_as_a_spreadsheet_does(self, read):
        found = read(b'Reference;Message\n\na;"two\nlines"\n;\nb;x\n')
        assert rows_of(found) == [["Reference", "Message"], ["a", "two\nlines"], ["b", "x"]]
        assert found.numbers == [1, 3, 5]

    @pytest.mark.parametrize(
        "lines",
        [
            ['a;posted;"Coffee', "b;posted;Tea", "c;posted;Milk"],
            ['a;posted;"Coffee', 'b;posted;3" pipe', "c;posted;Milk"],
            ['a;"posted;Coffee', 'b;posted;"Tea"', "c;posted;Milk"],
            ['a;"Coffee;posted', 'b;3";failed', "c;Milk;posted"],
        ],
        ids=["to the end", "with a mark inside", "to the next mark", "to a mark that closes"],
    )
    def test_a_quotation_mark_that_is_not_closed_does_not_make_one_row_of_several(self, read, lines):
        with pytest.raises(PostingListProblem, match="Line 2 of the file cannot be read") as raised:
            read("\r\n".join(["Reference;Status;Text", *lines, ""]).encode())
        assert "closing quotation mark" in raised.value.advice

    @pytest.mark.parametrize(
        "message", ["two\nlines", "Account 4980 is unknown\nSee rows 1, 2, 3 and the manual", "\n"]
    )
    @pytest.mark.parametrize("end", ["\n", ""])
    def test_a_message_of_several_lines_is_read_whole(self, read, message, end):
        found = read(f'Reference,Status,Message\na,failed,"{message}"{end}'.encode())
        assert rows_of(found)[1] == ["a", "failed", message]

    def test_short_and_long_rows_stand_under_their_columns(self, read):
        found = read(b"a;b\nc\nd;e;f\n")
        assert rows_of(found) == [["a", "b", None], ["c", None, None], ["d", "e", "f"]]

    def test_the_fingerprint_is_of_all_bytes(self, read):
        assert read(b"a;b\n").source.sha256 == sha256(b"a;b\n").hexdigest()


class TestWorkbooks:
    def test_cells_keep_their_types(self, read):
        day = date(2026, 2, 3)
        found = read(a_workbook(["Ref", "Amount", "Date", "No"], ["a", 33.3, date(2026, 2, 3), 10452]), "list.xlsx")
        assert rows_of(found)[1] == ["a", 33.3, day, 10452]
        assert found.source.format == "XLSX, sheet Sheet"

    def test_the_kind_is_told_by_the_content_not_by_the_name(self, read):
        assert rows_of(read(a_workbook(["a", "b"]), "list.csv")) == [["a", "b"]]
        assert rows_of(read(b"a;b\n", "list.xlsx")) == [["a", "b"]]

    def test_the_sheet_that_looks_like_a_list_is_read(self, read):
        content = a_workbook(["About"], Entries=[["Reference", "Status", "Amount"], ["a", "posted", 1]])
        found = read(content, "list.xlsx")
        assert found.source.format == "XLSX, sheet Entries"
        assert found.row(1) == ("a", "posted", 1)

    def test_blank_rows_count_and_are_left_out(self, read):
        found = read(a_workbook(["Reference", "Status"], [], [None, ""], ["a", "posted"]), "list.xlsx")
        assert found.numbers == [1, 4]

    def test_a_row_that_is_formatted_to_the_sheets_edge_is_as_wide_as_its_cells(self, read):
        def stretch(parts):
            name = "xl/worksheets/sheet1.xml"
            parts[name] = parts[name].replace(b"</row>", b'<c r="XFD1"/></row>', 1)

        assert read(repacked(a_workbook(["a", "b"]), stretch), "list.xlsx").row(0) == ("a", "b")

    def test_a_size_that_the_sheet_only_claims_is_not_believed(self, read):
        def claim(parts):
            name = "xl/worksheets/sheet1.xml"
            parts[name] = parts[name].replace(b'<dimension ref="A1:B1"', b'<dimension ref="A1:XFD1048576"')

        found = read(repacked(a_workbook(["a", "b"]), claim), "list.xlsx")
        assert rows_of(found) == [["a", "b"]]


FAR_ROW = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="999999999999"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def with_part(name, data=b"x"):
    return repacked(a_workbook(["a", "b"]), lambda parts: parts.update({name: data}))


class TestWhatIsNoList:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "is empty"),
            (b"\xef\xbb\xbf", "neither|empty"),
            (b" \r\n\r\n", "is empty"),
            (b"\0" * 5000, "is empty"),
            (b";;\n;;\n", "no row in it"),
            (b"Reference;Status\na\0b;posted\n", "Line 2 of the file holds NUL bytes"),
            (b"%PDF-1.7 ...", "is a PDF"),
            (b"\x89PNG\r\n\x1a\n" + bytes(200), "is a picture"),
            (b"MZ\x90\x00" + bytes(200), "is a program"),
            (bytes(range(1, 256)) * 40, "neither a workbook nor a list"),
            (b"<!DOCTYPE html><table><tr><td>Reference</td></tr></table>", "markup"),
            (b'\xef\xbb\xbf <?xml version="1.0"?><a/>', "markup"),
            (codecs.BOM_UTF16_LE + b"a\0b", "holds bytes that are none"),
            (b'Reference;Status\n"a;' + b"x" * 200_000, "Line 2 of the file cannot be read"),
            (OLE, "document of an older office program"),
            (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
            (b"PK\x03\x04 and then nothing", "damaged or was not saved whole"),
            (a_workbook(["a", "b"])[:-200], "damaged or was not saved whole"),
            (with_part("xl/vbaProject.bin"), "holds macros"),
            (with_part("XL/VBAPROJECT.BIN"), "holds macros"),
            (with_part("word/document.xml"), "a text document"),
            (with_part("index/document.iwa"), "Numbers document"),
            (repacked(a_workbook(["a"]), lambda parts: parts.pop("xl/workbook.xml")), "cannot be read"),
            (repacked(a_workbook(["a"]), lambda parts: parts.pop("[Content_Types].xml")), "archive and no workbook"),
            (with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"), "cannot be read"),
            (with_part("xl/worksheets/sheet1.xml", FAR_ROW), "rows, which is more than"),
            (a_workbook(), "no row in it"),
            (b",".join([b"x"] * 1_000_000), "row of 1,000,000 columns"),
        ],
        ids=lambda value: value if isinstance(value, str) else "file",
    )
    def test_it_is_said_in_plain_words(self, read, content, words):
        with pytest.raises(PostingListProblem, match=words) as raised:
            read(content)
        assert raised.value.advice

    def test_macros_that_only_the_table_of_contents_admits_are_found(self, read):
        def claim(parts):
            name = "[Content_Types].xml"
            parts[name] = parts[name].replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")

        with pytest.raises(PostingListProblem, match="holds macros"):
            read(repacked(a_workbook(["a"]), claim))

    def test_a_zip_with_a_password_is_told(self, read):
        content = bytearray(a_workbook(["a"]))
        with zipfile.ZipFile(BytesIO(content)) as archive:
            place = archive.start_dir
        content[place + 8] |= 1
        with pytest.raises(PostingListProblem, match="protected by a password"):
            read(bytes(content))

    @pytest.mark.slow
    def test_a_workbook_that_would_unpack_to_gigabytes_is_not_unpacked(self, read):
        bomb = BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("[Content_Types].xml", "")
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
                for _ in range(LARGEST_UNPACKED_BYTES // 1_000_000 + 20):
                    part.write(bytes(1_000_000))
        assert len(bomb.getvalue()) < LARGEST_UNPACKED_BYTES / 100
        with pytest.raises(PostingListProblem, match="would unpack to"):
            read(bomb.getvalue())

    def test_a_workbook_of_too_many_parts_is_not_opened(self, read):
        def add(parts):
            parts.update({f"xl/media/{number}": b"" for number in range(3_000)})

        with pytest.raises(PostingListProblem, match="parts"):
            read(repacked(a_workbook(["a"]), add))

    def test_a_file_of_200_megabytes_is_refused_after_its_size_not_its_content(self, tmp_path):
        path = tmp_path / "list.csv"
        with path.open("wb") as file:
            file.truncate(200 * 1024 * 1024)
        with pytest.raises(PostingListProblem, match="has 200 MB; a posting list may have 64"):
            read_posting_list(path)

    def test_a_missing_file_and_a_folder_are_told(self, tmp_path):
        for path in (tmp_path / "none.csv", tmp_path):
            with pytest.raises(PostingListProblem, match="There is no file"):
                read_posting_list(path)

    def test_a_file_that_may_not_be_opened_is_told(self, tmp_path, monkeypatch):
        path = tmp_path / "list.csv"
        path.write_bytes(b"a;b\n")

        class Locked(type(path)):
            def open(self, *_arguments, **_named):
                raise PermissionError(13, "Permission denied")

        with pytest.raises(PostingListProblem, match="cannot be opened: Permission denied"):
            read_posting_list(Locked(path))

    @pytest.mark.slow
    def test_too_many_rows_and_too_many_cells_are_told_before_they_are_held(self, monkeypatch):
        with pytest.raises(PostingListProblem, match="rows, which is more than"):
            as_columns(["x"] for _ in range(MOST_ROWS + 5_000))
        monkeypatch.setattr(table, "MOST_CELLS", 10_000)
        with pytest.raises(PostingListProblem, match="rows, which is more than"):
            as_columns(["x"] * 20 for _ in range(100_000))

    def test_running_out_of_memory_is_told(self, read, monkeypatch):
        def out_of_memory(_rows):
            raise MemoryError

        monkeypatch.setattr(reader, "as_columns", out_of_memory)
        with pytest.raises(PostingListProblem, match="more memory"):
            read(b"a;b\n")
