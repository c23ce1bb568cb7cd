"""What cannot be undone is confirmed by a stroke of its own, after there was time to read."""

import pytest
from fakes.key_strokes import CONTROL, Seconds, down, hold_on, up
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from ui.widgets.confirm_keys import READING_SECONDS, ConfirmKeys

ENTER = Qt.Key.Key_Return


class Shown:
    """A dialog that was opened by Ctrl+Enter, and how often the same keys confirmed it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.times = 0
        self.seconds = Seconds()
        self.dialog = QDialog()
        self.field = QPlainTextEdit()
        QVBoxLayout(self.dialog).addWidget(self.field)
        self.keys = ConfirmKeys(self.dialog, self._count)
        self.keys.clock = self.seconds
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    def _count(self) -> None:
        self.times += 1

    def let_go(self) -> None:
        up(self.dialog, ENTER, CONTROL)
        self.seconds.now += 0.1

    def stroke(self, key: Qt.Key = ENTER) -> None:
        """Ctrl stays down."""
        down(self.dialog, key, CONTROL)
        self.seconds.now += 0.1
        up(self.dialog, key, CONTROL)
        self.seconds.now += 0.1


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_keys_that_opened_the_dialog_confirm_nothing_however_long_they_are_held(shown: Shown) -> None:
    for _ in range(5):
        hold_on(shown.dialog, ENTER, CONTROL)
        down(shown.dialog, ENTER, CONTROL)  # as where a repetition is taken for a press
        shown.seconds.now += READING_SECONDS
    assert shown.times == 0


def test_a_held_key_that_looks_like_strokes_confirms_nothing(shown: Shown) -> None:
    for _ in range(100):
        up(shown.dialog, ENTER, CONTROL)
        down(shown.dialog, ENTER, CONTROL)
        shown.seconds.now += 0.04
    assert shown.times == 0


def test_a_stroke_before_anybody_could_read_does_nothing_and_a_later_one_confirms(shown: Shown) -> None:
    shown.let_go()
    shown.stroke()
    assert shown.times == 0
    shown.seconds.now = READING_SECONDS
    shown.stroke()
    assert shown.times == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_once_enter_was_let_go_a_stroke_confirms(shown: Shown, key: Qt.Key) -> None:
    shown.let_go()
    shown.seconds.now = READING_SECONDS
    shown.stroke(key)
    assert shown.times == 1


def test_keys_that_were_let_go_before_the_dialog_had_the_focus_are_known_by_the_next_press(shown: Shown) -> None:
    shown.seconds.now = READING_SECONDS
    down(shown.dialog, Qt.Key.Key_Control, CONTROL)
    shown.seconds.now += 0.1
    shown.stroke()
    assert shown.times == 1


def test_what_the_field_with_the_focus_does_with_the_keys_does_not_matter(qtbot: QtBot, shown: Shown) -> None:
    shown.field.setFocus()
    qtbot.keyRelease(shown.dialog.windowHandle(), ENTER, CONTROL)
    shown.seconds.now = READING_SECONDS
    down(shown.field, ENTER, CONTROL)
    assert (shown.times, shown.field.toPlainText()) == (1, "")


def test_a_confirming_stroke_that_is_held_confirms_once(shown: Shown) -> None:
    shown.let_go()
    shown.seconds.now = READING_SECONDS
    down(shown.dialog, ENTER, CONTROL)
    hold_on(shown.dialog, ENTER, CONTROL)
    assert shown.times == 1


def test_what_is_shown_anew_has_to_be_read_first_too(shown: Shown) -> None:
    shown.let_go()
    shown.seconds.now = 5 * READING_SECONDS
    shown.keys.begin_anew()
    shown.let_go()
    shown.stroke()
    assert shown.times == 0
    shown.seconds.now += READING_SECONDS
    shown.stroke()
    assert shown.times == 1
