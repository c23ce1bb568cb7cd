"""Pleo's statuses as looks and words, the same on every screen; an unlisted word stays as it came."""

from app.completion.tally import Tally
from app.messages import said
from app.models.draft import Draft
from app.models.vocabulary import Item, ItemStatus, Job, JobStatus
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

_WITHIN = {
    Item.SUCCESSFUL: said("successful"),
    Item.FAILED: said("failed"),
    Item.ABANDONED: said("abandoned"),
    Item.PENDING: said("pending"),
    Item.IN_PROGRESS: said("in progress"),
}


def job_look(status: JobStatus) -> JobLook:
    return _JOB_LOOKS.get(status, JobLook.UNKNOWN)


def job_word(status: JobStatus) -> str:
    look = job_look(status)
    return f"unknown status '{status}'" if look is JobLook.UNKNOWN else look_of(look).word.lower()


def job_title(status: JobStatus) -> str:
    """The job's status where nothing stands before it."""
    look = job_look(status)
    return said("Unknown status '{status}'", status=status) if look is JobLook.UNKNOWN else look_of(look).word


def item_look(status: ItemStatus) -> StatusLook:
    return _ITEM_LOOKS.get(status, StatusLook.UNKNOWN)


def item_word(status: ItemStatus) -> str:
    """In progress is told apart from pending although both look open."""
    look = item_look(status)
    if look is StatusLook.OPEN:
        return status.replace("_", " ").capitalize()
    return f"Unknown: {status}" if look is StatusLook.UNKNOWN else look_of(look).word


def item_word_within(status: ItemStatus) -> str:
    """The same inside of a sentence."""
    return _WITHIN.get(status) or said("unknown: {status}", status=status)


def draft_status_word(draft: Draft) -> str:
    """An outcome that is not with Pleo yet: Draft: failed."""
    return f"{'Refused' if draft.refusal else 'Draft'}: {item_word(draft.outcome.status).lower()}"


def drafted_sentence(status: ItemStatus, draft: Draft) -> str:
    """From what to what: Pending → failed (draft)."""
    mark = "draft, refused by Pleo" if draft.refusal else "draft"
    return f"{item_word(status)} → {item_word(draft.outcome.status).lower()} ({mark})"


def counts_by_look(counts: Tally) -> dict[StatusLook, int]:
    """The five looks that every status has, with how many items wear each."""
    return {
        StatusLook.SUCCESSFUL: counts.successful,
        StatusLook.FAILED: counts.of(Item.FAILED),
        StatusLook.ABANDONED: counts.of(Item.ABANDONED),
        StatusLook.OPEN: counts.open,
        StatusLook.UNKNOWN: counts.unknown,
    }
