"""The machine's power as a port: whether it runs on battery."""

import sys
from collections.abc import Callable
from pathlib import Path

# Whether the machine runs on battery; None where nobody knows.
OnBattery = Callable[[], bool | None]

_LINUX = Path("/sys/class/power_supply")


def on_battery(supplies: Path = _LINUX, platform: str = sys.platform) -> bool | None:
    """A machine without a battery is not on it, or nobody knows, as the system has it."""
    return _of_supplies(supplies) if platform.startswith("linux") else _of_system()


def _of_supplies(supplies: Path) -> bool | None:
    """Linux tells of each supply in a folder of its own. psutil would take a mouse's battery for the machine's there,
    and knows mains by two of its many names only."""
    try:
        found = [(_said(supply / "type"), supply) for supply in supplies.iterdir()]
    except OSError:
        return None
    if any(_said(supply / "online") == "1" for kind, supply in found if kind in ("Mains", "USB")):
        return False
    # The battery of a mouse or a phone says that its scope is that device.
    batteries = [supply for kind, supply in found if kind == "Battery" and _said(supply / "scope") != "Device"]
    return any(_said(battery / "status") == "Discharging" for battery in batteries)


def _of_system() -> bool | None:
    """None where there is no battery too."""
    import psutil

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError):
        # Some systems have no such question, some no answer.
        return None
    return None if battery is None or battery.power_plugged is None else not battery.power_plugged


def _said(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
