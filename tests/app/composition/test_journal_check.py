"""The journal of a data folder, proved without services."""

import shutil
from pathlib import Path

import pytest
from fakes import tampering

from app.composition.journal_check import check_journal
from app.composition.kept_head import KeyringHead
from app.errors import SettingsProblem
from app.platform.clock import SystemClock
from app.settings.credentials import CredentialStore, SessionCredentials
from app.storage.journal.journal import Journal
from app.storage.journal.remembered_head import FILE_NAME as HEAD


class Keyring(SessionCredentials):
    """One that lasts."""

    is_permanent = True


class LockedKeyring(Keyring):
    def read(self, name: str) -> str | None:
        raise SettingsProblem("The key could not be read in the keyring")


async def sent(folder: Path, keyring: CredentialStore, attempt: str = "attempt") -> None:
    journal = Journal(folder, SystemClock())
    journal.keep_head_in(KeyringHead(keyring, folder))
    await journal.append_all([(attempt, "intended", {"what": "event", "job_id": "a job"}), (attempt, "sent", {})])
    journal.close()


def test_where_nothing_was_ever_sent_there_is_nothing_to_verify_and_nothing_is_made(tmp_path):
    found = check_journal(tmp_path / "data", SessionCredentials())
    assert (found.kept_aside, found.verification, found.lost, found.is_intact) == ((), None, "", True)
    assert list(tmp_path.iterdir()) == []


async def test_a_journal_that_was_kept_aside_is_told_beside_the_new_one(tmp_path):
    aside = tmp_path / "journal.damaged-1.sqlite3"
    aside.write_text("no database")
    found = check_journal(tmp_path, SessionCredentials())
    assert (found.kept_aside, found.verification) == ((aside,), None)
    journal = Journal(tmp_path, SystemClock())
    await journal.append("attempt", "intended", {"what": "event", "job_id": "a job"})
    journal.close()
    found = check_journal(tmp_path, SessionCredentials())
    assert found.kept_aside == (aside,)
    assert (found.verification.rows, found.verification.first_break) == (1, None)


async def test_a_data_folder_that_is_gone_is_told_by_the_keyring(tmp_path):
    folder, keyring = tmp_path / "data", Keyring()
    await sent(folder, keyring)
    assert check_journal(folder, keyring).is_intact
    assert check_journal(folder, keyring).unproved == ""
    shutil.rmtree(folder)
    found = check_journal(folder, keyring)
    assert found.lost.startswith("The journal is gone: it ended with row 2 of")
    assert not found.is_intact


@pytest.mark.parametrize("has_file", [True, False])
async def test_a_journal_that_was_put_back_with_its_head_is_told_by_the_keyring(tmp_path, has_file):
    folder, keyring = tmp_path / "data", Keyring()
    await sent(folder, keyring)
    backup, head = tampering.backed_up(folder), (folder / HEAD).read_bytes()
    await sent(folder, keyring, "another attempt")
    tampering.put_back(folder, backup)
    (folder / HEAD).write_bytes(head) if has_file else (folder / HEAD).unlink()
    found = check_journal(folder, keyring)
    assert found.verification.doubt.startswith("The journal is older than it was: it ended with row 4 of")
    assert not found.is_intact


async def test_a_journal_whose_end_nobody_remembers_is_not_called_intact(tmp_path):
    await sent(tmp_path, SessionCredentials())
    (tmp_path / HEAD).unlink()
    found = check_journal(tmp_path, SessionCredentials())
    assert found.verification.doubt.startswith("Signoff does not remember where this journal ended")
    assert not found.is_intact


@pytest.mark.parametrize(
    ("keyring", "why"),
    [
        (SessionCredentials(), "This machine has no keyring"),
        (LockedKeyring(), "The keyring did not say what it remembers"),
        (Keyring(), "The keyring remembers no end of this journal"),
    ],
)
async def test_what_could_not_be_proved_is_said_with_its_reason(tmp_path, keyring, why):
    await sent(tmp_path, SessionCredentials())
    found = check_journal(tmp_path, keyring)
    assert found.is_intact
    assert found.unproved.startswith(
        "Not proved: whether the journal and journal-head.json were put back or removed together."
    )
    assert why in found.unproved
