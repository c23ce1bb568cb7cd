"""The listener of this machine: one answer with the right state ends the wait, and nothing else does."""

import asyncio
import errno
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx
import pytest
from fakes.bracketed_language import bracketed
from fakes.raw_server import closed_port

from app.errors import SignInFailed
from app.pleo.loopback import ConsentAnswer, _bound, _response, judge_request, listening
from app.pleo.oauth import read_redirect

STATE = "the-right-state"


def has_ipv6_loopback() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@contextmanager
def closing_of(listeners: Sequence[socket.socket]) -> Iterator[Sequence[socket.socket]]:
    try:
        yield listeners
    finally:
        for each in listeners:
            each.close()


def judged(target, method="GET"):
    (status, *_), answer = judge_request(method, target, "/callback", STATE)
    return status, answer


def test_the_right_state_with_a_code_is_the_answer():
    assert judged(f"/callback?code=abc&state={STATE}") == (200, ConsentAnswer("abc"))


def test_the_right_state_with_an_error_is_the_answer_too():
    found = judged(f"/callback?error=access_denied&error_description=No+thanks&state={STATE}")
    assert found == (200, ConsentAnswer("", "access_denied", "No thanks"))


def test_the_page_speaks_the_users_language_and_names_it():
    page, _ = judge_request("GET", "/", "/callback", STATE)
    assert '<html lang="en">' in _response(page).decode()
    with bracketed():
        shown = _response(page).decode()
    assert '<html lang="zz">' in shown
    assert "<h1>⟦Nothing is here⟧</h1><p>⟦Go back to Signoff.⟧</p>" in shown


def test_what_pleo_adds_is_passed_over():
    assert judged(f"/callback?code=abc&state={STATE}&iss=https%3A%2F%2Fauth.pleo.io")[1] == ConsentAnswer("abc")


@pytest.mark.parametrize(
    ("target", "method", "status"),
    [
        ("/favicon.ico", "GET", 404),
        ("/", "GET", 404),
        (f"/callback/?code=abc&state={STATE}", "GET", 404),
        (f"/callback?code=abc&state={STATE}", "POST", 405),
        (f"/callback?code=abc&state={STATE}", "HEAD", 405),
        ("/callback", "GET", 400),
        ("/callback?code=abc", "GET", 400),
        ("/callback?code=abc&state=", "GET", 400),
        ("/callback?code=abc&state=another", "GET", 400),
        (f"/callback?code=abc&state={STATE}x", "GET", 400),
        (f"/callback?code=abc&state={STATE}&state={STATE}", "GET", 400),
        (f"/callback?code=abc&code=def&state={STATE}", "GET", 400),
        (f"/callback?code=abc&error=access_denied&state={STATE}", "GET", 400),
        (f"/callback?state={STATE}", "GET", 400),
        ("/callback?error=access_denied", "GET", 400),
        ("/callback?code=abc&state=%C3%A4", "GET", 400),
    ],
)
def test_anything_else_is_told_so_and_is_no_answer(target, method, status):
    assert judged(target, method) == (status, None)


def listened(story, text="http://localhost/callback"):
    """What the story comes to, with a listener that expects the state."""

    async def scene():
        async with listening(read_redirect(text)) as loopback:
            loopback.expect(STATE)
            async with httpx.AsyncClient(trust_env=False) as client:
                return await story(loopback, client)

    return asyncio.run(scene())


def test_the_browser_is_served_a_page_that_sends_it_back_to_the_window():
    async def story(loopback, client):
        page = await client.get(f"{loopback.redirect_uri}?code=abc&state={STATE}")
        return page, await loopback.answer()

    page, answer = listened(story)
    assert page.status_code == 200
    assert "Go back to Signoff" in page.text
    assert "abc" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert answer == ConsentAnswer("abc")


def test_wrong_requests_before_the_right_one_do_not_end_the_wait():
    async def story(loopback, client):
        base = loopback.redirect_uri.removesuffix("/callback")
        seen = [
            (await client.get(f"{base}/favicon.ico")).status_code,
            (await client.post(f"{base}/callback?code=x&state={STATE}")).status_code,
            (await client.get(f"{base}/callback?code=evil&state=guessed")).status_code,
            (await client.get(f"{base}/callback?code=abc&state={STATE}")).status_code,
        ]
        return seen, await loopback.answer()

    assert listened(story) == ([404, 405, 400, 200], ConsentAnswer("abc"))


def test_only_the_first_right_answer_counts():
    async def story(loopback, client):
        first = await client.get(f"{loopback.redirect_uri}?code=first&state={STATE}")
        second = await client.get(f"{loopback.redirect_uri}?code=second&state={STATE}")
        return first.status_code, second.status_code, (await loopback.answer()).code

    assert listened(story) == (200, 400, "first")


def test_a_page_of_elsewhere_whose_name_leads_here_is_not_heard():
    async def story(loopback, client):
        headers = {"Host": "evil.example"}
        page = await client.get(f"{loopback.redirect_uri}?code=abc&state={STATE}", headers=headers)
        waiting = asyncio.ensure_future(loopback.answer())
        await asyncio.sleep(0)
        is_waiting = not waiting.done()
        waiting.cancel()
        return page.status_code, is_waiting

    assert listened(story) == (404, True)


@pytest.mark.parametrize(
    "said", [b"", b"\r\n\r\n", b"nonsense\r\n\r\n", b"GET /callback\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"x" * 20_000]
)
def test_noise_is_cut_off_and_the_wait_goes_on(said):
    async def story(loopback, client):
        port = httpx.URL(loopback.redirect_uri).port
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(said)
        writer.write_eof()
        await reader.read()
        writer.close()
        await client.get(f"{loopback.redirect_uri}?code=abc&state={STATE}")
        return await loopback.answer()

    assert listened(story) == ConsentAnswer("abc")


async def test_a_visitor_who_says_nothing_does_not_hold_up_the_end():
    async def scene():
        async with listening(read_redirect("http://localhost/callback")) as loopback:
            loopback.expect(STATE)
            reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(loopback.redirect_uri).port)
            async with httpx.AsyncClient(trust_env=False) as client:
                await client.get(f"{loopback.redirect_uri}?code=abc&state={STATE}")
        heard = await reader.read()
        writer.close()
        return heard

    assert await scene() == b""


def test_the_named_port_is_listened_on_and_free_again_afterwards():
    port = closed_port()

    async def story(loopback, client):
        return loopback.redirect_uri

    for _ in range(2):
        assert listened(story, f"http://localhost:{port}/callback") == f"http://localhost:{port}/callback"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_port_that_another_program_has_is_said():
    async def story(loopback, client):
        return None

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SignInFailed, match=str(port)) as met:
            listened(story, f"http://localhost:{port}/callback")
    assert "Another program" in met.value.advice


needs_ipv6 = pytest.mark.skipif(not has_ipv6_loopback(), reason="this machine has no ::1")


@needs_ipv6
def test_a_port_that_another_program_has_for_the_other_family_is_said_too():
    async def story(loopback, client):
        return None

    with socket.socket(socket.AF_INET6) as taken:
        taken.bind(("::1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SignInFailed, match=str(port)):
            listened(story, f"http://localhost:{port}/callback")
        assert listened(story, f"http://127.0.0.1:{port}/callback") is None
    with socket.socket() as free:
        free.bind(("127.0.0.1", port))  # nothing is left listening by the try that failed


@needs_ipv6
def test_nobody_can_take_the_address_of_the_other_family_afterwards():
    async def story(loopback, client):
        port = httpx.URL(loopback.redirect_uri).port
        with socket.socket(socket.AF_INET6) as late:
            late.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with pytest.raises(OSError, match="in use"):
                late.bind(("::1", port))
        return "heard by Signoff alone"

    assert listened(story) == "heard by Signoff alone"


def without_family(reason: int):
    """The socket module as on a machine where ::1 cannot be had for this reason."""
    real = socket.socket

    def made(family=socket.AF_INET, *rest):
        if family == socket.AF_INET6:
            raise OSError(reason, "as on another machine")
        return real(family, *rest)

    return made


@pytest.mark.parametrize("reason", [errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL])
def test_a_machine_without_that_family_is_listened_on_by_the_other_alone(monkeypatch, reason):
    monkeypatch.setattr("app.pleo.loopback.socket.socket", without_family(reason))
    with closing_of(_bound(read_redirect("http://localhost/callback"))) as listeners:
        assert [each.family for each in listeners] == [socket.AF_INET]


@pytest.mark.parametrize("reason", [errno.EACCES, errno.EADDRINUSE, errno.EMFILE])
def test_any_other_reason_ends_the_sign_in(monkeypatch, reason):
    monkeypatch.setattr("app.pleo.loopback.socket.socket", without_family(reason))
    with pytest.raises(SignInFailed, match="as on another machine"):
        _bound(read_redirect("http://localhost/callback"))


async def test_only_this_machine_can_reach_it():
    async with listening(read_redirect("http://localhost/callback")) as loopback:
        port = httpx.URL(loopback.redirect_uri).port
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.2", port))  # free, so not every address is listened on
