from collections.abc import Iterator
from datetime import timedelta

import pytest
from fakes.builders import NINE, a_job, items_of
from fakes.words import ENGLISH
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.jobs.counted import counted_rows
from app.jobs.job_list import JobScope
from app.models.words import JobId
from app.settings.connections import ConnectionId
from ui.jobs.list_model import JobListModel
from ui.jobs.page import JobsPage
from ui.jobs.view_model import JobKey, JobRow, Place, job_row
from ui.theme.status import JobLook

ACME = "Acme <b>Nordic</b>"
HERE = ConnectionId("acme")


def key(number: int) -> JobKey:
    return JobKey(HERE, JobId(f"job-{number}"))


def row(number: int = 1, status: str = "in_progress", *statuses: str, **changes: object) -> JobRow:
    job = a_job(status, 3, id=JobId(f"job-{number}"), **changes)
    counted = counted_rows(job, items_of(*statuses), NINE) if statuses else None
    return job_row(Place(key(number), ACME), job, counted, ENGLISH).at(NINE + timedelta(minutes=20), ENGLISH)


@pytest.fixture
def model(qapp: QApplication) -> Iterator[JobListModel]:
    owner = QObject()
    made = JobListModel(owner)
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
    assert said.startswith(
        f"{ACME}, in progress, 3 items: 1 successful, 1 failed, 1 unknown, 1 unknown, 40 min left, Created"
    )


def test_the_list_follows_qts_rules_for_models(model: JobListModel) -> None:
    model.show_rows([row(1), row(2)])
    model.show_rows([row(2), row(3), row(1)])
    model.show_rows([])
    assert model.rowCount() == 0


def test_a_card_that_is_elided_can_be_read_in_full_as_plain_text(model: JobListModel) -> None:
    model.show_rows([row()])
    tooltip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Nordic" in str(tooltip)


def test_the_same_jobs_read_again_change_in_place(model: JobListModel, qtbot: QtBot) -> None:
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
