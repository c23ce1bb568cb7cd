"""How far a submission is, and what ends it before anything is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.completion.blockers import Blocker
from app.models.snapshot import JobSnapshot


class Step(Enum):
    """Where a submission is, for the progress that the user sees."""

    SETTLING = "Finding out what became of the attempt before"
    READING_AGAIN = "Reading the job and its items again"
    SENDING = "Sending the event"
    WAITING = "Pleo asked to wait before trying again"
    READING_BACK = "Reading the job back"


OnStep = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Changed:
    """Nothing was sent, because `fresh` no longer implies what the preview showed."""

    fresh: JobSnapshot
    changes: tuple[str, ...]
    blockers: tuple[Blocker, ...]
