"""The credential in the operating system's keyring, or in memory where there is none; never in a file."""

from typing import Protocol

from app.errors import SettingsProblem

_SERVICE = "Signoff"

# keyring finds backends by itself, and some of them write plain files. These are the operating system's own.
_TRUSTED_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)


class CredentialStore(Protocol):
    @property
    def is_permanent(self) -> bool:
        """Whether a secret is still there after the program has ended."""

    def read(self, name: str) -> str | None: ...

    def write(self, name: str, secret: str) -> None: ...

    def forget(self, name: str) -> None: ...


class SessionCredentials:
    """Keeps secrets in memory until the program ends."""

    is_permanent = False

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        return self._secrets.get(name)

    def write(self, name: str, secret: str) -> None:
        self._secrets[name] = secret

    def forget(self, name: str) -> None:
        self._secrets.pop(name, None)


class KeyringCredentials:
    """The operating system's keyring. Every method raises SettingsProblem where the keyring refuses."""

    is_permanent = True

    def read(self, name: str) -> str | None:
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(_SERVICE, name)
        except KeyringError as error:
            raise _refused("read", error) from None

    def write(self, name: str, secret: str) -> None:
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, name, secret)
        except KeyringError as error:
            raise _refused("saved", error) from None

    def forget(self, name: str) -> None:
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(_SERVICE, name)
        except PasswordDeleteError:
            return
        except KeyringError as error:
            raise _refused("removed", error) from None


def _refused(what: str, error: Exception) -> SettingsProblem:
    return SettingsProblem(
        f"The key could not be {what} in the keyring",
        advice="Unlock the keyring of the operating system and try again.",
        details=type(error).__name__,
    )


def credential_store() -> CredentialStore:
    """The operating system's keyring where there is one, else the session's memory."""
    import keyring

    backend = keyring.get_keyring()
    chosen = getattr(backend, "backends", [backend])  # a chain holds several
    modules = {type(one).__module__ for one in chosen}
    is_trusted = bool(modules) and all(module.startswith(_TRUSTED_BACKENDS) for module in modules)
    return KeyringCredentials() if is_trusted else SessionCredentials()
