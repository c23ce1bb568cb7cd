"""No override of the tables raises into Qt: Shiboken would give up the next one for it, and free it."""

import importlib
import pkgutil
import sys
import types

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

import ui.tables
from ui.tables.column import Column
from ui.tables.model import RecordTableModel
from ui.tables.override import override
from ui.tables.view import RecordTableView

COLUMNS = (Column("number", "Number", lambda row: row, str), Column("square", "Square", lambda row: row * row, str))
# Called by this program alone, or nothing in them can fail, or guarded within.
GUARDED_OTHERWISE = {"setModel", "rowCount", "columnCount", "data", "sort", "keyboardSearch"}


def overrides():
    for module in pkgutil.iter_modules(ui.tables.__path__, "ui.tables."):
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, QObject) and kind.__module__ == module.name:
                bases = [base for base in kind.__mro__ if base.__module__.startswith("PySide6")]
                for name, method in vars(kind).items():
                    if isinstance(method, types.FunctionType) and any(name in vars(base) for base in bases):
                        yield pytest.param(name, method, id=f"{kind.__name__}.{name}")


@pytest.mark.parametrize(("name", "method"), [*overrides()])
def test_every_override_of_the_tables_is_guarded(name, method):
    assert name.startswith("__") or name in GUARDED_OTHERWISE or hasattr(method, "__wrapped__")


class Broken(QTableView):
    @override(lambda: QSize(7, 7))
    def sizeHint(self) -> QSize:
        raise KeyError("a mistake")


def test_what_an_override_raises_is_reported_and_qt_is_given_a_plain_answer(qtbot: QtBot, monkeypatch):
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: told.append(error))
    table = Broken()
    qtbot.addWidget(table)
    holder = QWidget()
    qtbot.addWidget(holder)
    assert table.sizeHint() == QSize(7, 7)
    assert [str(error) for error in told] == ["'a mistake'"]


def test_a_cell_that_cannot_be_told_is_reported_and_left_empty(qtbot: QtBot, monkeypatch):
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: told.append(error))
    model = RecordTableModel((Column("broken", "Broken", lambda row: row, lambda row: {}[row]),), lambda row: row)
    model.set_rows([1])
    assert model.data(model.index(0, 0)) is None
    assert [type(error) for error in told] == [KeyError]


def references():
    """By override, how often it is held: at least once less where one was freed that is still in use."""
    methods = {name: method for name, method in vars(RecordTableView).items() if hasattr(method, "__wrapped__")}
    return {name: sys.getrefcount(method) for name, method in methods.items()}


def test_a_table_that_is_on_screen_already_takes_its_model_without_a_mistake(qtbot: QtBot):
    """Qt lays it out meanwhile; an override that was given up for a mistake there lost a reference each time."""
    before = references()
    for _ in range(5):
        table = RecordTableView()
        qtbot.addWidget(table)
        table.show()
        model = RecordTableModel(COLUMNS, lambda row: row, table)
        table.setModel(model)
        model.set_rows(range(3))
        table.choose_first()
        assert table.selected_ids() == [0]
    assert references() == before
