"""A secret lives in the operating system's keyring or in memory, never in a file."""

import threading

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from app.errors import SettingsProblem
from app.settings.credentials import KeyringCredentials, SessionCredentials, credential_store


def backend_of(module: str, **methods) -> KeyringBackend:
    """A backend as it would come from that module, with a dictionary behind it."""
    kept: dict[tuple[str, str], str] = {}

    def forget(self, service, name):
        if (service, name) not in kept:
            raise keyring.errors.PasswordDeleteError("not found")
        del kept[service, name]

    usual = {
        "__module__": module,
        "priority": -1,  # never chosen by keyring itself
        "get_password": lambda self, service, name: kept.get((service, name)),
        "set_password": lambda self, service, name, secret: kept.update({(service, name): secret}),
        "delete_password": forget,
        "kept": kept,
    }
    return type("Keyring", (KeyringBackend,), usual | methods)()


@pytest.fixture
def use(monkeypatch):
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def chain_of(*backends):
    chain = backend_of("keyring.backends.chainer")
    chain.backends = list(backends)
    return chain


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
        "keyring.backends.libsecret",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    ],
)
def test_the_keyrings_of_operating_systems_are_trusted(use, module):
    use(backend_of(module))
    assert isinstance(credential_store(), KeyringCredentials)
    assert credential_store().is_permanent


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.null",
        "keyring.backends.fail",
        "keyrings.alt.file",
        "keyrings.cryptfile.cryptfile",
        "keyring_pass",
        "someones.keyring.backends.SecretService",
    ],
)
def test_any_other_keyring_is_not_trusted_and_the_secret_lives_for_the_session(use, module):
    use(backend_of(module))
    assert isinstance(credential_store(), SessionCredentials)
    assert not credential_store().is_permanent


def test_a_chain_is_trusted_only_where_each_of_its_links_is(use):
    trusted, plain = backend_of("keyring.backends.SecretService"), backend_of("keyrings.alt.file")
    use(chain_of(trusted))
    assert isinstance(credential_store(), KeyringCredentials)
    use(chain_of(trusted, plain))
    assert isinstance(credential_store(), SessionCredentials)
    use(chain_of())
    assert isinstance(credential_store(), SessionCredentials)


@pytest.mark.parametrize("is_permanent", [True, False])
def test_a_secret_is_read_back_until_it_is_forgotten(use, is_permanent):
    use(backend_of("keyring.backends.SecretService"))
    store = KeyringCredentials() if is_permanent else SessionCredentials()
    assert store.read("https://a") is None
    store.write("https://a", "hunter2")
    assert store.read("https://a") == "hunter2"
    assert store.read("https://b") is None
    store.forget("https://a")
    assert store.read("https://a") is None
    store.forget("https://a")


@pytest.mark.parametrize(
    ("method", "call"),
    [
        ("get_password", lambda store: store.read("n")),
        ("set_password", lambda store: store.write("n", "hunter2")),
        ("delete_password", lambda store: store.forget("n")),
    ],
)
def test_a_keyring_that_refuses_is_a_settings_problem_without_the_secret(use, method, call):
    def refuse(self, *_):
        raise keyring.errors.KeyringLocked("locked: hunter2")

    use(backend_of("keyring.backends.SecretService", **{method: refuse}))
    with pytest.raises(SettingsProblem) as met:
        call(KeyringCredentials())
    assert "hunter2" not in f"{met.value!r}{met.value.details}{met.value.advice}"
    assert met.value.advice


def test_a_session_store_does_not_show_its_secrets():
    store = SessionCredentials()
    store.write("n", "hunter2")
    assert "hunter2" not in repr(store)


LONG = "".join(chr(ord("a") + place % 26) for place in range(5_000))


@pytest.fixture
def windows(use):
    """A keyring as that of Windows, which refuses what is too long for it."""

    def set_password(self, service, name, secret):
        if len(secret.encode("utf-16-le")) > 2_560:
            raise keyring.errors.PasswordSetError("The stub received bad data")
        self.kept[service, name] = secret

    backend = backend_of("keyring.backends.Windows", set_password=set_password)
    use(backend)
    return backend


def test_a_secret_too_long_for_the_keyring_of_windows_is_kept_in_parts(windows):
    store = credential_store()
    store.write("https://a", LONG)
    assert store.read("https://a") == LONG
    assert len(windows.kept) > 1


@pytest.mark.parametrize("second", ["short", LONG[::-1], LONG[:2_000]])
def test_a_secret_in_parts_is_replaced_and_forgotten_whole(windows, second):
    store = credential_store()
    for secret in (LONG, second):
        store.write("https://a", secret)
        store.write("https://b", "another")
        assert store.read("https://a") == secret
    store.forget("https://a")
    assert store.read("https://a") is None
    assert list(windows.kept) == [("Signoff", "https://b")]


def test_a_write_that_breaks_off_leaves_the_old_secret_whole(windows, monkeypatch):
    store = credential_store()
    store.write("https://a", LONG)
    usual, left = type(windows).set_password, iter([True, True])

    def breaks_off(self, service, name, secret):
        if not next(left, False):
            raise keyring.errors.KeyringLocked("locked")
        usual(self, service, name, secret)

    monkeypatch.setattr(type(windows), "set_password", breaks_off)
    with pytest.raises(SettingsProblem):
        store.write("https://a", LONG[::-1])
    assert store.read("https://a") == LONG


def test_a_part_that_is_gone_makes_the_secret_gone(windows):
    store = credential_store()
    store.write("https://a", LONG)
    part = next(name for service, name in windows.kept if name != "https://a")
    del windows.kept["Signoff", part]
    assert store.read("https://a") is None


def test_a_short_secret_lies_there_as_it_is(windows):
    credential_store().write("https://a", "short")
    assert windows.kept == {("Signoff", "https://a"): "short"}


@pytest.mark.parametrize("act", ["get_password", "set_password", "delete_password"])
def test_a_keyring_that_never_answers_is_left_after_a_while_and_named(use, act):
    release = threading.Event()
    use(backend_of("keyring.backends.SecretService", **{act: lambda *_: release.wait()}))
    store = KeyringCredentials(answer_seconds=0.05)
    asked = {
        "get_password": store.read,
        "set_password": lambda name: store.write(name, "s"),
        "delete_password": store.forget,
    }
    with pytest.raises(SettingsProblem, match="did not answer within") as met:
        asked[act]("acme")
    assert "unlock" in met.value.advice
    release.set()


def test_where_looking_for_a_keyring_never_ends_there_is_none(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr("app.settings.credentials._FOUND_SECONDS", 0.05)
    monkeypatch.setattr(keyring, "get_keyring", release.wait)
    assert isinstance(credential_store(), SessionCredentials)
    release.set()
