"""What every SQLite file of the program does, whatever lies in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import SignoffError
from app.storage.database_file import DatabaseFile, Problems, kept_aside, read_only, transaction

NOTES = (("CREATE TABLE note (words TEXT) STRICT",),)
PROBLEMS = Problems(
    newer=lambda: SignoffError("newer"),
    damaged=lambda aside, why: SignoffError(f"damaged, now {aside.name}"),
    unusable=lambda path, why: SignoffError(f"{path.name}: {why}"),
)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "data" / "notes.sqlite3"


@pytest.fixture
def notes(path):
    with closing(DatabaseFile(path, NOTES, PROBLEMS, pragmas=("synchronous = FULL",))) as file:
        yield file


def note(file: DatabaseFile, words: str) -> None:
    with file.connection() as connection, transaction(connection):
        connection.execute("INSERT INTO note VALUES (?)", (words,))


def note_and_fail(file: DatabaseFile) -> None:
    with file.connection() as connection, transaction(connection):
        connection.execute("INSERT INTO note VALUES ('half')")
        raise ZeroDivisionError


def noted(file: DatabaseFile) -> list[str]:
    with file.connection() as connection:
        return [words for (words,) in connection.execute("SELECT words FROM note")]


def test_the_file_is_made_at_the_first_use_in_a_folder_of_this_user_alone(notes, path):
    assert not path.parent.exists()
    note(notes, "first")
    assert noted(notes) == ["first"]
    assert path.parent.stat().st_mode & 0o077 == 0


def test_what_fails_within_a_transaction_leaves_nothing_behind(notes):
    note(notes, "first")
    with pytest.raises(ZeroDivisionError):
        note_and_fail(notes)
    assert noted(notes) == ["first"]


def test_a_closed_file_is_opened_again_at_its_next_use(notes):
    note(notes, "first")
    notes.close()
    note(notes, "second")
    assert noted(notes) == ["first", "second"]


def test_a_file_that_was_removed_while_it_was_open_is_begun_anew(notes, path):
    note(notes, "lost")
    for each in path.parent.iterdir():
        each.unlink()
    note(notes, "found")
    assert noted(notes) == ["found"]
    with read_only(path) as connection:
        assert connection.execute("SELECT words FROM note").fetchall() == [("found",)]


def test_a_file_that_another_one_took_the_place_of_is_left_for_that_one(notes, path, tmp_path):
    note(notes, "here")
    with closing(DatabaseFile(tmp_path / "other.sqlite3", NOTES, PROBLEMS, pragmas=())) as other:
        note(other, "there")
    for each in path.parent.iterdir():
        each.rename(tmp_path / f"away-{each.name}")
    (tmp_path / "other.sqlite3").rename(path)
    assert noted(notes) == ["there"]


def test_trouble_is_said_in_the_owners_words_and_the_next_use_opens_the_file_again(notes, path):
    note(notes, "first")
    with pytest.raises(SignoffError, match=r"notes\.sqlite3: no such table: absent"), notes.connection() as connection:
        connection.execute("SELECT * FROM absent")
    assert noted(notes) == ["first"]


def test_a_damaged_file_is_put_aside_beside_older_ones(notes, path):
    path.parent.mkdir()
    for number in (1, 2):
        path.write_bytes(b"no database at all" * 100)
        with pytest.raises(SignoffError, match=rf"damaged, now notes\.damaged-{number}\.sqlite3"):
            noted(notes)
    assert [each.name for each in kept_aside(path)] == ["notes.damaged-1.sqlite3", "notes.damaged-2.sqlite3"]
    assert noted(notes) == []


def test_a_damaged_file_that_cannot_be_put_aside_is_said_too(notes, path, monkeypatch):
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 100)

    def stuck(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", stuck)
    with pytest.raises(SignoffError, match="not a database, and it cannot be put aside: Permission denied"):
        noted(notes)


def test_a_file_of_a_newer_version_is_not_kept_open(notes, path):
    note(notes, "first")
    notes.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(SignoffError, match="newer"):
        noted(notes)
    assert not path.with_name("notes.sqlite3-wal").exists()


def test_a_file_that_is_read_only_as_it_lies_there_is_not_made(path):
    path.parent.mkdir()
    with pytest.raises(sqlite3.OperationalError), read_only(path):
        pass
    assert not path.exists()
