"""The real window against the sandbox over a socket. Only the waiting is shorter than in life."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.desk import Desk, OpenDesk
from fakes.machine import FakeMachine
from fakes.qt_loop import Run, one_loop
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import delete

from app.completion.service import Patience
from app.composition.compose import compose
from app.composition.services import Tuning
from app.pleo.connection import Timeouts
from app.pleo.retrying import ReadPatience
from app.settings.connections import Connection, ConnectionId
from app.settings.credentials import SessionCredentials
from ui.connections.app_controller import AppController
from ui.connections.connection_view import Watching
from ui.connections.desktop_integration import TrayIcon
from ui.shell.main_window import MainWindow

_PATIENCE = Patience(reads=(0, 0.05, 0.1), settle_seconds=0, sends=2, between_sends=0.05, longest_wait=1)
_TUNING = Tuning(
    timeouts=Timeouts(connect=2, read=2, write_answer=0.4, total=3),
    reads=ReadPatience(attempts=2, first_pause=0.01, longest_pause=0.02, timeout=2),
    completion=_PATIENCE,
)
_WATCHING = Watching(base=0.15, for_each_request=0, job_list=60, unknown=0.2)


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    with one_loop(qapp) as run_until_complete:
        yield run_until_complete


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[RunningSandbox]:
    with RunningSandbox() as running:
        yield running


@pytest.fixture
def sandbox(running_sandbox: RunningSandbox) -> RunningSandbox:
    """Each journey loads its own scenario into it."""
    running_sandbox.world.strict = False
    running_sandbox.load("mixed")
    return running_sandbox


@pytest.fixture
def open_desk(tmp_path: Path) -> OpenDesk:
    """Opens the window on the address; without one nothing more is stored. Keys last from one opening to the next.
    `patience` names what is waited for longer than in the other journeys."""
    credentials = SessionCredentials()

    @asynccontextmanager
    async def opened(
        url: str | None,
        key: str = "a-good-key",
        watching: Watching = _WATCHING,
        *,
        four_eyes: bool = False,
        readers_language: str = "en",
        companies: Sequence[Connection] = (),
        keys: Mapping[str, str] | None = None,
        machine: FakeMachine | None = None,
        tray: TrayIcon | None = None,
        **patience: float,
    ) -> AsyncIterator[Desk]:
        tuning = replace(_TUNING, completion=replace(_PATIENCE, **patience))
        composition = compose(folder=tmp_path / "data", credentials=credentials, environment={}, tuning=tuning)
        if url:
            acme = Connection(
                id=ConnectionId("acme"),
                name="Acme",
                base_url=url,
                four_eyes=four_eyes,
                readers_language=readers_language,
            )
            composition.settings.save(acme, key)
        for company in companies:
            composition.settings.save(company, (keys or {}).get(company.name, key))
        window = MainWindow()
        window.resize(1280, 720)
        window.show()
        controller = AppController(window, composition, watching, machine or FakeMachine(), tray)
        running = asyncio.ensure_future(controller.run(None))
        try:
            yield Desk(controller)
        finally:
            window.quit_requested.emit()
            await running
            delete(window)

    return opened


@pytest.fixture(autouse=True)
def no_part_is_a_window_of_its_own(qapp: QApplication) -> Iterator[None]:
    """A widget that is shown before it has its place is a window for a moment, and takes the focus with it."""
    watcher = _StrayWindows()
    qapp.installEventFilter(watcher)
    yield
    qapp.removeEventFilter(watcher)
    assert watcher.met == []


class _StrayWindows(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.met: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if is_shown and watched.windowType() is Qt.WindowType.Window and not isinstance(watched, QMainWindow):
            self.met.append(f"{type(watched).__name__} {watched.objectName()}")
        return False
