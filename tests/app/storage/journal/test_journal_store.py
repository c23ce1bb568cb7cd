"""The journal's file: rows are added, and nothing else ever happens to them."""

import json
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta, timezone

import pytest
from fakes.builders import NINE

from app.errors import JournalProblem
from app.storage.database_file import migrate
from app.storage.journal.chain import ORIGIN, first_break
from app.storage.journal.schema import MIGRATIONS
from app.storage.journal.store import FILE_NAME, JournalStore, verify


@pytest.fixture
def store(tmp_path):
    store = JournalStore(tmp_path / "data")
    yield store
    store.close()


def look_into(store: JournalStore, query: str) -> list[tuple]:
    with closing(sqlite3.connect(store.path)) as connection:
        return connection.execute(query).fetchall()


def test_rows_come_back_in_order_and_as_they_were_written(store):
    store.append("a", "intended", {"body": '{\n "event": "failed", "failureReason": "Kontot är låst"}'}, NINE)
    store.append("b", "intended", {}, NINE)
    store.append("a", "sent", {"counts": {"failed": 2}}, NINE)
    assert [(row.sequence, row.attempt, row.kind) for row in store.rows()] == [
        (1, "a", "intended"),
        (2, "b", "intended"),
        (3, "a", "sent"),
    ]
    assert json.loads(store.rows("a")[0].content)["body"] == '{\n "event": "failed", "failureReason": "Kontot är låst"}'
    assert [row.kind for row in store.rows("a")] == ["intended", "sent"]


def test_times_are_written_in_utc_whatever_zone_they_came_in(store):
    store.append("a", "intended", {}, datetime(2026, 3, 2, 1, 30, tzinfo=timezone(timedelta(hours=-8))))
    assert store.rows()[0].at == "2026-03-02T09:30:00.000+00:00"


def test_a_clock_that_goes_backwards_changes_nothing_about_the_order(store):
    store.append("a", "intended", {}, NINE)
    store.append("a", "sent", {}, NINE - timedelta(days=400))
    assert [row.kind for row in store.rows()] == ["intended", "sent"]
    assert verify(store.path).first_break is None


def test_each_row_carries_the_hash_of_the_one_before(store):
    for number in range(3):
        store.append("a", "read", {"number": number}, NINE)
    rows = store.rows()
    assert [row.previous for row in rows] == [ORIGIN, rows[0].hash, rows[1].hash]
    assert first_break(rows, 3) is None


def test_the_chain_goes_on_after_a_restart(store):
    store.append("a", "intended", {}, NINE)
    store.close()
    again = JournalStore(store.path.parent)
    again.append("a", "sent", {}, NINE)
    again.close()
    assert verify(store.path).rows == 2
    assert verify(store.path).first_break is None


@pytest.mark.parametrize("change", ["UPDATE entry SET kind = 'judged'", "DELETE FROM entry", "REPLACE INTO entry"])
def test_the_file_itself_refuses_to_change_or_remove_a_row(store, change):
    store.append("a", "intended", {}, NINE)
    if change.startswith("REPLACE"):
        change += " SELECT sequence, attempt, 'judged', at, content, previous, hash || 'x' FROM entry"
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            connection.execute(change)
    assert verify(store.path).first_break is None


def test_a_row_of_a_wrong_type_is_refused(store):
    store.append("a", "intended", {}, NINE)
    with (
        closing(sqlite3.connect(store.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="cannot store BLOB"),
    ):
        connection.execute("INSERT INTO entry VALUES (2, x'00', 'k', 'at', '{}', '', '')")


def test_the_file_is_in_wal_mode_and_every_row_is_forced_to_disk(store):
    store.append("a", "intended", {}, NINE)
    assert look_into(store, "PRAGMA journal_mode") == [("wal",)]
    with store._file.connection() as connection:
        assert connection.execute("PRAGMA synchronous").fetchall() == [(2,)]  # FULL


def test_nothing_is_left_open_once_every_attempt_is_judged(store):
    for attempt, kinds in {"a": ["intended", "judged"], "b": ["intended", "sent"], "c": ["intended"]}.items():
        for kind in kinds:
            store.append(attempt, kind, {}, NINE)
    assert store.unsettled() == ("b", "c")
    store.append("b", "judged", {}, NINE)
    store.append("c", "judged", {}, NINE)
    assert store.unsettled() == ()


def test_reading_needs_no_file_before_the_first_row(tmp_path):
    JournalStore(tmp_path / "data").close()
    assert not (tmp_path / "data").exists()


def version_of(store: JournalStore) -> int:
    return look_into(store, "PRAGMA user_version")[0][0]


def test_a_file_of_an_older_version_becomes_one_of_the_next_with_its_rows(store):
    store.append("a", "intended", {}, NINE)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        migrate(connection, (*MIGRATIONS, ("CREATE TABLE later (x TEXT) STRICT",)))
        assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
        assert connection.execute("SELECT attempt, kind FROM entry").fetchall() == [("a", "intended")]
    assert version_of(store) == len(MIGRATIONS) + 1


def test_a_file_of_a_newer_version_is_refused_and_left_alone(store):
    store.append("a", "intended", {}, NINE)
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(JournalProblem, match="newer version") as problem:
        store.append("a", "sent", {}, NINE)
    assert problem.value.advice.startswith("Nothing was sent")
    assert look_into(store, "SELECT count(*) FROM entry") == [(1,)]
    assert [path.name for path in store.path.parent.glob("*damaged*")] == []


def test_a_migration_that_fails_halfway_leaves_the_old_version(store):
    store.append("a", "intended", {}, NINE)
    broken = (*MIGRATIONS, ("CREATE TABLE halfway (x TEXT) STRICT", "CREATE TABLE entry (x TEXT) STRICT"))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            migrate(connection, broken)
        assert not connection.in_transaction
    assert look_into(store, "SELECT name FROM sqlite_master WHERE name = 'halfway'") == []
    assert version_of(store) == len(MIGRATIONS)
    store.append("a", "sent", {}, NINE)
    assert [row.kind for row in store.rows()] == ["intended", "sent"]


def test_threads_that_append_at_once_keep_one_chain(tmp_path):
    stores = [JournalStore(tmp_path) for _ in range(4)]

    def write(store: JournalStore, name: str) -> None:
        for number in range(25):
            store.append(name, "read", {"number": number}, NINE)

    threads = [threading.Thread(target=write, args=(store, str(at))) for at, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        assert len(store.rows()) == 100
        store.close()
    found = verify(tmp_path / FILE_NAME)
    assert (found.rows, found.first_break) == (100, None)


_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.storage.journal.store import JournalStore
print("ready", flush=True)
sys.stdin.readline()
store = JournalStore(Path(sys.argv[1]))
for number in range(20):
    store.append(sys.argv[2], "read", {"number": number}, datetime.now(UTC))
store.close()
"""


def test_processes_that_begin_the_file_and_append_at_once_keep_one_chain(tmp_path):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b", "c")
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    found = verify(tmp_path / FILE_NAME)
    assert (found.rows, found.first_break) == (60, None)


def test_a_file_that_was_moved_away_while_it_was_open_gets_no_more_rows(store):
    store.append("a", "intended", {}, NINE)
    store.path.rename(store.path.with_name("elsewhere.sqlite3"))
    for suffix in ("-wal", "-shm"):
        store.path.with_name(store.path.name + suffix).unlink()
    store.append("a", "answered", {}, NINE)
    assert [row.kind for row in store.rows()] == ["answered"]
    assert look_into(store, "SELECT count(*) FROM entry") == [(1,)]


def test_ten_thousand_settled_attempts_do_not_hold_up_the_question_what_is_open(store):
    store.append("open", "intended", {}, NINE)
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 50001) "
            "INSERT INTO entry SELECT i, 'a' || (i / 5), CASE i % 5 WHEN 4 THEN 'judged' ELSE 'read' END, "
            "'', '', '', 'h' || i FROM n"
        )
    plan = look_into(
        store,
        "EXPLAIN QUERY PLAN SELECT attempt FROM entry GROUP BY attempt HAVING NOT max(kind = 'judged') "
        "ORDER BY min(sequence)",
    )
    assert "COVERING INDEX" in plan[0][3]
    assert store.unsettled()[0] == "open"


def test_the_intentions_of_one_job_are_found_among_all_rows(store):
    store.append("a", "intended", {"job_id": "one", "what": "event"}, NINE)
    store.append("a", "sent", {"job_id": "one"}, NINE)
    store.append("b", "intended", {"job_id": "two"}, NINE)
    store.append("c", "intended", {"job_id": "one"}, NINE)
    assert [row.attempt for row in store.intentions("one")] == ["a", "c"]
    assert store.intentions("three") == ()
