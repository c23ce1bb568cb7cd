"""What keeps a posting list from being used, said about the file or a row of it."""

from app.errors import SignoffError


class PostingListProblem(SignoffError):
    """The file cannot be read as a posting list, or not without its user. Nothing was drafted because of it."""

    advice = "Export the list again as CSV or XLSX, and try once more."


def too_much_memory() -> PostingListProblem:
    return PostingListProblem(
        "The file needs more memory than a posting list may take",
        advice="Export the list for the period of this job only, or save it as CSV.",
    )


def too_many_rows(rows: int) -> PostingListProblem:
    return PostingListProblem(
        f"The file has more than {rows:,} rows, which is more than a posting list may hold",
        advice="Export the list for the period of this job only, and try once more.",
    )
