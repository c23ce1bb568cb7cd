"""Rows whose outcome was entered here: their mark, their words, and that nothing else about the table moves."""

import asyncio
from dataclasses import replace

import pytest
from fakes.builders import a_failed_item, an_item, entry_id, items_of, snapshot_of
from fakes.drafts import LIST, a_failure, a_success
from fakes.words import ENGLISH
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.draft import Draft, DraftRefusal
from app.models.vocabulary import Item
from app.slices import run_to_end
from ui.common.tasks import Tasks
from ui.items.columns import item_columns, search_columns
from ui.items.detail import detail_facts
from ui.items.filter import ItemFilter
from ui.items.item_table import ItemTable
from ui.items.navigation import needs_attention
from ui.items.page import ItemsPage
from ui.items.view_model import ItemRow, drafted_slices, item_rows, show_the_same

COLUMNS = {column.key: column for column in item_columns(ENGLISH)}
SEARCHED = {column.key: column for column in search_columns(item_columns(ENGLISH))}
REFUSED = DraftRefusal("ACCOUNTING_ENTRY_UPDATE_FAILED", "The entry is locked <b>")


def by_id(*drafts: Draft) -> dict:
    return {draft.entry_id: draft for draft in drafts}


def a_row(draft: Draft | None, status: str = Item.PENDING) -> ItemRow:
    item = an_item(1, status)
    return ItemRow((item.accounting_entry_id, 0), item, None, draft)


@pytest.mark.parametrize(
    ("draft", "word", "sentence", "icon"),
    [
        (None, "Pending", "Pending", "status-open"),
        (a_failure(1), "Draft: failed", "Pending → failed (draft)", "status-draft"),
        (a_success(1), "Draft: posted", "Pending → posted (draft)", "status-draft"),
        (
            replace(a_success(1), refusal=REFUSED),
            "Refused: posted",
            "Pending → posted (draft, refused by Pleo)",
            "draft-refused",
        ),
    ],
)
def test_a_draft_has_a_mark_of_its_own_in_word_and_shape(
    draft: Draft | None, word: str, sentence: str, icon: str
) -> None:
    row = a_row(draft)
    status = COLUMNS["status"]
    assert status.text(row) == word
    assert status.tooltip
    assert status.icon
    assert status.tooltip(row) == sentence
    assert status.icon(row) == icon


def test_the_search_finds_a_draft_by_that_word_and_by_the_status_that_pleo_has() -> None:
    said = SEARCHED["status"].text(a_row(a_failure(1))).casefold()
    assert "draft" in said
    assert "pending" in said
    assert "failed" in said
    assert "draft" not in SEARCHED["status"].text(a_row(None)).casefold()


def test_a_row_tells_the_reason_and_the_entry_of_its_draft() -> None:
    item = a_failed_item(1, "No such tag", "tag_unknown")
    was, failed, posted = (
        ItemRow((item.accounting_entry_id, 0), item, None, draft) for draft in (None, a_failure(1), a_success(1))
    )
    assert (was.reason, was.failure, was.external_id) == ("No such tag", "Tag unknown", "")
    assert (failed.reason, failed.failure) == ("Account 4980 is closed", "Account unknown")
    assert (posted.reason, posted.failure, posted.external_id) == ("", "", "JE-1")


def test_the_detail_says_what_is_drafted_by_whom_and_why() -> None:
    facts = {label: value for label, value, _ in detail_facts(a_row(a_failure(1)), ENGLISH)}
    assert facts["Drafted"] == "Failed: Account 4980 is closed"
    assert facts["Drafted type"] == "Account unknown"
    assert facts["Drafted by"].startswith("Ann, ")
    assert facts["Note"] == "Asked the client"
    assert "Refused by Pleo" not in facts


def test_the_detail_says_which_row_of_a_posting_list_a_draft_comes_from_and_what_pleo_said() -> None:
    draft = replace(a_success(1, source=LIST, note=""), refusal=REFUSED)
    labels = [(label, value) for label, value, _ in detail_facts(a_row(draft), ENGLISH)]
    assert labels[0] == ("Refused by Pleo", "The entry is locked <b> (ACCOUNTING_ENTRY_UPDATE_FAILED)")
    facts = dict(labels)
    assert facts["Drafted"] == "Posted"
    assert facts["Drafted posting"] == "JE-1"
    assert facts["Drafted from"] == "postings.csv, row 7"
    assert "Note" not in facts


def test_only_drafts_can_be_shown() -> None:
    rows = item_rows(items_of("pending", "pending"), {}, by_id(a_failure(1)))
    wanted = ItemFilter(only_drafts=True)
    assert wanted.is_active
    assert wanted.described() == "drafts"
    assert [rows[place].draft for place in wanted.positions(rows, None) or ()] == [a_failure(1)]


@pytest.mark.parametrize(
    ("draft", "is_left"), [(None, True), (a_success(1), False), (replace(a_success(1), refusal=REFUSED), True)]
)
def test_what_is_drafted_needs_nobody_unless_pleo_refused_it(draft: Draft | None, is_left: bool) -> None:
    assert needs_attention(a_row(draft)) == is_left


def test_rows_of_one_entry_that_pleo_sent_twice_share_its_draft() -> None:
    rows = item_rows((an_item(1, Item.PENDING), an_item(1, Item.PENDING)), {}, by_id(a_failure(1)))
    assert [row.draft for row in rows] == [a_failure(1), a_failure(1)]


def test_a_row_whose_draft_stays_is_the_very_same() -> None:
    drafts = by_id(a_failure(1))
    before = item_rows(items_of("pending", "pending"), {}, drafts)
    after = run_to_end(drafted_slices(before, {**drafts, **by_id(a_success(0))}))
    unchanged = [(was is now) for was, now in zip(before, after, strict=True)]
    assert sorted(unchanged) == [False, True]
    assert [show_the_same(was, now) for was, now in zip(before, after, strict=True)] == unchanged


def a_table(qtbot: QtBot) -> tuple[ItemsPage, ItemTable, Tasks]:
    page = ItemsPage(item_columns(ENGLISH))
    qtbot.addWidget(page)
    page.resize(720, 640)
    page.show_review()
    page.show()
    tasks = Tasks(page)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model)
    return page, ItemTable(page, tasks), tasks


async def test_drafting_moves_no_row_and_marks_none_as_changed(qtbot: QtBot) -> None:
    page, table, tasks = a_table(qtbot)
    snapshot = snapshot_of([a_failed_item(0), *(an_item(number, Item.PENDING) for number in range(1, 30))])
    ready = await table.prepare(snapshot, {}, same_job=False, keep_order=False)
    table.show(ready, same_job=False)
    page.model.sort(page.model.column_of("status"), Qt.SortOrder.DescendingOrder)
    page.table.select_ids([(entry_id(7), 0), (entry_id(9), 0)])
    before = [row.key for row in page.model.shown_rows()]
    assert not page.drafted.isVisible()
    await table.show_drafts(by_id(a_failure(7), a_success(8)))
    assert [row.key for row in page.model.shown_rows()] == before
    assert page.table.selected_ids() == [key for key in before if key[0] in (entry_id(7), entry_id(9))]
    assert not page.model.has_changes()
    assert page.drafted.text() == "2 drafted"
    assert page.drafted.isVisible()
    await tasks.finished()


async def test_a_read_that_was_under_way_shows_the_drafts_that_came_meanwhile(qtbot: QtBot) -> None:
    page, table, tasks = a_table(qtbot)
    snapshot = snapshot_of([an_item(number, Item.PENDING) for number in range(5)])
    first = await table.prepare(snapshot, {}, same_job=False, keep_order=False)
    table.show(first, same_job=False)
    late = await table.prepare(snapshot, {}, same_job=True, keep_order=True)
    await table.show_drafts(by_id(a_failure(2)))
    table.show(late, same_job=True)
    await tasks.finished()
    assert [row.draft for row in page.model.rows() if row.draft] == [a_failure(2)]


async def test_two_changes_at_once_end_with_the_last(qtbot: QtBot) -> None:
    page, table, tasks = a_table(qtbot)
    snapshot = snapshot_of([an_item(number, Item.PENDING) for number in range(1_500)])
    table.show(await table.prepare(snapshot, {}, same_job=False, keep_order=False), same_job=False)
    await asyncio.gather(table.show_drafts(by_id(a_failure(2))), table.show_drafts(by_id(a_failure(3))))
    assert [row.draft for row in page.model.rows() if row.draft] == [a_failure(3)]
    await tasks.finished()


async def test_the_chip_of_drafts_filters_and_lets_go_with_the_last_draft(qtbot: QtBot) -> None:
    page, table, tasks = a_table(qtbot)
    snapshot = snapshot_of([an_item(number, Item.PENDING) for number in range(5)])
    table.show(await table.prepare(snapshot, {}, same_job=False, keep_order=False), same_job=False)
    await table.show_drafts(by_id(a_failure(2)))
    page.drafted.click()
    assert page.model.rowCount() == 1
    await table.show_drafts({})
    assert page.model.rowCount() == 5
    assert not page.filter().is_active
    await tasks.finished()
