"""A cause as a card, and the control totals as lines; words only."""

from dataclasses import dataclass

from app.messages import ntr, shown, tr
from app.models.cause import CauseKey, Sighting
from app.models.vocabulary import EntryId, Item, ItemStatus
from app.review.causes import Cause
from app.review.control_totals import ControlTotals
from ui.common.status_text import item_look
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
        *before, last = filter(None, (self.title, self.amount, self.words, *self.facts))
        return " ".join((*(part if part.endswith(".") else f"{part}." for part in before), last))


def cause_card(cause: Cause, sighting: Sighting | None, fmt: TextFormat) -> CauseCard:
    money = sums_text(cause.sums, fmt)
    count = ntr("{n:,} item", "{n:,} items", cause.count)
    return CauseCard(
        key=cause.key,
        title=shown(cause.words.title),
        amount=f"{count} · {money}" if money else count,
        words=" ".join(cause.example.split()) or tr("The server gave no reason."),
        facts=tuple(fact for fact in (_concerned(cause), _who(cause), _seen(sighting, fmt)) if fact),
        item_ids=cause.item_ids,
    )


def _concerned(cause: Cause) -> str:
    """What the items differ in; the sentence above says what one item has, and an address tells nobody anything."""
    values = [value for value in cause.variables if "://" not in value]
    if len(cause.item_ids) < 2 or len(values) < 2:
        return ""
    named = ", ".join(values[:_VARIABLES_NAMED])
    return tr("About {names} …", names=named) if len(values) > _VARIABLES_NAMED else tr("About {names}", names=named)


def _who(cause: Cause) -> str:
    where = cause.words.where
    match cause.words.fixed_by:
        case "":
            return ""
        case "accountant":
            return tr("Usually fixed by the accountant: {where}", where=where)
        case "client":
            return tr("Usually fixed by the client: {where}", where=where)
        case "connector":
            return tr("Usually fixed by the connector: {where}", where=where)
        case "IT":
            return tr("Usually fixed by the IT: {where}", where=where)
        case another:
            return tr("Usually fixed by the {who}: {where}", who=another, where=where)


def _seen(sighting: Sighting | None, fmt: TextFormat) -> str:
    if sighting is None or not sighting.jobs_before:
        return "" if sighting is None else tr("New: not seen in a job before")
    return ntr(
        "First seen {moment}, in {n:,} job before",
        "First seen {moment}, in {n:,} jobs before",
        sighting.jobs_before,
        moment=fmt.moment(sighting.first_seen),
    )


@dataclass(frozen=True, slots=True)
class TotalLine:
    """`counted` is how many items have the status, such as 4 successful."""

    look: StatusLook
    counted: str
    sums: str


def total_lines(totals: ControlTotals, fmt: TextFormat) -> tuple[TotalLine, ...]:
    return tuple(
        TotalLine(
            item_look(total.status),
            _counted(total.status, total.count),
            sums_text(total.sums, fmt, f"{_NO_BREAK}· "),
        )
        for total in totals.by_status
    )


def _counted(status: ItemStatus, count: int) -> str:
    match status:
        case Item.SUCCESSFUL:
            return ntr("{n:,} posted", "{n:,} posted", count)
        case Item.FAILED:
            return ntr("{n:,} failed", "{n:,} failed", count)
        case Item.ABANDONED:
            return ntr("{n:,} abandoned", "{n:,} abandoned", count)
        case Item.PENDING:
            return ntr("{n:,} pending", "{n:,} pending", count)
        case Item.IN_PROGRESS:
            return ntr("{n:,} in progress", "{n:,} in progress", count)
        case _:
            return tr("{n:,} unknown: {status}", n=count, status=status)


def proof(totals: ControlTotals) -> str:
    """Whether the statuses add up to what Pleo says the job holds."""
    if totals.adds_up:
        return ntr("{n:,} of {total:,} item read", "{n:,} of {total:,} items read", totals.count, total=totals.expected)
    if totals.difference == 0:
        return ntr("Does not add up: {n:,} item read twice", "Does not add up: {n:,} items read twice", totals.twice)
    differs = _differs(totals)
    if not totals.twice:
        return differs
    return ntr("{differs}, {n:,} item read twice", "{differs}, {n:,} items read twice", totals.twice, differs=differs)


def _differs(totals: ControlTotals) -> str:
    if totals.difference is None or totals.expected is None:
        return ntr(
            "Does not add up: {n:,} item read, and Pleo does not say readably how many there are",
            "Does not add up: {n:,} items read, and Pleo does not say readably how many there are",
            totals.count,
        )
    if totals.difference > 0:
        return ntr(
            "Does not add up: {more:,} more than the {n:,} item Pleo says",
            "Does not add up: {more:,} more than the {n:,} items Pleo says",
            totals.expected,
            more=totals.difference,
        )
    return ntr(
        "Does not add up: {fewer:,} fewer than the {n:,} item Pleo says",
        "Does not add up: {fewer:,} fewer than the {n:,} items Pleo says",
        totals.expected,
        fewer=-totals.difference,
    )
