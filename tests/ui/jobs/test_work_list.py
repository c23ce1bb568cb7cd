"""The one list over several connections, with watches whose Pleo is in memory."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fakes.builders import NINE, a_job, an_item
from fakes.history import FakeHistory
from fakes.pleo import unreachable
from fakes.qt_loop import until
from fakes.readers import reader_over
from fakes.words import ENGLISH
from pytestqt.qtbot import QtBot

from app.errors import PleoProblem
from app.jobs.counted import counted_rows
from app.jobs.job_list import JobScope
from app.jobs.service import JobsService
from app.models.export_job import ExportJob, ExportJobItem
from app.models.vocabulary import JobId
from app.settings.connections import ColourMark, ConnectionId
from app.watching.jobs_watch import JobsWatch
from app.watching.monitor import JobsMonitor
from app.watching.schedule import PollingConditions, Watching
from ui.jobs.page import JobsPage
from ui.jobs.presenter import JobsPresenter
from ui.jobs.rows import WatchedConnection
from ui.jobs.troubles import CompanyTrouble
from ui.jobs.view_model import JobKey

NEVER = Watching(job_list=3600)


class Clock:
    """Waits like the loop, while its time of day stands where the test puts it."""

    def __init__(self) -> None:
        self.time = NINE + timedelta(minutes=10)

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Company:
    """One company's Pleo: its jobs, or its trouble. `looks` counts the lists that were asked for."""

    def __init__(self, *jobs: ExportJob) -> None:
        self.jobs = jobs
        self.problem: PleoProblem | None = None
        self.looks = 0

    async def list_jobs(self, statuses: tuple[str, ...] = (), company_id: str | None = None) -> tuple[ExportJob, ...]:
        self.looks += 1
        if self.problem:
            raise self.problem
        return tuple(job for job in self.jobs if not statuses or job.status in statuses)

    async def get_job(self, job_id: str) -> ExportJob:
        return next(job for job in self.jobs if job.id == job_id)

    async def list_items(self, job_id: str, on_progress: object = None) -> tuple[ExportJobItem, ...]:
        return (an_item(1, export_job_id=job_id),)


class Screen:
    def __init__(self, qtbot: QtBot) -> None:
        self.page = JobsPage()
        qtbot.addWidget(self.page)
        self.page.show()
        self.clock = Clock()
        self.monitor: JobsMonitor[ConnectionId] = JobsMonitor(self.clock)
        self.presenter = JobsPresenter(self.page, self.monitor, self.clock, ENGLISH)
        self.chosen: list[JobKey] = []
        self.presenter.choice.job_chosen.connect(self.chosen.append)

    def add(self, name: str, pleo: Company, here: PollingConditions | None = None) -> None:
        service = JobsService(pleo, self.clock, reader_over(pleo, self.clock))  # type: ignore[arg-type]
        watch = JobsWatch(service, FakeHistory(), self.clock, lambda: NEVER, lambda: here or PollingConditions())
        self.presenter.add(WatchedConnection(ConnectionId(name), name, ColourMark.NONE, watch, lambda _id: name))
        self.monitor.add(ConnectionId(name), watch)

    def listed(self) -> list[tuple[str, str]]:
        return [(row.company, row.id) for row in self.page.model.rows()]

    def troubles(self) -> list[str]:
        return [bar.title() for bar in self.page.troubles.bars().values()]

    async def rest(self) -> None:
        self.presenter.close()
        await self.monitor.aclose()


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    return Screen(qtbot)


def job(name: str, minutes_left: int = 50, status: str = "in_progress") -> ExportJob:
    return a_job(status, id=JobId(name), expires_in=(10 + minutes_left) * 60)


async def test_jobs_of_all_companies_stand_in_one_order_and_the_most_urgent_is_chosen(screen: Screen) -> None:
    screen.add("Beta", Company(job("b", 30)))
    screen.add("Acme", Company(job("a", 50), job("c", 5)))
    await until(lambda: len(screen.listed()) == 3)
    assert screen.listed() == [("Acme", "c"), ("Beta", "b"), ("Acme", "a")]
    await until(lambda: screen.chosen)
    assert screen.chosen == [JobKey(ConnectionId("Acme"), JobId("c"))]
    await screen.rest()


async def test_the_job_that_was_open_before_is_chosen_again_where_it_is_still_there(screen: Screen) -> None:
    screen.presenter.choice.preferred = JobKey(ConnectionId("Acme"), JobId("a"))
    screen.add("Acme", Company(job("a", 50), job("c", 5)))
    await until(lambda: screen.chosen)
    assert screen.chosen == [screen.presenter.choice.preferred]
    await screen.rest()


async def test_a_company_in_trouble_says_so_and_the_others_are_listed(screen: Screen) -> None:
    down = Company()
    down.problem = unreachable()
    screen.add("Down", down)
    screen.add("Acme", Company(job("a")))
    await until(lambda: screen.troubles() and screen.listed())
    assert screen.troubles() == ["Down: Pleo cannot be reached."]
    assert screen.listed() == [("Acme", "a")]
    assert screen.page.stamp.text().startswith("Read ")
    await screen.rest()


async def test_a_connection_that_could_not_be_opened_is_among_the_troubles_until_it_is(screen: Screen) -> None:
    closed = ConnectionId("Acme")
    screen.presenter.troubles.add_closed(CompanyTrouble(closed, "Acme", unreachable()))
    await until(screen.troubles)
    assert screen.presenter.troubles.closed() == (closed,)
    wished = []
    screen.presenter.troubles.remedy_requested.connect(lambda *wish: wished.append(wish))
    (bar,) = screen.page.troubles.bars().values()
    bar.action_requested.emit("read-again")
    assert wished == [(closed, "read-again")]
    screen.add("Acme", Company(job("a")))
    await until(lambda: not screen.troubles() and screen.listed())
    await screen.rest()


async def test_offline_is_said_once_for_all_and_what_the_user_wishes_is_tried_all_the_same(screen: Screen) -> None:
    offline = PollingConditions(is_online=False)
    companies = Company(job("a")), Company(job("b"))
    for name, pleo in zip(("Acme", "Beta"), companies, strict=True):
        screen.add(name, pleo, offline)
    await until(screen.troubles)
    assert screen.troubles() == ["Offline"]
    assert [pleo.looks for pleo in companies] == [0, 0]
    (bar,) = screen.page.troubles.bars().values()
    bar.action_requested.emit("read-again")
    await until(lambda: len(screen.listed()) == 2 and not screen.troubles())
    await screen.rest()


async def test_another_scope_is_read_from_every_company_and_one_company_can_be_shown_alone(screen: Screen) -> None:
    screen.add("Acme", Company(job("a"), job("x", status="completed")))
    screen.add("Beta", Company(job("b"), job("y", status="failed")))
    await until(lambda: len(screen.listed()) == 2)
    screen.presenter.show_scope(JobScope.FINISHED)
    await until(lambda: sorted(screen.listed()) == [("Acme", "x"), ("Beta", "y")])
    screen.page.company.setCurrentIndex(screen.page.company.findData("Beta"))
    assert screen.listed() == [("Beta", "y")]
    await screen.rest()


async def test_a_job_that_was_read_elsewhere_shows_in_its_card(screen: Screen) -> None:
    first = job("a")
    screen.add("Acme", Company(first))
    await until(lambda: screen.listed() and screen.page.model.rows()[0].is_ready)
    rows = (an_item(1, "pending", export_job_id="a"),)
    fresh = replace(first, number_of_items=1)
    screen.monitor.take(ConnectionId("Acme"), fresh, counted_rows(fresh, rows, NINE))
    await until(lambda: screen.page.model.rows()[0].brief == "1 pending")
    await screen.rest()


async def test_a_connection_that_is_gone_leaves_nothing_behind(screen: Screen) -> None:
    screen.add("Acme", Company(job("a")))
    screen.add("Beta", Company(job("b")))
    await until(lambda: len(screen.listed()) == 2 and screen.presenter.choice.chosen)
    screen.presenter.remove(ConnectionId("Acme"))
    await screen.monitor.remove(ConnectionId("Acme"))
    await until(lambda: screen.listed() == [("Beta", "b")])
    assert screen.presenter.connections()[0].name == "Beta"
    await screen.rest()


async def test_the_job_that_is_worked_on_keeps_its_place_while_its_urgency_changes(screen: Screen) -> None:
    acme = Company(job("a", 10), job("b", 20), job("c", 30))
    screen.add("Acme", acme)
    await until(lambda: screen.chosen)
    assert [name for _, name in screen.listed()] == ["a", "b", "c"]
    acme.jobs = (job("a", 59), job("b", 20), job("c", 5))
    screen.monitor.look_again()
    await until(lambda: [name for _, name in screen.listed()] == ["c", "a", "b"])
    screen.presenter.choice.choose(JobKey(ConnectionId("Acme"), JobId("b")))
    screen.monitor.look_again()
    await until(lambda: [name for _, name in screen.listed()] == ["c", "b", "a"])
    await screen.rest()
