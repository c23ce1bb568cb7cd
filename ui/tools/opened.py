"""The real window on the sandbox, for tools that look at it: nothing of a user's is read or written."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ui.tools.walk import until

if TYPE_CHECKING:
    from ui.connections.app_controller import AppController


@asynccontextmanager
async def opened(scenario: str | None, size: tuple[int, int], data: Path) -> "AsyncIterator[AppController]":
    """`scenario` of the sandbox with its job read and at rest, or None for the first run; size in device-independent
    pixels; `data` is a folder of nobody's."""
    from app.composition.compose import compose
    from app.settings.credentials import SessionCredentials
    from ui.connections.app_controller import AppController
    from ui.shell.main_window import MainWindow

    window = MainWindow()
    window.resize(*size)
    window.show()
    controller = AppController(window, compose(folder=data, credentials=SessionCredentials(), environment={}))
    running = asyncio.ensure_future(controller.run(scenario))

    def is_at_rest() -> bool:
        return scenario is None or (controller.view is not None and controller.view.items.is_at_rest)

    try:
        while not is_at_rest():  # it may be read again meanwhile
            await until(is_at_rest)
            await asyncio.sleep(0.5)
        yield controller
    finally:
        window.close()
        await running
        window.deleteLater()
