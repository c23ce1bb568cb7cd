"""Who set an item's outcome and why, told from nothing but the journal's rows."""

import asyncio
import json
from dataclasses import replace

from fakes.builders import JOB_ID, an_item, entry_id
from fakes.clocks import FakeClock
from fakes.drafts import LIST, a_failure, a_success
from fakes.item_updates import FakePleo, Put
from fakes.journal import FakeJournal
from fakes.pleo import lost

from app.completion.evidence import Kind, Origin
from app.completion.job_reading import JobReader
from app.completion.patience import Patience
from app.completion.release import Witness
from app.models.draft import Draft
from app.models.vocabulary import Item
from app.outcomes.reports import NO_REPORTS, Report, Reports, reports_in, set_by
from app.outcomes.service import ItemUpdateService

HERE = Origin("somebody@here", "https://pleo.example")
# Everything that was sent is with Pleo, though it never shows.
NEVER = 10_000


class Desk:
    def __init__(self, items: int, *puts: Put) -> None:
        self.pleo, self.clock = FakePleo(items, *puts), FakeClock()
        self.journal = FakeJournal(self.clock)
        reader = JobReader(self.pleo, self.journal, self.clock, HERE, Patience().settle_seconds)
        self.service = ItemUpdateService(self.pleo, self.journal, self.clock, origin=HERE, reader=reader)

    def send(self, *drafts: Draft) -> None:
        outcomes, by_id = [draft.outcome for draft in drafts], {draft.entry_id: draft for draft in drafts}
        asyncio.run(self.service.send(JOB_ID, outcomes, lambda *_: None, drafts=by_id))

    def reports(self) -> Reports:
        return asyncio.run(self.service.reports_of(JOB_ID))

    def set_by(self, number: int) -> Report | None:
        return set_by(self.pleo.items[number], self.reports())

    def sent_at(self) -> str:
        return next(row.at for row in self.journal.written if row.kind == Kind.SENT)


def test_an_outcome_that_pleo_confirmed_says_who_drafted_it_why_and_when() -> None:
    desk = Desk(3)
    listed = replace(a_success(1, "JE-2"), note="", source=LIST, drafted_by="Bo")
    desk.send(a_failure(0), listed)
    by_hand, by_list = desk.set_by(0), desk.set_by(1)
    assert by_hand
    assert by_list
    assert (by_hand.by, by_hand.note, by_hand.file_name, by_hand.row) == ("Ann", "Asked the client", "", 0)
    assert (by_list.by, by_list.note, by_list.file_name, by_list.row) == ("Bo", "", "postings.csv", 7)
    assert by_hand.sent_at.isoformat() == desk.sent_at()
    assert by_hand.confirmed_at is not None
    assert by_hand.confirmed_at >= by_hand.sent_at
    assert desk.set_by(2) is None


def test_what_pleo_refused_was_set_by_nobody_here() -> None:
    desk = Desk(2)
    desk.pleo.refused = {entry_id(0)}
    desk.send(a_success(0), a_success(1))
    assert entry_id(0) not in desk.reports()
    assert desk.set_by(1)


def test_the_last_report_that_the_item_shows_counts_and_none_once_somebody_else_has_changed_it() -> None:
    desk = Desk(1)
    desk.send(a_failure(0))
    desk.send(replace(a_success(0), drafted_by="Bo", note="Found it"))
    told = desk.set_by(0)
    assert told
    assert (told.by, told.note) == ("Bo", "Found it")
    assert [report.by for report in desk.reports()[entry_id(0)]] == ["Bo", "Ann"]
    desk.pleo.items[0] = replace(desk.pleo.items[0], external_id="BY-HAND")
    assert desk.set_by(0) is None


def test_an_outcome_without_a_draft_is_that_of_the_user_who_sent_it() -> None:
    desk = Desk(1)
    asyncio.run(desk.service.send(JOB_ID, [a_success(0).outcome], lambda *_: None))
    told = desk.set_by(0)
    assert told
    assert (told.by, told.note) == ("somebody@here", "")


def test_what_was_released_unconfirmed_tells_as_soon_as_the_item_shows_it() -> None:
    desk = Desk(1, Put(after_reads=NEVER))
    desk.send(a_success(0))
    assert desk.set_by(0) is None, "nobody has seen it yet"
    desk.clock.pass_seconds(3_600)
    asyncio.run(desk.service.release(JOB_ID, Witness("Ann", "It is not there")))
    desk.pleo.items[0] = replace(desk.pleo.items[0], status=Item.SUCCESSFUL, external_id="JE-1")
    told = desk.set_by(0)
    assert told
    assert (told.by, told.confirmed_at) == ("Ann", None)


def test_what_was_lost_and_had_not_arrived_when_the_wait_was_over_was_set_by_nobody() -> None:
    desk = Desk(1, Put(lost(), applied=0))
    desk.send(a_success(0))
    desk.clock.pass_seconds(Patience().settle_seconds)
    asyncio.run(desk.service.settle(JOB_ID))
    assert desk.journal.contents(Kind.JUDGED)[-1]["standing"] == "missing"
    assert desk.reports() == {}


def test_reports_to_another_server_and_rows_that_nobody_can_read_tell_nothing() -> None:
    desk = Desk(1)
    desk.send(a_success(0))
    rows = desk.journal.written
    assert reports_in(rows, HERE)
    assert reports_in(rows, Origin("somebody@here", "https://elsewhere.example")) == {}
    broken = [replace(row, content="{}") if row.kind == Kind.INTENDED else row for row in rows]
    assert reports_in(broken, HERE) == {}
    assert reports_in(rows[:1], HERE) == {}, "intended and not sent"
    assert reports_in((), HERE) == NO_REPORTS


def test_a_note_or_a_row_of_another_kind_than_signoff_writes_is_left_out() -> None:
    desk = Desk(1)
    desk.send(replace(a_success(0), source=LIST))
    row = desk.journal.written[0]
    content = json.loads(row.content)
    content["drafted"] = [{"by": "Ann", "note": 7, "file": None, "rows": [1], "items": [entry_id(0), 9]}]
    rows = [replace(row, content=json.dumps(content)), *desk.journal.written[1:]]
    (report,) = reports_in(rows, HERE)[entry_id(0)]
    assert (report.by, report.note, report.file_name, report.row) == ("Ann", "", "", 0)
    content["drafted"] = [{"by": "Ann", "items": 7}]
    (report,) = reports_in([replace(row, content=json.dumps(content)), *desk.journal.written[1:]], HERE)[entry_id(0)]
    assert report.by == "somebody@here"


def test_an_item_that_was_never_reported_is_set_by_nobody() -> None:
    assert set_by(an_item(0, "successful"), NO_REPORTS) is None
