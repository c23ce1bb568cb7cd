"""Everything that the journal holds about a job, also what cannot be trusted."""

from contextlib import closing
from pathlib import Path

import pytest
from fakes import tampering
from fakes.builders import NINE

from app.errors import JournalProblem
from app.models.journal_row import CONFIRMED, JOURNAL
from app.storage.journal.record import rows_about
from app.storage.journal.store import FILE_NAME, JournalStore

JOB, OTHER = "a job", "another job"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with closing(JournalStore(folder)) as store:
        for attempt, job in (("a", JOB), ("b", OTHER)):
            store.append(attempt, "intended", {"job_id": job}, NINE)
            store.append(attempt, "judged", {"standing": "confirmed"}, NINE)
        store.append(JOURNAL, CONFIRMED, {"job_id": OTHER, "rows": {}}, NINE)
        store.append("c", "intended", {"job_id": 4}, NINE)
    return folder


def told(folder: Path) -> list[tuple[str, str, bool]]:
    return [(each.row.attempt, each.row.kind, each.is_sound) for each in rows_about(folder / FILE_NAME, JOB)]


def test_its_rows_come_with_confirmations_and_with_intentions_of_no_job(folder: Path) -> None:
    assert told(folder) == [
        ("a", "intended", True),
        ("a", "judged", True),
        (JOURNAL, CONFIRMED, True),
        ("c", "intended", True),
    ]


def test_a_row_that_was_changed_is_still_there_and_not_sound(folder: Path) -> None:
    tampering.rewrite(folder, "a", "judged", '{"standing": "refused"}')
    assert ("a", "judged", False) in told(folder)


def test_an_intention_that_is_no_json_is_still_there(folder: Path) -> None:
    tampering.rewrite(folder, "a", "intended", "no JSON")
    assert ("a", "intended", False) in told(folder)


def test_a_confirmed_row_is_hidden_from_nobody(folder: Path) -> None:
    """Where it is left out of what is judged, it is still told."""
    tampering.rewrite(folder, "a", "judged", "[]")
    rows = rows_about(folder / FILE_NAME, JOB)
    assert [each.row.content for each in rows if not each.is_sound] == ["[]"]


def test_without_a_journal_there_is_nothing_and_no_file_is_made(tmp_path: Path) -> None:
    assert rows_about(tmp_path / FILE_NAME, JOB) == ()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_journal_is_a_sentence_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(b"not a database at all" * 99)
    with pytest.raises(JournalProblem, match="The journal cannot be read"):
        rows_about(path, JOB)
    assert path.read_bytes() == b"not a database at all" * 99
