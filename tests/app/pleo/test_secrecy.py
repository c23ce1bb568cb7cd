"""The credential is in the request, and nowhere else: in no text, no chain, no traceback, no log."""

import asyncio
import base64
import logging
import traceback

import httpx
import pytest
from fakes.answers import job_json
from fakes.builders import JOB_ID
from fakes.clocks import FakeClock
from fakes.raw_server import HANG_UP, RESET, SILENCE, RawServer, answer, closed_port, json_answer

from app.errors import PleoProblem
from app.models.export_job_event import ExportJobEvent
from app.pleo.client import PleoClient
from app.pleo.connection import Credential, Timeouts, open_channels
from app.pleo.limiter import RequestLimiter
from app.pleo.retrying import ReadPatience

SECRET = "pk-9f3a77c1-hunter2"
BASIC = base64.b64encode(f"{SECRET}:".encode()).decode()
ECHO = f"Proxy error. Your request was:\nGET / HTTP/1.1\nAuthorization: Basic {BASIC}\nX-Key: {SECRET}\nBearer {SECRET}"

ANSWERS = {
    "hang up": HANG_UP,
    "reset": RESET,
    "silence": SILENCE,
    "no http": b"\x16\x03 no http\r\n\r\n",
    "401": answer(401, '{"type": "UNAUTHORIZED"}'),
    "redirect": answer(302, headers={"Location": "https://elsewhere.example/"}),
    "missing field": json_answer({"data": {"id": 3}}),
    "html": answer(200, "<html></html>", {"Content-Type": "text/html"}),
    "echo in a 500": answer(500, ECHO, {"Content-Type": "text/plain"}),
    "echo in a page": answer(200, f"<html>{ECHO}</html>"),
    "echo in pleo's words": json_answer({"type": f"X_{SECRET}", "message": ECHO}, 422),
    "echo in a 401": json_answer({"type": "UNAUTHORIZED", "message": f"Key {SECRET} is unknown"}, 401),
}


def everything_about(problem: BaseException) -> str:
    """Each text that a dialog, a log or a crash report could make of it."""
    found, queue = [], [problem]
    while queue:
        error = queue.pop()
        found += [repr(error), str(error), repr(error.args), "".join(traceback.format_exception(error))]
        found += [f"{name}={value!r}" for name, value in vars(error).items()]
        queue += [linked for linked in (error.__cause__, error.__context__) if linked is not None]
    return "\n".join(found)


def requests_held_by(problem: BaseException) -> list[BaseException]:
    """The links of the chain through which the request, and its headers, can be reached."""
    links, error = [], problem
    while error is not None:
        if isinstance(error, httpx.HTTPError):
            links.append(error)
        error = error.__cause__ or error.__context__
    return links


def problem_met(url: str, work, credential: Credential) -> PleoProblem:
    async def story():
        channels = await open_channels(url, credential, Timeouts(1, 0.1, 0.1))
        client = PleoClient(channels, RequestLimiter(FakeClock()), ReadPatience(attempts=1))
        try:
            await work(client)
        finally:
            await channels.close()

    with pytest.raises(PleoProblem) as met:
        asyncio.run(story())
    return met.value


async def served(said: bytes, work):
    async with RawServer(said) as server:
        return await asyncio.to_thread(work, server.url)


def read(client):
    return client.get_job(JOB_ID)


def write(client):
    return client.post_event(ExportJobEvent("completed", JOB_ID))


@pytest.mark.parametrize("is_token", [False, True], ids=["key", "token"])
@pytest.mark.parametrize(
    ("said", "work"),
    [
        pytest.param(said, work, id=f"{name}-{work.__name__}")
        for name, said in ANSWERS.items()
        for work in (read, write)
        if (name, work) != ("missing field", write)  # a write asks for no fields
    ],
)
async def test_no_problem_holds_the_secret_however_the_answer_broke(said, work, is_token, caplog):
    caplog.set_level(logging.DEBUG)
    problem = await served(said, lambda url: problem_met(url, work, Credential(SECRET, is_token)))
    for text in (everything_about(problem), caplog.text):
        assert SECRET not in text
        assert BASIC not in text
    assert requests_held_by(problem) == []


def test_no_problem_holds_the_secret_where_nobody_answers():
    url = f"http://127.0.0.1:{closed_port()}"
    problem = problem_met(url, read, Credential(SECRET))
    assert SECRET not in everything_about(problem)
    assert requests_held_by(problem) == []


async def test_pleos_words_about_bearers_and_basics_stay_readable():
    said = json_answer({"type": "UNAUTHORIZED", "message": "Bearer token expired"}, 401)
    problem = await served(said, lambda url: problem_met(url, read, Credential(SECRET)))
    assert problem.words.message == "Bearer token expired"


async def test_a_job_is_not_what_carries_the_secret():
    async def story():
        async with RawServer(json_answer({"data": job_json()})) as server:
            channels = await open_channels(server.url, Credential(SECRET))
            job = await PleoClient(channels, RequestLimiter(FakeClock())).get_job(JOB_ID)
            await channels.close()
            return job, server.heard[0]

    job, heard = await story()
    assert SECRET not in repr(job)
    assert SECRET not in heard.target
    assert [name for name, value in heard.headers.items() if BASIC in value] == ["authorization"]
