from dataclasses import replace
from decimal import Decimal

import pytest
from fakes.answers import export_item_json, pair_json
from fakes.builders import a_failed_item, an_item, entry_id, items_of
from fakes.drafts import a_success
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.models.draft import DraftRefusal
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.slices import run_to_end
from ui.items.columns import item_columns
from ui.items.detail import detail_facts, link_target, links_of
from ui.items.detail_panel import DetailPanel
from ui.items.page import ItemsPage
from ui.items.view_model import ItemRow, in_order, item_rows, release_slices, show_the_same, sum_slices
from ui.theme.status import StatusLook

MARKUP = '<b>refused</b> <a href="https://example.com">here</a> &amp; "so"\nsecond line'
COLUMNS = {column.key: column for column in item_columns(ENGLISH)}


def an_entry(number: int = 1, **changes: object) -> ExportItem:
    return TypeAdapter(ExportItem).validate_python(export_item_json(number, **changes))


def a_row(item: ExportJobItem | None = None, entry: ExportItem | None = None) -> ItemRow:
    given = item or an_item(1)
    return ItemRow((given.accounting_entry_id, 0), given, entry)


def texts(row: ItemRow) -> dict[str, str]:
    return {key: column.text(row) for key, column in COLUMNS.items()}


def a_page(qtbot: QtBot, *statuses: str) -> ItemsPage:
    page = ItemsPage(item_columns(ENGLISH))
    qtbot.addWidget(page)
    page.resize(720, 640)
    page.show_review()
    page.show()
    # What the presenter does, without a search.
    page.filter_changed.connect(lambda: page.show_positions(page.filter().positions(page.model.rows(), None)))
    page.show_rows(item_rows(items_of(*statuses), {}), same_job=False)
    page.show_positions(None)
    return page


def test_a_row_shows_what_pleo_sent_about_the_item() -> None:
    item = an_item(1, "failed", failure_reason="Konto 4980\nsaknas", failure_reason_type="account_unknown")
    shown = texts(a_row(item, an_entry()))
    assert shown == {
        "status": "Failed",
        "date": "28/02/2026",
        "supplier": "GOOGLE*ADS8693645259",
        "amount": "896.96 SEK",
        "reason": "Konto 4980 saknas",
        "failure": "Account unknown",
        "person": "Åsa Öberg",
        "account": "5800 Travel",
        "external_id": "",
        "set_by": "",
        "company_amount": "896.96 SEK",
        "team": "Sales",
        "note": "Taxi till kund",
        "tax": "I25",
        "receipt": "Yes",
        "reconciliation_id": "4711",
    }


def test_a_row_without_accounting_data_leaves_its_places_empty() -> None:
    shown = texts(a_row(an_item(1, external_id="A-1")))
    assert (shown["date"], shown["supplier"], shown["amount"], shown["person"]) == ("", "", "", "")
    assert shown["external_id"] == "A-1"


def test_amounts_sort_by_currency_and_then_by_their_exact_value() -> None:
    key = COLUMNS["amount"].sort_key
    assert key is not None
    assert key(a_row(entry=an_entry())) == ("SEK", Decimal("896.96"))
    assert key(a_row()) is None


@pytest.mark.parametrize(
    ("status", "look", "word"),
    [
        ("successful", StatusLook.SUCCESSFUL, "Posted"),
        ("failed", StatusLook.FAILED, "Failed"),
        ("pending", StatusLook.OPEN, "Pending"),
        ("in_progress", StatusLook.OPEN, "In progress"),
        ("abandoned", StatusLook.ABANDONED, "Abandoned"),
        ("<i>parked</i>", StatusLook.UNKNOWN, "Unknown: <i>parked</i>"),
    ],
)
def test_a_status_is_an_icon_and_a_word(status: str, look: StatusLook, word: str) -> None:
    row = a_row(an_item(1, status))
    assert (row.look, row.status_word) == (look, word)
    assert COLUMNS["status"].icon is not None
    assert COLUMNS["status"].icon(row) == f"status-{look.value}"


def test_what_blocks_comes_first_and_the_rest_keeps_pleos_order() -> None:
    items = items_of("successful", "abandoned", "failed", "pending", "in_progress", "pending", "parked", "successful")
    drafts = {
        entry_id(3): a_success(3),
        entry_id(5): replace(a_success(5), refusal=DraftRefusal("LOCKED", "The entry is locked")),
    }
    rows = item_rows(items, {}, drafts)
    assert [row.status_word for row in rows] == [
        "Unknown: parked",
        "In progress",
        "Refused: posted",
        "Draft: posted",
        "Failed",
        "Abandoned",
        "Posted",
        "Posted",
    ]
    assert [row.need for row in rows] == sorted(row.need for row in rows)


def test_no_row_moves_when_the_job_is_read_again_and_new_ones_come_last() -> None:
    before = item_rows(items_of("successful", "pending"), {})
    order = {row.key: place for place, row in enumerate(before)}
    after = in_order(item_rows(items_of("successful", "successful", "failed"), {}), order)
    assert [row.item.accounting_entry_id for row in after] == [entry_id(1), entry_id(0), entry_id(2)]


def test_rows_of_one_entry_stay_apart_when_the_job_is_read_again() -> None:
    before = item_rows((an_item(1), an_item(2), an_item(1)), {})
    order = {row.key: place for place, row in enumerate(before)}
    after = in_order(item_rows((an_item(1), an_item(1), an_item(2)), {}), order)
    assert [row.key for row in after] == [row.key for row in before]


def test_rows_show_the_same_whatever_changed_that_no_column_shows() -> None:
    was = a_row(an_item(1), an_entry(1))
    fresh_receipt = [{"size": 1, "type": "image/png", "url": "https://files.example/fresh"}]
    assert show_the_same(was, a_row(an_item(1), an_entry(1, files=fresh_receipt)))
    assert not show_the_same(was, a_row(an_item(1, "failed"), an_entry(1)))
    assert not show_the_same(was, a_row(an_item(1), an_entry(1, user={"id": "1", "name": "Ada"})))
    assert not show_the_same(was, a_row(an_item(1), None))


def test_the_sum_of_rows_is_exact_and_by_currency_and_passes_over_what_has_no_amount() -> None:
    entries = {
        entry_id(1): an_entry(1, amount=pair_json(10**40, "SEK")),
        entry_id(2): an_entry(2, amount=pair_json(1, "SEK")),
        entry_id(3): an_entry(3, amount=pair_json(5, "JPY")),
    }
    sums = run_to_end(sum_slices(item_rows(tuple(an_item(number) for number in range(5)), entries)))
    assert {currency: f"{amount:f}" for currency, amount in sums.items()} == {"JPY": "5", "SEK": f"1{'0' * 38}.01"}


def test_rows_are_released_a_slice_at_a_time() -> None:
    rows = item_rows(tuple(an_item(number) for number in range(2_000)), {})
    work = release_slices(rows)
    next(work)
    assert 0 < len(rows) < 2_000
    run_to_end(work)
    assert rows == []


def test_an_entry_that_pleo_sent_twice_is_two_rows() -> None:
    rows = item_rows((an_item(1), an_item(1)), {})
    assert len({row.key for row in rows}) == 2


def test_the_detail_leaves_nothing_out_and_cuts_nothing_off() -> None:
    reason = "Konto saknas. " * 200
    facts = {label: value for label, value, _ in detail_facts(a_row(a_failed_item(1, reason), an_entry()), ENGLISH)}
    assert facts["Failure reason"] == reason
    assert facts["Note"] == "Taxi till kund"
    assert facts["Attendees"] == "Ada"
    assert facts["Entry id"] == entry_id(1)
    assert "tax I25 25 % inclusive" in facts["Line"]


@pytest.mark.parametrize("currency", ["JPY", "KWD", "UNDEFINED"])
def test_a_scale_that_pleo_does_not_confirm_is_said_beside_the_amount(currency: str) -> None:
    pair = {
        "inSupplierCurrency": {"currency": currency, "value": 100},
        "inWalletCurrency": {"currency": "SEK", "value": 900},
    }
    facts = {label: value for label, value, _ in detail_facts(a_row(entry=an_entry(amount=pair)), ENGLISH)}
    assert "scale not confirmed by Pleo" in facts["Amount"]
    assert facts["Amount"].endswith("9.00 SEK in the wallet")


def test_an_item_offers_the_links_that_it_has() -> None:
    booked = an_item(1, external_id="A-1", external_url="https://books.example/A-1")
    row = a_row(booked, an_entry())
    assert links_of(row) == ("pleo", "books")
    assert link_target(row, "books") == "https://books.example/A-1"
    assert link_target(row, "pleo") == "https://app.pleo.io/export/1"
    assert link_target(row, "receipt0") == "https://files.example/1"
    assert links_of(a_row(an_item(1))) == ()


def test_markup_of_the_server_stays_letters_wherever_an_item_is_shown(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    entry = an_entry(supplier={"name": MARKUP}, user={"id": "1", "name": MARKUP})
    row = a_row(a_failed_item(1, MARKUP), entry)
    page.show_rows([row], same_job=False)
    page.show_detail(MARKUP, detail_facts(row, ENGLISH), links_of(row))
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    index = page.model.index(0, page.model.column_of("reason"))
    assert page.model.data(index) == " ".join(MARKUP.split())
    assert "<b>refused" not in str(page.model.data(index, Qt.ItemDataRole.ToolTipRole) or "")
    assert MARKUP in page.detail.text()


def test_the_detail_is_one_stop_for_the_keyboard_and_copies_as_a_whole(qtbot: QtBot) -> None:
    panel = DetailPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_item("SAS AB", detail_facts(a_row(a_failed_item(1, "No account")), ENGLISH), ())
    qtbot.keyClick(panel, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("SAS AB\nFailure reason: No account\n")


def test_a_mark_filters_and_pressing_it_again_lifts_the_filter(qtbot: QtBot) -> None:
    page = a_page(qtbot, "successful", "failed", "failed", "pending")
    page.chips[StatusLook.FAILED].click()
    assert page.model.rowCount() == 2
    page.chips[StatusLook.OPEN].click()
    assert page.model.rowCount() == 3
    page.chips[StatusLook.FAILED].click()
    page.chips[StatusLook.OPEN].click()
    assert page.model.rowCount() == 4


def test_a_filter_is_lifted_when_its_last_row_is_gone(qtbot: QtBot) -> None:
    page = a_page(qtbot, "successful", "pending")
    page.chips[StatusLook.OPEN].click()
    page.show_rows(item_rows(items_of("successful", "successful"), {}), same_job=True)
    assert page.model.rowCount() == 2


def test_a_jump_selects_the_rows_shows_the_first_and_lifts_a_filter_that_hides_them(qtbot: QtBot) -> None:
    page = a_page(qtbot, *["successful"] * 60, "pending")
    page.chips[StatusLook.SUCCESSFUL].click()
    target = page.model.rows()[0].key
    page.jump_to([target])
    assert page.table.selected_ids() == [target]
    assert page.model.rowCount() == 61
    row = page.model.row_of(target)
    assert page.table.viewport().rect().intersects(page.table.visualRect(page.model.index(row, 0)))


def test_another_job_begins_at_its_first_row_without_the_filter_of_the_one_before(qtbot: QtBot) -> None:
    page = a_page(qtbot, "successful", "failed")
    page.chips[StatusLook.FAILED].click()
    others = tuple(
        replace(item, accounting_entry_id=entry_id(number + 50))
        for number, item in enumerate(items_of("failed", "pending"))
    )
    page.show_rows(item_rows(others, {}), same_job=False)
    page.choose_first()
    assert page.model.rowCount() == 2
    assert not page.filter().is_active
    assert page.table.current_id() == page.model.rows()[0].key


def test_a_wide_window_gives_its_room_to_the_suppliers(qtbot: QtBot) -> None:
    page = a_page(qtbot, "successful")
    page.resize(1900, 600)
    header = page.table.horizontalHeader()
    wider = {
        column.key
        for place, column in enumerate(page.model.columns)
        if not header.isSectionHidden(place) and header.sectionSize(place) > column.width
    }
    assert wider == {"supplier"}
    assert header.length() == page.table.viewport().width()


def test_a_job_without_items_says_so_in_the_table(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    assert "no items" in page.table.accessibleDescription()
