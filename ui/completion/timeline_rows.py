"""A job's timeline as rows and columns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.completion.timeline import Happened, TimelineEntry
from app.messages import joined, shown, tr
from app.models.vocabulary import EntryId
from app.texts.screen import for_screen, isolated
from ui.tables.column import Column

Moment = Callable[[datetime], str]
_IN_DOUBT = (Happened.UNREADABLE, Happened.OTHER)
_ICONS: Final[Mapping[Happened, str]] = {
    Happened.READ: "refresh",
    Happened.DRAFTED: "status-draft",
    Happened.DECIDED: "complete",
    Happened.SENT: "send",
    Happened.ANSWERED: "info",
    Happened.READ_BACK: "refresh",
    Happened.CONFIRMED: "status-successful",
    Happened.REFUSED: "status-failed",
    Happened.OVERTAKEN: "status-failed",
    Happened.NOT_SENT: "status-failed",
    Happened.MISSING: "status-failed",
    Happened.UNKNOWN: "status-unknown",
    Happened.RELEASED: "mark",
    Happened.JOURNAL_CONFIRMED: "mark",
    Happened.UNREADABLE: "warning",
    Happened.OTHER: "warning",
}


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """`details` are lines, `searched` all of it in lower case as the user reads it."""

    key: int
    entry: TimelineEntry
    time: str
    details: str
    searched: str

    @property
    def is_in_doubt(self) -> bool:
        """Whether nothing may rest on it."""
        return not self.entry.is_sound or self.entry.kind in _IN_DOUBT

    @property
    def whole(self) -> str:
        head = "  ".join(filter(None, (self.time, shown(self.entry.who), shown(self.entry.words))))
        return "\n".join((head, *(f"    {line}" for line in self.details.splitlines())))


def timeline_rows(entries: Iterable[TimelineEntry], moment: Moment, names: Mapping[EntryId, str]) -> list[TimelineRow]:
    """`names` are those that items have beside their ids, as far as they are known."""
    return [_row(place, entry, moment, names) for place, entry in enumerate(entries)]


def _row(place: int, entry: TimelineEntry, moment: Moment, names: Mapping[EntryId, str]) -> TimelineRow:
    named = ((_named(item, names), words) for item, words in entry.items.items())
    of_items = (joined(": ", (item, words)) if words else item for item, words in named)
    details = "\n".join(map(for_screen, (*entry.details, *of_items)))
    time = moment(entry.at) if entry.at else tr("no moment")
    texts = (time, shown(entry.who), shown(entry.words), details)
    return TimelineRow(place, entry, time, details, "\n".join(texts).casefold())


def _named(entry_id: EntryId, names: Mapping[EntryId, str]) -> str:
    name = names.get(entry_id)
    return f"{isolated(name)} ({entry_id})" if name else entry_id


def timeline_columns() -> tuple[Column[TimelineRow], ...]:
    return (
        Column("time", tr("Time"), lambda row: row.key, lambda row: row.time, width=152),
        Column("who", tr("Who"), lambda row: row.entry.who, lambda row: row.entry.who, width=136),
        Column(
            "what",
            tr("What happened"),
            lambda row: row.entry.words,
            lambda row: row.entry.words,
            icon=lambda row: "warning" if row.is_in_doubt else _ICONS[row.entry.kind],
            tooltip=lambda row: row.entry.words,
            width=360,
            stretch=True,
        ),
    )


def found(rows: Iterable[TimelineRow], words: str) -> Iterable[TimelineRow]:
    """Those that hold all of the words."""
    wanted = words.casefold().split()
    return (row for row in rows if all(word in row.searched for word in wanted))
