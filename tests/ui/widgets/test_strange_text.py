"""Texts that would turn, hide or freeze: what is painted, and that the whole can be had."""

from time import monotonic

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.texts.screen import isolated
from ui.theme.tooltip import plain_tooltip
from ui.widgets.plain_label import PlainLabel
from ui.widgets.plain_text import LONGEST, PlainText

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
STRANGE = f"{OVERRIDE}25.00 DKK\x1b[2J\N{ZERO WIDTH SPACE}"
LONG_WORD = "W" * 100_000


@pytest.mark.parametrize("manner", [{}, {"wrap": True}, {"elide": True}, {"selectable": True}])
def test_a_label_shows_no_more_than_letters_and_knows_what_it_was_given(qtbot: QtBot, manner: dict[str, bool]) -> None:
    label = PlainLabel(STRANGE, **manner)
    qtbot.addWidget(label)
    label.resize(600, 40)
    label.show()
    assert label.shown() == "25.00 DKK [2J"
    assert label.text() == STRANGE


@pytest.mark.parametrize("manner", [{}, {"wrap": True}, {"elide": True}, {"selectable": True}])
def test_a_word_without_an_end_is_shown_in_part_by_a_label(qtbot: QtBot, manner: dict[str, bool]) -> None:
    label = PlainLabel(LONG_WORD, **manner)
    qtbot.addWidget(label)
    label.resize(200, 40)
    label.show()
    assert len(label.shown()) <= 2_000
    assert label.text() == LONG_WORD


@pytest.mark.parametrize("mono", [False, True])
def test_a_word_without_an_end_is_laid_out_at_once_and_copied_whole(qtbot: QtBot, mono: bool) -> None:
    began = monotonic()
    text = PlainText(LONG_WORD, mono=mono)
    qtbot.addWidget(text)
    for width in (20, 90, 220, 480):
        text.resize(width, text.heightForWidth(width))
        text.show()
    assert monotonic() - began < 5  # it was minutes
    assert text.shown().startswith("W" * LONGEST)
    assert f"{len(LONG_WORD) - LONGEST:,} more characters" in text.shown()
    text.setFocus()
    for key in (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Copy):
        QTest.keySequence(text, QKeySequence(key))
    assert QGuiApplication.clipboard().text() == LONG_WORD


def test_what_is_copied_of_a_part_has_no_breaks_of_ours_and_what_is_copied_whole_is_as_it_came(qtbot: QtBot) -> None:
    text = PlainText("V" * 200 + STRANGE)
    qtbot.addWidget(text)
    cursor = text.textCursor()
    cursor.setPosition(150, cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    assert set(text.createMimeDataFromSelection().text()) == {"V"}
    text.selectAll()
    assert text.createMimeDataFromSelection().text() == "V" * 200 + STRANGE
    assert OVERRIDE not in text.toPlainText()


def test_a_tooltip_shows_no_more_than_letters() -> None:
    assert OVERRIDE not in plain_tooltip(STRANGE)
    assert "25.00 DKK" in plain_tooltip(STRANGE)


@pytest.mark.parametrize(
    "words", ["\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}", f"{OVERRIDE}\N{HEBREW LETTER SHIN}"]
)
def test_an_amount_beside_words_from_right_to_left_stands_where_it_was_put(qtbot: QtBot, words: str) -> None:
    sentence = f"{isolated(words)} · 25.00 DKK"
    text = PlainText(sentence)
    qtbot.addWidget(text)
    text.resize(600, 40)
    text.show()
    block = text.document().firstBlock()
    line = block.layout().lineAt(0)
    amount, currency = (line.cursorToX(block.text().index(part))[0] for part in ("25.00", "DKK"))
    assert 0 < amount < currency
