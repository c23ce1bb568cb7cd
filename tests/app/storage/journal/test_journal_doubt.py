"""The head of the journal, remembered outside it: what it shows, and what it never cries out about."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from fakes import tampering
from fakes.builders import NINE

from app.errors import JournalInDoubt, JournalProblem
from app.models.journal_row import JournalHead
from app.storage.journal.remembered_head import FILE_NAME as HEAD
from app.storage.journal.remembered_head import RememberedHead, text_of
from app.storage.journal.schema import JOB_ID
from app.storage.journal.store import FILE_NAME, JournalStore, verify

JOB = "a job"
# The beginning of one and the end of another.
TORN = b'{"sequence": 3, "hash": "0", "at": "2026-03-02T09:00:00.000+00:00", "rows": 3, "digest": "0"}'


class Safe:
    """A second place for the head, as the keyring is."""

    text: str | None = None

    def read(self) -> str | None:
        return self.text

    def keep(self, text: str) -> None:
        self.text = text

    def finish(self) -> None:
        """Nothing is under way."""


def readable(_row) -> bool:
    return True


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder):
    with closing(JournalStore(folder)) as store:
        yield store


def attempted(store: JournalStore, attempt: str, job: str = JOB, at=NINE) -> None:
    for kind, content in (("intended", {"job_id": job}), ("sent", {}), ("judged", {"standing": "confirmed"})):
        store.append(attempt, kind, content, at)


def words_of(store: JournalStore, is_readable=readable) -> str:
    with pytest.raises(JournalInDoubt) as met:
        store.prove(JOB, is_readable)
    return met.value.title


def test_in_a_new_folder_nothing_has_to_be_confirmed(store):
    store.prove(JOB, readable)
    attempted(store, "a")
    store.prove(JOB, readable)


def test_after_each_write_the_head_is_the_last_row(store, folder):
    attempted(store, "a")
    head, last = RememberedHead(folder).read(), store.rows()[-1]
    assert (head.sequence, head.hash, head.at, head.rows) == (3, last.hash, last.at, 3)


@pytest.mark.parametrize("rows_behind", [1, 2, 5])
def test_a_crash_between_rows_and_the_remembering_of_the_head_is_no_doubt(store, folder, rows_behind):
    attempted(store, "a")
    attempted(store, "b")
    kept = store.rows()[-1 - rows_behind]
    RememberedHead(folder).write(JournalHead(kept.sequence, kept.hash, kept.at, kept.sequence))
    store.prove(JOB, readable)
    assert RememberedHead(folder).read().sequence == 6
    store.append("c", "sent", {}, NINE)


UNKNOWN_END = "Signoff does not remember where this journal ended: it now ends with row 3 of 2026-03-02 09:00 UTC"


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"sequence": 1}', b"\xff", TORN, b"x" * 5000])
def test_a_journal_with_rows_is_doubted_without_its_head_and_goes_on_once_somebody_looked(store, folder, content):
    attempted(store, "a", job="another")
    (folder / HEAD).unlink()
    if content is not None:
        (folder / HEAD).write_bytes(content)
    with pytest.raises(JournalInDoubt, match=UNKNOWN_END) as met:
        store.prove(JOB, readable)
    with pytest.raises(JournalInDoubt, match=UNKNOWN_END):
        store.append("b", "sent", {}, NINE)
    assert RememberedHead(folder).read() is None
    store.confirm(JOB, met.value.code, {"by": "Ann", "saw": "all done"}, readable, NINE)
    store.prove(JOB, readable)
    assert RememberedHead(folder).read().sequence == 4
    store.append("b", "sent", {}, NINE)


def test_a_journal_that_was_cut_with_all_that_tells_of_its_end_is_doubted(store, folder):
    attempted(store, "a")
    attempted(store, "b")
    store.close()
    tampering.cut(folder)
    (folder / HEAD).unlink()
    assert "it now ends with row 4 of" in words_of(store)


def test_without_a_head_what_is_broken_is_named_before_what_is_not_remembered(store, folder):
    attempted(store, "a", job="another")
    tampering.rewrite(folder, "a", "sent", '{"changed": 1}')
    (folder / HEAD).unlink()
    assert words_of(store) == "The journal is broken at row 2: its content was changed"


def test_a_journal_whose_head_cannot_be_remembered_is_not_begun(store, folder):
    folder.mkdir()
    (folder / HEAD).symlink_to(folder / "nowhere" / "else")
    with pytest.raises(JournalProblem, match=r"journal-head\.json, which remembers the end of the journal, cannot be"):
        store.append("a", "intended", {"job_id": JOB}, NINE)
    assert store.rows() == ()


def test_a_head_that_cannot_be_read_is_named(store, folder):
    attempted(store, "a")
    (folder / HEAD).unlink()
    (folder / HEAD).mkdir()
    with pytest.raises(JournalProblem, match=r"journal-head\.json, which remembers the end of the journal, cannot be"):
        store.prove(JOB, readable)
    assert "cannot be read" in verify(store.path).doubt


def test_a_head_that_is_not_in_the_file_is_that_of_the_safe(store, folder):
    attempted(store, "a")
    safe = Safe()
    safe.text = text_of(RememberedHead(folder).read())
    store.keep_head_in(safe)
    (folder / HEAD).unlink()
    store.append("b", "sent", {}, NINE)
    assert RememberedHead(folder).read().sequence == 4
    (folder / HEAD).unlink()
    store.prove(JOB, readable)
    assert RememberedHead(folder).read().sequence == 4


def test_what_lies_behind_a_head_is_not_read(store, folder):
    """As where a longer file was written over it: writing in place would never take it away."""
    attempted(store, "a")
    with (folder / HEAD).open("ab") as file:
        file.write(bytes(5000))
    store.prove(JOB, readable)
    attempted(store, "b")
    assert RememberedHead(folder).read().sequence == 6


@pytest.mark.parametrize("column", ["content", "kind", "at", "previous", "hash"])
def test_a_row_that_is_no_text_any_more_is_named_and_confirmed_like_any_other(store, folder, column):
    attempted(store, "a")
    attempted(store, "b", job="another")
    with tampering.opened(folder) as connection:
        change = f"UPDATE entry SET {column} = CAST(CAST({column} AS BLOB) || x'ff' AS TEXT) WHERE sequence = 2"
        connection.execute(change)
    assert verify(store.path).first_break is not None
    with pytest.raises(JournalInDoubt) as met:
        store.prove(JOB, readable)
    store.confirm(JOB, met.value.code, {"by": "Ann", "saw": "all done"}, readable, NINE)
    store.prove(JOB, readable)
    store.prove("another", readable)
    store.append("c", "sent", {}, NINE)


@pytest.mark.parametrize("change", ["DELETE FROM sqlite_sequence", "UPDATE sqlite_sequence SET seq = 'x'"])
def test_a_journal_goes_on_after_its_last_row_whatever_the_number_that_was_given_out_last(store, folder, change):
    attempted(store, "a")
    with tampering.opened(folder) as connection:
        connection.execute(change)
    store.prove(JOB, readable)
    attempted(store, "b")
    store.prove(JOB, readable)
    assert verify(store.path).first_break is None
    assert [row.sequence for row in store.rows()] == [1, 2, 3, 4, 5, 6]


def test_verifying_tells_of_an_intention_of_which_nobody_can_tell_the_job(store, folder):
    """Its hash fits, so the chain is whole; and yet it stops every job."""
    attempted(store, "a")
    tampering.append(folder, "b", "intended", "no JSON", fits=True)
    found = verify(store.path)
    assert found.first_break is None
    assert found.doubt == words_of(store)
    assert found.doubt == "Row 4 of the journal cannot be read, so nobody can tell which job it is about"


def test_an_intention_that_is_no_json_is_named_and_stops_what_may_be_about_its_job_until_it_is_confirmed(store, folder):
    attempted(store, "a", job="another")
    store.append_all([("b", "intended", {"job_id": "a third"}), ("b", "sent", {})], NINE)
    tampering.rewrite(folder, "b", "intended", "no JSON")
    with pytest.raises(JournalInDoubt) as met:
        store.prove(JOB, readable)
    assert met.value.title == "Row 4 of the journal cannot be read, so nobody can tell which job it is about"
    store.confirm(JOB, met.value.code, {"by": "Ann", "saw": "all done"}, readable, NINE)
    store.prove(JOB, readable)
    assert [row.kind for row in store.rows("b")] == ["sent", "judged"]
    assert store.intentions("a third") == ()


def test_an_intention_that_is_no_json_stops_nothing_where_its_attempt_has_ended(store, folder):
    attempted(store, "a", job="another")
    attempted(store, "b")
    tampering.rewrite(folder, "a", "intended", "no JSON")
    store.prove(JOB, readable)
    assert [row.attempt for row in store.intentions(JOB)] == ["b"]
    assert len(store.rows_of_job(JOB)) == 3
    store.append("c", "sent", {}, NINE)


def test_the_rows_of_a_job_are_found_by_their_index(store):
    attempted(store, "a")
    with closing(sqlite3.connect(store.path)) as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN SELECT 1 FROM entry WHERE kind = 'intended' AND {JOB_ID} = 'x'"
        ).fetchall()
    assert "USING INDEX entry_job" in plan[0][-1]


def test_evidence_is_written_onto_a_journal_in_doubt_but_no_request_leaves_and_the_doubt_stays(store, folder):
    attempted(store, "a")
    tampering.append(folder, "a", "judged", "{}", fits=False)
    store.append("a", "read", {"after": "the send"}, NINE)
    with pytest.raises(JournalInDoubt, match="broken at row 4"):
        store.append("b", "sent", {}, NINE)
    assert [row.kind for row in store.rows()] == ["intended", "sent", "judged", "judged", "read"]
    assert words_of(store).startswith("The journal is broken at row 4")


def test_what_was_confirmed_is_the_new_base_and_covers_nothing_else(store, folder):
    attempted(store, "a")
    attempted(store, "b")
    tampering.rewrite(folder, "a", "sent", '{"changed": 1}')
    with pytest.raises(JournalInDoubt) as met:
        store.prove(JOB, readable)
    store.confirm(JOB, met.value.code, {"by": "Ann", "saw": "all done"}, readable, NINE)
    store.prove(JOB, readable)
    assert [row.kind for row in store.rows("a")] == ["intended", "judged", "judged"]
    assert json.loads(store.rows("a")[-1].content) == {"standing": "released", "by": "Ann", "saw": "all done"}
    tampering.rewrite(folder, "a", "sent", '{"changed": 2}')
    assert words_of(store) == "Row 2 of the journal, about this job, was changed or cannot be read"


def test_a_confirmation_of_what_is_not_found_any_more_writes_nothing(store, folder):
    attempted(store, "a")
    store.confirm(JOB, "any", {"by": "Ann", "saw": "all done"}, readable, NINE)
    assert len(store.rows()) == 3


def test_rows_that_the_reader_cannot_read_are_doubted_where_they_are_the_jobs(store):
    attempted(store, "a")
    attempted(store, "b", job="another")
    assert words_of(store, lambda row: row.sequence != 2).startswith("Row 2 of the journal")
    store.prove(JOB, lambda row: row.attempt != "b")


def test_many_broken_rows_are_counted(store):
    for number in range(4):
        attempted(store, str(number))
    assert words_of(store, lambda _row: False) == (
        "Rows 1, 2, 3, 4, 5 and 7 more of the journal, about this job, were changed or cannot be read"
    )


def test_a_damaged_journal_aside_without_a_head_is_doubted(store, folder):
    folder.mkdir()
    (folder / "journal.damaged-1.sqlite3").write_bytes(b"damaged")
    assert "journal.damaged-1.sqlite3" in words_of(store)


def test_a_damaged_journal_aside_is_doubted_beside_a_new_one_whose_head_is_not_remembered(store, folder):
    attempted(store, "a", job="another")
    (folder / HEAD).unlink()
    (folder / "journal.damaged-1.sqlite3").write_bytes(b"damaged")
    assert words_of(store).startswith("A damaged journal was kept aside as journal.damaged-1.sqlite3, and nobody has")


def test_a_damaged_journal_aside_is_named_where_the_journal_is_gone(store, folder):
    attempted(store, "a")
    store.close()
    tampering.delete(folder)
    (folder / "journal.damaged-1.sqlite3").write_bytes(b"damaged")
    assert words_of(store).endswith("there is none now; a damaged one was kept aside as journal.damaged-1.sqlite3")


def test_a_damaged_journal_aside_is_over_once_a_new_one_is_begun_and_remembered(store, folder):
    attempted(store, "a")
    (folder / "journal.damaged-1.sqlite3").write_bytes(b"damaged")
    store.prove(JOB, readable)


def test_rows_that_were_cut_off_are_missed_though_the_head_was_put_back_with_them(store, folder):
    attempted(store, "a")
    second = store.rows()[1]
    store.close()
    with tampering.opened(folder) as connection:
        connection.execute("DELETE FROM entry WHERE sequence = 3")
    RememberedHead(folder).write(JournalHead(second.sequence, second.hash, second.at, 2))
    with pytest.raises(JournalInDoubt, match="broken at row 3: it is missing at the end"):
        store.append("b", "sent", {}, NINE)


def test_verifying_tells_of_the_head_too(store, folder):
    attempted(store, "a")
    store.close()
    backup = tampering.backed_up(folder)
    attempted(store, "b", at=NINE + timedelta(hours=1))
    store.close()
    assert verify(folder / FILE_NAME).doubt == ""
    tampering.put_back(folder, backup)
    found = verify(folder / FILE_NAME)
    assert found.first_break is None
    assert found.doubt.startswith("The journal is older than it was: it ended with row 6 of 2026-")


_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.storage.journal.store import JournalStore

store = JournalStore(Path(sys.argv[1]))
sys.stdin.readline()
for number in range(60):
    attempt = f"{sys.argv[2]} {number}"
    store.append_all(
        [(attempt, "intended", {"job_id": sys.argv[2]}), (attempt, "sent", {})], datetime.now(UTC)
    )
    store.prove(sys.argv[2], lambda row: True)
store.close()
"""


def test_processes_that_write_at_once_never_doubt_each_other(folder):
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(folder), name], stdin=subprocess.PIPE, text=True)
        for name in ("one", "two", "three")
    ]
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=120)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    found = verify(folder / FILE_NAME)
    assert (found.rows, found.first_break, found.doubt) == (360, None, "")
    # Of two that remember at once, the one that was first may be the last to write.
    assert 357 <= RememberedHead(folder).read().sequence <= 360
