"""One JSON file of the data folder: what holds without it, what is said of a damaged one, how it is written."""

import json
import os
import stat

import pytest
from pydantic import TypeAdapter

from app.errors import SettingsProblem
from app.messages import said
from app.settings.json_file import Complaint, JsonFile, form_of

COMPLAINT = Complaint(
    lambda place: said("{place} cannot be read", place=place),
    said("Make it readable."),
    lambda place: said("It was kept aside as {place}", place=place),
    said("Begin anew."),
)


@pytest.fixture
def file(tmp_path):
    return JsonFile(tmp_path / "data" / "numbers.json", form_of(TypeAdapter(dict[str, int]), dict))


def lying_there(file, content):
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_bytes(content)


def test_without_a_file_the_empty_content_holds_and_nothing_is_made(file):
    assert file.read() == {}
    assert file.read_or_begin(COMPLAINT) == ({}, None)
    assert not file.path.parent.exists()


def test_what_was_written_is_read_back_and_can_be_read_by_people(file):
    file.write({"växel": 7})
    assert file.read() == {"växel": 7}
    assert file.path.read_text(encoding="utf-8") == '{\n  "växel": 7\n}'
    assert [each.name for each in file.path.parent.iterdir()] == ["numbers.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": "seven"}', b"\xff"])
def test_a_damaged_file_is_kept_aside_and_the_problem_names_it(file, content):
    lying_there(file, content)
    found, problem = file.read_or_begin(COMPLAINT)
    assert (found, problem.title, problem.advice) == ({}, "It was kept aside as numbers.damaged.json", "Begin anew.")
    assert file.path.with_name("numbers.damaged.json").read_bytes() == content
    assert file.read_or_begin(COMPLAINT) == ({}, None)


def test_reading_alone_moves_nothing(file):
    lying_there(file, b"{")
    with pytest.raises(ValueError, match="JSON"):
        file.read()
    assert file.path.read_bytes() == b"{"


def test_a_file_that_cannot_be_read_stays_where_it_is(file):
    file.path.mkdir(parents=True)
    found, problem = file.read_or_begin(COMPLAINT)
    assert (found, problem.advice) == ({}, "Make it readable.")
    assert problem.title.startswith(f"{file.path} cannot be read: ")
    assert file.path.is_dir()


def test_a_file_that_cannot_be_written_is_a_problem_and_the_old_one_stays(file):
    file.write({"a": 1})
    file.path.with_name("numbers.json.new").mkdir()
    with pytest.raises(SettingsProblem, match="cannot be written"):
        file.write({"a": 2})
    assert json.loads(file.path.read_bytes()) == {"a": 1}


def test_a_change_is_of_what_lies_there_now_and_is_answered(file):
    file.write({"a": 1})
    assert file.change(lambda numbers: {**numbers, "b": 2}) == {"a": 1, "b": 2}
    assert file.read() == {"a": 1, "b": 2}


def test_a_change_of_a_damaged_file_keeps_it_aside(file):
    lying_there(file, b"{")
    assert file.change(lambda numbers: {**numbers, "b": 2}) == {"b": 2}
    assert file.path.with_name("numbers.damaged.json").read_bytes() == b"{"


def test_a_change_that_is_refused_writes_nothing_and_lets_others_go_on(file):
    file.write({"a": 1})

    def refuse(_numbers):
        raise SettingsProblem("no")

    with pytest.raises(SettingsProblem, match="no"):
        file.change(refuse)
    assert file.change(lambda numbers: numbers) == {"a": 1}


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_what_is_written_is_this_users_only_whatever_lay_there(file):
    file.write({"a": 1})
    file.path.chmod(0o666)
    before = os.umask(0)
    try:
        file.change(lambda numbers: {**numbers, "b": 2})
    finally:
        os.umask(before)
    paths = [file.path, file.path.parent, *(file.path.parent / "locks").iterdir()]
    assert [path.stat().st_mode & 0o077 for path in paths] == [0, 0, 0]


def test_a_file_and_its_folder_are_on_disk_before_the_write_ends(file, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda number: synced.append(stat.S_ISDIR(os.fstat(number).st_mode)))
    file.write({"a": 1})
    assert synced == [False, True] if os.name == "posix" else [False]
