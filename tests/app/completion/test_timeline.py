"""What happened to a job, told from rows of the journal."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from fakes.builders import JOB_ID, OTHER_JOB_ID, entry_id

from app.completion.evidence import EVENT, ITEM_UPDATE
from app.completion.timeline import Happened, TimelineEntry, of_item, timeline
from app.models.journal_row import CONFIRMED, JOURNAL, JournalRow, RecordedRow
from app.models.vocabulary import JobId

READ_AT, AT = "2026-03-02T08:59:00+00:00", "2026-03-02T09:00:00.000+00:00"
BASIS = {
    "fingerprint": "f" * 64, "counts": {"successful": 2, "failed": 1}, "number_of_items": 3,
    "job_status": "in_progress", "read_at": READ_AT, "last_updated_at": READ_AT,
}  # fmt: skip
HERE = {"who": "ann@desk", "connection": "https://pleo.example acme"}


def rows_of(*given: tuple[str, str, Any], unsound: Iterable[int] = ()) -> list[RecordedRow]:
    return [
        RecordedRow(
            JournalRow(number, attempt, kind, AT, content if isinstance(content, str) else json.dumps(content), "", ""),
            number not in unsound,
        )
        for number, (attempt, kind, content) in enumerate(given, 1)
    ]


def an_event(event: str = "completed", **changes: Any) -> dict[str, Any]:
    body = json.dumps({"jobId": JOB_ID, "event": event})
    return {"what": EVENT, "job_id": JOB_ID, "body": body, **HERE, **BASIS, **changes}


def a_report(*drafted: dict[str, Any], numbers: Iterable[int] = (1, 2), **changes: Any) -> dict[str, Any]:
    body = [
        {"accountingEntryId": entry_id(each), "status": "successful", "externalId": f"V-{each}"} for each in numbers
    ]
    told = {"drafted": list(drafted)} if drafted else {}
    return {"what": ITEM_UPDATE, "job_id": JOB_ID, "body": json.dumps(body), **HERE, **told, **BASIS, **changes}


def by_hand(by: str, *numbers: int, note: str = "Seen in the ledger") -> dict[str, Any]:
    return {"by": by, "note": note, "items": [entry_id(each) for each in numbers]}


def told(rows: list[RecordedRow]) -> tuple[TimelineEntry, ...]:
    return timeline(JobId(JOB_ID), rows)


def kinds(entries: Iterable[TimelineEntry]) -> list[str]:
    return [entry.kind.value for entry in entries]


ACCEPTED = {"answer": "accepted", "problem": None}


def test_an_event_is_told_from_what_it_rests_on_to_its_judgement() -> None:
    entries = told(
        rows_of(
            ("a", "intended", an_event(four_eyes=True, drafted_by=["Ann"], confirmed_by="Bo Dahl")),
            ("a", "sent", BASIS),
            ("a", "answered", ACCEPTED),
            ("a", "read", {"job_status": "completed", "failure_reason": None, "failure_reason_type": None}),
            ("a", "judged", {"standing": "confirmed"}),
        )
    )
    assert kinds(entries) == ["read", "decided", "sent", "answered", "read_back", "confirmed"]
    read, decided, sent, *_, confirmed = entries
    assert (read.at and read.at.isoformat(), read.words) == (
        READ_AT,
        "Read before the send: 3 items, and the job was 'in progress'",
    )
    assert {"Items 'successful': 2", "Items 'failed': 1"} <= set(read.details)
    assert (decided.who, decided.words) == ("Bo Dahl", "Decided: end the job as 'completed'")
    assert {
        "Outcomes were reported by: Ann",
        "Four eyes were asked for",
        "Confirmed by, as the second person: Bo Dahl",
        "User and machine: ann@desk",
        "Connection: https://pleo.example acme",
    } <= set(decided.details)
    assert (sent.who, sent.words) == ("ann@desk", "Sent to Pleo: 'completed'")
    assert confirmed.words == "Confirmed: Pleo shows the job as it was sent"


def test_each_who_drafted_stands_by_name_with_the_note_or_the_list_and_its_rows() -> None:
    from_list = {
        "by": "Bo", "file": "Postings.csv", "sha256": "c" * 64, "rows": {entry_id(2): 1042}, "items": [entry_id(2)],
    }  # fmt: skip
    entries = told(rows_of(("a", "intended", a_report(by_hand("Ann", 1), from_list))))
    _, hand, listed, _ = entries
    assert (hand.who, hand.words) == ("Ann", "Drafted by hand: 1 outcome. Note: Seen in the ledger")
    assert dict(hand.items) == {entry_id(1): "reported as posted, V-1 in the books"}
    assert (listed.who, listed.words) == ("Bo", "Drafted from the list Postings.csv: 1 outcome")
    assert dict(listed.items) == {entry_id(2): "reported as posted, V-2 in the books; row 1,042 of the list"}


def test_what_no_draft_names_is_of_who_sat_at_the_machine() -> None:
    assert [each.who for each in told(rows_of(("a", "intended", a_report()))) if each.kind is Happened.DRAFTED] == [
        "ann@desk"
    ]
    nobody = told(rows_of(("a", "intended", a_report(by_hand("Ann"), by_hand("Bo", 1)))))
    assert [(each.who, len(each.items)) for each in nobody if each.kind is Happened.DRAFTED] == [
        ("Ann", 0), ("Bo", 1), ("", 1),
    ]  # fmt: skip


def test_of_one_item_only_what_was_said_of_it_is_told() -> None:
    refused = {"accounting_entry_id": entry_id(2), "message": "no such account", "type": "INVALID"}
    entries = told(
        rows_of(
            ("a", "intended", a_report(by_hand("Ann", 1), by_hand("Bo", 2))),
            ("a", "sent", {"rows": 2}),
            ("a", "answered", {**ACCEPTED, "errors": [refused]}),
            ("a", "read", {"job_status": "in_progress", "arrived": 1, "refused": [refused], "missing": []}),
            ("a", "judged", {"standing": "refused"}),
            ("b", "intended", an_event()),
        )
    )
    second = of_item(entries, entry_id(2))
    assert kinds(second) == ["drafted", "sent", "answered", "read_back", "refused"]
    assert second[0].who == "Bo"
    assert second[2].words == "Pleo accepted the sending, but for 1 outcome · not taken: no such account (INVALID)"
    assert of_item(entries, entry_id(1))[3].words == "Read back: Pleo shows 1 outcome of 2 · shown by Pleo"
    assert all(set(each.items) == {entry_id(2)} for each in second)


def test_a_read_that_several_batches_rest_on_is_told_once() -> None:
    entries = told(rows_of(*((each, "intended", a_report(numbers=[place])) for place, each in enumerate("abc", 1))))
    assert kinds(entries).count("read") == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (("intended",), "Left open: nothing in the journal says that it was sent"),
        (("intended", "sent"), "Not known yet: nothing in the journal says what became of it"),
    ],
)
def test_an_attempt_that_nothing_ended_says_so(rows: tuple[str, ...], words: str) -> None:
    contents = {"intended": an_event(), "sent": BASIS}
    last = told(rows_of(*(("a", kind, contents[kind]) for kind in rows)))[-1]
    assert (last.kind, last.words) == (Happened.UNKNOWN, words)


def test_who_released_it_and_what_they_saw_is_told() -> None:
    released = told(
        rows_of(
            ("a", "intended", an_event()),
            ("a", "judged", {"standing": "released", "by": "Ann Holm", "saw": "It is still open"}),
        )
    )[-1]
    assert (released.kind, released.who, released.details) == (
        Happened.RELEASED,
        "Ann Holm",
        ("Seen in Pleo: It is still open",),
    )


def test_a_confirmation_of_the_journal_is_told_where_it_is_about_the_job_or_its_rows() -> None:
    witness = {"by": "Ann", "saw": "nothing new", **HERE, "found": "The journal is gone"}
    about = [
        (JOURNAL, CONFIRMED, {**witness, "job_id": JOB_ID, "rows": {}}),
        (JOURNAL, CONFIRMED, {**witness, "job_id": OTHER_JOB_ID, "rows": {"1": "d" * 64}}),
        (JOURNAL, CONFIRMED, {**witness, "job_id": OTHER_JOB_ID, "rows": {"99": "d" * 64}}),
    ]
    entries = told(rows_of(("a", "intended", an_event()), ("a", "judged", {"standing": "not_sent"}), *about))
    confirmed = [entry for entry in entries if entry.kind is Happened.JOURNAL_CONFIRMED]
    assert [entry.row for entry in confirmed] == [3, 4]
    assert confirmed[0].who == "Ann"
    assert {"Found: The journal is gone", "Seen in Pleo: nothing new"} <= set(confirmed[0].details)
    assert "Covers row 1 as it is" in confirmed[1].details


def test_rows_that_cannot_be_read_or_are_of_unknown_kinds_are_said_and_hide_nothing() -> None:
    entries = told(
        rows_of(
            ("x", "intended", "no JSON"),
            ("a", "intended", an_event()),
            ("a", "countersigned", {"by": "Bo"}),
            ("a", "answered", {"answer": "perhaps"}),
            ("a", "read", {"job_status": "completed"}),
            ("a", "judged", "[]"),
        )
    )
    assert kinds(entries) == ["unreadable", "read", "decided", "other", "unreadable", "read_back", "unreadable"]
    assert entries[0].words == "Row 1 of the journal cannot be read, and may be about this job"
    assert entries[4].words == "Row 4 of the journal cannot be read"
    assert 'As it lies there: {"answer": "perhaps"}' in entries[4].details
    assert entries[3].words == "Something that this version of Signoff does not know: countersigned"
    assert {entry.kind for entry in of_item(entries, entry_id(1))} == {Happened.UNREADABLE, Happened.OTHER}


@pytest.mark.parametrize(
    "changes",
    [
        {"drafted": [{"by": "Ann", "items": 4, "rows": [1]}]},
        {"counts": 7, "number_of_items": "many", "fingerprint": 3},
        {"counts": {"failed": "some"}},
        {"read_at": 12},
    ],
)
def test_odd_shapes_within_a_row_break_nothing(changes: dict[str, Any]) -> None:
    entries = told(rows_of(("a", "intended", a_report() | changes), ("a", "judged", {"standing": "not_sent"})))
    assert entries[-1].kind is Happened.NOT_SENT
    assert len(entries) >= 2


def test_a_row_that_was_changed_is_shown_and_said_to_be() -> None:
    rows = rows_of(("a", "intended", an_event()), ("a", "judged", {"standing": "confirmed"}), unsound=[2])
    last = told(rows)[-1]
    assert not last.is_sound
    assert last.words == (
        "Not as it was written: row 2 of the journal was changed, or rows beside it. "
        "It now says: Confirmed: Pleo shows the job as it was sent"
    )
