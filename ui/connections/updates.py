"""Between the update check and the window: the one question, and the word that something newer is there."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, QUrl

from app.errors import SettingsProblem
from app.messages import tr
from app.settings.preferences import PreferencesBook
from app.updates.announcement import Announcement
from ui.common.dialogs import confirm
from ui.common.opening import open_in_browser
from ui.common.tasks import Tasks
from ui.shell.main_window import MainWindow
from ui.widgets.message_bar import MessageKind

# What is due is looked at as often: a window stays open for days.
_AGAIN_MINUTES = 30
_OPEN_PAGE = "open-page"


class LooksForUpdates(Protocol):
    """app.composition.update_check in this window's eyes."""

    @property
    def page(self) -> str: ...

    def count_start(self) -> None: ...

    def wants_to_ask_user(self) -> bool: ...

    async def look(self, is_sending: Callable[[], bool]) -> Announcement | None: ...


class UpdatesPresenter(QObject):
    """Nothing is asked for before the first jobs were read, and nothing at all where the build names no address."""

    def __init__(
        self,
        window: MainWindow,
        check: LooksForUpdates,
        preferences: PreferencesBook,
        is_sending: Callable[[], bool],
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._check = check
        self._preferences = preferences
        self._is_sending = is_sending
        self._tasks = tasks
        self._timer = QTimer(self, interval=_AGAIN_MINUTES * 60_000)
        self._timer.timeout.connect(self._look_again)
        window.news.action_requested.connect(self._open_page)

    def start(self) -> None:
        if self._check.page:
            self._tasks.start(self._begin())

    def close(self) -> None:
        self._timer.stop()

    async def _begin(self) -> None:
        try:
            await asyncio.to_thread(self._check.count_start)
            if await asyncio.to_thread(self._check.wants_to_ask_user):
                await self._ask()
        except SettingsProblem:
            # What cannot be remembered would be asked at each start.
            return
        self._timer.start()
        await self._look()

    async def _ask(self) -> None:
        answer = await confirm(
            self._window,
            tr("Shall Signoff look for new versions?"),
            tr(
                "Once a day it would fetch one small signed text, over your proxy, and tell you when a newer version "
                "is there. It sends nothing about you and downloads nothing. You can change this under Tools, Settings."
            ),
            action=tr("Look once a day"),
            cancel=tr("Do not look"),
        )
        self._preferences.change(look_for_updates=answer)

    def _look_again(self) -> None:
        self._tasks.replace("updates", self._look())

    async def _look(self) -> None:
        found = await self._check.look(self._is_sending)
        if found:
            self.tell(found)

    def tell(self, found: Announcement) -> None:
        """That a newer version is there."""
        self._window.news.show_message(
            MessageKind.INFO,
            tr("Signoff {version} is there", version=found.version),
            found.notes,
            actions=((_OPEN_PAGE, tr("Open the page")),),
        )

    def _open_page(self, key: str) -> None:
        if key == _OPEN_PAGE:
            open_in_browser(QUrl(self._check.page), self._window.messages)
