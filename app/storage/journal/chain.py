"""Rows that each carry the hash of the one before, so that a change to the past shows. Pure."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.models.journal_row import JournalRow

ORIGIN = "0" * 64


def hash_of(sequence: int, attempt: str, kind: str, at: str, content: str, previous: str) -> str:
    """SHA-256 over the row as a JSON list, which keeps the fields apart whatever they hold."""
    row = [sequence, attempt, kind, at, content, previous]
    # A file that was tampered with can hold bytes where a text belongs.
    text = json.dumps(row, ensure_ascii=True, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first row that does not follow from those before it."""

    sequence: int
    why: str


def content_is_changed(row: JournalRow) -> bool:
    """Whether the row is another than the one that its hash was made of."""
    return row.hash != hash_of(row.sequence, row.attempt, row.kind, row.at, row.content, row.previous)


def first_break(rows: Iterable[JournalRow], last_sequence: int, *, after: JournalRow | None = None) -> Break | None:
    """`last_sequence` is the highest number ever given out: rows cut off at the end show by it. `after` is the row that
    these follow, where they are not all."""
    previous, expected = (after.hash, after.sequence + 1) if after else (ORIGIN, 1)
    for row in rows:
        for why in _faults(row, previous, expected):
            return Break(row.sequence, why)
        previous, expected = row.hash, expected + 1
    if last_sequence >= expected:
        return Break(expected, "it is missing at the end")
    return None


def _faults(row: JournalRow, previous: str, expected: int) -> Iterator[str]:
    if row.sequence != expected:
        yield f"row {expected} is missing before it"
    if row.previous != previous:
        yield "it does not follow the row before it"
    if content_is_changed(row):
        yield "its content was changed"
