"""The gate's section about drafts: what is drafted, what it would come to, and the way to the rows."""

from collections.abc import Iterable
from dataclasses import replace

from fakes.builders import a_snapshot, entry_id
from fakes.drafts import a_failure, a_success, snapshot_as_drafted
from pytestqt.qtbot import QtBot

from app.completion.derive import NotReady, derive
from app.completion.failure import IntegrationSpecification
from app.completion.preview import Preview
from app.models.draft import Draft, DraftRefusal
from app.models.snapshot import JobSnapshot
from ui.outcomes.drafts_section import DraftsSection
from ui.outcomes.drafts_view import DraftsView, drafts_view
from ui.outcomes.view_model import statuses_text


def view_of(snapshot: JobSnapshot, drafts: Iterable[Draft]) -> DraftsView:
    by_id = {draft.entry_id: draft for draft in drafts}
    would_be = snapshot_as_drafted(snapshot, by_id)
    found = derive(would_be, IntegrationSpecification())
    judged = found if isinstance(found, NotReady) else Preview(would_be, found.tally, found.event)
    return drafts_view(by_id, judged, has_ended=snapshot.job.is_finished)


def a_section(qtbot: QtBot, view: DraftsView) -> DraftsSection:
    section = DraftsSection()
    qtbot.addWidget(section)
    section.show()
    section.show_drafts(view)
    return section


OPEN = a_snapshot("successful", "pending", "pending")


def test_without_drafts_there_is_nothing_to_see(qtbot: QtBot) -> None:
    assert not a_section(qtbot, view_of(OPEN, [])).isVisible()


def test_it_counts_the_drafts_and_names_the_event_that_would_follow(qtbot: QtBot) -> None:
    section = a_section(qtbot, view_of(OPEN, [a_success(1), a_failure(2)]))
    assert section.drafted.sentence() == "2 drafted, not sent"
    assert section.event_words.text() == "Once they are sent, it would be completed with errors"
    assert section.send.isVisible()
    assert not section.refused.isVisible()


def test_where_something_would_still_be_open_it_says_what(qtbot: QtBot) -> None:
    section = a_section(qtbot, view_of(OPEN, [a_success(1)]))
    assert section.event_words.text() == "Once it is sent, it would still not be ready"
    assert section.event_note.text() == "1 item is still pending."


def test_it_leads_to_the_drafted_rows_and_to_the_refused_ones(qtbot: QtBot) -> None:
    refused = replace(a_success(2), refusal=DraftRefusal("UPDATE_FAILED", "No"))
    section = a_section(qtbot, view_of(OPEN, [a_success(1), refused]))
    assert section.drafted.sentence() == "2 drafted, not sent"
    assert section.refused.sentence() == "1 of them refused by Pleo"
    with qtbot.waitSignal(section.jump_requested) as wished:
        section.drafted.click()
    assert wished.args == [(entry_id(1), entry_id(2))]
    with qtbot.waitSignal(section.jump_requested) as wished:
        section.refused.click()
    assert wished.args == [(entry_id(2),)]


def test_a_draft_that_is_refused_is_not_counted_twice(qtbot: QtBot) -> None:
    refused = replace(a_success(2), refusal=DraftRefusal("UPDATE_FAILED", "No"))
    section = a_section(qtbot, view_of(OPEN, [refused]))
    assert section.isVisible()
    assert not section.drafted.isVisible()
    assert section.refused.sentence() == "1 draft refused by Pleo"


def test_drafts_of_a_job_that_has_ended_are_kept_and_said_and_cannot_be_sent(qtbot: QtBot) -> None:
    section = a_section(qtbot, view_of(a_snapshot("abandoned", job_status="failed"), [a_success(0)]))
    assert section.drafted.sentence() == "1 drafted, not sent"
    assert "The job has ended" in section.event_note.text()
    assert not section.send.isVisible()
    assert section.discard.isVisible()


def test_statuses_are_counted_the_most_frequent_first() -> None:
    assert statuses_text(a_snapshot("pending", "failed", "pending", "parked").items[i].status for i in range(4)) == (
        "2 pending, 1 failed, 1 unknown: parked"
    )
