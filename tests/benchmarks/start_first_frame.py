"""From the start of the process to the first painted frame: the program's window beside a bare PySide6 window."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import monotonic

ROOT = Path(__file__).parents[2]
_TURNS = 9
_RATIO = 1.6

# Each prints the moment of its first paint and ends at once.
_SAID = "print(time.monotonic(), flush=True); os._exit(0)"
_BARE = f"""
import os, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event): {_SAID}
app = QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 720)
window.show()
app.exec()
"""
_OURS = f"""
import os, sys, time
sys.argv = ["signoff", "--sandbox"]
import gc
gc.disable()
import ui.startup.entry
ui.startup.entry.import_plainly()
import ui.startup.program
class Window(ui.startup.program.MainWindow):
    def paintEvent(self, event): {_SAID}
ui.startup.program.MainWindow = Window
ui.startup.entry.main()
"""


def figures() -> list[dict[str, object]]:
    turns = {"bare": _BARE, "ours": _OURS}
    times: dict[str, list[float]] = {name: [] for name in turns}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(_TURNS):
            for name, program in turns.items():
                times[name].append(_milliseconds(program, folder))
    ours, bare = (median(times[name]) for name in ("ours", "bare"))
    ratio = round(ours / bare, 2)
    return [
        {
            "figure": "start until the first frame, ms, beside a bare PySide6 window",
            "ours": round(ours),
            "reference": round(bare),
            "ratio": ratio,
            "bar": _RATIO,
            "holds": ratio <= _RATIO,
        }
    ]


def _milliseconds(program: str, folder: str) -> float:
    """`folder` takes what the program would write."""
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ | {"SIGNOFF_DATA_DIR": folder}
    began = monotonic()
    said = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT, env=environment
    )
    return (float(said.stdout.split()[-1]) - began) * 1e3
