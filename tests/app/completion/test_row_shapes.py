"""Which rows of the journal can be read: those that Signoff writes, and no others."""

import json

import pytest

from app.completion.row_shapes import is_readable, must_be_readable
from app.errors import JournalUnreadable
from app.models.journal_row import JournalRow

AT = "2026-03-02T09:00:00.000+00:00"
EVENT = {
    "what": "event",
    "who": "ann@here",
    "connection": "https://a x",
    "job_id": "j",
    "body": json.dumps({"event": "failed", "jobId": "j", "failureReason": "why", "failureReasonType": "other"}),
    "fingerprint": "f",
    "counts": {"failed": 2},
    "job_status": "in_progress",
    "last_updated_at": AT,
}
ITEMS = EVENT | {
    "what": "item_update",
    "body": json.dumps([{"accountingEntryId": "e", "status": "successful", "exportedAt": AT}]),
    "drafted": [{"by": "Ann", "how": "by hand"}],
    "before": {"e": "failed reason"},
}
SERVER = {"status": 422, "type": None, "message": "no"}
REFUSED = [{"accounting_entry_id": "e", "message": "m", "type": "t"}]


def row(kind: str, content: object, at: str = AT, sequence: int = 1) -> JournalRow:
    return JournalRow(sequence, "a", kind, at, content if isinstance(content, str) else json.dumps(content), "", "")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("intended", EVENT),
        ("intended", EVENT | {"last_updated_at": None, "drafted_by": [], "confirmed_by": ""}),
        ("intended", EVENT | {"batch": "a3f1"}),
        ("intended", ITEMS),
        ("intended", EVENT | {"what": "something of a later version", "body": "any words"}),
        ("sent", {}),
        ("sent", {"rows": 100}),
        ("answered", {"answer": "accepted", "problem": None}),
        ("answered", {"answer": "declined", "problem": "Refused", "server": SERVER, "errors": REFUSED}),
        ("read", {"problem": None}),
        ("read", {"job_status": None, "last_updated_at": AT, "arrived": 3, "refused": REFUSED, "missing": ["e"]}),
        ("judged", {"standing": "released", "by": "Ann", "saw": "done"}),
        ("a kind of a later version", {"any": "thing"}),
    ],
)
def test_what_signoff_writes_is_readable(kind, content):
    assert is_readable(row(kind, content))


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in EVENT.items() if key != name}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        *(
            (kind, content)
            for kind in ("intended", "sent", "answered", "read", "judged")
            for content in ("", "{", "[]")
        ),
        ("a kind of a later version", "[]"),
        *(("intended", without(name)) for name in ("what", "who", "connection", "job_id", "body")),
        ("intended", EVENT | {"body": "no JSON"}),
        ("intended", EVENT | {"body": '{"event": "completed"}'}),
        ("intended", EVENT | {"body": '{"event": 5, "jobId": "j"}'}),
        ("intended", EVENT | {"last_updated_at": "yesterday"}),
        ("intended", EVENT | {"last_updated_at": "2026-03-02T09:00:00"}),
        ("intended", EVENT | {"job_status": 5}),
        ("intended", EVENT | {"batch": 5}),
        ("intended", ITEMS | {"body": "{}"}),
        ("intended", ITEMS | {"body": '[{"accountingEntryId": "e"}]'}),
        ("intended", ITEMS | {"body": '[{"accountingEntryId": "e", "status": "failed", "exportedAt": "soon"}]'}),
        ("intended", ITEMS | {"drafted": ["Ann"]}),
        ("intended", ITEMS | {"before": ["e"]}),
        ("sent", {"last_updated_at": "yesterday"}),
        ("answered", {"answer": "maybe", "problem": None}),
        ("answered", {"answer": "accepted"}),
        ("answered", {"answer": "declined", "problem": "x", "server": {"type": None, "message": None}}),
        ("answered", {"answer": "declined", "problem": "x", "errors": [{"message": "m"}]}),
        ("read", {"missing": "e"}),
        ("read", {"refused": [{"accounting_entry_id": "e"}]}),
        ("judged", {"standing": "perhaps"}),
        ("judged", {}),
    ],
)
def test_anything_else_is_not(kind, content):
    assert not is_readable(row(kind, content))


@pytest.mark.parametrize("at", ["", "yesterday", "2026-03-02T09:00:00"])
def test_a_row_without_its_time_is_not(at):
    assert not is_readable(row("sent", {}, at))


def test_bytes_in_place_of_words_are_not():
    assert not is_readable(JournalRow(1, "a", "sent", b"x", b"\xff", "", ""))


def test_those_that_cannot_be_read_are_named():
    rows = [row("sent", {}), *(row("judged", {}, sequence=number) for number in range(2, 9))]
    must_be_readable(rows[:1])
    with pytest.raises(JournalUnreadable, match=r"at row 2, 3, 4, 5, 6 and more, which is about this job"):
        must_be_readable(rows)
    with pytest.raises(JournalUnreadable, match=r"at row 2, which"):
        must_be_readable(rows[:2])
    with pytest.raises(JournalUnreadable, match=r"at row 2, 3, 4, 5, 6, which"):
        must_be_readable(rows[:6])
