"""What the start does not make before the first frame, because nothing of it is seen in it."""

import subprocess
import sys

MADE = """
import sys
import ui.startup.program
from PySide6 import QtCore, QtGui, QtWidgets
print(*sys.modules)
print(*vars(QtCore), *vars(QtGui), *vars(QtWidgets))
"""
LATER = {"asyncio", "httpx", "pydantic", "qasync", "socket", "ui.widgets.plain_text", "PySide6.QtNetwork"}
# Qt makes a class when it is first named, with all that it stands on: ten milliseconds for each of these.
LATER_CLASSES = {"QAccessible", "QCryptographicHash", "QMessageBox"}


def test_modules_and_classes_that_the_frame_does_not_show_are_made_after_it() -> None:
    told = subprocess.run([sys.executable, "-c", MADE], capture_output=True, text=True, check=True)
    modules, classes = (set(line.split()) for line in told.stdout.splitlines())
    assert modules & LATER == set()
    assert classes & LATER_CLASSES == set()
    assert "QMainWindow" in classes
