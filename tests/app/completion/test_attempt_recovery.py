"""An attempt that a crash left behind is settled by reading before anything else is sent."""

import asyncio
import json
from dataclasses import replace

import pytest
from fakes.builders import JOB_ID, OTHER_JOB_ID, a_failed_item, a_snapshot, snapshot_of
from fakes.clocks import FakeClock
from fakes.journal import FakeJournal
from fakes.pleo import FakePleo, Post, declined, lost, too_many

from app.completion.attempt import Answer, Outcome, Standing
from app.completion.evidence import Kind, Origin, attempt_recorded_in
from app.completion.failure import IntegrationSpecification
from app.completion.patience import Patience
from app.completion.preview import start_preview
from app.completion.progress import Changed
from app.completion.service import CompletionService
from app.errors import JournalProblem, NotSignedIn, ServerWords
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Event

HERE = Origin("somebody@here", "https://pleo.example a-company")
# Seconds from the send to the read that proves that nothing arrived.
WAIT = Patience().settle_seconds


class Crash(BaseException):
    """The process is gone."""


class CrashingJournal(FakeJournal):
    """Dies right after the row of this kind is written."""

    dies_after = ""

    async def append(self, attempt, kind, content):
        await super().append(attempt, kind, content)
        if kind == self.dies_after:
            raise Crash


class Desk:
    def __init__(self, shown: JobSnapshot | None = None, *posts: Post, origin: Origin = HERE) -> None:
        self.pleo = FakePleo(shown or a_snapshot("successful", "failed"), *posts)
        self.clock = FakeClock()
        self.journal = CrashingJournal(self.clock)
        self.origin = origin
        self.restart()

    def restart(self, origin: Origin | None = None) -> None:
        """A new process on the same journal."""
        self.journal.dies_after = ""
        self.origin = origin or self.origin
        self.service = CompletionService(
            self.pleo, self.journal, self.clock, IntegrationSpecification(), origin=self.origin
        )

    def snapshot(self) -> JobSnapshot:
        return JobSnapshot(self.pleo.job, self.pleo.items, self.clock.now())

    def submit(self) -> Outcome | Changed:
        shown = self.snapshot()
        preview = start_preview(shown) if shown.job.status == "pending" else self.service.preview(shown)
        return asyncio.run(self.service.submit(preview, lambda _: None))

    def crash_after(self, kind: Kind) -> None:
        self.journal.dies_after = kind
        with pytest.raises(Crash):
            self.submit()
        self.restart()

    def recover(self) -> tuple[Outcome, ...]:
        return asyncio.run(self.service.recover(lambda _: None))

    def unsettled(self) -> tuple[str, ...]:
        return asyncio.run(self.journal.unsettled())


def test_an_attempt_that_was_only_intended_is_not_sent_and_needs_no_read():
    at = Desk()
    at.crash_after(Kind.INTENDED)
    at.pleo.calls.clear()
    (outcome,) = at.recover()
    assert outcome.standing is Standing.NOT_SENT
    assert at.pleo.calls == []
    assert at.unsettled() == ()


@pytest.mark.parametrize("applied", [True, False])
def test_an_attempt_that_was_sent_is_settled_by_reading(applied):
    at = Desk(None, Post(applied_after_reads=0 if applied else None))
    at.crash_after(Kind.SENT)
    if applied:
        at.pleo._apply(asyncio.run(_told(at)).event)
    at.clock.pass_seconds(WAIT)
    (outcome,) = at.recover()
    assert outcome.standing is (Standing.CONFIRMED if applied else Standing.MISSING)
    assert at.pleo.posted == []
    assert at.unsettled() == ()


async def _told(at: Desk):
    (attempt,) = await at.journal.unsettled()
    return attempt_recorded_in(await at.journal.rows(attempt))


@pytest.mark.parametrize(
    ("post", "standing"),
    [
        (Post(), Standing.CONFIRMED),
        (Post(applied_after_reads=3), Standing.CONFIRMED),
        (Post(applied_after_reads=None), Standing.UNKNOWN),
        (Post(lost(), applied_after_reads=2), Standing.CONFIRMED),
        (Post(lost(), applied_after_reads=None), Standing.MISSING),
        (Post(declined(400), applied_after_reads=None), Standing.REFUSED),
        (Post(declined(422), applied_after_reads=2), Standing.OVERTAKEN),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", [Kind.ANSWERED, Kind.READ])
def test_an_attempt_that_was_answered_is_settled_by_its_answer_and_the_reads(post, standing, kind):
    at = Desk(None, post)
    at.crash_after(kind)
    if post.applied_after_reads is None:
        at.clock.pass_seconds(WAIT)
    (outcome,) = at.recover()
    assert outcome.standing is standing
    assert len(at.pleo.posted) == 1
    assert (at.unsettled() == ()) == (standing is not Standing.UNKNOWN)


def test_a_refused_credential_is_still_one_after_a_crash():
    no = NotSignedIn("Pleo does not accept the credential", ServerWords(401))
    at = Desk(None, Post(no, applied_after_reads=None))
    at.crash_after(Kind.ANSWERED)
    at.pleo.read_problems.extend([no] * 10)
    assert at.recover()[0].standing is Standing.REFUSED


def test_an_attempt_that_was_judged_is_over():
    at = Desk()
    at.crash_after(Kind.JUDGED)
    assert at.recover() == ()


def test_only_the_last_send_of_an_attempt_counts():
    at = Desk(None, Post(too_many(1), applied_after_reads=None), Post(applied_after_reads=4))

    class DiesAfterTheSecondSend(CrashingJournal):
        async def append(self, attempt, kind, content):
            await super().append(attempt, kind, content)
            if self.kinds().count(Kind.SENT) == 2:
                raise Crash

    at.journal = DiesAfterTheSecondSend(at.clock)
    at.restart()
    with pytest.raises(Crash):
        at.submit()
    told = asyncio.run(_told(at))
    assert (told.was_sent, told.answer) == (True, None)


@pytest.mark.parametrize("kind", [Kind.SENT, Kind.ANSWERED])
def test_the_next_submission_settles_what_a_crash_left_before_it_sends(kind):
    at = Desk(None, Post(lost(), applied_after_reads=None))
    at.crash_after(kind)
    at.pleo.posts.clear()
    at.clock.pass_seconds(WAIT)
    posted_before = len(at.pleo.posted)
    assert at.submit().standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == posted_before + 1
    kinds = at.journal.kinds()
    assert kinds.index(Kind.JUDGED) < len(kinds) - 1 - kinds[::-1].index(Kind.SENT)


def test_a_submission_after_a_crash_whose_event_arrived_sends_nothing_and_says_confirmed():
    at = Desk(None, Post(applied_after_reads=4))
    at.crash_after(Kind.ANSWERED)
    outcome = at.submit()
    assert outcome.standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == 1


def test_a_submission_after_an_accepted_event_that_does_not_show_sends_nothing():
    at = Desk(None, Post(applied_after_reads=None))
    assert at.submit().standing is Standing.UNKNOWN
    at.restart()
    assert at.submit().standing is Standing.UNKNOWN
    assert len(at.pleo.posted) == 1


def test_a_start_that_is_found_to_be_confirmed_does_not_stand_for_the_final_event():
    at = Desk(a_snapshot("successful", job_status="pending"))
    at.crash_after(Kind.ANSWERED)
    at.pleo.end_as("in_progress")
    outcome = at.submit()
    assert (outcome.event.event, outcome.standing) == (Event.COMPLETED, Standing.CONFIRMED)
    assert [event.event for event in at.pleo.posted] == ["started", "completed"]
    assert at.unsettled() == ()


def test_a_start_that_is_still_unknown_keeps_the_final_event_from_being_sent():
    at = Desk(a_snapshot("successful", job_status="pending"), Post(applied_after_reads=None))
    at.submit()
    at.restart()
    wanted = at.service.settle_earlier(JOB_ID, Event.COMPLETED, lambda _: None)
    assert asyncio.run(wanted).standing is Standing.UNKNOWN


def test_an_attempt_of_another_connection_is_left_alone_at_the_start():
    at = Desk(None, Post(lost()))
    at.crash_after(Kind.ANSWERED)
    at.restart(Origin("somebody@here", "https://other.example"))
    at.pleo.calls.clear()
    assert at.recover() == ()
    assert at.pleo.calls == []
    assert len(at.unsettled()) == 1


def test_an_attempt_of_another_credential_for_the_same_server_is_settled_before_the_job_is_sent_for():
    at = Desk(None, Post(lost(), applied_after_reads=4))
    at.crash_after(Kind.ANSWERED)
    at.restart(Origin("somebody@here", "https://pleo.example another-company"))
    assert at.submit().standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == 1


ELSE_SPELLED = ["https://Pleo.example", "https://pleo.example:443", "https://pleo.example."]


@pytest.mark.parametrize("address", ELSE_SPELLED)
def test_an_attempt_at_the_same_server_written_in_another_way_is_settled_before_the_job_is_sent_for(address):
    at = Desk(None, Post(lost(), applied_after_reads=4), origin=Origin("somebody@here", f"{address} another-company"))
    at.crash_after(Kind.ANSWERED)
    at.restart(HERE)
    assert at.submit().standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == 1


@pytest.mark.parametrize("address", ELSE_SPELLED)
def test_an_attempt_of_a_connection_whose_address_was_written_in_another_way_is_settled_at_the_start(address):
    at = Desk(None, Post(lost()), origin=Origin("somebody@here", f"{address} a-company"))
    at.crash_after(Kind.ANSWERED)
    at.restart(HERE)
    assert asyncio.run(at.service.has_left_open())
    assert at.recover()[0].standing is Standing.CONFIRMED


def test_an_attempt_of_another_job_is_left_to_its_own_turn():
    at = Desk(None, Post(lost()))
    at.crash_after(Kind.ANSWERED)
    rows = [replace(row, content=row.content.replace(JOB_ID, OTHER_JOB_ID)) for row in at.journal.written]
    at.journal.written[:] = rows
    at.pleo.job = replace(at.pleo.job, status="in_progress")
    at.submit()
    assert rows[0].attempt in at.unsettled()


def test_a_job_that_another_process_is_busy_with_is_left_to_it():
    at = Desk(None, Post(lost()))
    at.crash_after(Kind.ANSWERED)
    at.journal.busy_jobs.add(JOB_ID)
    assert at.recover() == ()
    assert len(at.unsettled()) == 1


def of_another_job(rows):
    """The same attempt again, under another name and of another job."""
    return [replace(row, attempt="other", content=row.content.replace(JOB_ID, OTHER_JOB_ID)) for row in rows]


def test_a_job_that_another_process_is_busy_with_keeps_no_other_from_being_settled():
    at = Desk(None, Post(lost()))
    at.crash_after(Kind.ANSWERED)
    at.journal.written += of_another_job(at.journal.written)
    at.journal.busy_jobs.add(JOB_ID)
    assert [outcome.event.job_id for outcome in at.recover()] == [OTHER_JOB_ID]
    assert "other" not in at.unsettled()


async def test_a_job_whose_event_is_on_its_way_is_left_alone_and_keeps_no_other_from_being_settled():
    at = Desk()
    recovered = []

    def meanwhile(_pleo):
        at.journal.written += of_another_job(at.journal.written)
        recovered.append(asyncio.ensure_future(at.service.recover(lambda _: None)))

    at.pleo.posts.append(Post(first=meanwhile))
    preview = at.service.preview(at.snapshot())
    assert (await at.service.submit(preview, lambda _: None)).standing is Standing.CONFIRMED
    assert [outcome.event.job_id for outcome in await recovered[0]] == [OTHER_JOB_ID]


def test_an_attempt_whose_job_cannot_be_read_stays_open():
    at = Desk(None, Post(lost()))
    at.crash_after(Kind.ANSWERED)
    at.pleo.read_problems.extend([lost()] * 20)
    (outcome,) = at.recover()
    assert outcome.standing is Standing.UNKNOWN
    assert len(at.unsettled()) == 1
    at.pleo.read_problems.clear()
    assert at.recover()[0].standing is Standing.CONFIRMED


def test_the_event_of_a_recovered_attempt_is_the_one_that_was_sent():
    at = Desk(snapshot_of([a_failed_item(1, "Räkenskapsåret är låst"), a_failed_item(2, "Räkenskapsåret är låst")]))
    at.crash_after(Kind.ANSWERED)
    (outcome,) = at.recover()
    assert [outcome.event] == at.pleo.posted


@pytest.mark.parametrize("kind", [Kind.INTENDED, Kind.SENT])
def test_a_journal_that_cannot_be_written_before_the_send_keeps_it_from_being_sent(kind):
    at = Desk()
    at.journal.fails_at = {kind}
    with pytest.raises(JournalProblem):
        at.submit()
    assert at.pleo.posted == []


@pytest.mark.parametrize("kind", [Kind.ANSWERED, Kind.READ, Kind.JUDGED])
@pytest.mark.parametrize(
    ("post", "standing"),
    [
        (Post(), Standing.CONFIRMED),
        (Post(lost(), applied_after_reads=2), Standing.CONFIRMED),
        (Post(declined(400), applied_after_reads=None), Standing.REFUSED),
    ],
    ids=str,
)
def test_a_journal_that_fails_after_the_send_leaves_the_outcome_true(kind, post, standing):
    at = Desk(None, post)
    at.journal.fails_at = {kind}
    outcome = at.submit()
    assert outcome.standing is standing
    assert isinstance(outcome.journal_problem, JournalProblem)


def test_what_the_journal_could_not_be_told_is_found_out_at_the_next_start():
    at = Desk(None, Post(lost()))
    at.journal.fails_at = {Kind.ANSWERED, Kind.READ, Kind.JUDGED}
    at.submit()
    at.journal.fails_at = set()
    at.restart()
    assert at.recover()[0].standing is Standing.CONFIRMED
    assert at.unsettled() == ()


async def test_an_event_whose_sending_was_cancelled_is_settled_before_the_next_and_holds_nothing_up():
    at = Desk()

    async def cancelled_while_it_is_on_its_way():
        under_way = asyncio.Event()

        async def never_answers(event):
            at.pleo.posted.append(event)
            at.pleo._apply(event)
            under_way.set()
            await asyncio.Event().wait()

        at.pleo.post_event = never_answers
        sending = asyncio.create_task(at.service.submit(at.service.preview(at.snapshot()), lambda _: None))
        await under_way.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert at.journal.kinds() == [Kind.INTENDED, Kind.SENT]
        return await at.service.settle_earlier(JOB_ID, Event.COMPLETED, lambda _: None)

    assert (await cancelled_while_it_is_on_its_way()).standing is Standing.CONFIRMED
    assert len(at.pleo.posted) == 1


def test_a_submission_that_is_cancelled_before_the_send_leaves_nothing_that_was_sent():
    at = Desk()

    async def cancelled_while_it_reads():
        reading = asyncio.Event()

        async def never_answers(job_id, on_progress):
            reading.set()
            await asyncio.Event().wait()

        at.pleo.list_items = never_answers
        sending = asyncio.create_task(at.service.submit(at.service.preview(at.snapshot()), lambda _: None))
        await reading.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending

    asyncio.run(cancelled_while_it_reads())
    at.restart()
    assert at.recover()[0].standing is Standing.NOT_SENT
    assert at.pleo.posted == []


def test_a_busy_answer_to_an_event_that_was_carried_out_all_the_same_is_not_called_unsent():
    at = Desk(None, Post(too_many(1), applied_after_reads=0))
    outcome = at.submit()
    assert outcome.standing is Standing.OVERTAKEN
    assert outcome.job_is_as_wanted
    assert len(at.pleo.posted) == 1


def look_again(at: Desk, outcome: Outcome) -> Outcome:
    return asyncio.run(at.service.look_again(outcome))


def test_asking_again_and_again_writes_the_same_state_once():
    at = Desk(None, Post(applied_after_reads=None))
    outcome = at.submit()
    rows = len(at.journal.written)
    for _ in range(50):
        outcome = look_again(at, outcome)
    assert len(at.journal.written) == rows


def test_a_read_after_the_wait_that_shows_the_job_as_it_was_settles_what_could_not_be_read_before():
    at = Desk(None, Post(lost(), applied_after_reads=None))
    at.pleo.read_problems.extend([None, *[lost()] * 6])
    outcome = at.submit()
    assert outcome.standing is Standing.UNKNOWN
    assert look_again(at, outcome).standing is Standing.UNKNOWN
    at.clock.pass_seconds(WAIT)
    assert look_again(at, outcome).standing is Standing.MISSING
    assert at.unsettled() == ()


def test_what_another_process_judged_meanwhile_is_not_judged_again():
    at = Desk(None, Post(lost(), applied_after_reads=None))
    at.pleo.read_problems.extend([None, *[lost()] * 6])
    unknown = at.submit()
    window = at.service
    at.restart()
    at.clock.pass_seconds(WAIT)
    assert at.submit().standing is Standing.CONFIRMED
    rows = len([row for row in at.journal.written if row.kind == Kind.JUDGED])
    at.service = window
    found = look_again(at, unknown)
    assert (found.standing, found.job_is_as_wanted) == (Standing.OVERTAKEN, True)
    assert len([row for row in at.journal.written if row.kind == Kind.JUDGED]) == rows


def test_asking_again_goes_on_without_the_journal():
    at = Desk(None, Post(applied_after_reads=None))
    unknown = at.submit()

    async def cannot_be_read(attempt=None):
        raise JournalProblem("The journal cannot be written: disk full")

    at.journal.rows = cannot_be_read
    at.pleo.end_as("completed_with_errors")
    found = look_again(at, unknown)
    assert found.standing is Standing.CONFIRMED
    assert isinstance(found.journal_problem, JournalProblem)


def test_asking_again_while_another_process_is_busy_changes_nothing():
    at = Desk(None, Post(applied_after_reads=None))
    unknown = at.submit()
    at.journal.busy_jobs.add(JOB_ID)
    assert look_again(at, unknown) is unknown


def test_the_journal_holds_the_body_word_for_word_and_what_it_was_based_on():
    at = Desk(snapshot_of([a_failed_item(1, "Konto 4980 „inaktivt“")]))
    at.submit()
    intended = at.journal.contents(Kind.INTENDED)[0]
    assert intended["body"] == at.pleo.posted[0].as_json()
    assert (intended["counts"], intended["who"]) == ({"failed": 1}, "somebody@here")
    assert intended["fingerprint"] == at.journal.contents(Kind.SENT)[0]["fingerprint"]
    assert json.loads(at.journal.written[-1].content) == {"standing": "confirmed"}
    assert at.journal.contents(Kind.ANSWERED)[0]["answer"] == Answer.ACCEPTED.value
