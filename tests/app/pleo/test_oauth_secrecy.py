"""What a sign-in is made of is in the requests that need it, and nowhere else: in no text, no chain, no log."""

import logging
import traceback
from pathlib import Path
from urllib.parse import quote_plus

import httpx
import pytest
from fakes.clocks import FakeClock
from fakes.raw_server import HANG_UP, RESET, SILENCE, RawServer, answer, cut, json_answer
from fakes.sign_in_server import FakeEntry

from app.errors import SignoffError
from app.platform.logs import write_log_to
from app.pleo.connection import Timeouts, open_channels, open_without_credential
from app.pleo.loopback import ConsentAnswer
from app.pleo.oauth import ConsentRequest, OAuthClient
from app.pleo.sign_in_tokens import SignInTokens, TokenAnswer
from app.pleo.token_endpoint import TokenEndpoint
from app.pleo.token_keeper import TokenKeeper

CLIENT_SECRET = "client/secret+hunter2"
CODE = "code/4711+hunter2"
VERIFIER = "verifier-4711-hunter2-verifier-4711-hunter2"
REFRESH = "refresh/4711+hunter2"
ACCESS = "access.4711.hunter2"
NEW = "brand-new-token-hunter2"
FORM = f"refresh_token={quote_plus(REFRESH)}&code={quote_plus(CODE)}&client_secret={quote_plus(CLIENT_SECRET)}"
ECHO = f"Proxy error: {FORM} {REFRESH} {CODE} {CLIENT_SECRET} {VERIFIER} Bearer {ACCESS}"

ANSWERS = {
    "hang up": HANG_UP,
    "reset": RESET,
    "silence": SILENCE,
    "no http": b"\x16\x03 no http\r\n\r\n",
    "redirect": answer(302, headers={"Location": f"https://elsewhere.example/?{FORM}"}),
    "echo in a 500": answer(500, ECHO, {"Content-Type": "text/plain"}),
    "echo in a 400": answer(400, ECHO, {"Content-Type": "text/plain"}),
    "echo in a page": answer(200, f"<html>{ECHO}</html>"),
    "echo in pleo's words": json_answer({"error": f"X_{REFRESH}", "error_description": ECHO}, 400),
    "half of a pair": json_answer({"refresh_token": NEW}),
    "a pair with a strange life": json_answer({"access_token": NEW, "refresh_token": NEW, "expires_in": NEW}),
    "a pair with strange letters": json_answer({"access_token": f"{NEW}\n", "refresh_token": NEW}),
    "a pair that was cut": cut(json_answer({"access_token": NEW, "refresh_token": NEW})),
    "a pair in broken json": answer(200, f'{{"access_token": "{NEW}", "refresh_token": "{NEW}"'),
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


def holds_a_request(problem: BaseException) -> bool:
    error: BaseException | None = problem
    while error is not None:
        if isinstance(error, httpx.HTTPError):
            return True
        error = error.__cause__ or error.__context__
    return False


async def endpoint_at(url: str) -> TokenEndpoint:
    http = await open_without_credential(url, Timeouts(1, 0.1, 0.1))
    return TokenEndpoint(http, OAuthClient("signoff", url, "http://localhost/callback", CLIENT_SECRET))


async def change_code(url: str, _folder: Path) -> None:
    endpoint = await endpoint_at(url)
    try:
        await endpoint.change_code(
            ConsentRequest("", "http://localhost/callback", "state", VERIFIER), ConsentAnswer(CODE).code
        )
    finally:
        await endpoint.close()


async def refresh(url: str, folder: Path) -> None:
    """As a request meets it, whose token is too old."""
    clock = FakeClock()
    tokens = SignInTokens(client_secret=CLIENT_SECRET).followed_by(TokenAnswer(ACCESS, REFRESH, 0), clock.now())
    keeper = TokenKeeper(await endpoint_at(url), FakeEntry(tokens), tokens, clock, folder / "sign-in.lock")
    channels = await open_channels(url, keeper)
    try:
        await channels.reads.get("/v1/introspect")
    finally:
        await channels.close()


KNOWN_TO = {
    change_code: (CLIENT_SECRET, CODE, VERIFIER, NEW),
    refresh: (CLIENT_SECRET, REFRESH, ACCESS, NEW),
}


@pytest.mark.parametrize(
    ("said", "work"),
    [
        pytest.param(said, work, id=f"{name}-{work.__name__}")
        for name, said in ANSWERS.items()
        for work in (change_code, refresh)
    ],
)
async def test_no_problem_and_no_log_holds_a_part_of_the_sign_in_however_the_answer_broke(said, work, tmp_path):
    write_log_to(tmp_path)
    logging.getLogger().setLevel(logging.DEBUG)

    async def story():
        async with RawServer(said) as server:
            await work(server.url, tmp_path)

    with pytest.raises(SignoffError) as met:
        await story()
    log = (tmp_path / "signoff.log").read_text(encoding="utf-8")
    assert "send_request_body" in log
    for secret in KNOWN_TO[work]:
        for text in (everything_about(met.value), log):
            assert secret not in text
            assert quote_plus(secret) not in text
    assert not holds_a_request(met.value)
