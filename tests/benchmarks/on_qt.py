"""The window's event loop as the program sets it up, for a measurement in a process of its own."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from ui.startup.entry import import_plainly

Result = TypeVar("Result")


def on_qt(work: Coroutine[Any, Any, Result]) -> Result:
    import_plainly()
    from PySide6.QtWidgets import QApplication

    from ui.common.event_loop import WindowLoop
    from ui.common.main_thread_gc import MainThreadCollector
    from ui.theme.apply import apply_theme
    from ui.theme.tokens import Scheme

    app = QApplication([])
    apply_theme(app, Scheme.LIGHT)
    app.setQuitOnLastWindowClosed(False)
    loop = WindowLoop(app)
    asyncio.set_event_loop(loop)
    collector = MainThreadCollector()
    with loop:
        found: Result = loop.run_until_complete(work)
    collector.stop()
    return found
