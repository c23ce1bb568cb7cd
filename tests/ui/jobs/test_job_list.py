from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

import pytest
from fakes.builders import NINE, a_job, items_of
from fakes.words import ENGLISH
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.jobs.counted import counted_rows
from app.jobs.job_list import JobScope, in_order_of_need
from app.models.vocabulary import JobId
from app.settings.connections import ColourMark, ConnectionId
from ui.jobs.page import JobsPage
from ui.jobs.view_model import JobKey, JobRow, RowContext, advice_of, job_row, older_jobs
from ui.theme.status import JobLook
from ui.widgets.card_list_model import CardListModel

ACME = "Acme <b>Nordic</b>"
HERE = ConnectionId("acme")


def key(number: int) -> JobKey:
    return JobKey(HERE, JobId(f"job-{number}"))


def row(number: int = 1, status: str = "in_progress", *statuses: str, **changes: object) -> JobRow:
    job = a_job(status, 3, id=JobId(f"job-{number}"), **changes)
    rows = tuple(replace(item, export_job_id=job.id) for item in items_of(*statuses))
    counted = counted_rows(job, rows, NINE) if rows else None
    return job_row(RowContext(key(number), ACME), job, counted, ENGLISH).at(NINE + timedelta(minutes=20), ENGLISH)


@pytest.fixture
def model(qapp: QApplication) -> Iterator[CardListModel[JobRow]]:
    owner = QObject()
    made = CardListModel[JobRow](owner, attrgetter("key"))
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    del tester, owner


def test_a_row_says_how_long_the_job_has_and_when_it_hurries() -> None:
    assert (row().left, row().is_urgent) == ("40 min left", False)
    assert (row(expires_in=1800).left, row(expires_in=1800).is_urgent) == ("10 min left", True)


def test_a_finished_job_says_when_it_ended_and_never_hurries() -> None:
    ended = row(1, "completed", completed_at=NINE)
    assert ended.left.startswith("ended 2 Mar")
    assert not ended.is_urgent


def test_an_unlisted_job_status_is_said_as_it_came() -> None:
    assert row(1, "paused").status_word == "unknown status 'paused'"
    assert row(1, "paused").look is JobLook.UNKNOWN


def test_a_screen_reader_hears_the_whole_card_in_words() -> None:
    said = row(1, "in_progress", "successful", "failed", "parked").sentence
    assert said.startswith(f"{ACME}, in progress, 3 items: 1 posted, 1 failed, 1 unknown, 40 min left, Created")


def test_the_list_follows_qts_rules_for_models(model: CardListModel[JobRow]) -> None:
    model.show_rows([row(1), row(2)])
    model.show_rows([row(2), row(3), row(1)])
    model.show_rows([])
    assert model.rowCount() == 0


def test_a_card_that_is_elided_can_be_read_in_full_as_plain_text(model: CardListModel[JobRow]) -> None:
    model.show_rows([row()])
    tooltip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Nordic" in str(tooltip)


def test_the_same_jobs_read_again_change_in_place(model: CardListModel[JobRow], qtbot: QtBot) -> None:
    model.show_rows([row(1), row(2)])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as changed:
        model.show_rows([row(1), row(2, "in_progress", "failed")])
    assert changed.args[0].row() == 1


def test_the_chosen_job_stays_chosen_without_being_opened_again(qtbot: QtBot) -> None:
    page = JobsPage()
    qtbot.addWidget(page)
    page.show_rows([row(1), row(2)], JobScope.NEEDS_ATTENTION, None)
    page.choose(key(2))
    with qtbot.assertNotEmitted(page.job_chosen):
        page.show_rows([row(3), row(2), row(1)], JobScope.NEEDS_ATTENTION, key(2))
    assert page.list.currentIndex().row() == 1


@pytest.mark.parametrize("scope", list(JobScope))
def test_an_empty_list_says_what_would_be_here(qtbot: QtBot, scope: JobScope) -> None:
    page = JobsPage()
    qtbot.addWidget(page)
    page.show()
    page.show_rows([], scope, None)
    assert page.empty.isVisible()
    assert page.empty.accessibleDescription()


def test_a_list_that_gets_the_focus_opens_no_job_by_itself(qtbot: QtBot) -> None:
    page = JobsPage()
    qtbot.addWidget(page)
    page.show_rows([row(1), row(2)], JobScope.NEEDS_ATTENTION, key(9))
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    with qtbot.assertNotEmitted(page.job_chosen):
        page.list.setFocus()
    with qtbot.waitSignal(page.job_chosen) as chosen:
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert chosen.args == [key(2)]


@pytest.mark.parametrize(
    ("status", "statuses", "brief"),
    [
        ("in_progress", ("successful", "successful", "failed"), "ready"),
        ("in_progress", ("successful", "pending", "pending"), "2 pending"),
        ("in_progress", ("successful", "failed", "in_progress"), "1 in progress"),
        ("in_progress", ("pending", "in_progress", "parked"), "2 open, 1 unknown"),
        ("in_progress", ("successful",), "1 of 3 read"),
        ("pending", ("pending", "pending", "pending"), "not started"),
        ("completed", ("successful", "successful", "successful"), ""),
        ("in_progress", (), ""),
    ],
)
def test_a_card_says_in_brief_what_stands_between_the_job_and_its_end(
    status: str, statuses: tuple[str, ...], brief: str
) -> None:
    assert row(1, status, *statuses).brief == brief


def test_rows_that_belong_to_another_job_are_no_reason_to_call_a_job_ready() -> None:
    job = a_job(id=JobId("job-1"))
    assert job_row(RowContext(key(1), ACME), job, counted_rows(job, items_of("successful"), NINE), ENGLISH).brief == (
        "not ready"
    )


def test_of_a_companys_running_jobs_the_oldest_comes_first_and_the_others_say_so() -> None:
    later = NINE + timedelta(minutes=5)
    jobs = [
        a_job(id="young", created_at=later),
        a_job(id="old"),
        a_job("pending", id="waiting", created_at=later + timedelta(minutes=1)),
        a_job("completed", id="ended", created_at=NINE - timedelta(days=1)),
        a_job(id="elsewhere", company_id="another", created_at=later),
    ]
    older = older_jobs(jobs)
    assert {job_id: first.id for job_id, first in older.items()} == {"young": "old", "waiting": "old"}
    context = RowContext(key(1), ACME, older=older[JobId("young")])
    said = job_row(context, jobs[0], None, ENGLISH)
    assert said.note.startswith("Complete the ")
    assert said.times in said.sentence
    assert said.note in said.sentence


def test_where_a_time_cannot_be_read_each_job_may_be_the_older_one_and_both_say_so() -> None:
    jobs = [a_job(id="dated"), a_job(id="unreadable", created_at=None), a_job(id="elsewhere", company_id="another")]
    older = older_jobs(jobs)
    assert {job_id: other.id for job_id, other in older.items()} == {"dated": "unreadable", "unreadable": "dated"}
    for job in jobs[:2]:
        said = job_row(RowContext(key(1), ACME, older=older[job.id]), job, None, ENGLISH)
        assert said.note == "Another job may be older: a date is unreadable"
        assert "which of the two is older cannot be read" in advice_of(jobs, job.id, ENGLISH)
    assert "unreadable date" in job_row(RowContext(key(1), ACME), jobs[1], None, ENGLISH).times


def test_a_deadline_that_cannot_be_read_hurries() -> None:
    job = a_job(last_updated_at=None, unreadable_fields=("lastUpdatedAt",))
    row = job_row(RowContext(key(1), ACME), job, None, ENGLISH).at(NINE, ENGLISH)
    assert (row.left, row.is_urgent) == ("unreadable deadline", True)
    assert in_order_of_need([a_job(), job])[0] is job


def test_a_card_that_could_not_be_read_again_says_when_it_was_read() -> None:
    assert job_row(RowContext(key(1), ACME, old="Old: as read 23 Nov, 09:12"), a_job(), None, ENGLISH).note == (
        "Old: as read 23 Nov, 09:12"
    )


def test_a_job_hurries_from_the_first_warning_that_the_user_wants() -> None:
    made = job_row(RowContext(key(1), ACME), a_job(), None, ENGLISH)
    half_past = NINE + timedelta(minutes=30)
    assert not made.at(half_past, ENGLISH).is_urgent
    assert made.at(half_past, ENGLISH, timedelta(minutes=45)).is_urgent


def test_the_filter_names_each_company_and_shows_only_where_there_are_several(qtbot: QtBot) -> None:
    page = JobsPage()
    qtbot.addWidget(page)
    page.show()
    page.show_companies([("Acme", ColourMark.BLUE)])
    assert not page.company.isVisible()
    page.show_companies([("Acme", ColourMark.BLUE), ("Beta", ColourMark.NONE)])
    assert page.company.isVisible()
    with qtbot.waitSignal(page.company_chosen) as chosen:
        page.company.setCurrentIndex(2)
    assert chosen.args == ["Beta"]
    page.show_companies([("Acme", ColourMark.BLUE), ("Alpha", ColourMark.NONE), ("Beta", ColourMark.NONE)])
    assert page.company.currentData() == "Beta"
    page.show_rows([], JobScope.NEEDS_ATTENTION, None)
    assert page.empty.accessibleName() == "Nothing of Beta"
    with qtbot.waitSignal(page.company_chosen) as chosen:
        page.show_companies([("Acme", ColourMark.BLUE), ("Alpha", ColourMark.NONE)])
    assert chosen.args == [""]
