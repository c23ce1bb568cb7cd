"""For every test of the window: a loop of its own."""

import gc
from collections.abc import Iterator

import pytest
from fakes.qt_loop import Run, one_loop
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from ui.widgets.enter_key import EnterKey


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    with one_loop(qapp) as run_until_complete:
        yield run_until_complete


@pytest.fixture
def enter_key(qapp: QApplication) -> Iterator[None]:
    """As the main window has it, for dialogs that are shown without one."""
    watcher = EnterKey(qapp)
    yield
    delete(watcher)


@pytest.fixture(scope="module", autouse=True)
def no_widget_is_left_to_other_threads() -> Iterator[None]:
    """What cycles hold of Qt is freed here: Qt does not survive being collected on a later test's thread."""
    yield
    if QApplication.instance() is not None:
        gc.collect()
