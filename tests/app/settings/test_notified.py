from app.settings import notified
from app.settings.notified import NotifiedFile


def test_what_was_told_is_known_after_the_next_start(tmp_path):
    first = NotifiedFile(tmp_path)
    assert "ready job-1" not in first
    first.add(["ready job-1"])
    assert "ready job-1" in first
    again = NotifiedFile(tmp_path)
    assert "ready job-1" in again
    assert "ready job-2" not in again


def test_the_file_names_no_job(tmp_path):
    NotifiedFile(tmp_path).add(["ready 3f0c8a52"])
    assert "3f0c8a52" not in (tmp_path / "told.json").read_text()


def test_the_oldest_are_forgotten_when_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(notified, "_MOST", 3)
    kept = NotifiedFile(tmp_path)
    for number in range(5):
        kept.add([f"fact {number}"])
    assert [f"fact {number}" in NotifiedFile(tmp_path) for number in range(5)] == [False, False, True, True, True]


def test_a_damaged_file_begins_anew(tmp_path):
    (tmp_path / "told.json").write_text("{")
    kept = NotifiedFile(tmp_path)
    assert "ready job-1" not in kept
    kept.add(["ready job-1"])
    assert "ready job-1" in NotifiedFile(tmp_path)


def test_a_folder_that_cannot_be_written_keeps_it_for_this_run(tmp_path):
    (tmp_path / "file").write_text("")
    kept = NotifiedFile(tmp_path / "file")
    kept.add(["ready job-1"])
    assert "ready job-1" in kept
