"""When amounts and suppliers are read again, and what is said where they are missing: without Qt."""

import pytest
from fakes.answers import export_item_json
from fakes.builders import NINE, a_snapshot
from fakes.pleo import unreachable
from pydantic import TypeAdapter

from app.errors import PleoProblem, Refused, ServerWords, TooManyRequests
from app.models.export_item import ExportItem
from app.models.snapshot import AccountingData
from app.models.vocabulary import EntryId
from ui.items.accounting import has_entries_for, missing_words

REFUSED = Refused("No", ServerWords(400, "MISSING_CONTRA_ACCOUNTS"))


def entries(*numbers: int) -> dict[EntryId, ExportItem]:
    rows = [TypeAdapter(ExportItem).validate_python(export_item_json(number)) for number in numbers]
    return {row.accounting_entry_id: row for row in rows}


def test_what_was_never_read_is_read() -> None:
    assert not has_entries_for(a_snapshot("successful"), None)


def test_entries_are_read_again_only_for_items_that_have_none() -> None:
    snapshot = a_snapshot("successful", "pending")
    have = {item.accounting_entry_id: next(iter(entries(1).values())) for item in snapshot.items}
    assert has_entries_for(snapshot, AccountingData(have, read_at=NINE))
    have.popitem()
    assert not has_entries_for(snapshot, AccountingData(have, read_at=NINE))


@pytest.mark.parametrize(
    ("problem", "is_left_alone"),
    [(unreachable(), False), (TooManyRequests("Slowly", ServerWords(429)), False), (REFUSED, True)],
)
def test_what_pleo_refuses_for_good_is_not_asked_for_by_watching(problem: PleoProblem, is_left_alone: bool) -> None:
    assert has_entries_for(a_snapshot("pending"), AccountingData(problem=problem)) is is_left_alone


@pytest.mark.parametrize(
    ("has_entries", "has_ended", "end"),
    [
        (False, False, "contra accounts are not all mapped in Pleo."),
        (True, False, "They are shown as read before."),
        (True, True, "The job has ended. Amounts and suppliers are shown as read before."),
    ],
)
def test_what_is_missing_says_why_and_whether_older_ones_are_shown(
    has_entries: bool, has_ended: bool, end: str
) -> None:
    assert missing_words(REFUSED, has_entries=has_entries, has_ended=has_ended).endswith(end)
