"""The one place that says how a status looks: a shape, a word and a colour together, never a colour alone."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


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


_ITEMS = {
    StatusLook.SUCCESSFUL: Look("Successful", "status-successful", "success"),
    StatusLook.FAILED: Look("Failed", "status-failed", "danger"),
    StatusLook.OPEN: Look("Open", "status-open", "open"),
    StatusLook.ABANDONED: Look("Abandoned", "status-abandoned", "abandoned"),
    StatusLook.UNKNOWN: Look("Unknown", "status-unknown", "unknown"),
}
_JOBS = {
    JobLook.PENDING: Look("Pending", "job-pending", "open"),
    JobLook.IN_PROGRESS: Look("In progress", "job-in-progress", "accent"),
    JobLook.COMPLETED: Look("Completed", "job-completed", "success"),
    JobLook.COMPLETED_WITH_ERRORS: Look("Completed with errors", "job-completed-with-errors", "warning"),
    JobLook.FAILED: Look("Failed", "job-failed", "danger"),
    JobLook.UNKNOWN: Look("Unknown", "job-unknown", "unknown"),
}
# An outcome that was entered here and is not with Pleo yet, and one that Pleo did not take.
DRAFT = Look("Draft", "status-draft", "accent")
REFUSED_DRAFT = Look("Refused draft", "draft-refused", "danger")
_MEANINGS = {"success": "success", "error": "danger", "warning": "warning", "info": "info"}
_TONES = {look.icon: look.tone for look in (*_ITEMS.values(), *_JOBS.values(), DRAFT, REFUSED_DRAFT)} | _MEANINGS


def look_of(status: StatusLook | JobLook) -> Look:
    return _ITEMS[status] if isinstance(status, StatusLook) else _JOBS[status]


def tone_of_icon(name: str) -> str | None:
    """The colour that an icon always has, or None for icons that take the colour of the text beside them."""
    return _TONES.get(name)
