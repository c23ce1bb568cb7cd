"""Who set the outcomes of the job on screen: looked up once for each state of it, and never of another job."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

from fakes.builders import JOB_ID, NINE, a_snapshot, entry_id
from fakes.drafts import a_success
from fakes.qt_loop import until

from app.errors import JournalProblem
from app.models.vocabulary import JobId
from app.outcomes.reports import NO_REPORTS, Report, Reports
from ui.connections.job_reports import JobReports

FOUND: Reports = {entry_id(0): (Report(a_success(0).outcome, "Ann", NINE),)}


@dataclass
class FakeService:
    """Answers for each job once it may; a job that is not in it has a damaged journal."""

    answers: dict[JobId, Reports]
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[JobId] = field(default_factory=list)

    async def reports_of(self, job_id: JobId) -> Reports:
        self.asked.append(job_id)
        await self.may_answer.wait()
        if job_id not in self.answers:
            raise JournalProblem("damaged")
        return dict(self.answers[job_id])


async def test_they_are_looked_up_once_for_each_state_of_the_job_and_told_where_they_differ() -> None:
    service, told = FakeService({JOB_ID: FOUND}), []
    service.may_answer.set()
    reports = JobReports(service)
    reports.changed.connect(told.append)
    seen = a_snapshot("pending")
    reports.show_snapshot(seen)
    await until(lambda: told == [FOUND])
    reports.show_snapshot(replace(seen, read_at=NINE + timedelta(minutes=1)))
    assert service.asked == [JOB_ID]
    reports.show_snapshot(replace(seen, job=replace(seen.job, last_updated_at=NINE)))
    await until(lambda: len(service.asked) == 2)
    reports.look_again(JOB_ID)
    await until(lambda: len(service.asked) == 3)
    await reports.aclose()
    assert told == [FOUND]


async def test_another_job_takes_them_away_at_once_and_what_comes_late_is_not_shown() -> None:
    service, told = FakeService({JOB_ID: FOUND}), []
    reports = JobReports(service)
    reports.changed.connect(told.append)
    reports.show_snapshot(a_snapshot("pending"))
    await until(lambda: service.asked)
    reports.show_snapshot(None)
    service.may_answer.set()
    await asyncio.sleep(0)
    assert told == []
    reports.show_snapshot(a_snapshot("pending"))
    await until(lambda: told == [FOUND])
    reports.show_snapshot(None)
    assert told == [FOUND, NO_REPORTS]
    await reports.aclose()


async def test_a_journal_that_cannot_be_read_shows_none() -> None:
    service, told = FakeService({}), []
    service.may_answer.set()
    reports = JobReports(service)
    reports.changed.connect(told.append)
    reports.show_snapshot(a_snapshot("pending"))
    await until(lambda: service.asked)
    await reports.aclose()
    assert told == []
