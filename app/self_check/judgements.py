"""What the facts of each part mean for whoever installed the program."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.self_check.findings import Finding, failed, noted, passed

RESOURCES, LIBRARIES, DATA_FOLDER, KEYRING, TLS = "Resources", "Libraries", "Data folder", "Keyring", "TLS"
DATABASE, PROCESS, SANDBOX, FIRST_FRAME = "SQLite", "Worker process", "Sandbox", "First frame"

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
        return failed(RESOURCES, f"missing or not readable: {', '.join(missing)}. Install Signoff anew.")
    return passed(RESOURCES, f"{count} files")


def judge_libraries(versions: Mapping[str, str]) -> Finding:
    """An empty version is one that nobody knows."""
    missing = [name for name, version in versions.items() if not version]
    if missing:
        return failed(LIBRARIES, f"nothing is known of {', '.join(missing)}. Install Signoff anew.")
    return passed(LIBRARIES, ", ".join(f"{name} {version}" for name, version in versions.items()))


def judge_keyring(facts: KeyringFacts, platform: str = sys.platform) -> Finding:
    if facts.missing:
        return failed(
            KEYRING, f"a library of this system's keyring is missing ({facts.missing}). Install Signoff anew."
        )
    if not facts.is_trusted:
        words = f"none of the operating system's answers ({facts.backend}): a key lives until Signoff is closed"
        # These two always have one, so it is the program that does not find it.
        return failed(KEYRING, words) if platform in ("win32", "darwin") else noted(KEYRING, words)
    if not facts.came_back:
        return failed(KEYRING, f"a secret that was written was not read again ({facts.backend})")
    return passed(KEYRING, f"{facts.backend}, and a secret that was written was read again")


def judge_tls(library: str, protocol: str, authorities: int | None) -> Finding:
    """`authorities` is how many the system's store holds, None where the system itself verifies and tells no number."""
    if authorities == 0:
        return failed(TLS, f"{library} finds no authority to trust. Install the package ca-certificates.")
    trusted = "the system's store" if authorities is None else f"{authorities} authorities of the system's store"
    return passed(TLS, f"{library}, {protocol}, {trusted}")


def judge_sqlite(version: tuple[int, int, int], journal_mode: str, synchronous: int, integrity: str) -> Finding:
    spoken = ".".join(map(str, version))
    if version < _OLDEST_SQLITE:
        return failed(DATABASE, f"{spoken} is too old: 3.37 is the oldest that knows STRICT tables")
    if (journal_mode, synchronous, integrity) != ("wal", 2, "ok"):
        return failed(
            DATABASE,
            f"the data folder's file system does not keep a journal safely (journal_mode {journal_mode}, "
            f"synchronous {synchronous}, integrity {integrity})",
        )
    return passed(DATABASE, f"{spoken}, journal_mode wal, synchronous full")
