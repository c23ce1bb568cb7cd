"""What a list says against it that its rows are posted, quoted in a sentence that tells where it stands. Pure."""

from collections.abc import Callable
from typing import Final

from app.messages import Said, said
from app.posting_lists.match_result import Doubt

# Makes the sentence of what is said in some place, when somebody asks.
Quotation = Callable[[str], Said]

QUOTED: Final = frozenset(
    (
        Doubt.TAKEN_BACK,
        Doubt.DENIED,
        Doubt.STATUSES_DISAGREE,
        Doubt.MESSAGE_GIVEN,
        Doubt.VOUCHER_UNREADABLE,
        Doubt.VOUCHER_OF_AN_ERROR,
    )
)


def sheet_says(says: str) -> Said:
    return said("The name of its sheet says '{says}'.", says=says)


def title_says(row: int, says: str) -> Said:
    return said("The title in row {row:,} says '{says}'.", row=row, says=says)


def row_under_says(row: int, says: str) -> Said:
    return said("Row {row:,} under the list says '{says}'.", row=row, says=says)


def line_above_says(row: int, says: str) -> Said:
    return said("The line above it, row {row:,}, says '{says}'.", row=row, says=says)


def other_row_says(row: int, says: str) -> Said:
    return said("Row {row:,} names its number and says '{says}'.", row=row, says=says)


def column_says(doubt: Doubt, heading: str, says: str) -> Said:
    """`doubt` is one of `QUOTED`."""
    if not says:
        return said("Its column '{heading}' is empty.", heading=heading)
    match doubt:
        case Doubt.TAKEN_BACK:
            return said(
                "Its column '{heading}' says '{says}': the posting may have been taken back.",
                heading=heading,
                says=says,
            )
        case Doubt.STATUSES_DISAGREE:
            return said(
                "Its column '{heading}' says '{says}', which is not what its status says.", heading=heading, says=says
            )
        case Doubt.MESSAGE_GIVEN:
            return said(
                "Its column '{heading}' says '{says}', and nothing says that it failed.", heading=heading, says=says
            )
        case Doubt.VOUCHER_UNREADABLE | Doubt.VOUCHER_OF_AN_ERROR:
            return _voucher_says(doubt, heading, says)
        case _:
            return said("Its column '{heading}' says '{says}'.", heading=heading, says=says)


def _voucher_says(doubt: Doubt, heading: str, says: str) -> Said:
    if doubt is Doubt.VOUCHER_OF_AN_ERROR:
        return said(
            "Its column '{heading}' says '{says}', which may be the number of an error: no other is like it.",
            heading=heading,
            says=says,
        )
    return said(
        "Its column '{heading}' says '{says}', which is no number of an entry any more.", heading=heading, says=says
    )
