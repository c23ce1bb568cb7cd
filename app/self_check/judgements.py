"""What the facts of each part mean for whoever installed the program."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.messages import joined, nsaid, said
from app.self_check.findings import Finding, failed, noted, passed

RESOURCES, LIBRARIES, DATA_FOLDER = said("Resources"), said("Libraries"), said("Data folder")
KEYRING, PROCESS, SANDBOX, FIRST_FRAME = said("Keyring"), said("Worker process"), said("Sandbox"), said("First frame")
TLS, DATABASE = "TLS", "SQLite"

# STRICT tables came with 3.37, and the journal is one.
_OLDEST_SQLITE = (3, 37, 0)


@dataclass(frozen=True, slots=True)
class KeyringFacts:
    """`missing` names a library without which this system's keyring cannot be reached, and why it cannot be loaded.

    `came_back` is whether a secret that was written was read again; None where nothing was written.
    """

    backend: str
    is_trusted: bool
    missing: str = ""
    came_back: bool | None = None


def judge_resources(missing: Sequence[str], count: int) -> Finding:
    if missing:
        names = ", ".join(missing)
        return failed(RESOURCES, said("missing or not readable: {names}. Install Signoff anew.", names=names))
    return passed(RESOURCES, nsaid("{n} file", "{n} files", count))


def judge_libraries(versions: Mapping[str, str]) -> Finding:
    """An empty version is one that nobody knows."""
    missing = [name for name, version in versions.items() if not version]
    if missing:
        names = ", ".join(missing)
        return failed(LIBRARIES, said("nothing is known of {names}. Install Signoff anew.", names=names))
    return passed(LIBRARIES, ", ".join(f"{name} {version}" for name, version in versions.items()))


def judge_keyring(facts: KeyringFacts, platform: str = sys.platform) -> Finding:
    if facts.missing:
        words = said("a library of this system's keyring is missing ({why}). Install Signoff anew.", why=facts.missing)
        return failed(KEYRING, words)
    if not facts.is_trusted:
        words = said(
            "none of the operating system's answers ({backend}): a key lives until Signoff is closed",
            backend=facts.backend,
        )
        # These two always have one, so it is the program that does not find it.
        return failed(KEYRING, words) if platform in ("win32", "darwin") else noted(KEYRING, words)
    if not facts.came_back:
        words = said("a secret that was written was not read again ({backend})", backend=facts.backend)
        return failed(KEYRING, words)
    words = said("{backend}, and a secret that was written was read again", backend=facts.backend)
    return passed(KEYRING, words)


def judge_tls(library: str, protocol: str, authorities: int | None) -> Finding:
    """`authorities` is how many the system's store holds, None where the system itself verifies and tells no number."""
    if authorities == 0:
        words = said("{library} finds no authority to trust. Install the package ca-certificates.", library=library)
        return failed(TLS, words)
    trusted = (
        said("the system's store")
        if authorities is None
        else nsaid("{n} authority of the system's store", "{n} authorities of the system's store", authorities)
    )
    return passed(TLS, joined(", ", (library, protocol, trusted)))


def judge_sqlite(version: tuple[int, int, int], journal_mode: str, synchronous: int, integrity: str) -> Finding:
    spoken = ".".join(map(str, version))
    if version < _OLDEST_SQLITE:
        return failed(
            DATABASE, said("{version} is too old: 3.37 is the oldest that knows STRICT tables", version=spoken)
        )
    if (journal_mode, synchronous, integrity) != ("wal", 2, "ok"):
        facts = f"journal_mode {journal_mode}, synchronous {synchronous}, integrity {integrity}"
        return failed(
            DATABASE, said("the data folder's file system does not keep a journal safely ({facts})", facts=facts)
        )
    return passed(DATABASE, f"{spoken}, journal_mode wal, synchronous full")
