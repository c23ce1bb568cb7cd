"""The head in the keyring: what a copy of the whole data folder cannot bring back, and a keyring that never answers."""

import asyncio
import shutil
import threading
from pathlib import Path

import pytest
from fakes import tampering
from fakes.running_sandbox import RunningSandbox
from fakes.sign_ins import sign_in_to

from app.completion.attempt import Outcome, Standing
from app.completion.patience import Patience
from app.completion.preview import Preview
from app.completion.release import Witness
from app.composition.compose import compose
from app.composition.kept_head import KeyringHead
from app.composition.services import Tuning
from app.errors import JournalInDoubt, SettingsProblem
from app.models.vocabulary import JobId
from app.settings.credentials import SessionCredentials
from app.storage.journal.remembered_head import FILE_NAME as HEAD

TUNING = Tuning(completion=Patience(reads=(0, 0.01)))


class Keyring(SessionCredentials):
    """One that lasts."""

    is_permanent = True


class LockedKeyring(Keyring):
    def read(self, name: str) -> str | None:
        raise SettingsProblem("The key could not be read in the keyring")

    def write(self, name: str, secret: str) -> None:
        raise SettingsProblem("The key could not be saved in the keyring")


class HangingKeyring(Keyring):
    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.is_over = threading.Event()

    def read(self, name: str) -> str | None:
        self.asked += 1
        self.is_over.wait()
        return None


@pytest.fixture(scope="module")
def running():
    with RunningSandbox("all successful") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    running.load("all successful")
    return running


def completed(
    sandbox: RunningSandbox, folder: Path, keyring: Keyring, confirm: str = "", *, by_environment: bool = False
) -> Outcome:
    """By a program that was started anew."""

    async def run() -> Outcome:
        environment = {"SIGNOFF_BASE_URL": sandbox.url, "SIGNOFF_API_KEY": "a-key"} if by_environment else {}
        parts = compose(folder=folder, credentials=keyring, tuning=TUNING, environment=environment)
        sign_in = parts.sign_ins.chosen() if by_environment else sign_in_to(sandbox.url)
        services = await parts.services.open(sign_in)
        try:
            job_id = JobId(sandbox.world.job_id)
            if confirm:
                await services.completion.confirm_journal(job_id, confirm, Witness("Ann", "in progress"))
            preview = services.completion.preview(await services.completion.read(job_id))
            assert isinstance(preview, Preview)
            outcome = await services.completion.submit(preview, lambda _step: None)
            assert isinstance(outcome, Outcome)
            return outcome
        finally:
            await services.close()

    return asyncio.run(run())


@pytest.mark.parametrize("how", ["put back", "removed"])
def test_a_data_folder_that_was_put_back_or_removed_as_a_whole_is_told(sandbox, tmp_path, how):
    folder, backup, keyring = tmp_path / "data", tmp_path / "backup", Keyring()
    assert completed(sandbox, folder, keyring).standing is Standing.CONFIRMED
    shutil.copytree(folder, backup)
    sandbox.load("some failed")
    assert completed(sandbox, folder, keyring).standing is Standing.CONFIRMED
    shutil.rmtree(folder)
    if how == "put back":
        backup.rename(folder)
    sandbox.load("some failed")
    with pytest.raises(JournalInDoubt, match="older than it was" if how == "put back" else "is gone") as met:
        completed(sandbox, folder, keyring)
    assert sandbox.received()["places"].get("final_event", 0) == 0
    assert completed(sandbox, folder, keyring, met.value.code).standing is Standing.CONFIRMED
    sandbox.load("all failed")
    assert completed(sandbox, folder, keyring).standing is Standing.CONFIRMED


def test_a_key_of_the_environment_keeps_the_head_in_the_keyring_too(sandbox, tmp_path):
    folder, keyring = tmp_path / "data", Keyring()
    assert completed(sandbox, folder, keyring, by_environment=True).standing is Standing.CONFIRMED
    shutil.rmtree(folder)
    sandbox.load("some failed")
    with pytest.raises(JournalInDoubt, match="is gone"):
        completed(sandbox, folder, keyring, by_environment=True)
    assert sandbox.received()["places"].get("final_event", 0) == 0


def test_a_journal_without_its_file_of_the_head_is_held_against_the_keyrings(sandbox, tmp_path):
    folder, keyring = tmp_path / "data", Keyring()
    assert completed(sandbox, folder, keyring).standing is Standing.CONFIRMED
    backup = tampering.backed_up(folder)
    sandbox.load("some failed")
    (folder / HEAD).unlink()
    assert completed(sandbox, folder, keyring).standing is Standing.CONFIRMED
    tampering.put_back(folder, backup)
    (folder / HEAD).unlink()
    sandbox.load("some failed")
    with pytest.raises(JournalInDoubt, match="older than it was"):
        completed(sandbox, folder, keyring)
    assert sandbox.received()["places"].get("final_event", 0) == 0


def test_another_process_that_confirmed_meanwhile_is_believed(sandbox, tmp_path):
    """The keyring is asked once more before anything is doubted."""
    folder, keyring = tmp_path / "data", Keyring()
    assert completed(sandbox, folder, keyring).standing is Standing.CONFIRMED

    async def run() -> None:
        parts = compose(folder=folder, credentials=keyring, tuning=TUNING, environment={})
        services = await parts.services.open(sign_in_to(sandbox.url))
        try:
            job_id = JobId(sandbox.world.job_id)
            assert await services.completion.settle_earlier(job_id, "completed", lambda _step: None) is None
            parts.journal.close()
            shutil.rmtree(folder)
            with pytest.raises(JournalInDoubt) as met:
                await asyncio.to_thread(completed, sandbox, folder, keyring)
            await asyncio.to_thread(completed, sandbox, folder, keyring, met.value.code)
            assert await services.completion.settle_earlier(job_id, "completed", lambda _step: None) is None
        finally:
            await services.close()

    sandbox.load("some failed")
    asyncio.run(run())


def test_a_keyring_that_refuses_stops_nothing(sandbox, tmp_path):
    assert completed(sandbox, tmp_path / "data", LockedKeyring()).standing is Standing.CONFIRMED


def test_a_keyring_that_never_answers_is_waited_for_once_and_not_long(tmp_path):
    keyring = HangingKeyring()
    head = KeyringHead(keyring, tmp_path, answer_seconds=0.02)
    assert (head.read(), head.read(), keyring.asked) == (None, None, 1)
    head.keep("a head")
    head.finish()
    keyring.is_over.set()
    assert keyring.read("any") is None


def test_of_several_heads_the_last_is_kept(tmp_path):
    keyring = Keyring()
    head = KeyringHead(keyring, tmp_path)
    for number in range(50):
        head.keep(f"head {number}")
    head.finish()
    assert KeyringHead(keyring, tmp_path).read() == "head 49"
    assert KeyringHead(keyring, tmp_path / "another").read() is None
