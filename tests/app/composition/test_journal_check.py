"""The journal of a data folder, proved without services."""

from app.composition.journal_check import JournalCheck, check_journal
from app.platform.clock import SystemClock
from app.storage.journal.journal import Journal


def test_where_nothing_was_ever_sent_there_is_nothing_to_verify_and_nothing_is_made(tmp_path):
    assert check_journal(tmp_path / "data") == JournalCheck((), None)
    assert list(tmp_path.iterdir()) == []


async def test_a_journal_that_was_kept_aside_is_told_beside_the_new_one(tmp_path):
    aside = tmp_path / "journal.damaged-1.sqlite3"
    aside.write_text("no database")
    assert check_journal(tmp_path) == JournalCheck((aside,), None)
    journal = Journal(tmp_path, SystemClock())
    await journal.append("attempt", "intended", {"what": "event"})
    journal.close()
    found = check_journal(tmp_path)
    assert found.kept_aside == (aside,)
    assert (found.verification.rows, found.verification.first_break) == (1, None)
