from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import NINE, a_job, items_of
from fakes.clocks import FakeClock
from fakes.machine import FakeTray
from fakes.words import ENGLISH
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.jobs.counted import counted_rows
from app.models.vocabulary import CompanyId, JobId
from app.settings.connections import ConnectionId
from app.watching.facts import JobFacts
from app.watching.notices import NoticeKind, Wishes
from ui.notifications.presenter import CompanyFacts, NoticesPresenter
from ui.notifications.tray import Tray, badged_icon
from ui.notifications.view_model import NoticeView, still_true, summed_up
from ui.widgets.message_bar import MessageKind
from ui.widgets.message_stack import MessageStack

ACME = ConnectionId("acme")
ALL = Wishes(failures=True, deadlines=True, ready=True, ended=True)


class Told(set[str]):
    def add(self, facts: Iterable[str]) -> None:  # type: ignore[override]
        self.update(facts)


class Screen:
    def __init__(self, qtbot: QtBot, wishes: Wishes = ALL) -> None:
        self.stack = MessageStack()
        qtbot.addWidget(self.stack)
        self.stack.resize(280, 400)
        self.tray = FakeTray()
        self.tray.is_shown = True
        self.clock = FakeClock(NINE)
        self.is_in_front = True
        self.before_eyes: set[str] = set()
        self.led: list[tuple[object, ...]] = []
        self.told = Told()
        self.presenter = NoticesPresenter(
            self.stack,
            self.tray,
            self.told,
            self.clock,
            ENGLISH,
            lambda: wishes,
            is_in_front=lambda: self.is_in_front,
            is_before_eyes=lambda _connection, job_id: job_id in self.before_eyes,
        )
        self.presenter.show_requested.connect(lambda *where: self.led.append(where))

    def judge(self, *facts: JobFacts) -> None:
        """What is told together is shown together, without the wait."""
        self.presenter.judge([CompanyFacts(ACME, lambda _id: "Acme <b>Ltd</b>", facts)])
        if self.presenter._collecting.isActive():
            self.presenter._collecting.stop()
            self.presenter._show_collected()

    def titles(self) -> list[str]:
        return [bar.title() for bar in self.stack.bars().values()]


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    return Screen(qtbot)


def facts(number: int, *statuses: str, **changes: object) -> JobFacts:
    usual = {"id": JobId(f"job-{number}"), "company_id": CompanyId("c"), "items": len(statuses)}
    job = a_job(**(usual | changes))
    rows = tuple(replace(item, export_job_id=job.id) for item in items_of(*statuses))
    return JobFacts(job, counted_rows(job, rows, NINE))


def test_new_failures_are_said_with_their_company_and_lead_to_the_first_item(screen: Screen) -> None:
    screen.judge(facts(1, "pending", "failed"))
    assert screen.titles() == ["Acme <b>Ltd</b>: 1 item failed"]
    (bar,) = screen.stack.bars().values()
    assert bar.kind() is MessageKind.INFO
    bar.action_requested.emit("show")
    ((connection, job_id, entry_id),) = screen.led
    assert (connection, job_id) == (ACME, "job-1")
    assert str(entry_id).endswith("000000000001")
    assert screen.titles() == []


def test_what_was_told_is_not_told_again(screen: Screen) -> None:
    for _ in range(3):
        screen.judge(facts(1, "pending", "failed"))
    (bar,) = screen.stack.bars().values()
    bar.closed.emit()
    screen.judge(facts(1, "pending", "failed"))
    assert screen.titles() == []


@pytest.mark.parametrize(
    ("was", "now", "left"),
    [
        (("pending", "failed"), ("pending", "successful"), []),
        (("pending", "failed"), ("pending", "failed"), ["Acme <b>Ltd</b>: 1 item failed"]),
        (("successful",), ("pending",), []),
    ],
)
def test_a_notice_goes_once_the_job_is_no_longer_so(
    screen: Screen, was: tuple[str, ...], now: tuple[str, ...], left: list[str]
) -> None:
    screen.judge(facts(1, *was))
    assert len(screen.titles()) == 1
    screen.judge(facts(1, *now))
    assert screen.titles() == left


def test_a_job_that_has_ended_needs_nobody_any_more(screen: Screen) -> None:
    screen.judge(facts(1, "pending", "failed"))
    screen.presenter.take_own_end(JobId("job-1"))
    screen.judge(facts(1, "successful", "failed", status="completed_with_errors"))
    assert screen.titles() == []


def test_the_sandbox_tells_anew_at_each_start(screen: Screen) -> None:
    failed = (facts(1, "pending", "failed"),)
    for start in ("http://127.0.0.1:1 ", "http://127.0.0.1:2 ", "http://127.0.0.1:2 "):
        screen.presenter.judge([CompanyFacts(ACME, lambda _id: "Acme", failed, start)])
    assert len(screen.told) == 2


def test_what_is_not_wanted_counts_as_told(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Wishes(failures=False))
    screen.judge(facts(1, "pending", "failed"))
    assert screen.titles() == []
    assert len(screen.told) == 1


def test_the_job_on_screen_needs_no_notice_but_for_its_deadline(screen: Screen) -> None:
    screen.before_eyes = {"job-1"}
    screen.judge(facts(1, "successful"), facts(1, "failed"))
    assert screen.titles() == []
    screen.clock.pass_seconds(50 * 60)
    screen.judge(facts(1, "successful"))
    assert screen.titles() == ["Acme <b>Ltd</b>: 10 min left"]


def test_somebody_who_looks_elsewhere_is_told_on_the_desktop(screen: Screen) -> None:
    screen.judge(facts(1, "pending", "failed"))
    assert screen.tray.told == []
    screen.is_in_front = False
    screen.judge(facts(2, "successful"))
    ((title, text),) = screen.tray.told
    assert title == "Acme <b>Ltd</b>: ready to complete"
    assert "1 item, all final" in text
    screen.tray.message_clicked.emit()
    assert screen.led == [(ACME, "job-2", None)]


def test_many_at_once_are_summed_up_by_kind(screen: Screen) -> None:
    screen.is_in_front = False
    screen.judge(*(facts(number, "pending", "failed") for number in range(5)), facts(9, "successful"))
    assert sorted(screen.titles()) == ["5 jobs with newly failed items", "Acme <b>Ltd</b>: ready to complete"]
    assert len(screen.tray.told) == 1
    assert screen.tray.told[0][1].endswith("and 1 more")


def test_an_expired_job_says_what_became_of_its_items_and_replaces_what_was_said_before(screen: Screen) -> None:
    screen.judge(facts(1, "pending", "failed"))
    screen.judge(facts(1, "abandoned", "failed", status="failed", failure_reason_type="job_expired"))
    assert screen.titles() == ["Acme <b>Ltd</b>: the job expired"]
    (bar,) = screen.stack.bars().values()
    assert "1 item was abandoned." in bar.advice()


def test_an_end_by_somebody_else_says_how_and_ones_own_is_not_told(screen: Screen) -> None:
    screen.judge(facts(1, "successful", status="completed"))
    assert screen.titles() == ["Acme <b>Ltd</b>: somebody else ended the job: completed"]
    screen.presenter.take_own_end(JobId("job-2"))
    screen.judge(facts(2, "successful", status="completed"))
    assert len(screen.titles()) == 1


def test_a_job_that_somebody_opens_takes_its_notices_away(screen: Screen) -> None:
    screen.judge(facts(1, "pending", "failed"), facts(2, "successful"))
    screen.presenter.let_go(ACME, JobId("job-1"))
    assert screen.titles() == ["Acme <b>Ltd</b>: ready to complete"]


def test_only_the_last_few_notices_stay(screen: Screen) -> None:
    for number in range(25):
        screen.judge(facts(number, "pending", "failed"))
    assert len(screen.titles()) == 20


def view(kind: NoticeKind, job_id: str = "job-1") -> NoticeView:
    return NoticeView(kind, ACME, JobId(job_id), None, str(kind), "")


def test_once_a_job_has_ended_nothing_else_about_it_counts() -> None:
    views = [view(NoticeKind.FAILURES), view(NoticeKind.EXPIRED), view(NoticeKind.READY, "job-2")]
    assert [each.kind for each in still_true(views)] == [NoticeKind.EXPIRED, NoticeKind.READY]


def test_a_few_notices_are_shown_one_by_one() -> None:
    views = [view(NoticeKind.FAILURES, f"job-{number}") for number in range(3)]
    assert summed_up(views) == tuple(views)


def test_the_badge_shows_how_many_jobs_need_somebody(qapp: QApplication) -> None:
    plain, three, many, hurried = (
        badged_icon(count, hurries=hurries).pixmap(32, 32).toImage()
        for count, hurries in ((0, False), (3, False), (42, False), (3, True))
    )
    assert len({image.pixelColor(24, 18).name() for image in (plain, three, hurried)}) == 3
    assert three != many


def test_without_a_tray_nothing_is_shown_and_nothing_fails(qtbot: QtBot) -> None:
    window = MessageStack()
    qtbot.addWidget(window)
    tray = Tray(window)
    tray.set_wanted(is_wanted=True)
    assert tray.is_shown is tray.is_available
    tray.show_count(3, "3 jobs need someone", hurries=False)
    tray.tell("Acme: ready", "All final")
    tray.set_wanted(is_wanted=False)
    assert not tray.is_shown


def test_a_deadline_under_a_minute_is_said_so(screen: Screen) -> None:
    screen.clock.pass_seconds(timedelta(minutes=59, seconds=30).total_seconds())
    screen.judge(facts(1, "pending"))
    assert screen.titles() == ["Acme <b>Ltd</b>: under 1 min left"]
