"""However short the page is, nothing in it covers anything, and the table keeps two rows."""

import pytest
from fakes.words import ENGLISH
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.items.columns import item_columns
from ui.items.page import ItemsPage
from ui.theme.apply import apply_theme
from ui.theme.tokens import Scheme
from ui.tools.fit import cut_off
from ui.widgets.message_bar import MessageKind
from ui.widgets.pane import ScrollColumn

ADVICE = "Amounts and suppliers are shown as they were read before. " * 3


@pytest.mark.parametrize("height", [120, 240, 420])
def test_the_page_scrolls_rather_than_laying_one_thing_upon_another(
    qapp: QApplication, qtbot: QtBot, height: int
) -> None:
    apply_theme(qapp, Scheme.LIGHT)
    page = ItemsPage(item_columns(ENGLISH))
    qtbot.addWidget(page)
    page.resize(480, height)
    page.show_head("Acme Nordic ApS · 30 Nov, 21:13", "In progress · read 22:27:03", "44 min left")
    page.show_review()
    for bar in (page.messages, page.accounting_notice):
        bar.show_message(MessageKind.WARNING, "Amounts could not be read", "detail\n" * 40, advice=ADVICE)
    page.show()
    area = page.findChild(ScrollColumn, "itemsReview")
    assert area is not None
    qtbot.waitUntil(lambda: page.table.height() >= page.table.minimumHeight())
    assert area.widget().height() >= page.height()
    assert (area.verticalScrollBar().maximum() > 0) == (height < 400)
    assert cut_off(page) == []
