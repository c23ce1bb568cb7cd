"""What the gate says of time, and of how a job ended. Words only."""

from datetime import datetime, timedelta

from app.completion.ending import Ending, ending_of
from app.completion.tally import Tally
from app.messages import joined, nsaid, said
from app.models.export_job import ExportJob
from app.models.vocabulary import Item
from ui.common.text_format import TextFormat


def ended_words(job: ExportJob, counts: Tally, *, is_from_here: bool | None) -> str:
    """What happened, where Pleo itself or a user of it ended the job; else from where the event came, as far as the
    journal tells."""
    match ending_of(job):
        case Ending.EXPIRED:
            what = _expired(job.expires_in)
        case Ending.CANCELLED:
            what = said("Somebody cancelled the job in Pleo.")
        case Ending.EVENT if is_from_here:
            return said("The event was sent from here.")
        case Ending.EVENT if is_from_here is False:
            return said("It was ended elsewhere: the journal here holds no event that did it.")
        case _:
            return ""
    again = said("Exporting again in Pleo makes a new job.")
    return joined(" ", filter(None, (what, _given_up(counts.of(Item.ABANDONED)), again)))


def _expired(seconds: int | None) -> str:
    if seconds is None:
        return said("Pleo let the job expire, because nothing was reported in time.")
    return nsaid(
        "Pleo let the job expire, because nothing was reported for {n:,} minute.",
        "Pleo let the job expire, because nothing was reported for {n:,} minutes.",
        seconds // 60,
    )


def _given_up(abandoned: int) -> str:
    if not abandoned:
        return ""
    return nsaid(
        "{n:,} item that was open was abandoned; the rest keep their outcome.",
        "{n:,} items that were open were abandoned; the rest keep their outcome.",
        abandoned,
    )


def expiry_words(job: ExportJob, now: datetime, soon: timedelta, fmt: TextFormat) -> tuple[str, bool]:
    """When Pleo lets the job expire and what gives it time, and whether it hurries; "" where there is no time to tell.

    Pleo counts from the job's last change, and each outcome that it takes is one.
    """
    deadline, seconds = job.deadline, job.expires_in
    if deadline is None or seconds is None:
        return "", False
    left, minutes = fmt.time_left(deadline, now), seconds // 60
    if deadline < now:
        return said("Its time is over: Pleo may let it expire at any moment."), True
    words = nsaid(
        "Expires: {left}. Each outcome that is reported gives it {n:,} minute again.",
        "Expires: {left}. Each outcome that is reported gives it {n:,} minutes again.",
        minutes,
        left=left,
    )
    return words, deadline - now < soon
