"""Outcomes entered item by item, as cells of a table: what a line comes to, and what speaks against it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from app.messages import nsaid, said
from app.models.draft import Draft
from app.models.vocabulary import FailureType, Item, ItemStatus
from app.outcomes.decision import Decision
from app.outcomes.failure_wordings import unknown_variables

UNDECIDED: Final = ItemStatus("")
# Pleo's contract names no length. What is longer is no number of an entry, but a text that went astray.
LONGEST_NUMBER: Final = 255


class Cell(Enum):
    OUTCOME = "outcome"
    NUMBER = "number"
    KIND = "kind"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Line:
    """What was entered for one item. `chosen` is an outcome that was named; without one, what else was entered says
    it: a number in the books that it was posted, a failure that it failed. `reason` may hold variables."""

    chosen: ItemStatus = UNDECIDED
    number: str = ""
    kind: FailureType | None = None
    reason: str = ""

    @property
    def status(self) -> ItemStatus:
        if self.chosen:
            return self.chosen
        if self.has_posting == self.has_failure:
            return UNDECIDED
        return Item.SUCCESSFUL if self.has_posting else Item.FAILED

    @property
    def has_posting(self) -> bool:
        return bool(self.number.strip())

    @property
    def has_failure(self) -> bool:
        return bool(self.kind or self.reason.strip())

    def with_cell(self, cell: Cell, entered: str) -> "Line":
        match cell:
            case Cell.OUTCOME:
                return replace(self, chosen=ItemStatus(entered))
            case Cell.NUMBER:
                return replace(self, number=" ".join(entered.split()))
            case Cell.KIND:
                return replace(self, kind=FailureType(entered) if entered else None)
            case Cell.REASON:
                return replace(self, reason=entered)

    def entered(self, cell: Cell) -> str:
        """As `with_cell` takes it."""
        match cell:
            case Cell.OUTCOME:
                return self.chosen
            case Cell.NUMBER:
                return self.number
            case Cell.KIND:
                return self.kind or ""
            case Cell.REASON:
                return self.reason


BLANK: Final = Line()


def line_of(draft: Draft | None) -> Line:
    """What would draft the same once more."""
    if draft is None:
        return BLANK
    outcome = draft.outcome
    if outcome.status == Item.FAILED:
        return Line(kind=outcome.failure_reason_type, reason=outcome.failure_reason or "")
    number = outcome.external_id or ""
    return Line(chosen=UNDECIDED if number else outcome.status, number=number)


def decision_in(line: Line, decided_by: str, note: str) -> Decision:
    """The line has to be decided, and without a fault."""
    if line.status == Item.FAILED:
        return Decision(Item.FAILED, decided_by, note, wording=line.reason, failure_type=line.kind)
    return Decision(line.status, decided_by, note, external_id=line.number)


@dataclass(frozen=True, slots=True)
class CellFault:
    """What speaks against one cell, as a sentence; `row` counts from 0."""

    row: int
    cell: Cell
    message: str


def faults_in(lines: Sequence[Line], before: Sequence[Line], *, share_numbers: bool) -> tuple[CellFault, ...]:
    """Of all lines, from the top. `before` is what their drafts say; `share_numbers` where the user has said that
    several items stand behind one entry in the books."""
    rows_of = {} if share_numbers else _rows_by_number(lines)
    return tuple(
        CellFault(row, cell, message)
        for row, (line, was) in enumerate(zip(lines, before, strict=True))
        if line is not BLANK or was is not BLANK
        for cell, message in _faults(row, line, was, rows_of)
    )


def has_shared_numbers(lines: Sequence[Line]) -> bool:
    return any(len(rows) > 1 for rows in _rows_by_number(lines).values())


def _faults(row: int, line: Line, was: Line, rows_of: dict[str, list[int]]) -> Iterator[tuple[Cell, str]]:
    if line.status == UNDECIDED:
        if line.has_posting:
            yield Cell.OUTCOME, said("Choose whether it was posted or failed: both were entered.")
        elif was.status:
            yield Cell.OUTCOME, said("It is drafted. Discard the draft in the table of items to leave it open.")
        return
    if line.status == Item.FAILED:
        yield from _faults_of_failure(line)
        return
    if line.has_failure:
        cell = Cell.KIND if line.kind else Cell.REASON
        yield cell, said("What was posted has not failed. Empty this cell, or choose failed.")
    if len(line.number) > LONGEST_NUMBER:
        yield (
            Cell.NUMBER,
            nsaid(
                "This is {n:,} letter long, too long for a number in the books.",
                "This is {n:,} letters long, too long for a number in the books.",
                len(line.number),
            ),
        )
    others = [other for other in rows_of.get(_folded(line), ()) if other != row]
    if others:
        yield Cell.NUMBER, said("Row {row} has the same number.", row=others[0] + 1)


def _faults_of_failure(line: Line) -> Iterator[tuple[Cell, str]]:
    if line.has_posting:
        yield Cell.NUMBER, said("What failed is not in the books. Empty this cell, or choose posted.")
    if line.kind is None:
        yield Cell.KIND, said("Choose the type of the failure.")
    if not line.reason.strip():
        yield Cell.REASON, said("Write the reason, as people in Pleo will read it.")
    unknown = [f"{{{name}}}" for name in unknown_variables(line.reason)]
    if unknown:
        yield (
            Cell.REASON,
            nsaid(
                "{names} is nothing that an item has.",
                "{names} are nothing that an item has.",
                len(unknown),
                names=", ".join(unknown),
            ),
        )


def _rows_by_number(lines: Sequence[Line]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, line in enumerate(lines):
        if line.has_posting and line.status == Item.SUCCESSFUL:
            rows.setdefault(_folded(line), []).append(row)
    return rows


def _folded(line: Line) -> str:
    return line.number.casefold()
