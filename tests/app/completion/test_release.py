"""What stays unknown is released by somebody who looked in Pleo: after a stated time, by name, and in the journal."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import JOB_ID, NINE, a_snapshot
from fakes.clocks import FakeClock
from fakes.journal import FakeJournal
from fakes.pleo import FakePleo, Post, declined, lost

from app.completion.attempt import Departure, Standing
from app.completion.evidence import Kind
from app.completion.failure import IntegrationSpecification
from app.completion.patience import Patience
from app.completion.release import Witness, must_be_waited_out
from app.completion.service import CompletionService
from app.errors import AnswerLost, JournalProblem, NotReleased, UsageProblem

WAIT = Patience().release_seconds
WITNESS = Witness("Ann Holm", "Pleo still shows the job in progress")


class Desk:
    def __init__(self, *posts: Post) -> None:
        self.pleo, self.clock = FakePleo(a_snapshot("successful", "failed"), *posts), FakeClock()
        self.journal = FakeJournal(self.clock)
        self.service = CompletionService(self.pleo, self.journal, self.clock, IntegrationSpecification())

    def submit(self):
        async def both():
            return await self.service.submit(self.service.preview(await self.service.read(JOB_ID)), lambda _: None)

        return asyncio.run(both())

    def release(self):
        return asyncio.run(self.service.release(JOB_ID, WITNESS, lambda _: None))


@pytest.mark.parametrize(("by", "saw"), [("", "As it was"), ("Ann", " \n"), (" ", "")])
def test_a_release_names_who_looked_and_what_they_saw(by, saw):
    with pytest.raises(UsageProblem):
        Witness(by, saw)


@pytest.mark.parametrize("sent", [[NINE], [NINE - timedelta(hours=1), NINE], [NINE, NINE - timedelta(hours=1)]])
def test_the_wait_is_over_to_the_second_the_stated_time_after_the_last_send(sent):
    due = NINE + timedelta(seconds=WAIT)
    must_be_waited_out(sent, WAIT, due)
    with pytest.raises(NotReleased) as met:
        must_be_waited_out(sent, WAIT, due - timedelta(seconds=1))
    assert met.value.due == due


def test_an_event_that_was_accepted_and_never_shows_is_released_after_the_stated_time_and_not_before():
    at = Desk(Post(applied_after_reads=None))
    assert at.submit().standing is Standing.UNKNOWN
    at.clock.pass_seconds(WAIT - 60)
    with pytest.raises(NotReleased):
        at.release()
    assert Kind.JUDGED not in at.journal.kinds()
    at.clock.pass_seconds(60)
    (outcome,) = at.release()
    assert outcome.standing is Standing.RELEASED
    released = {"standing": "released", "by": "Ann Holm", "saw": "Pleo still shows the job in progress"}
    assert at.journal.contents(Kind.JUDGED) == [released]


def test_an_event_says_from_when_on_it_may_be_released_only_where_it_left_and_is_unknown():
    at = Desk(Post(applied_after_reads=None))
    unknown = at.submit()
    assert at.service.releasable_from(unknown) == NINE + timedelta(seconds=WAIT)
    assert at.service.releasable_from(replace(unknown, departure=Departure())) is None
    assert at.service.releasable_from(replace(unknown, standing=Standing.CONFIRMED)) is None


def test_after_a_release_the_event_can_be_sent_once_more_and_a_refusal_of_it_is_probably_its_own_doing():
    at = Desk(Post(applied_after_reads=None), Post(declined(422), applied_after_reads=None))
    at.submit()
    at.clock.pass_seconds(WAIT)
    at.release()
    again = at.submit()
    assert (again.standing, again.is_probably_ours) == (Standing.UNKNOWN, True)
    assert len(at.pleo.posted) == 2


def test_what_a_fresh_read_settles_is_settled_and_not_released():
    at = Desk(Post(applied_after_reads=None))
    at.submit()
    at.pleo.end_as("completed_with_errors")
    (outcome,) = at.release()
    assert outcome.standing is Standing.CONFIRMED
    assert at.journal.contents(Kind.JUDGED) == [{"standing": "confirmed"}]


def test_a_job_that_cannot_be_read_is_not_released():
    at = Desk(Post(applied_after_reads=None))
    at.submit()
    at.clock.pass_seconds(WAIT)
    at.pleo.read_problems.extend([lost()] * 20)
    with pytest.raises(AnswerLost):
        at.release()
    assert Kind.JUDGED not in at.journal.kinds()


def test_a_release_that_cannot_be_written_down_is_none():
    at = Desk(Post(applied_after_reads=None))
    at.submit()
    at.clock.pass_seconds(WAIT)
    at.journal.fails_at = {Kind.JUDGED}
    with pytest.raises(JournalProblem):
        at.release()


def test_where_nothing_is_unknown_there_is_nothing_to_release():
    at = Desk()
    with pytest.raises(NotReleased, match="nothing to release"):
        at.release()
    at.submit()
    with pytest.raises(NotReleased, match="nothing to release"):
        at.release()
