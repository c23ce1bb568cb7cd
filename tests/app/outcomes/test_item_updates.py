"""Outcomes of items reach Pleo once: batches, refused rows, silence, and what a crash left open."""

import asyncio
import json
from dataclasses import dataclass, field, replace

import pytest
from fakes.builders import JOB_ID, NINE, entry_id
from fakes.clocks import FakeClock
from fakes.item_updates import NOTHING, FakePleo, Put
from fakes.journal import FakeJournal
from fakes.pleo import declined, in_trouble, lost, too_many, unreachable

from app.completion.evidence import Kind, Origin
from app.completion.job_reading import JobReader
from app.completion.patience import Patience
from app.errors import JobBusy, JournalProblem, NotSignedIn, OlderRead, PleoProblem, ServerWords
from app.models.item_outcome import ItemOutcome
from app.models.vocabulary import Item
from app.outcomes.service import ItemUpdateService, UpdateResult
from app.outcomes.set_by import SetBy

HERE = Origin("somebody@here", "https://pleo.example")
# Seconds from the send to the read that proves that nothing arrived.
WAIT = Patience().settle_seconds


class Crash(BaseException):
    """The process is gone."""


class CrashingJournal(FakeJournal):
    dies_at: tuple[str, int] | None = None  # right after this many rows of the kind

    async def append(self, attempt, kind, content):
        if self.dies_at is None and kind in self.fails_at:
            raise JournalProblem("The journal cannot be written: disk full")
        await super().append(attempt, kind, content)
        if self.dies_at and self.kinds().count(self.dies_at[0]) == self.dies_at[1]:
            raise Crash


@dataclass
class Desk:
    items: int
    puts: tuple[Put, ...] = ()
    progress: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pleo, self.clock = FakePleo(self.items, *self.puts), FakeClock()
        self.journal = CrashingJournal(self.clock)
        self.reader = JobReader(self.pleo, self.journal, self.clock, HERE, WAIT)
        self.service = ItemUpdateService(self.pleo, self.journal, self.clock, origin=HERE, reader=self.reader)
        self.outcomes = [
            ItemOutcome(entry_id(number), Item.SUCCESSFUL, external_id=f"A-{number}") for number in range(self.items)
        ]

    def send(self) -> UpdateResult:
        work = self.service.send(JOB_ID, self.outcomes, lambda *at: self.progress.append(at))
        found = asyncio.run(work)
        told = [*found.arrived, *(error.accounting_entry_id for error in found.refused)]
        told += [outcome.accounting_entry_id for outcome in (*found.unknown, *found.not_sent)]
        assert sorted(told) == sorted(outcome.accounting_entry_id for outcome in self.outcomes), "each in one list"
        assert not self.pleo.taken or max(self.pleo.taken.values()) == 1, "nothing is carried out twice"
        return found

    def recover(self) -> UpdateResult:
        return asyncio.run(self.service.recover()).result

    def settle(self) -> UpdateResult:
        return asyncio.run(self.service.settle(JOB_ID))

    def crash_after(self, kind: Kind, times: int = 1) -> None:
        self.journal.dies_at = (kind, times)
        with pytest.raises(Crash):
            self.send()
        self.journal.dies_at = None

    def unsettled(self) -> tuple[str, ...]:
        return asyncio.run(self.journal.unsettled())


def desk(items: int, *puts: Put) -> Desk:
    return Desk(items, puts)


def sizes(at: Desk) -> list[int]:
    return [len(json.loads(body)) for body in at.pleo.bodies]


@pytest.mark.parametrize(("items", "batches"), [(1, [1]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])])
def test_batches_hold_at_most_a_hundred_rows(items, batches):
    at = desk(items)
    assert len(at.send().arrived) == items
    assert sizes(at) == batches


def test_each_batch_is_in_the_journal_word_for_word_before_it_leaves():
    at = desk(150)
    put = at.pleo.put_items

    async def watched(job_id, body):
        assert at.journal.kinds()[-2:] == [Kind.INTENDED, Kind.SENT]
        assert at.journal.contents(Kind.INTENDED)[-1]["body"] == body
        return await put(job_id, body)

    at.pleo.put_items = watched
    at.send()
    assert at.journal.kinds().count(Kind.JUDGED) == 2


def test_the_progress_ends_at_the_whole():
    at = desk(250)
    at.send()
    assert at.progress == [(100, 250), (200, 250), (250, 250)]


def test_what_pleo_shows_already_is_not_sent():
    at = desk(3)
    assert at.send().already == []
    again = at.send()
    assert len(again.arrived) == 3
    assert again.already == again.arrived
    assert sizes(at) == [3]


def test_an_outcome_that_differs_in_the_posting_time_only_is_sent():
    at = desk(2)
    at.send()
    at.outcomes[0] = replace(at.outcomes[0], exported_at=NINE)
    at.pleo.taken.clear()
    assert at.send().already == [entry_id(1)]
    assert sizes(at) == [2, 1]


def test_rows_that_pleo_refuses_are_told_with_its_words_and_the_others_arrive():
    at = desk(150)
    at.pleo.refused = {entry_id(3), entry_id(120)}
    found = at.send()
    assert [error.accounting_entry_id for error in found.refused] == [entry_id(3), entry_id(120)]
    assert len(found.arrived) == 148
    assert found.problem is None
    answers = at.journal.contents(Kind.ANSWERED)
    assert [error["message"] for answer in answers for error in answer["errors"]] == ["No", "No"]
    assert at.unsettled() == ()


def test_an_entry_that_pleo_does_not_know_is_refused_alone():
    at = desk(2)
    at.outcomes.append(ItemOutcome(entry_id(99), Item.SUCCESSFUL))
    at.pleo.refused = {entry_id(99)}
    found = at.send()
    assert [error.accounting_entry_id for error in found.refused] == [entry_id(99)]


def test_after_silence_no_row_is_sent_again_before_the_wait_is_over_and_then_only_what_did_not_arrive():
    at = desk(10, Put(lost(), applied=4))
    found = at.send()
    assert (len(found.arrived), len(found.unknown)) == (4, 6)
    assert len(at.send().unknown) == 6
    assert sizes(at) == [10]
    at.clock.pass_seconds(WAIT)
    assert len(at.send().arrived) == 10
    assert sizes(at) == [10, 6]
    assert at.unsettled() == ()


def test_after_silence_rows_that_show_late_are_not_sent_again():
    at = desk(10, Put(lost(), after_reads=3))
    assert len(at.send().arrived) == 10
    assert sizes(at) == [10]


def test_silence_ends_the_sending_and_gives_back_what_had_not_left():
    at = desk(250, Put(), Put(lost(), applied=NOTHING))
    found = at.send()
    assert (len(found.arrived), len(found.unknown), len(found.not_sent)) == (100, 100, 50)
    assert found.problem is not None
    assert sizes(at) == [100, 100]


def test_rows_that_are_unknown_are_settled_by_reading_alone():
    at = desk(2, Put(lost(), applied=NOTHING))
    at.send()
    assert len(at.settle().unknown) == 2
    at.clock.pass_seconds(WAIT)
    assert at.settle().not_sent == at.outcomes
    assert sizes(at) == [2]
    assert at.unsettled() == ()


def test_a_read_that_is_older_than_one_seen_before_proves_no_absence():
    at = desk(2, Put(lost(), applied=NOTHING))
    old = at.pleo.job
    at.pleo.job = replace(old, last_updated_at=NINE)
    at.send()
    at.pleo.job = old
    at.clock.pass_seconds(WAIT)
    assert len(at.settle().unknown) == 2


def test_outcomes_that_were_confirmed_bind_the_next_read_of_every_service():
    at = desk(2)
    before = tuple(at.pleo.items)
    at.send()
    at.pleo.items = list(before)
    assert asyncio.run(at.reader.read(JOB_ID)).older.items == (entry_id(0), entry_id(1))
    with pytest.raises(OlderRead):
        at.send()
    assert sizes(at) == [2]


def test_a_row_that_was_accepted_and_never_shows_stays_unknown_and_is_not_sent_again():
    at = desk(3, Put(applied=2))
    found = at.send()
    assert [outcome.accounting_entry_id for outcome in found.unknown] == [entry_id(2)]
    assert len(found.arrived) == 2
    again = at.send()
    assert [outcome.accounting_entry_id for outcome in again.unknown] == [entry_id(2)]
    assert sizes(at) == [3]
    assert len(at.unsettled()) == 1


def test_an_accepted_row_that_shows_much_later_is_found_to_have_arrived():
    at = desk(3, Put(applied=NOTHING))
    assert len(at.send().unknown) == 3
    at.pleo._take(json.loads(at.pleo.bodies[0]))
    assert len(at.recover().arrived) == 3
    assert at.unsettled() == ()


def closed(reason: str = "Closed") -> dict:
    return {"accountingEntryId": entry_id(0), "status": "failed", "failureReason": reason}


@pytest.mark.parametrize("problem", [None, lost()], ids=["accepted", "silence"])
def test_what_somebody_else_reports_meanwhile_is_neither_waited_for_nor_set_aside(problem):
    at = desk(1, Put(problem, applied=NOTHING, first=lambda pleo: pleo._take([closed()])))
    (refused,) = at.send().refused
    assert (refused.accounting_entry_id, refused.type) == (entry_id(0), "overtaken")
    assert sizes(at) == [1]
    assert at.unsettled() == ()


@pytest.mark.parametrize(("now", "is_overtaken"), [("Closed", False), ("Closed by hand", True)])
def test_after_a_crash_the_journal_tells_whether_an_item_is_as_it_was_before(now, is_overtaken):
    at = desk(1)
    at.pleo._take([closed()])
    at.crash_after(Kind.SENT)
    at.pleo._take([closed(now)])
    at.clock.pass_seconds(WAIT)
    found = at.recover()
    assert [error.type for error in found.refused] == ["overtaken"] * is_overtaken
    assert len(found.not_sent) == (not is_overtaken)


@pytest.mark.parametrize("problem", [unreachable(), too_many(1)], ids=str)
def test_a_batch_that_surely_never_arrived_is_sent_again(problem):
    at = desk(5, Put(problem, applied=NOTHING))
    assert len(at.send().arrived) == 5
    assert sizes(at) == [5, 5]


def test_a_batch_that_met_a_503_may_have_arrived_whatever_it_says_of_coming_back():
    at = desk(5, Put(in_trouble(503, 1), applied=NOTHING))
    assert len(at.send().unknown) == 5
    assert sizes(at) == [5]


def test_a_batch_that_never_arrives_is_given_back_with_all_that_comes_after_it():
    at = desk(250, *[Put(unreachable(), applied=NOTHING)] * 9)
    found = at.send()
    assert len(found.not_sent) == 250
    assert found.problem is not None
    assert sizes(at) == [100, 100, 100]


def test_a_refused_batch_ends_the_sending_and_loses_nothing():
    at = desk(250, Put(), Put(declined(400), applied=NOTHING))
    found = at.send()
    assert (len(found.arrived), len(found.not_sent)) == (100, 150)
    assert found.problem is not None


def test_a_422_because_it_had_arrived_counts_as_arrived_and_the_sending_goes_on():
    at = desk(150, Put(declined(422)))
    found = at.send()
    assert len(found.arrived) == 150
    assert found.problem is None


def test_a_job_that_ends_between_two_batches_loses_nothing():
    at = desk(150, Put(), Put(first=FakePleo.end))
    found = at.send()
    assert (len(found.arrived), len(found.not_sent)) == (100, 50)
    assert found.problem.words.status == 422


def test_a_job_that_ends_while_a_batch_meets_silence_loses_nothing():
    at = desk(50, Put(lost(), applied=NOTHING, first=FakePleo.end))
    found = at.send()
    assert len(found.not_sent) == 50
    assert len(at.pleo.bodies) == 1


def test_a_refused_credential_is_no_question():
    no = NotSignedIn("Pleo does not accept the credential", ServerWords(401))
    at = desk(2, Put(no, applied=NOTHING))
    at.pleo.read_problems.extend([None, *[no] * 20])
    found = at.send()
    assert (len(found.not_sent), found.unknown) == (2, [])


def test_silence_on_the_batch_and_on_every_read_is_unknown():
    at = desk(2, Put(lost()))
    at.pleo.read_problems.extend([None, *[lost()] * 20])
    assert len(at.send().unknown) == 2
    at.pleo.read_problems.clear()
    assert len(at.send().arrived) == 2
    assert sizes(at) == [2]


def test_where_the_items_cannot_be_read_first_nothing_is_sent():
    at = desk(2)
    at.pleo.read_problems.append(lost())
    with pytest.raises(PleoProblem):
        at.send()
    assert at.pleo.bodies == []


@pytest.mark.parametrize("kind", [Kind.INTENDED, Kind.SENT])
def test_a_journal_that_cannot_be_written_keeps_the_first_batch_from_being_sent(kind):
    at = desk(2)
    at.journal.fails_at = {kind}
    with pytest.raises(JournalProblem):
        at.send()
    assert at.pleo.bodies == []


@pytest.mark.parametrize("kind", [Kind.INTENDED, Kind.SENT])
def test_a_journal_that_fails_at_the_second_batch_keeps_what_became_of_the_first(kind):
    at = desk(250)
    put = at.pleo.put_items

    async def then_the_disk_is_full(job_id, body):
        at.journal.fails_at = {kind}
        return await put(job_id, body)

    at.pleo.put_items = then_the_disk_is_full
    found = at.send()
    assert (len(found.arrived), len(found.not_sent)) == (100, 150)
    assert isinstance(found.journal_problem, JournalProblem)
    assert sizes(at) == [100]


def test_a_journal_that_fails_after_the_send_leaves_the_result_true():
    at = desk(2)
    at.journal.fails_at = {Kind.ANSWERED, Kind.READ, Kind.JUDGED}
    found = at.send()
    assert len(found.arrived) == 2
    assert isinstance(found.journal_problem, JournalProblem)


def test_a_batch_that_was_only_intended_before_a_crash_was_not_sent():
    at = desk(2)
    at.crash_after(Kind.INTENDED)
    assert len(at.recover().not_sent) == 2
    assert at.pleo.bodies == []
    assert at.unsettled() == ()


@pytest.mark.parametrize("arrived", [True, False])
def test_a_batch_that_was_sent_before_a_crash_is_settled_by_reading(arrived):
    at = desk(2)
    at.crash_after(Kind.SENT)
    if arrived:
        at.pleo._take([outcome.as_dict() for outcome in at.outcomes])
    at.clock.pass_seconds(WAIT)
    found = at.recover()
    assert (len(found.arrived), len(found.not_sent)) == ((2, 0) if arrived else (0, 2))
    assert at.pleo.bodies == []


def test_after_a_crash_in_the_middle_only_what_did_not_arrive_is_sent():
    at = desk(250)
    at.crash_after(Kind.ANSWERED, times=2)
    assert sizes(at) == [100, 100]
    assert len(at.send().arrived) == 250
    assert sizes(at) == [100, 100, 50]
    assert at.unsettled() == ()


def test_rows_that_a_crash_left_refused_are_told_with_pleos_words():
    at = desk(2)
    at.pleo.refused = {entry_id(1)}
    at.crash_after(Kind.ANSWERED)
    found = at.recover()
    assert [error.message for error in found.refused] == ["No"]


def test_many_batches_that_a_crash_left_open_are_read_with_one_patience():
    at = desk(500, *[Put(applied=NOTHING)] * 5)
    at.crash_after(Kind.ANSWERED, times=5)
    reads = at.pleo.reads
    assert len(at.recover().unknown) == 500
    assert at.pleo.reads - reads < 10


def test_an_attempt_of_another_connection_is_left_alone():
    at = desk(2)
    at.crash_after(Kind.SENT)
    other = Origin("somebody@here", "https://other.example")
    at.service = ItemUpdateService(at.pleo, at.journal, at.clock, origin=other)
    assert at.recover() == UpdateResult()
    assert len(at.unsettled()) == 1


def test_a_job_that_another_process_is_busy_with_is_left_to_it():
    at = desk(2)
    at.crash_after(Kind.SENT)
    at.journal.busy_jobs.add(JOB_ID)
    assert at.recover() == UpdateResult()
    with pytest.raises(JobBusy):
        at.send()


def test_the_journal_tells_who_set_the_outcomes_that_were_sent():
    at = Desk(3)
    assert asyncio.run(at.service.set_by(JOB_ID)) == ()
    at.send()
    assert asyncio.run(at.service.set_by(JOB_ID)) == (SetBy("somebody@here", by_hand=3, from_lists=0),)


def test_items_set_by_hand_and_those_from_lists_are_counted_together():
    at = Desk(5)
    assert asyncio.run(at.service.count_set_by_people(JOB_ID)) == 0
    at.outcomes = at.outcomes[:3]
    at.send()
    assert asyncio.run(at.service.count_set_by_people(JOB_ID)) == 3
    listed = [entry_id(3), entry_id(4)]
    row = {
        "what": "item_update",
        "job_id": JOB_ID,
        "who": HERE.who,
        "connection": HERE.connection,
        "body": json.dumps([{"accountingEntryId": each, "status": "successful"} for each in listed]),
        "drafted": [{"by": "Ann", "sha256": "f", "items": listed}],
    }
    asyncio.run(at.journal.append("from a list", Kind.INTENDED, row))
    asyncio.run(at.journal.append("from a list", Kind.SENT, {}))
    assert asyncio.run(at.service.count_set_by_people(JOB_ID)) == 5
