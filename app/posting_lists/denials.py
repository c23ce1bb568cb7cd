"""What says that an entry is not in the books: words in eleven languages, and cells that hold nothing. Pure."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Final

from app.platform.resources import RESOURCES
from app.posting_lists.known_words import StatusMeaning, known_words, status_key
from app.posting_lists.table import Cell, has_lost_digits, text_of

_NO_LETTER: Final = re.compile(r"[\W_]+")
# In the languages that spreadsheets speak: #N/A, #NV, #DIV/0!, #¡VALOR!, #ORSAKNINGSFEL!, Err:502.
_SPREADSHEET_ERROR: Final = re.compile(r"#[¡¿]?[^\W\d_]+(?:[/. ][^\W_]{1,4})*[!?]?|[^\W\d_]{3,7}:\s?5\d\d")
_A_NUMBER: Final = re.compile(r"[^\s#:]*[1-9][^\s:]*")
_NO_LETTER_OR_DIGIT: Final = re.compile(r"[\W_]*")
_ZEROS: Final = re.compile(r"[0.,\s]+")
# What systems write for no day.
_NO_DAY: Final = re.compile(
    r"(?:0001|1753|1900|1899)-.*|(?:0?1|3[01]|00)[./](?:0?1|12|00)[./](?:0001|01|1753|1900|0000)\b.*"
)
_DAY: Final = re.compile(r"(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\d{1,2}\2\d{4})(?:[T ]\d{1,2}:\d\d.*)?")
_LONGEST_WORD: Final = 60
_ERRORS: Final = r"\w*(?:err|fehler|fejl|\bfel|feil|fout|virhe|błęd|reject|fail|abgelehnt|afvist|avvis)\w*"
_NO_ERRORS: Final = re.compile(
    r"(?:\b(?:no|without|keine?|ohne|ingen|inga|uden|utan|uten|geen|zonder|sans|aucune?|sin|ei|bez|brak|senza|nessun)\s+|\b0\s+)"
    rf"{_ERRORS}|{_ERRORS}\s*[:=]?\s*0(?![\d.,])|overdraft|fehlerfrei"
)


class ColumnSense(StrEnum):
    """What a heading says of a column beside its role."""

    DOCSTATUS = "docstatus"
    TAKEN_BACK = "taken_back"
    APPROVAL = "approval"
    PAYMENT = "payment"
    SUPPLIER = "supplier"
    ACCOUNT = "account"
    SIDE = "side"
    REMARK = "remark"


_BY_WHOLE_HEADING: Final = (
    ColumnSense.DOCSTATUS,
    ColumnSense.SUPPLIER,
    ColumnSense.ACCOUNT,
    ColumnSense.SIDE,
    ColumnSense.REMARK,
)


@dataclass(frozen=True, slots=True)
class Denials:
    """The words of resources/posting_list_denials.toml. Those in sets are in lower case; `headings` has for each sense
    the beginnings of words of a heading, `whole_headings` what some are as a whole."""

    unmistakable: re.Pattern[str]
    telling: re.Pattern[str]
    cells: frozenset[str]
    weak: frozenset[str]
    affirming: frozenset[str]
    nothing: frozenset[str]
    no: frozenset[str]
    yes: frozenset[str]
    harmless: frozenset[str]
    headings: Mapping[ColumnSense, tuple[str, ...]]
    whole_headings: Mapping[str, ColumnSense]


@cache
def denials() -> Denials:
    content = tomllib.loads((RESOURCES / "posting_list_denials.toml").read_text(encoding="utf-8"))
    statuses = known_words().statuses
    denying = {key for key, meaning in statuses.items() if meaning is not StatusMeaning.SUCCESSFUL}
    unmistakable, telling = _all(content["unmistakable"]), _all(content["telling"])
    affirming = set(_all(content["affirming"]))
    affirming |= {key for key, meaning in statuses.items() if meaning is StatusMeaning.SUCCESSFUL}
    columns = {ColumnSense(name): words["all"] for name, words in content["columns"].items()}
    return Denials(
        _pattern(unmistakable, whole=True),
        re.compile("|".join((_pattern(telling, whole=False).pattern, _pattern(unmistakable, whole=True).pattern))),
        frozenset(denying.union(map(status_key, (*unmistakable, *telling, *content["alone"]["all"])))),
        frozenset(map(status_key, content["weak"]["all"])),
        frozenset(map(status_key, affirming)),
        frozenset(map(status_key, content["nothing"]["all"])),
        frozenset(map(status_key, content["no"]["all"])),
        frozenset(map(status_key, content["yes"]["all"])),
        frozenset(map(status_key, content["harmless_messages"]["all"])) | frozenset(map(status_key, affirming)),
        {sense: tuple(words) for sense, words in columns.items() if sense not in _BY_WHOLE_HEADING},
        {status_key(word): sense for sense in _BY_WHOLE_HEADING for word in columns[sense]},
    )


def _all(languages: Mapping[str, Iterable[str]]) -> list[str]:
    return [word.casefold() for words in languages.values() for word in words]


def _pattern(words: Iterable[str], *, whole: bool) -> re.Pattern[str]:
    """Of words in lower case, with any space or hyphen between them."""
    each = [r"[\s\-]+".join(map(re.escape, word.split())) for word in sorted(set(words), key=len, reverse=True)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(each)})(?![^\W_])" if whole else f"(?:{'|'.join(each)})")


def sense_of_heading(heading: str) -> ColumnSense | None:
    """None of most."""
    known = denials()
    if whole := known.whole_headings.get(status_key(heading)):
        return whole
    words = _NO_LETTER.sub(" ", heading.casefold()).split()
    return next(
        (sense for sense, starts in known.headings.items() if any(word.startswith(starts) for word in words)), None
    )


def is_denied_in_passing(text: str) -> bool:
    """Of a description: only what cannot mean anything else."""
    return denials().unmistakable.search(text.casefold()) is not None


def is_denied_in_a_title(text: str) -> bool:
    """Of a title, the name of a sheet, or the line above a group. Errors of which there are none deny nothing."""
    folded = _NO_ERRORS.sub("", text.casefold())
    return denials().telling.search(folded) is not None or status_key(folded) in denials().cells


def is_denied_in_a_cell(text: str) -> bool:
    """Of a cell in a column that nobody has named: such a word alone, or what cannot mean anything else."""
    folded = text.casefold()
    if len(folded) > _LONGEST_WORD:
        return is_denied_in_passing(text)
    key = status_key(folded)
    if key in known_words().asked or key in denials().weak:
        return False
    return key in denials().cells or denials().unmistakable.search(folded) is not None


def affirms(text: str) -> bool:
    """Whether the line above a group says that what follows is posted."""
    words = text.casefold()
    if is_denied_in_a_title(text):
        return False
    return any(status_key(word) in denials().affirming for word in (words, *_NO_LETTER.sub(" ", words).split()))


def is_spreadsheet_error(cell: Cell) -> bool:
    return isinstance(cell, str) and _SPREADSHEET_ERROR.fullmatch(cell.strip()) is not None


def is_nothing(cell: Cell) -> bool:
    """Whether what should hold a number holds a sign, a word or an error that stands for none."""
    text = text_of(cell).casefold()
    if _A_NUMBER.fullmatch(text):  # as nearly all are
        return False
    if _NO_LETTER_OR_DIGIT.fullmatch(text) or _ZEROS.fullmatch(text) or is_spreadsheet_error(cell):
        return True
    key, known = status_key(text), known_words()
    return key in denials().nothing or key in known.statuses or key in known.asked or is_denied_in_a_cell(text)


def says_no(cell: Cell) -> bool:
    """Of a column that takes a posting back where it is filled: whether this cell does not."""
    text = text_of(cell).casefold()
    if not text or _NO_LETTER_OR_DIGIT.fullmatch(text) or _ZEROS.fullmatch(text) or _NO_DAY.fullmatch(text):
        return text not in ("✓", "✔", "☑", "☒", "✗", "✘", "*", "+")
    return status_key(text) in denials().no


def says_yes(cell: Cell) -> bool:
    return status_key(text_of(cell)) in denials().yes


def is_harmless(message: str) -> bool:
    return (
        not _NO_LETTER.sub("", message) or status_key(message) in denials().harmless or bool(_ZEROS.fullmatch(message))
    )


def is_no_number(cell: Cell) -> bool:
    """Whether a cell once held a number that cannot be told any more: a date, or what a spreadsheet left of it."""
    if isinstance(cell, str):
        return ("+" in cell and has_lost_digits(cell)) or (
            cell[:1].isdigit() and cell[-1:].isdigit() and _DAY.fullmatch(cell.strip()) is not None
        )
    return isinstance(cell, bool | date | time) or has_lost_digits(cell)
