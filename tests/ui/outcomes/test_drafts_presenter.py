"""Drafts go to the job that they were entered for."""

from dataclasses import replace

from fakes.builders import JOB_ID, NINE, OTHER_JOB_ID, a_snapshot, entry_id
from fakes.clocks import FakeClock
from fakes.drafts import LIST, FakeDraftStore, a_success
from fakes.item_updates import FakePleo
from fakes.journal import FakeJournal
from fakes.qt_loop import at_rest

from app.completion.derive import NotReady
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import JobId
from app.outcomes.draft_service import DraftService
from app.outcomes.service import ItemUpdateService
from ui.outcomes.drafts_section import DraftsSection
from ui.outcomes.presenter import DraftsPresenter
from ui.widgets.message_bar import MessageBar


def a_job(job_id: JobId) -> JobSnapshot:
    snapshot = a_snapshot("pending", "pending")
    return replace(snapshot, job=replace(snapshot.job, id=job_id))


def not_asked(_snapshot: JobSnapshot) -> NotReady:
    raise AssertionError("nothing is drafted for the job on screen")


async def test_a_list_that_is_accepted_after_another_job_came_on_screen_goes_to_the_job_that_it_was_matched_to() -> (
    None
):
    store = FakeDraftStore()
    service = DraftService(store, ItemUpdateService(FakePleo(2), FakeJournal(), FakeClock()))
    section, messages = DraftsSection(), MessageBar()
    presenter = DraftsPresenter(section, messages, service, not_asked)
    for job_id in (JOB_ID, OTHER_JOB_ID):
        presenter.show_snapshot(a_job(job_id))
    presenter.take_list(JOB_ID, [a_success(1).outcome], {entry_id(1): LIST}, "Ann", NINE)
    await at_rest(presenter)
    assert set(store.kept[JOB_ID]) == {entry_id(1)}
    assert store.kept[OTHER_JOB_ID] == {}
    assert presenter.book.drafts == {}
