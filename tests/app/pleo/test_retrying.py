"""What is tried again, how often, and how long it waits. Time jumps; nothing sleeps."""

import asyncio
import warnings
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from fakes.answers import item_json, job_json, page_json
from fakes.builders import JOB_ID
from fakes.channels import client_over
from fakes.clocks import run_at_once

from app.errors import PleoProblem
from app.models.export_job_event import ExportJobEvent
from app.pleo.retrying import ReadPatience

GOOD = httpx.Response(200, json={"data": job_json()})
COMPLETED = ExportJobEvent("completed", JOB_ID)

PASSING = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("slow"),
    httpx.ReadTimeout("slow"),
    httpx.ReadError("reset"),
    httpx.RemoteProtocolError("cut"),
    httpx.Response(429),
    httpx.Response(500),
    httpx.Response(502, html="<h1>Bad gateway</h1>"),
    httpx.Response(503),
]
LASTING = [
    httpx.Response(400),
    httpx.Response(401),
    httpx.Response(403),
    httpx.Response(404),
    httpx.Response(409),
    httpx.Response(413),
    httpx.Response(422),
    httpx.Response(302, headers={"Location": "https://elsewhere.example"}),
    httpx.Response(200, html="<html>"),
    httpx.Response(200, text='{"data": '),
    httpx.Response(200, json={"data": {}}),
]


def name_of(value) -> str:
    return type(value).__name__ if isinstance(value, Exception) else f"{value.status_code}"


class Waited:
    """A read of one job against the answers given: its result, the requests made, the seconds waited."""

    def __init__(self, *answers, patience: ReadPatience | None = None, write: bool = False) -> None:
        self.requests = 0
        left = list(answers)

        def respond(request):
            self.requests += 1
            given = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(given, Exception):
                raise given
            return given

        client = client_over(respond, patience=patience or ReadPatience())
        self.problem: PleoProblem | None = None

        async def story():
            loop = asyncio.get_running_loop()
            begin = loop.time()
            try:
                await (client.post_event(COMPLETED) if write else client.get_job(JOB_ID))
            except PleoProblem as problem:
                self.problem = problem
            self.seconds = loop.time() - begin

        run_at_once(story())


@pytest.mark.parametrize("trouble", PASSING, ids=name_of)
def test_a_read_is_tried_again_after_what_may_pass(trouble):
    read = Waited(trouble, trouble, GOOD)
    assert read.problem is None
    assert read.requests == 3
    assert read.seconds > 0


@pytest.mark.parametrize("trouble", PASSING, ids=name_of)
def test_a_read_is_tried_a_bounded_number_of_times(trouble):
    read = Waited(trouble)
    assert read.problem is not None
    assert read.requests == ReadPatience().attempts
    assert read.seconds < 60


@pytest.mark.parametrize("answer", LASTING, ids=name_of)
def test_a_read_is_not_tried_again_after_what_will_not_pass(answer):
    read = Waited(answer, GOOD)
    assert read.problem is not None
    assert read.requests == 1


@pytest.mark.parametrize("answer", [*PASSING, *LASTING], ids=name_of)
def test_a_write_is_one_request_whatever_happens(answer):
    write = Waited(answer, httpx.Response(202), write=True)
    assert write.problem is not None or answer.status_code == 200
    assert write.requests == 1
    assert write.seconds < 0.2


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("seconds", [7, 30])
def test_a_read_waits_as_long_as_the_server_asks(status, seconds):
    read = Waited(httpx.Response(status, headers={"Retry-After": str(seconds)}), GOOD)
    assert read.problem is None
    assert read.seconds == pytest.approx(seconds, abs=0.5)


def test_a_read_waits_until_the_date_that_the_server_names():
    wish = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    read = Waited(httpx.Response(429, headers={"Retry-After": wish}), GOOD)
    assert read.problem is None
    assert read.seconds == pytest.approx(20, abs=2)


def test_a_server_that_asks_for_hours_is_not_waited_for():
    read = Waited(httpx.Response(503, headers={"Retry-After": "7200"}), GOOD)
    assert read.problem.retry_after == 7200
    assert read.requests == 1
    assert read.seconds < 0.2


def test_a_server_that_asks_for_no_wait_is_still_asked_a_bounded_number_of_times():
    read = Waited(httpx.Response(503, headers={"Retry-After": "0"}))
    assert read.requests == ReadPatience().attempts


def test_pauses_grow_and_stay_below_their_bound():
    patience = ReadPatience(attempts=8, first_pause=0.5, longest_pause=2, timeout=1_000)
    assert Waited(httpx.Response(500), patience=patience).seconds <= 7 * 2 + 0.5
    assert Waited(httpx.Response(500), patience=patience).seconds >= 3


def test_what_the_last_try_met_is_what_is_told():
    read = Waited(httpx.Response(500), httpx.Response(404))
    assert read.problem.words.status == 404
    assert read.requests == 2


def test_each_page_of_a_list_has_its_own_tries():
    left = [
        httpx.Response(500),
        httpx.Response(200, json=page_json(item_json(1), after="P2")),
        httpx.Response(500),
        httpx.Response(500),
        httpx.Response(200, json=page_json(item_json(2))),
    ]
    client = client_over(left, patience=ReadPatience(attempts=3))
    assert len(run_at_once(client.list_items(JOB_ID))) == 2


def test_a_retry_says_nothing_on_the_warnings_channel():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Waited(httpx.Response(500), GOOD)
