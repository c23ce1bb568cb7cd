"""Writes rows as CSV or XLSX, typed, in slices; what looks like a formula stays text."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Protocol

from app.messages import said, shown
from app.posting_lists.amounts import DecimalSign
from app.posting_lists.problem import PostingListProblem
from app.posting_lists.round_trip import FAILED, HEADINGS, HOW_TO, POSTED, STATUS, Written
from app.posting_lists.table import is_like_a_formula
from app.slices import Slices

_ROWS_IN_A_SLICE: Final = 20
# Translators: names of sheets, of 31 letters at the most
_OPEN_ITEMS: Final = said("Open items")
_HOW_TO: Final = said("How to fill it in")
_LONGEST_CELL: Final = 32_767
# What XML cannot hold, and halves of characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTHS: Final = (18, 38, 12, 28, 20, 32, 14, 10, 12, 16, 14, 32, 48, 32)


class ListWriter(Protocol):
    """Methods raise OSError."""

    def append(self, row: Sequence[Written]) -> None: ...

    def close(self) -> None:
        """Brings it to the disk. Takes seconds for a long workbook: best in a thread."""

    def abandon(self) -> None: ...


def writer_for(path: Path, decimal: DecimalSign) -> ListWriter:
    """By the name's ending; CSV as spreadsheets with that decimal sign read it. Raises OSError."""
    return WorkbookWriter(path) if path.suffix.lower() == ".xlsx" else CsvWriter(path, decimal)


def appended(writer: ListWriter, rows: Iterable[Sequence[Written]]) -> Slices[int]:
    """How many rows there were."""
    count = 0
    for count, row in enumerate(rows, 1):
        writer.append(row)
        if count % _ROWS_IN_A_SLICE == 0:
            yield
    return count


def cannot_be_written(path: Path, error: OSError) -> PostingListProblem:
    return PostingListProblem(
        said("{file} cannot be written: {why}", file=path.name, why=error.strerror or error),
        advice=said("Close it in other programs, or choose another folder."),
    )


class CsvWriter:
    """UTF-8 with its mark, by which spreadsheets know it."""

    def __init__(self, path: Path, decimal: DecimalSign) -> None:
        self._path = path
        self._decimal = decimal
        self._fresh = path.with_name(f"{path.name}.new")
        self._file = self._fresh.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._writer = csv.writer(self._file, delimiter=";" if decimal == "," else ",")
        self._writer.writerow([shown(words) for words in HEADINGS])

    def append(self, row: Sequence[Written]) -> None:
        self._writer.writerow([self._text(cell) for cell in row])

    def _text(self, cell: Written) -> str:
        if cell is None:
            return ""
        if isinstance(cell, Decimal):
            return f"{cell:f}".replace(".", self._decimal)
        return cell.isoformat() if isinstance(cell, date) else harmless(shown(cell))

    def close(self) -> None:
        self._file.close()
        self._fresh.replace(self._path)

    def abandon(self) -> None:
        self._file.close()
        self._fresh.unlink(missing_ok=True)


class WorkbookWriter:
    """Numbers as numbers, days as days, ids as text; a list to choose the status from, and a sheet that says how."""

    def __init__(self, path: Path) -> None:
        from openpyxl import Workbook

        self._path = path
        self._fresh = path.with_name(f"{path.name}.new")
        self._fresh.touch()
        self._book: Any = Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet(shown(_OPEN_ITEMS))
        self._dress()
        self._sheet.append([self._heading(words) for words in HEADINGS])

    def append(self, row: Sequence[Written]) -> None:
        self._sheet.append([self._cell(cell) for cell in row])

    def close(self) -> None:
        how_to = self._book.create_sheet(shown(_HOW_TO))
        how_to.column_dimensions["A"].width = 110
        for line in HOW_TO:
            how_to.append([shown(line)])
        self._book.save(self._fresh)
        self._fresh.replace(self._path)

    def abandon(self) -> None:
        if not self._sheet.closed:
            self._sheet.close()
        self._fresh.unlink(missing_ok=True)

    def _dress(self) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        sheet = self._sheet
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        status = DataValidation(type="list", formula1=f'"{shown(POSTED)},{shown(FAILED)}"', allow_blank=True)
        letter = get_column_letter(STATUS + 1)
        status.add(f"{letter}2:{letter}1048576")
        sheet.data_validations.append(status)

    def _heading(self, words: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        cell = WriteOnlyCell(self._sheet, shown(words))
        cell.font = Font(bold=True)
        return cell

    def _cell(self, value: Written) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if value is None:
            return None
        if isinstance(value, str):
            return self._text(shown(value))
        cell = WriteOnlyCell(self._sheet)
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        if isinstance(value, Decimal):
            cell.number_format = "#,##0.00"
        elif isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd hh:mm:ss"
        return cell

    def _text(self, value: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        marked = harmless(value) if value.startswith("'") else value
        cell = WriteOnlyCell(self._sheet, _ILLEGAL.sub(" ", marked)[:_LONGEST_CELL])
        # Text whatever it looks like, and also after somebody has edited it.
        cell.data_type = "s"
        cell.quotePrefix = is_like_a_formula(value)
        return cell


def harmless(text: str) -> str:
    """Marked as text where a spreadsheet would take it for a formula; `text_of` takes the mark off again."""
    return f"'{text}" if is_like_a_formula(text) else text
