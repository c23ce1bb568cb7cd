"""The drafts' file: what is drafted is there after a restart, whatever happened in between."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest
from fakes.builders import JOB_ID, NINE, OTHER_JOB_ID, entry_id
from fakes.drafts import LIST, a_failure, a_success

from app.errors import DraftsProblem
from app.models.draft import Draft, DraftRefusal
from app.storage.drafts.store import FILE_NAME, DraftStore

DRAFTS = [
    a_failure(1, "Konto »4980« saknas åäö 😀\x00"),
    a_success(2, source=LIST, note=""),
    replace(a_failure(3), refusal=DraftRefusal("ACCOUNTING_ENTRY_UPDATE_FAILED", "No")),
    a_success(4, external_id=None, drafted_by=""),
]
DRAFTS[1] = replace(DRAFTS[1], outcome=replace(DRAFTS[1].outcome, external_url="https://b.example", exported_at=NINE))


def by_id(*drafts: Draft) -> dict:
    return {draft.entry_id: draft for draft in drafts}


def written(folder, changes, job_id=JOB_ID, connection="acme") -> None:
    async def work() -> None:
        store = DraftStore(folder, connection)
        try:
            await store.write(job_id, changes)
        finally:
            await store.close()

    asyncio.run(work())


def read(folder, job_id=JOB_ID, connection="acme") -> dict:
    async def work() -> dict:
        store = DraftStore(folder, connection)
        try:
            return await store.read(job_id)
        finally:
            await store.close()

    return asyncio.run(work())


def test_what_was_written_is_there_after_a_restart(tmp_path):
    written(tmp_path, by_id(*DRAFTS))
    assert read(tmp_path) == by_id(*DRAFTS)


def test_a_draft_is_replaced_and_removed_by_its_item(tmp_path):
    written(tmp_path, by_id(a_failure(1), a_failure(2)))
    written(tmp_path, {entry_id(1): a_success(1), entry_id(2): None, entry_id(3): None})
    assert read(tmp_path) == by_id(a_success(1))


def test_jobs_and_connections_are_kept_apart(tmp_path):
    written(tmp_path, by_id(a_failure(1)))
    assert read(tmp_path, OTHER_JOB_ID) == {}
    assert read(tmp_path, connection="beta") == {}
    written(tmp_path, {entry_id(1): None}, connection="beta")
    assert read(tmp_path) == by_id(a_failure(1))


def test_reading_where_nothing_was_ever_drafted_makes_no_file(tmp_path):
    assert read(tmp_path) == {}
    assert not (tmp_path / FILE_NAME).exists()


def test_a_change_is_written_whole_or_not_at_all(tmp_path):
    written(tmp_path, by_id(a_failure(1)))
    with pytest.raises(DraftsProblem):
        written(tmp_path, {**by_id(a_failure(2)), ("no", "id"): a_failure(3)})
    assert read(tmp_path) == by_id(a_failure(1))


def test_a_folder_that_cannot_be_written_is_said_in_plain_words(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DraftsProblem, match="cannot be kept"):
        written(tmp_path / "file" / "beneath", by_id(a_failure(1)))


@pytest.mark.parametrize("damage", [b"no database at all" * 99, b"SQLite format 3\0" + b"x" * 4080])
def test_a_damaged_file_is_put_aside_and_a_new_one_begun(tmp_path, damage):
    for number in (1, 2):
        (tmp_path / FILE_NAME).write_bytes(damage)
        with pytest.raises(DraftsProblem, match="put aside") as met:
            read(tmp_path)
        assert f"drafts.damaged-{number}.sqlite3" in met.value.title
        assert (tmp_path / f"drafts.damaged-{number}.sqlite3").read_bytes() == damage
    written(tmp_path, by_id(a_failure(1)))
    assert read(tmp_path) == by_id(a_failure(1))


def test_a_file_of_a_newer_version_is_left_alone(tmp_path):
    written(tmp_path, by_id(a_failure(1)))
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(DraftsProblem, match="newer version"):
        read(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_draft_that_is_not_understood_is_said_and_kept(tmp_path):
    written(tmp_path, by_id(a_failure(1)))
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("UPDATE draft SET content = '{}'")
        connection.commit()
    with pytest.raises(DraftsProblem, match="not understood"):
        read(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("SELECT count(*) FROM draft").fetchone() == (1,)


def test_a_disk_that_another_program_holds_is_waited_for(tmp_path):
    written(tmp_path, by_id(a_failure(1)))
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    let_go = threading.Timer(0.2, lambda: other.execute("COMMIT"))
    let_go.start()
    written(tmp_path, by_id(a_failure(2)))
    let_go.join()
    other.close()
    assert set(read(tmp_path)) == {entry_id(1), entry_id(2)}
