"""A decision by hand is complete, or says in sentences what it lacks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import NINE, entry_id
from fakes.drafts import a_failure, a_success

from app.models.vocabulary import FailureType, Item, ItemStatus
from app.outcomes.decision import Decision, decision_of, drafted, faults

POSTED = Decision(Item.SUCCESSFUL, "Ann", "Seen in the ledger")
FAILED = Decision(
    Item.FAILED,
    "Ann",
    "Asked the client",
    wording="The account {account_code} is closed",
    failure_type=FailureType("account_unknown"),
)


@pytest.mark.parametrize("decision", [POSTED, FAILED, replace(POSTED, external_url="https://books.example/1")])
def test_a_complete_decision_has_no_faults(decision):
    assert faults(decision, NINE) == ()


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (replace(POSTED, note="  "), "note"),
        (replace(FAILED, note=""), "note"),
        (replace(POSTED, decided_by=" "), "name"),
        (replace(POSTED, decided_by="\u200b"), "name"),
        (replace(FAILED, wording=" "), "reason"),
        (replace(FAILED, failure_type=None), "type"),
        (replace(FAILED, wording="Supplier {supplier} {foo} missing"), "{foo} is nothing that an item has."),
        (replace(FAILED, wording="{foo} {Supplier}"), "{foo}, {Supplier} are nothing that an item has."),
        (replace(POSTED, external_url="books.example/1"), "web address"),
        (replace(POSTED, external_url="javascript:alert(1)"), "web address"),
        (replace(POSTED, external_url="https://"), "web address"),
        (replace(POSTED, external_url="https://[1"), "web address"),
        (replace(POSTED, external_url="https://a b"), "web address"),
        (replace(POSTED, exported_at=NINE + timedelta(seconds=1)), "future"),
        (replace(POSTED, status=ItemStatus("pending")), "posted or failed"),
    ],
)
def test_what_is_missing_is_said(decision, words):
    (fault,) = faults(decision, NINE)
    assert words in fault


def test_a_success_carries_what_is_known_of_the_posting_and_nothing_else():
    decision = replace(POSTED, external_id=" JE-1 ", external_url="https://books.example/1", exported_at=NINE)
    outcome = drafted(decision, entry_id(1), {}, NINE).outcome
    assert outcome.as_dict() == {
        "accountingEntryId": entry_id(1),
        "status": "successful",
        "exportedAt": NINE.isoformat(),
        "externalId": "JE-1",
        "externalUrl": "https://books.example/1",
    }
    assert set(drafted(POSTED, entry_id(1), {}, NINE).outcome.as_dict()) == {"accountingEntryId", "status"}


@pytest.mark.parametrize("draft", [a_success(1), a_failure(1)])
def test_the_decision_of_a_draft_drafts_the_same_once_more(draft):
    assert drafted(decision_of(draft, "Ann"), entry_id(1), {}, draft.drafted_at) == draft


def test_a_failure_is_filled_with_what_the_item_says():
    draft = drafted(FAILED, entry_id(1), {"account_code": "4980"}, NINE)
    assert draft.outcome.failure_reason == "The account 4980 is closed"
    assert (draft.drafted_by, draft.note, draft.drafted_at) == ("Ann", "Asked the client", NINE)


@pytest.mark.parametrize("wording", ["{supplier}", "{supplier}: {tag}", "({supplier})."])
def test_a_wording_that_comes_to_nothing_is_replaced_by_what_the_type_means(wording):
    draft = drafted(replace(FAILED, wording=wording), entry_id(1), {}, NINE)
    assert draft.outcome.failure_reason == "Account unknown"
