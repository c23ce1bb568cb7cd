"""Opens a file that the user chose, and reads it as a table whatever it is; what is none is said in plain words."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.messages import said
from app.posting_lists.encodings import damaged_letters, readings_of
from app.posting_lists.fixed_width import fixed_width_problem
from app.posting_lists.limits import LARGEST_FILE_BYTES, MEGABYTE
from app.posting_lists.old_workbook import OLE
from app.posting_lists.other_kinds import SAVE_AS, kind_by_bytes, kind_by_words
from app.posting_lists.problem import PostingListProblem, too_much_memory
from app.posting_lists.split_amounts import with_amounts_joined
from app.posting_lists.table import Marks, PostingTable, ReadingChoice, Source, as_columns
from app.posting_lists.text_file import TextList, read_text, without_wrapping
from app.posting_lists.workbook import Workbook
from app.texts.phrases import readable_name

_ZIP: Final = b"PK\x03\x04"
_CONTROL: Final = frozenset(map(chr, (*range(1, 9), *range(14, 32))))
_MOST_CONTROL: Final = 0.02


AS_FOUND: Final = ReadingChoice()


def read_posting_list(path: Path, choice: ReadingChoice = AS_FOUND) -> PostingTable:
    """Raises PostingListProblem. Takes seconds for a long workbook: best in a process of its own."""
    content = content_of(path)
    found = _list_in(content, choice)
    try:
        columns, numbers = as_columns(found.rows())
    except MemoryError:
        raise too_much_memory() from None
    if not numbers:
        raise PostingListProblem(
            said("The file is empty: there is no row in it"), advice=said("Check that it is the right file.")
        )
    remarks = found.remarks
    marks: Marks = {}
    readings: dict[str, tuple[str, ...]] = {}
    if isinstance(found, TextList):
        columns, more = without_wrapping(columns, found)
        columns, put_together = with_amounts_joined(columns, found.separator)
        readings = readings_of(content)
        remarks = (*remarks, *more, *put_together, *_about_letters(readings.get(found.encoding, ())))
    elif marked := found.marked_rows():
        marks = {place: marked[number] for place, number in enumerate(numbers) if number in marked}
    source = Source(
        readable_name(path.name),
        sha256(content).hexdigest(),
        found.format,
        found.has_rows_of_one_line,
        encoding=found.encoding,
        sheet=found.sheet,
        other_lists=found.other_lists,
        sheets=found.sheets,
        remarks=remarks,
    )
    return PostingTable(source, columns, numbers, marks, readings)


def _about_letters(lines: Sequence[str]) -> Iterator[str]:
    damaged = next(filter(None, map(damaged_letters, lines)), "")
    if damaged:
        yield said(
            "Letters look damaged, such as in {word}: choose another encoding, or export the list once more.",
            word=damaged,
        )


def content_of(path: Path) -> bytes:
    """Raises PostingListProblem for what cannot be opened, or is too large."""
    try:
        if not path.is_file():
            raise PostingListProblem(
                said("There is no file {path}", path=readable_name(str(path))),
                advice=said("Check its name and folder."),
            )
        _check_size(path.stat().st_size)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise PostingListProblem(
            said("The file {file} cannot be opened: {why}", file=readable_name(path.name), why=error.strerror),
            advice=said("Close it in other programs, or copy it to a folder of your own, and try once more."),
        ) from None
    _check_size(len(content))
    return content


def _check_size(size: int) -> None:
    if size > LARGEST_FILE_BYTES:
        raise PostingListProblem(
            said(
                "The file has {megabytes:,} MB; a posting list may have {most}",
                megabytes=size // MEGABYTE,
                most=LARGEST_FILE_BYTES // MEGABYTE,
            ),
            advice=said("Check that it is the right file, or export the list for the period of this job only."),
        )


def _list_in(content: bytes, choice: ReadingChoice) -> TextList | Workbook:
    if not content.strip(b"\0 \t\r\n"):
        raise PostingListProblem(
            said("The file is empty"), advice=said("Check that it is the right file, and that it was saved.")
        )
    if content.startswith((_ZIP, OLE)):
        return Workbook(content, choice.sheet)
    problem = kind_by_bytes(content)
    if problem:
        raise problem
    found = read_text(content, choice.encoding)
    problem = kind_by_words(found.text)
    if problem:
        raise problem
    problem = fixed_width_problem(found.text)
    if problem:
        raise problem
    if _is_no_text(found.text):
        raise PostingListProblem(said("The file is neither a workbook nor a list of text"), advice=SAVE_AS)
    return found


def _is_no_text(text: str) -> bool:
    sample = text[:4000]
    return sum(map(_CONTROL.__contains__, sample)) > _MOST_CONTROL * len(sample)
