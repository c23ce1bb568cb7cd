"""The journal's rows: as they are handed over to be written, and as they were written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# The attempt under which confirmations of the journal stand, and their kind.
JOURNAL: Final = "journal"
CONFIRMED: Final = "confirmed"

# Attempt, kind, content: what is to be written.
JournalEntry = tuple[str, str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class JournalRow:
    """`sequence` counts from 1 without gaps; `at` is UTC in ISO 8601; `content` is JSON as it was written; `previous`
    and `hash` chain the rows, so that a change to the past shows."""

    sequence: int
    attempt: str
    kind: str
    at: str
    content: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """A row as it lies in the file; `is_sound` where it is the one that was written, between the rows it was written
    between."""

    row: JournalRow
    is_sound: bool


@dataclass(frozen=True, slots=True)
class JournalHead:
    """The row that the journal ended with when Signoff last wrote to it, and how many rows it held then. What is
    signed, once rows are, is this."""

    sequence: int
    hash: str
    at: str
    rows: int
