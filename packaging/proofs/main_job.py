"""Proves a packaged program by the main job: the real window on its sandbox, by keys alone, and the journal after.

    main_job.py PROGRAM [WORD …] [--screenshot FILE]

PROGRAM and the words before its own start it, such as `wine` and a path. Needs DISPLAY, xdotool, and for a picture
ImageMagick's `import`. Ends with 0 where the event left once and was confirmed, and the journal is intact.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

_PATIENCE_SECONDS = 120
_LOOK_SECONDS = 0.25
# A dialog that sends takes no key in its first second.
_HELD_SECONDS = 1.5
_DIALOG = "^Complete job"
_READY_SCENARIO = "some failed"


def main() -> int:
    said = argparse.ArgumentParser()
    said.add_argument("--screenshot", type=Path)
    said.add_argument("--data-dir", type=Path, help="an empty folder of the caller's, which is kept")
    said.add_argument("--data-dir-there", help="how the program calls it, where it is another system")
    said.add_argument("command", nargs="+")
    wishes = said.parse_args()
    folder = wishes.data_dir or Path(tempfile.mkdtemp(prefix="signoff-proof-"))
    try:
        return _prove(wishes.command, folder, wishes.data_dir_there or str(folder), wishes.screenshot)
    finally:
        if not wishes.data_dir:
            shutil.rmtree(folder, ignore_errors=True)


def _prove(command: list[str], folder: Path, there: str, screenshot: Path | None) -> int:
    environment = {"HOME": str(folder), **os.environ, "SIGNOFF_DATA_DIR": there}
    started = time.monotonic()
    program = subprocess.Popen([*command, "--sandbox", _READY_SCENARIO], env=environment)  # noqa: S603
    try:
        window = _until("the window", lambda: _said("xdotool", "search", "--onlyvisible", "--name", "^Signoff · "))
        print(f"a window with its sandbox after {time.monotonic() - started:.1f} s")
        number = window.splitlines()[-1]
        journal = folder / "sandbox" / "journal.sqlite3"
        _until("the dialog and the confirmed event", lambda: _complete(number, journal))
        print("the event left once and was confirmed")
        time.sleep(1)
        if screenshot:
            subprocess.run(["import", "-window", "root", str(screenshot)], check=True)  # noqa: S603, S607
        _until("the end of the window", lambda: _quit(program, number))
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()
    intact = subprocess.run(  # noqa: S603 - the program that is proved
        [*command, "verify-journal"],
        env=environment | {"SIGNOFF_DATA_DIR": f"{there}{_separator(there)}sandbox"},
        capture_output=True,
        text=True,
        check=False,
    )
    print(intact.stdout.strip() or intact.stderr.strip())
    return intact.returncode


def _separator(path: str) -> str:
    return "\\" if "\\" in path else "/"


def _quit(program: "subprocess.Popen[bytes]", window: str) -> bool:
    """What still stands open over the window is closed first."""
    dialog = _said("xdotool", "search", "--onlyvisible", "--name", _DIALOG)
    _keys(dialog.splitlines()[-1] if dialog else window, "Escape" if dialog else "ctrl+q")
    with suppress(subprocess.TimeoutExpired):
        return program.wait(timeout=_HELD_SECONDS) == 0
    return False


def _complete(window: str, journal: Path) -> bool:
    """Opens the dialog, confirms it once it is there, and says whether the journal holds one event that was judged."""
    kinds = _kinds(journal)
    if "judged" in kinds:
        return kinds.count("judged") == kinds.count("answered") == 1
    if "intended" not in kinds:
        dialog = _said("xdotool", "search", "--onlyvisible", "--name", _DIALOG)
        _keys(dialog.splitlines()[-1] if dialog else window, "ctrl+Return")
        time.sleep(_HELD_SECONDS)
    return False


def _kinds(journal: Path) -> list[str]:
    if not journal.exists():
        return []
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as connection:
        return [kind for (kind,) in connection.execute("SELECT kind FROM entry ORDER BY sequence")]
    return []


def _keys(window: str, keys: str) -> None:
    """To a window, which is given the focus: there is nobody else who would."""
    _said("xdotool", "windowfocus", window)
    _said("xdotool", "key", "--clearmodifiers", keys)


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603


def _until(what: str, found: Callable[[], object]) -> str:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if answer := found():
            return str(answer)
        time.sleep(_LOOK_SECONDS)
    raise SystemExit(f"{what} did not come within {_PATIENCE_SECONDS} seconds")


if __name__ == "__main__":
    sys.exit(main())
