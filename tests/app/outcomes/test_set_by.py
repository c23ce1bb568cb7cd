"""Who set outcomes of a job, as the journal's item reports have it."""

import json
from typing import Any

import pytest
from fakes.builders import JOB_ID, entry_id

from app.completion.attempt import Answer, Standing
from app.completion.evidence import DRAFTED, ITEM_UPDATE, OpenAttempt
from app.models.page import ItemUpdateError
from app.outcomes.set_by import SetBy, set_by


def drafted(by: str, *numbers: int, from_list: bool = False) -> dict[str, Any]:
    source = {"file": "Postings.csv", "sha256": "f" * 64} if from_list else {"note": "Checked"}
    return {"by": by, "items": [entry_id(number) for number in numbers]} | source


def a_report(*drafts: dict[str, Any], who: str = "sb@here", was_sent: bool = True, **changes: Any) -> OpenAttempt:
    body = [{"accountingEntryId": entry_id(1), "status": "successful"}]
    intention = {"what": ITEM_UPDATE, "job_id": JOB_ID, "who": who, "connection": "c", "body": json.dumps(body)}
    told = {"answer": Answer.ACCEPTED, "judged": Standing.CONFIRMED, "problem": None} | changes
    return OpenAttempt("attempt", intention | ({DRAFTED: list(drafts)} if drafts else {}), was_sent, **told)


def test_outcomes_are_counted_by_name_and_by_where_they_come_from() -> None:
    reports = [
        a_report(drafted("Freja", 1, 2), drafted("Bo", 3)),
        a_report(drafted("freja", 4, 5, 6, from_list=True)),
    ]
    assert set_by(reports) == (SetBy("Freja", by_hand=2, from_lists=3), SetBy("Bo", by_hand=1, from_lists=0))


def test_an_item_that_was_set_twice_is_the_last_ones() -> None:
    assert set_by([a_report(drafted("Freja", 1, 2)), a_report(drafted("Bo", 2))]) == (
        SetBy("Bo", 1, 0),
        SetBy("Freja", 1, 0),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"was_sent": False},
        {"judged": Standing.NOT_SENT},
        {"judged": Standing.MISSING},
        {"answer": Answer.DECLINED, "judged": Standing.REFUSED},
        {"errors": (ItemUpdateError(accounting_entry_id=entry_id(1), message="No", type="T"),)},
    ],
)
def test_what_pleo_surely_did_not_take_counts_for_nobody(changes: dict[str, Any]) -> None:
    assert set_by([a_report(drafted("Freja", 1), **changes)]) == ()


def test_what_may_have_arrived_counts() -> None:
    assert set_by([a_report(drafted("Freja", 1), answer=None, judged=None)]) == (SetBy("Freja", 1, 0),)


@pytest.mark.parametrize(("who", "name"), [("sb@here", "sb@here"), (" ", "somebody without a name")])
def test_a_report_without_drafts_is_of_who_sat_at_the_machine(who: str, name: str) -> None:
    assert set_by([a_report(who=who)]) == (SetBy(name, 1, 0),)
    assert set_by([a_report(drafted("", 1), who=who)]) == (SetBy(name, 1, 0),)


@pytest.mark.parametrize("items", [None, 4, [4, None], {}])
def test_a_row_that_names_no_items_counts_none(items: object) -> None:
    assert set_by([a_report({"by": "Freja", "items": items})]) == ()
