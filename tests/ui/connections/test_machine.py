import pytest
from PySide6.QtWidgets import QApplication

from ui.connections.machine import Machine


@pytest.mark.parametrize("power", [True, False, None])
def test_the_machine_tells_of_its_power_as_far_as_it_knows(qapp: QApplication, power: bool | None) -> None:
    found = Machine(power=lambda: power).polling_conditions(is_hidden=True)
    assert (found.on_battery, found.is_hidden) == (power, True)
    assert found.is_online in (True, False, None)
