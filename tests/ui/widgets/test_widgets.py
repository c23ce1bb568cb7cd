import pytest
from fakes.shown_windows import shown_windows
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.apply import apply_theme, current_tokens
from ui.theme.status import StatusLook
from ui.theme.tokens import Scheme
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.count_chip import CountChip
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.meter import Meter
from ui.widgets.place_banner import PlaceBanner
from ui.widgets.plain_label import PlainLabel
from ui.widgets.plain_text import PlainText
from ui.widgets.sentence_button import SentenceButton

MARKUP = "<b>bold</b> <img src=x> R&D"


def shown(qtbot: QtBot, widget: QWidget, width: int = 300) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, 200)
    widget.show()
    QApplication.processEvents()
    return widget


def test_a_label_shows_markup_as_letters(qtbot: QtBot) -> None:
    label = PlainLabel(MARKUP)
    shown(qtbot, label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.sizeHint().width() > label.fontMetrics().horizontalAdvance(MARKUP) - 5


def test_a_label_of_one_line_elides_and_tells_the_rest_as_plain_text(qtbot: QtBot) -> None:
    label = PlainLabel(MARKUP * 9, elide=True)
    shown(qtbot, label, 120)
    assert label.fontMetrics().horizontalAdvance(super(PlainLabel, label).text()) <= 120
    assert super(PlainLabel, label).text().endswith("…")
    assert "&lt;b&gt;" in label.toolTip()
    assert (label.text(), label.accessibleName()) == (MARKUP * 9, MARKUP * 9)


def test_what_is_copied_from_a_label_is_what_it_says(qtbot: QtBot) -> None:
    label = PlainLabel("9c3e8f0a7b6d4e5f9c3e8f0a7b6d4e5f", wrap=True, selectable=True)
    shown(qtbot, label)
    label.setSelection(0, 32)
    assert label.selectedText() == label.text()


def test_a_value_shows_markup_as_letters(qtbot: QtBot) -> None:
    text = PlainText(MARKUP)
    shown(qtbot, text)
    assert text.toPlainText() == MARKUP
    assert text.isReadOnly()


def test_a_message_says_what_happened_and_keeps_details_folded(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.show_message(MessageKind.WARNING, MARKUP, "the detail", advice="Do this.")
    detail, fold = bar.findChild(QWidget, "messageDetail"), bar.findChild(QPushButton, "messageDetails")
    assert bar.isVisible()
    assert fold.isVisible()
    assert (bar.title(), bar.advice(), bar.accessibleName()) == (MARKUP, "Do this.", f"Warning: {MARKUP}")
    assert not detail.isVisible()
    fold.click()
    assert detail.isVisible()
    bar.findChild(QPushButton, "messageCopy").click()
    assert QGuiApplication.clipboard().text() == f"{MARKUP}\nDo this.\nthe detail"
    bar.show_message(MessageKind.INFO, "another", "more")
    assert not detail.isVisible()


def test_the_keyboard_meets_a_message_where_it_stands(qtbot: QtBot) -> None:
    window, bar = QWidget(), MessageBar()
    before, after = QLineEdit(), QLineEdit()
    column = QVBoxLayout(window)
    for widget in (before, bar, after):
        column.addWidget(widget)
    shown(qtbot, window)
    bar.show_message(MessageKind.ERROR, "x", "the detail", actions=[("again", "Read again")])
    before.setFocus()
    met = []
    while QApplication.focusWidget() is not after:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget().objectName())
    assert met == ["message-action-again", "messageDetails", "messageClose", ""][: len(met)]
    assert len(met) >= 3


def test_a_message_asks_for_its_actions_by_key(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_message(MessageKind.ERROR, "x", actions=[("again", "Read again"), ("open", "Open")])
    with qtbot.waitSignal(bar.action_requested) as heard:
        bar.findChild(QPushButton, "message-action-open").click()
    assert heard.args == ["open"]
    bar.show_message(MessageKind.ERROR, "y")
    assert bar.findChild(QPushButton, "message-action-open") is None


def test_a_message_closes_and_says_so(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_message(MessageKind.INFO, "x")
    with qtbot.waitSignal(bar.closed):
        bar.findChild(QWidget, "messageClose").click()
    assert bar.isHidden()
    bar.show_message(MessageKind.INFO, "x", closable=False)
    assert bar.findChild(QWidget, "messageClose").isHidden()


def test_other_facts_are_shown_in_the_widgets_that_are_there(qtbot: QtBot) -> None:
    facts = FactList()
    shown(qtbot, facts)

    def seen() -> list[tuple[str, str]]:
        labels = [label.text() for label in facts.findChildren(PlainLabel)]
        return list(zip(labels, (value.text() for value in facts.findChildren(PlainText)), strict=True))

    facts.set_facts([Fact("Supplier", "SAS"), Fact("Note", "late", "receipt0", "Open"), Fact("Id", "1")])
    first = facts.findChildren(PlainText)
    facts.set_facts([Fact("Reason", "closed"), Fact("Supplier", "SAS")])
    assert seen() == [("Reason", "closed"), ("Supplier", "SAS")]
    assert facts.findChildren(PlainText) == first[:2]
    assert facts.findChildren(QPushButton) == []
    facts.set_facts([Fact("Body", "{}", mono=True), Fact("Id", "2"), Fact("Note", "x"), Fact("Team", "y")])
    assert seen() == [("Body", "{}"), ("Id", "2"), ("Note", "x"), ("Team", "y")]
    QApplication.sendPostedEvents()
    facts.grab()
    tops = [value.y() for value in facts.findChildren(PlainText)]
    assert tops == sorted(set(tops))


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_sandbox_has_a_colour_of_its_own(qtbot: QtBot, qapp: QApplication, scheme: Scheme) -> None:
    apply_theme(qapp, scheme)
    banner = PlaceBanner("Sandbox: nothing here is real")
    shown(qtbot, banner)

    def ground() -> str:
        return banner.grab().toImage().pixelColor(2, 2).name()

    sandbox = ground()
    assert sandbox in {"#f2c14b", "#e0b040"}
    assert banner.accessibleName() == banner.text() == "Sandbox: nothing here is real"
    banner.show_place("Another address", is_sandbox=False)
    assert ground() == current_tokens().warning_tint != sandbox
    assert banner.accessibleName() == banner.text() == "Another address"
    banner.show_place("Sandbox", is_sandbox=True)
    assert ground() == sandbox


def test_a_meter_says_how_much_is_final(qtbot: QtBot) -> None:
    meter = Meter()
    shown(qtbot, meter)
    empty = meter.grab().toImage()
    meter.set_counts({StatusLook.SUCCESSFUL: 38, StatusLook.FAILED: 2, StatusLook.OPEN: 1, StatusLook.UNKNOWN: 1}, 42)
    assert meter.accessibleName() == "40 of 42 final"
    assert meter.grab().toImage() != empty


def test_an_empty_state_offers_a_button_only_where_there_is_something_to_do(qtbot: QtBot) -> None:
    state = EmptyState("job-list", "No jobs", "They appear here.", "Connect")
    shown(qtbot, state)
    with qtbot.waitSignal(state.button_clicked):
        state.findChild(QPushButton).click()
    state.set_texts("No jobs")
    assert not state.findChild(QPushButton).isVisible()


def test_work_that_is_quick_shows_no_spinner(qtbot: QtBot) -> None:
    busy = BusyIndicator("Reading…")
    qtbot.addWidget(busy)
    busy.start()
    assert (busy.is_running(), busy.isVisible()) == (True, False)
    busy.stop()
    assert (busy.is_running(), busy.isVisible()) == (False, False)


def test_work_that_takes_its_time_shows_one(qtbot: QtBot) -> None:
    busy = BusyIndicator(delay_ms=1)
    qtbot.addWidget(busy)
    busy.start("Reading 3 of 9")
    qtbot.waitUntil(busy.isVisible)
    assert busy.accessibleName() == "Reading 3 of 9"
    busy.stop()
    assert not busy.isVisible()


def test_facts_are_exchanged_in_place_and_links_are_asked_for(qtbot: QtBot) -> None:
    facts = FactList()
    shown(qtbot, facts)
    facts.set_facts([Fact("Supplier", "SAS AB"), Fact("Receipt", "", "receipt", "Open receipt")])
    value = facts.findChild(PlainText)
    facts.set_facts([Fact("Supplier", MARKUP), Fact("Receipt", "", "receipt", "Open receipt")])
    assert facts.findChild(PlainText) is value
    assert value.text() == MARKUP
    with qtbot.waitSignal(facts.link_requested) as heard:
        facts.findChild(QPushButton, "link-receipt").click()
    assert heard.args == ["receipt"]
    facts.set_facts([Fact("Only", "one")])
    assert [text.text() for text in facts.findChildren(PlainText)] == ["one"]


def test_a_sentence_is_followed_by_mouse_and_by_key(qtbot: QtBot) -> None:
    button = SentenceButton("2 items are still pending", "status-open")
    shown(qtbot, button)
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert len(clicks) == 3
    assert button.accessibleName() == button.sentence() == "2 items are still pending"


def test_a_chip_counts_in_words_and_can_be_checked(qtbot: QtBot) -> None:
    chip = CountChip(StatusLook.FAILED, 2)
    shown(qtbot, chip)
    assert (chip.text(), chip.accessibleName()) == ("2 failed", "2 failed")
    chip.set_count(3)
    with qtbot.waitSignal(chip.toggled) as heard:
        chip.click()
    assert (heard.args, chip.text()) == ([True], "3 failed")


def test_no_part_of_a_sentence_is_ever_a_window_of_its_own(qtbot: QtBot, qapp: QApplication) -> None:
    with shown_windows(qapp) as windows:
        qtbot.addWidget(SentenceButton("3 drafted", "status-draft"))
    assert windows == []
