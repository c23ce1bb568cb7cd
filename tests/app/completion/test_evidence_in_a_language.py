"""What is kept as evidence, and what Pleo is told, is the same whatever language the user reads."""

import asyncio
import json
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from fakes import tampering
from fakes.bracketed_language import bracketed
from fakes.builders import JOB_ID, a_failed_item, an_item, snapshot_of
from fakes.clocks import FakeClock
from fakes.pleo import FakePleo, Post

from app.completion.evidence import ITEM_UPDATE, Kind, Origin
from app.completion.failure import IntegrationSpecification
from app.completion.patience import Patience
from app.completion.preview import Preview
from app.completion.progress import Changed
from app.completion.release import Witness
from app.completion.service import CompletionService
from app.errors import JournalInDoubt, Refused, ServerWords, SignoffError
from app.messages import said, shown
from app.models.snapshot import JobSnapshot
from app.storage.journal.journal import Journal
from app.storage.journal.store import JournalStore

HERE = Origin("somebody@here", "https://pleo.example acme")
FAILED = snapshot_of([a_failed_item(1, "Period closed"), an_item(2, "abandoned"), a_failed_item(3)])
REFUSAL = Refused(said("Pleo refused the request with {status}", status=400), ServerWords(400, "BAD", "No"))
Row = tuple[str, str, str]


class Room:
    """A service on a journal on disk."""

    def __init__(self, folder: Path, shown_job: JobSnapshot, *posts: Post) -> None:
        self.pleo, self.clock = FakePleo(shown_job, *posts), FakeClock()
        self.folder = folder
        self.journal = Journal(folder, self.clock)
        specification = IntegrationSpecification()
        self.service = CompletionService(
            self.pleo, self.journal, self.clock, specification, origin=HERE, four_eyes=True
        )
        found = self.service.preview(shown_job)
        assert isinstance(found, Preview)
        self.preview = found

    def submit(self) -> None:
        self.found = asyncio.run(self.service.submit(self.preview, lambda _: None, confirmed_by="Cy"))

    def rows(self) -> list[Row]:
        """All but what counts and chains them, and the attempts' names, which are another each time."""
        self.journal.close()
        with closing(JournalStore(self.folder)) as store:
            return [(row.kind, row.at, row.content) for row in store.rows()]


def reported_by_nobody(room: Room) -> None:
    content = {"what": ITEM_UPDATE, "job_id": JOB_ID, "body": "[]", "who": "", "connection": HERE.connection}
    asyncio.run(room.journal.append("update", Kind.INTENDED, content))
    asyncio.run(room.journal.append("update", Kind.JUDGED, {"standing": "confirmed"}))


def an_event_with_a_composed_reason(folder: Path) -> Room:
    room = Room(folder, FAILED)
    reported_by_nobody(room)
    room.submit()
    return room


def a_refusal(folder: Path) -> Room:
    room = Room(folder, FAILED, Post(REFUSAL, applied_after_reads=None))
    room.submit()
    return room


def a_job_that_changed(folder: Path) -> Room:
    room = Room(folder, FAILED)
    room.pleo.items = (an_item(1), an_item(2, "pending"), an_item(4))
    room.pleo.end_as("failed")
    room.submit()
    return room


def a_read_that_failed(folder: Path) -> Room:
    room = Room(folder, FAILED)
    room.pleo.read_problems.append(REFUSAL)
    with suppress(SignoffError):
        room.submit()
    return room


def a_release(folder: Path) -> Room:
    room = Room(folder, FAILED, Post(applied_after_reads=None))
    room.submit()
    room.clock.pass_seconds(Patience().release_seconds)
    asyncio.run(room.service.release(JOB_ID, Witness("Ann", "in progress"), lambda _: None))
    return room


def a_journal_in_doubt(folder: Path) -> Room:
    room = Room(folder, FAILED)
    for number in range(7):
        content = {"what": ITEM_UPDATE, "job_id": JOB_ID, "body": "[]", "who": "Bo", "connection": HERE.connection}
        asyncio.run(room.journal.append(f"update {number}", Kind.INTENDED, content))
        asyncio.run(room.journal.append(f"update {number}", Kind.JUDGED, {"standing": "confirmed"}))
        tampering.rewrite(folder, f"update {number}", "judged", "[]")
    with pytest.raises(JournalInDoubt) as met:
        room.submit()
    asyncio.run(room.service.confirm_journal(JOB_ID, met.value.code, Witness("Ann", "in progress")))
    return room


@pytest.mark.parametrize(
    "happens",
    [
        an_event_with_a_composed_reason,
        a_refusal,
        a_job_that_changed,
        a_read_that_failed,
        a_release,
        a_journal_in_doubt,
    ],
)
def test_rows_and_bodies_are_the_same_in_every_language(tmp_path: Path, happens: Callable[[Path], Room]) -> None:
    english = happens(tmp_path / "english")
    with bracketed():
        other = happens(tmp_path / "other")
        rows, posted = other.rows(), other.pleo.posted
    assert rows == english.rows()
    assert [event.as_json() for event in posted] == [event.as_json() for event in english.pleo.posted]
    assert "⟦" not in str((rows, posted))


def contents(room: Room, kind: str) -> list[dict]:
    return [json.loads(content) for found, _, content in room.rows() if found == kind]


def test_the_reason_and_the_names_are_english(tmp_path: Path) -> None:
    with bracketed():
        room = an_event_with_a_composed_reason(tmp_path)
    (event,) = room.pleo.posted
    assert event.failure_reason == (
        "1 item: Abandoned before it was processed; 1 item: No reason was given; 1 item: Period closed"
    )
    assert contents(room, "intended")[-1]["drafted_by"] == ["somebody without a name"]


def test_what_changed_is_read_in_the_users_language_and_written_in_english(tmp_path: Path) -> None:
    with bracketed():
        room = a_job_that_changed(tmp_path)
        assert isinstance(room.found, Changed)
        assert [shown(change) for change in room.found.changes[1:4]] == [
            "⟦1 item no longer in the job⟧",
            "⟦1 item new in the job⟧",
            "⟦1 item: ⟦⟦abandoned⟧ before, now ⟦pending⟧⟧⟧",
        ]
    assert contents(room, "judged") == [
        {
            "standing": "not_sent",
            "why": "the job changed",
            "changes": [
                "The job was in progress and is now failed",
                "1 item no longer in the job",
                "1 item new in the job",
                "1 item: abandoned before, now pending",
                "1 item: failed before, now successful",
            ],
        }
    ]


def test_what_speaks_against_a_journal_is_written_in_english(tmp_path: Path) -> None:
    with bracketed():
        room = a_journal_in_doubt(tmp_path)
    (confirmed,) = contents(room, "confirmed")
    assert confirmed["found"].endswith(
        ". Rows 2, 4, 6, 8, 10 and 2 more of the journal, about this job, were changed or cannot be read"
    )
    assert (confirmed["by"], confirmed["saw"]) == ("Ann", "in progress")
