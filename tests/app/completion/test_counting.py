"""A job's items by outcome, with few requests."""

import pytest
from fakes.builders import JOB_ID, a_job, items_of

from app.completion.counting import COUNTED_WHOLE, count_outcomes, pleos_totals


class FakeCounts:
    """Rows, and Pleo's totals by status; `asked` are the statuses that a total was asked for."""

    def __init__(self, *statuses: str, **totals: int) -> None:
        self.rows, self.totals = items_of(*statuses), totals
        self.asked: list[str] = []

    async def list_items(self, job_id):
        assert job_id == JOB_ID
        return self.rows

    async def count_items(self, job_id, status):
        assert job_id == JOB_ID
        self.asked.append(status)
        return self.totals.get(status)


def counts(**known: int) -> FakeCounts:
    return FakeCounts(**({"successful": 0, "failed": 0, "abandoned": 0, "pending": 0, "in_progress": 0} | known))


async def test_up_to_five_hundred_items_are_counted_row_by_row():
    assert COUNTED_WHOLE == 500
    pleo = FakeCounts("successful", "parked")
    found = await count_outcomes(pleo, a_job(items=500))
    assert found is not None
    assert (dict(found.by_status), pleo.asked) == ({"successful": 1, "parked": 1}, [])


async def test_more_are_counted_by_pleos_totals_of_each_status():
    pleo = counts(successful=501)
    found = await count_outcomes(pleo, a_job(items=501))
    assert found is not None
    assert dict(found.by_status) == {"successful": 501}
    assert set(pleo.asked) == {"successful", "failed", "abandoned", "pending", "in_progress"}


async def test_what_no_known_status_accounts_for_has_an_unknown_one():
    found = await pleos_totals(counts(successful=600, pending=1), a_job(items=602))
    assert found is not None
    assert (found.unknown, found.total) == (1, 602)


@pytest.mark.parametrize("items", [600, 599])
async def test_where_the_totals_account_for_all_or_more_nothing_is_unknown(items):
    """Items can be added between two of the requests."""
    found = await pleos_totals(counts(successful=600), a_job(items=items))
    assert found is not None
    assert dict(found.by_status) == {"successful": 600}


async def test_where_one_total_is_missing_nothing_is_counted():
    assert await pleos_totals(FakeCounts(successful=600), a_job(items=600)) is None
