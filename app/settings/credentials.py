"""The credential in the operating system's keyring, or in memory where there is none; never in a file."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from app.errors import SettingsProblem
from app.messages import said

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

        with _plain_words(said("The key could not be read in the keyring")):
            return keyring.get_password(_SERVICE, name)

    def write(self, name: str, secret: str) -> None:
        import keyring

        with _plain_words(said("The key could not be saved in the keyring")):
            keyring.set_password(_SERVICE, name, secret)

    def forget(self, name: str) -> None:
        import keyring
        from keyring.errors import PasswordDeleteError

        title = said("The key could not be removed in the keyring")
        with _plain_words(title), suppress(PasswordDeleteError):  # there was none
            keyring.delete_password(_SERVICE, name)


class KeyringInParts(KeyringCredentials):
    """A keyring that takes short secrets only, as that of Windows does: 2,560 bytes, and both tokens of a sign-in are
    kept together. A long secret lies in parts, and under its own name it says which, so that it is whole or the old one
    at any moment."""

    _LONGEST = 1_200  # letters, of two bytes each
    _PARTS = "signoff-parts"

    def read(self, name: str) -> str | None:
        head = super().read(name)
        parts = [super(KeyringInParts, self).read(part) for part in self._parts(name, head)]
        return head if not parts else None if None in parts else "".join(filter(None, parts))

    def write(self, name: str, secret: str) -> None:
        before = self._parts(name, super().read(name))
        head = secret
        if len(secret) > self._LONGEST:
            pieces = [secret[start : start + self._LONGEST] for start in range(0, len(secret), self._LONGEST)]
            head = f"{self._PARTS} {uuid.uuid4().hex} {len(pieces)}"
            for part, piece in zip(self._parts(name, head), pieces, strict=True):
                super().write(part, piece)
        super().write(name, head)
        for part in before:
            super().forget(part)

    def forget(self, name: str) -> None:
        before = self._parts(name, super().read(name))
        super().forget(name)
        for part in before:
            super().forget(part)

    def _parts(self, name: str, head: str | None) -> list[str]:
        """The names of the parts; none where the secret is whole."""
        match (head or "").split(" "):
            case [self._PARTS, key, count] if count.isdigit():
                return [f"{name} {key} {place}" for place in range(int(count))]
            case _:
                return []


@contextmanager
def _plain_words(title: str) -> Iterator[None]:
    """Raises SettingsProblem for whatever a keyring raises: beside keyring's own family each system has another."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - such as OSError, where the session bus has gone
        problem = SettingsProblem(
            title,
            advice=said("Unlock the keyring of the operating system and try again. Without it, nothing else is lost."),
            details=type(error).__name__,
        )
    else:
        return
    # Outside the handler, since what a keyring says may hold the secret.
    raise problem


def credential_store() -> CredentialStore:
    """The operating system's keyring where there is one, else the session's memory."""
    modules = _backend_modules()
    if not _are_trusted(modules):
        return SessionCredentials()
    is_short = "keyring.backends.Windows" in modules
    return KeyringInParts() if is_short else KeyringCredentials()


def keyring_backend() -> tuple[str, bool]:
    """The name of what keyring found, and whether it is the operating system's own."""
    modules = _backend_modules()
    return ", ".join(sorted(modules)), _are_trusted(modules)


def _backend_modules() -> set[str]:
    import keyring

    backend = keyring.get_keyring()
    chosen = getattr(backend, "backends", [backend])  # a chain holds several
    return {type(one).__module__ for one in chosen}


def _are_trusted(modules: set[str]) -> bool:
    return bool(modules) and all(module.startswith(_TRUSTED_BACKENDS) for module in modules)
