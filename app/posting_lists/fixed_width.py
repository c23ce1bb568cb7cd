"""Texts whose columns are set apart by blanks alone, as for a printer. Pure."""

import re
from itertools import islice
from typing import Final

from app.messages import said
from app.posting_lists.headings import recognise_row
from app.posting_lists.problem import PostingListProblem

_SAMPLE_LINES: Final = 60
_SAMPLE_LETTERS: Final = 65_536
_SEPARATORS: Final = (";", ",", "\t", "|")
# 1.204,50 holds a comma that separates nothing.
_DECIMAL_COMMA: Final = re.compile(r"(?<=\d),(?=\d\d?(?![\d,.]))")
_BLANKS: Final = re.compile(r"(?<=\S)[ \N{NO-BREAK SPACE}]{2,}(?=\S)")
_LEAST_GAPS: Final = 2
_LEAST_HEADINGS: Final = 3


def fixed_width_problem(text: str) -> PostingListProblem | None:
    """None where a sign separates the columns, or there is but one. Where one column ends and the next begins is told
    by nothing but the width of a printed page, and a guess would put the end of one number before another."""
    lines = [line for line in islice(text[:_SAMPLE_LETTERS].splitlines(), _SAMPLE_LINES) if line.strip()]
    if len(lines) < 2 or any(_is_in_most(sign, lines) for sign in _SEPARATORS):
        return None
    apart = sum(1 for line in lines if len(_BLANKS.findall(line)) >= _LEAST_GAPS)
    if not (apart >= 2 and 2 * apart >= len(lines)) and not any(map(_holds_headings, lines[:-1])):
        return None
    return PostingListProblem(
        said("The columns of the file are set apart by blanks only, as for a printer"),
        advice=said(
            "Export the list as CSV or XLSX. Where the system cannot, open it in your spreadsheet program as text of "
            "fixed width, save it as XLSX, and open that file."
        ),
    )


def _is_in_most(sign: str, lines: list[str]) -> bool:
    return 2 * sum(sign in _DECIMAL_COMMA.sub("", line) for line in lines) > len(lines)


def _holds_headings(line: str) -> bool:
    return recognise_row(0, line.split()).score >= _LEAST_HEADINGS
