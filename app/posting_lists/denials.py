"""What says that an entry is not in the books: words in eleven languages, and cells that hold nothing. Pure."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Final

from app.platform.resources import RESOURCES
from app.posting_lists.known_words import StatusMeaning, known_words, status_key
from app.posting_lists.table import Cell, has_lost_digits, text_of
from app.posting_lists.word_patterns import any_of, at_a_word, whole

_NO_LETTER: Final = re.compile(r"[\W_]+")
_DIGITS_ALIKE: Final = bytes.maketrans(b"123456789", b"0" * 9)
_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")
# NotPosted, ErrorLog: how programs name sheets and columns.
_JOINED_WORDS: Final = re.compile(r"(?<=[^\W\d_A-ZÄÖÅÆØ])(?=[A-ZÄÖÅÆØ])|_")
# In the languages that spreadsheets speak: #N/A, #NV, #DIV/0!, #¡VALOR!, #ORSAKNINGSFEL!, Err:502.
_SPREADSHEET_ERROR: Final = re.compile(
    r"#[¡¿]?[^\W\d_]+(?:[/. _][^\W\d_]+|/0)*[!?]?|#[¡¿]?[^\W\d_]+(?:[/. ][^\W_]{1,4})*[!?]?|[^\W\d_]{3,7}:\s?5\d\d"
)
_A_NUMBER: Final = re.compile(r"[^\s#:?=-][^\s#:?]*[1-9][^\s:?]*|[1-9]\d*|#\d+")
_NO_LETTER_OR_DIGIT: Final = re.compile(r"[\W_]*")
_ZEROS: Final = re.compile(r"[0.,\s]+")
# Zeros, a number less than nothing, or what is left of a formula.
_NO_NUMBER: Final = re.compile(r"[\W_0]*|[-−]\d+|=.*\(.*")
# What systems write for no day.
_NO_DAY: Final = re.compile(
    r"(?:0001|1753|1900|1899)-.*|(?:0?1|3[01]|00)[./](?:0?1|12|00)[./](?:0001|01|1753|1900|0000)\b.*"
)
_A_DAY: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[T ].*)?")
# Also a time, a day of this century whose year is short, and a power of ten as programs write it.
_DAY: Final = re.compile(
    r"(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\d{1,2}\2\d{4})(?:[T ]\d{1,2}:\d\d.*)?"
    r"|\d{1,2}\.\d{1,2}\.\d\d|\d{1,2}:\d\d(?::\d\d)?|\d[.,]\d+[eE]\d+"
)
# 26-Nov, Nov-26: what a spreadsheet makes of 26/11 or 11/2026.
_DAY_OF_MONTH: Final = re.compile(r"(?:\d{1,2}[-. ]{1,2}([^\W\d_]{3,12})|([^\W\d_]{3,12})[-. ]{1,2}\d{2})\.?")
_LONGEST_WORD: Final = 60
_ERRORS: Final = r"\w*(?:err|fehler|fejl|\bfel|feil|fout|virhe|błęd|reject|fail|abgelehnt|afvist|avvis)\w*"
_NO_ERRORS: Final = re.compile(
    r"(?:\b(?:no|without|keine?|ohne|ingen|inga|uden|utan|uten|geen|zonder|sans|aucune?|sin|ei|bez|brak|senza|nessun)\s+|\b0\s+)"
    rf"{_ERRORS}|{_ERRORS}\s*[:=]?\s*0(?![\d.,])|overdraft|fehlerfrei"
)
# Not posted: 0.
_NONE_OF_IT: Final = re.compile(r"[^:=;,|]{1,40}[:=]\s*0(?![\d.,])")
# What a title says of its list: Posted = No, Gebucht: Nein.
_QUESTION: Final = re.compile(r"\b([^\W_]+)\s*\??\s*[:=]\s*(?=([^\W_]+))")
# Languages that join their words, so that one stands in another; and one that does not change their ends.
_JOINING: Final = ("de", "da", "sv", "nb", "nl", "fi")
_ENGLISH: Final = "en"
# VOID: twice; LinkedIn (VOID); Rent - storno.
_AT_THE_BEGINNING: Final = r"(?m)^\W*{words}\W*(?:$|[:|(]|\s[-–—]\s)"
_AT_THE_END: Final = r"(?m)(?:[(\[:|]|\s[-–—])\s*{words}\W*$"


class ColumnSense(StrEnum):
    """What a heading says of a column beside its role."""

    DOCSTATUS = "docstatus"
    TAKEN_BACK = "taken_back"
    WITHHELD = "withheld"
    APPROVAL = "approval"
    PAYMENT = "payment"
    SUPPLIER = "supplier"
    ACCOUNT = "account"
    SIDE = "side"
    REMARK = "remark"
    FAULT = "fault"
    OTHER_DAY = "other_day"
    PERSON = "person"
    ANSWER = "answer"
    KIND = "kind"
    DATEV_KEY = "datev_key"


_BY_WHOLE_HEADING: Final = (
    ColumnSense.DOCSTATUS,
    ColumnSense.SUPPLIER,
    ColumnSense.ACCOUNT,
    ColumnSense.SIDE,
    ColumnSense.REMARK,
    ColumnSense.KIND,
    ColumnSense.DATEV_KEY,
    ColumnSense.PERSON,
    ColumnSense.ANSWER,
)


@dataclass(frozen=True, slots=True)
class Denials:
    """The words of resources/posting_list_denials.toml. Those in sets are in lower case; `headings` finds for each
    sense the beginnings of words of a heading, `whole_headings` has what some are as a whole."""

    unmistakable: re.Pattern[str]
    begun: re.Pattern[str]
    ended: re.Pattern[str]
    handled: re.Pattern[str]
    telling: re.Pattern[str]
    cells: frozenset[str]
    weak: frozenset[str]
    flags: frozenset[str]
    affirming: frozenset[str]
    nothing: frozenset[str]
    clear: frozenset[str]
    no_number: frozenset[str]
    no: frozenset[str]
    yes: frozenset[str]
    harmless: frozenset[str]
    headings: Mapping[ColumnSense, re.Pattern[str]]
    whole_headings: Mapping[str, ColumnSense]


@cache
def denials() -> Denials:
    content = tomllib.loads((RESOURCES / "posting_list_denials.toml").read_text(encoding="utf-8"))
    known = known_words()
    denying = {key for key, meaning in known.statuses.items() if meaning is not StatusMeaning.SUCCESSFUL}
    unmistakable, telling, alone = _all(content["unmistakable"]), _all(content["telling"]), content["alone"]["all"]
    affirming = set(_all(content["affirming"]))
    affirming |= {key for key, meaning in known.statuses.items() if meaning is StatusMeaning.SUCCESSFUL}
    weak = frozenset(map(status_key, content["weak"]["all"]))
    alone_over_a_column = content["columns"].pop("taken_back_alone")["all"]
    columns = {ColumnSense(name): words["all"] for name, words in content["columns"].items()}
    negations = content["negations"]
    booked = [whole(unmistakable), *_negated(negations, ("booked",))]
    handled = [whole(unmistakable), *_negated(negations, ("booked", "handled"))]
    clear = denying.union(unmistakable, telling, alone) - known.asked - weak
    return Denials(
        re.compile(at_a_word(booked)),
        re.compile(_AT_THE_BEGINNING.format(words=whole(clear))),
        re.compile(_AT_THE_END.format(words=whole(clear))),
        re.compile(at_a_word(handled)),
        re.compile(_telling(handled, content["telling"])),
        frozenset(denying.union(map(status_key, (*unmistakable, *telling, *alone)))),
        weak,
        frozenset(map(status_key, content["flags"]["all"])),
        frozenset(map(status_key, affirming)),
        frozenset(map(status_key, content["nothing"]["all"])),
        frozenset(clear),
        frozenset((*content["no_number"]["all"], *clear)),
        frozenset(map(status_key, content["no"]["all"])),
        frozenset(map(status_key, content["yes"]["all"])),
        frozenset(map(status_key, content["harmless_messages"]["all"])) | frozenset(map(status_key, affirming)),
        {
            sense: re.compile(at_a_word([any_of(words)]))
            for sense, words in columns.items()
            if sense not in _BY_WHOLE_HEADING
        },
        {status_key(word): sense for sense in _BY_WHOLE_HEADING for word in columns[sense]}
        | dict.fromkeys(map(status_key, alone_over_a_column), ColumnSense.TAKEN_BACK),
    )


def _all(languages: Mapping[str, Iterable[str]]) -> list[str]:
    return [word.casefold() for words in languages.values() for word in words]


def _negated(languages: Mapping[str, Mapping[str, list[str]]], kinds: Sequence[str]) -> Iterator[str]:
    """Such as: not yet posted, unposted. A word of one language negates those of the others too: what they share is
    searched once."""
    every = languages.values()
    done = {word for words in every for kind in kinds for word in words[kind]}
    nots, between = ([word for words in every for word in words[name]] for name in ("not", "between"))
    yield rf"{any_of(nots)}\W+(?:{any_of(between)}\W+){{0,2}}{any_of(done)}"
    yield any_of(
        f"{prefix}{word}" for words in every for prefix in words["joined"] for kind in kinds for word in words[kind]
    )


def _telling(handled: Iterable[str], languages: Mapping[str, list[str]]) -> str:
    changing = _all({name: words for name, words in languages.items() if name not in (_ENGLISH, *_JOINING)})
    joining = any_of(_all({name: words for name, words in languages.items() if name in _JOINING}))
    return f"{at_a_word([*handled, whole(languages[_ENGLISH], 's?'), any_of(changing)])}|{joining}"


def _apart(text: str) -> str:
    """In lower case, with a space between words that a program has joined."""
    return _JOINED_WORDS.sub(" ", text).casefold()


def sense_of_heading(heading: str) -> ColumnSense | None:
    """None of most. A heading that denies, such as Not posted, takes back what it is filled for."""
    known = denials()
    if whole_heading := known.whole_headings.get(status_key(heading)):
        return whole_heading
    words = _NO_LETTER.sub(" ", _apart(heading))
    senses = [sense for sense, starts in known.headings.items() if starts.search(words)]
    found = (
        ColumnSense.PAYMENT if senses[:2] == [ColumnSense.WITHHELD, ColumnSense.PAYMENT] else next(iter(senses), None)
    )
    return found or (ColumnSense.TAKEN_BACK if known.handled.search(words) else None)


def is_unmistakably_denied(text: str) -> bool:
    return denials().unmistakable.search(text.casefold()) is not None


def is_denied_in_passing(text: str) -> bool:
    """Of a description, or many of which each is a line: only what cannot mean anything else, or a word that the
    beginning or the end sets apart."""
    known, folded = denials(), text.casefold()
    return any(pattern.search(folded) for pattern in (known.unmistakable, known.begun, known.ended))


def is_denied_beside_an_id(text: str) -> bool:
    """Of a reference: any such word counts that stands beside it, or in its place."""
    letters = _LETTERS.findall(text.casefold())
    return not denials().clear.isdisjoint(letters) or is_denied_in_passing(text)


def is_denied_in_a_title(text: str) -> bool:
    """Of a title, the name of a sheet, or the line above a group. Errors of which there are none deny nothing."""
    folded = _apart(text)
    if not (_is_telling(folded) or ":" in folded or "=" in folded):  # as nearly all
        return False
    left = _NONE_OF_IT.sub("", _NO_ERRORS.sub("", folded))
    answered = _QUESTION.findall(left)
    return _is_telling(left) or any(
        status_key(what) in denials().affirming and says_no(told) for what, told in answered
    )


def _is_telling(folded: str) -> bool:
    return denials().telling.search(folded) is not None or status_key(folded) in denials().cells


def is_denied_in_a_cell(text: str) -> bool:
    """Of a cell in a column that nobody has named: such a word alone, or what cannot mean anything else."""
    folded = text.casefold()
    if len(folded) > _LONGEST_WORD:
        return is_denied_in_passing(text)
    key = status_key(folded)
    if key in known_words().asked or key in denials().weak:
        return False
    if key in denials().flags:
        return True
    return key in denials().cells or denials().handled.search(folded) is not None or is_denied_in_passing(text)


def is_denied_as_a_kind(text: str) -> bool:
    """Of the kind of an entry, or the journal that it stands in."""
    return status_key(text) in denials().flags or is_denied_in_a_title(text)


def has_letters_of_no_number(text: str) -> bool:
    """Of what should be the number of an entry: Draft Bill (15), TEMP-001."""
    return not denials().no_number.isdisjoint(_LETTERS.findall(text.casefold()))


def number_shapes(numbers: str) -> set[str]:
    """The different lines with each digit as 0: of what nearly always are numbers, a handful is left."""
    lines = numbers.encode("utf-8", "surrogatepass").translate(_DIGITS_ALIKE).split(b"\n")
    return {shape.decode("utf-8", "surrogatepass") for shape in {*lines}}


def have_letters_of_no_number(shapes: str) -> bool:
    """Whether any of the numbers, each on its line, may have them, or be a day with its month in letters."""
    letters = _LETTERS.findall(shapes.casefold())
    return not (denials().no_number.isdisjoint(letters) and known_words().months.keys().isdisjoint(letters))


def affirms(text: str) -> bool:
    """Whether the line above a group says that what follows is posted."""
    words = text.casefold()
    if is_denied_in_a_title(text):
        return False
    return any(status_key(word) in denials().affirming for word in (words, *_NO_LETTER.sub(" ", words).split()))


def is_spreadsheet_error(cell: Cell) -> bool:
    return isinstance(cell, str) and _SPREADSHEET_ERROR.fullmatch(cell.strip()) is not None


def is_nothing(cell: Cell) -> bool:
    """Whether what should name something holds a sign, a word or an error that stands for none."""
    text = text_of(cell).casefold()
    if _A_NUMBER.fullmatch(text):  # as nearly all are
        return False
    if _NO_NUMBER.fullmatch(text) or is_spreadsheet_error(cell):
        return True
    key, known = status_key(text), known_words()
    return key in denials().nothing or key in known.statuses or key in known.asked or is_denied_in_a_cell(text)


def names_no_entry(cell: Cell) -> bool:
    """Whether what should be the number of an entry is none that could be told to anybody."""
    text = text_of(cell)
    return is_nothing(cell) or (any(map(str.isdigit, text)) and has_letters_of_no_number(text))


def proves_no_entry(cell: Cell) -> bool:
    """Whether such a number says nothing by itself of an entry: no number is without a digit."""
    return not any(map(str.isdigit, text_of(cell))) or names_no_entry(cell)


def says_no(cell: Cell) -> bool:
    """Of a column that takes a posting back where it is filled: whether this cell does not."""
    text = text_of(cell).casefold()
    if not text or _NO_LETTER_OR_DIGIT.fullmatch(text) or _ZEROS.fullmatch(text) or _NO_DAY.fullmatch(text):
        return text not in ("✓", "✔", "☑", "✅", "❌", "☒", "✗", "✘", "*", "+")
    return status_key(text) in denials().no


def says_yes(cell: Cell) -> bool:
    """The day on which it was done says so too."""
    return status_key(text_of(cell)) in denials().yes or is_a_day(cell)


def is_a_day(cell: Cell) -> bool:
    """Also as text; not one that systems write for none."""
    text = text_of(cell)
    return _A_DAY.fullmatch(text) is not None and not _NO_DAY.fullmatch(text)


def is_harmless(message: str) -> bool:
    return says_no(message) or status_key(message) in denials().harmless


def is_no_number(cell: Cell) -> bool:
    """Whether a cell once held a number that cannot be told any more: a date, or what a spreadsheet left of it."""
    if isinstance(cell, str):
        text = cell.strip()
        if "+" in text and has_lost_digits(text):
            return True
        is_a_day = text[:1].isdigit() and text[-1:].isdigit() and _DAY.fullmatch(text) is not None
        return is_a_day or _is_day_of_month(text)
    return isinstance(cell, bool | date | time) or has_lost_digits(cell)


def _is_day_of_month(text: str) -> bool:
    found = _DAY_OF_MONTH.fullmatch(text)
    return found is not None and (found[1] or found[2]).casefold() in known_words().months
