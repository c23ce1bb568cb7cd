"""The one place that says how a status looks: a shape, a word and a colour together, never a colour alone."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.messages import nsaid, said, said_as


class StatusLook(Enum):
    """The five looks that the status of an item can have."""

    SUCCESSFUL = "successful"
    FAILED = "failed"
    OPEN = "open"
    ABANDONED = "abandoned"
    UNKNOWN = "unknown"


class JobLook(Enum):
    PENDING = "pending"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    COMPLETED_WITH_ERRORS = "completed-with-errors"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Look:
    """`icon` names a file in `resources/icons`, `tone` a colour of `Tokens`.

    `within` is the word as it stands within a sentence, `counted` how many look like this.
    """

    word: str
    icon: str
    tone: str
    within: str = ""
    counted: Callable[[int], str] | None = None


# Pleo's words for one item, and for a job: other languages may say them differently.
_ITEMS = {
    StatusLook.SUCCESSFUL: Look(
        said_as("item", "Posted"),
        "status-successful",
        "success",
        said_as("item", "posted"),
        lambda count: nsaid("{n:,} posted", "{n:,} posted", count),
    ),
    StatusLook.FAILED: Look(
        said_as("item", "Failed"),
        "status-failed",
        "danger",
        said_as("item", "failed"),
        lambda count: nsaid("{n:,} failed", "{n:,} failed", count),
    ),
    StatusLook.OPEN: Look(
        said_as("item", "Open"),
        "status-open",
        "open",
        said_as("item", "open"),
        lambda count: nsaid("{n:,} open", "{n:,} open", count),
    ),
    StatusLook.ABANDONED: Look(
        said_as("item", "Abandoned"),
        "status-abandoned",
        "abandoned",
        said_as("item", "abandoned"),
        lambda count: nsaid("{n:,} abandoned", "{n:,} abandoned", count),
    ),
    StatusLook.UNKNOWN: Look(
        said_as("item", "Unknown"),
        "status-unknown",
        "unknown",
        said_as("item", "unknown"),
        lambda count: nsaid("{n:,} unknown", "{n:,} unknown", count),
    ),
}
_JOBS = {
    JobLook.PENDING: Look(said_as("job", "Pending"), "job-pending", "open", said_as("job", "pending")),
    JobLook.IN_PROGRESS: Look(
        said_as("job", "In progress"), "job-in-progress", "accent", said_as("job", "in progress")
    ),
    JobLook.COMPLETED: Look(said_as("job", "Completed"), "job-completed", "success", said_as("job", "completed")),
    JobLook.COMPLETED_WITH_ERRORS: Look(
        said_as("job", "Completed with errors"),
        "job-completed-with-errors",
        "warning",
        said_as("job", "completed with errors"),
    ),
    JobLook.FAILED: Look(said_as("job", "Failed"), "job-failed", "danger", said_as("job", "failed")),
    JobLook.UNKNOWN: Look(said_as("job", "Unknown"), "job-unknown", "unknown", said_as("job", "unknown")),
}
# An outcome that was entered here and is not with Pleo yet, and one that Pleo did not take.
DRAFT = Look(
    said("Draft"),
    "status-draft",
    "accent",
    said("draft"),
    lambda count: nsaid("{n:,} drafted", "{n:,} drafted", count),
)
REFUSED_DRAFT = Look(said("Refused draft"), "draft-refused", "danger", said("refused draft"))
_MEANINGS = {"success": "success", "error": "danger", "warning": "warning", "info": "info"}
_TONES = {look.icon: look.tone for look in (*_ITEMS.values(), *_JOBS.values(), DRAFT, REFUSED_DRAFT)} | _MEANINGS


def look_of(status: StatusLook | JobLook) -> Look:
    return _ITEMS[status] if isinstance(status, StatusLook) else _JOBS[status]


def tone_of_icon(name: str) -> str | None:
    """The colour that an icon always has, or None for icons that take the colour of the text beside them."""
    return _TONES.get(name)
