"""A read that is older than what is known already: what shows it, and what does not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import NINE, a_job, an_item, entry_id, snapshot_of

from app.completion.derive import NotReady, derive
from app.completion.failure import IntegrationSpecification
from app.completion.freshness import ConfirmedReport, LowerBounds, older_state

WAIT = 120
LATER = NINE + timedelta(seconds=60)
MUCH_LATER = NINE + timedelta(hours=1)


def read(*statuses, updated=NINE, at=LATER):
    items = tuple(an_item(number, status) for number, status in enumerate(statuses, 1))
    return replace(snapshot_of(items, last_updated_at=updated), read_at=at)


def seen(snapshot):
    return replace(LowerBounds().raised_by(snapshot.job, snapshot.read_at), snapshot=snapshot)


def reported(before=None, at=NINE, updated=NINE, status="successful"):
    return LowerBounds(updated, at, None, {entry_id(1): ConfirmedReport(status, before, at, updated)})


def test_a_job_that_was_updated_before_the_state_seen_last_is_older():
    before = seen(read("successful", updated=LATER, at=LATER))
    older = older_state(read("failed", updated=NINE, at=MUCH_LATER), before, WAIT)
    assert older is not None
    assert older.newer_seen_at == LATER


def test_a_job_without_a_time_is_older_than_one_that_had_one():
    assert older_state(read("failed", updated=None), seen(read("successful")), WAIT)


def test_a_job_that_was_updated_since_is_believed():
    assert older_state(read("failed", updated=LATER), seen(read("successful", at=NINE)), WAIT) is None


def test_nothing_is_older_than_nothing():
    assert older_state(read("failed", "pending"), LowerBounds(), WAIT) is None


@pytest.mark.parametrize(("before", "now"), [("failed", "failed"), (None, "pending"), (None, "in_progress")])
def test_an_item_that_is_as_before_its_confirmed_report_shows_an_older_copy_of_the_items(before, now):
    """The job itself came from a copy that is up to date."""
    older = older_state(read(now, updated=LATER), reported(before), WAIT)
    assert older is not None
    assert (older.newer_seen_at, older.items) == (NINE, (entry_id(1),))


def test_an_item_that_somebody_set_back_is_believed_of_an_updated_job_once_no_copy_can_be_as_far_behind():
    assert older_state(read("failed", updated=MUCH_LATER, at=MUCH_LATER), reported("failed"), WAIT) is None


def test_an_item_of_a_job_that_was_never_updated_since_its_report_stays_older_however_long_it_is_waited_for():
    assert older_state(read("failed", updated=NINE, at=MUCH_LATER), reported("failed"), WAIT)


def test_an_item_that_is_neither_as_reported_nor_as_before_was_changed_by_somebody_else():
    assert older_state(read("failed", updated=LATER), reported(before=None), WAIT) is None


@pytest.mark.parametrize("before", [None, "failed", "successful"])
def test_an_item_that_is_as_it_was_reported_shows_nothing_older(before):
    assert older_state(read("successful", updated=LATER), reported(before), WAIT) is None


def test_an_item_that_was_final_a_moment_ago_turns_back_only_in_an_older_copy():
    older = older_state(read("failed", "pending"), seen(read("successful", "pending", at=NINE)), WAIT)
    assert older is not None
    assert older.items == (entry_id(1),)


def test_an_item_that_becomes_final_shows_nothing_older():
    assert older_state(read("failed", "successful"), seen(read("failed", "pending", at=NINE)), WAIT) is None


@pytest.mark.parametrize(("seconds", "is_older"), [(WAIT - 1, True), (WAIT, False)])
def test_an_item_turns_back_for_good_once_no_copy_can_be_as_far_behind(seconds, is_older):
    fresh = read("failed", at=NINE + timedelta(seconds=seconds))
    assert (older_state(fresh, seen(read("successful", at=NINE)), WAIT) is not None) is is_older


@pytest.mark.parametrize(("seconds", "is_older"), [(WAIT - 1, True), (WAIT, False)])
def test_an_item_of_an_updated_job_is_as_before_its_report_for_good_after_the_same_wait(seconds, is_older):
    fresh = read("failed", updated=LATER, at=NINE + timedelta(seconds=seconds))
    assert (older_state(fresh, reported("failed"), WAIT) is not None) is is_older


@pytest.mark.parametrize(
    ("at_report", "now", "is_older"),
    [(None, LATER, False), (None, None, True), (NINE, NINE, True), (NINE, LATER, False)],
)
def test_a_job_that_tells_no_time_was_not_updated_since_a_report(at_report, now, is_older):
    bounds = replace(reported("failed", updated=at_report), last_updated_at=None)
    assert (older_state(read("failed", updated=now, at=MUCH_LATER), bounds, WAIT) is not None) is is_older


@pytest.mark.parametrize(("before", "now"), [(None, None), (NINE, None), (None, NINE), (LATER, NINE)])
def test_without_two_times_nothing_shows_that_a_job_was_updated_while_its_item_turned_back(before, now):
    bounds = LowerBounds(snapshot=read("successful", updated=before, at=NINE))
    older = older_state(read("failed", updated=now), bounds, WAIT)
    assert older is not None
    assert (older.newer_seen_at, older.items) == (NINE, (entry_id(1),))


def test_of_several_items_that_show_it_the_latest_that_was_seen_counts():
    bounds = replace(
        reported("failed", at=NINE), snapshot=read("successful", "successful", at=NINE + timedelta(seconds=9))
    )
    older = older_state(read("failed", "failed"), bounds, WAIT)
    assert older is not None
    assert (older.newer_seen_at, older.items) == (NINE + timedelta(seconds=9), (entry_id(1), entry_id(2)))


def test_nothing_is_derived_from_an_older_state():
    fresh = read("failed")
    older = older_state(fresh, reported("failed"), WAIT)
    found = derive(replace(fresh, older=older), IntegrationSpecification())
    assert isinstance(found, NotReady)
    assert [blocker.code for blocker in found.blockers] == ["older_state"]
    assert "Pleo shows an older state than at" in found.blockers[0].message


@pytest.mark.parametrize(
    ("seen", "fresh", "is_older"),
    [
        ("completed", "in_progress", True),
        ("failed", "pending", True),
        ("in_progress", "pending", True),
        ("in_progress", "in_progress", False),
        ("pending", "in_progress", False),
        ("in_progress", "completed", False),
    ],
)
def test_a_job_that_goes_backwards_is_older_whatever_its_time_says(seen, fresh, is_older):
    bounds = LowerBounds().raised_by(a_job(seen), NINE)
    assert bounds.is_above(a_job(fresh)) is is_older
