"""The machine and its tray, as a test wants them to be."""

from PySide6.QtCore import QObject, Signal

from app.watching.schedule import PollingConditions


class FakeMachine(QObject):
    """A machine whose network and power are what the test says."""

    network_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_online: bool | None = None
        self.on_battery: bool | None = None

    def polling_conditions(self, *, is_hidden: bool) -> PollingConditions:
        return PollingConditions(self.is_online, self.on_battery, is_hidden)

    def go(self, *, online: bool) -> None:
        self.is_online = online
        self.network_changed.emit()


class FakeTray(QObject):
    """A desktop with a tray. `told` are the messages, title and text."""

    raise_requested = Signal()
    read_requested = Signal()
    quit_requested = Signal()
    message_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_shown = False
        self.told: list[tuple[str, str]] = []
        self.badge: tuple[int, str, bool] = (0, "", False)

    def set_wanted(self, *, is_wanted: bool) -> None:
        self.is_shown = is_wanted

    def show_count(self, count: int, words: str, *, hurries: bool) -> None:
        self.badge = (count, words, hurries)

    def tell(self, title: str, text: str) -> None:
        if self.is_shown:
            self.told.append((title, text))
