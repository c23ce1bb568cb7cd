"""What a `failed` event says: the reason composed from the items' causes, and its type."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.completion.wording import count_of, shortened
from app.models.export_job import ExportJobItem
from app.models.words import DEFAULT_JOB_FAILURE, FailureType, Item

_CAUSES_NAMED = 5
_CAUSE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class IntegrationSpecification:
    """How an integration names the failure of a whole job: item failure types to the job's `failureReasonType`."""

    default: FailureType = DEFAULT_JOB_FAILURE
    job_types: Mapping[FailureType, FailureType] = field(default_factory=dict)

    def job_type_for(self, items: Iterable[ExportJobItem]) -> FailureType:
        """The one type that all failed items map to; the default where they map to several, or to none."""
        mapped = {
            self.job_types.get(item.failure_reason_type or FailureType(""), self.default)
            for item in items
            if item.status == Item.FAILED
        }
        return mapped.pop() if len(mapped) == 1 else self.default


def composed_reason(items: Iterable[ExportJobItem]) -> str:
    """The causes of the items that did not succeed, most frequent first, each with its count."""
    causes = Counter(_cause(item) for item in items if item.status in (Item.FAILED, Item.ABANDONED))
    ranked = sorted(causes.items(), key=lambda cause: (-cause[1], cause[0]))
    if len(ranked) == 1:
        return ranked[0][0]
    sentences = [f"{count_of(count, 'item')}: {cause}" for cause, count in ranked[:_CAUSES_NAMED]]
    rest = ranked[_CAUSES_NAMED:]
    if rest:
        sentences.append(f"{count_of(sum(count for _, count in rest), 'item')}: {count_of(len(rest), 'other cause')}")
    return "; ".join(sentences)


def _cause(item: ExportJobItem) -> str:
    reason = shortened(item.failure_reason or "", _CAUSE_LENGTH).rstrip(".; ")
    if reason:
        return reason
    if item.status == Item.ABANDONED:
        return "Abandoned before it was processed"
    if item.failure_reason_type:
        return item.failure_reason_type.replace("_", " ").capitalize()
    return "No reason was given"
