"""A secret lives in the operating system's keyring or in memory, never in a file."""

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
