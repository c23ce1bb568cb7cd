"""What a `failed` event says: the reason composed from the items' causes, and its type."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from heapq import nsmallest

from app.messages import ENGLISH, Language, Said, joined, nsaid, said
from app.models.export_job import ExportJobItem
from app.models.vocabulary import (
    DEFAULT_JOB_FAILURE,
    ENDED_BY_OTHERS,
    JOB_FAILURES,
    FailureType,
    Item,
    ItemStatus,
)
from app.texts.phrases import shortened

_CAUSES_NAMED = 5
_CAUSE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class IntegrationSpecification:
    """How an integration names the failure of a whole job: item failure types to the job's `failureReasonType`.
    `language` is that of those who read the reason at Pleo."""

    default: FailureType = DEFAULT_JOB_FAILURE
    job_types: Mapping[FailureType, FailureType] = field(default_factory=dict)
    language: Language = ENGLISH

    def job_type_for(self, items: Iterable[ExportJobItem]) -> FailureType:
        """The one type that all failed items map to; the default where they map to several, or to none."""
        return self.types_for(items).derived

    def types_for(self, items: Iterable[ExportJobItem]) -> "FailureTypes":
        """The types that come into question for the job of these items."""
        said_by = Counter(item.failure_reason_type for item in items if item.status == Item.FAILED)
        mapped = {self.job_types.get(kind or FailureType(""), self.default) for kind in said_by}
        derived = mapped.pop() if len(mapped) == 1 else self.default
        return FailureTypes(self.default, derived, self._proposed(said_by))

    def _proposed(self, said_by: Counter[FailureType | None]) -> FailureType | None:
        most = said_by.most_common(2)
        is_tie = len(most) > 1 and most[0][1] == most[1][1]
        kind = most[0][0] if most and not is_tie else None
        if kind is None:
            return None
        mapped = self.job_types.get(kind)
        is_of_jobs = kind in JOB_FAILURES and kind not in ENDED_BY_OTHERS
        return mapped or (kind if is_of_jobs else None)


class TypeOrigin(Enum):
    """Where the failure type of a job comes from."""

    DEFAULT = "default"  # the connection's, which is Pleo's own unless Pleo refused it before
    MAPPED = "mapped"  # by the connection's integration specification
    MOST_FREQUENT = "most frequent"  # what most failed items say
    CHOSEN = "chosen"  # by the user


@dataclass(frozen=True, slots=True)
class FailureTypes:
    """`derived` is what the event carries unless its user chooses another; `proposed` is what most failed items say, as
    a type of the job: by the integration specification, or the very same where a job may carry it. It is None where it
    is no job's type, such as an unknown account, and where as many items say something else."""

    default: FailureType
    derived: FailureType
    proposed: FailureType | None = None

    def origin_of(self, kind: FailureType | None) -> TypeOrigin:
        """Told from the type alone: nobody has to keep in mind who set it."""
        if kind is not None and kind == self.proposed:
            return TypeOrigin.MOST_FREQUENT
        if kind == self.default:
            return TypeOrigin.DEFAULT
        return TypeOrigin.MAPPED if kind == self.derived else TypeOrigin.CHOSEN


def composed_reason(items: Iterable[ExportJobItem], language: Language = ENGLISH) -> str:
    """The causes of the items that did not succeed, most frequent first, each with its count. What the accounting
    system or Pleo said stands in its own words, all else in the language."""
    causes = _counted(items)
    named = nsmallest(_CAUSES_NAMED, causes.items(), key=lambda cause: (-cause[1], cause[0]))
    if len(causes) == 1:
        return _written(named[0][0], language)
    sentences = [nsaid("{n:,} item: {cause}", "{n:,} items: {cause}", count, cause=cause) for cause, count in named]
    others = len(causes) - len(named)
    if others:
        rest = causes.total() - sum(count for _, count in named)
        cause = nsaid("{n:,} other cause", "{n:,} other causes", others)
        sentences.append(nsaid("{n:,} item: {cause}", "{n:,} items: {cause}", rest, cause=cause))
    return _written(joined("; ", sentences), language)


def _written(text: str, language: Language) -> str:
    return text.into(language) if isinstance(text, Said) else text


def _counted(items: Iterable[ExportJobItem]) -> Counter[str]:
    """Items by cause. What many items say alike is put into words once."""
    alike = Counter(
        [
            (item.failure_reason, item.status, item.failure_reason_type)
            for item in items
            if item.status in (Item.FAILED, Item.ABANDONED)
        ]
    )
    causes: Counter[str] = Counter()
    for (reason, status, kind), count in alike.items():
        causes[_cause(reason, status, kind)] += count
    return causes


def _cause(reason: str | None, status: ItemStatus, kind: FailureType | None) -> str:
    words = shortened(reason or "", _CAUSE_LENGTH).rstrip(".; ")
    if words:
        return words
    if status == Item.ABANDONED:
        return said("Abandoned before it was processed")
    if kind:
        return kind.replace("_", " ").capitalize()
    return said("No reason was given")
