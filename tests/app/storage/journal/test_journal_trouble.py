"""A journal that cannot be written: nothing is sent, the message says so, and no evidence is lost.

Root may write everywhere, so a folder that may not be written is made of other things: a file in its place, a limit.
"""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from fakes.builders import NINE
from fakes.clocks import FakeClock
from fakes.running_sandbox import RunningSandbox
from fakes.sign_ins import sign_in_to

from app.completion.attempt import Outcome, Standing
from app.completion.evidence import Kind
from app.composition.compose import compose
from app.errors import JobBusy, JournalInDoubt, JournalProblem, SignoffError
from app.models.vocabulary import JobId
from app.platform.clock import SystemClock
from app.settings.credentials import SessionCredentials
from app.storage.journal.journal import Journal
from app.storage.journal.store import FILE_NAME, JournalStore, verify


@pytest.fixture(scope="module")
def running():
    with RunningSandbox("all successful") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    running.load("all successful")
    return running


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "data"


def begun(folder: Path) -> Path:
    """A journal with one settled attempt."""
    store = JournalStore(folder)
    store.append("earlier", Kind.INTENDED, {"what": "event"}, NINE)
    store.append("earlier", Kind.JUDGED, {"standing": "confirmed"}, NINE)
    store.close()
    return store.path


async def completed(sandbox: RunningSandbox, folder: Path) -> object:
    """What completing the sandbox's job comes to, from a fresh program on this folder."""
    composition = compose(folder=folder, credentials=SessionCredentials())
    services = await composition.services.open(sign_in_to(sandbox.url))
    try:
        snapshot = await services.completion.read(JobId(sandbox.world.job_id))
        return await services.completion.submit(services.completion.preview(snapshot), lambda step: None)
    finally:
        await services.close()
        composition.journal.close()


def refused_for_the_journal(sandbox: RunningSandbox, folder: Path) -> JournalProblem:
    """Nothing reached the server, and the problem says so."""
    with pytest.raises(JournalProblem) as met:
        asyncio.run(completed(sandbox, folder))
    assert sandbox.received()["places"].get("final_event", 0) == 0
    assert sandbox.world.job_body(sandbox.world.job_id)["status"] == "in_progress"
    assert "othing is sent" in met.value.advice or "othing was sent" in met.value.advice
    return met.value


def is_confirmed(sandbox: RunningSandbox, folder: Path) -> bool:
    outcome = asyncio.run(completed(sandbox, folder))
    return isinstance(outcome, Outcome) and outcome.standing is Standing.CONFIRMED


def test_with_a_journal_that_can_be_written_the_job_is_completed(sandbox, folder):
    assert is_confirmed(sandbox, folder)
    assert verify(folder / FILE_NAME).first_break is None


def test_a_data_folder_that_cannot_be_made_keeps_everything_from_being_sent(sandbox, folder):
    folder.write_text("a file where the folder should be", encoding="utf-8")
    assert "cannot be made" in refused_for_the_journal(sandbox, folder).title


def test_a_folder_in_place_of_the_file_keeps_everything_from_being_sent(sandbox, folder):
    (folder / FILE_NAME).mkdir(parents=True)
    assert "cannot be written" in refused_for_the_journal(sandbox, folder).title
    assert (folder / FILE_NAME).is_dir()


def test_a_lock_that_cannot_be_taken_keeps_everything_from_being_sent(sandbox, folder):
    folder.mkdir()
    (folder / "locks").write_text("a file where the folder should be", encoding="utf-8")
    refused_for_the_journal(sandbox, folder)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_that_may_not_be_written_keeps_everything_from_being_sent(sandbox, folder):
    folder.mkdir()
    folder.chmod(0o500)
    refused_for_the_journal(sandbox, folder)


def test_a_journal_that_is_read_only_keeps_everything_from_being_sent(sandbox, folder):
    path = begun(folder)
    with closing(sqlite3.connect(path)) as connection:
        # A write format that this SQLite does not know makes the file read only for whoever opens it.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    raw = bytearray(path.read_bytes())
    raw[18] = 9
    path.write_bytes(raw)
    refused_for_the_journal(sandbox, folder)
    assert path.exists()


def test_a_journal_that_another_program_keeps_locked_keeps_everything_from_being_sent(sandbox, folder):
    path = begun(folder)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked" in refused_for_the_journal(sandbox, folder).title
    assert is_confirmed(sandbox, folder)


def damage(path: Path) -> bytes:
    raw = b"no database any more" + path.read_bytes()[20:]
    path.write_bytes(raw)
    return raw


def test_a_damaged_journal_is_kept_aside_and_nothing_is_sent(sandbox, folder):
    raw = damage(begun(folder))
    problem = refused_for_the_journal(sandbox, folder)
    assert "kept aside as journal.damaged-1.sqlite3" in problem.title
    assert (folder / "journal.damaged-1.sqlite3").read_bytes() == raw


def test_after_a_damaged_journal_a_new_one_is_begun_once_somebody_looked_in_pleo(sandbox, folder):
    damage(begun(folder))
    problem = refused_for_the_journal(sandbox, folder)
    assert isinstance(problem, JournalInDoubt)
    assert refused_for_the_journal(sandbox, folder).title == problem.title
    store = JournalStore(folder)
    store.confirm(sandbox.world.job_id, problem.code, {"by": "Ann", "saw": "in progress"}, lambda row: True, NINE)
    store.close()
    assert is_confirmed(sandbox, folder)
    assert verify(folder / FILE_NAME).first_break is None


def test_a_second_damaged_journal_never_takes_the_place_of_the_first(sandbox, folder):
    first = damage(begun(folder))
    refused_for_the_journal(sandbox, folder)
    second = damage(begun(folder)) + b"second"
    (folder / FILE_NAME).write_bytes(second)
    refused_for_the_journal(sandbox, folder)
    assert (folder / "journal.damaged-1.sqlite3").read_bytes() == first
    assert (folder / "journal.damaged-2.sqlite3").read_bytes() == second


def test_a_page_that_is_torn_in_the_middle_is_damage_too(sandbox, folder):
    path = begun(folder)
    raw = bytearray(path.read_bytes())
    raw[4096:8192] = b"\xff" * 4096
    path.write_bytes(raw)
    assert "kept aside" in refused_for_the_journal(sandbox, folder).title


async def test_damage_that_is_met_after_the_send_leaves_the_outcome_true(sandbox, folder):
    class DamagedAfterSending(Journal):
        async def append_all(self, entries):
            if any(kind == Kind.ANSWERED for _, kind, _ in entries):
                self.close()
                damage(folder / FILE_NAME)
            await super().append_all(entries)

    async def submitted():
        journal = DamagedAfterSending(folder, SystemClock())
        composition = compose(folder=folder, credentials=SessionCredentials(), journal=journal)
        services = await composition.services.open(sign_in_to(sandbox.url))
        snapshot = await services.completion.read(JobId(sandbox.world.job_id))
        outcome = await services.completion.submit(services.completion.preview(snapshot), lambda step: None)
        await services.close()
        composition.journal.close()
        return outcome

    outcome = await submitted()
    assert outcome.standing is Standing.CONFIRMED
    assert isinstance(outcome.journal_problem, JournalProblem)
    assert sandbox.received()["final_events_applied"] == {sandbox.world.job_id: 1}


_FULL_DISK = """
import asyncio, resource, signal, sys
from pathlib import Path
from app.cli.arguments import parsed
from app.cli.run import run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(run(parsed(["complete", sys.argv[2], "--yes"], tuple)))
"""


def completed_with_little_room(sandbox: RunningSandbox, room_bytes: int) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(room_bytes), sandbox.world.job_id],
        env=os.environ | {"SIGNOFF_BASE_URL": sandbox.url, "SIGNOFF_API_KEY": "a-key"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# SQLite's own index of the log takes 32 KiB, and each row about 16 KiB of the log, an intention 20.
@pytest.mark.skipif(os.name != "posix", reason="the limit of a file's size is POSIX's")
@pytest.mark.parametrize(("room_bytes", "written"), [(2_000, []), (32_800, [Kind.INTENDED])])
def test_a_full_disk_keeps_everything_from_being_sent(sandbox, folder, room_bytes, written):
    begun(folder)
    done = completed_with_little_room(sandbox, room_bytes)
    assert done.returncode == 3, done.stderr
    assert "Nothing is sent without it" in done.stderr
    assert "Traceback" not in done.stderr
    assert sandbox.received()["places"].get("final_event", 0) == 0
    store = JournalStore(folder)
    assert [row.kind for row in store.rows()[2:]] == written
    store.close()
    assert is_confirmed(sandbox, folder)


@pytest.mark.skipif(os.name != "posix", reason="the limit of a file's size is POSIX's")
def test_a_disk_that_is_full_after_the_send_leaves_the_outcome_true(sandbox, folder):
    begun(folder)
    done = completed_with_little_room(sandbox, 40_000)
    assert done.returncode == 0, done.stderr
    assert "The outcome above is true, but the journal does not hold all of it" in done.stderr
    assert sandbox.received()["final_events_applied"] == {sandbox.world.job_id: 1}
    assert verify(folder / FILE_NAME).first_break is None


_HOLDER = """
import asyncio, sys
from pathlib import Path
from app.platform.clock import SystemClock
from app.storage.journal.journal import Journal

async def hold():
    async with Journal(Path(sys.argv[1]), SystemClock()).hold(sys.argv[2]):
        print("held", flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(hold())
"""


class Holder:
    """Another process that is busy with a job."""

    def __init__(self, folder: Path, job_id: str) -> None:
        command = [sys.executable, "-c", _HOLDER, str(folder), job_id]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout.readline() == "held\n"

    def let_go(self) -> None:
        self._process.communicate("\n", timeout=30)

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate(timeout=30)


async def held(journal: Journal, job_id: str) -> None:
    async with journal.hold(job_id):
        pass


async def test_a_job_that_another_process_is_busy_with_is_refused_after_a_bounded_wait(folder):
    clock = FakeClock()
    holder = Holder(folder, "a job")
    try:
        with pytest.raises(JobBusy, match="Another Signoff"):
            await held(Journal(folder, clock, wait_for_job_seconds=2), "a job")
        assert sum(clock.pauses) == pytest.approx(2, abs=0.3)
        await held(Journal(folder, clock), "another job")
    finally:
        holder.let_go()
    await held(Journal(folder, clock), "a job")


async def test_the_hold_of_a_process_that_was_killed_is_free_at_once(folder):
    Holder(folder, "a job").kill()
    clock = FakeClock()
    await held(Journal(folder, clock), "a job")
    assert clock.pauses == []


def test_a_job_that_another_process_is_busy_with_is_not_sent_for(sandbox, folder):
    holder = Holder(folder, sandbox.world.job_id)
    try:
        with pytest.raises(SignoffError) as met:
            asyncio.run(_completed_impatiently(sandbox, folder))
        assert isinstance(met.value, JobBusy)
        assert sandbox.received()["places"].get("final_event", 0) == 0
    finally:
        holder.let_go()
    assert is_confirmed(sandbox, folder)


async def _completed_impatiently(sandbox: RunningSandbox, folder: Path) -> object:
    journal = Journal(folder, SystemClock(), wait_for_job_seconds=0.4)
    composition = compose(folder=folder, credentials=SessionCredentials(), journal=journal)
    services = await composition.services.open(sign_in_to(sandbox.url))
    try:
        snapshot = await services.completion.read(JobId(sandbox.world.job_id))
        return await services.completion.submit(services.completion.preview(snapshot), lambda step: None)
    finally:
        await services.close()
