"""Pleo's statuses as looks and words, the same on every screen; an unlisted word stays as it came."""

from collections.abc import Mapping
from typing import Final

from app.completion.tally import Tally
from app.messages import said, said_as
from app.models.draft import Draft
from app.models.vocabulary import Item, ItemStatus, Job, JobStatus
from app.texts.screen import isolated
from ui.theme.status import JobLook, StatusLook, look_of

_JOB_LOOKS = {
    Job.PENDING: JobLook.PENDING,
    Job.IN_PROGRESS: JobLook.IN_PROGRESS,
    Job.COMPLETED: JobLook.COMPLETED,
    Job.COMPLETED_WITH_ERRORS: JobLook.COMPLETED_WITH_ERRORS,
    Job.FAILED: JobLook.FAILED,
}
_ITEM_LOOKS = {
    Item.SUCCESSFUL: StatusLook.SUCCESSFUL,
    Item.FAILED: StatusLook.FAILED,
    Item.ABANDONED: StatusLook.ABANDONED,
    Item.PENDING: StatusLook.OPEN,
    Item.IN_PROGRESS: StatusLook.OPEN,
}

# Both look open, and are told apart by their words.
_OPEN: Final[Mapping[ItemStatus, tuple[str, str]]] = {
    Item.PENDING: (said_as("item", "Pending"), said("pending")),
    Item.IN_PROGRESS: (said_as("item", "In progress"), said("in progress")),
}


def job_look(status: JobStatus) -> JobLook:
    return _JOB_LOOKS.get(status, JobLook.UNKNOWN)


def job_word(status: JobStatus) -> str:
    look = job_look(status)
    if look is JobLook.UNKNOWN:
        return said("unknown status '{status}'", status=isolated(status))
    return look_of(look).within


def job_title(status: JobStatus) -> str:
    """The job's status where nothing stands before it."""
    look = job_look(status)
    if look is JobLook.UNKNOWN:
        return said("Unknown status '{status}'", status=isolated(status))
    return look_of(look).word


def item_look(status: ItemStatus) -> StatusLook:
    return _ITEM_LOOKS.get(status, StatusLook.UNKNOWN)


def item_word(status: ItemStatus) -> str:
    """In progress is told apart from pending although both look open."""
    look = item_look(status)
    if look is StatusLook.UNKNOWN:
        return said("Unknown: {status}", status=isolated(status))
    return _OPEN[status][0] if look is StatusLook.OPEN else look_of(look).word


def item_word_within(status: ItemStatus) -> str:
    """The same inside of a sentence."""
    look = item_look(status)
    if look is StatusLook.UNKNOWN:
        return said("unknown: {status}", status=isolated(status))
    return _OPEN[status][1] if look is StatusLook.OPEN else look_of(look).within


def outcome_word(status: ItemStatus) -> str:
    """What somebody says of an item, before Pleo says it: posted is what it will call successful."""
    return said("Posted") if status == Item.SUCCESSFUL else item_word(status)


def outcome_word_within(status: ItemStatus) -> str:
    """The same inside of a sentence."""
    return said("posted") if status == Item.SUCCESSFUL else item_word_within(status)


def draft_status_word(draft: Draft) -> str:
    """An outcome that is not with Pleo yet: Draft: failed."""
    word = outcome_word_within(draft.outcome.status)
    return said("Refused: {status}", status=word) if draft.refusal else said("Draft: {status}", status=word)


def drafted_sentence(status: ItemStatus, draft: Draft) -> str:
    """From what to what: Pending → failed (draft)."""
    before, after = item_word(status), outcome_word_within(draft.outcome.status)
    if draft.refusal:
        return said("{before} → {after} (draft, refused by Pleo)", before=before, after=after)
    return said("{before} → {after} (draft)", before=before, after=after)


def counts_by_look(counts: Tally) -> dict[StatusLook, int]:
    """The five looks that every status has, with how many items wear each."""
    return {
        StatusLook.SUCCESSFUL: counts.successful,
        StatusLook.FAILED: counts.of(Item.FAILED),
        StatusLook.ABANDONED: counts.of(Item.ABANDONED),
        StatusLook.OPEN: counts.open,
        StatusLook.UNKNOWN: counts.unknown,
    }
