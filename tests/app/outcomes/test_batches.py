"""What an item as read says about an outcome, and what became of a batch."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.bracketed_language import Bracketed
from fakes.builders import NINE, an_item, entry_id

from app.completion.attempt import Answer, Standing
from app.models.item_outcome import ItemOutcome
from app.models.page import ItemUpdateError
from app.outcomes.batches import (
    BATCH_LIMIT,
    BatchReport,
    batches,
    body_of,
    refusal_words,
    report,
    reported_before,
    shows,
    shows_all_of,
    standing_of,
)

FAILED = ItemOutcome(
    entry_id(1),
    "failed",
    failure_reason="Period closed",
    failure_reason_type="tag_unknown",
    external_id="A-1",
    external_url="https://books.example/1",
)
AS_SENT = an_item(
    1,
    "failed",
    failure_reason="Period closed",
    failure_reason_type="tag_unknown",
    external_id="A-1",
    external_url="https://books.example/1",
)


def an_outcome(number: int, status: str = "successful") -> ItemOutcome:
    return ItemOutcome(entry_id(number), status)


def by_id(*items):
    return {item.accounting_entry_id: item for item in items}


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (99, [99]), (100, [100]), (101, [100, 1]), (200, [100, 100])]
)
def test_outcomes_are_cut_into_hundreds_and_none_is_lost_or_doubled(count, sizes):
    outcomes = [an_outcome(number) for number in range(count)]
    found = list(batches(outcomes))
    assert BATCH_LIMIT == 100
    assert [len(batch) for batch in found] == sizes
    assert [outcome for batch in found for outcome in batch] == outcomes


def test_a_body_is_a_bare_array_without_blanks_and_with_letters_as_they_are():
    body = body_of([replace(an_outcome(1), external_id="Ä 1")])
    assert body == f'[{{"accountingEntryId":"{entry_id(1)}","status":"successful","externalId":"Ä 1"}}]'


def test_an_item_shows_an_outcome_that_it_is_as():
    assert shows(AS_SENT, FAILED)
    assert not shows(None, FAILED)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "successful"},
        {"external_id": None},
        {"external_url": "https://books.example/2"},
        {"failure_reason": "Period open"},
        {"failure_reason_type": "vendor_unknown"},
    ],
)
def test_an_item_that_differs_in_one_thing_does_not_show_it(change):
    assert not shows(replace(AS_SENT, **change), FAILED)


def test_what_an_outcome_leaves_open_is_not_compared():
    assert shows(AS_SENT, an_outcome(1, "failed"))


@pytest.mark.parametrize(
    ("posted", "kept", "is_shown"),
    [
        (None, None, True),
        (None, NINE, True),
        (NINE, NINE, True),
        (NINE, None, False),
        (NINE, NINE + timedelta(1), False),
    ],
)
def test_the_posting_time_is_compared_only_before_a_sending(posted, kept, is_shown):
    item, outcome = replace(AS_SENT, exported_at=kept), replace(FAILED, exported_at=posted)
    assert shows(item, outcome)
    assert shows_all_of(item, outcome) is is_shown
    assert not shows_all_of(None, outcome)
    assert not shows_all_of(replace(item, status="pending"), outcome)


def test_what_pleo_told_before_is_kept_of_items_that_were_not_open():
    items = by_id(AS_SENT, an_item(2, "pending"), an_item(3, "in_progress"), an_item(4), an_item(5, "abandoned"))
    batch = tuple(an_outcome(number) for number in (1, 2, 3, 4, 6))
    assert reported_before(batch, items) == {
        entry_id(1): "failed A-1 https://books.example/1 tag_unknown Period closed",
        entry_id(4): "successful",
    }


def refused(number: int, kind: str = "ACCOUNTING_ENTRY_UPDATE_FAILED") -> ItemUpdateError:
    return ItemUpdateError(accounting_entry_id=entry_id(number), type=kind, message="No")


def test_each_row_of_a_batch_is_in_exactly_one_list():
    batch = tuple(an_outcome(number) for number in range(4))
    items = by_id(an_item(0), an_item(1, "pending"), an_item(2, "failed"))
    found = report(batch, [refused(1)], items, {})
    assert found.arrived == (entry_id(0),)
    assert [(error.accounting_entry_id, error.type) for error in found.refused] == [
        (entry_id(1), "ACCOUNTING_ENTRY_UPDATE_FAILED"),
        (entry_id(2), "overtaken"),
    ]
    assert found.missing == (batch[3],)


def test_a_row_that_arrived_is_not_refused_whatever_pleo_said_of_it():
    found = report((an_outcome(1),), [refused(1)], by_id(an_item(1)), {})
    assert (found.arrived, found.refused) == ((entry_id(1),), ())


def test_pleos_own_refusal_is_kept_beside_an_item_that_somebody_else_reported():
    found = report((an_outcome(1),), [refused(1)], by_id(an_item(1, "failed")), {})
    assert [error.type for error in found.refused] == ["ACCOUNTING_ENTRY_UPDATE_FAILED"]


@pytest.mark.parametrize(
    ("before", "now", "is_overtaken"),
    [
        (None, an_item(1, "pending"), False),
        (None, an_item(1, "in_progress"), False),
        (None, an_item(1, "failed"), True),
        (None, an_item(1, "abandoned"), False),
        (None, None, False),
        ("failed", an_item(1, "failed"), False),
        ("failed", an_item(1, "failed", failure_reason="Period closed"), True),
        ("failed", an_item(1, "abandoned"), False),
        ("failed", an_item(1, "pending"), True),
    ],
)
def test_an_item_that_tells_something_else_than_before_and_than_was_sent_is_overtaken(before, now, is_overtaken):
    known = {entry_id(1): before} if before else {}
    found = report((an_outcome(1),), [], by_id(now) if now else {}, known)
    assert (bool(found.refused), bool(found.missing)) == (is_overtaken, not is_overtaken)


ARRIVED = BatchReport((entry_id(1),), (), ())
REFUSED_ALL = BatchReport((), (refused(1),), ())
MISSING = BatchReport((), (), (an_outcome(1),))
BOTH = BatchReport((), (refused(1),), (an_outcome(2),))
ACCEPTED, DECLINED, NEVER, LOST = Answer.ACCEPTED, Answer.DECLINED, Answer.NEVER_ARRIVED, Answer.LOST


# fmt: off
STANDINGS = [
    # what was found, the answer, the job has ended, the wait is over
    (ARRIVED,     DECLINED, True,  True,  Standing.CONFIRMED),
    (ARRIVED,     LOST,     False, False, Standing.CONFIRMED),
    (REFUSED_ALL, ACCEPTED, False, False, Standing.REFUSED),
    (REFUSED_ALL, LOST,     True,  True,  Standing.REFUSED),
    (MISSING,     DECLINED, False, False, Standing.REFUSED),
    (BOTH,        ACCEPTED, False, False, Standing.UNKNOWN),
    (MISSING,     ACCEPTED, True,  False, Standing.OVERTAKEN),
    (MISSING,     NEVER,    True,  False, Standing.OVERTAKEN),
    (MISSING,     NEVER,    False, False, Standing.NOT_SENT),
    (MISSING,     NEVER,    False, True,  Standing.NOT_SENT),
    (MISSING,     LOST,     False, False, Standing.UNKNOWN),
    (MISSING,     LOST,     False, True,  Standing.MISSING),
    (MISSING,     ACCEPTED, False, False, Standing.UNKNOWN),
    (MISSING,     ACCEPTED, False, True,  Standing.UNKNOWN),
]
# fmt: on


@pytest.mark.parametrize(("found", "answer", "job_has_ended", "is_waited_out", "standing"), STANDINGS)
def test_the_items_as_read_decide_what_became_of_a_batch(found, answer, job_has_ended, is_waited_out, standing):
    assert standing_of(found, answer, job_has_ended=job_has_ended, is_waited_out=is_waited_out) is standing


def test_no_wait_is_over_unless_it_is_said_to_be():
    assert standing_of(MISSING, LOST, job_has_ended=False) is Standing.UNKNOWN


def own_refusal() -> ItemUpdateError:
    return report((an_outcome(1),), [], by_id(an_item(1, "failed")), {}).refused[0]


def test_this_programs_own_refusal_is_said_in_the_users_language():
    error = own_refusal()
    assert refusal_words(error.type, error.message) == f"{error.message} (overtaken)"
    assert f"⟦{error.message}⟧" in refusal_words(error.type, error.message).into(Bracketed())


@pytest.mark.parametrize(("kind", "is_own_text"), [("overtaken", False), ("LOCKED", True), ("LOCKED", False)])
def test_pleos_own_words_stay_as_they_came(kind, is_own_text):
    message = own_refusal().message if is_own_text else "The entry is locked"
    words = refusal_words(kind, message)
    assert words == f"{message} ({kind})"
    assert f"⟦{message}⟧" not in words.into(Bracketed())
