"""The bell in the frame, with the notices behind it."""

from collections.abc import Iterator

import pytest
from fakes.builders import NINE
from fakes.clocks import FakeClock
from fakes.machine import FakeTray
from fakes.words import ENGLISH
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.models.vocabulary import JobId
from app.settings.connections import ConnectionId
from app.watching.notices import NoticeKind, Wishes
from ui.notifications.bell import NoticeBell
from ui.notifications.presenter import NoticesPresenter
from ui.notifications.view_model import NoticeView
from ui.widgets.announcements import announcements

ACME = ConnectionId("acme")


def notice(number: int) -> NoticeView:
    return NoticeView(NoticeKind.FAILURES, ACME, JobId(f"job-{number}"), None, f"Acme: {number} failed", "Of today.")


class Frame:
    def __init__(self, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.bell = NoticeBell()
        self.window.statusBar().addPermanentWidget(self.bell)
        self.window.show()
        self.heard: list[str] = []
        announcements().made.connect(self.heard.append)
        self.clock = FakeClock(NINE)
        self.presenter = NoticesPresenter(
            self.bell.panel.stack,
            FakeTray(),
            set(),  # type: ignore[arg-type]
            self.clock,
            ENGLISH,
            Wishes,
            is_in_front=lambda: True,
            is_before_eyes=lambda *_: False,
        )
        self.presenter.unread_changed.connect(self.bell.show_unread)
        self.presenter.came.connect(self.bell.say)
        self.bell.opened.connect(self.presenter.mark_read)

    def tell(self, *numbers: int) -> None:
        self.presenter._show(tuple(notice(number) for number in numbers))


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[Frame]:
    made = Frame(qtbot)
    yield made
    announcements().made.disconnect(made.heard.append)
    made.bell.panel.hide()


def test_the_bell_counts_what_nobody_has_read_and_goes_quiet_when_it_is_opened(frame: Frame) -> None:
    assert (frame.bell.accessibleName(), frame.bell.text()) == ("Notices", "")
    frame.tell(1, 2)
    frame.tell(3)
    assert (frame.bell.accessibleName(), frame.bell.text()) == ("3 notices", "3")
    frame.bell.click()
    assert (frame.bell.accessibleName(), frame.bell.text()) == ("Notices", "")
    assert len(frame.bell.panel.stack.bars()) == 3
    frame.tell(4)
    assert frame.bell.accessibleName() == "1 notice"


def test_each_notice_says_when_it_came_and_is_announced_once(frame: Frame) -> None:
    frame.tell(1)
    frame.clock.pass_seconds(600)
    frame.tell(2)
    frame.bell.click()
    said = [bar.advice() for bar in frame.bell.panel.stack.bars().values()]
    came_at = ENGLISH.time(NINE)
    assert f"{came_at} · Of today." in said
    assert len(set(said)) == 2
    assert frame.heard == ["Acme: 1 failed Of today.", "Acme: 2 failed Of today."]


def test_a_notice_leads_to_its_job_and_closes_the_list(frame: Frame) -> None:
    led: list[tuple[object, ...]] = []
    frame.presenter.show_requested.connect(lambda *where: led.append(where))
    frame.tell(1, 2)
    frame.bell.click()
    assert frame.bell.panel.isVisible()
    bar = next(bar for bar in frame.bell.panel.stack.bars().values() if bar.title() == "Acme: 2 failed")
    bar.action_requested.emit("show")
    assert led == [(ACME, "job-2", None)]
    assert not frame.bell.panel.isVisible()
    assert len(frame.bell.panel.stack.bars()) == 1


def test_without_notices_the_list_says_so(frame: Frame) -> None:
    frame.bell.click()
    assert not frame.bell.panel.nothing.isHidden()
    assert frame.bell.panel.stack.isHidden()


def test_what_is_looked_at_elsewhere_is_counted_no_more(frame: Frame) -> None:
    frame.tell(1, 2)
    frame.presenter.let_go(ACME, JobId("job-1"))
    assert frame.bell.accessibleName() == "1 notice"
