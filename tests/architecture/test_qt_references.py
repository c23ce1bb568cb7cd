"""PySide6 6.12.0 on Python 3.11 drops a reference to None with each void call, until Python aborts."""

import sys

from PySide6.QtCore import QObject


def test_thousands_of_qt_calls_cost_no_reference_to_none():
    thing = QObject()
    thing.setObjectName("warm")
    before = sys.getrefcount(None)
    for number in range(5_000):
        thing.setObjectName("odd" if number % 2 else "even")
    # Python itself moves the count by a handful; the defect would take 5,000.
    assert sys.getrefcount(None) > before - 500
