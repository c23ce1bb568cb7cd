"""Workbooks of the kinds that accountants have, written byte by byte: OpenDocument, binary XLSX, and that of 1997."""

import io
import struct
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape

Written = str | float | None
_ZEROS = "0000000"


@dataclass
class Sheet:
    """`hidden` and `struck` are rows, `zeros` columns with the format 0000000, `errors` cells: all counted from 0.
    `merged` are ranges of cells, in XLSX only."""

    rows: Sequence[Sequence[Written]]
    title: str = "Buchungen"
    hidden: Collection[int] = ()
    struck: Collection[int] = ()
    zeros: Collection[int] = ()
    errors: Collection[tuple[int, int]] = ()
    is_hidden: bool = False
    merged: Collection[str] = ()


def xlsx(*sheets: Sheet) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    for made in sheets:
        sheet = book.create_sheet(made.title)
        for row in made.rows:
            sheet.append(row)
        for row, column, cell in _cells(made):
            written = sheet.cell(row + 1, column + 1)
            if (row, column) in made.errors:
                written.value = "#N/A"
                written.data_type = "e"
            if column in made.zeros and isinstance(cell, float | int):
                written.number_format = _ZEROS
            if row in made.struck:
                written.font = Font(strike=True)
        for row in made.hidden:
            sheet.row_dimensions[row + 1].hidden = True
        for cells in made.merged:
            sheet.merge_cells(cells)
        if made.is_hidden:
            sheet.sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cells(made: Sheet) -> Iterable[tuple[int, int, Written]]:
    return ((row, column, cell) for row, cells in enumerate(made.rows) for column, cell in enumerate(cells))


def ods(made: Sheet) -> bytes:
    """As LibreOffice writes it, with its columns to the sheet's edge."""
    rows = "".join(_ods_row(made, row, cells) for row, cells in enumerate(made.rows))
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
        for name, urn in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        '<office:automatic-styles><style:style style:name="ce1" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="{made.title}">{rows}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="9999"/>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_row(made: Sheet, row: int, cells: Sequence[Written]) -> str:
    shown = ' table:visibility="collapse"' if row in made.hidden else ""
    style = ' table:style-name="ce1"' if row in made.struck else ""
    told = "".join(_ods_cell(made, (row, column), cell, style) for column, cell in enumerate(cells))
    return f'<table:table-row{shown}>{told}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'


def _ods_cell(made: Sheet, place: tuple[int, int], cell: Written, style: str) -> str:
    if place in made.errors:
        return _ods_text('office:value-type="string" calcext:value-type="error"', "#N/A", style)
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return _ods_text('office:value-type="string"', escape(cell), style)
    text = f"{int(cell):07}" if place[1] in made.zeros else f"{cell}"
    return _ods_text(f'office:value-type="float" office:value="{cell}"', text, style)


def _ods_text(said: str, text: str, style: str) -> str:
    return f"<table:table-cell{style} {said}><text:p>{text}</text:p></table:table-cell>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def xlsb(made: Sheet) -> bytes:
    """Values only: texts and numbers."""
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def relation(name: str, target: str) -> str:
        one = f'<Relationship Id="rId1" Type="{kind}/{name}" Target="{target}"/>'
        return f'<Relationships xmlns="{package}/relationships">{one}</Relationships>'

    book = _long(131) + _long(143)
    book += _long(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(made.title)) + _long(144) + _long(132)
    sheet = _long(129) + _long(148, struct.pack("<IIII", 0, len(made.rows) - 1, 0, 20)) + _long(145)
    for row, cells in enumerate(made.rows):
        sheet += _long(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
        for column, cell in enumerate(cells):
            at = struct.pack("<II", column, 0)
            if cell is not None:
                sheet += _long(6, at + _wide(cell)) if isinstance(cell, str) else _long(5, at + struct.pack("<d", cell))
    sheet += _long(146) + _long(130)
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
            "_rels/.rels": relation("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relation("worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _long(number: int, body: bytes = b"") -> bytes:
    """A record of XLSB: its number and its length in groups of seven bits."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size = bytes([len(body)]) if len(body) < 128 else bytes([len(body) & 0x7F | 0x80, len(body) >> 7])
    return head + size + body


def xls(made: Sheet, *, has_password: bool = False) -> bytes:
    """The records of Excel 97 in the container of that time."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)
    fonts = b"".join(
        _short(0x31, struct.pack("<HHHHHBBBBBB", 200, 8 * (n == 4), 0, 400, 0, 0, 0, 0, 0, 1, 0) + b"A")
        for n in range(5)
    )
    form = _short(0x41E, struct.pack("<HHB", 164, len(_ZEROS), 0) + _ZEROS.encode())
    # Plain, struck through, with zeros; the fifth font is called 5.
    styles = b"".join(
        _short(0xE0, struct.pack("<HH", font, code) + bytes(16)) for font, code in ((0, 0), (5, 0), (0, 164))
    )
    password = _short(0x2F, bytes(54)) if has_password else b""
    title = made.title.encode("latin-1")

    def opening(place: int) -> bytes:
        sheet = struct.pack("<IBBBB", place, int(made.is_hidden), 0, len(title), 0) + title
        return _short(0x809, begin) + password + fonts + form + styles + _short(0x85, sheet) + _short(0x0A)

    book = opening(len(opening(0))) + _short(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    for row, cells in enumerate(made.rows):
        flags = 0x100 | (0x20 if row in made.hidden else 0)
        book += _short(0x208, struct.pack("<HHHHHHI", row, 0, len(cells), 255, 0, 0, flags))
        for column, cell in enumerate(cells):
            book += _old_cell(made, row, column, cell)
    return _contained(book + _short(0x0A))


def _old_cell(made: Sheet, row: int, column: int, cell: Written) -> bytes:
    style = 1 if row in made.struck else 2 if column in made.zeros and not isinstance(cell, str) else 0
    at = struct.pack("<HHH", row, column, style)
    if (row, column) in made.errors:
        return _short(0x205, at + b"\x2a\x01")
    if cell is None:
        return b""
    if isinstance(cell, str):
        return _short(0x204, at + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
    return _short(0x203, at + struct.pack("<d", cell))


def _short(number: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def _contained(stream: bytes) -> bytes:
    """In sectors of 512 bytes: the stream, a directory, and the table that chains them."""
    stream = stream.ljust(4096, b"\0")  # a shorter one would be kept elsewhere
    stream += bytes(-len(stream) % 512)
    count = len(stream) // 512
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    chain = [*range(1, count), end, end, 0xFFFFFFFD]
    table_sectors = 1
    assert len(chain) <= 128 * table_sectors
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, count, 0, 4096, end, 0, end, 0)
    head += struct.pack("<I", count + 1) + struct.pack("<I", free) * 108
    directory = _entry("Root Entry", 5, end, 0, child=1) + _entry("Workbook", 2, 0, len(stream)) + bytes(256)
    return head + stream + directory + table


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    none = 0xFFFFFFFF
    told = (
        letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1) + struct.pack("<III", none, none, child)
    )
    return told + bytes(36) + struct.pack("<IQ", start, size)
