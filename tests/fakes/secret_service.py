"""A Secret Service of the test's own: gnome-keyring on a session bus that ends with it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]

# The daemon goes into the background when it is ready; the bus lives until standard input ends.
_WITH_KEYRING = "printf a-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
_BUS = 'printf "%s\\n" "$DBUS_SESSION_BUS_ADDRESS"; exec cat >/dev/null'


@contextmanager
def session_bus(home: Path, *, with_keyring: bool) -> Iterator[str]:
    """The address of a bus, with an unlocked keyring on it or with nobody."""
    home.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home),
    }
    script = (_WITH_KEYRING if with_keyring else "") + _BUS
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", script],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert session.stdout
    try:
        yield session.stdout.readline().strip()
    finally:
        session.communicate(timeout=20)
