"""All that the user has set, in one place: connections with their secrets, preferences, views, what was notified."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.errors import CredentialMissing, SettingsProblem
from app.messages import by_reader, said
from app.models.page import Introspection
from app.models.vocabulary import FailureType
from app.settings.company_guard import guard, may_be_one_company
from app.settings.connections import Connection, ConnectionId, ConnectionsFile, SignInKind
from app.settings.credentials import CredentialStore
from app.settings.exchange import ImportPlan, bundle_in, plan_import, read_bundle, write_bundle, write_settings
from app.settings.notified import NotifiedFile
from app.settings.preferences import PreferencesBook, PreferencesFile
from app.settings.views import ViewsFile


class Settings:
    """What lies in one data folder, and the secrets in `credentials`."""

    def __init__(self, folder: Path, credentials: CredentialStore) -> None:
        self.folder = folder
        self.credentials = credentials
        self.views = ViewsFile(folder)
        self.notified = NotifiedFile(folder)
        self.preferences = PreferencesBook(PreferencesFile(folder))
        self._file = ConnectionsFile(folder)

    @property
    def keeps_secrets(self) -> bool:
        """Whether a key is still there the next time; else it lives for this session only."""
        return self.credentials.is_permanent

    def connections(self) -> tuple[Connection, ...]:
        """Those that are stored. Raises SettingsProblem for a damaged file."""
        return self._file.read()

    def connection(self, connection_id: ConnectionId) -> Connection | None:
        """As it is stored now. Raises SettingsProblem for a damaged file."""
        return next((each for each in self.connections() if each.id == connection_id), None)

    def secret_of(self, connection: Connection) -> str:
        """Raises CredentialMissing, SettingsProblem where the keyring refuses."""
        secret = self.credentials.read(connection.credential_name)
        if not secret and connection.sign_in is SignInKind.OAUTH:
            raise CredentialMissing(
                said("Nobody is signed in to {name}", name=connection.name),
                advice=by_reader(
                    said("Sign in with Pleo. On a machine without a keyring a sign-in ends with the window."),
                    said(
                        "Sign in with Pleo in Signoff's window. On a machine without a keyring a sign-in ends with it: "
                        "there, set SIGNOFF_API_KEY."
                    ),
                ),
            )
        if not secret:
            raise CredentialMissing(said("There is no key for {name}", name=connection.name))
        return secret

    def save(self, connection: Connection, secret: str) -> None:
        """Stores the connection, and its secret in the keyring or for this session; an empty one keeps what is there.

        A secret for another address or kind of sign-in is forgotten. Raises SettingsProblem.
        """
        before = self._file.replaced_by(connection)
        if secret.strip():
            self.credentials.write(connection.credential_name, secret.strip())
        self._file.put(connection)
        if before and before.credential_name != connection.credential_name:
            self.credentials.forget(before.credential_name)

    def remove(self, connection: Connection) -> None:
        """The connection and its secret; what the journal holds of it stays. Raises SettingsProblem."""
        self.credentials.forget(connection.credential_name)
        self._file.remove(connection.id)

    def remember_failure_type(self, connection_id: ConnectionId, kind: FailureType) -> None:
        """What Pleo took after it had refused the default: a stored connection proposes it from now on."""
        stored = self.connection(connection_id)
        if stored:
            self._file.put(replace(stored, failure_type=kind))

    def check_company(self, connection: Connection, found: Introspection) -> None:
        """Raises WrongCompany where the credential speaks for another company than the connection was made for."""
        guard(connection, found, self._readable_connections() or ())

    def asks_for_four_eyes(self, connection: Connection, *, is_sandbox: bool = False) -> bool:
        """Also where another stored connection to its company does: else who reports outcomes over the one completes
        the job over the other. Where nobody knows what was asked for, it is asked for, but not in a sandbox."""
        stored = self._readable_connections()
        if stored is None:
            return connection.four_eyes or not is_sandbox
        return connection.four_eyes or any(each.four_eyes and may_be_one_company(each, connection) for each in stored)

    def export_settings(self, path: Path) -> None:
        """Everything that is set, without a secret, as one file. Raises SettingsProblem."""
        write_bundle(path, bundle_in(self.folder, self.preferences.now))

    def plan_import(self, path: Path) -> ImportPlan:
        """What such a file would change; nothing is changed yet. Raises SettingsProblem."""
        return plan_import(bundle_in(self.folder, self.preferences.now), read_bundle(path))

    def import_settings(self, plan: ImportPlan) -> None:
        """Raises SettingsProblem."""
        write_settings(self.folder, plan.result)
        self.preferences.take(plan.result.preferences)

    def _readable_connections(self) -> Sequence[Connection] | None:
        """None for a damaged file."""
        try:
            return self.connections()
        except SettingsProblem:
            return None
