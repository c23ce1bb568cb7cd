"""The client over a real socket, against a server that breaks: what it takes it for, and how often it asks."""

import asyncio

import pytest
from fakes.answers import job_json
from fakes.builders import JOB_ID
from fakes.clocks import FakeClock
from fakes.raw_server import HANG_UP, RESET, SILENCE, RawServer, answer, closed_port, cut, json_answer

from app.errors import AnswerLost, Arrival, NotReachable, PleoProblem
from app.models.export_job_event import ExportJobEvent
from app.pleo.client import PleoClient
from app.pleo.connection import Credential, Timeouts, open_channels
from app.pleo.limiter import RequestLimiter
from app.pleo.retrying import ReadPatience

JOB_ANSWER = json_answer({"data": job_json()})
FAILED = ExportJobEvent("failed", JOB_ID, "Bokföringsår låst – «2025»", "validation_failure")
IMPATIENT = Timeouts(connect=1, read=0.15, write_answer=0.15)


async def met(url, work, attempts=1, timeouts=IMPATIENT) -> PleoProblem | None:
    channels = await open_channels(url, Credential("a-key"), timeouts)
    patience = ReadPatience(attempts=attempts, first_pause=0.001, longest_pause=0.001)
    try:
        await work(PleoClient(channels, RequestLimiter(FakeClock()), patience))
    except PleoProblem as problem:
        return problem
    finally:
        await channels.close()
    return None


def read(client):
    return client.get_job(JOB_ID)


def write(client):
    return client.post_event(FAILED)


@pytest.mark.parametrize(
    "said",
    [
        HANG_UP,
        RESET,
        SILENCE,
        cut(JOB_ANSWER),
        b"HTTP/1.1 202 Acc",
        b"HTTP/1.1 202\r\nContent-Le",
        b"\x16\x03\x01 no http\r\n\r\n",
    ],
    ids=["hang up", "reset", "silence", "cut body", "cut first line", "cut head", "no http"],
)
async def test_an_answer_that_does_not_come_whole_is_lost_and_a_write_is_one_request(said):
    async def story():
        async with RawServer(said) as server:
            problem = await met(server.url, write, attempts=4)
            return problem, [heard.method for heard in server.heard]

    problem, methods = await story()
    assert type(problem) is AnswerLost
    assert problem.arrival is Arrival.UNKNOWN
    assert methods == ["POST"]


async def test_a_read_whose_answer_broke_is_made_again():
    async def story():
        async with RawServer(RESET, HANG_UP, cut(JOB_ANSWER), JOB_ANSWER) as server:
            problem = await met(server.url, read, attempts=4)
            return problem, len(server.heard)

    assert await story() == (None, 4)


@pytest.mark.parametrize("work", [read, write])
async def test_a_refused_connection_is_not_reachable_and_never_arrived(work):
    problem = await met(f"http://127.0.0.1:{closed_port()}", work)
    assert type(problem) is NotReachable
    assert problem.arrival is Arrival.NEVER


async def test_the_event_leaves_byte_for_byte_as_it_was_shown():
    async def story():
        async with RawServer(answer(202)) as server:
            assert await met(server.url, write) is None
            return server.heard[0]

    heard = await story()
    assert (heard.method, heard.target) == ("POST", "/v3/export-job-events")
    assert heard.body.decode("utf-8") == FAILED.as_json()
    assert heard.headers["content-type"] == "application/json;charset=UTF-8"
    assert int(heard.headers["content-length"]) == len(heard.body)


async def update(client: PleoClient) -> None:
    await client.put_items(JOB_ID, "[]")


@pytest.mark.parametrize(
    ("act", "answer", "connections"),
    [(write, b"", 2), (update, b'{"data": [], "errors": []}', 1)],
    ids=["an event", "batches that follow each other"],
)
async def test_an_event_opens_a_connection_of_its_own_and_a_batch_goes_on_with_a_warm_one(act, answer, connections):
    async def story():
        ports = set()
        good = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer)

        async def talk(reader, writer):
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                await reader.readexactly(length)
                ports.add(writer.get_extra_info("peername")[1])
                writer.write(good)

        async def twice(client):
            await act(client)
            await act(client)

        async def quietly(reader, writer):
            try:
                await talk(reader, writer)
            except EOFError:
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(quietly, "127.0.0.1", 0)
        async with server:
            assert await met(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", twice) is None
        return len(ports)

    assert await story() == connections


@pytest.mark.parametrize("cookie", ["session=abc; Path=/", "name=Grün; Path=/", "=;;"])
async def test_no_cookie_is_kept_whatever_letters_it_has(cookie):
    async def story():
        said = answer(200, JOB_ANSWER.partition(b"\r\n\r\n")[2], {"Set-Cookie": cookie})
        async with RawServer(said) as server:

            async def twice(client):
                await client.get_job(JOB_ID)
                await client.get_job(JOB_ID)

            return await met(server.url, twice), [heard.headers for heard in server.heard]

    problem, headers = await story()
    assert problem is None
    assert [sent.get("cookie") for sent in headers] == [None, None]


async def test_a_read_asks_for_no_answer_that_a_cache_remembers():
    async def story():
        async with RawServer(JOB_ANSWER) as server:
            assert await met(server.url, read) is None
            return server.heard[0].headers["cache-control"]

    assert await story() == "no-cache"


@pytest.mark.parametrize(("work", "requests"), [(read, 2), (write, 1)])
async def test_an_answer_that_drips_is_lost_when_its_total_time_is_over(work, requests):
    async def story():
        async with RawServer(JOB_ANSWER, seconds_between_bytes=0.02) as server:
            limits = Timeouts(connect=1, read=1, write_answer=1, total=0.2)
            problem = await met(server.url, work, attempts=2, timeouts=limits)
            return problem, len(server.heard)

    problem, heard = await story()
    assert type(problem) is AnswerLost
    assert problem.arrival is Arrival.UNKNOWN
    assert heard == requests
