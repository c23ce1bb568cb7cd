from dataclasses import dataclass

import psutil
import pytest

from app.platform.power import on_battery


@dataclass
class Battery:
    power_plugged: bool | None


@pytest.fixture
def supply(tmp_path):
    def made(name, **said):
        folder = tmp_path / name
        folder.mkdir()
        for file, words in said.items():
            (folder / file).write_text(f"{words}\n")

    return made


def test_a_machine_whose_battery_drains_is_on_battery(tmp_path, supply):
    supply("AC", type="Mains", online="0")
    supply("BAT0", type="Battery", status="Discharging")
    assert on_battery(tmp_path, "linux") is True


def test_a_machine_that_is_plugged_in_is_not(tmp_path, supply):
    supply("AC", type="Mains", online="1")
    supply("BAT0", type="Battery", status="Discharging")
    assert on_battery(tmp_path, "linux") is False


def test_the_battery_of_a_mouse_is_not_the_machines(tmp_path, supply):
    supply("hidpp_battery_0", type="Battery", status="Discharging", scope="Device")
    assert on_battery(tmp_path, "linux") is False


def test_a_machine_without_supplies_is_not_on_battery(tmp_path):
    assert on_battery(tmp_path, "linux") is False


def test_where_nobody_tells_nobody_knows(tmp_path):
    assert on_battery(tmp_path / "missing", "linux") is None


@pytest.mark.parametrize("platform", ["darwin", "win32"])
@pytest.mark.parametrize(
    ("battery", "known"),
    [(None, None), (Battery(None), None), (Battery(power_plugged=False), True), (Battery(power_plugged=True), False)],
)
def test_other_systems_are_asked_as_a_whole(monkeypatch, platform, battery, known):
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery)
    assert on_battery(platform=platform) is known


@pytest.mark.parametrize("trouble", [AttributeError, OSError, RuntimeError, NotImplementedError])
def test_a_system_that_cannot_answer_is_not_known(monkeypatch, trouble):
    def asked():
        raise trouble

    monkeypatch.setattr(psutil, "sensors_battery", asked)
    assert on_battery(platform="darwin") is None
