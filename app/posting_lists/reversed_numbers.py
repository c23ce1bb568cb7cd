"""Rows whose number another row names that denies something: Reversal of V1. Pure; in slices."""

import re
from collections.abc import Mapping
from typing import Final

from app.posting_lists.columns_aside import Surroundings
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.table import text_of
from app.slices import Slices, slices

# A number as it stands in a sentence: with a digit, and with the signs that numbers have within.
_NUMBER: Final = re.compile(r"(?=[^\s\d]*\d)[^\W_](?:[\w/.-]*[^\W_])?")
_MOST_ROWS: Final = 5_000


def named_by_others(denied: Mapping[int, str], around: Surroundings) -> Slices[list[tuple[int, str, int]]]:
    """The number of the row that denies, what it says, and the place of the row that it names. `denied` are the texts
    of the rows that deny something of themselves; where most do, the list is told to be one of such rows by them."""
    if not denied or len(denied) > _MOST_ROWS or ColumnRole.VOUCHER not in around.columns:
        return []
    references = around.columns.get(ColumnRole.REFERENCE, ("", ()))[1]
    naming: dict[str, list[int]] = {}
    for place, text in denied.items():
        reference = text_of(references[place]) if references else ""
        # One sign may be a yes, or a state of a document.
        for number in {*_NUMBER.findall(text.casefold()), reference.casefold()}:
            if len(number) > 1:
                naming.setdefault(number, []).append(place)
    vouchers = around.columns[ColumnRole.VOUCHER][1]
    found: list[tuple[int, str, int]] = []
    for part in slices(len(vouchers)):
        for place, cell in enumerate(vouchers[part], part.start):
            others = naming.get(text_of(cell).casefold(), ()) if cell else ()
            found += ((around.numbers[other], denied[other].strip(), place) for other in others if other != place)
        yield
    return found
