"""The window as it was left, and put there again on the screens of today."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from app.settings.window_state import Area, WindowState, fitted
from ui.shell.main_window import MainWindow


def show_as_left(window: MainWindow, state: WindowState) -> None:
    """Where no screen shows its old place any more, and at the first start, it is as large as is comfortable."""
    window.folding.hide(state.hidden)
    window.splitter_sizes.update({name: list(sizes) for name, sizes in state.splitters.items()})
    place = fitted(state.place, _screens()) if state.place else None
    if place is None:
        window.show_to_fit()
        return
    window.setGeometry(*place)
    if state.is_maximized:
        window.showMaximized()
    else:
        window.show()


def state_of(window: MainWindow) -> WindowState:
    """Without what is open in it."""
    window.remember_sizes()
    return WindowState(
        _area(window.normalGeometry()),
        window.isMaximized(),
        {name: tuple(sizes) for name, sizes in window.splitter_sizes.items()},
        window.folding.hidden(),
    )


def _screens() -> list[Area]:
    return [_area(each.availableGeometry()) for each in QGuiApplication.screens()]


def _area(rect: QRect) -> Area:
    return Area(rect.x(), rect.y(), rect.width(), rect.height())
