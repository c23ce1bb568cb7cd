"""Attempts that the journal tells of: which are found, and which rows stop what."""

import pytest
from fakes.builders import JOB_ID, OTHER_JOB_ID
from fakes.journal import FakeJournal

from app.completion.attempt_record import PendingRows, attempts_of, jobs_left_open, open_attempts_of
from app.completion.evidence import EVENT, ITEM_UPDATE, Kind, Origin
from app.errors import JournalProblem, JournalUnreadable

HERE = Origin("ann@here", "https://pleo.example a-company")


async def journal_with(*attempts: tuple[str, str, str]) -> FakeJournal:
    """What was intended, about which job, and the JSON of the row after it; an attempt for each, numbered from 1."""
    journal = FakeJournal()
    for number, (what, job_id, answer) in enumerate(attempts, 1):
        body = "[]" if what == ITEM_UPDATE else f'{{"event": "completed", "jobId": "{job_id}"}}'
        content = {"what": what, "job_id": job_id, "body": body, "who": HERE.who, "connection": HERE.connection}
        await journal.append(str(number), Kind.INTENDED, content)
        await journal.append(str(number), Kind.ANSWERED, {"answer": answer, "problem": None})
    return journal


async def test_attempts_without_a_judgement_are_open_oldest_first_and_only_those_of_what_was_asked_for():
    journal = await journal_with(
        (EVENT, JOB_ID, "lost"), (ITEM_UPDATE, JOB_ID, "lost"), (EVENT, JOB_ID, "accepted"), (EVENT, JOB_ID, "lost")
    )
    await journal.append("3", Kind.JUDGED, {"standing": "confirmed"})
    assert [each.id for each in await open_attempts_of(journal, EVENT, JOB_ID, HERE)] == ["1", "4"]
    assert [each.id for each in await attempts_of(journal, EVENT, JOB_ID, HERE)] == ["1", "3", "4"]


async def test_a_job_with_several_open_attempts_is_named_once():
    journal = await journal_with((EVENT, JOB_ID, "lost"), (EVENT, OTHER_JOB_ID, "lost"), (EVENT, JOB_ID, "lost"))
    assert await jobs_left_open(journal, EVENT, HERE) == (JOB_ID, OTHER_JOB_ID)


async def test_rows_that_cannot_be_read_stop_their_own_job():
    journal = await journal_with((EVENT, JOB_ID, "perhaps"))
    with pytest.raises(JournalUnreadable):
        await open_attempts_of(journal, EVENT, JOB_ID, HERE)


async def test_rows_that_cannot_be_read_stop_no_other_job():
    journal = await journal_with((EVENT, OTHER_JOB_ID, "perhaps"), (EVENT, JOB_ID, "lost"))
    assert [each.id for each in await open_attempts_of(journal, EVENT, JOB_ID, HERE)] == ["2"]


async def test_at_the_start_rows_that_cannot_be_read_stop_nothing():
    journal = await journal_with((EVENT, OTHER_JOB_ID, "perhaps"), (EVENT, JOB_ID, "lost"))
    assert await jobs_left_open(journal, EVENT, HERE) == (JOB_ID,)


async def test_rows_without_their_intention_are_no_attempt():
    journal = FakeJournal()
    await journal.append("stray", Kind.SENT, {})
    assert await jobs_left_open(journal, EVENT, HERE) == ()
    assert await open_attempts_of(journal, EVENT, JOB_ID, HERE) == ()


async def test_rows_that_wait_are_written_with_the_next_ones_in_order():
    journal = FakeJournal()
    rows = PendingRows(journal)
    rows.add(("a", Kind.ANSWERED, {}), ("a", Kind.READ, {}))
    assert journal.written == []
    await rows.write(("b", Kind.INTENDED, {}))
    assert journal.kinds() == [Kind.ANSWERED, Kind.READ, Kind.INTENDED]
    assert await rows.finish() is None
    assert len(journal.written) == 3


async def test_after_the_requests_have_left_a_journal_that_cannot_be_written_is_told_and_not_raised():
    journal = FakeJournal()
    journal.fails_at = {Kind.ANSWERED}
    rows = PendingRows(journal)
    rows.add(("a", Kind.ANSWERED, {}))
    assert isinstance(await rows.finish(), JournalProblem)


async def test_before_a_request_leaves_a_journal_that_cannot_be_written_is_raised():
    journal = FakeJournal()
    journal.fails_at = {Kind.INTENDED}
    with pytest.raises(JournalProblem):
        await PendingRows(journal).write(("a", Kind.INTENDED, {}))
