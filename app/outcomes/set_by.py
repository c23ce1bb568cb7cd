"""Who set outcomes of a job, and of how many items: by hand, or from a posting list. Pure, from the journal."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.completion.attempt import Answer, Standing
from app.completion.evidence import DRAFTED, OpenAttempt
from app.completion.four_eyes import UNNAMED, folded
from app.models.vocabulary import EntryId

_NOT_WITH_PLEO = (Standing.NOT_SENT, Standing.MISSING)


@dataclass(frozen=True, slots=True)
class SetBy:
    """`by_hand` and `from_lists` are numbers of items; an item that was reported twice counts with the last report."""

    name: str
    by_hand: int
    from_lists: int


def set_by(reports: Iterable[OpenAttempt]) -> tuple[SetBy, ...]:
    """Of the item reports of one job, oldest first. Whoever set most stands first; what Pleo surely did not take is
    not counted."""
    last: dict[EntryId, tuple[str, bool]] = {}
    names: dict[str, str] = {}
    for report in reports:
        if not report.was_sent or report.judged in _NOT_WITH_PLEO or report.answer is Answer.DECLINED:
            continue
        refused = {error.accounting_entry_id for error in report.errors}
        for name, is_from_list, entry_ids in _told(report):
            key = folded(name)
            names.setdefault(key, name)
            last.update((entry_id, (key, is_from_list)) for entry_id in entry_ids if entry_id not in refused)
    counted = Counter(last.values())
    found = (SetBy(name, counted[key, False], counted[key, True]) for key, name in names.items())
    return tuple(sorted((each for each in found if each.by_hand or each.from_lists), key=_most_first))


def _most_first(found: SetBy) -> tuple[int, str]:
    return -(found.by_hand + found.from_lists), found.name


def _told(report: OpenAttempt) -> Iterator[tuple[str, bool, list[EntryId]]]:
    """Name, whether a posting list says so, and the items."""
    drafted = report.intention.get(DRAFTED) or []
    for draft in drafted:
        name = next(filter(folded, (draft["by"], report.origin.who)), UNNAMED)
        yield name, "sha256" in draft, list(_ids(draft.get("items")))
    if not drafted:
        name = report.origin.who if folded(report.origin.who) else UNNAMED
        yield name, False, [EntryId(row["accountingEntryId"]) for row in json.loads(report.intention["body"])]


def _ids(items: object) -> Iterator[EntryId]:
    """Nothing is judged by them, so that a row which names none is still readable."""
    if isinstance(items, list):
        yield from (EntryId(entry_id) for entry_id in items if isinstance(entry_id, str))
