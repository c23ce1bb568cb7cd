"""What holds for every test: no screen, no keyring, no settings of this machine, no network beyond it."""

import asyncio
import gc
import inspect
import ipaddress
import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

# Before Qt or keyring is imported anywhere, and inherited by the processes that tests start.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

# `make quick` names the other one. How many examples a test asks for by itself is said with fakes.examples.
settings.register_profile("full", derandomize=True, deadline=None, database=None)
settings.register_profile("quick", settings.get_profile("full"), max_examples=5)
settings.load_profile("full")

# What a test reaches for is seen in what its file imports, so that nobody has to remember a marker.
_REACHES = {
    "socket": {"app.sandbox.server", "fakes.raw_server", "fakes.running_sandbox", "fakes.sign_in_server", "socket"},
    "process": {"app.platform.worker_process", "app.posting_lists.reading", "multiprocessing", "subprocess"},
}
_WINDOW_FIXTURES = {"qapp", "qtbot", "run"}
_WINDOW_FOLDERS = {"journeys", "ui"}
_SLOW_FOLDERS = {"contract", "faults", "journeys", "packaging_setup", "soak"}


def pytest_pycollect_makeitem(collector: pytest.Module | pytest.Class, name: str, obj: object) -> None:
    """A coroutine that tests the window needs the window's loop."""
    if name.startswith("test_") and inspect.iscoroutinefunction(obj) and _folder_of(collector) in _WINDOW_FOLDERS:
        pytest.mark.usefixtures("run")(obj)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        folder = _folder_of(item)
        if folder in _SLOW_FOLDERS:
            item.add_marker("slow")
        if _WINDOW_FIXTURES & set(item.fixturenames):
            item.add_marker("window")
        for marker, modules in _REACHES.items():
            if modules & _imported_by(item.module):
                item.add_marker(marker)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays until the end: no collection of garbage has to go through it again."""
    gc.collect()
    gc.freeze()


def _folder_of(node: pytest.Item | pytest.Collector) -> str:
    return node.path.relative_to(Path(__file__).parent).parts[0]


def _imported_by(module: ModuleType) -> set[str]:
    names = set()
    for value in vars(module).values():
        names.add(value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", ""))
    return names


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A test that is a coroutine runs on the window's loop where there is one, else on a plain one."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    asked_for = {name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters}
    pyfuncitem.funcargs.get("run", asyncio.run)(pyfuncitem.obj(**asked_for))
    return True


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the developer's own Signoff is read or written."""
    for name in [name for name in os.environ if name.startswith("SIGNOFF_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SIGNOFF_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def no_network_beyond_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """An AssertionError, which no code of ours takes for a network that is down. pytest-socket raises a RuntimeError,
    and asks the system for the addresses of the hosts that it lets through."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(method):
        def guard(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6):
                assert _is_loopback(address[0]), f"a test wants to connect to {address}"
            return method(self, address)

        return guard

    def guarded_look_up(host, *others, **named):
        assert _is_loopback(host), f"a test wants to find {host}"
        return look_up(host, *others, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded(connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """A log that a test began ends with it."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def _is_loopback(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
