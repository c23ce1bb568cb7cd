"""Reading a job whole: the job first, then its items, with the time at which the read ended."""

import pytest
from fakes.builders import JOB_ID, NINE, a_snapshot
from fakes.clocks import FakeClock
from fakes.pleo import FakePleo, unreachable

from app.completion.job_reading import read_job_whole
from app.errors import NotReachable


class CountingPleo(FakePleo):
    """Tells of one row read, with or without how many there are, after a second."""

    def __init__(self, snapshot, clock, total=None):
        super().__init__(snapshot)
        self.clock, self.total = clock, total

    async def list_items(self, job_id, on_progress=None):
        on_progress(1, self.total)
        self.clock.pass_seconds(1)
        return await super().list_items(job_id)


async def test_the_job_is_read_before_its_items_and_the_time_is_that_of_the_end():
    clock, kept = FakeClock(), a_snapshot("successful", "failed")
    pleo = CountingPleo(kept, clock)
    read = await read_job_whole(pleo, JOB_ID, clock)
    assert pleo.calls == ["get_job", "list_items"]
    assert (read.job, read.items) == (kept.job, kept.items)
    assert (read.read_at - NINE).total_seconds() == 1


@pytest.mark.parametrize(("total", "told"), [(None, (1, 2)), (5, (1, 5))])
async def test_where_pleo_gives_no_total_progress_is_of_as_many_rows_as_the_job_says(total, told):
    clock, heard = FakeClock(), []
    pleo = CountingPleo(a_snapshot("successful", "failed"), clock, total)
    await read_job_whole(pleo, JOB_ID, clock, lambda *counts: heard.append(counts))
    assert heard == [told]


async def test_a_job_that_cannot_be_read_has_no_items_asked_for():
    pleo = FakePleo(a_snapshot("successful"))
    pleo.read_problems.append(unreachable())
    with pytest.raises(NotReachable):
        await read_job_whole(pleo, JOB_ID, FakeClock())
    assert pleo.calls == ["get_job"]
