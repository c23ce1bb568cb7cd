"""What is shown before anything is sent, and what makes it untrue."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import JOB_ID, NINE, a_failed_item, a_snapshot, an_item, snapshot_of
from hypothesis import given
from hypothesis import strategies as st

from app.completion.derive import Ready, derive
from app.completion.failure import IntegrationSpecification
from app.completion.preview import Preview, start_preview, what_changed


def preview_of(snapshot) -> Preview:
    found = derive(snapshot, IntegrationSpecification())
    assert isinstance(found, Ready)
    return Preview(snapshot, found.tally, found.event)


@pytest.mark.parametrize("statuses", [("successful",), ("successful", "failed"), ("failed",)])
def test_a_preview_says_the_rule_behind_its_event_and_the_deadline(statuses):
    preview = preview_of(a_snapshot(*statuses))
    assert preview.rule.endswith(".")
    assert preview.deadline == NINE + timedelta(hours=1)


def test_the_rules_of_the_three_final_events_differ():
    rules = {
        preview_of(a_snapshot(*statuses)).rule for statuses in (["successful"], ["successful", "failed"], ["failed"])
    }
    assert len(rules) == 3


def test_the_users_wording_replaces_reason_and_type_of_a_failed_event():
    preview = preview_of(a_snapshot("failed")).with_failure("Fortnox är nere", "accounting_system_unreachable")
    assert preview.event.as_dict() == {
        "event": "failed",
        "jobId": JOB_ID,
        "failureReason": "Fortnox är nere",
        "failureReasonType": "accounting_system_unreachable",
    }


@pytest.mark.parametrize("statuses", [("successful",), ("successful", "failed")])
def test_only_a_failed_event_takes_wording(statuses):
    with pytest.raises(ValueError, match="carries no failure reason"):
        preview_of(a_snapshot(*statuses)).with_failure("Because", "validation_failure")


@given(reason=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_the_json_that_is_shown_is_the_body_that_is_meant(reason):
    preview = preview_of(a_snapshot("failed")).with_failure(reason, "validation_failure")
    assert json.loads(preview.event.as_json()) == preview.event.as_dict()


def test_the_preview_of_a_start_sends_started_and_nothing_else():
    assert start_preview(a_snapshot("pending", job_status="pending")).event.as_dict() == {
        "event": "started",
        "jobId": JOB_ID,
    }


def test_the_same_read_again_changes_nothing():
    snapshot = snapshot_of([an_item(1), a_failed_item(2, "x", "tag_unknown")])
    assert what_changed(snapshot, replace(snapshot, read_at=NINE + timedelta(minutes=4))) == ()


def test_rows_in_another_order_change_nothing():
    rows = [an_item(1), an_item(2, "failed")]
    assert what_changed(snapshot_of(rows), snapshot_of(rows[::-1])) == ()


def test_a_later_deadline_and_the_accounting_systems_ids_change_nothing():
    shown = snapshot_of([an_item(1)])
    fresh = snapshot_of([an_item(1, external_id="B-1", external_url="https://books.example/1", exported_at=NINE)])
    fresh = replace(fresh, job=replace(fresh.job, last_updated_at=NINE + timedelta(minutes=5)))
    assert what_changed(shown, fresh) == ()


@pytest.mark.parametrize(
    ("shown", "fresh", "words"),
    [
        (a_snapshot("failed"), a_snapshot("failed", job_status="failed"), "The job was in progress and is now failed"),
        (a_snapshot("failed", items=1), a_snapshot("failed", items=2), "Pleo said 1 item and now says 2 items"),
        (a_snapshot("failed"), a_snapshot("successful"), "1 item: failed before, now successful"),
        (a_snapshot("failed"), a_snapshot("parked"), "1 item: failed before, now parked"),
        (
            a_snapshot("failed", "failed", "pending"),
            a_snapshot("successful", "successful", "pending"),
            "2 items: failed before, now successful",
        ),
        (snapshot_of([an_item(1)]), snapshot_of([an_item(1), an_item(2)], items=1), "1 item new in the job"),
        (snapshot_of([an_item(1), an_item(2)]), snapshot_of([an_item(1)], items=2), "1 item no longer in the job"),
        (snapshot_of([an_item(1)]), snapshot_of([an_item(1), an_item(1)], items=1), "1 row before, 2 rows now"),
        (
            snapshot_of([a_failed_item(1, "Period closed")]),
            snapshot_of([a_failed_item(1, "Account inactive")]),
            "1 item: failed as before, with another failure reason",
        ),
        (
            snapshot_of([a_failed_item(1, "x", "tag_unknown")]),
            snapshot_of([a_failed_item(1, "x", "vendor_unknown")]),
            "1 item: failed as before, with another failure reason",
        ),
    ],
)
def test_each_difference_that_matters_is_said_in_a_sentence(shown, fresh, words):
    assert what_changed(shown, fresh) == (words,)


def test_an_item_exchanged_for_another_is_told_as_both():
    changes = what_changed(snapshot_of([an_item(1)]), snapshot_of([an_item(2)]))
    assert changes == ("1 item no longer in the job", "1 item new in the job")


def test_items_that_made_the_same_move_are_told_together():
    changes = what_changed(
        a_snapshot("failed", "failed", "abandoned"), a_snapshot("successful", "successful", "failed")
    )
    assert changes == ("1 item: abandoned before, now failed", "2 items: failed before, now successful")


@given(
    before=st.lists(st.sampled_from(("successful", "failed", "abandoned")), min_size=1, max_size=6),
    after=st.lists(st.sampled_from(("successful", "failed", "abandoned", "pending", "parked")), min_size=1, max_size=6),
)
def test_nothing_is_said_to_have_changed_only_where_every_status_is_as_it_was(before, after):
    assert (what_changed(a_snapshot(*before), a_snapshot(*after)) == ()) == (before == after)
