"""The keyring as it really is on a Linux desktop: gnome-keyring's Secret Service on a session bus."""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from fakes.running_sandbox import RunningSandbox
from fakes.secret_service import MISSING, session_bus

from app.composition.compose import compose
from app.errors import SettingsProblem
from app.settings.connections import Connection
from app.settings.credentials import KeyringCredentials, credential_store

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}"),
    # keyring leaves its connection to the bus open where the Secret Service refuses.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]

PROJECT = Path(__file__).parents[3]
SECRET = "pk-secret-service-hunter2"
EVERY_ACT = pytest.mark.parametrize(
    "act",
    [
        lambda store: store.read("https://a"),
        lambda store: store.write("https://a", SECRET),
        lambda store: store.forget("https://a"),
    ],
    ids=["read", "write", "forget"],
)


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    with session_bus(tmp_path / "home", with_keyring=True) as address:
        yield address


@pytest.fixture
def store(bus: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyringCredentials]:
    from keyring.backends import SecretService

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    before = keyring.get_keyring()
    keyring.set_keyring(SecretService.Keyring())
    chosen = credential_store()
    assert isinstance(chosen, KeyringCredentials)
    yield chosen
    keyring.set_keyring(before)
    gc.collect()


def in_another_process(bus: str, *words: str, **environment: str) -> str:
    """What a program of its own prints, which finds the keyring by itself."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=PROJECT,
        env=inherited | {"DBUS_SESSION_BUS_ADDRESS": bus} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_secret_is_kept_replaced_and_forgotten(store):
    assert store.read("https://a") is None
    store.write("https://a", "the first")
    store.write("https://a", SECRET)
    assert store.read("https://a") == SECRET
    assert store.read("https://b") is None
    store.forget("https://a")
    assert store.read("https://a") is None
    store.forget("https://a")


def test_a_large_secret_such_as_a_pair_of_tokens_comes_back_whole(store):
    tokens = json.dumps({"access_token": "a." * 4_000, "refresh_token": "Å" * 4_000, "expires_at": 1})
    store.write("https://tokens", tokens)
    assert store.read("https://tokens") == tokens


def test_a_secret_is_there_for_the_next_start(store, bus):
    store.write("https://next", SECRET)
    program = "from app.settings.credentials import credential_store; print(credential_store().read('https://next'))"
    assert in_another_process(bus, "-c", program) == SECRET


def test_a_command_signs_in_with_the_key_that_the_window_stored(store, bus, tmp_path):
    with RunningSandbox("mixed") as sandbox:
        folder = tmp_path / "data"
        composition = compose(folder=folder, environment={})
        composition.settings.save(Connection(name="Acme", base_url=sandbox.url), SECRET)
        said = in_another_process(bus, "-m", "app.cli", "jobs", "--all", "--json", SIGNOFF_DATA_DIR=str(folder))
    assert sandbox.world.job_id in said
    assert not [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


@EVERY_ACT
def test_a_locked_keyring_that_nobody_unlocks_is_said_in_plain_words(store, act):
    import secretstorage

    connection = secretstorage.dbus_init()
    secretstorage.get_default_collection(connection).lock()
    connection.close()
    with pytest.raises(SettingsProblem) as met:
        act(store)
    assert met.value.title.startswith("The key could not be")
    assert "Unlock the keyring" in met.value.advice
    assert SECRET not in f"{met.value!r}{met.value.details}{met.value.__context__!r}"


@EVERY_ACT
def test_a_session_without_a_keyring_is_said_in_plain_words(store, act, tmp_path, monkeypatch):
    with session_bus(tmp_path / "elsewhere", with_keyring=False) as nobody:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", nobody)
        with pytest.raises(SettingsProblem):
            act(store)


@EVERY_ACT
def test_a_session_that_has_gone_is_said_in_plain_words(store, act, tmp_path, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'gone'}")
    with pytest.raises(SettingsProblem):
        act(store)
