"""Rows of one connection's jobs, made anew only where something is known anew: without Qt's widgets."""

from datetime import timedelta

import pytest
from fakes.builders import NINE, a_job
from fakes.words import ENGLISH

from app.jobs.job_list import JobList, JobScope
from app.models.export_job import ExportJob
from app.models.vocabulary import JobId
from app.settings.connections import ColourMark, ConnectionId
from app.watching.facts import KnownJobs
from ui.jobs.rows import JobRows, WatchedConnection, companies, read_stamp
from ui.jobs.view_model import JobRow, advice_of

SOON = timedelta(minutes=15)
SCOPE = JobScope.NEEDS_ATTENTION


class Watch:
    """Stands where a watch is read."""

    def __init__(self, *jobs: ExportJob) -> None:
        self.known = KnownJobs()
        self.read(*jobs)

    def read(self, *jobs: ExportJob, minutes: int = 0) -> None:
        self.known = self.known.with_lists({SCOPE: JobList(SCOPE, jobs, NINE + timedelta(minutes=minutes))})


def a_connection(watch: Watch, name: str = "Acme", mark: ColourMark = ColourMark.NONE) -> WatchedConnection:
    return WatchedConnection(ConnectionId(name), name, mark, watch, lambda _id: name)  # type: ignore[arg-type]


def job(name: str, **changes: object) -> ExportJob:
    return a_job(**({"id": JobId(name), "expires_in": 3600} | changes))


@pytest.fixture
def rows() -> JobRows:
    return JobRows(ENGLISH)


def test_rows_of_which_nothing_is_new_are_the_very_same(rows: JobRows) -> None:
    watch = Watch(job("a"), job("b"))
    connection = a_connection(watch)
    first = rows.of(connection, SCOPE, NINE, SOON)
    assert rows.of(connection, SCOPE, NINE + timedelta(seconds=5), SOON) is first
    assert [row.id for row in first] == ["a", "b"]


@pytest.mark.parametrize("what", ["time", "jobs", "scope"])
def test_rows_are_made_anew_when_time_has_passed_or_another_list_is_known_or_wanted(rows: JobRows, what: str) -> None:
    watch = Watch(job("a"))
    connection = a_connection(watch)
    first = rows.of(connection, SCOPE, NINE, SOON)
    if what == "time":
        (row,) = rows.of(connection, SCOPE, NINE + timedelta(minutes=50), SOON)
        assert (row.left, row.is_urgent) == ("10 min left", True)
    elif what == "jobs":
        watch.read(job("a"), job("b"))
        assert len(rows.of(connection, SCOPE, NINE, SOON)) == 2
    else:
        assert rows.of(connection, JobScope.FINISHED, NINE, SOON) == []
    assert len(first) == 1


def test_companies_are_named_by_their_jobs_and_by_the_connection_where_there_are_none(rows: JobRows) -> None:
    busy, idle = a_connection(Watch(job("a")), "beta", ColourMark.BLUE), a_connection(Watch(), "Acme")
    made: list[tuple[WatchedConnection, list[JobRow]]] = [
        (each, rows.of(each, SCOPE, NINE, SOON)) for each in (busy, idle)
    ]
    assert companies(made) == [("Acme", ColourMark.NONE), ("beta", ColourMark.BLUE)]


def test_the_stamp_is_of_what_was_read_longest_ago_and_old_where_nothing_is_fresh() -> None:
    early, late = Watch(), Watch()
    late.read(minutes=5)
    assert read_stamp([late.known, early.known], SCOPE, NINE, ENGLISH) == f"Read {ENGLISH.time(NINE)}"
    assert read_stamp([early.known.offline()], SCOPE, NINE, ENGLISH).startswith("Old: read ")
    assert read_stamp([KnownJobs()], SCOPE, NINE, ENGLISH) == ""


def test_the_later_job_of_a_company_is_advised_to_wait_and_the_first_is_not() -> None:
    first = job("first", created_at=NINE - timedelta(hours=2))
    later = job("later", created_at=NINE - timedelta(hours=1))
    assert advice_of((first, later), JobId("first"), ENGLISH) == ""
    assert advice_of((first, later), JobId("later"), ENGLISH).startswith(
        f"An older job of this company, of {ENGLISH.moment(first.created_at)}, is still open."
    )
