"""Notices in the user's language."""

from collections.abc import Iterator

import pytest
from fakes.bracketed_language import bracketed
from fakes.builders import a_job
from fakes.words import ENGLISH

from app.settings.connections import ConnectionId
from app.watching.notices import Notice, NoticeKind
from ui.notifications.view_model import NoticeView, notice_view, summed_up

ACME = ConnectionId("acme")


@pytest.fixture(autouse=True)
def in_brackets() -> Iterator[None]:
    with bracketed():
        yield


def told(kind: NoticeKind, count: int = 0, status: str = "in_progress") -> NoticeView:
    return notice_view(Notice(kind, a_job(status), ("a fact",), count), ACME, "Acme", ENGLISH)


@pytest.mark.parametrize(
    ("kind", "count", "status", "title"),
    [
        (NoticeKind.READY, 3, "in_progress", "⟦Acme: ⟦ready to complete⟧⟧"),
        (NoticeKind.FAILURES, 1, "in_progress", "⟦Acme: ⟦1 item failed⟧⟧"),
        (NoticeKind.DEADLINE, 0, "in_progress", "⟦Acme: ⟦under 1 min left⟧⟧"),
        (NoticeKind.EXPIRED, 2, "failed", "⟦Acme: ⟦the job expired⟧⟧"),
        (NoticeKind.ENDED, 0, "completed", "⟦Acme: ⟦somebody else ended the job: ⟦completed⟧⟧⟧"),
    ],
)
def test_a_notice_names_its_company_and_its_news(kind: NoticeKind, count: int, status: str, title: str) -> None:
    assert told(kind, count, status).title == title


def test_whole_sentences_stand_beside_each_other() -> None:
    job, abandoned, again = told(NoticeKind.EXPIRED, 2, "failed").text.split("⟧ ⟦")
    assert job.startswith("⟦Export job of 2 Mar")
    assert (abandoned, again) == ("2 items were abandoned.", "Exporting again in Pleo makes a new job.⟧")


def test_many_are_summed_up_in_one_phrase() -> None:
    views = [told(NoticeKind.FAILURES, number) for number in (1, 2, 3, 4)]
    (one,) = summed_up(views)
    assert one.title == "⟦4 jobs with newly failed items⟧"
    assert one.text == "⟦The first of them: ⟦Acme: ⟦1 item failed⟧⟧⟧"
