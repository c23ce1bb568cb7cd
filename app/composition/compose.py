"""What the program is put together from, made once at its start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.composition.pleo_access import PleoAccess
from app.composition.services import ServiceFactory, Tuning
from app.composition.sign_in import SignIns
from app.platform.clock import Clock, SystemClock
from app.settings.credentials import CredentialStore, credential_store
from app.settings.paths import data_folder
from app.settings.settings import Settings
from app.storage.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class Composition:
    """Parts to be handed out to whoever needs one; nobody but the two starts of the program keeps all of them."""

    clock: Clock
    settings: Settings
    sign_ins: SignIns
    access: PleoAccess
    journal: Journal
    services: ServiceFactory


def compose(
    *,
    folder: Path | None = None,
    credentials: CredentialStore | None = None,
    environment: Mapping[str, str] = os.environ,
    clock: Clock | None = None,
    tuning: Tuning | None = None,
    journal: Journal | None = None,
) -> Composition:
    """Opens nothing and asks nobody: files and Pleo are met when they are needed. Raises SettingsProblem where the
    environment names no data folder."""
    clock, tuning = clock or SystemClock(), tuning or Tuning()
    settings = Settings(folder or data_folder(environment), credentials or credential_store())
    journal = journal or Journal(settings.folder, clock)
    access = PleoAccess(settings, clock, tuning.timeouts, tuning.reads)
    services = ServiceFactory(settings, access, journal, clock, environment, tuning.completion)
    return Composition(clock, settings, SignIns(settings, environment), access, journal, services)
