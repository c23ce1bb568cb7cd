"""Lists as workbooks: what is no plain XLSX is told apart before anything is unpacked; rows are read by openpyxl."""

import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from zipfile import BadZipFile, ZipFile

from app.posting_lists.headings import recognise
from app.posting_lists.limits import (
    HEAD_ROWS,
    LARGEST_UNPACKED_BYTES,
    MEGABYTE,
    MOST_COLUMNS,
    MOST_PARTS_OF_A_WORKBOOK,
)
from app.posting_lists.problem import PostingListProblem, too_much_memory
from app.posting_lists.table import Row

_SAVE_AS = "Open it in your spreadsheet program, save the list as XLSX or CSV, and open that file."
_ENCRYPTED_BIT = 0x1
_CONTENT_TYPES = "[Content_Types].xml"
# What other programs' files are told by, and what to call them.
_OTHER_KINDS = (
    ("xl/workbook.bin", "The file is a binary workbook (.xlsb)"),
    ("index/document.iwa", "The file is a Numbers document"),
    ("word/document.xml", "The file is a text document"),
    ("content.xml", "The file is an OpenDocument table (.ods)"),
)


class Workbook:
    """A plain workbook. `rows` are those of the sheet whose head looks most like a posting list."""

    def __init__(self, content: Any) -> None:
        """`content` is a file open for reading. Raises PostingListProblem for whatever is no plain XLSX."""
        try:
            with ZipFile(content) as archive:
                check_archive(archive)
            self._book = _opened(content)
            self._sheet = _likeliest(self._book)
        except PostingListProblem:
            raise
        except Exception as error:  # noqa: BLE001 - a damaged workbook makes its readers raise anything
            raise _damaged(error) from None

    has_rows_of_one_line = False

    @property
    def format(self) -> str:
        return f"XLSX, sheet {self._sheet.title}"

    def rows(self) -> Iterator[Row]:
        """Raises PostingListProblem where the workbook turns out to be damaged."""
        try:
            yield from _narrow(self._sheet.iter_rows(values_only=True))
        except PostingListProblem:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            raise _damaged(error) from None


def check_archive(archive: ZipFile) -> None:
    """By the table of contents alone, which also bounds what reading a part can give. Raises PostingListProblem."""
    parts = archive.infolist()
    names = {part.filename.casefold() for part in parts}
    for name, words in _OTHER_KINDS:
        if name in names:
            raise PostingListProblem(f"{words}, which Signoff does not read", advice=_SAVE_AS)
    if any(part.flag_bits & _ENCRYPTED_BIT for part in parts):
        raise password_problem()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED_BYTES or len(parts) > MOST_PARTS_OF_A_WORKBOOK:
        raise PostingListProblem(
            f"The workbook would unpack to {unpacked // MEGABYTE:,} MB in {len(parts):,} parts, which is more than a "
            f"posting list has",
            advice="Nothing was unpacked. Copy the list into a new workbook, or save it as CSV.",
        )
    if any(name.endswith("vbaproject.bin") for name in names) or _says_macros(archive, parts):
        raise PostingListProblem(
            "The workbook holds macros, which Signoff does not open",
            advice="Open it in your spreadsheet program, save it as XLSX without macros, and open that file.",
        )
    if _CONTENT_TYPES.casefold() not in names:
        raise PostingListProblem("The file is an archive and no workbook", advice=_SAVE_AS)


def password_problem() -> PostingListProblem:
    return PostingListProblem(
        "The workbook is protected by a password",
        advice="Open it in your spreadsheet program, save the list without a password, and open that file.",
    )


def _says_macros(archive: ZipFile, parts: Iterable[Any]) -> bool:
    types = next((part for part in parts if part.filename == _CONTENT_TYPES), None)
    return types is not None and types.file_size < MEGABYTE and b"macroEnabled" in archive.read(types)


def _opened(content: Any) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # It remarks on styles and extensions, which a list does not need.
        warnings.simplefilter("ignore")
        return load_workbook(content, read_only=True, data_only=True, keep_links=False)


def _likeliest(book: Any) -> Any:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or list(book.worksheets)
    for sheet in sheets:
        # Some programs write a wrong size, and whoever means harm writes an enormous one.
        sheet.reset_dimensions()
    if not sheets:
        raise PostingListProblem("The workbook has no sheet", advice=_SAVE_AS)
    return sheets[0] if len(sheets) == 1 else max(sheets, key=_likeness)


def _likeness(sheet: Any) -> tuple[int, bool]:
    head = [row for row in islice(sheet.iter_rows(values_only=True), HEAD_ROWS) if any(row)]
    return recognise(head).score, bool(head)


def _narrow(rows: Iterable[Row]) -> Iterator[Row]:
    """A row that is formatted to the sheet's edge is as wide as its last cell."""
    for row in rows:
        if len(row) <= MOST_COLUMNS:
            yield row
        else:
            width = max((place for place, cell in enumerate(row, 1) if cell is not None), default=0)
            yield row[:width]


def _damaged(error: Exception) -> PostingListProblem:
    if isinstance(error, MemoryError):
        return too_much_memory()
    if isinstance(error, BadZipFile):
        return PostingListProblem("The workbook is damaged or was not saved whole", details=str(error))
    return PostingListProblem(
        "The workbook cannot be read", advice=_SAVE_AS, details=f"{type(error).__name__}: {error}"[:1000]
    )
