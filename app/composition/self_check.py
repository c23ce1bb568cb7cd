"""Tries each part that an installation can lack. What came of it is judged in app.self_check."""

import asyncio
import importlib
import io
import json
import secrets
import ssl
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.composition.sandbox_process import SandboxProcess
from app.errors import SignoffError
from app.messages import joined, nsaid, said
from app.platform.own_program import is_frozen, window_command_line
from app.platform.resources import RESOURCES
from app.platform.worker_process import WorkerBounds, parts_of
from app.pleo.connection import Network, trusted_authorities
from app.self_check import judgements
from app.self_check.findings import Finding, Report, failed, noted, passed
from app.settings.credentials import credential_store, keyring_backend
from app.settings.diagnostics import LIBRARIES
from app.settings.paths import data_folder
from app.storage.database_file import probed_modes

# Distributions that are imported only when they are needed, by what is imported of them.
_IMPORTED_LATE = {
    "authlib": "authlib.oauth2.rfc6749",
    "cryptography": "cryptography.hazmat.primitives.asymmetric.ed25519",
    "openpyxl": "openpyxl",
    "python-calamine": "python_calamine",
    "starlette": "starlette.applications",
    "stamina": "stamina",
    "uvicorn": "uvicorn",
}
_SYSTEM_KEYRINGS = {
    "linux": "secretstorage",
    "win32": "win32ctypes.pywin32.win32cred",
    "darwin": "keyring.backends.macOS.api",
}
_PROCESS_BOUNDS = WorkerBounds(seconds=60, memory_bytes=2_000_000_000)
_FIRST_FRAME_SECONDS = 60
_LONGEST_REASON = 500


def self_check(*, with_window: bool) -> Report:
    """Every part, one after the other; blocks for some seconds. Raises nothing: what goes wrong is a finding.

    `with_window` starts the program once more to draw its window, which flashes up.
    """
    tries: list[tuple[str, Callable[[], Finding]]] = [
        (judgements.RESOURCES, _resources),
        (judgements.LIBRARIES, _libraries),
        (judgements.DATA_FOLDER, _data_folder),
        (judgements.DATABASE, _sqlite),
        (judgements.KEYRING, _keyring),
        (judgements.TLS, _tls),
        (judgements.PROCESS, _worker_process),
        (judgements.SANDBOX, _sandbox),
    ]
    if with_window:
        tries.append((judgements.FIRST_FRAME, _first_frame))
    how = said("a packaged program") if is_frozen() else f"Python {sys.version.split()[0]}"
    return Report(version("signoff"), joined(", ", (how, sys.executable)), tuple(_findings(tries)))


def _findings(tries: Iterable[tuple[str, Callable[[], Finding]]]) -> Iterator[Finding]:
    for part, attempt in tries:
        try:
            yield attempt()
        except SignoffError as problem:
            words = (problem.title, ". ", problem.advice) if problem.advice else (problem.title, ".")
            yield failed(part, joined("", words))
        except Exception as error:  # noqa: BLE001 - whatever a half installed library raises is what was looked for
            yield failed(part, f"{type(error).__name__}: {error}")


def _resources() -> Finding:
    from app.sandbox import scenario_names

    files = sorted(path for path in RESOURCES.rglob("*") if path.is_file() and "pictures" not in path.parts)
    unreadable = [name for name in _needed_resources() if not (RESOURCES / name).is_file()]
    for path in files:
        if path.suffix == ".toml":
            tomllib.loads(path.read_text(encoding="utf-8"))
    scenario_names()
    return judgements.judge_resources(unreadable, len(files))


def _needed_resources() -> tuple[str, ...]:
    return (
        "contract/pleo-export-v3.openapi.yaml",
        "failure_types.toml",
        "icons/signoff.svg",
        "posting_list_words.toml",
        "sandbox/catalogue.toml",
        "sandbox/causes.toml",
        "sandbox/companies.toml",
        "sandbox/scenarios.toml",
        "stylesheet/signoff.qss",
        "wordings.toml",
    )


def _libraries() -> Finding:
    for module in _IMPORTED_LATE.values():
        importlib.import_module(module)
    return judgements.judge_libraries({name: _version(name) for name in LIBRARIES})


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _data_folder() -> Finding:
    """Looked at as it is: a check makes no folder that was not there."""
    folder = data_folder()
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
    with tempfile.TemporaryFile(dir=nearest) as file:
        file.write(b"signoff")
    if nearest != folder:
        return noted(judgements.DATA_FOLDER, said("{folder}, which the first start makes", folder=folder))
    return passed(judgements.DATA_FOLDER, said("{folder}, can be written", folder=folder))


def _sqlite() -> Finding:
    folder = data_folder()
    with tempfile.TemporaryDirectory(dir=folder if folder.is_dir() else None) as place:
        return judgements.judge_sqlite(*probed_modes(Path(place)))


def _keyring() -> Finding:
    backend, is_trusted = keyring_backend()
    try:
        importlib.import_module(_SYSTEM_KEYRINGS.get(sys.platform, "keyring"))
    except Exception as error:  # noqa: BLE001 - keyring passes over whatever the import raises, and so must not this
        return judgements.judge_keyring(judgements.KeyringFacts(backend, is_trusted, missing=str(error)))
    return judgements.judge_keyring(
        judgements.KeyringFacts(backend, is_trusted, came_back=_came_back() if is_trusted else None)
    )


def _came_back() -> bool:
    """Under a name of its own, which is forgotten again."""
    store, name, secret = credential_store(), f"self-check {secrets.token_hex(8)}", secrets.token_hex(16)
    store.write(name, secret)
    try:
        return store.read(name) == secret
    finally:
        store.forget(name)


def _tls() -> Finding:
    authorities, protocol = trusted_authorities(Network())
    return judgements.judge_tls(ssl.OPENSSL_VERSION, protocol, authorities)


def _worker_process() -> Finding:
    asyncio.run(_work())
    return passed(judgements.PROCESS, said("wrote a workbook and read it again"))


async def _work() -> None:
    async for amount in parts_of(_workbook_round_trip, bounds=_PROCESS_BOUNDS):
        if amount != "1,234.50":
            raise ValueError(f"a workbook came back as {amount!r}")


def _workbook_round_trip() -> Iterator[str]:
    """In the other process, with the libraries that write and read workbooks for the posting lists."""
    import openpyxl
    import python_calamine

    file, book = io.BytesIO(), openpyxl.Workbook()
    sheet = book.create_sheet("Items")
    sheet.append(["1,234.50"])
    book.save(file)
    with python_calamine.load_workbook(io.BytesIO(file.getvalue())) as read:
        yield str(read.get_sheet_by_name("Items").to_python()[0][0])


def _sandbox() -> Finding:
    child = SandboxProcess()
    url = child.start("everyday")
    try:
        child.received(url)
    finally:
        child.stop()
    return passed(judgements.SANDBOX, said("started, answered, ended"))


def _first_frame() -> Finding:
    """In a program of its own: where Qt finds no screen it ends the whole process."""
    try:
        started_at = time.time()
        ended = subprocess.run(  # noqa: S603 - our own program
            window_command_line("first-frame"),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            timeout=_FIRST_FRAME_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        late = nsaid("no window within {n} second", "no window within {n} seconds", _FIRST_FRAME_SECONDS)
        return failed(judgements.FIRST_FRAME, late)
    if ended.returncode != 0:
        why = " ".join(ended.stderr.split())[:_LONGEST_REASON]
        code = said("the window's process ended with {code}", code=ended.returncode)
        return failed(judgements.FIRST_FRAME, why or code)
    frame = json.loads(ended.stdout)
    milliseconds = round((frame["drawn_at"] - started_at) * 1_000)
    return passed(
        judgements.FIRST_FRAME,
        said(
            "{width} × {height} on {platform}, {milliseconds:,} ms after the start",
            width=frame["width"],
            height=frame["height"],
            platform=frame["platform"],
            milliseconds=milliseconds,
        ),
    )
