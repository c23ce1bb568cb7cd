"""The whole sign-in against the sandbox, with a browser that follows the redirects."""

import asyncio

import httpx
import pytest
from fakes.browser import FakeBrowser, visit
from fakes.clocks import FakeClock
from fakes.raw_server import HANG_UP, SILENCE, RawServer, answer, closed_port, json_answer
from fakes.running_sandbox import RunningSandbox

from app.errors import AnswerLost, AnswerUnreadable, NotReachable, RedirectRefused, ServerTrouble, SignInFailed
from app.pleo.browser_sign_in import sign_in_by_browser
from app.pleo.connection import Timeouts, open_without_credential
from app.pleo.oauth import OAuthClient
from app.pleo.token_endpoint import TokenEndpoint

REDIRECT = "http://localhost/callback"
IMPATIENT = Timeouts(connect=1, read=1, write_answer=0.3)


@pytest.fixture(scope="module")
def running():
    with RunningSandbox("mixed") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    running.load("mixed")
    running.act({"act": "sign_in", "answer": "allow"})
    return running


async def signed_in(server, show, *, secret=None, client_id="signoff", token_server=None, wait_seconds=10):
    client = OAuthClient(client_id, server, REDIRECT, secret)
    endpoint = TokenEndpoint(await open_without_credential(token_server or server, IMPATIENT), client)
    try:
        return await sign_in_by_browser(client, endpoint, show, FakeClock(), wait_seconds=wait_seconds)
    finally:
        await endpoint.close()


async def test_a_sign_in_ends_in_tokens_that_open_the_api(sandbox):
    async def scene():
        browser = FakeBrowser()
        tokens = await signed_in(sandbox.url, browser.open, secret="an-app-secret")
        page = await browser.page()
        async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as api:
            headers = {"Authorization": f"Bearer {tokens.access_token}"}
            return tokens, page, (await api.get("/v1/introspect", headers=headers)).json()

    tokens, page, found = await scene()
    assert page.url.host == "localhost"
    assert "Go back to Signoff" in page.text
    assert (found["authMethod"], found["clientId"]) == ("OAUTH2", "signoff")
    assert tokens.refresh_token
    assert tokens.client_secret == "an-app-secret"
    assert tokens.expires_at == FakeClock().now().timestamp() + 3600


async def test_a_user_who_refuses_ends_the_sign_in(sandbox):
    sandbox.act({"act": "sign_in", "answer": "deny"})
    with pytest.raises(SignInFailed, match="refused in the browser"):
        await signed_in(sandbox.url, FakeBrowser().open)
    assert "token" not in sandbox.received()["places"]


async def test_a_wrong_state_never_changes_a_code(sandbox):
    browser = FakeBrowser()

    async def scene():
        def show(address):
            browser.addresses.append(address)

        signing_in = asyncio.ensure_future(signed_in(sandbox.url, show, wait_seconds=2))
        while not browser.addresses:  # noqa: ASYNC110 - the flow says nothing else
            await asyncio.sleep(0.01)
        page = await visit(f"{browser.asked()['redirect_uri']}?code=stolen&state=guessed")
        assert page.status_code == 400
        await signing_in

    with pytest.raises(SignInFailed, match="did not come back"):
        await scene()
    assert "token" not in sandbox.received()["places"]


async def test_cancelling_closes_the_door(sandbox):
    addresses = []
    signing_in = asyncio.ensure_future(signed_in(sandbox.url, addresses.append))
    while not addresses:  # noqa: ASYNC110 - the flow says nothing else
        await asyncio.sleep(0.01)
    port = httpx.URL(dict(httpx.URL(addresses[0]).params)["redirect_uri"]).port
    signing_in.cancel()
    await asyncio.gather(signing_in, return_exceptions=True)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_a_wrong_client_secret_is_said_with_what_to_check(sandbox):
    with pytest.raises(SignInFailed, match="client_secret is missing or wrong") as met:
        await signed_in(sandbox.url, FakeBrowser().open, secret="wrong-secret")
    assert "client id and the client secret" in met.value.advice


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (HANG_UP, AnswerLost),
        (SILENCE, AnswerLost),
        (answer(500, "oh"), ServerTrouble),
        (answer(302, headers={"Location": "http://localhost/elsewhere"}), RedirectRefused),
        (answer(200, "<html>"), AnswerUnreadable),
        (json_answer({"token_type": "Bearer"}), AnswerUnreadable),
        (json_answer({"access_token": "line\nbreak-and-more"}), AnswerUnreadable),
        (json_answer({"access_token": ""}), AnswerUnreadable),
        (json_answer({"access_token": "good-enough", "expires_in": -1}), AnswerUnreadable),
        (json_answer({"error": "invalid_grant", "error_description": "The code has expired."}, 400), SignInFailed),
        (answer(400, "not json"), SignInFailed),
    ],
)
async def test_whatever_becomes_of_the_exchange_is_said_in_the_familys_words(sandbox, said, kind):
    async def scene():
        async with RawServer(said) as server:
            await signed_in(sandbox.url, FakeBrowser().open, token_server=server.url)

    with pytest.raises(kind):
        await scene()


async def test_a_token_server_that_nobody_reaches_is_said(sandbox):
    with pytest.raises(NotReachable):
        await signed_in(sandbox.url, FakeBrowser().open, token_server=f"http://127.0.0.1:{closed_port()}")


async def test_the_token_request_is_a_form_without_any_other_credential(sandbox):
    async def scene():
        async with RawServer(json_answer({"access_token": "an-access-token"})) as server:
            await signed_in(sandbox.url, FakeBrowser().open, token_server=server.url)
            return server.heard[0]

    heard = await scene()
    assert (heard.method, heard.target) == ("POST", "/oauth/token")
    assert heard.headers["content-type"] == "application/x-www-form-urlencoded"
    assert "authorization" not in heard.headers
    assert b"code_verifier=" in heard.body
