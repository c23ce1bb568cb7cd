"""What blocks the job stands above the rest, without a row moving while somebody reads; columns with nothing go."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest
from fakes.answers import export_item_json
from fakes.builders import a_failed_item, an_item, entry_id, items_of, snapshot_of
from fakes.drafts import a_success
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.vocabulary import EntryId, Item
from ui.common.tasks import Tasks
from ui.items.columns import item_columns
from ui.items.item_table import ItemTable
from ui.items.page import ItemsPage
from ui.items.view_model import item_rows, row_slices

MIXED = (Item.SUCCESSFUL, Item.FAILED, Item.PENDING, "parked", Item.IN_PROGRESS, Item.SUCCESSFUL)


def an_entry(number: int, **changes: object) -> ExportItem:
    return TypeAdapter(ExportItem).validate_python(export_item_json(number, **changes))


def entries(count: int, **changes: object) -> dict[EntryId, ExportItem]:
    return {entry_id(number): an_entry(number, **changes) for number in range(count)}


class Screen:
    def __init__(self, qtbot: QtBot) -> None:
        self.page = ItemsPage(item_columns(ENGLISH))
        qtbot.addWidget(self.page)
        self.page.resize(900, 500)
        self.page.show_review()
        self.page.show()
        self.tasks = Tasks(self.page)
        self.table = ItemTable(self.page, self.tasks)

    async def read(
        self,
        items: tuple[ExportJobItem, ...],
        known: dict[EntryId, ExportItem] | None = None,
        *,
        same_job: bool = True,
        keep_order: bool = True,
    ) -> None:
        snapshot = snapshot_of(list(items))
        ready = await self.table.prepare(snapshot, known, same_job=same_job, keep_order=keep_order)
        self.table.show(ready, same_job=same_job)
        if not same_job:
            self.page.choose_first()

    def statuses(self) -> list[str]:
        return [row.item.status for row in self.page.model.shown_rows()]

    def choose(self, words: str) -> None:
        menu = self.page.table.header_menu(0)
        next(action for action in menu.actions() if action.text() == words).trigger()

    def columns(self) -> list[str]:
        return [self.page.model.columns[place].key for place in self.page.table.columns_shown.visible()]

    def titles(self) -> list[str]:
        return [action.text() for action in self.page.table.header_menu(0).actions() if action.isCheckable()]


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    return Screen(qtbot)


BLOCKING = ["parked", Item.PENDING, Item.IN_PROGRESS, Item.FAILED, Item.SUCCESSFUL, Item.SUCCESSFUL]


async def test_no_row_moves_while_states_change_until_what_blocks_is_asked_for_first(screen: Screen) -> None:
    await screen.read(items_of(*MIXED), same_job=False)
    assert screen.statuses() == BLOCKING
    before = [row.key for row in screen.page.model.shown_rows()]
    top = screen.page.table.verticalScrollBar().value()
    await screen.read(items_of(Item.PENDING, Item.FAILED, Item.SUCCESSFUL, "parked", Item.FAILED, Item.SUCCESSFUL))
    assert [row.key for row in screen.page.model.shown_rows()] == before
    assert screen.page.table.verticalScrollBar().value() == top
    screen.choose("What blocks first")
    await screen.tasks.finished()
    assert screen.statuses() == ["parked", Item.PENDING, *[Item.FAILED] * 2, *[Item.SUCCESSFUL] * 2]
    assert screen.page.table.current_id() == before[0]


async def test_the_users_own_sort_wins_and_what_blocks_first_ends_it(screen: Screen) -> None:
    await screen.read(items_of(*MIXED), same_job=False)
    model = screen.page.model
    model.sort(model.column_of("status"), Qt.SortOrder.DescendingOrder)
    descending = screen.statuses()
    await screen.read(items_of(*MIXED), keep_order=False)
    assert screen.statuses() == descending == [*BLOCKING[-2:], Item.FAILED, Item.PENDING, Item.IN_PROGRESS, "parked"]
    assert screen.page.table.column_layout().sort == (("status", True),)
    screen.choose("What blocks first")
    await screen.tasks.finished()
    assert screen.statuses() == BLOCKING
    assert screen.page.table.column_layout().sort == ()


async def test_what_was_drafted_before_the_job_came_stands_after_what_is_open(screen: Screen) -> None:
    await screen.read(items_of(*MIXED), same_job=False)
    early = replace(a_success(2), drafted_at=snapshot_of([]).read_at - timedelta(hours=1))
    screen.table.take_drafts({early.entry_id: early})
    await screen.table.show_marks()
    words = [row.status_word for row in screen.page.model.shown_rows()]
    assert words[:4] == ["Unknown: parked", "In progress", "Draft: posted", "Failed"]
    assert screen.page.table.currentIndex().row() == 0
    await screen.tasks.finished()


async def test_what_is_drafted_now_stays_where_it_is(screen: Screen) -> None:
    await screen.read(items_of(*MIXED), same_job=False)
    before = [row.key for row in screen.page.model.shown_rows()]
    now = replace(a_success(2), drafted_at=snapshot_of([]).read_at + timedelta(seconds=1))
    screen.table.take_drafts({now.entry_id: now})
    await screen.table.show_marks()
    assert [row.key for row in screen.page.model.shown_rows()] == before
    await screen.tasks.finished()


def longest(work: Iterator[None]) -> float:
    """Seconds of the longest slice."""
    worst, begun = 0.0, perf_counter()
    for _ in work:
        worst = max(worst, perf_counter() - begun)
        begun = perf_counter()
    return max(worst, perf_counter() - begun)


def test_ten_thousand_rows_are_put_in_order_in_slices_that_hold_the_loop_no_longer_than_a_frame() -> None:
    items = items_of(*(MIXED[number % len(MIXED)] for number in range(10_000)))
    assert len(list(row_slices(items, {}))) >= 2 * 10_000 // 500
    # The better of two: another process may take the processor in the middle of a slice.
    assert min(longest(row_slices(items, {})) for _ in range(2)) < 0.05
    rows = item_rows(items, {})
    assert [row.need for row in rows] == sorted(row.need for row in rows)


async def test_the_reason_is_there_only_where_something_failed(screen: Screen) -> None:
    await screen.read(items_of(*MIXED), same_job=False)
    assert "reason" not in screen.columns()
    await screen.read((a_failed_item(0, "No account"), *items_of(*MIXED)[1:]))
    assert "reason" in screen.columns()
    assert "failure" not in screen.columns()
    await screen.read(items_of(*MIXED))
    assert "reason" not in screen.columns()
    assert "Failure reason (empty in this job)" in screen.titles()


async def test_a_type_of_failure_alone_is_said_as_the_reason(screen: Screen) -> None:
    await screen.read(items_of(*MIXED), same_job=False)
    await screen.read((an_item(0, "failed", failure_reason_type="account_unknown"), *items_of(*MIXED)[1:]))
    place = screen.page.model.index(screen.page.model.row_of((entry_id(0), 0)), screen.page.model.column_of("reason"))
    assert screen.page.model.data(place) == "Account unknown"


async def test_columns_with_nothing_in_the_whole_job_go_once_amounts_were_read_and_stay_wanted(screen: Screen) -> None:
    await screen.read(items_of(*MIXED), same_job=False)
    before = screen.page.table.column_layout()
    assert {"person", "account"} < set(screen.columns())
    await screen.read(items_of(*MIXED), entries(6, user=None))
    assert "person" not in screen.columns()
    assert "account" in screen.columns()
    assert "Person (empty in this job)" in screen.titles()
    assert "Category account" in screen.titles()
    assert screen.page.table.column_layout() == before
    await screen.read(items_of(*MIXED), entries(6))
    assert "person" in screen.columns()


@pytest.mark.parametrize(
    ("title", "key", "copied"),
    [
        ("Amount in the wallet", "company_amount", "896.96\tSEK"),
        ("Team", "team", "Sales"),
        ("Note", "note", "Taxi till kund"),
        ("Tax", "tax", "I25"),
        ("Receipt", "receipt", "Yes"),
        ("Reconciliation id", "reconciliation_id", "4711"),
    ],
)
async def test_a_column_that_is_rarely_needed_is_there_when_asked_for_and_is_copied(
    screen: Screen, title: str, key: str, copied: str
) -> None:
    await screen.read(items_of(*MIXED), same_job=False)
    await screen.read(items_of(*MIXED), entries(6))
    assert key not in screen.columns()
    without = screen.page.table.copy_selection()
    screen.choose(title)
    assert key in screen.columns()
    screen.page.table.copy_selection()
    assert QGuiApplication.clipboard().text().strip().endswith(copied)
    assert QGuiApplication.clipboard().text() != without


@pytest.mark.parametrize(("files", "word"), [(0, "No"), (1, "Yes"), (3, "3 receipts")])
async def test_the_receipts_are_counted(screen: Screen, files: int, word: str) -> None:
    await screen.read(items_of(*MIXED), same_job=False)
    given = [{"size": 1, "type": "image/png", "url": f"https://files.example/{number}"} for number in range(files)]
    await screen.read(items_of(*MIXED), entries(6, files=given))
    assert screen.page.model.data(screen.page.model.index(0, screen.page.model.column_of("receipt"))) == word
