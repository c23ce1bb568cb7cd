"""Batches after they left: how often they are sent, how long they are read for, and what the next read knows."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import JOB_ID, NINE, entry_id
from fakes.clocks import FakeClock
from fakes.item_updates import NOTHING, FakePleo, Put
from fakes.journal import FakeJournal
from fakes.pleo import declined, lost, too_many, unreachable

from app.completion.evidence import Kind, Origin
from app.completion.job_reading import JobReader
from app.completion.patience import Patience
from app.errors import JournalProblem, NotAllowed, NotSignedIn, ServerWords
from app.models.item_outcome import ItemOutcome
from app.outcomes.service import ItemUpdateService, UpdateResult

HERE = Origin("ann@here", "https://pleo.example a-company")


class Desk:
    def __init__(self, items: int, *puts: Put) -> None:
        self.pleo, self.clock = FakePleo(items, *puts), FakeClock()
        self.journal = FakeJournal(self.clock)
        self.reader = JobReader(self.pleo, self.journal, self.clock, HERE, Patience().settle_seconds)
        self.service = ItemUpdateService(self.pleo, self.journal, self.clock, origin=HERE, reader=self.reader)
        self.outcomes = [ItemOutcome(entry_id(number), "successful") for number in range(items)]

    def send(self) -> UpdateResult:
        return asyncio.run(self.service.send(JOB_ID, self.outcomes, lambda *_: None))


def test_rows_that_show_at_once_are_read_once():
    at = Desk(2)
    at.send()
    assert at.clock.pauses == [0]


def test_rows_that_do_not_show_are_read_for_as_long_as_patience_lasts():
    at = Desk(2, Put(applied=NOTHING))
    at.send()
    assert at.clock.pauses == list(Patience().reads)


@pytest.mark.parametrize("problem", [declined(400), unreachable()])
def test_what_pleo_refused_or_never_got_is_read_once(problem):
    at = Desk(2, *[Put(problem, applied=NOTHING)] * 3)
    at.send()
    assert at.clock.pauses == [1] * (len(at.pleo.bodies) - 1) + [0]


def test_a_refusal_for_the_state_of_a_row_that_may_be_about_to_show_is_waited_for():
    at = Desk(2, Put(declined(422), after_reads=3))
    assert len(at.send().arrived) == 2


@pytest.mark.parametrize(
    ("problem", "is_unknown"),
    [(declined(422), True), (NotSignedIn("No", ServerWords(401)), False), (NotAllowed("No", ServerWords(403)), False)],
)
def test_only_a_refused_credential_is_a_refusal_where_nothing_can_be_read(problem, is_unknown):
    def cut_off(pleo):
        pleo.read_problems.extend([lost()] * 20)

    found = Desk(2, Put(problem, applied=NOTHING, first=cut_off)).send()
    assert (len(found.unknown), len(found.not_sent)) == ((2, 0) if is_unknown else (0, 2))


def test_a_read_back_that_fails_once_is_read_again():
    at = Desk(2, Put(first=lambda pleo: pleo.read_problems.append(lost())))
    found = at.send()
    assert (len(found.arrived), found.unknown) == (2, [])


def test_a_read_back_that_is_older_than_what_was_seen_is_read_again():
    at = Desk(2)
    at.pleo.job = newest = replace(at.pleo.job, last_updated_at=NINE)
    old = replace(newest, last_updated_at=NINE - timedelta(hours=1))
    answers = [newest, old, newest]
    get_job = at.pleo.get_job

    async def in_turn(job_id):
        at.pleo.job = answers.pop(0)
        return await get_job(job_id)

    at.pleo.get_job = in_turn
    found = at.send()
    assert (len(found.arrived), found.unknown, answers) == (2, [], [])


def test_a_batch_that_never_arrives_is_written_down_as_sent_as_often_as_it_was():
    at = Desk(2, *[Put(unreachable(), applied=NOTHING)] * 3)
    found = at.send()
    assert (len(found.not_sent), len(at.pleo.bodies)) == (2, 3)
    assert at.journal.kinds().count(Kind.SENT) == 3
    assert at.clock.pauses == [1, 1, 0]


def test_a_pause_longer_than_a_user_would_wait_is_not_waited():
    at = Desk(2, Put(too_many(600), applied=NOTHING))
    found = at.send()
    assert (len(found.not_sent), len(at.pleo.bodies)) == (2, 1)


def test_what_arrived_bounds_every_later_read_however_long_it_was_ago():
    at = Desk(2)
    before = tuple(at.pleo.items)
    at.send()
    at.pleo.items = list(before)
    at.clock.pass_seconds(3600)
    assert asyncio.run(at.reader.read(JOB_ID)).older.items == (entry_id(0), entry_id(1))


def test_a_judgement_that_cannot_be_written_is_told_beside_what_arrived():
    at = Desk(2)
    at.journal.fails_at = {Kind.JUDGED}
    found = at.send()
    assert len(found.arrived) == 2
    assert isinstance(found.journal_problem, JournalProblem)
