"""The way out of what stays unknown: somebody looked in Pleo, and says what they saw. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import NotReleased, UsageProblem
from app.messages import said
from app.texts.phrases import clock_time, date_and_time, is_same_day


@dataclass(frozen=True, slots=True)
class Witness:
    """Who looked in Pleo, and what they saw there. Raises UsageProblem where either is blank."""

    by: str
    saw: str

    def __post_init__(self) -> None:
        if not self.by.strip() or not self.saw.strip():
            raise UsageProblem(
                said("A release says who looked in Pleo, and what they saw"),
                advice=said("Enter a name and what Pleo shows of the job."),
            )


def releasable_from(sent_at: datetime, release_seconds: float) -> datetime:
    return sent_at + timedelta(seconds=release_seconds)


def must_be_waited_out(sent: Iterable[datetime], release_seconds: float, now: datetime) -> None:
    """Raises NotReleased where nothing was sent, or where the wait after the last send is not over."""
    last = max(sent, default=None)
    if last is None:
        raise NotReleased(said("Nothing of this job is unknown, so there is nothing to release"))
    due = releasable_from(last, release_seconds)
    if now < due:
        raise NotReleased(_too_early(due, now), advice=said("Look in Pleo meanwhile."), due=due)


def _too_early(due: datetime, now: datetime) -> str:
    if is_same_day(due, now):
        return said("It cannot be released before {time}: until then Pleo itself may still tell", time=clock_time(due))
    return said(
        "It cannot be released before {moment}: until then Pleo itself may still tell", moment=date_and_time(due)
    )
