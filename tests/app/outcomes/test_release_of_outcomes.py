"""Outcomes that stay unknown are released by somebody who looked in Pleo, after a stated time, and by name."""

import asyncio
from dataclasses import replace

import pytest
from fakes.builders import JOB_ID, NINE, OTHER_JOB_ID, entry_id
from fakes.clocks import FakeClock
from fakes.item_updates import NOTHING, FakePleo, Put
from fakes.journal import FakeJournal
from fakes.pleo import lost

from app.completion.evidence import ITEM_UPDATE, Kind, basis_of
from app.completion.patience import Patience
from app.completion.release import Witness
from app.errors import AnswerLost, NotReleased, OlderRead
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Item
from app.outcomes.service import ItemUpdateService

WAIT = Patience().release_seconds
WITNESS = Witness(" Ann Holm ", " Pleo shows them open ")


class Desk:
    def __init__(self, *puts: Put) -> None:
        self.pleo, self.clock = FakePleo(2, *puts), FakeClock()
        self.journal = FakeJournal(self.clock)
        self.service = ItemUpdateService(self.pleo, self.journal, self.clock)
        self.outcomes = [
            ItemOutcome(item.accounting_entry_id, Item.SUCCESSFUL, exported_at=NINE) for item in self.pleo.items
        ]

    def send(self):
        return asyncio.run(self.service.send(JOB_ID, self.outcomes, lambda *_: None))

    def release(self):
        return asyncio.run(self.service.release(JOB_ID, WITNESS))


def test_outcomes_that_were_taken_and_never_show_are_released_and_can_be_sent_again():
    at = Desk(Put(applied=NOTHING))
    assert len(at.send().unknown) == 2
    with pytest.raises(NotReleased):
        at.release()
    at.clock.pass_seconds(WAIT)
    found = at.release()
    assert (found.released, found.unknown) == (at.outcomes, [])
    assert at.journal.contents(Kind.JUDGED)[-1]["by"] == "Ann Holm"
    assert len(at.send().arrived) == 2
    assert len(at.pleo.bodies) == 2


def test_outcomes_that_a_fresh_read_shows_are_settled_and_not_released():
    at = Desk(Put(applied=NOTHING))
    at.send()
    at.pleo._take([outcome.as_dict() for outcome in at.outcomes])
    found = at.release()
    assert (len(found.arrived), found.released) == (2, [])


def test_where_no_outcomes_are_unknown_there_is_nothing_to_release():
    with pytest.raises(NotReleased, match="nothing to release"):
        Desk().release()


def test_outcomes_are_released_under_the_name_and_words_without_blanks_around_them():
    at = Desk(Put(applied=NOTHING))
    at.send()
    at.clock.pass_seconds(WAIT)
    at.release()
    said = {"standing": "released", "by": "Ann Holm", "saw": "Pleo shows them open"}
    assert at.journal.contents(Kind.JUDGED) == [said]


def test_of_a_batch_that_arrived_in_part_the_rest_waits_as_long():
    at = Desk(Put(applied=1))
    at.send()
    with pytest.raises(NotReleased):
        at.release()
    assert Kind.JUDGED not in at.journal.kinds()
    at.clock.pass_seconds(WAIT)
    found = at.release()
    assert (found.arrived, found.released) == ([entry_id(0)], at.outcomes[1:])


def test_outcomes_of_a_job_that_cannot_be_read_are_not_released():
    at = Desk(Put(applied=NOTHING))
    at.send()
    at.clock.pass_seconds(WAIT)
    at.pleo.read_problems.extend([lost()] * 20)
    with pytest.raises(AnswerLost):
        at.release()
    assert Kind.JUDGED not in at.journal.kinds()


def test_where_everything_was_settled_there_is_nothing_to_release():
    at = Desk()
    at.send()
    with pytest.raises(NotReleased, match="nothing to release"):
        at.release()


def test_a_job_that_another_process_is_busy_with_keeps_no_other_from_being_settled():
    at = Desk(Put(lost(), applied=NOTHING))
    at.send()
    at.journal.written += [
        replace(row, attempt="other", content=row.content.replace(JOB_ID, OTHER_JOB_ID)) for row in at.journal.written
    ]
    at.journal.busy_jobs.add(JOB_ID)
    recovered = asyncio.run(at.service.recover())
    assert list(recovered.still_open) == [OTHER_JOB_ID]


def test_what_another_process_wrote_into_the_journal_since_is_looked_at_before_the_send():
    at = Desk()
    asyncio.run(at.service._reader.read(JOB_ID))
    newer = JobSnapshot(replace(at.pleo.job, last_updated_at=NINE), tuple(at.pleo.items), NINE)
    intention = {"what": ITEM_UPDATE, "job_id": JOB_ID, "body": "[]", "who": "", "connection": ""}
    asyncio.run(at.journal.append("other", Kind.INTENDED, intention | basis_of(newer)))
    asyncio.run(at.journal.append("other", Kind.JUDGED, {"standing": "not_sent"}))
    with pytest.raises(OlderRead):
        at.send()
    assert at.pleo.bodies == []
