"""The window is put where it was left, as far as the screens of today allow."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.settings.window_state import Area, WindowState
from ui.shell.main_window import MainWindow
from ui.shell.window_geometry import show_as_left, state_of

Open = Callable[[WindowState], MainWindow]


def show_company(window: MainWindow) -> None:
    panes = QLabel("items"), QLabel("gate"), QLabel("answer")
    window.add_panes(*panes)
    window.show_panes(*panes)


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    def window(state: WindowState) -> MainWindow:
        made = MainWindow()
        qtbot.addWidget(made, before_close_func=MainWindow.let_go)
        show_as_left(made, state)
        made.install(QLabel("jobs"))
        made.show_jobs()
        show_company(made)
        return made

    return window


def test_the_window_is_put_where_it_was(qtbot: QtBot) -> None:
    for place in (Area(20, 30, 700, 500), Area(40, 10, 640, 480)):
        window = MainWindow()
        qtbot.addWidget(window, before_close_func=MainWindow.let_go)
        show_as_left(window, WindowState(place))
        assert state_of(window).place == place


def test_the_sizes_of_panes_and_what_is_hidden_come_back(opened: Open) -> None:
    left = opened(WindowState())
    left.resize(1280, 720)
    left.panes.setSizes([300, left.panes.width() - 600, 300])
    left.actions_by_name.show_gate.trigger()
    again = opened(state_of(left))
    assert not again.panes.widget(2).isVisible()
    assert again.panes.widget(0).isVisible()
    assert again.panes.sizes()[0] == left.panes.sizes()[0]


def test_a_window_that_was_on_a_monitor_that_is_gone_is_in_sight(opened: Open) -> None:
    window = opened(WindowState(Area(90_000, 90_000, 1000, 600)))
    assert window.screen().geometry().intersects(window.frameGeometry())


def test_a_maximised_window_is_so_again_and_knows_its_smaller_place(opened: Open) -> None:
    window = opened(WindowState(Area(20, 30, 700, 500), is_maximized=True))
    assert window.isMaximized()
    assert state_of(window).is_maximized


def test_sizes_stay_when_another_company_puts_its_panes_in(opened: Open) -> None:
    window = opened(WindowState())
    window.panes.setSizes([320, window.panes.width() - 640, 320])
    before = window.panes.sizes()
    show_company(window)
    assert window.panes.sizes() == before


def test_sizes_of_another_number_of_panes_are_passed_over(opened: Open) -> None:
    window = opened(WindowState(splitters={"panes": (1, 2)}))
    assert len(window.panes.sizes()) == 3
    assert min(window.panes.sizes()) > 100
