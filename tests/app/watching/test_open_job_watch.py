"""The job on screen, read again by itself, on a clock that jumps ahead."""

import asyncio

import pytest
from fakes.builders import NINE, a_job
from fakes.clocks import run_at_once

from app.models.snapshot import JobSnapshot
from app.watching.open_job_watch import OpenJobWatch
from app.watching.schedule import PollingConditions, Watching

OFFLINE = PollingConditions(is_online=False)


class LoopClock:
    def now(self):
        return NINE

    async def sleep(self, seconds):
        await asyncio.sleep(seconds)


def reads_in_a_minute(snapshot, here=PollingConditions(), *, is_paused=False):  # noqa: B008 - frozen
    reads = []

    async def minute():
        watch = OpenJobWatch(
            LoopClock(),
            Watching(base=10, for_each_request=0),
            lambda: here,
            snapshot=lambda: snapshot,
            is_paused=lambda: is_paused,
            read=lambda: reads.append(True),
            chance=lambda: 0.5,
        )
        watching = asyncio.ensure_future(watch.watch())
        await asyncio.sleep(61)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    run_at_once(minute())
    return len(reads)


def a_snapshot(status="in_progress"):
    return JobSnapshot(a_job(status), (), NINE)


@pytest.mark.parametrize("snapshot", [a_snapshot(), None], ids=["running", "not read yet"])
def test_a_job_that_is_not_final_is_read_again_and_again(snapshot):
    assert reads_in_a_minute(snapshot) == 6


def test_a_job_that_has_ended_is_left_alone():
    assert reads_in_a_minute(a_snapshot("completed")) == 0


def test_nothing_is_read_offline_or_while_something_is_being_decided():
    assert reads_in_a_minute(a_snapshot(), OFFLINE) == 0
    assert reads_in_a_minute(a_snapshot(), is_paused=True) == 0


def test_out_of_sight_it_is_read_half_as_often():
    assert reads_in_a_minute(a_snapshot(), PollingConditions(is_hidden=True)) == 3
