"""Lists as workbooks (.xlsx, .xlsb, .xls, .ods): read by calamine, which gives values; what it does not give is
looked up beside it. What cannot be read is told apart before anything is unpacked."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.messages import said
from app.posting_lists.headings import recognise
from app.posting_lists.limits import (
    HEAD_ROWS,
    LARGEST_UNPACKED_BYTES,
    MEGABYTE,
    MOST_COLUMNS,
    MOST_PARTS_OF_A_WORKBOOK,
)
from app.posting_lists.merged_cells import MergedDenials
from app.posting_lists.old_workbook import OLE, is_encrypted, old_sheet_details
from app.posting_lists.open_document import check_open_extent, open_sheet_details
from app.posting_lists.other_kinds import MAIL, SAVE_AS, SAVE_THE_ATTACHMENT
from app.posting_lists.problem import PostingListProblem, too_much_memory
from app.posting_lists.sheet_details import Package, SheetDetails, as_shown, check_extent, sheet_details
from app.posting_lists.table import Cell, Row, RowMark
from app.posting_lists.workbook_remarks import remarks_on

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ENCRYPTED_BIT: Final = 0x1
_CONTENT_TYPES: Final = "[Content_Types].xml"
_ENCRYPTED_WORKBOOK: Final = "EncryptedPackage".encode("utf-16-le")
_OF_A_MAIL: Final = "__substg1.0_".encode("utf-16-le")
_OLD_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")
_STREAMS_OF_A_WORKBOOK: Final = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "BOOK", "WORKBOOK"))
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument.spreadsheet"
# What other programs' files are told by, and what to call them.
_OTHER_KINDS: Final = (
    ("index/document.iwa", said("The file is a Numbers document, which Signoff does not read")),
    ("word/document.xml", said("The file is a text document, not a list")),
    ("ppt/presentation.xml", said("The file is a presentation, not a list")),
)


class Workbook:
    """A plain workbook. `rows` are those of the sheet that was chosen, else of the one whose head looks most like a
    posting list."""

    has_rows_of_one_line = False
    encoding = ""

    def __init__(self, content: bytes, sheet: str = "") -> None:
        """Raises PostingListProblem for whatever is no plain workbook, and for a sheet that is not in it."""
        self._content = content
        with _told():
            self._kind = _checked_kind(content)
            self._book = _opened(content)
            self._name, self.other_lists, self._hidden_lists = self._chosen(sheet)
            self._details = self._looked_up()
            self._sheet = self._book.get_sheet_by_name(self._name)

    @property
    def sheet(self) -> str:
        return self._name

    @property
    def format(self) -> str:
        return said("{kind}, sheet {sheet}", kind=self._kind, sheet=self._name)

    @property
    def remarks(self) -> tuple[str, ...]:
        return tuple(remarks_on(self._details, self.other_lists, self._hidden_lists))

    def marked_rows(self) -> Mapping[int, frozenset[RowMark]]:
        """By the numbers of the rows."""
        hidden, struck = self._details.hidden, self._details.struck
        return {
            number: frozenset(
                mark for mark, rows in ((RowMark.HIDDEN, hidden), (RowMark.STRUCK, struck)) if number in rows
            )
            for number in sorted(hidden | struck)
        }

    def rows(self) -> Iterator[Row]:
        """Raises PostingListProblem where the workbook turns out to be damaged."""
        with _told():
            first = self._sheet.start
            before: list[Cell] = [""] * (first[1] if first else 0)
            changes = _by_row(self._details)
            merged = MergedDenials(self._sheet.merged_cell_ranges or ())
            for number, cells in enumerate(self._sheet.iter_rows(), 1):
                row: Row = [*before, *cells] if before else cells
                if number in changes:
                    row = _as_the_sheet_shows(row, number, changes[number], self._details)
                row = merged.filled(row, number) if merged else row
                yield row if len(row) <= MOST_COLUMNS else _narrow(row)

    def _chosen(self, wanted: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """The sheet to read, and the others that look like lists: those that are seen, and those that are hidden."""
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        sheets = [each for each in self._book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        if not sheets:
            raise PostingListProblem(
                said("The workbook has no sheet with cells")
                if self._book.sheets_metadata
                else said("The workbook cannot be read: it names no sheet"),
                advice=SAVE_AS,
            )
        seen = [each.name for each in sheets if each.visible == SheetVisibleEnum.Visible]
        self.sheets = names = tuple(each.name for each in sheets)
        if wanted and wanted not in names:
            raise PostingListProblem(
                said("The workbook has no sheet {sheet}", sheet=wanted),
                advice=said("It has: {sheets}.", sheets=", ".join(names)),
            )
        if len(names) == 1:
            return names[0], (), ()
        likeness = {name: self._likeness(name) for name in names}
        best = wanted or max(seen or names, key=likeness.__getitem__)
        lists = [name for name in names if name != best and likeness[name][0]]
        return best, tuple(name for name in lists if name in seen), tuple(name for name in lists if name not in seen)

    def _likeness(self, name: str) -> tuple[int, bool]:
        try:
            self._check_extent(name)
            rows = self._book.get_sheet_by_name(name).to_python(nrows=HEAD_ROWS)
        except PostingListProblem:
            return 0, False
        head: list[Row] = [row for row in rows if any(row)]
        found = recognise(head)
        has_rows = found.row is not None and len(head) > found.row + 1
        return found.score if has_rows else 0, bool(head)

    def _check_extent(self, name: str) -> None:
        """Raises PostingListProblem. The whole of a sheet is held, with all cells between its first and its last."""
        if self._kind == "XLSX":
            with ZipFile(BytesIO(self._content)) as archive:
                check_extent(Package(archive).sheet(name))
        elif self._kind == "ODS":
            with ZipFile(BytesIO(self._content)) as archive:
                check_open_extent(archive.read("content.xml"))

    def _looked_up(self) -> SheetDetails:
        self._check_extent(self._name)
        if self._kind == "XLS":
            return old_sheet_details(self._content, self._name)
        if self._kind == "XLSB":
            return SheetDetails(is_unknown=True)
        with ZipFile(BytesIO(self._content)) as archive:
            if self._kind == "ODS":
                return open_sheet_details(archive.read("content.xml"), self._name)
            package = Package(archive)
            return sheet_details(package, package.sheet(self._name))


def _by_row(details: SheetDetails) -> dict[int, list[int]]:
    """The columns of the cells that are not as the sheet shows them, by the numbers of their rows."""
    found: dict[int, list[int]] = {}
    for row, column in (*details.formats, *details.texts):
        found.setdefault(row, []).append(column)
    return found


def _as_the_sheet_shows(row: Row, number: int, columns: Iterable[int], details: SheetDetails) -> list[Cell]:
    changed = [*row]
    for column in columns:
        # A cell that holds an error only may lie beyond the last one with a value.
        changed.extend([""] * (column + 1 - len(changed)))
        place, cell = (number, column), changed[column]
        if place in details.texts:
            changed[column] = details.texts[place]
        elif isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer():
            changed[column] = as_shown(int(cell), details.formats[place])
    return changed


def _narrow(row: Row) -> Row:
    """A row that is formatted to the sheet's edge is as wide as its last cell."""
    return row[: max((place for place, cell in enumerate(row, 1) if cell not in (None, "")), default=0)]


def _checked_kind(content: bytes) -> str:
    """Raises PostingListProblem for what is no workbook that can be read."""
    if content.startswith(OLE):
        if _OF_A_MAIL in content:  # which may have a workbook attached
            raise PostingListProblem(MAIL, advice=SAVE_THE_ATTACHMENT)
        if _ENCRYPTED_WORKBOOK in content or is_encrypted(content):
            raise password_problem()
        if _OLD_MACROS in content:
            raise _macros_problem()
        if not any(map(content.__contains__, _STREAMS_OF_A_WORKBOOK)):
            raise PostingListProblem(
                said("The file is a document of an older office program and no workbook, or was not saved whole")
            )
        return "XLS"
    with ZipFile(BytesIO(content)) as archive:
        return check_archive(archive)


def check_archive(archive: ZipFile) -> str:
    """Which kind of workbook it is, by the table of contents alone, which also bounds what reading a part can give.

    Raises PostingListProblem.
    """
    parts = archive.infolist()
    names = {part.filename.replace("\\", "/").casefold() for part in parts}
    for name, words in _OTHER_KINDS:
        if name in names:
            raise PostingListProblem(words, advice=SAVE_AS)
    if any(part.flag_bits & _ENCRYPTED_BIT for part in parts):
        raise password_problem()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED_BYTES or len(parts) > MOST_PARTS_OF_A_WORKBOOK:
        raise PostingListProblem(
            said(
                "The workbook would unpack to {megabytes:,} MB in {parts:,} parts, which is more than a posting list "
                "has",
                megabytes=unpacked // MEGABYTE,
                parts=len(parts),
            ),
            advice=said("Nothing was unpacked. Copy the list into a new workbook, or save it as CSV."),
        )
    if any(name.endswith("vbaproject.bin") for name in names) or _says_macros(archive, parts):
        raise _macros_problem()
    if "content.xml" in names and _CONTENT_TYPES.casefold() not in names:
        return _open_document(archive, names)
    if _CONTENT_TYPES.casefold() not in names:
        raise PostingListProblem(
            said("The file is an archive and no workbook"), advice=said("Unpack it, and open the list that is in it.")
        )
    return "XLSB" if "xl/workbook.bin" in names else "XLSX"


def _open_document(archive: ZipFile, names: Collection[str]) -> str:
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise password_problem()
    if "mimetype" in names and not archive.read("mimetype").decode("ascii", "replace").startswith(_OPEN_DOCUMENT):
        raise PostingListProblem(said("The file is an OpenDocument text or drawing, not a list"), advice=SAVE_AS)
    return "ODS"


def password_problem() -> PostingListProblem:
    return PostingListProblem(
        said("The workbook is protected by a password"),
        advice=said("Open it in your spreadsheet program, save the list without a password, and open that file."),
    )


def _macros_problem() -> PostingListProblem:
    return PostingListProblem(
        said("The workbook holds macros, which Signoff does not open"),
        advice=said("Open it in your spreadsheet program, save it as XLSX without macros, and open that file."),
    )


def _says_macros(archive: ZipFile, parts: Iterable[ZipInfo]) -> bool:
    types = next((part for part in parts if part.filename == _CONTENT_TYPES), None)
    return types is not None and types.file_size < MEGABYTE and b"macroEnabled" in archive.read(types)


def _opened(content: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError:
        raise password_problem() from None


@contextmanager
def _told() -> Iterator[None]:
    """A damaged workbook makes its readers raise anything, calamine's panic among them, which is no Exception."""
    try:
        yield
    except (PostingListProblem, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - as above
        raise _damaged(error) from None


def _damaged(error: BaseException) -> PostingListProblem:
    if isinstance(error, MemoryError):
        return too_much_memory()
    if isinstance(error, BadZipFile):
        return PostingListProblem(said("The workbook is damaged or was not saved whole"), details=str(error))
    return PostingListProblem(
        said("The workbook cannot be read"), advice=SAVE_AS, details=f"{type(error).__name__}: {error}"[:1000]
    )
