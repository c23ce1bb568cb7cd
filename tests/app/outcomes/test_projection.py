"""What drafts would make of a job, before anything is sent."""

from dataclasses import replace

import pytest
from fakes.builders import NINE, a_failed_item, a_snapshot, an_item, entry_id, snapshot_of
from fakes.drafts import LIST, a_failure, a_success, snapshot_as_drafted

from app.completion.derive import NotReady, Ready, derive
from app.completion.failure import IntegrationSpecification
from app.models.draft import Draft
from app.models.item_outcome import ItemOutcome
from app.models.vocabulary import Item
from app.outcomes.projection import done_already, evidence


def by_id(*drafts: Draft) -> dict:
    return {draft.entry_id: draft for draft in drafts}


def would_be(snapshot, *drafts):
    return derive(snapshot_as_drafted(snapshot, by_id(*drafts)), IntegrationSpecification())


@pytest.mark.parametrize(
    ("drafts", "event"),
    [
        ((a_success(1), a_success(2)), "completed"),
        ((a_success(1), a_failure(2)), "completed_with_errors"),
    ],
)
def test_the_event_that_would_follow_is_derived_from_the_drafts(drafts, event):
    found = would_be(a_snapshot("successful", "pending", "in_progress"), *drafts)
    assert isinstance(found, Ready)
    assert found.event.event == event


def test_a_failed_job_would_say_the_drafted_reason():
    found = would_be(a_snapshot("pending"), a_failure(0))
    assert isinstance(found, Ready)
    assert found.event.failure_reason == "Account 4980 is closed"


def test_open_items_without_a_draft_still_stand_in_the_way():
    found = would_be(a_snapshot("pending", "pending"), a_success(0))
    assert isinstance(found, NotReady)
    assert [blocker.count for blocker in found.blockers] == [1]


def test_a_job_that_has_ended_is_not_changed_by_drafts():
    ended = a_snapshot("abandoned", job_status="failed")
    assert snapshot_as_drafted(ended, by_id(a_success(0))) is ended


def test_what_a_failed_item_said_goes_when_it_becomes_successful():
    snapshot = snapshot_of([a_failed_item(0, "Konto 4980 saknas", "account_unknown")])
    (item,) = snapshot_as_drafted(snapshot, by_id(a_success(0))).items
    assert (item.status, item.external_id, item.failure_reason, item.failure_reason_type) == (
        "successful",
        "JE-1",
        None,
        None,
    )


def test_drafts_that_pleo_shows_already_are_done():
    items = [an_item(0, external_id="JE-1"), an_item(1, external_id="JE-9"), an_item(2, Item.PENDING)]
    drafts = by_id(*(a_success(number) for number in range(3)))
    assert done_already(snapshot_of(items), drafts) == (entry_id(0),)
    later = replace(drafts[entry_id(0)], outcome=replace(drafts[entry_id(0)].outcome, exported_at=NINE))
    assert done_already(snapshot_of(items), by_id(later)) == ()


def test_the_journal_says_once_what_many_rows_have_in_common():
    drafts = [a_failure(0), a_failure(1), a_success(2), a_success(3, source=LIST, note="")]
    found = evidence([draft.outcome for draft in drafts], by_id(*drafts))
    assert found == [
        {"by": "Ann", "note": "Asked the client", "items": [entry_id(0), entry_id(1)]},
        {"by": "Ann", "note": "Seen in the ledger", "items": [entry_id(2)]},
        {
            "by": "Ann",
            "file": "postings.csv",
            "sha256": "ab" * 32,
            "rows": {entry_id(3): 7},
            "items": [entry_id(3)],
        },
    ]


def test_outcomes_without_a_draft_have_no_evidence():
    assert evidence([ItemOutcome(entry_id(0), Item.SUCCESSFUL)], {}) == []


def test_the_time_of_posting_that_pleo_has_is_kept_where_none_is_drafted():
    snapshot = snapshot_of([an_item(0, Item.PENDING, exported_at=NINE)])
    (item,) = snapshot_as_drafted(snapshot, by_id(a_success(0))).items
    assert item == replace(snapshot.items[0], status=Item.SUCCESSFUL, external_id="JE-1")
