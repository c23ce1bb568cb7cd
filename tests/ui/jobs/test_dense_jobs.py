"""The list of jobs as lines, grouped by company; whole names on cards; what can be done with a job at its place."""

from dataclasses import replace

import pytest
from fakes.builders import a_job
from fakes.words import ENGLISH
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.jobs.job_list import JobScope
from app.models.vocabulary import JobId
from app.settings.connections import ConnectionId
from ui.jobs.line_delegate import LINE_PIXELS
from ui.jobs.page import JobsPage
from ui.jobs.rows import by_company
from ui.jobs.view_model import JobKey, JobRow, RowContext, job_row
from ui.shell.main_window import MainWindow
from ui.theme.metrics import scaled


def a_row(company: str, name: str, left: str = "") -> JobRow:
    key = JobKey(ConnectionId(company), JobId(name))
    return replace(job_row(RowContext(key, company), a_job(id=JobId(name)), None, ENGLISH), left=left)


@pytest.fixture
def page(qtbot: QtBot) -> JobsPage:
    made = JobsPage()
    qtbot.addWidget(made)
    made.resize(280, 500)
    made.show()
    return made


def heights(page: JobsPage) -> list[int]:
    return [page.list.visualRect(page.model.index(place)).height() for place in range(page.model.rowCount())]


def test_a_job_is_a_line_of_28_pixels(page: JobsPage) -> None:
    page.show_rows([a_row("Acme", "1"), a_row("Acme", "2")], JobScope.ALL, None)
    cards = heights(page)
    page.show_dense(True)
    assert heights(page) == [scaled(LINE_PIXELS)] * 2
    assert LINE_PIXELS == 28
    page.show_dense(False)
    assert heights(page) == cards


def test_over_the_first_line_of_each_company_stands_its_name_where_there_are_several(page: JobsPage) -> None:
    page.show_dense(True)
    rows = [a_row("Acme", "1"), a_row("Acme", "2"), a_row("Beta", "3")]
    page.show_rows(rows, JobScope.ALL, rows[1].key)
    first, second, third = heights(page)
    assert second == scaled(LINE_PIXELS)
    assert first == third > second
    assert page.list.currentIndex().row() == 1


def test_jobs_of_a_company_stand_together_and_the_most_urgent_company_first() -> None:
    rows = [a_row("Beta", "1"), a_row("Acme", "2"), a_row("Beta", "3"), a_row("Acme", "4")]
    assert [row.id for row in by_company(rows)] == ["1", "3", "2", "4"]


def test_a_line_is_painted_with_and_without_room(page: JobsPage) -> None:
    page.show_dense(True)
    page.show_rows([a_row("Acme", "1", "47 min left"), a_row("Beta", "2", "47 min left")], JobScope.ALL, None)
    wide = page.grab().toImage()
    page.resize(120, 500)
    assert page.grab().toImage() != wide


def test_the_menu_of_a_job_has_the_actions_of_the_menu_bar(qtbot: QtBot, page: JobsPage) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    actions = window.actions_by_name
    page.job_actions = (actions.act, actions.copy_job_id)
    found: list[QAction] = page.job_menu().actions()
    assert found == [actions.act, actions.copy_job_id]
    assert not any(action.isEnabled() for action in found)
    assert all(action.toolTip() == "Choose a job first" for action in found)
