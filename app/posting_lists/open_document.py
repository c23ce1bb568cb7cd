"""What a sheet of an OpenDocument workbook says beside its values: hidden and struck rows, zeros that a format shows,
errors. Pure."""

import re
from typing import Final

from app.posting_lists.limits import MOST_CELLS, MOST_COLUMNS
from app.posting_lists.problem import too_many_repetitions
from app.posting_lists.sheet_details import Place, SheetDetails, attributes_in

_TABLE = re.compile(rb"<table:table\s([^>]*)>(.*?)</table:table>", re.DOTALL)
_ROW_OR_CELL = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*?)(/?)>")
_REPEATED_ROW = re.compile(
    rb'<table:table-row\b[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL
)
_FILLED_CELL = re.compile(rb"<table:table-cell\b([^>]*office:value-type=[^>]*)>")
_STRUCK_STYLE = re.compile(
    rb'<style:style\s([^>]*)>(?:(?!</style:style>).)*text-line-through-style="(?!none")(?:(?!</style:style>).)*</style:style>',
    re.DOTALL,
)
_SHOWN = re.compile(rb"<text:p[^>]*>([^<]*)<")
# Zeros before a number, or letters: 0010301, RE-10301.
_NUMBERED = re.compile(r"(?:[^\W\d_]+[-/](?=\d)|(?=0\d))(\d+)")
_ROWS: Final = "table:number-rows-repeated"
_COLUMNS: Final = "table:number-columns-repeated"
_FEW_ROWS: Final = 1_000


def check_open_extent(xml: bytes) -> None:
    """Before all of a sheet is held: one cell can be said to stand in a million rows. Raises PostingListProblem."""
    cells = widest = 0
    for found in _REPEATED_ROW.finditer(xml):
        if b"office:value-type" in found[2] and int(found[1]) > _FEW_ROWS:
            cells += int(found[1]) * found[2].count(b"<table:table-cell")
    for cell in _FILLED_CELL.findall(xml) if b"number-columns-repeated" in xml else ():
        if b"number-columns-repeated" in cell:
            widest = max(widest, int(attributes_in(cell).get(_COLUMNS, "1")))
    if cells > MOST_CELLS or widest > MOST_COLUMNS:
        raise too_many_repetitions()


def open_sheet_details(xml: bytes, name: str) -> SheetDetails:
    table = next((body for said, body in _TABLE.findall(xml) if attributes_in(said).get("table:name") == name), b"")
    struck = {attributes_in(said).get("style:name", "") for said in _STRUCK_STYLE.findall(xml)}
    hidden: set[int] = set()
    struck_rows: set[int] = set()
    texts: dict[Place, str] = {}
    errors, row, column, rows_repeated = 0, 0, 0, 1  # rows count from 1
    for found in _ROW_OR_CELL.finditer(table):
        said = attributes_in(found[2])
        if found[1] == b"table-row":
            row, column, rows_repeated = row + rows_repeated, 0, int(said.get(_ROWS, "1"))
            if said.get("table:visibility", "visible") != "visible" and rows_repeated < _FEW_ROWS:
                hidden.update(range(row, row + rows_repeated))
            continue
        if not found[3]:
            is_error = said.get("calcext:value-type") == "error"
            shown = _shown_otherwise(table, found.end(), said, is_error=is_error)
            errors += is_error
            if shown:
                texts[row, column] = shown
            if said.get("table:style-name") in struck:
                struck_rows.add(row)
        column += int(said.get(_COLUMNS, "1"))
    return SheetDetails(frozenset(hidden), frozenset(struck_rows), {}, texts, errors)


def _shown_otherwise(table: bytes, place: int, said: dict[str, str], *, is_error: bool) -> str:
    """What the sheet shows where that is not the value: an error, or zeros before a whole number."""
    if not is_error and said.get("office:value-type") != "float":
        return ""
    found = _SHOWN.search(table, place, place + 2_000)
    text = found[1].decode("utf-8", "replace") if found else ""
    if is_error:
        return text or "#ERROR"
    number = _NUMBERED.fullmatch(text)
    return text if number and int(number[1]) == float(said.get("office:value", "nan")) else ""
