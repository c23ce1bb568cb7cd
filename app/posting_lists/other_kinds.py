"""What a file is that is no list: told by its first bytes or its first words, each with the way out. Pure."""

import re
from collections.abc import Callable
from typing import Final

from app.messages import joined, said
from app.posting_lists.problem import PostingListProblem
from app.texts.parsing import read_json

SAVE_AS: Final = said("Open it in your spreadsheet program, save the list as XLSX or CSV, and open that file.")
_EXPORT_A_LIST: Final = said(
    "In the accounting system, export the vouchers or journal entries as a list (CSV or XLSX), with the column that "
    "holds Pleo's id, and open that file."
)
SAVE_THE_ATTACHMENT: Final = said("Open the mail, save the list that is attached to it, and open that file.")
MAIL: Final = said("The file is a mail, not a list that can be read")
_PICTURE: Final = said("The file is a picture, not a list that can be read")
_ARCHIVE: Final = said("The file is a packed archive, not a list that can be read")
_UNPACK: Final = said("Unpack it, and open the list that is in it.")

_BY_FIRST_BYTES: Final = (
    (b"%PDF", said("The file is a PDF, not a list that can be read"), _EXPORT_A_LIST),
    (b"\x89PNG", _PICTURE, _EXPORT_A_LIST),
    (b"\xff\xd8\xff", _PICTURE, _EXPORT_A_LIST),
    (b"GIF8", _PICTURE, _EXPORT_A_LIST),
    (b"II*\0", _PICTURE, _EXPORT_A_LIST),
    (b"MM\0*", _PICTURE, _EXPORT_A_LIST),
    (b"\x1f\x8b", _ARCHIVE, _UNPACK),
    (b"7z\xbc\xaf", _ARCHIVE, _UNPACK),
    (b"Rar!", _ARCHIVE, _UNPACK),
    (b"BZh", _ARCHIVE, _UNPACK),
    (b"\xfd7zXZ", _ARCHIVE, _UNPACK),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE, _UNPACK),
    (b"\x7fELF", said("The file is a program, not a list that can be read"), said("Check that it is the right file.")),
    (b"SQLite format 3", said("The file is a database, not a list that can be read"), _EXPORT_A_LIST),
    (
        b"PAR1",
        said("The file is a Parquet table, not a list that can be read"),
        said("Save the table as CSV, and open that file."),
    ),
    (b"{\\rtf", said("The file is a text document (RTF), not a list that can be read"), _EXPORT_A_LIST),
    (b"-----BEGIN PGP", said("The file is encrypted"), said("Decrypt it, and open the list that is in it.")),
    (b"\x78\x9f\x3e\x22", said("The file is a mail's attachment (winmail.dat), not a list"), SAVE_THE_ATTACHMENT),
    (b"\x09\x00\x04\x00", said("The file is a workbook of Excel before 1995"), SAVE_AS),
    (b"\x09\x02\x06\x00", said("The file is a workbook of Excel before 1995"), SAVE_AS),
    (b"\x09\x04\x06\x00", said("The file is a workbook of Excel before 1995"), SAVE_AS),
)
_LONGEST_HEAD: Final = 65_536
# Lines of a mail before the one that tells it; each may go on in lines that begin with a space.
_HEADERS: Final = r"(?:[A-Za-z][\w-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?"
_ZIP_ENTRY: Final = (b"PK\x01\x02", b"PK\x05\x06")
_WORKBOOK_PART: Final = (b"xl/worksheets/", b"xl/workbook", b"[Content_Types].xml", b"content.xml")


def kind_by_bytes(content: bytes) -> PostingListProblem | None:
    """What is told before the bytes are taken for text; None where it may be a text."""
    for mark, title, advice in _BY_FIRST_BYTES:
        if content.startswith(mark):
            return PostingListProblem(title, advice=advice)
    if content.startswith(b"MZ") and b"\0" in content[:128]:
        return PostingListProblem(
            said("The file is a program, not a list that can be read"), advice=said("Check that it is the right file.")
        )
    if content[4:8] == b"ftyp" or (content.startswith(b"RIFF") and content[8:12] == b"WEBP") or _is_bitmap(content):
        return PostingListProblem(_PICTURE, advice=_EXPORT_A_LIST)
    # A text has no byte of nought, and is not searched.
    if (
        b"\0" in content
        and any(map(content.__contains__, _ZIP_ENTRY))
        and any(map(content.__contains__, _WORKBOOK_PART))
    ):
        return PostingListProblem(
            said("The workbook is damaged: its beginning is missing or overwritten"),
            advice=said("Export or download it once more, and open the new file."),
        )
    return None


def _is_bitmap(content: bytes) -> bool:
    return content.startswith(b"BM") and int.from_bytes(content[2:6], "little") == len(content)


def kind_by_words(text: str) -> PostingListProblem | None:
    """What is told of a text by its first words; None where it may be a list."""
    head = text[:_LONGEST_HEAD].lstrip("\ufeff \t\r\n")
    for is_it, title, advice in _BY_WORDS:
        if is_it(head, text):
            return PostingListProblem(title, advice=advice)
    return None


def _starts(*words: str) -> Callable[[str, str], bool]:
    return lambda head, _: head.lower().startswith(words)


def _matches(pattern: str) -> Callable[[str, str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda head, _: compiled.match(head) is not None


def _is_mail(headers: str) -> Callable[[str, str], bool]:
    """Also one of a mailbox, which says from whom it came, and one that Apple keeps, which begins with its length."""
    return _matches(rf"(?:\d+\s*\r?\n|From [^\r\n]*\r?\n)?{_HEADERS}(?:{headers}):")


def _is_xml_with(*words: str) -> Callable[[str, str], bool]:
    return lambda head, _: head.startswith("<") and any(map(head.__contains__, words))


def _is_json(head: str, text: str) -> bool:
    if re.match(r'(?:\[\s*)?\{\s*"[^"\r\n]*"\s*:', head):
        return True
    if not re.match(r'\{\s*\}|\[\s*[\[{"\]]', head):
        return False
    first_line = head.partition("\n")[0]
    return _is_valid_json(text) or _is_valid_json(first_line)


def _is_valid_json(text: str) -> bool:
    try:
        read_json(text)
    except ValueError:
        return False
    return True


def _is_sylk(head: str, text: str) -> bool:
    return (
        head.startswith("ID;P")
        and re.match(r"ID;P[^\r\n]*[\r\n]+(?:[A-Z]{1,2};|E\s*$)", head) is not None
        and (text.rstrip().endswith("\nE") or "\nC;" in head or "\rC;" in head)
    )


_BY_WORDS: Final = (
    (
        _is_xml_with("urn:schemas-microsoft-com:office:spreadsheet"),
        said("The file is an XML spreadsheet of 2003, although its name may say otherwise"),
        SAVE_AS,
    ),
    (
        _is_xml_with("StandardAuditFile", "SAF-T", ":SAF", "<AuditFile", ":AuditFile", "XMLAuditfile"),
        said("The file is a SAF-T audit file (XML), not a list: it names no item in a row of its own"),
        _EXPORT_A_LIST,
    ),
    (
        _is_xml_with("urn:iso:std:iso:20022"),
        said("The file is a bank's file (ISO 20022, XML), not the accounting system's list"),
        _EXPORT_A_LIST,
    ),
    (
        _is_xml_with("http://www.sie.se/"),
        said("The file is a SIE file (XML), not a list"),
        _EXPORT_A_LIST,
    ),
    (
        _starts("<?xml", "<ofx"),
        said("The file holds XML markup, not a list, although its name may say otherwise"),
        joined(
            " ",
            (
                SAVE_AS,
                said(
                    "If that shows no list: in the accounting system, export the vouchers or journal entries as a list "
                    "(CSV or XLSX), with the column that holds Pleo's id, and open that file."
                ),
            ),
        ),
    ),
    (
        _starts("<!doctype", "<html", "<table", "<head", "<body", "<meta", "<style", "<div"),
        said("The file holds markup as of a web page, although its name may say otherwise"),
        SAVE_AS,
    ),
    (_is_mail(r"Message-ID|Received|Return-Path|Delivered-To|DKIM-Signature"), MAIL, SAVE_THE_ATTACHMENT),
    (
        _matches(rf"{_HEADERS}(?:Snapshot-Content-Location|Content-Type:\s*multipart/related)"),
        said("The file is a web archive (MHTML) or a mail, although its name may say otherwise"),
        SAVE_AS,
    ),
    (_is_mail(r"MIME-Version|Content-Type"), MAIL, SAVE_THE_ATTACHMENT),
    (
        _matches(r"(?:#[A-ZÅÄÖ]+\b[^\r\n]*[\r\n]+)*?#(?:FLAGGA|SIETYP|PROGRAM|FORMAT)[ \t]"),
        said("The file is a SIE file, not a list: it is made for another accounting system to read"),
        _EXPORT_A_LIST,
    ),
    (_is_sylk, said("The file is a SYLK file (.slk), not a list that can be read"), SAVE_AS),
    (_matches(r"TABLE\s*[\r\n]+0,1\s*[\r\n]"), said("The file is a DIF file, not a list that can be read"), SAVE_AS),
    (_starts("ofxheader"), said("The file is a bank's file (OFX), not the accounting system's list"), _EXPORT_A_LIST),
    (
        _starts("!type:", "!account"),
        said("The file is a bank's file (QIF), not the accounting system's list"),
        _EXPORT_A_LIST,
    ),
    (
        _matches(r"(?:\{1:F01|:20:[^\r\n]*[\r\n]+:\d\d\w?:|(?:[^\r\n]*[\r\n]+){0,3}:20:[^\r\n]*[\r\n]+:(?:21|25):)"),
        said("The file is a bank's file (MT940), not the accounting system's list"),
        _EXPORT_A_LIST,
    ),
    (
        _is_json,
        said("The file holds JSON, as programs hand it to one another, not a list"),
        _EXPORT_A_LIST,
    ),
)
