"""Text that wraps is measured as it is laid out: what needs more lines gets the height for them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.common.dialogs import Question
from ui.theme.apply import apply_theme
from ui.theme.tokens import Scheme
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.plain_text import PlainText
from ui.widgets.sentence_button import SentenceButton

SENTENCE = (
    "Pleo says 42 items, but only 40 of them could be read, so that nothing can be completed before all are here. "
)
LONG_WORD = "9c3e8f0a7b6d4e5f9c3e8f0a7b6d4e5f9c3e8f0a7b6d4e5f9c3e8f0a"


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.LIGHT)


def bar() -> QWidget:
    made = MessageBar()
    made.show_message(
        MessageKind.ERROR, SENTENCE, "detail " * 40, advice=SENTENCE * 2, actions=[("again", "Read again")]
    )
    made.findChild(QWidget, "messageDetails").click()
    return made


def facts() -> QWidget:
    made = FactList()
    made.set_facts(
        [Fact("Reason", SENTENCE * 2), Fact("A label that is long too", "x"), Fact("Id", LONG_WORD, mono=True)]
    )
    return made


WIDGETS: dict[str, Callable[[], QWidget]] = {
    "label": lambda: PlainLabel(SENTENCE, wrap=True),
    "title": lambda: PlainLabel(SENTENCE, role=TextRole.TITLE, wrap=True),
    "long word": lambda: PlainLabel(LONG_WORD, wrap=True),
    "sentence": lambda: SentenceButton(SENTENCE, "status-open"),
    "bar": bar,
    "facts": facts,
    "empty": lambda: EmptyState("job-list", SENTENCE, SENTENCE, "Do it"),
}


def cut_off(root: QWidget) -> list[str]:
    """The texts below `root` that have less room than they need."""
    labels = [label for label in root.findChildren(QLabel) if label.isVisible() and label.text()]
    cut = [label.text() for label in labels if needed(label).height() > label.height() or too_wide(label)]
    texts = [text for text in root.findChildren(PlainText) if text.isVisible()]
    return cut + [text.text() for text in texts if text.document().size().height() > text.viewport().height() + 1]


def needed(label: QLabel) -> QRect:
    room = QRect(0, 0, label.width(), 10_000)
    flags = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag.TextSingleLine
    return QFontMetrics(label.font()).boundingRect(room, flags, QLabel.text(label))


def too_wide(label: QLabel) -> bool:
    return needed(label).width() > label.width()


@pytest.mark.parametrize("width", [220, 300, 480, 900])
@pytest.mark.parametrize("name", list(WIDGETS))
def test_nothing_is_cut_off_in_a_column_that_scrolls(qtbot: QtBot, name: str, width: int) -> None:
    area = ScrollColumn()
    qtbot.addWidget(area)
    area.column.addWidget(WIDGETS[name]())
    area.column.addWidget(PlainLabel(SENTENCE, wrap=True))
    area.column.addStretch()
    area.resize(width, 200)
    area.show()
    QApplication.processEvents()
    assert cut_off(area.widget()) == []


@pytest.mark.parametrize("name", list(WIDGETS))
def test_nothing_is_cut_off_when_the_width_changes(qtbot: QtBot, name: str) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    column = QVBoxLayout(frame)
    column.addWidget(WIDGETS[name]())
    column.addStretch()
    for width in (800, 260, 400):
        frame.resize(width, column.totalHeightForWidth(width))
        frame.show()
        QApplication.processEvents()
        assert cut_off(frame) == []


def test_a_long_text_that_is_exchanged_gets_its_room(qtbot: QtBot) -> None:
    area = ScrollColumn()
    qtbot.addWidget(area)
    label, button, list_ = PlainLabel("short", wrap=True), SentenceButton("short"), FactList()
    for widget in (label, button, list_):
        area.column.addWidget(widget)
    list_.set_facts([Fact("Reason", "short")])
    area.column.addStretch()
    area.resize(260, 400)
    area.show()
    QApplication.processEvents()
    label.setText(SENTENCE)
    button.set_sentence(SENTENCE)
    list_.set_facts([Fact("Reason", SENTENCE)])
    for _ in range(3):  # a layout within a layout settles in the round after
        QApplication.processEvents()
    assert cut_off(area.widget()) == []


@pytest.mark.parametrize("repeat", [1, 6])
def test_a_question_is_as_high_as_its_words(qtbot: QtBot, repeat: int) -> None:
    question = Question(None, "Really?", SENTENCE * repeat, action="Send completed with errors", detail="{}\n{}")
    qtbot.addWidget(question)
    question.show()
    QApplication.processEvents()
    assert cut_off(question) == []
    assert question.height() < 200 + 60 * repeat
