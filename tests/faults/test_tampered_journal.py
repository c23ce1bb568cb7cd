"""A journal that somebody else wrote to, cut, rewrote, put back or removed, over real files and sockets: each is told,
nothing is sent on it, and a named person who looked in Pleo leads the way on."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import tampering
from fakes.running_sandbox import RunningSandbox
from fakes.sign_ins import sign_in_to

from app.completion.attempt import Outcome, Standing
from app.completion.patience import Patience
from app.completion.preview import Preview
from app.completion.release import Witness
from app.composition.compose import compose
from app.composition.services import Services, Tuning
from app.errors import JournalInDoubt, JournalProblem
from app.models.item_outcome import ItemOutcome
from app.models.journal_row import CONFIRMED, JOURNAL
from app.models.vocabulary import EntryId, Item, JobId
from app.sandbox.faults import Fault
from app.settings.credentials import SessionCredentials
from app.storage.journal.remembered_head import FILE_NAME as HEAD
from app.storage.journal.store import FILE_NAME, JournalStore

TUNING = Tuning(completion=Patience(reads=(0, 0.01), between_sends=0.01))
ANN = Witness("Ann Holm", "The job is in progress, and nothing was sent for it")


@pytest.fixture(scope="module")
def running():
    with RunningSandbox("all successful") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    running.load("all successful")
    running.world.disarm()
    return running


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "data"


def with_services(sandbox: RunningSandbox, folder: Path, act: Callable[[Services], Awaitable[Any]]) -> Any:
    """In a program that was started anew."""

    async def run() -> Any:
        parts = compose(folder=folder, credentials=SessionCredentials(), tuning=TUNING)
        services = await parts.services.open(sign_in_to(sandbox.url))
        try:
            return await act(services)
        finally:
            await services.close()
            parts.journal.close()

    return asyncio.run(run())


def completed(sandbox: RunningSandbox, folder: Path) -> Outcome:
    async def act(services: Services) -> Outcome:
        preview = services.completion.preview(await services.completion.read(JobId(sandbox.world.job_id)))
        assert isinstance(preview, Preview)
        outcome = await services.completion.submit(preview, lambda _step: None)
        assert isinstance(outcome, Outcome)
        return outcome

    return with_services(sandbox, folder, act)


def confirmed(sandbox: RunningSandbox, folder: Path, code: str) -> None:
    with_services(
        sandbox,
        folder,
        lambda services: services.completion.confirm_journal(JobId(sandbox.world.job_id), code, ANN),
    )


def events(sandbox: RunningSandbox) -> int:
    return sandbox.received()["places"].get("final_event", 0)


@pytest.fixture
def blocked(sandbox, folder) -> Path:
    """A journal of three attempts: one of another job, one of this job that was refused, and one whose event Pleo
    accepted and never shows, so that nothing more is sent for the job."""
    store = JournalStore(folder)
    origin = {"who": "ann@here", "connection": f"{sandbox.url} test"}
    body = json.dumps({"event": "completed", "jobId": "another job"})
    other = {"what": "event", "job_id": "another job", "body": body, **origin}
    for kind, content in (("intended", other), ("sent", {}), ("judged", {"standing": "confirmed"})):
        store.append("another attempt", kind, content, sandbox.world.clock())
    store.close()
    sandbox.arm(Fault("final_event", status=400, body="{}"))
    assert completed(sandbox, folder).standing is Standing.REFUSED
    sandbox.arm(Fault("final_event"))
    assert completed(sandbox, folder).standing is Standing.UNKNOWN
    assert completed(sandbox, folder).standing is Standing.UNKNOWN
    assert events(sandbox) == 2
    return folder


def of_the_job(folder: Path) -> str:
    return tampering.attempts(folder)[-1]


def rewritten(folder: Path) -> None:
    tampering.rewrite(folder, of_the_job(folder), "answered", '{"answer": "never_arrived", "problem": null}')


def rewritten_to_the_end(folder: Path) -> None:
    rewritten(folder)
    tampering.hash_anew(folder)


def begun_anew(folder: Path) -> None:
    tampering.delete(folder)
    (folder / HEAD).rename(folder / "head")
    store = JournalStore(folder)
    now = with_time(folder / "head")
    store.append("new", "judged", {"standing": "confirmed"}, now)
    store.close()
    (folder / "head").replace(folder / HEAD)


def with_time(head: Path):
    from datetime import datetime, timedelta

    return datetime.fromisoformat(json.loads(head.read_bytes())["at"]) + timedelta(seconds=1)


def without_head(folder: Path, tamper: Callable[[Path], None]) -> None:
    tamper(folder)
    (folder / HEAD).unlink()


def put_back_without_head(folder: Path) -> None:
    """As it was before the last event left: nothing in it tells that the job has to be waited for."""
    with tampering.opened(folder) as connection:
        (first,) = connection.execute(
            "SELECT min(sequence) FROM entry WHERE attempt = ?", (of_the_job(folder),)
        ).fetchone()
        connection.execute("DELETE FROM entry WHERE sequence >= ?", (first,))
        connection.execute("UPDATE sqlite_sequence SET seq = ?", (first - 1,))
    (folder / HEAD).unlink()


_UNKNOWN_END = r"does not remember where this journal ended: it now ends with row \d+ of .* UTC"

TAMPERED = {
    "appended with a made-up hash": (tampering.free_by_made_up_row, r"broken at row \d+: its content was changed"),
    "cut": (tampering.cut, r"older than it was: it ended with row \d+ of .* UTC, and now ends with row \d+"),
    "taken out of the middle": (tampering.take_out_of_the_middle, r"taken out, or put between others: it held \d+"),
    "rewritten": (rewritten, r"Row \d+ of the journal, about this job, was changed or cannot be read"),
    "rewritten with all hashes": (rewritten_to_the_end, "is another than it was: it ended with row"),
    "deleted": (tampering.delete, "is gone: it ended with row"),
    "begun anew": (begun_anew, "was begun anew: it ended with row"),
    "no JSON": (lambda folder: tampering.rewrite(folder, of_the_job(folder), "answered", "no JSON"), "Row"),
    "intended in no JSON": (
        lambda folder: tampering.rewrite(folder, of_the_job(folder), "intended", "no JSON"),
        r"^Row \d+ of the journal cannot be read, so nobody can tell which job it is about$",
    ),
    "put back with its head removed": (put_back_without_head, _UNKNOWN_END),
    "cut with its head removed": (lambda folder: without_head(folder, tampering.cut), _UNKNOWN_END),
    "with its head torn": (lambda folder: (folder / HEAD).write_bytes(b'{"sequence"'), _UNKNOWN_END),
    "not the shape of its kind": (
        lambda folder: tampering.append(folder, of_the_job(folder), "judged", "[]", fits=True),
        r"Row \d+ of the journal, about this job, was changed or cannot be read",
    ),
    "an unknown answer": (
        lambda folder: tampering.append(folder, of_the_job(folder), "answered", '{"answer": "maybe"}', fits=True),
        r"Row \d+ of the journal, about this job, was changed or cannot be read",
    ),
    "of nobody's job": (
        lambda folder: tampering.append(folder, "a new attempt", "intended", "{}", fits=True),
        r"Row \d+ of the journal cannot be read, so nobody can tell which job it is about",
    ),
}


def in_doubt(sandbox: RunningSandbox, folder: Path) -> JournalInDoubt:
    before = events(sandbox)
    with pytest.raises(JournalInDoubt) as met:
        completed(sandbox, folder)
    assert events(sandbox) == before
    assert "Nothing was sent" in met.value.advice
    return met.value


@pytest.mark.parametrize(("tamper", "words"), TAMPERED.values(), ids=TAMPERED)
def test_what_was_done_to_the_journal_is_told_and_nothing_is_sent_on_it_before_somebody_looked_in_pleo(
    sandbox, blocked, tamper, words
):
    tamper(blocked)
    doubt = in_doubt(sandbox, blocked)
    assert re.search(words, doubt.title), doubt.title
    assert in_doubt(sandbox, blocked).code == doubt.code
    with pytest.raises(JournalInDoubt):
        confirmed(sandbox, blocked, "another")
    confirmed(sandbox, blocked, doubt.code)
    store = JournalStore(blocked)
    (row,) = [row for row in store.rows() if row.kind == CONFIRMED]
    store.close()
    said = json.loads(row.content)
    assert (row.attempt, said["by"], said["saw"], said["found"]) == (JOURNAL, ANN.by, ANN.saw, doubt.title)
    # What happens now is judged from the new base; it is told no more.
    assert isinstance(completed(sandbox, blocked), Outcome)
    assert events(sandbox) in (2, 3)


def test_a_journal_that_is_put_back_from_a_copy_is_told_and_nothing_is_sent_on_it(sandbox, folder):
    sandbox.arm(Fault("final_event", status=400, body="{}"))
    assert completed(sandbox, folder).standing is Standing.REFUSED
    backup = tampering.backed_up(folder)
    sandbox.arm(Fault("final_event"))
    assert completed(sandbox, folder).standing is Standing.UNKNOWN
    tampering.put_back(folder, backup)
    doubt = in_doubt(sandbox, folder)
    assert "older than it was" in doubt.title
    assert "after a backup was put back" in doubt.title
    confirmed(sandbox, folder, doubt.code)
    assert completed(sandbox, folder).standing is Standing.CONFIRMED


def test_after_a_damaged_journal_the_new_one_is_confirmed_before_anything_is_sent(sandbox, blocked):
    raw = b"no database any more" + (blocked / FILE_NAME).read_bytes()[20:]
    for path in blocked.glob(f"{FILE_NAME}-*"):
        path.unlink()
    (blocked / FILE_NAME).write_bytes(raw)
    doubt = in_doubt(sandbox, blocked)
    assert "is gone" in doubt.title
    confirmed(sandbox, blocked, doubt.code)
    assert completed(sandbox, blocked).standing is Standing.CONFIRMED


def test_a_row_about_another_job_that_cannot_be_read_stops_nothing_here(sandbox, folder):
    sandbox.arm(Fault("final_event", status=400, body="{}"))
    assert completed(sandbox, folder).standing is Standing.REFUSED
    store = JournalStore(folder)
    intention = {"what": "event", "job_id": "another job", "who": "", "connection": "", "body": "no JSON"}
    store.append("another attempt", "intended", intention, sandbox.world.clock())
    store.append("another attempt", "sent", {}, sandbox.world.clock())
    store.append("another attempt", "answered", {"answer": "maybe"}, sandbox.world.clock())
    store.close()
    assert completed(sandbox, folder).standing is Standing.CONFIRMED


def test_an_intention_that_is_no_json_stops_no_other_job_where_its_attempt_has_ended(sandbox, blocked):
    tampering.rewrite(blocked, "another attempt", "intended", "no JSON")
    assert completed(sandbox, blocked).standing is Standing.UNKNOWN
    assert events(sandbox) == 2
    sandbox.load("some failed")
    assert completed(sandbox, blocked).standing is Standing.CONFIRMED


def test_no_outcome_of_an_item_is_sent_on_a_journal_in_doubt(sandbox, blocked):
    sandbox.load("mixed")
    tampering.delete(blocked)
    job_id = JobId(sandbox.world.job_id)
    (entry, *_) = [EntryId(str(item["accountingEntryId"])) for item in sandbox.world.item_bodies(job_id)]
    outcome = ItemOutcome(entry, Item.SUCCESSFUL, external_id="A-1")

    async def send(services: Services) -> Any:
        return await services.updates.send(job_id, [outcome], lambda _done, _total: None)

    with pytest.raises(JournalInDoubt) as met:
        with_services(sandbox, blocked, send)
    assert sandbox.received()["places"].get("item_update", 0) == 0
    with_services(sandbox, blocked, lambda services: services.updates.confirm_journal(job_id, met.value.code, ANN))
    assert with_services(sandbox, blocked, send).arrived == [entry]


def test_a_lock_that_has_passed_is_not_told_at_the_next_send(sandbox, blocked, monkeypatch):
    """A read of the job meets the lock; once it has gone, nothing of it is left."""
    real, locked = JournalStore.rows_of_job, [True]

    def rows_of_job(self, job_id):
        if locked:
            locked.clear()
            raise JournalProblem("The journal cannot be written: database is locked")
        return real(self, job_id)

    monkeypatch.setattr(JournalStore, "rows_of_job", rows_of_job)
    assert completed(sandbox, blocked).standing is Standing.UNKNOWN
    assert not locked
