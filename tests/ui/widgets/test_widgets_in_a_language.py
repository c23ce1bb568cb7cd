"""Shared widgets say messages in the user's language, so that whoever fills them need not."""

from collections.abc import Iterator

import pytest
from fakes.bracketed_language import bracketed
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.messages import said
from ui.theme.status import StatusLook
from ui.theme.tooltip import plain_tooltip
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.card_list_model import CardListModel
from ui.widgets.count_chip import CountChip
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.labelled_fields import LabelledFields
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.meter import Meter
from ui.widgets.place_banner import PlaceBanner
from ui.widgets.plain_label import PlainLabel
from ui.widgets.plain_text import PlainText
from ui.widgets.sentence_button import SentenceButton

READ = said("{n:,} read", n=1234)
OPEN = said("Open")


@pytest.fixture(autouse=True)
def in_brackets() -> Iterator[None]:
    with bracketed():
        yield


def accessible(widget: QWidget) -> tuple[str, str]:
    return widget.accessibleName(), widget.accessibleDescription()


@pytest.mark.parametrize("form", [{}, {"wrap": True}, {"elide": True}, {"selectable": True}])
def test_a_label_shows_a_message(qtbot: QtBot, form: dict[str, bool]) -> None:
    label = PlainLabel(READ, **form)
    qtbot.addWidget(label)
    label.resize(200, 20)
    assert label.text() == QLabel.text(label) == "⟦1,234 read⟧"


def test_what_is_no_message_stays_as_it_is(qtbot: QtBot) -> None:
    label = PlainLabel("Acme <b>Ltd</b>")
    qtbot.addWidget(label)
    assert label.text() == "Acme <b>Ltd</b>"


def test_a_text_that_can_be_selected_shows_a_message(qtbot: QtBot) -> None:
    text = PlainText(READ)
    qtbot.addWidget(text)
    assert (text.text(), text.accessibleName()) == ("⟦1,234 read⟧", "⟦1,234 read⟧")


def test_a_tooltip_shows_a_message() -> None:
    assert "⟦Open⟧" in plain_tooltip(OPEN)


def test_a_bar_says_title_advice_and_buttons(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_message(MessageKind.WARNING, OPEN, advice=READ, actions=(("again", said("Read again")),))
    assert (bar.title(), bar.advice()) == ("⟦Open⟧", "⟦1,234 read⟧")
    assert accessible(bar) == ("⟦Warning: ⟦Open⟧⟧", "⟦1,234 read⟧")
    words = {button.objectName(): button.text() for button in bar.findChildren(QPushButton)}
    assert words == {
        "messageDetails": "⟦Details⟧",
        "messageCopy": "⟦Copy details⟧",
        "message-action-again": "⟦Read again⟧",
    }


def test_facts_say_label_value_hint_and_link(qtbot: QtBot) -> None:
    facts = FactList()
    qtbot.addWidget(facts)
    facts.set_facts([Fact(said("Kind"), OPEN, "open-it", READ, hint=said("A hint"))])
    label, button = facts.findChild(PlainLabel), facts.findChild(QPushButton)
    assert (label.text(), button.text(), button.accessibleName()) == ("⟦Kind⟧", "⟦1,234 read⟧", "⟦1,234 read⟧")
    assert "⟦A hint⟧" in label.toolTip()
    assert accessible(facts.findChild(PlainText)) == ("⟦Open⟧", "⟦Kind⟧")


def test_an_empty_place_says_what_would_be_there(qtbot: QtBot) -> None:
    empty = EmptyState("job-pending", OPEN, READ, said("Begin"))
    qtbot.addWidget(empty)
    assert [label.text() for label in empty.findChildren(PlainLabel)] == ["⟦Open⟧", "⟦1,234 read⟧"]
    assert empty.findChild(QPushButton).text() == "⟦Begin⟧"
    assert accessible(empty) == ("⟦Open⟧", "⟦1,234 read⟧")


def test_a_chip_says_how_many_in_one_message(qtbot: QtBot) -> None:
    chip = CountChip(StatusLook.FAILED, 1234)
    qtbot.addWidget(chip)
    assert (chip.text(), chip.accessibleName()) == ("⟦1,234 failed⟧", "⟦1,234 failed⟧")
    assert chip.objectName() == "chip-failed"


def test_busy_banner_sentence_and_meter_say_theirs(qtbot: QtBot) -> None:
    busy, banner, button, meter = BusyIndicator(READ), PlaceBanner(READ), SentenceButton(OPEN), Meter()
    for widget in (busy, banner, button, meter):
        qtbot.addWidget(widget)
    meter.set_counts({StatusLook.SUCCESSFUL: 3}, 4)
    assert busy.findChild(PlainLabel).text() == busy.accessibleName() == "⟦1,234 read⟧"
    assert banner.text() == banner.accessibleName() == "⟦1,234 read⟧"
    assert button.sentence() == button.accessibleName() == "⟦Open⟧"
    assert meter.accessibleName() == meter.toolTip() == "⟦3 of 4 final⟧"


def test_a_field_has_its_label(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    fields = LabelledFields(whole)
    fields.add(said("&Name"), QLineEdit())
    assert whole.findChild(QLabel).text() == "⟦&Name⟧"


def test_a_card_is_said_in_its_sentence() -> None:
    class Card:
        sentence = READ

    holder = QObject()
    model = CardListModel[Card](holder, id)
    model.show_rows([Card()])
    index = model.index(0)
    assert model.data(index) == model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "⟦1,234 read⟧"
    assert "⟦1,234 read⟧" in str(model.data(index, Qt.ItemDataRole.ToolTipRole))
