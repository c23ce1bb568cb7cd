"""What was read before: kept across restarts, bounded, and never in the way."""

import asyncio
import json
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.answers import export_item_json, page_json
from fakes.builders import JOB_ID, NINE, OTHER_JOB_ID, a_failed_item, an_item, entry_id, items_of, snapshot_of
from fakes.pleo import unreachable
from hypothesis import given
from hypothesis import strategies as st

from app.models.compact_entry import EntryKeeper
from app.models.snapshot import AccountingData
from app.review.causes import causes
from app.storage.history.history import History
from app.storage.history.parts import remembered, stored
from app.storage.history.store import FILE_NAME, HistoryStore

HERE = "https://pleo.example company"


_begun = []


@pytest.fixture(autouse=True)
def closed_at_the_end():
    yield
    while _begun:
        asyncio.run(_begun.pop().close())


def a_history(folder, connection=HERE, **bounds):
    _begun.append(History(HistoryStore(folder, **bounds), connection))
    return _begun[-1]


def accounting(*numbers, **changes):
    content = json.dumps(page_json(*(export_item_json(number, **changes) for number in numbers))).encode()
    entries = EntryKeeper().read(content).data
    return AccountingData({entry.accounting_entry_id: entry for entry in entries}, read_at=NINE)


def a_job_of(*reasons, job_id=JOB_ID, minutes=0, status="in_progress"):
    items = [a_failed_item(number, reason, "account_unknown") for number, reason in enumerate(reasons)]
    return replace(snapshot_of(items, status, id=job_id), read_at=NINE + timedelta(minutes=minutes))


def remember(history, snapshot, data=None):
    found = causes(snapshot.items, {})
    counts = {cause.key: cause.count for cause in found}
    assert asyncio.run(history.remember(snapshot, data, counts)) is None
    return [cause.key for cause in found]


def last(history, job_id=JOB_ID):
    return asyncio.run(history.last_snapshot(job_id))


def sightings(history, keys, job_id):
    return asyncio.run(history.sightings(keys, but_for=job_id))


def test_a_job_is_remembered_whole_after_a_restart(tmp_path):
    snapshot = snapshot_of(
        [
            an_item(1, exported_at=NINE, external_id="A-1", external_url="https://books.example/A-1"),
            a_failed_item(2, "Kontö 4980\nsaknas ✓", "account_unknown"),
            an_item(3, "parked"),
        ],
        failure_reason="därför",
        last_updated_at=NINE,
    )
    data = accounting(1, 2)
    remember(a_history(tmp_path), snapshot, data)
    found = last(a_history(tmp_path))
    assert found.snapshot == snapshot
    assert found.accounting.entries == data.entries
    assert found.accounting.read_at == NINE
    assert found.accounting.entries[entry_id(1)].accounting_entry_lines[0].tax.code == "I25"


@given(
    st.lists(
        st.tuples(st.sampled_from(("successful", "failed", "parked")), st.none() | st.text(max_size=30)), max_size=1_200
    )
)
def test_any_job_is_read_back_as_it_was_stored(rows):
    items = [an_item(number, status, failure_reason=reason) for number, (status, reason) in enumerate(rows)]
    snapshot = snapshot_of(items)
    assert remembered(stored(snapshot, None)).snapshot == snapshot


def test_the_accounting_data_of_the_last_read_that_had_any_outlives_the_job(tmp_path):
    history = a_history(tmp_path)
    remember(history, a_job_of("x"), accounting(0))
    finished = a_job_of("x", minutes=5, status="failed")
    remember(history, finished, AccountingData(problem=unreachable()))
    remember(history, finished, None)
    found = last(history)
    assert found.snapshot == finished
    assert list(found.accounting.entries) == [entry_id(0)]
    assert found.accounting.read_at == NINE


def test_newer_accounting_data_takes_the_place_of_older(tmp_path):
    history = a_history(tmp_path)
    remember(history, a_job_of("x", "y"), accounting(0, 1))
    later = replace(accounting(1, note="new"), read_at=NINE + timedelta(hours=1))
    remember(history, a_job_of("x", "y"), later)
    found = last(history).accounting
    assert {key: entry.note for key, entry in found.entries.items()} == {entry_id(1): "new"}
    assert found.read_at == NINE + timedelta(hours=1)


def test_what_did_not_change_is_not_written_again(tmp_path):
    history = a_history(tmp_path)
    remember(history, a_job_of("x"), accounting(0))
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("CREATE TRIGGER unchanged BEFORE DELETE ON part BEGIN SELECT RAISE(ABORT, 'written again'); END")
    other.close()
    remember(history, a_job_of("x", minutes=5), accounting(0))
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        assert other.execute("SELECT read_at FROM snapshot").fetchone()[0].startswith("2026-03-02T09:05")
    other.close()


def test_a_job_that_was_never_read_is_not_remembered(tmp_path):
    assert last(a_history(tmp_path)) is None


def test_what_was_read_over_one_connection_is_not_known_to_another(tmp_path):
    keys = remember(a_history(tmp_path), a_job_of("Konto 1 saknas"), accounting(0))
    other = a_history(tmp_path, "https://elsewhere.example")
    assert last(other) is None
    assert sightings(other, keys, OTHER_JOB_ID) == {}


def test_the_jobs_that_were_read_are_listed_without_their_items_after_a_restart(tmp_path):
    remember(a_history(tmp_path), a_job_of("closed", minutes=1))
    remember(a_history(tmp_path), a_job_of("closed", job_id=OTHER_JOB_ID, status="completed"))
    remember(a_history(tmp_path, "https://pleo.example another"), a_job_of("closed", job_id="elsewhere"))
    found = asyncio.run(a_history(tmp_path).remembered_jobs())
    assert {(known.job.id, known.job.status, known.read_at) for known in found} == {
        (JOB_ID, "in_progress", NINE + timedelta(minutes=1)),
        (OTHER_JOB_ID, "completed", NINE),
    }


def test_a_cause_is_new_in_the_first_job_and_known_in_the_next(tmp_path):
    history = a_history(tmp_path)
    (key,) = remember(history, a_job_of("Konto 4980 saknas"))
    assert sightings(history, [key], JOB_ID)[key].jobs_before == 0
    assert remember(history, a_job_of("Konto 6820 saknas", job_id=OTHER_JOB_ID, minutes=60)) == [key]
    second = sightings(history, [key], OTHER_JOB_ID)[key]
    assert (second.jobs_before, second.first_seen) == (1, NINE)
    assert sightings(history, [key], JOB_ID)[key].jobs_before == 0


def test_reading_a_job_again_counts_it_once_and_keeps_when_it_was_first_seen(tmp_path):
    history = a_history(tmp_path)
    for minutes in (0, 5, 10):
        (key,) = remember(history, a_job_of("Konto 1 saknas", minutes=minutes))
    found = sightings(history, [key], OTHER_JOB_ID)[key]
    assert (found.jobs_before, found.first_seen) == (1, NINE)


def test_a_cause_that_was_never_seen_is_not_among_the_sightings(tmp_path):
    assert sightings(a_history(tmp_path), [("account_unknown", "x")], JOB_ID) == {}


@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abc")), max_size=12),
    st.integers(0, 4),
    st.sampled_from("abc"),
)
def test_jobs_before_are_the_other_jobs_in_which_the_cause_was_seen_no_later(tmp_path_factory, reads, asked, reason):
    history = a_history(tmp_path_factory.mktemp("history"))
    first = {}
    for minutes, (job, cause) in enumerate(reads):
        remember(history, a_job_of(cause, job_id=f"job {job}", minutes=minutes))
        first.setdefault((job, cause), minutes)
    key = ("account_unknown", reason)
    found = sightings(history, [key], f"job {asked}").get(key)
    seen = {job: minutes for (job, cause), minutes in first.items() if cause == reason}
    if not seen:
        assert found is None
        return
    before = [job for job, minutes in seen.items() if job != asked and minutes <= seen.get(asked, 10**9)]
    assert found.jobs_before == len(before)


def test_the_oldest_jobs_leave_first_when_there_are_too_many(tmp_path):
    history = a_history(tmp_path, most_jobs=3)
    for number in range(5):
        remember(history, a_job_of("x", job_id=f"job {number}", minutes=number), accounting(0))
    remember(history, a_job_of("x", job_id="job 2", minutes=9))
    kept = [number for number in range(5) if last(history, f"job {number}")]
    assert kept == [2, 3, 4]
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        assert other.execute("SELECT count(DISTINCT job_id) FROM part").fetchone() == (3,)
    other.close()


def test_jobs_leave_where_they_are_too_large_together_but_never_the_newest(tmp_path):
    history = a_history(tmp_path, most_bytes=1)
    for number in range(3):
        remember(history, a_job_of("x", job_id=f"job {number}", minutes=number), accounting(0))
    assert [number for number in range(3) if last(history, f"job {number}")] == [2]


def test_sightings_are_bounded_too(tmp_path):
    history = a_history(tmp_path, most_sightings=2)
    keys = [remember(history, a_job_of(reason, job_id=reason, minutes=minutes)) for minutes, reason in enumerate("abc")]
    assert [bool(sightings(history, key, "another")) for key in keys] == [False, True, True]


def test_a_damaged_file_is_put_aside_and_said_and_the_next_read_begins_anew(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"this is no database" * 100)
    history = a_history(tmp_path)
    assert last(history) is None
    assert history.problem is not None
    assert "history.damaged-1.sqlite3" in history.problem.title
    assert history.problem.advice
    remember(history, a_job_of("x"))
    assert last(history) is not None
    assert history.problem is None
    assert (tmp_path / "history.damaged-1.sqlite3").read_bytes().startswith(b"this is no database")


def test_a_file_of_a_newer_version_is_left_alone(tmp_path):
    remember(a_history(tmp_path), a_job_of("x"))
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    history = a_history(tmp_path)
    assert last(history) is None
    assert "newer version" in history.problem.title
    assert not (tmp_path / "history.damaged-1.sqlite3").exists()


def test_a_folder_that_cannot_be_written_is_a_problem_that_is_answered_and_not_raised(tmp_path):
    (tmp_path / "taken").write_text("a file where a folder should be")
    history = a_history(tmp_path / "taken")
    problem = asyncio.run(history.remember(a_job_of("x"), None, {}))
    assert problem is history.problem is not None
    assert sightings(history, [("", "x")], JOB_ID) == {}


def test_parts_that_are_not_understood_any_more_are_as_good_as_none(tmp_path):
    history = a_history(tmp_path)
    remember(history, a_job_of("x"), accounting(0))
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("UPDATE part SET packed = x'0102'")
    other.close()
    assert last(history) is None
    assert history.problem is not None


def test_two_programs_on_one_folder_share_what_was_read(tmp_path):
    one, other = a_history(tmp_path), a_history(tmp_path)
    remember(one, a_job_of("x"))
    remember(other, a_job_of("y", job_id=OTHER_JOB_ID))
    assert last(one, OTHER_JOB_ID).snapshot.job.id == OTHER_JOB_ID
    asyncio.run(one.close())
    assert last(other).snapshot.job.id == JOB_ID


@pytest.mark.parametrize("size", [0, 1, 499, 500, 501, 1_500])
def test_jobs_of_any_size_are_remembered_in_order(tmp_path, size):
    history = a_history(tmp_path)
    snapshot = snapshot_of(items_of(*["successful"] * size))
    remember(history, snapshot)
    assert last(history).snapshot == snapshot
