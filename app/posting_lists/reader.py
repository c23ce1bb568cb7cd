"""Opens a file that the user chose, and reads it as a table whatever it is; what is none is said in plain words."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

from app.posting_lists.limits import LARGEST_FILE_BYTES, MEGABYTE
from app.posting_lists.problem import PostingListProblem, too_much_memory
from app.posting_lists.table import PostingTable, Source, as_columns
from app.posting_lists.text_file import TextList, read_text
from app.posting_lists.workbook import Workbook, password_problem

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_WORKBOOK: Final = "EncryptedPackage".encode("utf-16-le")
_OTHER_KINDS: Final = (
    (b"%PDF", "The file is a PDF"),
    (b"\x89PNG", "The file is a picture"),
    (b"\xff\xd8\xff", "The file is a picture"),
    (b"GIF8", "The file is a picture"),
    (b"\x1f\x8b", "The file is a packed archive"),
    (b"7z\xbc\xaf", "The file is a packed archive"),
    (b"Rar!", "The file is a packed archive"),
    (b"\x7fELF", "The file is a program"),
    (b"MZ", "The file is a program"),
)
_MARKUP: Final = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<body")
_CONTROL: Final = frozenset(map(chr, (*range(1, 9), *range(14, 32))))
_MOST_CONTROL: Final = 0.02
_SAVE_AS: Final = "Open it in your spreadsheet program, save the list as XLSX or CSV, and open that file."


def read_posting_list(path: Path) -> PostingTable:
    """Raises PostingListProblem. Takes seconds for a long workbook: best in a process of its own."""
    content = _content(path)
    found = _list_in(content)
    try:
        columns, numbers = as_columns(found.rows())
    except MemoryError:
        raise too_much_memory() from None
    if not numbers:
        raise PostingListProblem("The file is empty: there is no row in it", advice="Check that it is the right file.")
    digest = sha256(content).hexdigest()
    return PostingTable(Source(path.name, digest, found.format, found.has_rows_of_one_line), columns, numbers)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise PostingListProblem(f"There is no file {path}", advice="Check its name and folder.")
        _check_size(path.stat().st_size)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise PostingListProblem(
            f"The file {path.name} cannot be opened: {error.strerror}",
            advice="Close it in other programs, or copy it to a folder of your own, and try once more.",
        ) from None
    _check_size(len(content))
    return content


def _check_size(size: int) -> None:
    if size > LARGEST_FILE_BYTES:
        raise PostingListProblem(
            f"The file has {size // MEGABYTE:,} MB; a posting list may have {LARGEST_FILE_BYTES // MEGABYTE}",
            advice="Check that it is the right file, or export the list for the period of this job only.",
        )


def _list_in(content: bytes) -> TextList | Workbook:
    if not content.strip(b"\0 \t\r\n"):
        raise PostingListProblem("The file is empty", advice="Check that it is the right file, and that it was saved.")
    if content.startswith(_ZIP):
        return Workbook(BytesIO(content))
    if content.startswith(_OLE):
        raise _old_container(content)
    for mark, words in _OTHER_KINDS:
        if content.startswith(mark):
            raise PostingListProblem(f"{words}, not a list that can be read")
    if content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise PostingListProblem(
            "The file holds markup as of a web page, although its name may say otherwise", advice=_SAVE_AS
        )
    found = read_text(content)
    if _is_no_text(found.text):
        raise PostingListProblem("The file is neither a workbook nor a list of text")
    return found


def _old_container(content: bytes) -> PostingListProblem:
    if _ENCRYPTED_WORKBOOK in content:
        return password_problem()
    return PostingListProblem("The file is an old workbook (.xls), which Signoff does not read", advice=_SAVE_AS)


def _is_no_text(text: str) -> bool:
    sample = text[:4000]
    return sum(map(_CONTROL.__contains__, sample)) > _MOST_CONTROL * len(sample)
