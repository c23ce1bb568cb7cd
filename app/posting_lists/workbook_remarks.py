"""What was left out of a workbook, or is in doubt, in sentences. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.messages import Message, Said, joined, nsaid, said
from app.posting_lists.sheet_details import SheetDetails

_MOST_NAMED: Final = 12


def remarks_on(details: SheetDetails, other_lists: Sequence[str], hidden_lists: Sequence[str]) -> Iterator[Said]:
    """The names are those of sheets that look like lists too."""
    if other_lists:
        yield nsaid(
            "Sheet {sheets} of this workbook looks like a list too, and was not read.",
            "Sheets {sheets} of this workbook look like lists too, and were not read.",
            len(other_lists),
            sheets=", ".join(other_lists),
        )
    if hidden_lists:
        yield nsaid(
            "Sheet {sheets} is hidden, and was not read.",
            "Sheets {sheets} are hidden, and were not read.",
            len(hidden_lists),
            sheets=", ".join(hidden_lists),
        )
    if details.hidden:
        yield _about_hidden(sorted(details.hidden))
    if details.struck:
        yield _about_struck(sorted(details.struck))
    if details.errors:
        yield nsaid(
            "{n:,} cell of the sheet holds an error instead of a value.",
            "{n:,} cells of the sheet hold an error instead of a value.",
            details.errors,
        )
    if details.not_computed:
        yield nsaid(
            "{n:,} formula of the sheet was never computed, and read as empty. "
            "Open the workbook in a spreadsheet program, save it, and open it again.",
            "{n:,} formulas of the sheet were never computed, and read as empty. "
            "Open the workbook in a spreadsheet program, save it, and open it again.",
            details.not_computed,
        )
    if details.is_unknown:
        yield said(
            "Of this kind of workbook Signoff sees neither hidden nor struck rows, nor zeros that a format shows. "
            "Where it may have such, save it as XLSX."
        )


def _about_hidden(rows: Sequence[int]) -> Said:
    more = len(rows) - _MOST_NAMED
    if more > 0:
        return nsaid(
            "Rows {rows} and {n:,} more are hidden, perhaps filtered out: not taken unasked.",
            "Rows {rows} and {n:,} more are hidden, perhaps filtered out: not taken unasked.",
            more,
            rows=_numbers(rows[:_MOST_NAMED]),
        )
    return nsaid(
        "Row {rows} is hidden, perhaps filtered out: not taken unasked.",
        "Rows {rows} are hidden, perhaps filtered out: not taken unasked.",
        len(rows),
        rows=_numbers(rows),
    )


def _about_struck(rows: Sequence[int]) -> Said:
    more = len(rows) - _MOST_NAMED
    if more > 0:
        return nsaid(
            "Rows {rows} and {n:,} more are struck through: not taken unasked.",
            "Rows {rows} and {n:,} more are struck through: not taken unasked.",
            more,
            rows=_numbers(rows[:_MOST_NAMED]),
        )
    return nsaid(
        "Row {rows} is struck through: not taken unasked.",
        "Rows {rows} are struck through: not taken unasked.",
        len(rows),
        rows=_numbers(rows),
    )


def _numbers(rows: Sequence[int]) -> Said:
    """Each grouped as the language writes it, which has nothing to translate in it."""
    return joined(", ", (Said(Message("{n:,}", {"n": row})) for row in rows))
