"""The address rule, the credential, and the clients as they are really opened."""

import base64

import httpx
import pytest
from fakes.answers import job_json
from fakes.builders import JOB_ID
from fakes.clocks import FakeClock
from fakes.raw_server import RawServer, answer, closed_port, json_answer
from hypothesis import example, given
from hypothesis import strategies as st

from app.errors import NotReachable, RedirectRefused, UsageProblem
from app.models.export_job_event import ExportJobEvent
from app.pleo.client import PleoClient
from app.pleo.connection import Credential, Timeouts, checked_base_url, open_channels
from app.pleo.limiter import RequestLimiter
from app.pleo.retrying import ReadPatience

JOB_ANSWER = json_answer({"data": job_json()})


async def with_client(url, work, credential=None, timeouts=None):
    channels = await open_channels(url, credential or Credential("a-key"), timeouts)
    try:
        return await work(PleoClient(channels, RequestLimiter(FakeClock()), ReadPatience(attempts=1)))
    finally:
        await channels.close()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://external.pleo.io", "https://external.pleo.io"),
        (" https://external.pleo.io/ ", "https://external.pleo.io"),
        ("https://proxy.example:8443/pleo/", "https://proxy.example:8443/pleo"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.8.9.10:1/", "http://127.8.9.10:1"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://LOCALHOST", "http://localhost"),
        ("https://External.Pleo.io", "https://external.pleo.io"),
        ("HTTPS://external.pleo.io:443/", "https://external.pleo.io"),
        ("https://external.pleo.io:0443", "https://external.pleo.io"),
        ("https://external.pleo.io.", "https://external.pleo.io"),
        ("https://external.pleo.io/x/..", "https://external.pleo.io"),
        ("https://proxy.example/Pleo", "https://proxy.example/Pleo"),
        ("http://127.0.0.1:443", "http://127.0.0.1:443"),
        ("http://[::1]:80", "http://[::1]"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_https_anywhere_and_http_to_this_machine_are_addresses(text, address):
    assert checked_base_url(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "external.pleo.io",
        "http://external.pleo.io",
        "http://10.0.0.1",
        "http://0.0.0.0:80",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "http://localhost\\@evil.example",
        "http://2130706433",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "//127.0.0.1",
        "https://",
        "https:// ",
        "https://user@external.pleo.io",
        "https://user:key@external.pleo.io",
        "https://external.pleo.io?x=1",
        "https://external.pleo.io?",
        "https://external.pleo.io#x",
        "https://external.pleo.io#",
        "https://external.pleo.io:99999",
        "https://external.pleo.io:port",
        "https://[::g]",
        "https://[::1]x",
        "https://ex\x01ample.com",
        "https://ex\nample.com",
        "https://xn--a",
        "https://999.999.999.999",
        "https://" + "a" * 70_000,
    ],
)
def test_anything_else_is_wrong_usage(text):
    with pytest.raises(UsageProblem) as met:
        checked_base_url(text)
    assert met.value.title


@given(st.text(max_size=30), st.sampled_from(("", "https://", "http://127.0.0.1", "https://a.example:", "http://[")))
@example("\u0430", "https://xn--")
def test_an_address_that_is_taken_is_one_that_a_client_can_be_opened_on(text, start):
    try:
        address = checked_base_url(start + text)
    except UsageProblem:
        return
    url = httpx.URL(address)
    assert url.scheme == "https" or url.host.startswith("127.") or url.host in ("localhost", "::1")
    assert url.path.rstrip("/") + "/v3" == httpx.URL(address + "/v3").path


@pytest.mark.parametrize("secret", ["", "with space", "line\nbreak", "tab\t", "schlüssel", "nul\0", "\x7f"])
def test_a_secret_with_characters_that_no_key_has_is_wrong_usage_and_is_not_repeated(secret):
    with pytest.raises(UsageProblem) as met:
        Credential(secret)
    assert not secret or secret not in f"{met.value!r}{met.value.advice}{met.value.details}"


def test_a_credential_never_shows_its_secret():
    assert "hunter2" not in repr(Credential("hunter2"))
    assert "hunter2" not in str(Credential("hunter2", is_token=True))
    assert "hunter2" not in repr(Credential("hunter2", is_token=True).auth())


async def test_an_api_key_is_the_user_name_of_basic_with_an_empty_password():
    async def story():
        async with RawServer(JOB_ANSWER) as server:
            await with_client(server.url, lambda client: client.get_job(JOB_ID), Credential("pleo:key=1"))
            return server.heard[0].headers["authorization"]

    scheme, _, encoded = (await story()).partition(" ")
    assert scheme == "Basic"
    assert base64.b64decode(encoded) == b"pleo:key=1:"


async def test_an_access_token_is_a_bearer():
    async def story():
        async with RawServer(JOB_ANSWER) as server:
            await with_client(server.url, lambda client: client.get_job(JOB_ID), Credential("a.b.c", is_token=True))
            return server.heard[0].headers["authorization"]

    assert await story() == "Bearer a.b.c"


async def test_no_request_follows_a_redirect_to_another_host():
    async def story():
        async with RawServer(JOB_ANSWER) as elsewhere:
            target = {"Location": elsewhere.url.replace("127.0.0.1", "localhost") + f"/v3/export-jobs/{JOB_ID}"}
            async with RawServer(answer(307, headers=target)) as server:
                for work in (
                    lambda client: client.get_job(JOB_ID),
                    lambda client: client.post_event(ExportJobEvent("completed", JOB_ID)),
                ):
                    with pytest.raises(RedirectRefused):
                        await with_client(server.url, work)
                return len(server.heard), len(elsewhere.heard)

    assert await story() == (2, 0)


async def test_no_request_follows_a_redirect_on_the_same_host_either():
    async def story():
        async with RawServer(answer(302, headers={"Location": "/login"}), JOB_ANSWER) as server:
            with pytest.raises(RedirectRefused):
                await with_client(server.url, lambda client: client.get_job(JOB_ID))
            return len(server.heard)

    assert await story() == 1


async def test_proxies_of_the_environment_are_not_asked_for_this_machine(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)

    async def story():
        async with RawServer(JOB_ANSWER) as server:
            return await with_client(server.url, lambda client: client.get_job(JOB_ID))

    assert (await story()).id == JOB_ID


async def test_an_unsafe_address_opens_nothing():
    with pytest.raises(UsageProblem):
        await open_channels("http://external.pleo.io", Credential("a-key"))


async def test_a_base_path_is_kept_before_each_path():
    async def story():
        async with RawServer(JOB_ANSWER) as server:
            await with_client(f"{server.url}/gateway/", lambda client: client.get_job(JOB_ID))
            return server.heard[0].target

    assert await story() == f"/gateway/v3/export-jobs/{JOB_ID}"


async def test_a_certificate_is_always_verified():
    async def story():
        channels = await open_channels("https://external.pleo.io", Credential("a-key"))
        pool = channels.writes._transport._pool
        context = pool._ssl_context
        await channels.close()
        return context

    context = await story()
    assert context.check_hostname is True
    assert context.verify_mode.name == "CERT_REQUIRED"


async def test_https_to_a_server_without_tls_is_not_reachable():
    async with RawServer(JOB_ANSWER) as server:
        with pytest.raises(NotReachable):
            await with_client(
                server.url.replace("http:", "https:"),
                lambda client: client.get_job(JOB_ID),
                timeouts=Timeouts(connect=0.2),
            )
