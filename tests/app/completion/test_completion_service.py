"""Read, compare, send once, look: against a Pleo in memory and a clock that does not wait."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import JOB_ID, NINE, a_failed_item, a_snapshot, an_item, snapshot_of
from fakes.clocks import FakeClock
from fakes.journal import FakeJournal
from fakes.pleo import FakePleo, Post, declined, in_trouble, lost, too_many, unreachable

from app.completion.attempt import Outcome, Standing
from app.completion.derive import NotReady
from app.completion.evidence import EVENT, Kind, basis_of
from app.completion.failure import IntegrationSpecification
from app.completion.patience import Patience
from app.completion.preview import Preview, start_preview
from app.completion.progress import Changed, Step
from app.completion.service import CompletionService
from app.errors import NotReachable, NotSignedIn, OlderRead, ServerWords, SignoffError
from app.models.snapshot import JobSnapshot

READ_JOB_AND_ITEMS = ["get_job", "list_items"]


class Desk:
    """A service at work on one job: what was shown, what Pleo then met."""

    def __init__(self, shown: JobSnapshot, *posts: Post, patience: Patience | None = None) -> None:
        self.pleo = FakePleo(shown, *posts)
        self.clock = FakeClock()
        self.journal = FakeJournal(self.clock)
        specification = IntegrationSpecification()
        self.service = CompletionService(self.pleo, self.journal, self.clock, specification, patience=patience)
        found = self.service.preview(shown) if shown.job.status == "in_progress" else start_preview(shown)
        assert isinstance(found, Preview)
        self.preview = found
        self.steps: list[Step] = []

    def submit(self) -> Outcome | Changed:
        return asyncio.run(self.service.submit(self.preview, self.steps.append))

    def look_again(self, outcome: Outcome) -> Outcome:
        return asyncio.run(self.service.look_again(outcome))


def desk(*posts: Post, **more) -> Desk:
    return Desk(a_snapshot("successful", "failed"), *posts, **more)


async def test_a_snapshot_holds_the_job_its_items_and_when_they_were_read():
    shown = a_snapshot("successful", "failed")
    clock = FakeClock()
    service = CompletionService(FakePleo(shown), FakeJournal(), clock, IntegrationSpecification())
    assert await service.read(JOB_ID) == JobSnapshot(shown.job, shown.items, clock.now())


async def test_one_pair_of_eyes_is_enough_unless_two_pairs_are_asked_for():
    assert not await desk().service.asks_for_four_eyes(JOB_ID)


def test_a_job_that_is_not_ready_has_no_preview():
    pleo = FakePleo(a_snapshot("pending"))
    service = CompletionService(pleo, FakeJournal(), FakeClock(), IntegrationSpecification())
    assert isinstance(service.preview(a_snapshot("pending")), NotReady)


def test_job_and_items_are_read_again_then_sent_once_then_both_are_read_back():
    at = desk()
    outcome = at.submit()
    assert outcome.standing is Standing.CONFIRMED
    assert outcome.job.status == "completed_with_errors"
    assert at.pleo.calls == [*READ_JOB_AND_ITEMS, "post_event", *READ_JOB_AND_ITEMS]
    assert at.steps == [Step.READING_AGAIN, Step.SENDING, Step.READING_BACK]


def test_the_very_event_of_the_preview_is_sent():
    at = Desk(snapshot_of([a_failed_item(1, "Period closed")]))
    at.preview = at.preview.with_failure("Books of 2025 are closed", "invalid_configuration")
    at.submit()
    assert at.pleo.posted == [at.preview.event]
    assert at.pleo.posted[0] is at.preview.event


def test_a_pending_job_is_started_and_read_back():
    at = Desk(a_snapshot("pending", "pending", job_status="pending"))
    outcome = at.submit()
    assert outcome.standing is Standing.CONFIRMED
    assert outcome.job.status == "in_progress"
    assert [event.event for event in at.pleo.posted] == ["started"]


def item_reopened(pleo: FakePleo) -> None:
    pleo.items = (an_item(0, "pending"), *pleo.items[1:])


def item_settled_otherwise(pleo: FakePleo) -> None:
    pleo.items = (pleo.items[0], an_item(1, "successful"))


def item_with_unknown_word(pleo: FakePleo) -> None:
    pleo.items = (pleo.items[0], an_item(1, "parked"))


def item_gone(pleo: FakePleo) -> None:
    pleo.items = pleo.items[:1]


def item_added(pleo: FakePleo) -> None:
    pleo.items = (*pleo.items, an_item(2))


def item_twice(pleo: FakePleo) -> None:
    pleo.items = (*pleo.items, pleo.items[0])


def job_expired(pleo: FakePleo) -> None:
    pleo.end_as("failed", None, "job_expired")


def job_completed_by_another(pleo: FakePleo) -> None:
    pleo.end_as("completed_with_errors")


def job_in_an_unknown_state(pleo: FakePleo) -> None:
    pleo.end_as("archived")


@pytest.mark.parametrize(
    "change",
    [
        item_reopened,
        item_settled_otherwise,
        item_with_unknown_word,
        item_gone,
        item_added,
        item_twice,
        job_expired,
        job_completed_by_another,
        job_in_an_unknown_state,
    ],
    ids=lambda change: change.__name__,
)
def test_whatever_changed_between_preview_and_submit_nothing_is_sent(change: Callable[[FakePleo], None]):
    at = desk()
    change(at.pleo)
    found = at.submit()
    assert isinstance(found, Changed)
    assert found.changes
    assert found.fresh.job == at.pleo.job
    assert found.fresh.items == at.pleo.items
    assert at.pleo.posted == []


def test_a_change_that_leaves_the_job_not_ready_says_what_blocks_it():
    at = desk()
    item_reopened(at.pleo)
    assert [blocker.code for blocker in at.submit().blockers] == ["items_pending"]


def test_a_job_that_was_started_in_the_meantime_is_not_started_again():
    at = Desk(a_snapshot("pending", job_status="pending"))
    at.pleo.end_as("in_progress")
    found = at.submit()
    assert isinstance(found, Changed)
    assert [blocker.code for blocker in found.blockers] == ["job_already_started"]
    assert at.pleo.posted == []


def test_an_event_that_the_items_no_longer_imply_is_never_sent_even_if_nothing_else_changed():
    at = Desk(a_snapshot("successful"))
    at.preview = Preview(at.preview.snapshot, at.preview.tally, Desk(a_snapshot("failed")).preview.event)
    assert isinstance(at.submit(), Changed)
    assert at.pleo.posted == []


def test_where_the_read_before_sending_fails_nothing_is_sent():
    at = desk()
    at.pleo.read_problems.append(unreachable())
    with pytest.raises(NotReachable):
        at.submit()
    assert at.pleo.posted == []


@pytest.mark.parametrize(
    "problem", [declined(400, "X", "No"), declined(422, "X", "No"), declined(404, "X", "No")], ids=str
)
def test_a_refused_event_is_not_sent_again(problem):
    at = desk(Post(problem, applied_after_reads=None))
    outcome = at.submit()
    assert outcome.standing is Standing.REFUSED
    assert outcome.problem is problem
    assert outcome.job.status == "in_progress"
    assert len(at.pleo.posted) == 1


def test_a_refused_credential_is_refused_although_the_read_back_is_refused_too():
    problem = NotSignedIn("Pleo does not accept the credential", ServerWords(401))
    at = desk(Post(problem, applied_after_reads=None))
    at.pleo.read_problems.extend([None, problem])
    assert at.submit().standing is Standing.REFUSED
    assert len(at.pleo.posted) == 1


def test_a_lost_answer_to_an_event_that_arrived_is_confirmed_by_reading():
    at = desk(Post(lost()))
    assert at.submit().standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == 1


def test_a_lost_answer_to_an_event_that_shows_later_is_waited_for():
    at = desk(Post(lost(), applied_after_reads=2))
    assert at.submit().standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == 1


def test_an_unchanged_job_proves_nothing_before_the_wait_after_the_send_is_over():
    at = desk(Post(lost(), applied_after_reads=None))
    outcome = at.submit()
    assert (outcome.standing, outcome.job.status) == (Standing.UNKNOWN, "in_progress")
    at.clock.pass_seconds(100)
    outcome = at.look_again(outcome)
    assert outcome.standing is Standing.UNKNOWN
    at.clock.pass_seconds(20)
    assert at.look_again(outcome).standing is Standing.MISSING
    assert len(at.pleo.posted) == 1


def test_a_job_that_is_older_than_one_seen_before_proves_nothing_however_long_was_waited():
    at = desk(Post(lost(), applied_after_reads=None))
    seen = at.pleo.job
    at.pleo.job = replace(seen, last_updated_at=NINE + timedelta(seconds=1))
    at.preview = at.service.preview(asyncio.run(at.service.read(JOB_ID)))
    unknown = at.submit()
    at.clock.pass_seconds(1_000)
    at.pleo.job = seen
    found = at.look_again(unknown)
    assert (found.standing, found.job) == (Standing.UNKNOWN, None)
    assert isinstance(found.read_problem, OlderRead)


def test_items_that_turned_before_the_event_arrived_are_told_beside_the_confirmation():
    at = desk(Post(first=item_settled_otherwise))
    outcome = at.submit()
    assert (outcome.standing, outcome.items_imply) == (Standing.CONFIRMED, "completed")
    assert at.journal.contents("judged") == [{"standing": "confirmed"}]
    assert at.journal.contents("read")[-1]["items_imply"] == "completed"


def test_where_no_items_come_back_after_the_event_nothing_is_claimed_of_them():
    def emptied(pleo):
        pleo.items = ()

    outcome = desk(Post(first=emptied)).submit()
    assert (outcome.standing, outcome.items_imply) == (Standing.CONFIRMED, None)


def test_what_another_process_wrote_into_the_journal_since_is_looked_at_before_the_send():
    at = desk()
    assert asyncio.run(at.service.read(JOB_ID)).older is None
    newer = replace(at.preview.snapshot.job, last_updated_at=NINE)
    event = {"what": EVENT, "job_id": JOB_ID, "body": at.preview.event.as_json(), "who": "", "connection": ""}
    seen = event | basis_of(replace(at.preview.snapshot, job=newer))
    asyncio.run(at.journal.append("other", Kind.INTENDED, seen))
    asyncio.run(at.journal.append("other", Kind.JUDGED, {"standing": "not_sent"}))
    changed = at.submit()
    assert isinstance(changed, Changed)
    assert [blocker.code for blocker in changed.blockers] == ["older_state"]
    assert at.pleo.posted == []


def test_items_that_cannot_be_read_after_the_event_leave_it_confirmed_and_claim_nothing():
    at = desk()
    list_items = at.pleo.list_items

    async def not_after_the_event(job_id, on_progress=None):
        if at.pleo.posted:
            raise lost()
        return await list_items(job_id)

    at.pleo.list_items = not_after_the_event
    outcome = at.submit()
    assert (outcome.standing, outcome.items_imply) == (Standing.CONFIRMED, None)


def test_a_refusal_after_a_lost_attempt_is_not_believed_before_the_wait_is_over():
    at = desk(Post(lost(), applied_after_reads=None), Post(declined(422), applied_after_reads=None))
    at.clock.pass_seconds(120)
    first = at.submit()
    at.clock.pass_seconds(120)
    assert at.look_again(first).standing is Standing.MISSING
    second = at.submit()
    assert (second.standing, second.is_probably_ours) == (Standing.UNKNOWN, True)
    at.pleo.end_as("completed_with_errors")
    second = at.look_again(second)
    assert (second.standing, second.job_is_as_wanted) == (Standing.OVERTAKEN, True)


def test_a_start_that_was_lost_has_no_part_in_the_refusal_of_the_final_event():
    at = Desk(a_snapshot("successful", job_status="pending"), Post(lost(), applied_after_reads=None))
    at.clock.pass_seconds(120)
    first = at.submit()
    at.clock.pass_seconds(120)
    assert at.look_again(first).standing is Standing.MISSING
    at.pleo.end_as("in_progress")
    at.pleo.posts.append(Post(declined(422), applied_after_reads=None))
    shown = JobSnapshot(at.pleo.job, at.pleo.items, at.clock.now())
    at.preview = at.service.preview(shown)
    final = at.submit()
    assert (final.standing, final.departure.after_lost) == (Standing.REFUSED, False)


def test_silence_and_a_job_in_an_unknown_state_stay_unknown():
    at = desk(Post(lost(), applied_after_reads=None, first=job_in_an_unknown_state))
    assert at.submit().standing is Standing.UNKNOWN


def test_reading_into_silence_is_bounded_with_growing_pauses():
    at = desk(Post(lost(), applied_after_reads=None))
    assert at.submit().standing is Standing.UNKNOWN
    read_back = at.pleo.calls[at.pleo.calls.index("post_event") + 1 :]
    assert 1 < len(read_back) < 20
    pauses = at.clock.pauses
    assert pauses == sorted(pauses)
    assert sum(pauses) < 60


def test_silence_on_the_event_and_on_every_read_is_unknown():
    at = desk(Post(lost()))
    at.pleo.read_problems.extend([None, *[lost()] * 50])
    outcome = at.submit()
    assert outcome.standing is Standing.UNKNOWN
    assert outcome.job is None
    assert outcome.read_problem is not None
    assert len(at.pleo.posted) == 1


def test_a_read_back_that_fails_once_is_read_again():
    at = desk(Post())
    at.pleo.read_problems.extend([None, lost()])
    assert at.submit().standing is Standing.CONFIRMED


def test_an_accepted_event_that_shows_after_a_while_is_confirmed():
    at = desk(Post(applied_after_reads=3))
    assert at.submit().standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == 1


def test_an_accepted_event_that_never_shows_is_unknown_and_not_sent_again():
    at = desk(Post(applied_after_reads=None))
    outcome = at.submit()
    assert outcome.standing is Standing.UNKNOWN
    assert not outcome.is_settled
    assert len(at.pleo.posted) == 1


def test_looking_again_settles_an_unknown_outcome_without_sending():
    at = desk(Post(applied_after_reads=None))
    unknown = at.submit()
    at.pleo.end_as("completed_with_errors")
    assert asyncio.run(at.service.look_again(unknown)).standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == 1


def test_a_422_for_an_event_that_had_arrived_reads_overtaken_with_the_job_as_wanted():
    at = desk(
        Post(
            declined(422, "INVALID_EXPORT_JOB_STATUS_CHANGE"), applied_after_reads=None, first=job_completed_by_another
        )
    )
    outcome = at.submit()
    assert outcome.standing is Standing.OVERTAKEN
    assert outcome.job_is_as_wanted


def test_a_422_whose_cause_shows_only_later_is_not_taken_for_a_refusal():
    at = desk(Post(declined(422, "INVALID_EXPORT_JOB_STATUS_CHANGE"), applied_after_reads=2))
    assert at.submit().standing is Standing.OVERTAKEN


@pytest.mark.parametrize("problem", [None, lost(), declined(422, "X")], ids=str)
def test_a_job_that_expired_just_before_the_event_is_overtaken(problem):
    at = desk(Post(problem, applied_after_reads=None, first=job_expired))
    outcome = at.submit()
    assert outcome.standing is Standing.OVERTAKEN
    assert not outcome.job_is_as_wanted
    assert outcome.job.failure_reason_type == "job_expired"
    assert len(at.pleo.posted) == 1


@pytest.mark.parametrize("problem", [unreachable(), too_many(), too_many(2)], ids=str)
def test_an_event_that_surely_never_arrived_is_sent_again_after_reading_again(problem):
    at = desk(Post(problem, applied_after_reads=None))
    outcome = at.submit()
    assert outcome.standing is Standing.CONFIRMED
    assert at.pleo.calls == [*READ_JOB_AND_ITEMS, "post_event", *READ_JOB_AND_ITEMS, "post_event", *READ_JOB_AND_ITEMS]
    assert Step.WAITING in at.steps


def test_an_event_that_never_arrives_is_sent_three_times_at_most_each_after_a_read():
    at = desk(*[Post(unreachable(), applied_after_reads=None)] * 10)
    outcome = at.submit()
    assert outcome.standing is Standing.NOT_SENT
    assert at.pleo.calls == [*READ_JOB_AND_ITEMS, "post_event"] * 3 + ["get_job"]


def test_the_pause_that_pleo_asks_for_is_kept_before_sending_again():
    at = desk(Post(too_many(17), applied_after_reads=None))
    at.submit()
    assert at.clock.pauses[0] == 17


def test_a_pause_longer_than_a_user_would_wait_is_not_waited():
    at = desk(Post(too_many(3600), applied_after_reads=None))
    outcome = at.submit()
    assert outcome.standing is Standing.NOT_SENT
    assert sum(at.clock.pauses) < 60
    assert len(at.pleo.posted) == 1


def test_what_changes_while_pleo_asks_to_wait_keeps_the_event_from_being_sent_again():
    at = desk(Post(too_many(5), applied_after_reads=None, first=item_reopened))
    assert isinstance(at.submit(), Changed)
    assert len(at.pleo.posted) == 1
    assert at.pleo.applied == []


@pytest.mark.parametrize(
    "problem", [in_trouble(500), in_trouble(502), in_trouble(503), in_trouble(503, retry_after=2), lost()], ids=str
)
def test_an_event_that_may_have_arrived_is_never_sent_again_and_is_not_known(problem):
    at = desk(Post(problem, applied_after_reads=None))
    assert at.submit().standing is Standing.UNKNOWN
    assert len(at.pleo.posted) == 1


async def test_submitting_twice_at_once_sends_once():
    at = desk()

    async def both():
        first = asyncio.create_task(at.service.submit(at.preview, at.steps.append))
        await asyncio.sleep(0)
        with pytest.raises(SignoffError):
            await at.service.submit(at.preview, at.steps.append)
        return await first

    at.pleo.posts.append(Post(applied_after_reads=2))
    assert (await both()).standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == 1


def test_after_a_submission_has_ended_the_job_can_be_submitted_again():
    at = desk()
    at.pleo.read_problems.append(unreachable())
    with pytest.raises(NotReachable):
        at.submit()
    assert at.submit().standing is Standing.CONFIRMED


def test_a_second_submission_after_the_first_was_confirmed_sends_nothing():
    at = desk()
    at.submit()
    assert isinstance(at.submit(), Changed)
    assert len(at.pleo.posted) == 1


def test_the_patience_is_the_callers_to_choose():
    at = desk(Post(lost(), applied_after_reads=None), patience=Patience(reads=(0, 0.25)))
    at.submit()
    assert at.clock.pauses == [0, 0.25]
