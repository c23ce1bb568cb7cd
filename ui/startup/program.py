"""The running program: first the window, then the network behind it, at last a clean end."""

import importlib
import logging
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.errors import SettingsProblem
from app.messages import joined, tr
from app.settings.paths import data_folder
from app.settings.window_state import (
    WindowStateFile,
    colours_at_start,
    density_at_start,
    language_at_start,
    text_percent_at_start,
)
from app.texts.screen import for_screen
from ui.common.language import speak_from_now_on, system_language
from ui.common.main_thread_gc import MainThreadCollector
from ui.shell.main_window import MainWindow
from ui.shell.window_geometry import show_as_left
from ui.startup.display import NO_WINDOW, display_needed
from ui.startup.single_instance import SingleInstance
from ui.theme.apply import apply_theme, set_text, system_scheme
from ui.theme.icons import app_icon
from ui.theme.metrics import Density
from ui.theme.tokens import Scheme

if TYPE_CHECKING:
    from ui.connections.app_controller import AppController


# The installer's shortcut carries the same.
APP_USER_MODEL_ID = "local.signoff.Signoff"


def run_window(scenario: str | None, language: str | None = None) -> int:
    """Opens the window and returns when it was closed. `scenario` names a sandbox; None takes what is stored. So does
    `language`, the code of one."""
    name_for_the_task_bar()
    with display_needed():
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Signoff")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("signoff")
    try:
        folder = data_folder()
    except SettingsProblem as problem:
        speak_from_now_on(language or system_language(), app)
        return _say_why_not(app, problem)
    speak_from_now_on(language or language_at_start(folder) or system_language(), app)
    single = SingleInstance(folder)
    if not single.acquire():
        return _ask_the_first(single, folder)
    set_text(app, text_percent_at_start(folder), Density(density_at_start(folder)))
    chosen = colours_at_start(folder)
    apply_theme(app, system_scheme() if chosen == "system" else Scheme(chosen))
    window = MainWindow()
    single.raise_requested.connect(window.come_to_front)
    show_as_left(window, WindowStateFile(folder).read())
    # The one place that spins Qt by hand: the frame is on screen before the network stack is imported.
    app.processEvents()
    app.setWindowIcon(app_icon())
    single.answer_others()
    import asyncio

    from app.platform.daemon_threads import DaemonThreads
    from ui.common.event_loop import WindowLoop

    app.setQuitOnLastWindowClosed(False)
    loop = WindowLoop(app)
    loop.set_default_executor(DaemonThreads())
    asyncio.set_event_loop(loop)
    collector = MainThreadCollector()
    with loop:
        loop.run_until_complete(_run(window, scenario))
    collector.stop()
    single.release()
    _end_at_once_where_qt_could_not()
    return 0


def _say_why_not(app: QApplication, problem: SettingsProblem) -> int:
    """In a window too: whoever clicked on an icon sees no standard error."""
    from PySide6.QtWidgets import QMessageBox  # Qt's classes are made when they are first named, which takes its time

    title = joined("", (problem.title, "."))
    print(for_screen(joined(" ", filter(None, (title, problem.advice)))), file=sys.stderr)
    apply_theme(app, system_scheme())
    box = QMessageBox(QMessageBox.Icon.Critical, "Signoff", for_screen(title))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(for_screen(problem.advice))
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.finished.connect(app.quit)
    box.open()
    app.exec()
    return NO_WINDOW


def _ask_the_first(single: SingleInstance, folder: Path) -> int:
    if single.ask_the_first():
        print(tr("Signoff is open already: its window was asked to come to the front."), file=sys.stderr)
        return 0
    words = tr(
        "Signoff is open already with the data folder {folder}, and its window does not answer. "
        "Wait a little and try again, or end that program first.",
        folder=folder,
    )
    print(for_screen(words), file=sys.stderr)
    return NO_WINDOW


def _end_at_once_where_qt_could_not() -> None:
    """Qt's own end waits for a service of the system that never answers: without a window, and for ever."""
    from ui.connections.machine import is_loading_network_information

    if is_loading_network_information():
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            if stream:  # a packaged program without a terminal has none
                stream.flush()
        if sys.platform == "win32":
            import ctypes

            # There a plain end ends the waiting thread first, and then asks each library to clean up behind it.
            kernel = ctypes.windll.kernel32
            kernel.TerminateProcess(ctypes.c_void_p(kernel.GetCurrentProcess()), 0)
        os._exit(0)


def name_for_the_task_bar() -> None:
    """Windows puts windows together by this name, and takes it for Python's otherwise. Before the first window."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_USER_MODEL_ID)


async def _run(window: MainWindow, scenario: str | None) -> None:
    import asyncio

    # In a thread, so that the painted window answers meanwhile, also where the system is asked for its keyring.
    module = await asyncio.to_thread(importlib.import_module, "ui.connections.app_controller")
    controller: AppController = module.AppController(window, await asyncio.to_thread(module.compose))
    sys.excepthook = lambda kind, error, trace: _show_uncaught(controller, kind, error, trace)
    beat = _listen_to_ctrl_c(window)
    try:
        await controller.run(scenario)
    finally:
        beat.stop()
        sys.excepthook = sys.__excepthook__


def _show_uncaught(
    controller: "AppController", kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    from app.platform.logs import masked_traceback

    print(masked_traceback(error.with_traceback(trace)), file=sys.stderr)
    controller.show_bug(error)


def _listen_to_ctrl_c(window: MainWindow) -> QTimer:
    """Ctrl-C asks the program to end. Python sees a signal only when it runs, so an idle Qt is woken for it."""
    import signal

    signal.signal(signal.SIGINT, lambda _number, _frame: window.quit_requested.emit())
    beat = QTimer()
    beat.timeout.connect(lambda: None)
    beat.start(200)
    return beat
