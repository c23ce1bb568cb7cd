"""Numbers in the place of a voucher that may be the numbers of errors, such as 404 or E404. Pure.

A ledger counts its vouchers, so 404 may be one. What tells: the list has a column for what went wrong, nothing in it
says what is posted, and no other voucher is a number of that size.
"""

import re
from collections.abc import Sequence
from typing import Final

from app.posting_lists.columns_aside import Surroundings
from app.posting_lists.denials import ColumnSense, sense_of_heading
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.table import Cell, text_of

# What servers answer to what they do not do, perhaps behind a word or a letter for it.
_OF_AN_ERROR: Final = re.compile(
    r"((?:e|err)[-_ ]?)?(40[0-689]|41[0235]|42[234689]|50[0-4]|52[0124])", re.IGNORECASE | re.ASCII
)
_OF_THAT_SIZE: Final = re.compile(r"(?:(?:e|err)[-_ ]?)?\d{3}", re.IGNORECASE | re.ASCII)
_OF_WHAT_WENT_WRONG: Final = (ColumnRole.MESSAGE, ColumnRole.FAILURE_TYPE)
_A_SERIES: Final = 3


def numbers_of_errors(around: Surroundings, vouchers: Sequence[Cell]) -> frozenset[str]:
    """Those of the vouchers. To be asked only where no row has a status."""
    if not _tells_of_errors(around):
        return frozenset()
    texts = {*map(text_of, {*vouchers})}
    of_that_size = [*filter(_OF_THAT_SIZE.fullmatch, texts)]
    found = [text for text in of_that_size if _OF_AN_ERROR.fullmatch(text)]
    if len(found) < len(of_that_size):
        return frozenset()
    return frozenset(text for text in found if not _is_in_a_series(text, texts))


def _is_in_a_series(text: str, texts: set[str]) -> bool:
    before, number = text[:-3], int(text[-3:])
    starts = range(number - _A_SERIES + 1, number + 1)
    return any(all(f"{before}{start + step}" in texts for step in range(_A_SERIES)) for start in starts)


def _tells_of_errors(around: Surroundings) -> bool:
    headings = [heading for role, (heading, _) in around.columns.items() if role in _OF_WHAT_WENT_WRONG]
    return any(sense_of_heading(heading) is ColumnSense.FAULT for heading in headings) or any(
        aside.sense is ColumnSense.FAULT for aside in around.aside
    )
