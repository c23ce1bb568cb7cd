"""Never more than Pleo wishes in any minute."""

import asyncio

import httpx
import pytest
from fakes.answers import job_json
from fakes.builders import JOB_ID
from fakes.clocks import FakeClock
from hypothesis import given
from hypothesis import strategies as st

from app.models.export_job_event import ExportJobEvent
from app.pleo.client import PleoClient
from app.pleo.connection import Channels
from app.pleo.limiter import REQUESTS_A_MINUTE, RequestLimiter

# The stamps of the clock are exact to a microsecond.
CLOCK_GRAIN = 1e-5


async def stamps_of(limiter: RequestLimiter, clock: FakeClock, gaps) -> list[float]:
    sent = []
    for gap in gaps:
        clock.pass_seconds(gap)
        await limiter.wait_for_turn()
        sent.append(clock.now().timestamp())
    return sent


def most_in_any_window(stamps: list[float], seconds: float) -> int:
    return max(
        sum(begin <= stamp < begin + seconds - CLOCK_GRAIN for stamp in stamps[first:])
        for first, begin in enumerate(stamps)
    )


def test_the_limit_is_below_what_pleo_asks_for():
    assert REQUESTS_A_MINUTE <= 500


async def test_five_hundred_requests_leave_at_once_and_the_next_waits_a_minute():
    clock = FakeClock()
    begin = clock.now()
    sent = await stamps_of(RequestLimiter(clock), clock, [0] * 501)
    assert sent[499] == begin.timestamp()
    assert sent[500] - begin.timestamp() == pytest.approx(60, abs=CLOCK_GRAIN)
    assert len(clock.pauses) == 1


async def test_over_thousands_of_requests_no_minute_holds_more_than_five_hundred():
    clock = FakeClock()
    sent = await stamps_of(RequestLimiter(clock), clock, [0.01] * 1_800)
    assert most_in_any_window(sent, 60) <= 500


@given(gaps=st.lists(st.floats(min_value=0, max_value=30), min_size=1, max_size=60), most=st.integers(1, 5))
def test_no_window_holds_more_than_the_limit_however_requests_arrive(gaps, most):
    clock = FakeClock()
    sent = asyncio.run(stamps_of(RequestLimiter(clock, most, 60), clock, gaps))
    assert most_in_any_window(sent, 60) <= most


async def test_requests_that_are_made_at_once_share_the_limit():
    clock = FakeClock()
    limiter = RequestLimiter(clock, 3, 60)
    sent = []

    async def request():
        await limiter.wait_for_turn()
        sent.append(clock.now().timestamp())

    await asyncio.gather(*(request() for _ in range(8)))
    assert most_in_any_window(sorted(sent), 60) <= 3


async def test_a_clock_that_was_set_back_holds_no_request_longer_than_the_window():
    clock = FakeClock()
    limiter = RequestLimiter(clock, 2, 60)
    await stamps_of(limiter, clock, [0, 0])
    clock.pass_seconds(-5 * 3600)
    await stamps_of(limiter, clock, [0])
    assert max(clock.pauses) <= 60


async def test_every_request_of_a_client_takes_a_turn_retries_and_writes_too():
    clock = FakeClock()
    limiter = RequestLimiter(clock, 1, 60)
    answers = iter([httpx.Response(200, json={"data": job_json()}), httpx.Response(202)])
    transport = httpx.MockTransport(lambda request: next(answers))
    channel = httpx.AsyncClient(base_url="https://pleo.example", transport=transport)
    client = PleoClient(Channels(channel, channel), limiter)
    await client.get_job(JOB_ID)
    await client.post_event(ExportJobEvent("completed", JOB_ID))
    assert clock.pauses == [60]
