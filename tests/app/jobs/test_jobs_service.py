"""Listing jobs in the order of need, and opening one whole."""

from datetime import timedelta

import pytest
from fakes.answers import export_item_json
from fakes.builders import COMPANY_ID, JOB_ID, NINE, a_job, an_item, entry_id, items_of
from fakes.clocks import FakeClock
from fakes.pleo import declined, unreachable
from fakes.readers import reader_over
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.errors import PleoProblem, UsageProblem
from app.jobs.job_list import JobScope, in_order_of_need
from app.jobs.service import JobsService, why_without_accounting_data
from app.models.export_item import ExportItem

ENTRY = TypeAdapter(ExportItem).validate_python(export_item_json(1))


class FakeJobs:
    """Pleo as the jobs service meets it; `problem` is met by export items, `asked` is every call."""

    def __init__(self, *jobs, items=(), totals=None, problem=None) -> None:
        self.jobs, self.items, self.totals, self.problem = jobs, items, totals or {}, problem
        self.asked = []

    async def list_jobs(self, statuses=(), company_id=None):
        self.asked.append(("list_jobs", tuple(statuses), company_id))
        return self.jobs

    async def get_job(self, job_id):
        self.asked.append(("get_job", job_id))
        return self.jobs[0]

    async def list_items(self, job_id, on_progress=None):
        self.asked.append(("list_items", job_id))
        if on_progress:
            on_progress(len(self.items), None)
        return self.items

    async def count_items(self, job_id, status):
        self.asked.append(("count_items", status))
        return self.totals.get(status)

    async def list_export_items(self, job_id, on_progress=None):
        self.asked.append(("list_export_items", job_id))
        if self.problem:
            raise self.problem
        return (ENTRY,)


def service_over(pleo, company_id=None) -> JobsService:
    return JobsService(pleo, FakeClock(), reader_over(pleo), company_id)


def minutes(number):
    return NINE + timedelta(minutes=number)


def test_running_jobs_come_by_the_soonest_deadline_then_the_newest_finished():
    jobs = {
        "finished long ago": a_job("completed", completed_at=minutes(-500)),
        "pending, late": a_job("pending", created_at=minutes(30)),
        "in progress, late": a_job("in_progress", last_updated_at=minutes(20)),
        "finished lately": a_job("failed", completed_at=minutes(-5)),
        "pending, soon": a_job("pending", created_at=minutes(-30)),
        "in progress, soon": a_job("in_progress", last_updated_at=minutes(-20)),
    }
    names = {id(job): name for name, job in jobs.items()}
    assert [names[id(job)] for job in in_order_of_need(jobs.values())] == [
        "pending, soon",
        "in progress, soon",
        "in progress, late",
        "pending, late",
        "finished lately",
        "finished long ago",
    ]


@given(
    st.lists(
        st.builds(
            a_job, st.sampled_from(("pending", "in_progress", "failed", "archived")), expires_in=st.integers(0, 10**15)
        )
    )
)
def test_ordering_loses_no_job_whatever_its_status(jobs):
    ordered = in_order_of_need(jobs)
    assert sorted(map(id, ordered)) == sorted(map(id, jobs))


@pytest.mark.parametrize(
    ("scope", "statuses"),
    [
        (JobScope.NEEDS_ATTENTION, {"in_progress", "pending"}),
        (JobScope.FINISHED, {"completed", "completed_with_errors", "failed"}),
        (JobScope.ALL, set()),
    ],
)
async def test_a_scope_asks_pleo_for_its_statuses_and_the_company_of_the_connection(scope, statuses):
    pleo = FakeJobs(a_job())
    found = await service_over(pleo, COMPANY_ID).list_jobs(scope)
    ((_, asked, company),) = pleo.asked
    assert (set(asked), company) == (statuses, COMPANY_ID)
    assert (found.scope, found.read_at) == (scope, NINE)


async def test_a_job_is_opened_with_all_its_items():
    pleo = FakeJobs(a_job(items=2), items=items_of("successful", "pending"))
    snapshot = await service_over(pleo).open_job(JOB_ID)
    assert (snapshot.job, snapshot.items, snapshot.read_at) == (pleo.jobs[0], pleo.items, NINE)


async def test_progress_is_told_against_pleos_number_of_items_where_a_page_gives_no_total():
    pleo = FakeJobs(a_job(items=7), items=items_of("successful"))
    told = []
    await service_over(pleo).open_job(JOB_ID, lambda read, total: told.append((read, total)))
    assert told == [(1, 7)]


@pytest.mark.parametrize("job_id", ["", "  "])
async def test_no_job_is_opened_without_a_name(job_id):
    pleo = FakeJobs(a_job())
    with pytest.raises(UsageProblem):
        await service_over(pleo).open_job(job_id)
    assert pleo.asked == []


async def test_accounting_data_is_found_by_the_entrys_id():
    data = await service_over(FakeJobs(a_job())).read_accounting_data(JOB_ID)
    assert data.problem is None
    assert data.entries == {entry_id(1): ENTRY}


@pytest.mark.parametrize(
    "problem",
    [declined(400, "MISSING_CONTRA_ACCOUNTS"), declined(422, "EXPORT_JOB_STATUS_UNPROCESSABLE"), unreachable()],
    ids=str,
)
async def test_the_review_goes_on_without_accounting_data(problem: PleoProblem):
    data = await service_over(FakeJobs(a_job(), problem=problem)).read_accounting_data(JOB_ID)
    assert data.problem is problem
    assert data.entries == {}


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (declined(400, "MISSING_CONTRA_ACCOUNTS", "Map account 2890."), "mapped in Pleo. Pleo says: Map account 2890."),
        (declined(400, "missing_contra_accounts"), "contra accounts are not all mapped"),
        (declined(422, "EXPORT_JOB_STATUS_UNPROCESSABLE"), "once a job has ended"),
        (unreachable(), "Pleo cannot be reached"),
    ],
)
def test_missing_accounting_data_is_explained_in_a_sentence(problem, words):
    sentence = why_without_accounting_data(problem)
    assert words in sentence
    assert sentence.endswith(".")


async def test_a_short_list_of_items_is_counted_row_by_row():
    pleo = FakeJobs(items=items_of("successful", "parked"))
    counts = await service_over(pleo).count_items(a_job(items=2))
    assert dict(counts.by_status) == {"successful": 1, "parked": 1}


async def test_a_long_list_of_items_is_counted_by_pleos_totals():
    totals = {"successful": 9_000, "failed": 0, "abandoned": 0, "pending": 1_000, "in_progress": 0}
    pleo = FakeJobs(totals=totals)
    counts = await service_over(pleo).count_items(a_job(items=10_000))
    assert dict(counts.by_status) == {"successful": 9_000, "pending": 1_000}
    assert {asked[0] for asked in pleo.asked} == {"count_items"}


async def test_a_long_list_is_not_counted_where_pleo_gives_no_totals():
    assert await service_over(FakeJobs(totals={"failed": 3})).count_items(a_job(items=10_000)) is None


async def test_the_items_of_a_finished_job_are_counted_once_and_those_of_a_running_job_each_time():
    pleo = FakeJobs(items=(an_item(1),))
    service = service_over(pleo)

    async def count_three_times(job):
        return [await service.count_items(job) for _ in range(3)]

    await count_three_times(a_job("completed"))
    assert len(pleo.asked) == 1
    await count_three_times(a_job("in_progress", id="another"))
    assert len(pleo.asked) == 4
