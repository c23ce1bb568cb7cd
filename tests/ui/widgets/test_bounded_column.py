"""What may be long has its bound, and what is beyond it is reached by scrolling: nothing else loses its room."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.apply import apply_theme
from ui.theme.tokens import Scheme
from ui.tools.fit import cut_off
from ui.widgets.bounded_column import BoundedColumn
from ui.widgets.empty_state import EmptyState
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.plain_label import PlainLabel

SENTENCE = "Pleo says 42 items, but only 40 of them could be read. "


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.LIGHT)


class Frame(QWidget):
    """A column above something that takes what is left."""

    def __init__(self, column: BoundedColumn) -> None:
        super().__init__()
        self.below = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(column)
        layout.addWidget(self.below, 1)


def shown_in(qtbot: QtBot, column: BoundedColumn, width: int = 300, height: int = 400) -> Frame:
    frame = Frame(column)
    qtbot.addWidget(frame)
    frame.resize(width, height)
    frame.show()
    return frame


def test_it_is_as_high_as_its_words_and_no_higher_than_its_bound(qtbot: QtBot) -> None:
    column, label = BoundedColumn(highest=100), PlainLabel(SENTENCE, wrap=True)
    column.column.addWidget(label)
    frame = shown_in(qtbot, column)
    qtbot.waitUntil(lambda: 0 < column.height() == label.heightForWidth(label.width()))
    label.setText(SENTENCE * 20)
    qtbot.waitUntil(lambda: column.height() == 100)
    assert frame.below.height() == 300
    assert column.verticalScrollBar().maximum() > 0
    column.bound_to(160)
    qtbot.waitUntil(lambda: column.height() == 160)


def test_it_takes_no_room_while_nothing_is_shown_in_it(qtbot: QtBot) -> None:
    column, bar = BoundedColumn(highest=90), MessageBar()
    column.column.addWidget(bar)
    frame = shown_in(qtbot, column)
    assert frame.below.height() == 400
    bar.show_message(MessageKind.ERROR, SENTENCE, "detail\n" * 40, advice=SENTENCE * 9)
    qtbot.waitUntil(lambda: column.height() == 90)
    bar.clear()
    qtbot.waitUntil(lambda: frame.below.height() == 400)


def test_keys_scroll_what_is_only_read_and_pass_by_what_is_all_in_sight(qtbot: QtBot) -> None:
    column, label = BoundedColumn(highest=60, is_read=True), PlainLabel(SENTENCE, wrap=True)
    column.column.addWidget(label)
    frame = shown_in(qtbot, column)
    qtbot.waitUntil(lambda: column.focusPolicy() is Qt.FocusPolicy.NoFocus)
    assert 0 < column.height() < frame.height()
    label.setText(SENTENCE * 20)
    qtbot.waitUntil(lambda: column.focusPolicy() is Qt.FocusPolicy.StrongFocus)
    column.setFocus()
    qtbot.keyClick(column, Qt.Key.Key_Down)
    assert column.verticalScrollBar().value() > 0
    label.setText("Short")
    qtbot.waitUntil(lambda: column.focusPolicy() is Qt.FocusPolicy.NoFocus)


def test_an_empty_page_scrolls_where_it_has_too_little_room_and_stands_in_the_middle_where_it_has(qtbot: QtBot) -> None:
    page = EmptyState("job-pending", "Nothing needs you", SENTENCE * 3, "Read again")
    qtbot.addWidget(page)
    page.resize(220, 90)
    page.show()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert cut_off(page) == []
    page.resize(400, 600)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0)
    title = page.findChildren(PlainLabel)[0]
    assert 100 < title.mapTo(page, QPoint(0, 0)).y() < 300
