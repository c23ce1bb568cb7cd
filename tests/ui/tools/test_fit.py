"""What the look for cut words finds, and what it leaves alone."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from ui.tables.column import Column
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView
from ui.tools.fit import cut_off
from ui.tools.longer_language import LongerLanguage
from ui.widgets.plain_label import PlainLabel
from ui.widgets.wrapping_buttons import WrappingCheckBox, WrappingRadioButton

LONG = "Seconds after a send before an unchanged job proves that nothing arrived"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    return made


def put(window: QWidget, part: QWidget, width: int, height: int | None = None) -> None:
    part.setParent(window)
    part.setGeometry(10, 10, width, height or part.sizeHint().height())
    window.show()


def box(words: str) -> QComboBox:
    made = QComboBox()
    made.addItem(words)
    return made


def hinted(words: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(words)
    return made


def spun(words: str) -> QSpinBox:
    made = QSpinBox()
    made.setPrefix(words)
    return made


PARTS = {"label": QLabel, "button": QPushButton, "check": QCheckBox, "box": box, "hint": hinted, "number": spun}


@pytest.mark.parametrize("made", PARTS.values(), ids=list(PARTS))
def test_words_that_do_not_fit_are_found_and_those_that_do_are_not(qtbot: QtBot, window: QWidget, made) -> None:
    put(window, made(LONG), 120)
    assert any(LONG in found for found in cut_off(window))
    roomy = QWidget()
    qtbot.addWidget(roomy)
    roomy.resize(780, 300)
    put(roomy, made("Close"), 700)
    assert cut_off(roomy) == []


def test_a_label_that_wraps_needs_the_height_of_its_lines(window: QWidget) -> None:
    label = PlainLabel(LONG, wrap=True)
    put(window, label, 120, 16)
    assert "of height" in cut_off(window)[0]
    label.resize(120, label.heightForWidth(120))
    assert cut_off(window) == []


def test_a_wrapped_word_that_is_wider_than_its_label_is_found(window: QWidget) -> None:
    put(window, PlainLabel("Zahlungsläufe", wrap=True), 40, 60)
    assert "Zahlungsläufe" in cut_off(window)[0]


def test_of_labels_that_shorten_only_our_own_words_count(window: QWidget) -> None:
    label = PlainLabel("IKEA Svenska Försäljnings Aktiebolag", elide=True)
    put(window, label, 60, 16)
    assert cut_off(window) == []
    label.setText("⟦Results from the accounting system⟧")
    assert "is shortened" in cut_off(window)[0]


def test_words_that_others_lie_upon_are_found(window: QWidget) -> None:
    put(window, QLabel("Status"), 100)
    button = QPushButton("Close", window)
    button.setGeometry(10, 60, 100, 30)
    button.show()
    assert cut_off(window) == []
    button.move(10, 14)
    assert any("upon" in found for found in cut_off(window))


def test_what_lies_outside_is_found_unless_it_scrolls_into_sight(qtbot: QtBot, window: QWidget) -> None:
    button = QPushButton("Close")
    put(window, button, 100)
    button.move(340, 10)
    assert "outside" in cut_off(window)[0]
    area, inner = QScrollArea(window), QWidget()
    button.setParent(inner)
    button.move(10, 2000)
    inner.resize(200, 2100)
    area.setWidget(inner)
    area.resize(300, 200)
    area.show()
    qtbot.waitUntil(button.isVisible)
    assert cut_off(window) == []
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    assert "outside" in cut_off(window)[0]


def test_a_title_has_room_in_its_column_in_whatever_language(window: QWidget) -> None:
    table = RecordTableView()
    columns = (Column[int]("date", "⟦Buchungsdatum (UTC)⟧", lambda row: row, str, width=48), *filler())
    table.setModel(RecordTableModel(columns, lambda row: row, table))
    put(window, table, 380, 200)
    assert cut_off(window) == []
    table.horizontalHeader().resizeSection(0, 48)
    assert "Buchungsdatum" in cut_off(window)[0]


def filler() -> tuple[Column[int], ...]:
    return (Column("rest", "Rest", lambda row: row, str, width=60, stretch=True),)


def test_a_width_that_nobody_chose_is_that_of_the_title_at_the_next_start(qtbot: QtBot) -> None:
    def table(title: str) -> RecordTableView:
        made = RecordTableView()
        qtbot.addWidget(made)
        made.setModel(RecordTableModel((Column[int]("a", title, lambda row: row, str, width=48), *filler()), int, made))
        return made

    english, german = table("Day"), table("Buchungsdatum in koordinierter Weltzeit")
    german.apply_column_layout(english.column_layout())
    assert german.columnWidth(0) > english.columnWidth(0)
    assert german.column_layout().widths == english.column_layout().widths
    german.horizontalHeader().resizeSection(0, 77)
    chosen = table("Day")
    chosen.apply_column_layout(german.column_layout())
    assert chosen.columnWidth(0) == 77


@pytest.mark.parametrize("kind", [WrappingCheckBox, WrappingRadioButton])
def test_a_box_with_many_words_goes_on_in_the_next_line_and_is_pressed_there(
    qtbot: QtBot, window: QWidget, kind: type[WrappingCheckBox | WrappingRadioButton]
) -> None:
    made = kind(LONG)
    assert made.heightForWidth(made.sizeHint().width()) == made.sizeHint().height()
    high = made.heightForWidth(160)
    assert high > 2 * made.sizeHint().height()
    put(window, made, 160, high)
    assert cut_off(window) == []
    assert not made.grab().size().isEmpty()
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=made.rect().bottomRight() - made.rect().topLeft() / 2)
    assert made.isChecked()
    assert made.minimumSizeHint().width() < QSize(160, 0).width()


def test_the_longer_language_keeps_values_letters_of_keys_and_patterns_of_files() -> None:
    longer = LongerLanguage()
    said = longer.message("&Look for {n:,} files (*.toml) at https://example.org now")
    assert all(kept in said for kept in ("{n:,}", "*.toml", "https://example.org"))
    assert (said[0], said[-1], said.count("&")) == ("⟦", "⟧", 1)
    assert 1.25 < len(longer.message("The job has ended already")) / len("The job has ended already") < 1.55
