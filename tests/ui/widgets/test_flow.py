"""Parts beside each other that go on in the next line."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.flow import FlowLayout

GAP, HIGH = 4, 20


class Part(QLabel):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.setFixedSize(width, HIGH)


@pytest.fixture
def row(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    FlowLayout(GAP, parent=made)
    return made


def laid_out(row: QWidget, width: int) -> list[QRect]:
    layout = row.layout()
    assert layout is not None
    layout.setGeometry(QRect(0, 0, width, 200))
    return [layout.itemAt(place).geometry() for place in range(layout.count())]


def test_what_has_no_room_goes_on_in_the_next_line(row: QWidget) -> None:
    layout = row.layout()
    for width in (100, 60, 80):
        layout.addWidget(Part(width))
    assert [place.topLeft().toTuple() for place in laid_out(row, 248)] == [(0, 0), (104, 0), (168, 0)]
    assert [place.topLeft().toTuple() for place in laid_out(row, 247)] == [(0, 0), (104, 0), (0, HIGH + GAP)]
    assert (layout.heightForWidth(248), layout.heightForWidth(247), layout.heightForWidth(100)) == (20, 44, 68)
    assert layout.minimumSize().width() == 100


def test_what_is_left_of_a_line_goes_to_what_takes_any_width(row: QWidget) -> None:
    words = QLabel("words")
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    row.layout().addWidget(Part(100))
    row.layout().addWidget(words)
    row.layout().addWidget(Part(60))
    first, second, last = laid_out(row, 400)
    assert (first.width(), last.right()) == (100, 399)
    assert second.width() == 400 - 160 - 2 * GAP


def test_what_comes_and_goes_moves_nothing_into_another_line(row: QWidget) -> None:
    layout, busy = row.layout(), BusyIndicator("Reading amounts and suppliers …", delay_ms=0, elides=True)
    assert isinstance(layout, FlowLayout)
    layout.addWidget(Part(100))
    layout.add_yielding(busy)
    layout.addWidget(Part(60))
    row.resize(220, 100)
    row.show()
    at_rest = laid_out(row, 220)
    busy.start()
    assert laid_out(row, 220) == at_rest
    assert layout.heightForWidth(220) == max(HIGH, busy.sizeHint().height())
    assert at_rest[1].width() == 220 - 160 - 2 * GAP
