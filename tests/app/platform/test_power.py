import pytest

from app.platform.power import on_battery


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
    assert on_battery(tmp_path, "darwin") is None
