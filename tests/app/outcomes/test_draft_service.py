"""Drafts are written down before they are shown, and leave only when Pleo has them."""

import asyncio
import threading
from dataclasses import dataclass, field, replace

import pytest
from fakes.builders import JOB_ID, an_item, entry_id, snapshot_of
from fakes.clocks import FakeClock
from fakes.drafts import LIST, FakeDraftStore, a_failure, a_success
from fakes.item_updates import FakePleo, Put
from fakes.journal import FakeJournal
from fakes.pleo import declined, lost

from app.completion.evidence import DRAFTED, Kind
from app.errors import DraftsProblem, JournalProblem, PleoProblem
from app.models.draft import Changes, Draft
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Item, JobId
from app.outcomes.draft_service import DraftService, Sent
from app.outcomes.drafts import MARK_FAILED, MARK_POSTED
from app.outcomes.service import ItemUpdateService


@dataclass
class Desk:
    items: int = 3
    puts: tuple[Put, ...] = ()
    store: FakeDraftStore = field(default_factory=FakeDraftStore)
    progress: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pleo, self.journal = FakePleo(self.items, *self.puts), FakeJournal()
        self.restart()

    def restart(self) -> None:
        self.updates = ItemUpdateService(self.pleo, self.journal, FakeClock())
        self.service = DraftService(self.store, self.updates)

    def seen(self) -> JobSnapshot:
        return replace(snapshot_of(self.pleo.items), job=self.pleo.job)

    def put(self, *drafts: Draft) -> None:
        asyncio.run(self.service.put(JOB_ID, drafts, MARK_FAILED))

    def drafted(self) -> set[str]:
        return set(asyncio.run(self.service.book(JOB_ID)).drafts)

    def send(self, seen: JobSnapshot | None = None, may_go_on=lambda: True) -> Sent:
        drafts = tuple(asyncio.run(self.service.book(JOB_ID)).drafts.values())
        work = self.service.send(seen or self.seen(), drafts, lambda *at: self.progress.append(at), may_go_on)
        return asyncio.run(work)


def ids(*numbers: int) -> set[str]:
    return {entry_id(number) for number in numbers}


def test_drafts_survive_a_restart_and_their_undo_does_not():
    at = Desk()
    at.put(a_failure(1), a_success(2))
    at.restart()
    assert at.drafted() == ids(1, 2)
    assert asyncio.run(at.service.book(JOB_ID)).undo_name == ""


def test_undo_and_redo_are_written_down_too():
    at = Desk()
    at.put(a_failure(1))
    asyncio.run(at.service.put(JOB_ID, [a_success(1)], MARK_POSTED))
    assert asyncio.run(at.service.undo(JOB_ID)).drafts == at.store.kept[JOB_ID] == {entry_id(1): a_failure(1)}
    assert asyncio.run(at.service.redo(JOB_ID)).drafts == at.store.kept[JOB_ID] == {entry_id(1): a_success(1)}
    asyncio.run(at.service.discard(JOB_ID, ids(1)))
    assert at.store.kept[JOB_ID] == {}


def test_a_change_that_cannot_be_written_is_none():
    at = Desk()
    at.put(a_failure(1))
    at.store.is_broken = True
    with pytest.raises(DraftsProblem):
        at.put(a_failure(2))
    assert at.drafted() == ids(1)


class SlowDraftStore(FakeDraftStore):
    """Writes in a thread, which a cancellation of whoever waits for it does not stop, and waits there to be let on."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()

    async def write(self, job_id: JobId, changes: Changes) -> None:
        await asyncio.to_thread(self._write, job_id, changes)

    def _write(self, job_id: JobId, changes: Changes) -> None:
        self.has_begun.set()
        self.may_go_on.wait(10)
        asyncio.run(super().write(job_id, changes))


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("is_broken", [False, True], ids=["written", "refused"])
async def test_a_change_that_is_cancelled_while_it_is_written_is_whole_or_none(times, is_broken):
    store = SlowDraftStore()
    at = Desk(store=store)
    store.is_broken = is_broken
    change = asyncio.create_task(at.service.put(JOB_ID, [a_failure(1)], MARK_FAILED))
    await asyncio.to_thread(store.has_begun.wait, 10)
    for _ in range(times):
        change.cancel()
        await asyncio.sleep(0)
    after = asyncio.create_task(at.service.book(JOB_ID))
    store.may_go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await change
    assert (await after).drafts == (await at.service.book(JOB_ID)).drafts == store.kept[JOB_ID]
    assert set(store.kept[JOB_ID]) == (set() if is_broken else ids(1))


def test_nothing_is_written_where_nothing_changes():
    at = Desk()
    at.put(a_failure(1))
    at.put(a_failure(1))
    asyncio.run(at.service.settle(at.seen()))
    assert len(at.store.written) == 1


def test_what_is_sent_and_read_back_leaves_the_book():
    at = Desk()
    at.put(a_success(0), a_success(1), a_success(2))
    sent = at.send()
    assert set(sent.result.arrived) == ids(0, 1, 2)
    assert at.drafted() == set()
    assert at.store.kept[JOB_ID] == {}


def test_the_journal_knows_who_drafted_why_and_from_which_row_before_anything_leaves():
    at = Desk()
    at.put(a_success(0), a_success(1, source=LIST, note="", drafted_by="Bo"))
    at.send()
    (intended,) = at.journal.contents(Kind.INTENDED)
    assert intended[DRAFTED] == [
        {"by": "Ann", "note": "Seen in the ledger", "items": [entry_id(0)]},
        {"by": "Bo", "file": LIST.file_name, "sha256": LIST.sha256, "rows": {entry_id(1): 7}, "items": [entry_id(1)]},
    ]


def test_refused_rows_stay_drafted_with_pleos_words_also_after_a_restart():
    at = Desk()
    at.put(a_success(0), a_success(1))
    at.pleo.refused = ids(1)
    at.send()
    at.restart()
    (draft,) = asyncio.run(at.service.book(JOB_ID)).drafts.values()
    assert draft.refusal
    assert (draft.entry_id, draft.refusal.message) == (entry_id(1), "No")


def test_an_item_that_is_no_longer_as_the_user_saw_it_is_not_overwritten():
    at = Desk()
    at.put(a_failure(0), a_failure(1))
    seen = at.seen()
    at.pleo.items[0] = an_item(0, Item.SUCCESSFUL, external_id="JE-7")
    sent = at.send(seen)
    assert [outcome.accounting_entry_id for outcome in sent.result.changed] == [entry_id(0)]
    assert at.pleo.items[0].status == Item.SUCCESSFUL
    assert at.pleo.items[1].status == Item.FAILED
    assert at.drafted() == ids(0)


def test_a_job_that_ended_meanwhile_loses_no_draft():
    at = Desk(150, (Put(), Put(first=FakePleo.end)))
    at.put(*(a_success(number) for number in range(150)))
    sent = at.send()
    assert sent.result.problem
    assert at.drafted() == ids(*range(100, 150))
    assert asyncio.run(at.service.settle(at.seen())).drafts.keys() == ids(*range(100, 150))


def test_stopping_between_two_batches_keeps_the_rest_drafted_and_sends_it_another_time():
    at = Desk(250)
    at.put(*(a_success(number) for number in range(250)))
    sent = at.send(may_go_on=lambda: len(at.pleo.bodies) < 2)
    assert sent.result.was_stopped
    assert len(sent.result.not_sent) == 50
    assert len(at.drafted()) == 50
    assert not at.send().result.was_stopped
    assert at.drafted() == set()
    assert max(at.pleo.taken.values()) == 1


def test_a_stop_before_the_first_batch_sends_nothing():
    at = Desk(2)
    at.put(a_success(0))
    sent = at.send(may_go_on=lambda: False)
    assert sent.result.was_stopped
    assert at.pleo.bodies == []
    assert at.drafted() == ids(0)


def test_after_silence_a_draft_that_may_be_with_pleo_stays_and_is_not_sent_again():
    at = Desk(1, (Put(applied=0),))
    at.put(a_success(0))
    assert len(at.send().result.unknown) == 1
    assert len(at.send().result.unknown) == 1
    assert len(at.pleo.bodies) == 1
    assert at.drafted() == ids(0)
    at.pleo.items[0] = an_item(0, Item.SUCCESSFUL, external_id="JE-1")
    assert asyncio.run(at.service.settle(at.seen())).drafts == {}


@pytest.mark.parametrize("put", [Put(lost(), applied=0), Put(declined(400), applied=0)], ids=["silence", "400"])
def test_what_did_not_arrive_stays_drafted(put):
    at = Desk(2, (put,) * 9)
    at.put(a_success(0), a_success(1))
    at.send()
    assert at.drafted() == ids(0, 1)


def test_where_nothing_can_be_sent_every_draft_stays():
    at = Desk()
    at.put(a_success(0))
    at.journal.fails_at = {Kind.INTENDED}
    with pytest.raises(JournalProblem):
        at.send()
    at.journal.fails_at = set()
    at.pleo.read_problems.append(lost())
    with pytest.raises(PleoProblem):
        at.send()
    assert at.drafted() == ids(0)


def test_a_book_that_cannot_be_written_after_the_send_leaves_the_result_true():
    at = Desk()
    at.put(a_success(0))
    at.store.is_broken = True
    sent = at.send()
    assert sent.result.arrived == [entry_id(0)]
    assert isinstance(sent.drafts_problem, DraftsProblem)
    at.store.is_broken = False
    assert asyncio.run(at.service.settle(at.seen())).drafts == {}


def test_undo_after_a_send_takes_back_only_what_is_still_drafted():
    at = Desk()
    at.put(a_success(0), a_success(1))
    at.pleo.refused = ids(1)
    at.send()
    book = asyncio.run(at.service.book(JOB_ID))
    assert book.undo_name == "Mark 1 item as failed"
    assert asyncio.run(at.service.undo(JOB_ID)).drafts == {}
