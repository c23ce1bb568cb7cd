"""Who reported outcomes of a job by hand does not also complete it alone, where the connection asks for four eyes."""

import asyncio
import json

import pytest
from fakes.builders import JOB_ID, OTHER_JOB_ID, a_snapshot
from fakes.clocks import FakeClock
from fakes.journal import FakeJournal
from fakes.pleo import FakePleo

from app.completion.attempt import Outcome, Standing
from app.completion.evidence import DRAFTED, EVENT, FOUR_EYES, ITEM_UPDATE, Kind, Origin
from app.completion.failure import IntegrationSpecification
from app.completion.four_eyes import Confirmation, drafters_recorded_in
from app.completion.preview import Preview, start_preview
from app.completion.service import CompletionService
from app.errors import SecondPersonNeeded
from app.models.snapshot import JobSnapshot

HERE = Origin("somebody@here", "https://pleo.example acme")
# The same server over a connection that was removed and made anew under another name.
AGAIN = Origin("somebody@here", "https://pleo.example:443 another-id")
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
        (("Ann",), "\u0410nn", "reads like Ann"),  # Cyrillic
        (("Ann",), "\u0391\u039d\u039d", "reads like Ann"),  # Greek capitals
        (("Bo Dahl",), "B\u03bf Dahl", "reads like Bo Dahl"),
        (("Bo Dahl",), "B\u043e  DAHL", "reads like Bo Dahl"),
        (("B\u043e Dahl",), "Bo Dahl", "reads like B\u043e Dahl"),
        (("Eva",), "\u0415v\u0430", "reads like Eva"),
        (("Ann",), "\uff21\uff4e\uff4e", "Somebody else"),  # full width
        (("Ann",), "\U0001d400\U0001d427\U0001d427", "Somebody else"),  # bold of mathematics
        (("Ann",), "\u1d00nn", "reads like Ann"),  # a small capital
        (("Oliver",), "\u0555liver", "reads like Oliver"),  # Armenian
        (("Oliver",), "0liver", "reads like Oliver"),
        (("Emil",), "Erni1", "reads like Emil"),
        (("Lina",), "L\u0131na", "reads like Lina"),  # without its dot
        (("Åsa",), "\u00c5s\u0430", "reads like Åsa"),
        (("Åsa",), "\u0410\u030asa", "reads like Åsa"),
        (("Anna Holm",), "\ua4ee\ua4e0\ua4e0\ua4ee Holm", "reads like Anna Holm"),  # Lisu
        (("Oscar",), "\u2c9escar", "reads like Oscar"),  # Coptic
        (("Bo Dahl",), "B\u05e1 Dahl", "reads like Bo Dahl"),  # Hebrew
        (("Bo Dahl",), "Bo Dah\u05d5", "reads like Bo Dahl"),
        (("Bo Dahl",), "B\u0a66 Dahl", "reads like Bo Dahl"),  # Gurmukhi
        (("Anna Holm",), "Anna Ho|m", "reads like Anna Holm"),
        (("Anna Ho|m",), "Anna Holm", "reads like Anna Ho|m"),
        (("Anna Holm",), "Anna Holm\u0345", "Somebody else"),
        (("Anna Holm",), "An\u0325na Holm", "reads like Anna Holm"),  # a ring that no n has
        (("Anna Holm",), "Holm, Anna", "reads like Anna Holm"),
        (("Anna Holm",), "Holm Anna", "reads like Anna Holm"),
        (("Anna Holm",), "HolmAnna", "reads like Anna Holm"),
        (("Holm,Anna",), "Anna Holm", "reads like Holm,Anna"),
        (("Ann-Marie Berg",), "Berg, Ann Marie", "reads like Ann-Marie Berg"),
        (("Anna Holm",), "H\u043elm, Anna", "reads like Anna Holm"),
        (("Anna Holm",), "Holm", ""),
        (("Anna Holm",), "Anna Anna Holm", ""),
        (("Anna Holm",), "Anna Berg Holm", ""),
        (("Amy",), "May", ""),
        (("Søren Ø",), "Soren O", ""),
        (("Søren",), "So\u0338ren", "reads like Søren"),  # an o with a stroke through it
        (("Søren",), "So\u0337ren", "reads like Søren"),
        (("Łukasz",), "L\u0335ukasz", "reads like Łukasz"),
        (("Soren",), "So\u0338ren", ""),
        (("Ann",), "An\u0338n", "reads like Ann"),  # no n has one
        (("A B C D E F G H I J",), "J I H G F E D C B A", "reads like"),
        (("Ker Nan",), "Keman", "reads like Ker Nan"),
        (("Anna Holm",), "Bo \u0416ahl", "several alphabets"),
        (("Anna Holm",), "Bo \u03a9", "several alphabets"),
        (("Anna Holm",), "\u5c71\u7530 \u305f\u308d\u3046", ""),
        (("Anna Holm",), "Taro \u5c71\u7530", ""),
        (("Anna Holm",), "Zo\u00eb \u02bbIo", ""),
        (("Anna Holm",), "B\u00f8 D\u00e6hl-\u00d1\u00fa\u00f1ez", ""),
        (("Ann",), "\u0345", "Write the name"),
        (("Анна",), "Борис", ""),
        (("Γιώργος",), "Νίκος", ""),
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
        self,
        *names: str,
        job_id: str = JOB_ID,
        connection: str = HERE.connection,
        who: str = "os@here",
        held: bool | None = None,
    ) -> "Room":
        said = [{"by": name, "note": "why", "items": []} for name in names]
        content = {"what": ITEM_UPDATE, "job_id": job_id, "body": "[]", "who": who, "connection": connection}
        content |= {DRAFTED: said} if said else {}
        content |= {} if held is None else {FOUR_EYES: held}
        attempt = f"update-{len(self.journal.written)}"
        asyncio.run(self.journal.append(attempt, Kind.INTENDED, content))
        asyncio.run(self.journal.append(attempt, Kind.JUDGED, {"standing": "confirmed"}))
        return self

    def holding(self, *, four_eyes: bool) -> "Room":
        """The same journal and job, after the connection was made anew with another choice."""
        self.service = CompletionService(
            self.pleo, self.journal, FakeClock(), IntegrationSpecification(), origin=AGAIN, four_eyes=four_eyes
        )
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


def test_what_held_when_outcomes_were_reported_holds_to_the_jobs_end():
    room = Room().was_reported("Ann", held=True).holding(four_eyes=False)
    assert asyncio.run(room.service.drafters(JOB_ID)) == ("Ann",)
    with pytest.raises(SecondPersonNeeded, match="by hand by Ann"):
        room.complete()
    assert room.pleo.posted == []
    assert room.complete("Bo").standing is Standing.CONFIRMED
    assert room.intended_event() | {"four_eyes": True, "drafted_by": ["Ann"], "confirmed_by": "Bo"} == (
        room.intended_event()
    )


def test_a_later_report_without_it_does_not_take_it_away():
    room = Room().was_reported("Ann", held=True).was_reported("Bo", held=False).holding(four_eyes=False)
    for name in ("Ann", "Bo", ""):
        with pytest.raises(SecondPersonNeeded):
            room.complete(name)
    assert room.complete("Cy").standing is Standing.CONFIRMED


def test_what_is_asked_for_after_the_reports_is_asked_for_too():
    room = Room().was_reported("Ann", held=False).holding(four_eyes=True)
    with pytest.raises(SecondPersonNeeded):
        room.complete()


def test_what_held_elsewhere_or_for_another_job_is_no_concern():
    room = Room().was_reported("Ann", held=True, connection="https://other.example acme")
    room.was_reported("Ann", held=True, job_id=OTHER_JOB_ID).was_reported("Ann", held=False)
    assert room.holding(four_eyes=False).complete().standing is Standing.CONFIRMED


@pytest.mark.parametrize("names", [(), ("Ann",), ("Ann", "Bo")])
def test_the_row_of_the_event_names_who_drafted_and_what_held_also_where_one_pair_of_eyes_is_enough(names):
    room = Room(four_eyes=False)
    for name in names:
        room.was_reported(name, held=False)
    room.complete()
    event = room.intended_event()
    assert (event["four_eyes"], event["drafted_by"]) == (False, list(names))
    assert "confirmed_by" not in event


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://[::1]:8000", "http://127.0.0.1:8000"])
def test_localhost_is_this_machine_by_whichever_name(address):
    room = Room()
    room.service = CompletionService(
        room.pleo,
        room.journal,
        FakeClock(),
        IntegrationSpecification(),
        origin=Origin("somebody@here", "http://127.0.0.1:8000 acme"),
        four_eyes=True,
    )
    room.was_reported("Ann", connection=f"{address} other")
    with pytest.raises(SecondPersonNeeded):
        room.complete()
