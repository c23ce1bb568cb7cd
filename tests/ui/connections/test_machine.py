import threading

import pytest
from PySide6.QtCore import QThread
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.connections.machine import Machine, is_loading_network_information, load_network_information


@pytest.mark.parametrize("power", [True, False, None])
def test_the_machine_tells_of_its_power_as_far_as_it_knows(qapp: QApplication, power: bool | None) -> None:
    found = Machine(power=lambda: power).polling_conditions(is_hidden=True)
    assert (found.on_battery, found.is_hidden) == (power, True)
    assert found.is_online in (True, False, None)


def test_a_system_that_keeps_qt_waiting_does_not_keep_the_window_waiting(qtbot: QtBot) -> None:
    asked, answer = threading.Event(), threading.Event()

    def slow() -> bool:
        asked.set()
        answer.wait(timeout=30)
        return False

    machine = Machine(load=slow)
    assert asked.wait(timeout=30)
    assert machine.polling_conditions(is_hidden=False).is_online is None
    assert is_loading_network_information()
    answer.set()
    qtbot.waitUntil(lambda: not is_loading_network_information(), timeout=30_000)


def test_what_was_loaded_in_another_thread_speaks_to_the_window_in_its_own(qtbot: QtBot, qapp: QApplication) -> None:
    threads = []

    def loaded() -> bool:
        threads.append(threading.current_thread())
        return load_network_information()

    if not QNetworkInformation.availableBackends():
        pytest.skip("Qt has no backend here")
    machine = Machine(load=loaded)
    qtbot.waitUntil(lambda: machine._network is not None, timeout=30_000)
    assert threads[0] is not threading.main_thread()
    assert QNetworkInformation.instance().thread() == QThread.currentThread()
