"""What matters before something that can't be undone: money by outcome, set by whom, how old the reading is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.messages import Said, joined, nsaid, said
from app.models.vocabulary import JobId
from app.outcomes.set_by import SetBy
from app.review.control_totals import ControlTotals, StatusTotal
from app.texts.phrases import is_same_day
from app.texts.screen import isolated
from ui.common.status_text import item_word
from ui.common.text_format import TextFormat, sums_text

# Names beyond these are counted: the dialog has to fit a small screen.
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class OlderJob:
    """A running job of the same company that Pleo expects to be finished before. `when` it was made is "" where the
    dates of the two cannot be compared."""

    job_id: JobId
    when: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the summary: a label and what it says."""

    label: str
    words: str


def sum_lines(totals: ControlTotals | None, fmt: TextFormat) -> tuple[Line, ...]:
    """A line for each outcome with what it comes to per currency. None where amounts were never read."""
    if totals is None or (totals.count and totals.without_amount == totals.count):
        return (Line(said("Amounts"), said("Never read: nobody has compared this job's sums")),)
    return tuple(_sum_line(total, fmt) for total in totals.by_status)


def _sum_line(total: StatusTotal, fmt: TextFormat) -> Line:
    parts = [sums_text(total.sums, fmt)] if total.sums else []
    if total.without_amount:
        unread = nsaid("{n:,} without an amount", "{n:,} without an amount", total.without_amount)
        parts.append(unread)
    return Line(item_word(total.status), joined(", ", parts))


def set_by_line(found: Sequence[SetBy]) -> Line | None:
    """None where nobody set an outcome from here: then all are the accounting system's."""
    if not found:
        return None
    told = [_set_by(each) for each in found[:_MOST_NAMES]]
    others = found[_MOST_NAMES:]
    if others:
        count = sum(each.by_hand + each.from_lists for each in others)
        told.append(nsaid("{n:,} outcome by others", "{n:,} outcomes by others", count))
    return Line(said("Set by people"), joined("; ", told))


def _set_by(found: SetBy) -> Said:
    name = isolated(found.name)
    if not found.from_lists:
        return nsaid("{n:,} outcome by hand by {name}", "{n:,} outcomes by hand by {name}", found.by_hand, name=name)
    if not found.by_hand:
        return nsaid(
            "{n:,} outcome from lists by {name}", "{n:,} outcomes from lists by {name}", found.from_lists, name=name
        )
    return nsaid(
        "{n:,} outcome by {name}, {by_hand:,} by hand",
        "{n:,} outcomes by {name}, {by_hand:,} by hand",
        found.by_hand + found.from_lists,
        name=name,
        by_hand=found.by_hand,
    )


def age_line(read_at: datetime, now: datetime, fmt: TextFormat) -> Line:
    """How old what is shown is. It is read again before anything leaves."""
    minutes = int((now - read_at).total_seconds() // 60)
    hours, title, time = minutes // 60, said("Last read"), fmt.time(read_at)
    if minutes < 1:
        return Line(title, said("{time}, just now", time=time))
    if minutes < 60:
        return Line(title, nsaid("{time}, {n:,} minute ago", "{time}, {n:,} minutes ago", minutes, time=time))
    if is_same_day(read_at, now):
        return Line(title, nsaid("{time}, {n:,} hour ago", "{time}, {n:,} hours ago", hours, time=time))
    moment = fmt.moment(read_at)
    return Line(title, nsaid("{moment}, {n:,} hour ago", "{moment}, {n:,} hours ago", hours, moment=moment))


def deadline_line(deadline: datetime | None, now: datetime, fmt: TextFormat) -> Line | None:
    if deadline is None:
        return None
    moment, left = fmt.moment(deadline), fmt.time_left(deadline, now)
    return Line(said("Expires"), said("{moment} ({left})", moment=moment, left=left))


def as_shown(lines: Sequence[Line | None]) -> Iterator[Line]:
    yield from (line for line in lines if line and line.words)
