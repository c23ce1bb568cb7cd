"""The open window as a test sees and uses it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fakes.qt_loop import until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.completion.gate_panel import GatePanel
from ui.completion.preview_dialog import PreviewDialog
from ui.connections.app_controller import AppController
from ui.connections.connection_view import ConnectionView
from ui.items.page import ItemsPage
from ui.jobs.page import JobsPage
from ui.shell.main_window import MainWindow
from ui.widgets.message_bar import MessageBar
from ui.widgets.ready_button import ReadyButton


class Desk:
    """What the user has before them."""

    def __init__(self, controller: AppController) -> None:
        self.controller = controller
        self.window: MainWindow = controller.window

    @property
    def view(self) -> ConnectionView:
        assert self.controller.view is not None
        return self.controller.view

    @property
    def jobs(self) -> JobsPage:
        return self.controller.manager.jobs_page

    @property
    def items(self) -> ItemsPage:
        return self.view.items_page

    @property
    def gate(self) -> GatePanel:
        return self.view.gate

    @property
    def dialog(self) -> PreviewDialog:
        assert self.view.completion.dialog is not None
        return self.view.completion.dialog

    async def read(self) -> None:
        """Until a job is on screen with all that can be read about it."""
        await until(lambda: self.controller.view is not None and self.view.items.is_at_rest)

    async def open_preview(self) -> PreviewDialog:
        await press(self.gate.action)
        return self.dialog

    @property
    def result(self) -> MessageBar:
        """The line that says what was confirmed, once no dialog does."""
        return self.window.result

    async def send(self) -> MessageBar:
        """Presses the dialog's button and waits for what came of it: in the dialog what has to be read, else in a
        line."""
        dialog = self.dialog
        dialog.messages.clear()
        self.result.clear()
        await press(dialog.send)
        # The line first: the dialog is gone where it says something.
        await until(lambda: self.result.title() or dialog.messages.title())
        return self.result if self.result.title() else dialog.messages

    async def close_dialog(self) -> None:
        """Where it has not gone by itself, its event confirmed."""
        if self.view.completion.dialog is None:
            return
        await press(self.dialog.cancel)
        await until(lambda: self.view.completion.dialog is None)

    def press_key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)

    def blockers(self) -> list[str]:
        return [widget.accessibleName() or widget.text() for widget in self.gate.blockers]


async def press(place: QWidget, name: str = "") -> None:
    """Clicks the button, or the one of that name within the place, once it is there, visible and enabled.

    A widget that is added to a visible window is shown by a call that Qt queues: to be there is not to be seen yet.
    """

    def reachable() -> list[QAbstractButton]:
        found = place.findChildren(QAbstractButton, name) if name else [place]
        return [each for each in found if each.isVisible() and _can_act(each)]

    try:
        await until(reachable)
    except TimeoutError:
        raise AssertionError(f"nobody can press {name or place.objectName()}") from None
    QTest.mouseClick(reachable()[0], Qt.MouseButton.LeftButton)


def _can_act(button: QAbstractButton) -> bool:
    return button.is_ready() if isinstance(button, ReadyButton) else button.isEnabled()


OpenDesk = Callable[..., AbstractAsyncContextManager[Desk]]


def final_events(sandbox: RunningSandbox) -> list[dict[str, Any]]:
    """Every final event that the sandbox received from the window, applied or not."""
    events: Any = sandbox.received()["events"]
    return [event for event in events if event["actor"] == "api" and event["body"]["event"] != "started"]
