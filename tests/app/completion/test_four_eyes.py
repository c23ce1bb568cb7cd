"""Who reported outcomes of a job by hand does not also complete it alone, where the connection asks for four eyes."""

import asyncio
import json

import pytest
from fakes.builders import JOB_ID, OTHER_JOB_ID, a_snapshot
from fakes.clocks import FakeClock
from fakes.journal import FakeJournal
from fakes.pleo import FakePleo

from app.completion.attempt import Outcome, Standing
from app.completion.evidence import DRAFTED, EVENT, ITEM_UPDATE, Kind, Origin
from app.completion.failure import IntegrationSpecification
from app.completion.four_eyes import Confirmation, drafters_recorded_in
from app.completion.preview import Preview, start_preview
from app.completion.service import CompletionService
from app.errors import SecondPersonNeeded
from app.models.snapshot import JobSnapshot

HERE = Origin("somebody@here", "https://pleo.example acme")
READY = a_snapshot("successful", "failed")


@pytest.mark.parametrize(
    ("drafters", "name", "fault"),
    [
        ((), "", ""),
        (("Ann",), "Bo", ""),
        (("Ann", "Bo"), "Cy", ""),
        (("Ann",), "", "Write the name"),
        (("Ann",), "   ", "Write the name"),
        (("Ann",), "ann", "Somebody else"),
        (("Ann Berg",), " ANN  BERG ", "Somebody else"),
        (("Ann Berg",), "AnnBerg", "Somebody else"),
        (("Åsa",), "A\u030asa", "Somebody else"),
        (("Groß",), "GROSS", "Somebody else"),
        (("Ann", "Bo"), "bo", "Somebody else"),
        (("Ann",), "An\u200bn", "Somebody else"),
        (("Ann",), "Ann\u200e", "Somebody else"),
        (("Ann",), "\u202eAnn\x00", "Somebody else"),
        (("Ann",), "Ann\ufe0f", "Somebody else"),
        (("Ann",), "A\u034fnn\u3164", "Somebody else"),
        (("An\u00adn",), "Ann.", "Somebody else"),
        (("Åsa",), "A\u200b\u030asa", "Somebody else"),
        (("ΐ",), "Ϊ́", "Somebody else"),
        (("Ann-Marie Berg",), "Ann Marie Berg", "Somebody else"),
        (("Ann",), "\u200b", "Write the name"),
        (("Ann",), "\u2800\u3164", "Write the name"),
        (("Ann",), " . ", "Write the name"),
        (("Ann",), "\u0301", "Write the name"),
        (("Ann",), "Änn", ""),
        (("आन",), "आ", ""),
    ],
)
def test_the_second_person_is_none_of_those_who_drafted(drafters, name, fault):
    found = Confirmation(drafters, name).fault
    assert found.startswith(fault) if not fault else fault in found
    assert bool(found) == bool(fault)


class Room:
    """A job whose outcomes were reported by hand, as the journal knows it."""

    def __init__(self, snapshot: JobSnapshot = READY, *, four_eyes: bool = True) -> None:
        self.pleo, self.journal = FakePleo(snapshot), FakeJournal()
        self.snapshot = snapshot
        self.service = CompletionService(
            self.pleo, self.journal, FakeClock(), IntegrationSpecification(), origin=HERE, four_eyes=four_eyes
        )

    def was_reported(
        self, *names: str, job_id: str = JOB_ID, connection: str = HERE.connection, who: str = "os@here"
    ) -> "Room":
        said = [{"by": name, "note": "why", "items": []} for name in names]
        content = {"what": ITEM_UPDATE, "job_id": job_id, "body": "[]", "who": who, "connection": connection}
        content |= {DRAFTED: said} if said else {}
        attempt = f"update-{len(self.journal.written)}"
        asyncio.run(self.journal.append(attempt, Kind.INTENDED, content))
        asyncio.run(self.journal.append(attempt, Kind.JUDGED, {"standing": "confirmed"}))
        return self

    def complete(self, confirmed_by: str = "") -> Outcome:
        preview = self.service.preview(self.snapshot)
        assert isinstance(preview, Preview)
        found = asyncio.run(self.service.submit(preview, lambda _: None, confirmed_by=confirmed_by))
        assert isinstance(found, Outcome)
        return found

    def intended_event(self) -> dict:
        (row,) = [row for row in self.journal.contents(Kind.INTENDED) if row["what"] == EVENT]
        return row


def test_without_a_second_person_nothing_is_sent_and_nothing_is_written_down():
    room = Room().was_reported("Ann")
    with pytest.raises(SecondPersonNeeded, match="by hand by Ann"):
        room.complete()
    assert room.pleo.posted == []
    assert [row for row in room.journal.contents(Kind.INTENDED) if row["what"] == EVENT] == []


def test_who_drafted_cannot_confirm():
    room = Room().was_reported("Ann", "Bo")
    with pytest.raises(SecondPersonNeeded) as met:
        room.complete("BO")
    assert "Somebody else" in met.value.advice
    assert room.pleo.posted == []


def test_a_second_person_completes_it_and_both_names_are_in_the_journal():
    room = Room().was_reported("Ann").was_reported("Bo", "ann")
    assert room.complete(" Cy ").standing is Standing.CONFIRMED
    assert room.intended_event()["drafted_by"] == ["Ann", "Bo"]
    assert room.intended_event()["confirmed_by"] == "Cy"


def test_outcomes_without_a_name_count_as_reported_by_whoever_sat_at_the_machine():
    room = Room().was_reported()
    with pytest.raises(SecondPersonNeeded, match="os@here"):
        room.complete()


@pytest.mark.parametrize("nobody", ["", "  ", "\u200b"])
def test_outcomes_drafted_under_no_name_count_as_reported_by_whoever_sat_at_the_machine(nobody):
    with pytest.raises(SecondPersonNeeded, match="by hand by os@here"):
        Room().was_reported(nobody).complete("OS@here")


def test_where_nobody_knows_who_reported_a_name_is_needed_all_the_same():
    room = Room().was_reported("", who="")
    with pytest.raises(SecondPersonNeeded, match="by hand by somebody without a name"):
        room.complete()
    assert room.complete("Bo").standing is Standing.CONFIRMED
    assert room.intended_event()["drafted_by"] == ["somebody without a name"]


def test_a_job_that_nobody_touched_by_hand_needs_no_second_person():
    room = Room().was_reported("Ann", job_id=OTHER_JOB_ID)
    assert room.complete().standing is Standing.CONFIRMED
    assert "confirmed_by" not in room.intended_event()


def test_what_was_reported_at_another_server_is_no_concern():
    assert Room().was_reported("Ann", connection="https://other.example acme").complete().standing


def test_another_credential_of_the_same_server_makes_no_difference():
    with pytest.raises(SecondPersonNeeded):
        Room().was_reported("Ann", connection="https://pleo.example other").complete()


@pytest.mark.parametrize(
    "address", ["https://Pleo.example", "https://pleo.example:443", "HTTPS://PLEO.example./", "https://pleo.example/"]
)
def test_however_the_server_was_written_it_is_the_same(address):
    with pytest.raises(SecondPersonNeeded):
        Room().was_reported("Ann", connection=f"{address} other").complete()


@pytest.mark.parametrize("address", ["https://pleo.example:8443", "http://pleo.example", "https://pleo.example/mirror"])
def test_another_port_or_path_is_another_server(address):
    assert Room().was_reported("Ann", connection=f"{address} other").complete().standing is Standing.CONFIRMED


def test_where_the_connection_does_not_ask_for_it_one_pair_of_eyes_is_enough():
    room = Room(four_eyes=False).was_reported("Ann")
    assert asyncio.run(room.service.drafters(JOB_ID)) == ()
    assert room.complete().standing is Standing.CONFIRMED


def test_a_job_is_started_without_a_second_person():
    room = Room(a_snapshot("pending", job_status="pending")).was_reported("Ann")
    found = asyncio.run(room.service.submit(start_preview(room.snapshot), lambda _: None))
    assert isinstance(found, Outcome)
    assert found.standing is Standing.CONFIRMED


def test_events_are_no_outcomes():
    room = Room()
    room.complete()
    rows = asyncio.run(room.journal.intentions(JOB_ID))
    assert [json.loads(row.content)["what"] for row in rows] == [EVENT]
    assert drafters_recorded_in(rows, HERE) == ()
