"""The few turns of phrase that the sentences of this room share."""

from datetime import datetime


def is_same_day(moment: datetime, other: datetime) -> bool:
    """Where this machine stands. A sentence about a time of day is another one than about a moment of another day."""
    return moment.astimezone().date() == other.astimezone().date()


def clock_time(moment: datetime) -> str:
    """Where this machine stands: 12:03."""
    return f"{moment.astimezone():%H:%M}"


def date_and_time(moment: datetime) -> str:
    """Where this machine stands: 2026-11-30 12:03."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def shortened(text: str, most: int) -> str:
    """At most `most` characters on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def readable_name(name: str) -> str:
    """A file's name as text: bytes that are no letters of it, which Python keeps as halves of characters, are shown so.

    Neither a journal nor a screen takes such halves.
    """
    return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= sign <= "\udfff" else sign for sign in name)
