"""A cause as a card, and the control totals as lines; words only."""

from dataclasses import dataclass

from app.models.cause import CauseKey, Sighting
from app.models.vocabulary import EntryId
from app.review.causes import Cause
from app.review.control_totals import ControlTotals
from app.text import count_of
from ui.common.status_text import item_look, item_word
from ui.common.text_format import TextFormat, sums_text
from ui.theme.status import StatusLook

_VARIABLES_NAMED = 4
_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class CauseCard:
    """`facts` are the quiet lines beneath the server's own words."""

    key: CauseKey
    title: str
    amount: str
    words: str
    facts: tuple[str, ...]
    item_ids: tuple[EntryId, ...]

    @property
    def sentence(self) -> str:
        """The card as a screen reader says it."""
        return ". ".join(part for part in (self.title, self.amount, self.words, *self.facts) if part)


def cause_card(cause: Cause, sighting: Sighting | None, fmt: TextFormat) -> CauseCard:
    money = sums_text(cause.sums, fmt)
    count = count_of(cause.count, "item")
    return CauseCard(
        key=cause.key,
        title=cause.words.title,
        amount=f"{count} · {money}" if money else count,
        words=" ".join(cause.example.split()) or "The server gave no reason.",
        facts=tuple(fact for fact in (_concerned(cause), _who(cause), _seen(sighting, fmt)) if fact),
        item_ids=cause.item_ids,
    )


def _concerned(cause: Cause) -> str:
    """What the items differ in; the sentence above says what one item has, and an address tells nobody anything."""
    values = [value for value in cause.variables if "://" not in value]
    if len(cause.item_ids) < 2 or len(values) < 2:
        return ""
    named = ", ".join(values[:_VARIABLES_NAMED])
    return f"About {named}{' …' if len(values) > _VARIABLES_NAMED else ''}"


def _who(cause: Cause) -> str:
    known = cause.words
    return f"Usually fixed by the {known.fixed_by}: {known.where}" if known.fixed_by else ""


def _seen(sighting: Sighting | None, fmt: TextFormat) -> str:
    if sighting is None or not sighting.jobs_before:
        return "" if sighting is None else "New: not seen in a job before"
    return f"First seen {fmt.moment(sighting.first_seen)}, in {count_of(sighting.jobs_before, 'job')} before"


@dataclass(frozen=True, slots=True)
class TotalLine:
    look: StatusLook
    status: str
    count: str
    sums: str


def total_lines(totals: ControlTotals, fmt: TextFormat) -> tuple[TotalLine, ...]:
    return tuple(
        TotalLine(
            item_look(total.status),
            item_word(total.status),
            fmt.number(total.count),
            sums_text(total.sums, fmt, f"{_NO_BREAK}· "),
        )
        for total in totals.by_status
    )


def proof(totals: ControlTotals) -> str:
    """Whether the statuses add up to what Pleo says the job holds."""
    if totals.adds_up:
        return f"Adds up: {count_of(totals.count, 'item')}, as Pleo says"
    found = []
    if totals.difference is None:
        found.append(f"{count_of(totals.count, 'item')} read, and Pleo does not say readably how many there are")
    elif totals.difference:
        more = "more" if totals.difference > 0 else "fewer"
        found.append(f"{abs(totals.difference):,} {more} than the {count_of(totals.expected, 'item')} Pleo says")
    if totals.twice:
        found.append(f"{count_of(totals.twice, 'item')} read twice")
    return f"Does not add up: {', '.join(found)}"
