"""Which job comes next: by the list's own order, around its end."""

from dataclasses import replace

import pytest
from fakes.builders import NINE, a_job, an_item
from fakes.words import ENGLISH

from app.jobs.counted import counted_rows
from app.models.vocabulary import JobId
from app.settings.connections import ConnectionId
from ui.jobs.next_job import next_key
from ui.jobs.view_model import JobKey, JobRow, RowContext, job_row

HERE = ConnectionId("acme")


def key(name: str) -> JobKey:
    return JobKey(HERE, JobId(name))


def row(name: str, state: str = "open") -> JobRow:
    job = a_job("completed" if state == "ended" else "in_progress", 1, id=JobId(name))
    item = an_item(1, "pending" if state == "open" else "successful", export_job_id=job.id)
    older = a_job(id=JobId("older")) if state == "waits" else None
    return job_row(RowContext(key(name), "Acme", older=older), job, counted_rows(job, (item,), NINE), ENGLISH)


ROWS = [row("a"), row("b", "ended"), row("c", "ready"), row("d", "waits"), row("e")]


@pytest.mark.parametrize(
    ("current", "is_ready", "wanted"),
    [
        ("a", False, "c"),  # what has ended is passed by
        ("c", False, "d"),
        ("e", False, "a"),  # around the end
        ("a", True, "c"),
        ("d", True, "c"),
        ("c", True, None),  # what waits for an older job is not ready
        ("gone", False, "a"),
        (None, True, "c"),
    ],
)
def test_the_next_job_is_the_one_after_the_current_one_that_needs_somebody(
    current: str | None, is_ready: bool, wanted: str | None
) -> None:
    found = next_key(ROWS, key(current) if current else None, is_ready=is_ready, but_for=lambda _key: False)
    assert found == (key(wanted) if wanted else None)


def test_a_job_that_has_ended_here_is_passed_by_before_it_is_read_anew() -> None:
    found = next_key(ROWS, key("a"), is_ready=True, but_for=lambda one: one == key("c"))
    assert found is None


def test_a_job_that_waits_for_an_older_one_is_a_state_of_its_own() -> None:
    waits, ready = row("d", "waits"), row("c", "ready")
    assert (waits.brief, waits.is_ready, waits.can_be_completed) == ("waits", True, False)
    assert (ready.brief, ready.can_be_completed) == ("ready", True)


def test_an_ended_job_says_how_and_where() -> None:
    job = a_job("failed", 1, id=JobId("x"), failure_reason_type="job_expired")
    assert job_row(RowContext(key("x"), "Acme"), job, None, ENGLISH).status_title == "Expired"
    ended = a_job("completed", 1, id=JobId("x"))
    counted = counted_rows(ended, (an_item(1, export_job_id=ended.id),), NINE)
    for is_here, brief in ((False, "elsewhere"), (True, ""), (None, "")):
        said = job_row(RowContext(key("x"), "Acme"), ended, replace(counted, ended_from_here=is_here), ENGLISH)
        assert (said.brief, said.status_title) == (brief, "Completed")
