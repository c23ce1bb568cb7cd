"""What a sheet of XLSX says beside its values: hidden and struck rows, zeros that a format shows, errors, formulas that
were never computed. Looked up in its XML, and only where the XML has something of the kind."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from posixpath import join, normpath
from typing import Final, NamedTuple
from zipfile import ZipFile

from app.posting_lists.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from app.posting_lists.problem import too_many_rows, too_wide_a_sheet

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STYLES: Final = "xl/styles.xml"
_LETTERS: Final = 26
_FAR: Final = 2_000  # bytes in which a cell's value is looked for
_TAG: Final = rb"<(?:\w+:)?"
_SHEET = re.compile(_TAG + rb"sheet\b([^>]*)>")
_RELATION = re.compile(_TAG + rb"Relationship\b([^>]*)>")
_ROW_OR_CELL = re.compile(_TAG + rb"(row|c)(?=[\s/>])([^>]*?)(/?)>")
_ROW = re.compile(_TAG + rb"row(?=[\s/>])([^>]*)>")
_FIRST_CELL = re.compile(_TAG + rb"c(?=[\s/>])([^>]*)>")
# As nearly all programs write them, and as some do.
_PLAIN_ROW_NUMBER = re.compile(rb'<row r="(\d+)"')
_ROW_NUMBER = re.compile(_TAG + rb"""row\b[^>]*?\sr=["'](\d+)""")
_COLUMN_OF_TWO_LETTERS = re.compile(rb' r="[A-Z]{2}')
_CELL_COLUMN = re.compile(rb"""\sr=["']([A-Za-z]{1,3})\d""")
_FILLED_CELL = re.compile(_TAG + rb"""c\b[^>]*?\sr=["']([A-Za-z]{1,3})(\d+)[^>]*[^/]>""")
_VALUE = re.compile(_TAG + rb"v>([^<]*)<")
_ATTRIBUTE = re.compile(rb"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HIDDEN_ROW = re.compile(_TAG + rb"""row\b[^>]*\s(?:hidden\s*=\s*["'](?:1|true)|ht\s*=\s*["']0(?:\.0*)?["'])""")
_MAY_BE_HIDDEN: Final = (b"hidden", b'ht="0', b"ht='0")
_NOT_COMPUTED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_FONT = re.compile(_TAG + rb"font(?:\s*/>|\b[^>]*>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(_TAG + rb"""strike(?!\s+val\s*=\s*["'](?:0|false))""")
_FORMAT = re.compile(_TAG + rb"numFmt\b([^>]*)>")
_STYLE = re.compile(_TAG + rb"xf\b([^>]*)>")
_STYLES_OF_CELLS = re.compile(_TAG + rb"cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FONTS = re.compile(_TAG + rb"fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
# Digits with zeros before them, perhaps with words or signs between: 0000000, "RE-"00000, 000-0000.
_ZEROS = re.compile(r"""(?:"[^"]*"|\\.|[-/ ()0#])*""")
_PIECE = re.compile(r'"([^"]*)"|\\(.)|(.)')

# Where a cell stands: its row as a spreadsheet numbers it, and its column counted from 0.
Place = tuple[int, int]


class Extent(NamedTuple):
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class SheetDetails:
    """`formats` are those that show zeros before a number, `texts` what the sheet shows where its value says less, such
    as #N/A; `errors` are how many of these are errors. Rows are numbered as a spreadsheet does. `is_unknown` where the
    file does not let itself be asked."""

    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    formats: Mapping[Place, str] = field(default_factory=dict)
    texts: Mapping[Place, str] = field(default_factory=dict)
    errors: int = 0
    not_computed: int = 0
    is_unknown: bool = False


class Package:
    """The parts of a workbook by their names, whose case some programs get wrong."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}

    def part(self, name: str) -> bytes:
        """Empty where there is none."""
        found = self._names.get(name.replace("\\", "/").lstrip("/").casefold())
        return self._archive.read(found) if found else b""

    def sheet(self, name: str) -> bytes:
        """The XML of a sheet by its title; empty where it cannot be found."""
        targets = {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in map(attributes_in, _RELATION.findall(self.part(_RELATIONS)))
        }
        for sheet in map(attributes_in, _SHEET.findall(self.part(_WORKBOOK))):
            if sheet.get("name") == name:
                target = next((targets.get(value, "") for key, value in sheet.items() if key.endswith(":id")), "")
                return self.part(normpath(target if target.startswith("/") else join("xl", target)))
        return b""


def check_extent(xml: bytes) -> None:
    """Before all of a sheet is held: two cells can be a million rows and thousands of columns apart.

    Raises PostingListProblem.
    """
    extent = _extent(xml)
    if extent.rows > MOST_ROWS:
        raise too_many_rows(MOST_ROWS)
    if extent.columns > MOST_COLUMNS and extent.rows * extent.columns > MOST_CELLS:
        extent = _filled_extent(xml)
    if extent.rows * extent.columns > MOST_CELLS:
        raise too_wide_a_sheet(extent.rows, extent.columns)


def _extent(xml: bytes) -> Extent:
    rows = _PLAIN_ROW_NUMBER.findall(xml)
    if not rows or len(rows) != xml.count(b"<row "):
        rows = _ROW_NUMBER.findall(xml)
    if b" r='" not in xml and b' r="A' in xml and not _COLUMN_OF_TWO_LETTERS.search(xml):
        return Extent(max(map(int, rows), default=1), _LETTERS)
    columns = max(map(_column, set(_CELL_COLUMN.findall(xml))), default=0)
    return Extent(max(map(int, rows), default=xml.count(b"<row")), columns + 1)


def _filled_extent(xml: bytes) -> Extent:
    rows, columns = 0, 0
    for found in _FILLED_CELL.finditer(xml):
        rows, columns = max(rows, int(found[2])), max(columns, _column(found[1]))
    return Extent(rows, columns + 1)


def sheet_details(package: Package, xml: bytes) -> SheetDetails:
    not_computed = len(_NOT_COMPUTED.findall(xml)) if b"<f" in xml or b":f" in xml else 0
    styles = package.part(_STYLES)
    struck, formats = _struck_styles(styles), _zero_styles(styles)
    hidden = _hidden_rows(xml)
    wanted = _wanted_cells({*struck, *formats})
    struck_rows: set[int] = set()
    shown: dict[Place, str] = {}
    errors: dict[Place, str] = {}
    for cell in _cells(xml, wanted):
        if cell.style in struck and cell.is_filled:
            struck_rows.add(cell.place[0])
        if cell.style in formats:
            shown[cell.place] = formats[cell.style]
        if cell.error:
            errors[cell.place] = cell.error
    return SheetDetails(hidden, frozenset(struck_rows), shown, errors, len(errors), not_computed)


def _hidden_rows(xml: bytes) -> frozenset[int]:
    if not any(map(xml.__contains__, _MAY_BE_HIDDEN)) or not _HIDDEN_ROW.search(xml):
        return frozenset()
    hidden: set[int] = set()
    number = 0
    for said in map(attributes_in, _ROW.findall(xml)):
        number = int(said.get("r") or number + 1)
        if said.get("hidden") in ("1", "true") or _is_zero(said.get("ht", "")):
            hidden.add(number)
    return frozenset(hidden)


def _wanted_cells(styles: Collection[int]) -> bytes:
    """What is said of a cell that is an error, or has one of these styles, as the pattern for it."""
    numbers = "|".join(map(str, sorted(styles)))
    of_style = rf"""|s\s*=\s*["'](?:{numbers})["']""" if styles else ""
    return rf"""\s(?:t\s*=\s*["']e["']{of_style})""".encode()


class _FoundCell(NamedTuple):
    place: Place
    style: int
    is_filled: bool
    error: str


def _cells(xml: bytes, wanted: bytes) -> Iterator[_FoundCell]:
    first = _FIRST_CELL.search(xml)
    if first and "r" not in attributes_in(first[1]):
        yield from _cells_in_turn(xml, re.compile(wanted))
        return
    for found in re.finditer(_TAG + rb"c(?=\s)(?=[^>]*" + wanted + rb")([^>]*?)(/?)>", xml):
        said = attributes_in(found[1])
        place = re.fullmatch(r"([A-Za-z]+)(\d+)", said.get("r", ""))
        if place:
            yield _found_cell(xml, found, (int(place[2]), _column(place[1].encode())), said)


def _cells_in_turn(xml: bytes, wanted: re.Pattern[bytes]) -> Iterator[_FoundCell]:
    """Rows and cells that do not say where they stand follow one another."""
    row = column = 0
    for found in _ROW_OR_CELL.finditer(xml):
        if found[1] == b"row":
            row, column = int(attributes_in(found[2]).get("r") or row + 1), -1
            continue
        column += 1
        if wanted.search(found[2]):
            yield _found_cell(xml, found, (row, column), attributes_in(found[2]))


def _found_cell(xml: bytes, found: re.Match[bytes], place: Place, said: Mapping[str, str]) -> _FoundCell:
    error = ""
    if said.get("t") == "e":
        value = _VALUE.search(xml, found.end(), found.end() + _FAR)
        error = value[1].decode("utf-8", "replace") if value else "#ERROR"
    is_closed = found[0].endswith(b"/>")
    return _FoundCell(place, int(said.get("s") or 0), not is_closed, error)


def _is_zero(height: str) -> bool:
    return height.replace(".", "").strip("0") == "" and height != ""


def attributes_in(said: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(said)
    }


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place - 1


def _styles_of_cells(styles: bytes) -> list[dict[str, str]]:
    found = _STYLES_OF_CELLS.search(styles)
    return [attributes_in(each) for each in _STYLE.findall(found[0])] if found else []


def _struck_styles(styles: bytes) -> frozenset[int]:
    """The styles of cells whose text is struck through."""
    if b"strike" not in styles:
        return frozenset()
    fonts = _FONTS.search(styles)
    struck = {
        str(place) for place, font in enumerate(_FONT.findall(fonts[0] if fonts else b"")) if _STRIKE.search(font)
    }
    return frozenset(place for place, style in enumerate(_styles_of_cells(styles)) if style.get("fontId") in struck)


def _zero_styles(styles: bytes) -> dict[int, str]:
    """The styles of cells that show zeros before a number, and their formats."""
    if b"00" not in styles:
        return {}
    formats = {
        said.get("numFmtId", ""): code
        for said in map(attributes_in, _FORMAT.findall(styles))
        if shows_zeros(code := said.get("formatCode", "").partition(";")[0])
    }
    return {
        place: formats[number]
        for place, style in enumerate(_styles_of_cells(styles) if formats else ())
        if (number := style.get("numFmtId", "")) in formats
    }


def shows_zeros(code: str) -> bool:
    """Whether a number format is one of at least two digits and no decimals."""
    return bool(_ZEROS.fullmatch(code)) and sum(1 for _, _, sign in _PIECE.findall(code) if sign == "0") > 1


def as_shown(number: int, code: str) -> str:
    """A whole number as a spreadsheet shows it by a format that `shows_zeros`."""
    pieces = _PIECE.findall(code)
    digits = [*str(abs(number))]
    shown: list[str] = []
    places = sum(1 for _, _, sign in pieces if sign and sign in "0#")
    for quoted, escaped, sign in reversed(pieces):
        if sign not in ("0", "#"):
            shown.append(quoted or escaped or sign)
            continue
        places -= 1
        if places:
            shown.append(digits.pop() if digits else "0" if sign == "0" else "")
        else:
            shown.append("".join(digits) or ("0" if sign == "0" else ""))
    return ("-" if number < 0 else "") + "".join(reversed(shown))
