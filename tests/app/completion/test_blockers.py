"""Each reason why a job is not ready: its code, its sentence, its count, its rows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import NINE, OTHER_JOB_ID, a_snapshot, an_item, entry_id, items_of, snapshot_of

from app.completion.blockers import Blocker, completion_blockers, start_blockers
from app.models.snapshot import OlderState


def only_blocker(snapshot) -> Blocker:
    (blocker,) = completion_blockers(snapshot)
    return blocker


def test_a_running_job_with_final_items_that_add_up_has_no_blocker():
    assert completion_blockers(a_snapshot("successful", "failed", "abandoned")) == ()


def test_pending_items_are_counted_and_named():
    blocker = only_blocker(a_snapshot("pending", "successful", "pending", "pending", "pending"))
    assert blocker == Blocker(
        "items_pending", "4 items are still pending", 4, (entry_id(0), entry_id(2), entry_id(3), entry_id(4))
    )


def test_one_pending_item_is_spoken_of_as_one():
    assert only_blocker(a_snapshot("pending")) == Blocker("items_pending", "1 item is still pending", 1, (entry_id(0),))


def test_items_in_progress_are_a_reason_of_their_own():
    blocker = only_blocker(a_snapshot("in_progress", "in_progress", "failed"))
    assert blocker == Blocker("items_in_progress", "2 items are still in progress", 2, (entry_id(0), entry_id(1)))


def test_an_unknown_status_is_named_as_it_came():
    blocker = only_blocker(a_snapshot("successful", "parked"))
    assert blocker == Blocker("item_status_unknown", "1 item has the unknown status 'parked'", 1, (entry_id(1),))


def test_each_unknown_status_is_a_reason_of_its_own():
    first, second = completion_blockers(a_snapshot("parked", "on_hold", "parked"))
    assert (first.code, first.message, first.item_ids) == (
        "item_status_unknown",
        "2 items have the unknown status 'parked'",
        (entry_id(0), entry_id(2)),
    )
    assert (second.code, second.message, second.item_ids) == (
        "item_status_unknown",
        "1 item has the unknown status 'on_hold'",
        (entry_id(1),),
    )


def test_a_count_that_differs_from_pleos_is_a_reason():
    blocker = only_blocker(a_snapshot(*["successful"] * 40, items=42))
    assert blocker == Blocker("item_count_differs", "Pleo says 42 items but 40 were read", 2)


def test_more_rows_than_pleo_says_are_a_reason_too():
    blocker = only_blocker(a_snapshot("successful", "successful", items=1))
    assert blocker == Blocker("item_count_differs", "Pleo says 1 item but 2 were read", 1)


def test_an_empty_job_proves_nothing():
    blocker = only_blocker(a_snapshot())
    assert (blocker.code, blocker.count, blocker.item_ids) == ("no_items", 0, ())
    assert "no items" in blocker.message


def test_a_job_whose_items_were_all_missed_is_empty_and_short():
    codes = [blocker.code for blocker in completion_blockers(a_snapshot(items=3))]
    assert codes == ["no_items", "item_count_differs"]


def test_an_item_read_twice_is_a_reason_even_where_the_count_agrees():
    row = an_item(1)
    blocker = only_blocker(snapshot_of([row, an_item(2), row, row]))
    assert blocker == Blocker("duplicate_items", "1 item was read more than once", 1, (entry_id(1),))


def test_several_items_that_were_read_twice_are_spoken_of_as_several():
    blocker = only_blocker(snapshot_of([an_item(1), an_item(2), an_item(1), an_item(2), an_item(3)]))
    assert blocker == Blocker("duplicate_items", "2 items were read more than once", 2, (entry_id(1), entry_id(2)))


def test_several_rows_of_another_job_are_spoken_of_as_several():
    strangers = [replace(an_item(number), export_job_id=OTHER_JOB_ID) for number in (1, 2)]
    blocker = only_blocker(snapshot_of([an_item(0), *strangers]))
    assert blocker == Blocker("items_of_another_job", "2 items belong to another job", 2, (entry_id(1), entry_id(2)))


def test_where_one_row_was_read_it_is_spoken_of_as_one():
    blocker = only_blocker(a_snapshot("successful", items=3))
    assert blocker == Blocker("item_count_differs", "Pleo says 3 items but 1 was read", 2)


def test_a_row_of_another_job_is_a_reason():
    stranger = replace(an_item(1), export_job_id=OTHER_JOB_ID)
    blocker = only_blocker(snapshot_of([an_item(0), stranger]))
    assert blocker == Blocker("items_of_another_job", "1 item belongs to another job", 1, (entry_id(1),))


def test_a_pending_job_has_not_been_started():
    blocker = only_blocker(a_snapshot("successful", job_status="pending"))
    assert blocker == Blocker("job_not_started", "The job has not been started", 1)


@pytest.mark.parametrize("status", ["completed", "completed_with_errors", "failed"])
def test_a_job_that_ended_cannot_be_completed_again(status):
    blocker = only_blocker(a_snapshot("successful", job_status=status))
    words = status.replace("_", " ")
    assert blocker == Blocker("job_finished", f"The job has ended already: {words}", 1)


def test_a_job_with_an_unknown_status_stays_a_question():
    blocker = only_blocker(a_snapshot("successful", job_status="archived"))
    assert blocker == Blocker("job_status_unknown", "The job has the unknown status 'archived'", 1)


def test_a_read_that_is_older_than_one_before_is_a_reason_that_concerns_the_job_itself():
    older = OlderState(NINE + timedelta(minutes=1))
    blocker = only_blocker(replace(a_snapshot("successful"), older=older))
    assert (blocker.code, blocker.count, blocker.item_ids) == ("older_state", 1, ())


def test_items_that_are_older_than_they_were_read_before_are_counted_and_named():
    older = OlderState(NINE + timedelta(minutes=1), (entry_id(0), entry_id(2)))
    blocker = only_blocker(replace(a_snapshot("failed", "successful", "failed"), older=older))
    assert (blocker.code, blocker.count, blocker.item_ids) == ("older_state", 2, (entry_id(0), entry_id(2)))


def test_every_reason_is_given_at_once():
    stranger = replace(an_item(8), export_job_id=OTHER_JOB_ID)
    rows = [*items_of("pending", "in_progress", "parked"), an_item(0, "pending"), stranger]
    codes = [blocker.code for blocker in completion_blockers(snapshot_of(rows, "pending", items=9))]
    assert codes == [
        "job_not_started",
        "item_count_differs",
        "duplicate_items",
        "items_of_another_job",
        "items_pending",
        "items_in_progress",
        "item_status_unknown",
    ]


def test_large_counts_are_grouped_in_thousands():
    blocker = only_blocker(a_snapshot(*["pending"] * 1200))
    assert blocker.message == "1,200 items are still pending"


def test_a_pending_job_can_be_started():
    assert start_blockers(a_snapshot("pending", job_status="pending")) == ()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("in_progress", "job_already_started"),
        ("completed", "job_finished"),
        ("completed_with_errors", "job_finished"),
        ("failed", "job_finished"),
        ("archived", "job_status_unknown"),
    ],
)
def test_only_a_pending_job_can_be_started(status, code):
    (blocker,) = start_blockers(a_snapshot("pending", job_status=status))
    assert (blocker.code, blocker.count, blocker.item_ids) == (code, 1, ())
    assert blocker.message


def test_a_job_whose_last_change_cannot_be_read_may_be_any_state_of_it():
    snapshot = a_snapshot("successful", last_updated_at=None, unreadable_fields=("lastUpdatedAt",))
    assert only_blocker(snapshot).code == "time_unreadable"
    waiting = a_snapshot("pending", job_status="pending", last_updated_at=None, unreadable_fields=("lastUpdatedAt",))
    assert [blocker.code for blocker in start_blockers(waiting)] == ["time_unreadable"]


def test_a_number_of_items_that_cannot_be_read_proves_nothing():
    blocker = only_blocker(a_snapshot("successful", "failed", number_of_items=None))
    assert blocker == Blocker(
        "item_count_differs", "Pleo does not say readably how many items the job has; 2 were read", 2
    )


def test_a_pending_job_is_not_started_on_an_older_state():
    older = OlderState(NINE + timedelta(minutes=1))
    (blocker,) = start_blockers(replace(a_snapshot("pending", job_status="pending"), older=older))
    assert blocker.code == "older_state"
