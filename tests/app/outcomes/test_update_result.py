"""What is told of a sending: how it adds up, and from when on what is unknown may be released."""

import asyncio
from datetime import timedelta

import pytest
from fakes.builders import JOB_ID, NINE, OTHER_JOB_ID, entry_id
from fakes.clocks import FakeClock
from fakes.item_updates import NOTHING, FakePleo, Put
from fakes.journal import FakeJournal

from app.completion.attempt import Standing
from app.completion.evidence import Kind
from app.completion.patience import Patience
from app.errors import JournalProblem
from app.models.item_outcome import ItemOutcome
from app.models.page import ItemUpdateError
from app.outcomes.batches import BatchReport
from app.outcomes.sender import Settled
from app.outcomes.service import ItemUpdateService, Recovered, UpdateResult

OUTCOME = ItemOutcome(entry_id(1), "successful")
REFUSED = ItemUpdateError(accounting_entry_id=entry_id(2), type="T", message="No")
FULL, GONE = JournalProblem("Disk full"), JournalProblem("Gone")


def test_what_pleo_showed_already_was_not_reported_by_this_sending():
    assert UpdateResult(arrived=[entry_id(1), entry_id(2), entry_id(3)], already=[entry_id(1)]).reported == 2


@pytest.mark.parametrize(
    "found",
    [
        UpdateResult(arrived=[entry_id(1)]),
        UpdateResult(refused=[REFUSED]),
        UpdateResult(unknown=[OUTCOME]),
        UpdateResult(not_sent=[OUTCOME]),
    ],
)
def test_a_result_is_of_any_where_anything_became_of_something(found):
    assert found.is_of_any
    assert not UpdateResult().is_of_any


@pytest.mark.parametrize(
    ("standing", "unknown", "not_sent"),
    [(Standing.UNKNOWN, [OUTCOME], []), (Standing.MISSING, [], [OUTCOME]), (Standing.REFUSED, [], [OUTCOME])],
)
def test_rows_that_did_not_show_are_unknown_until_their_batch_is_settled(standing, unknown, not_sent):
    found = UpdateResult()
    found.take(Settled(BatchReport((entry_id(3),), (REFUSED,), (OUTCOME,)), standing))
    assert (found.arrived, found.refused, found.unknown, found.not_sent) == (
        [entry_id(3)],
        [REFUSED],
        unknown,
        not_sent,
    )


def test_the_first_trouble_with_the_journal_is_the_one_that_is_told():
    found, nothing = UpdateResult(), BatchReport((), (), ())
    for problem in (None, FULL, None, GONE):
        found.take(Settled(nothing, Standing.CONFIRMED, problem))
    assert found.journal_problem is FULL


def test_what_was_recovered_is_told_together_and_names_the_jobs_that_stay_open():
    recovered = Recovered()
    still_open = UpdateResult(unknown=[OUTCOME])
    recovered.take(JOB_ID, UpdateResult(arrived=[entry_id(3)], refused=[REFUSED], not_sent=[OUTCOME]))
    recovered.take(OTHER_JOB_ID, still_open)
    assert recovered.result == UpdateResult([entry_id(3)], [], [REFUSED], [OUTCOME], [OUTCOME])
    assert recovered.still_open == {OTHER_JOB_ID: still_open}


class Desk:
    def __init__(self, items: int, *puts: Put, **options) -> None:
        self.pleo, self.clock = FakePleo(items, *puts), FakeClock()
        self.journal = FakeJournal(self.clock)
        self.service = ItemUpdateService(self.pleo, self.journal, self.clock, **options)
        self.outcomes = [ItemOutcome(entry_id(number), "successful") for number in range(items)]

    def send(self, **options) -> UpdateResult:
        return asyncio.run(self.service.send(JOB_ID, self.outcomes, lambda *_: None, **options))


def test_what_is_unknown_may_be_released_a_while_after_the_last_of_it_left():
    at = Desk(101, Put(applied=NOTHING), Put(applied=NOTHING))
    send, left_at = at.pleo.put_items, []

    async def a_minute_each(job_id, body):
        left_at.append(at.clock.now())
        at.clock.pass_seconds(60)
        return await send(job_id, body)

    at.pleo.put_items = a_minute_each
    found = at.send()
    assert (len(found.unknown), left_at) == (101, [NINE, NINE + timedelta(seconds=60)])
    wait = timedelta(seconds=Patience().release_seconds)
    assert found.releasable_from == left_at[1] + wait
    assert asyncio.run(at.service.settle(JOB_ID)).releasable_from == left_at[1] + wait


def test_where_nothing_is_unknown_nothing_is_released():
    assert Desk(2).send().releasable_from is None


def test_what_was_only_intended_before_a_crash_has_no_time_to_be_released_from():
    at = Desk(1)
    body = '[{"accountingEntryId":"e","status":"failed"}]'
    intention = {"what": "item_update", "job_id": JOB_ID, "body": body, "who": "", "connection": ""}
    asyncio.run(at.journal.append("a", Kind.INTENDED, intention))
    found = asyncio.run(at.service.settle(JOB_ID))
    assert (len(found.not_sent), found.unknown, found.releasable_from) == (1, [], None)


@pytest.mark.parametrize(("options", "held"), [({}, False), ({"four_eyes": True}, True), ({"four_eyes": False}, False)])
def test_the_journal_says_of_each_report_whether_four_eyes_held(options, held):
    at = Desk(1, **options)
    at.send()
    assert [row["four_eyes"] for row in at.journal.contents(Kind.INTENDED)] == [held]


def test_a_sending_that_may_not_go_on_gives_back_what_had_not_left():
    at, asked = Desk(201), []

    def may_go_on() -> bool:
        asked.append(len(at.pleo.bodies))
        return len(at.pleo.bodies) < 1

    found = at.send(may_go_on=may_go_on)
    assert (found.was_stopped, len(found.arrived), len(found.not_sent)) == (True, 100, 101)
    assert asked == [0, 1]
    assert not Desk(1).send().was_stopped


def test_an_item_that_is_not_as_the_user_saw_it_is_not_sent_for():
    at = Desk(3)
    seen = {item.accounting_entry_id: item for item in at.pleo.items}
    del seen[entry_id(2)]
    found = at.send(seen=seen)
    assert (found.arrived, found.changed) == ([entry_id(0), entry_id(1)], [at.outcomes[2]])
