"""What a reviewer waits for: a keystroke in the search of 100,000 rows, the causes of 10,000 failed items, one reason
of a megabyte that was written to be slow. Processor time; the least of the turns counts.
"""

from collections.abc import Callable
from time import process_time

from app.models.export_job import ExportJobItem
from app.models.vocabulary import EntryId, JobId
from app.review.causes import CauseSearch
from app.review.reasons import template_of
from app.review.search import SearchColumn, SearchIndex

_TURNS = 3
_QUERIES = ("s", "su", "sup", "supplier 97", "status:failed", "-failed 12")
_JOB = JobId("00000000-0000-4000-8000-000000000001")
_MEGABYTE = 1_000_000
_PIECES = (
    *(
        "a",
        "1",
        '"',
        "'a ",
        "„",
        "a@",
        "@",
        "1 ",
        "jan ",
        "http://",
        "… ",
        "a-",
        "(",
        "1:",
        "aaa ",
        "<b>",
        "«",
        "-",
        "å",
    ),
)
_REASONS = ("Konto {0} for GOOGLE*ADS8693645259 saknas, ref {0}-x.", "The period 2026-{0} is closed ({0} items).")

Figure = dict[str, object]


def figures() -> list[Figure]:
    return [
        _figure("a keystroke in the search of 100,000 rows, the slowest, ms", _slowest_keystroke(), 20),
        _figure("causes of 10,000 failed items, ms", _causes(), 300),
        _figure("the causes' longest step between two looks at the loop, ms", _longest_step(), 10),
        _figure("a failure reason of a megabyte, the slowest, ms", _slowest_reason(), 10),
    ]


def _figure(what: str, ours_ms: float, bar_ms: float) -> Figure:
    return {
        "figure": what,
        "ours": round(ours_ms, 1),
        "reference": "",
        "ratio": "",
        "bar": bar_ms,
        "holds": ours_ms <= bar_ms,
    }


def _best(work: Callable[[], object]) -> float:
    """Milliseconds."""
    found = []
    for _ in range(_TURNS):
        began = process_time()
        work()
        found.append((process_time() - began) * 1000)
    return min(found)


def _slowest_keystroke() -> float:
    keys = ("status", "supplier", "amount", "reason")
    index = SearchIndex([SearchColumn(key, key, (), lambda row, at=at: row[at]) for at, key in enumerate(keys)])
    rows = [(("Failed", "Successful")[at % 2], f"Supplier {at % 977}", str(at), "") for at in range(100_000)]
    for _ in index.build(rows, 1_000):
        pass
    return max(_best(lambda: index.positions(query)) for query in _QUERIES)  # noqa: B023 - called at once


def _failed_items(reasons: int = 10_000) -> list[ExportJobItem]:
    return [
        ExportJobItem(
            exportJobId=_JOB,
            accountingEntryId=EntryId(f"{number:08d}-0000-4000-8000-000000000000"),
            status="failed",
            failureReason=_REASONS[number % 2].format(number),
            failureReasonType="account_unknown",
        )
        for number in range(reasons)
    ]


def _causes() -> float:
    items = _failed_items()
    return _best(lambda: list(CauseSearch(items, {})))


def _longest_step() -> float:
    steps, longest = iter(CauseSearch(_failed_items(), {})), 0.0
    while True:
        began = process_time()
        try:
            next(steps)
        except StopIteration:
            return longest
        longest = max(longest, (process_time() - began) * 1000)


def _slowest_reason() -> float:
    names = ("aaa", "a" * 500_000)
    return max(_best(lambda: template_of(piece * (_MEGABYTE // len(piece)), names)) for piece in _PIECES)  # noqa: B023 - called at once
