"""The journal as services use it: what it answers before it is begun, and what keeps a job from being held."""

import json
import os
import re
from contextlib import closing

import pytest
from fakes.builders import NINE
from fakes.clocks import FakeClock

from app.errors import JobBusy, JournalInDoubt, JournalProblem
from app.models.journal_row import JournalHead
from app.storage.journal.journal import Journal
from app.storage.journal.remembered_head import RememberedHead, head_in, text_of
from app.storage.journal.store import FILE_NAME, lost_head

JOB = "a job"


def readable(_row) -> bool:
    return True


class Safe:
    """A second place for the head in memory."""

    def __init__(self, text: str | None = None) -> None:
        self.text, self.asked, self.kept, self.is_finished = text, 0, [], False

    def read(self) -> str | None:
        self.asked += 1
        return self.text

    def keep(self, text: str) -> None:
        self.kept.append(text)
        self.text = text

    def finish(self) -> None:
        self.is_finished = True


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def journal(folder):
    with closing(Journal(folder, FakeClock(), wait_for_job_seconds=2)) as journal:
        yield journal


async def attempted(journal: Journal, attempt: str = "a") -> None:
    await journal.append(attempt, "intended", {"job_id": JOB})
    await journal.append_all([(attempt, "sent", {}), (attempt, "judged", {"standing": "confirmed"})])


async def test_a_journal_that_was_never_begun_holds_nothing_and_is_not_begun_by_asking(journal, folder):
    assert (await journal.rows_of_job(JOB), await journal.unsettled(), await journal.intentions(JOB)) == ((), (), ())
    assert not (folder / FILE_NAME).exists()


async def test_rows_are_found_by_attempt_by_job_and_by_what_is_open(journal):
    await attempted(journal, "a")
    await journal.append("b", "intended", {"job_id": JOB})
    await journal.append("c", "intended", {"job_id": "another"})
    assert [row.sequence for row in await journal.rows()] == [1, 2, 3, 4, 5]
    assert [row.kind for row in await journal.rows("a")] == ["intended", "sent", "judged"]
    assert [row.sequence for row in await journal.rows_of_job(JOB)] == [1, 2, 3, 4]
    assert [row.attempt for row in await journal.intentions(JOB)] == ["a", "b"]
    assert await journal.unsettled() == ("b", "c")


async def test_rows_carry_the_time_of_the_clock(journal):
    await attempted(journal)
    assert {row.at for row in await journal.rows()} == {NINE.isoformat(timespec="milliseconds")}


async def test_what_somebody_wrote_stands_in_the_file_in_their_own_letters(journal):
    await journal.append("a", "judged", {"saw": "Räkenskapsåret är låst"})
    assert (await journal.rows())[0].content == '{"saw":"Räkenskapsåret är låst"}'


async def test_a_job_is_held_once_at_a_time_and_others_meanwhile(journal, folder):
    clock = FakeClock()
    other = Journal(folder, clock, wait_for_job_seconds=2)
    async with journal.hold(JOB):
        async with other.hold("another"):
            pass
        with pytest.raises(JobBusy, match="Another Signoff is sending something for this job right now"):
            async with other.hold(JOB):
                pass
        assert sum(clock.pauses) == pytest.approx(2, abs=0.3)
    async with other.hold(JOB):
        pass


async def test_a_jobs_lock_has_the_same_name_in_every_version_of_signoff(journal, folder):
    """Two versions on one folder keep each other out by it."""
    async with journal.hold(JOB):
        assert (folder / "locks" / "cec0dd209335167a990350dc5dbe04b7.lock").exists()


async def test_by_itself_a_job_is_waited_for_half_a_minute(journal, folder):
    clock = FakeClock()
    async with journal.hold(JOB):
        with pytest.raises(JobBusy):
            async with Journal(folder, clock).hold(JOB):
                pass
    assert sum(clock.pauses) == pytest.approx(30, abs=0.3)


async def test_a_folder_of_locks_that_cannot_be_made_is_told(journal, folder):
    folder.write_bytes(b"a file")
    with pytest.raises(JournalProblem, match="cannot be made"):
        async with journal.hold(JOB):
            pass


async def test_a_job_whose_lock_cannot_be_taken_is_told(journal, folder):
    async with journal.hold(JOB):
        pass
    lock = folder / "locks" / "cec0dd209335167a990350dc5dbe04b7.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    with pytest.raises(JournalProblem, match=f"^{re.escape(str(lock))} cannot be locked"):
        async with journal.hold(JOB):
            pass


async def test_the_head_is_kept_in_the_safe_when_something_leaves_and_when_it_is_judged(journal):
    safe = Safe()
    journal.keep_head_in(safe)
    journal.keep_head_in(Safe())
    await attempted(journal)
    assert [head_in(text).sequence for text in safe.kept] == [3]
    await journal.append("b", "sent", {})
    assert [head_in(text).sequence for text in safe.kept] == [3, 4]
    await journal.append("b", "read", {})
    assert len(safe.kept) == 2
    journal.close()
    assert safe.is_finished


async def test_the_safe_is_asked_once_where_nothing_is_in_doubt(journal):
    safe = Safe()
    journal.keep_head_in(safe)
    for _ in range(3):
        await journal.prove(JOB, readable)
    assert safe.asked == 1


async def test_a_head_in_the_safe_that_is_not_on_the_chain_is_doubted_and_asked_for_again_before_it_is(journal):
    safe = Safe(text_of(JournalHead(7, "0" * 64, NINE.isoformat(timespec="milliseconds"), 7)))
    await attempted(journal)
    journal.keep_head_in(safe)
    with pytest.raises(JournalProblem, match="older than it was: it ended with row 7"):
        await journal.prove(JOB, readable)
    assert safe.asked == 2


async def test_what_somebody_confirmed_is_kept_in_the_safe_as_the_new_base(journal):
    safe = Safe(text_of(JournalHead(7, "0" * 64, NINE.isoformat(timespec="milliseconds"), 7)))
    await attempted(journal)
    journal.keep_head_in(safe)
    with pytest.raises(JournalProblem) as met:
        await journal.prove(JOB, readable)
    with pytest.raises(JournalProblem, match="row 7"):
        await journal.confirm(JOB, "another code", {"by": "Ann"}, readable)
    await journal.confirm(JOB, met.value.code, {"by": "Ann"}, readable)
    await journal.prove(JOB, readable)
    assert (head_in(safe.text).sequence, head_in(safe.text).rows) == (4, 4)


async def test_what_another_process_confirmed_meanwhile_is_not_confirmed_again(journal):
    safe = Safe(text_of(JournalHead(7, "0" * 64, NINE.isoformat(timespec="milliseconds"), 7)))
    await attempted(journal)
    last = (await journal.rows())[-1]
    journal.keep_head_in(safe)
    with pytest.raises(JournalInDoubt) as met:
        await journal.prove(JOB, readable)
    safe.text = text_of(JournalHead(last.sequence, last.hash, last.at, 3))
    await journal.confirm(JOB, met.value.code, {"by": "Ann"}, readable)
    assert len(await journal.rows()) == 3


async def test_a_confirmation_says_what_was_found_by_whom_and_what_the_head_was(journal):
    safe = Safe(text_of(JournalHead(7, "0" * 64, NINE.isoformat(timespec="milliseconds"), 7)))
    await attempted(journal)
    last = (await journal.rows())[-1]
    journal.keep_head_in(safe)
    with pytest.raises(JournalInDoubt) as met:
        await journal.prove(JOB, readable)
    await journal.confirm(JOB, met.value.code, {"by": "Ann", "saw": "all done"}, readable)
    assert json.loads((await journal.rows("journal"))[0].content) == {
        "found": met.value.title,
        "job_id": JOB,
        "rows": {},
        "before": [3, last.hash],
        "by": "Ann",
        "saw": "all done",
    }


async def test_a_proof_that_finds_nothing_new_writes_nothing(journal, folder):
    await attempted(journal)
    head = RememberedHead(folder).path
    os.utime(head, (1, 1))
    await journal.prove(JOB, readable)
    assert head.stat().st_mtime == 1


def test_a_head_is_kept_in_the_same_words_in_every_version_of_signoff():
    head = JournalHead(12, "a" * 64, "2026-03-02T09:00:00.000+00:00", 11)
    assert text_of(head) == (
        f'{{"sequence": 12, "hash": "{"a" * 64}", "at": "2026-03-02T09:00:00.000+00:00", "rows": 11, '
        '"digest": "91331eb7899cfd23"}'
    )


def test_a_head_is_read_as_it_was_remembered(folder):
    folder.mkdir()
    remembered = RememberedHead(folder)
    assert remembered.read() is None
    heads = [JournalHead(123_456, "a" * 64, NINE.isoformat(), 123_455), JournalHead(1, "b" * 64, NINE.isoformat(), 1)]
    for head in heads:
        remembered.write(head)
        assert remembered.read() == head
        assert remembered.path.stat().st_size == 384


HEAD = JournalHead(12, "a" * 64, NINE.isoformat(), 11)


@pytest.mark.parametrize(
    "change", [{"sequence": 13}, {"hash": "b" * 64}, {"at": "later"}, {"rows": 12}, {"digest": "0" * 16}]
)
def test_a_head_that_was_changed_in_one_thing_is_none(change):
    assert head_in(text_of(HEAD)) == HEAD
    assert head_in(json.dumps(json.loads(text_of(HEAD)) | change)) is None


@pytest.mark.parametrize("name", ["sequence", "hash", "at", "rows", "digest"])
def test_a_head_that_lacks_one_thing_is_none(name):
    said = json.loads(text_of(HEAD))
    del said[name]
    assert head_in(json.dumps(said)) is None


async def test_of_a_journal_that_is_not_there_the_remembered_end_is_told(journal, folder):
    path = folder / FILE_NAME
    assert lost_head(path) == ""
    await attempted(journal)
    journal.close()
    for file in folder.glob(f"{FILE_NAME}*"):
        file.unlink()
    assert lost_head(path) == (
        "The journal is gone: it ended with row 3 of 2026-03-02 09:00 UTC, and there is none now"
    )


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"sequence": 1e999, "hash": "x", "at": "y", "rows": 1, "digest": "z"}']
)
def test_what_is_no_head_is_none(content):
    assert head_in(content) is None
