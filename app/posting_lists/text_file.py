"""Lists as text: encoding and separator found out, rows read by the csv module."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import chain, islice
from typing import Final

from app.posting_lists.limits import LONGEST_CELL
from app.posting_lists.problem import PostingListProblem

_SEPARATORS: Final = (";", ",", "\t", "|")
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_NO_LETTER: Final = "\N{REPLACEMENT CHARACTER}"
# What machines in these countries have written for forty years, the likeliest first.
_OLD_ENCODINGS: Final = {"cp1252": "Windows-1252", "cp850": "DOS 850"}
_LETTERS: Final = frozenset("äöüßÄÖÜæøåÆØÅé")
_SAMPLE_LINES: Final = 60
_SAMPLE_LETTERS: Final = 262_144
_SAMPLE_BYTES: Final = 32_768
_NAMED_SEPARATOR = re.compile(r'(?P<mark>"?)sep=([^\r\n"])(?P=mark)(?:\2|[^\S\r\n])*(?:\r?\n|\r|\Z)', re.IGNORECASE)
# Follows the last line. No text holds one, so a cell that does was never closed.
_END: Final = "\0"
_LINE_BREAK = re.compile(r"[\r\n]+")
_SPOKEN: Final = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "vertical bars"}


@dataclass(frozen=True, slots=True)
class TextList:
    text: str
    encoding: str
    separator: str

    @property
    def format(self) -> str:
        return f"{self.encoding}, separated by {_SPOKEN.get(self.separator, self.separator)}"

    @property
    def has_rows_of_one_line(self) -> bool:
        return '"' not in self.text

    def rows(self) -> Iterator[list[str]]:
        """Raises PostingListProblem where a row cannot be read, or goes on into the next ones."""
        lines = StringIO(self.text, newline="")
        reader = csv.reader(lines if self.has_rows_of_one_line else chain(lines, [_END]), delimiter=self.separator)
        before, width, began = csv.field_size_limit(LONGEST_CELL), 0, 0
        trouble = "the row goes on into the next line"
        try:
            if self.has_rows_of_one_line:
                yield from reader
                return
            for row in reader:
                if row == [_END]:
                    return
                if reader.line_num > began + 1 and _goes_on(row, self.separator, width):
                    break
                yield row
                began, width = reader.line_num, len(row)
        except csv.Error as error:
            trouble = str(error)
            began = reader.line_num - 1 if self.has_rows_of_one_line else began
        finally:
            csv.field_size_limit(before)
        raise PostingListProblem(
            f"Line {began + 1:,} of the file cannot be read",
            advice="It may lack a closing quotation mark. Export the list again, or mend the line by hand.",
            details=trouble,
        )


def _goes_on(row: list[str], separator: str, width: int) -> bool:
    """Whether a row of several lines is several rows that a lone quotation mark holds together: it reaches the end of
    the text, or each of its lines is as wide as the row before. A space behind a separator is one of a sentence."""
    if row[-1].endswith(_END):
        return True
    lines = [*filter(None, _LINE_BREAK.split(separator.join(row)))]
    between = re.compile(rf"{re.escape(separator)}(?! )")
    return width > 1 and len(lines) > 1 and all(len(between.split(line)) == width for line in lines)


def read_text(content: bytes) -> TextList:
    """Raises PostingListProblem for what is no text."""
    text, encoding = _decoded(content)
    text = text.lstrip(_MARK)  # some systems write it once more before the text that has it
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise PostingListProblem(
            f"Line {line:,} of the file holds NUL bytes, which no list of text has",
            advice="The file is damaged, or it is no list. Export it again as CSV or XLSX.",
        )
    named = _NAMED_SEPARATOR.match(text)
    if named:
        # A spreadsheet takes this line as a word to itself and does not show it.
        return TextList(text[named.end() :], encoding, named[2])
    return TextList(text, encoding, _separator(text))


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, codec, name in _BOMS:
        if content.startswith(mark):
            return _strictly(content, codec), name
    wide = _wide_codec(content)
    if wide:
        return _strictly(content, wide), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        if _is_damaged_only(content):
            return content.decode("utf-8", "replace"), "UTF-8 with damaged letters"
        codec = _old_codec(content)
        return content.decode(codec, "replace"), _OLD_ENCODINGS[codec]


def _is_damaged_only(content: bytes) -> bool:
    """Whether most letters beyond ASCII are whole in UTF-8: of a text in an old encoding next to none is."""
    telling = _telling(content).decode("utf-8", "replace")
    return sum(map(_LETTERS.__contains__, telling)) > telling.count(_NO_LETTER)


def _strictly(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise PostingListProblem(
            "The file begins as text and then holds bytes that are none",
            advice="The file is damaged. Export it again as CSV or XLSX.",
            details=str(error),
        ) from None


def _wide_codec(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of plain letters is NUL."""
    sample = content[:2000]
    half = len(sample) // 2
    if half < 4 or 0 not in sample:
        return None
    if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _old_codec(content: bytes) -> str:
    """The one in which the bytes beyond ASCII are letters of these languages. Libraries that guess encodings take short
    Danish lists in Windows-1252 for DOS ones, and the other way round."""
    telling = _telling(content)
    return max(_OLD_ENCODINGS, key=lambda codec: sum(map(_LETTERS.__contains__, telling.decode(codec, "replace"))))


def _telling(content: bytes) -> bytes:
    """The lines with letters beyond ASCII: the rest says nothing about the encoding."""
    lines, size = [], 0
    for line in content.splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    return b"\n".join(lines)


def _separator(text: str) -> str:
    """By which most of the first rows come out equally wide; of a tie the one that makes more columns."""
    sample = text[:_SAMPLE_LETTERS]
    return max(_SEPARATORS, key=lambda separator: _regularity(sample, separator))


def _regularity(text: str, separator: str) -> tuple[float, int]:
    lines = islice(StringIO(text, newline=""), _SAMPLE_LINES)
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if any(row))
    except csv.Error:
        return 0, 0
    widths.pop(1, None)
    (width, rows) = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
    return rows, width
