"""Receipts: how long an address lives, and why there may be none any more."""

from datetime import datetime, timedelta

from app.errors import PleoProblem, Refused, UsageProblem
from app.messages import said
from app.models.export_item import ExportItem, File

LIFE = timedelta(hours=24)


class ReceiptGone(UsageProblem):
    """The list was read, and does not hold this receipt."""

    advice = said("Open the expense in Pleo to see its receipts.")


def must_be_fetched_again(read_at: datetime, now: datetime) -> bool:
    """Pleo's file addresses live for 24 hours from the fetch. A clock that was set back proves nothing about them."""
    return not timedelta(0) <= now - read_at < LIFE


def files_of(entry: ExportItem) -> tuple[File, ...]:
    """The entry's files in Pleo's order; the list may hold nulls."""
    return tuple(file for file in entry.files or () if file)


def receipt_url(entry: ExportItem | None, place: int) -> str:
    """The address of the entry's file at `place` of `files_of`. Raises ReceiptGone."""
    if entry is None:
        raise ReceiptGone(said("The receipt cannot be fetched: Pleo does not list its expense in this job any more"))
    files = files_of(entry)
    if not 0 <= place < len(files):
        raise ReceiptGone(said("The receipt is not there any more: it was removed or replaced in Pleo"))
    return files[place].url


def why_not_again(problem: PleoProblem) -> str:
    """One sentence about a receipt whose address could not be had."""
    if isinstance(problem, Refused) and problem.has_type("EXPORT_JOB_STATUS_UNPROCESSABLE"):
        return said(
            "The address of this receipt has expired, and Pleo gives new ones for running jobs only. "
            "Open the expense in Pleo instead."
        )
    if isinstance(problem, Refused) and problem.has_type("MISSING_CONTRA_ACCOUNTS"):
        return said(
            "The address of this receipt has expired, and Pleo gives new ones once all contra accounts are mapped."
        )
    return said("The address of this receipt has expired and could not be fetched again. {why}.", why=problem.title)
