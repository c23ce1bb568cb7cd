"""`signoff verify-journal`: the chain is proved, or the first row that breaks it is named."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fakes.builders import NINE

from app.cli.arguments import parsed
from app.cli.run import run
from app.storage.journal.chain import hash_of
from app.storage.journal.store import FILE_NAME, JournalStore, verify

ROWS = 6


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of six rows, closed, in the folder that the command line uses."""
    store = JournalStore(tmp_path / "data")
    for number in range(ROWS):
        store.append(f"attempt {number // 3}", ("intended", "sent", "judged")[number % 3], {"number": number}, NINE)
    store.close()
    return store.path


def tamper(path: Path, *statements: str) -> None:
    """As somebody would who may write the file, and knows about the triggers."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER entry_is_never_changed")
        connection.execute("DROP TRIGGER entry_is_never_removed")
        for statement in statements:
            connection.execute(statement)


def recomputed(path: Path, sequence: int) -> None:
    """Gives a row the hash that fits what it holds now."""
    with closing(sqlite3.connect(path)) as connection, connection:
        row = connection.execute(
            "SELECT sequence, attempt, kind, at, content, previous FROM entry WHERE sequence = ?", (sequence,)
        ).fetchone()
        connection.execute("UPDATE entry SET hash = ? WHERE sequence = ?", (hash_of(*row), sequence))


def said(capsys) -> tuple[int, str]:
    code = run(parsed(["verify-journal"], tuple))
    return code, capsys.readouterr().out.strip()


def test_an_intact_journal_is_proved(journal, capsys):
    assert said(capsys) == (0, "The journal is intact: 6 rows, each following from the one before.")


def test_no_journal_at_all_is_said_to_be_none(capsys):
    code, words = said(capsys)
    assert code == 0
    assert words.startswith("There is no journal yet")


@pytest.mark.parametrize(
    ("change", "row", "why"),
    [
        ("UPDATE entry SET content = '{}' WHERE sequence = 3", 3, "its content was changed"),
        ("UPDATE entry SET content = '{\"number\": 2}' WHERE sequence = 3", 3, "its content was changed"),
        ("UPDATE entry SET attempt = 'another' WHERE sequence = 2", 2, "its content was changed"),
        ("UPDATE entry SET kind = 'judged' WHERE sequence = 2", 2, "its content was changed"),
        ("UPDATE entry SET at = '2020-01-01' WHERE sequence = 1", 1, "its content was changed"),
        ("UPDATE entry SET hash = 'x' WHERE sequence = 4", 4, "its content was changed"),
        ("UPDATE entry SET previous = 'x' WHERE sequence = 4", 4, "it does not follow the row before it"),
        ("DELETE FROM entry WHERE sequence = 1", 2, "row 1 is missing before it"),
        ("DELETE FROM entry WHERE sequence = 3", 4, "row 3 is missing before it"),
        ("DELETE FROM entry WHERE sequence IN (3, 4)", 5, "row 3 is missing before it"),
        ("DELETE FROM entry WHERE sequence = 6", 6, "it is missing at the end"),
        ("DELETE FROM entry WHERE sequence > 3", 4, "it is missing at the end"),
        ("DELETE FROM entry", 1, "it is missing at the end"),
        ("UPDATE entry SET sequence = 60 WHERE sequence = 6", 60, "row 6 is missing before it"),
    ],
)
def test_the_first_broken_row_is_named(journal, capsys, change, row, why):
    tamper(journal, change)
    assert said(capsys) == (1, f"The journal is broken at row {row}: {why}.")


def test_rows_cut_off_at_the_end_stay_missing_when_the_journal_goes_on(journal, capsys):
    tamper(journal, "DELETE FROM entry WHERE sequence > 4")
    store = JournalStore(journal.parent)
    store.append("later", "intended", {}, NINE)
    store.append("later", "read", {}, NINE)
    store.close()
    assert said(capsys) == (1, "The journal is broken at row 7: row 5 is missing before it.")


def test_a_changed_row_with_a_hash_that_fits_breaks_the_row_after_it(journal, capsys):
    tamper(journal, "UPDATE entry SET content = '{}' WHERE sequence = 3")
    recomputed(journal, 3)
    assert said(capsys) == (1, "The journal is broken at row 4: it does not follow the row before it.")


def test_two_rows_that_changed_places_are_found_at_the_first(journal, capsys):
    tamper(
        journal,
        "UPDATE entry SET sequence = 100 WHERE sequence = 2",
        "UPDATE entry SET sequence = 2 WHERE sequence = 3",
        "UPDATE entry SET sequence = 3 WHERE sequence = 100",
    )
    assert said(capsys) == (1, "The journal is broken at row 2: it does not follow the row before it.")


def test_of_two_broken_rows_the_first_is_named(journal, capsys):
    tamper(journal, "UPDATE entry SET content = '{}' WHERE sequence IN (2, 5)")
    assert said(capsys)[1].startswith("The journal is broken at row 2:")


def test_a_row_of_bytes_in_place_of_text_is_a_broken_row(journal):
    tamper(
        journal,
        "CREATE TABLE other AS SELECT * FROM entry",
        "DROP TABLE entry",
        "ALTER TABLE other RENAME TO entry",
        "UPDATE entry SET content = x'7b7d' WHERE sequence = 3",
    )
    assert verify(journal).first_break.sequence == 3


def test_an_added_row_that_does_not_follow_is_found(journal, capsys):
    with closing(sqlite3.connect(journal)) as connection, connection:
        connection.execute("INSERT INTO entry VALUES (7, 'a', 'judged', '', '{}', 'x', 'y')")
    assert said(capsys) == (1, "The journal is broken at row 7: it does not follow the row before it.")


def test_a_file_that_is_not_sqlite_is_broken_from_the_first_row(tmp_path, capsys):
    path = tmp_path / "data" / FILE_NAME
    path.parent.mkdir()
    path.write_text("These are not the rows you are looking for. " * 50, encoding="utf-8")
    code, words = said(capsys)
    assert code == 1
    assert words.startswith("The journal is broken at row 1: it cannot be read")
    assert path.read_text(encoding="utf-8").startswith("These are not")


def test_a_folder_in_place_of_the_file_is_broken_from_the_first_row(tmp_path, capsys):
    (tmp_path / "data" / FILE_NAME).mkdir(parents=True)
    assert said(capsys)[0] == 1


def test_a_torn_page_is_found_where_it_lies(tmp_path):
    store = JournalStore(tmp_path)
    for number in range(200):
        store.append("a", "read", {"number": number, "words": "x" * 300}, NINE)
    store.close()
    raw = bytearray(store.path.read_bytes())
    middle = raw.find(b'"number":100,')
    raw[middle - 2000 : middle + 2000] = b"\xff" * 4000
    store.path.write_bytes(raw)
    broken = verify(store.path).first_break
    assert 1 < broken.sequence <= 101


def test_a_damaged_journal_that_was_kept_aside_is_not_passed_over(journal, capsys):
    journal.rename(journal.with_name("journal.damaged-1.sqlite3"))
    assert run(parsed(["verify-journal"], tuple)) == 1
    assert "kept aside as journal.damaged-1.sqlite3" in capsys.readouterr().err


def test_verifying_changes_nothing_about_the_file(journal):
    before = journal.read_bytes()
    verify(journal)
    assert journal.read_bytes() == before
