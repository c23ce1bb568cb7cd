"""The items and what is said of them in the user's language."""

from collections.abc import Iterator

import pytest
from fakes.answers import export_item_json
from fakes.bracketed_language import bracketed
from fakes.builders import a_failed_item, items_of
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from pytestqt.qtbot import QtBot

from app.messages import shown
from app.models.export_item import ExportItem
from app.review.search import SearchIndex
from ui.items.columns import item_columns, search_columns
from ui.items.detail import detail_facts
from ui.items.detail_panel import DetailPanel
from ui.items.filter import ItemFilter
from ui.items.kinds import _KINDS, kind_word
from ui.items.view_model import ItemRow, item_rows
from ui.theme.status import StatusLook


@pytest.fixture(autouse=True)
def in_brackets() -> Iterator[None]:
    with bracketed():
        yield


def test_the_search_finds_what_is_read_under_the_title_that_is_read() -> None:
    rows = item_rows(items_of("successful", "failed"), {})
    index = SearchIndex(search_columns(item_columns(ENGLISH)))
    for _ in index.build(rows):
        pass
    assert index.positions("⟦failed⟧") == [0]
    assert index.positions("⟦status⟧:⟦posted⟧") == index.positions("status:⟦posted⟧") == [1]


def test_every_fact_has_its_label_and_is_copied_with_it(qtbot: QtBot) -> None:
    item = a_failed_item(1, "Konto saknas")
    entry = TypeAdapter(ExportItem).validate_python(export_item_json(1))
    facts = detail_facts(ItemRow((item.accounting_entry_id, 0), item, entry), ENGLISH)
    assert [label for label, _, _ in facts if not label.startswith("⟦")] == []
    panel = DetailPanel()
    qtbot.addWidget(panel)
    panel.show_item("Acme", facts, ())
    assert "⟦⟦Failure reason⟧: Konto saknas⟧" in panel.text().split("\n")


def test_what_is_hidden_is_said_as_the_chips_and_the_search_say_it() -> None:
    wanted = ItemFilter("sas", frozenset({StatusLook.FAILED, StatusLook.OPEN}), only_drafts=True)
    assert wanted.described() == "⟦failed⟧, ⟦open⟧ · ⟦drafts⟧ · ⟦“sas”⟧"


@pytest.mark.parametrize(
    ("word", "english", "read"),
    [
        ("card_purchase", "card purchase", "⟦card purchase⟧"),
        ("accounts_payable", "accounts payable", "⟦accounts payable⟧"),
        ("a_later_word", "a later word", "a later word"),
    ],
)
def test_a_kind_is_said_and_one_that_pleo_does_not_list_stays(word: str, english: str, read: str) -> None:
    assert kind_word(word) == english
    assert shown(kind_word(word)) == read


def test_the_english_kinds_are_pleos_own_words() -> None:
    assert {word: kind_word(word) for word in _KINDS} == {word: word.replace("_", " ") for word in _KINDS}
