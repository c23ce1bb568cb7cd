"""Pleo's words for jobs, items and events as an accountant says them: completed with errors. Pure."""

from collections.abc import Mapping
from typing import Final

from app.messages import said_as
from app.models.vocabulary import Event, EventType, Item, ItemStatus, Job, JobStatus

# Each stands within a sentence, or in quotation marks.
_EVENTS: Final[Mapping[str, str]] = {
    Event.STARTED: said_as("event", "started"),
    Event.COMPLETED: said_as("event", "completed"),
    Event.COMPLETED_WITH_ERRORS: said_as("event", "completed with errors"),
    Event.FAILED: said_as("event", "failed"),
}
_JOBS: Final[Mapping[str, str]] = {
    Job.PENDING: said_as("job", "pending"),
    Job.IN_PROGRESS: said_as("job", "in progress"),
    Job.COMPLETED: said_as("job", "completed"),
    Job.COMPLETED_WITH_ERRORS: said_as("job", "completed with errors"),
    Job.FAILED: said_as("job", "failed"),
}
_ITEMS: Final[Mapping[str, str]] = {
    Item.SUCCESSFUL: said_as("item", "successful"),
    Item.FAILED: said_as("item", "failed"),
    Item.ABANDONED: said_as("item", "abandoned"),
    Item.PENDING: said_as("item", "pending"),
    Item.IN_PROGRESS: said_as("item", "in progress"),
}


def event_word(event: EventType) -> str:
    return _EVENTS.get(event) or _as_it_came(event)


def job_word(status: JobStatus) -> str:
    return _JOBS.get(status) or _as_it_came(status)


def item_word(status: ItemStatus) -> str:
    return _ITEMS.get(status) or _as_it_came(status)


def _as_it_came(word: str) -> str:
    """One that is not listed, and so nobody's to translate."""
    return word.replace("_", " ")
