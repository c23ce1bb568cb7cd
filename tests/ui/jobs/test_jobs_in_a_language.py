"""The list of jobs and what keeps companies away, in the user's language."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.bracketed_language import bracketed
from fakes.builders import NINE, a_job, items_of
from fakes.words import ENGLISH
from pytestqt.qtbot import QtBot

from app.errors import NotReachable
from app.jobs.counted import counted_rows
from app.jobs.job_list import JobScope
from app.messages import said
from app.models.vocabulary import JobId
from app.settings.connections import ConnectionId
from ui.jobs.page import JobsPage
from ui.jobs.troubles import CompanyTrouble, trouble_views
from ui.jobs.view_model import JobKey, JobRow, RowContext, advice_of, job_row, old_words
from ui.widgets.plain_label import PlainLabel


@pytest.fixture(autouse=True)
def in_brackets() -> Iterator[None]:
    with bracketed():
        yield


def row(*statuses: str) -> JobRow:
    job = a_job("in_progress", len(statuses), id=JobId("job-1"), started_at=NINE)
    rows = tuple(replace(item, export_job_id=job.id) for item in items_of(*statuses))
    context = RowContext(JobKey(ConnectionId("acme"), job.id), "Acme", old=old_words(NINE, NINE, ENGLISH))
    return job_row(context, job, counted_rows(job, rows, NINE), ENGLISH)


@pytest.mark.parametrize(
    ("statuses", "brief"),
    [
        (("successful", "failed"), "⟦ready⟧"),
        (("pending", "parked"), "⟦1 pending⟧, ⟦1 unknown⟧"),
        (("pending", "in_progress"), "⟦2 open⟧"),
        (("in_progress", "in_progress"), "⟦2 in progress⟧"),
        (("parked",), "⟦1 unknown⟧"),
    ],
)
def test_a_card_says_what_stands_between_the_job_and_its_end(statuses: tuple[str, ...], brief: str) -> None:
    assert row(*statuses).brief == brief


def test_a_card_says_status_counts_and_age_in_one_sentence() -> None:
    one = row("successful", "failed")
    assert one.sentence.startswith("Acme, ")
    assert "⟦⟦2 items⟧: ⟦1 posted⟧, ⟦1 failed⟧⟧, ⟦ready⟧" in one.sentence
    assert one.sentence.endswith("⟦Old: as read 09:00:00⟧")
    assert one.times.startswith("⟦Created 2 Mar")
    assert " · ⟦started " in one.times


def test_an_older_job_is_named_in_one_sentence() -> None:
    older, newer = a_job(id=JobId("a")), a_job(id=JobId("b"))
    assert advice_of([older, newer], newer.id, ENGLISH).startswith("⟦An older job of this company, of ")


def test_one_trouble_of_many_companies_is_one_sentence() -> None:
    problem = NotReachable(said("Pleo cannot be reached."))
    names = ("Acme", "Beta", "Fjäll", "Nord")
    troubles = [CompanyTrouble(ConnectionId(name), name, problem) for name in names]
    (view,) = trouble_views(troubles)
    assert view.title == "⟦⟦Acme, Beta and 2 more⟧: ⟦Pleo cannot be reached.⟧.⟧"


def test_an_empty_list_says_which_jobs_it_would_hold(qtbot: QtBot) -> None:
    page = JobsPage()
    qtbot.addWidget(page)
    assert [page.scope.itemText(place) for place in range(3)] == ["⟦Needs attention⟧", "⟦Finished⟧", "⟦All jobs⟧"]
    page.show_rows([], JobScope.FINISHED, None)
    assert page.empty.findChild(PlainLabel).text() == "⟦No finished jobs yet⟧"
