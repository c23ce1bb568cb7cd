"""Only a server of this machine that says in so many words that it is the sandbox is one."""

import pytest
from fakes.raw_server import HANG_UP, RESET, SILENCE, RawServer, answer, json_answer
from fakes.running_sandbox import RunningSandbox

from app.errors import UsageProblem
from app.pleo.connection import Timeouts
from app.pleo.sandbox_identity import says_it_is_the_sandbox

SOON = Timeouts(connect=0.3, read=0.3, write_answer=0.3, total=0.5)
SANDBOX = {"server": "Signoff's sandbox"}


async def test_the_sandbox_says_so():
    with RunningSandbox("mixed", names_itself=True) as sandbox:
        assert await says_it_is_the_sandbox(sandbox.url)
        assert await says_it_is_the_sandbox(sandbox.url.replace("127.0.0.1", "localhost"))


async def test_a_sandbox_that_stands_in_for_pleo_does_not():
    with RunningSandbox("mixed") as sandbox:
        assert not await says_it_is_the_sandbox(sandbox.url)


@pytest.mark.parametrize(
    "said",
    [
        json_answer({"server": "Pleo"}),
        json_answer({**SANDBOX, "and": "more"}),
        json_answer([SANDBOX]),
        json_answer(SANDBOX, 404),
        json_answer(SANDBOX, 201),
        answer(302, headers={"Location": "/sandbox/identity"}),
        answer(200, "[" * 900),
        answer(200, " " * 100_000),
        answer(200, "<html>", {"Content-Type": "text/html"}),
        answer(200),
        HANG_UP,
        RESET,
        SILENCE,
    ],
)
async def test_whoever_says_anything_else_or_nothing_is_none(said):
    async with RawServer(said) as server:
        assert not await says_it_is_the_sandbox(server.url, SOON)


async def test_an_answer_that_drips_is_not_waited_for():
    async with RawServer(json_answer(SANDBOX), seconds_between_bytes=0.1) as server:
        assert not await says_it_is_the_sandbox(server.url, SOON)


async def test_the_question_carries_no_credential():
    async with RawServer(json_answer(SANDBOX)) as server:
        assert await says_it_is_the_sandbox(server.url, SOON)
        (heard,) = server.heard
    assert (heard.method, heard.target) == ("GET", "/sandbox/identity")
    assert "authorization" not in {name.casefold() for name in heard.headers}


@pytest.mark.parametrize("address", ["http://external.pleo.io", "nonsense", ""])
async def test_an_unsafe_address_is_not_asked(address):
    with pytest.raises(UsageProblem):
        await says_it_is_the_sandbox(address)
