"""What a `failed` event says: the reason composed from the items' causes, and its type."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest

from app.models.export_job import ExportJobItem
from app.models.vocabulary import DEFAULT_JOB_FAILURE, FailureType, Item, ItemStatus
from app.text import count_of, shortened

_CAUSES_NAMED = 5
_CAUSE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class IntegrationSpecification:
    """How an integration names the failure of a whole job: item failure types to the job's `failureReasonType`."""

    default: FailureType = DEFAULT_JOB_FAILURE
    job_types: Mapping[FailureType, FailureType] = field(default_factory=dict)

    def job_type_for(self, items: Iterable[ExportJobItem]) -> FailureType:
        """The one type that all failed items map to; the default where they map to several, or to none."""
        kinds = {item.failure_reason_type for item in items if item.status == Item.FAILED}
        mapped = {self.job_types.get(kind or FailureType(""), self.default) for kind in kinds}
        return mapped.pop() if len(mapped) == 1 else self.default


def composed_reason(items: Iterable[ExportJobItem]) -> str:
    """The causes of the items that did not succeed, most frequent first, each with its count."""
    causes = _counted(items)
    named = nsmallest(_CAUSES_NAMED, causes.items(), key=lambda cause: (-cause[1], cause[0]))
    if len(causes) == 1:
        return named[0][0]
    sentences = [f"{count_of(count, 'item')}: {cause}" for cause, count in named]
    others = len(causes) - len(named)
    if others:
        rest = causes.total() - sum(count for _, count in named)
        sentences.append(f"{count_of(rest, 'item')}: {count_of(others, 'other cause')}")
    return "; ".join(sentences)


def _counted(items: Iterable[ExportJobItem]) -> Counter[str]:
    """Items by cause. What many items say alike is put into words once."""
    said = Counter(
        [
            (item.failure_reason, item.status, item.failure_reason_type)
            for item in items
            if item.status in (Item.FAILED, Item.ABANDONED)
        ]
    )
    causes: Counter[str] = Counter()
    for (reason, status, kind), count in said.items():
        causes[_cause(reason, status, kind)] += count
    return causes


def _cause(reason: str | None, status: ItemStatus, kind: FailureType | None) -> str:
    said = shortened(reason or "", _CAUSE_LENGTH).rstrip(".; ")
    if said:
        return said
    if status == Item.ABANDONED:
        return "Abandoned before it was processed"
    if kind:
        return kind.replace("_", " ").capitalize()
    return "No reason was given"
