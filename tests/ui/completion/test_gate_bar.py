"""The answer as a few lines: short of room, it never takes that of the items."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.completion.gate_bar import GateBar
from ui.theme.apply import apply_theme
from ui.theme.tokens import Scheme
from ui.tools.fit import cut_off
from ui.widgets.ready_button import ReadyButton

FEW = "39 of 42 items final. Not yet: 2 items are still pending."
MANY = " ".join(f"{number} items are still pending since a day in March." for number in range(2, 40))


@pytest.fixture
def bar(qapp: QApplication, qtbot: QtBot) -> GateBar:
    apply_theme(qapp, Scheme.LIGHT)
    made = GateBar()
    qtbot.addWidget(made)
    made.resize(420, 40)
    made.show()
    return made


@pytest.fixture
def button(qapp: QApplication) -> Iterator[ReadyButton]:
    """The pane's own."""
    pane = QWidget()
    made = ReadyButton("Complete…", pane)
    yield made
    pane.deleteLater()


def test_of_many_words_the_first_lines_are_in_sight_and_the_button_always_is(
    qtbot: QtBot, bar: GateBar, button: ReadyButton
) -> None:
    bar.follow("Not yet ready", MANY, button)
    lines = bar.words.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: bar.reading.verticalScrollBar().maximum() > 0)
    bar.resize(420, bar.heightForWidth(420))
    qtbot.waitUntil(lambda: bar.reading.viewport().height() == 3 * lines)
    assert bar.heightForWidth(420) < 5 * lines
    assert bar.action.isVisible()
    assert bar.headline.height() >= bar.headline.heightForWidth(bar.headline.width())
    assert cut_off(bar) == []


def test_the_rest_is_reached_by_keys_and_said_by_name(qtbot: QtBot, bar: GateBar, button: ReadyButton) -> None:
    bar.follow("Not yet ready", MANY, button)
    qtbot.waitUntil(lambda: bar.reading.focusPolicy() is Qt.FocusPolicy.StrongFocus)
    assert bar.reading.accessibleName() == "Not yet ready"
    assert bar.reading.accessibleDescription() == MANY
    bar.resize(420, bar.heightForWidth(420))
    qtbot.waitUntil(lambda: bar.reading.viewport().height() > 0)
    bar.reading.setFocus()
    qtbot.keyClick(bar.reading, Qt.Key.Key_PageDown)
    assert bar.reading.verticalScrollBar().value() > 0


def test_few_words_are_all_in_sight_and_no_stop_for_the_keyboard(
    qtbot: QtBot, bar: GateBar, button: ReadyButton
) -> None:
    bar.follow("Not yet ready", FEW, button)
    bar.resize(900, bar.heightForWidth(900))
    qtbot.waitUntil(lambda: bar.reading.height() >= bar.words.heightForWidth(bar.words.width()))
    assert bar.reading.verticalScrollBar().maximum() == 0
    assert bar.reading.focusPolicy() is Qt.FocusPolicy.NoFocus
