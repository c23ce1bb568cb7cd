"""What keeps a posting list from being used, said about the file or a row of it."""

from app.errors import SignoffError
from app.messages import said


class PostingListProblem(SignoffError):
    """The file cannot be read as a posting list, or not without its user. Nothing was drafted because of it."""

    advice = said("Export the list again as CSV or XLSX, and try once more.")


def too_much_memory() -> PostingListProblem:
    return PostingListProblem(
        said("The file needs more memory than a posting list may take"),
        advice=said("Export the list for the period of this job only, or save it as CSV."),
    )


def too_many_rows(rows: int) -> PostingListProblem:
    return PostingListProblem(
        said("The file has more than {rows:,} rows, which is more than a posting list may hold", rows=rows),
        advice=said("Export the list for the period of this job only, and try once more."),
    )


def too_wide_a_sheet(rows: int, columns: int) -> PostingListProblem:
    """Of one whose filled cells lie so far apart."""
    return PostingListProblem(
        said(
            "The sheet has cells in row {rows:,} and cells {columns:,} columns apart, which is more than a posting "
            "list has",
            rows=rows,
            columns=columns,
        ),
        advice=said("Copy the list into a new workbook, or save it as CSV."),
    )


def too_many_repetitions() -> PostingListProblem:
    return PostingListProblem(
        said("The sheet repeats a cell more often than a posting list has cells"),
        advice=said("Copy the list into a new workbook, or save it as CSV."),
    )
