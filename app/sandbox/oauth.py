"""The doors of OAuth 2.0: a page on which the user consents, and the endpoint that changes codes and refresh tokens."""

import asyncio
import contextlib
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from app.sandbox.acts import perform
from app.sandbox.faults import Fault
from app.sandbox.grants import OAuthRefusal, Wish, read_wish
from app.sandbox.world import World

_NOT_KEPT = {"Cache-Control": "no-store"}
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<body style="font-family: sans-serif; max-width: 32em; margin: 4em auto">
<h1>{title}</h1>
{body}
<p>This is the sandbox: nothing here is real.</p>
"""


def oauth_routes() -> list[Route]:
    return [
        Route("/oauth/authorize", authorize, methods=["GET", "POST"]),
        Route("/oauth/token", change_for_tokens, methods=["POST"]),
    ]


async def authorize(request: Request) -> Response:
    """GET asks the user, or answers for them at once (Grants.answer); POST is what they pressed on the page."""
    world: World = request.app.state.world
    is_pressed = request.method == "POST"
    try:
        asked = _single(await request.body() if is_pressed else request.url.query.encode())
        with world.lock:
            world.grants.demand_client(asked.get("client_id", ""), asked.get("redirect_uri", ""))
            answer = asked.pop("answer", "deny") if is_pressed else world.grants.answer
    except OAuthRefusal as refusal:
        return _page("Pleo cannot sign you in", f"<p>{escape(refusal.description)}</p>", 400)
    try:
        wish = read_wish(asked)
    except OAuthRefusal as refusal:
        return _back(asked, {"error": refusal.error, "error_description": refusal.description})
    if answer == "ask":
        return _question(wish, asked)
    if answer == "deny":
        return _back(asked, {"error": "access_denied", "error_description": "The user said no."})
    with world.lock:
        return _back(asked, {"code": world.grants.consent(wish, world.now())})


async def change_for_tokens(request: Request) -> Response:
    world: World = request.app.state.world
    raw = await request.body()
    with world.lock:
        world.record.places["token"] += 1
        fault = world.faults.take("token", None)
        if fault is not None and fault.first is not None:
            perform(world, fault.first)
        disguise = _disguise(fault)
        answer = disguise if disguise and fault and fault.effect == "none" else _tokens(world, raw)
    if fault is not None and fault.answer_after_seconds > 0:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(request.app.state.closing.wait(), fault.answer_after_seconds)
    return disguise or answer


def _disguise(fault: Fault | None) -> Response | None:
    """What is answered in place of the true answer."""
    if fault is None or fault.status is None:
        return None
    return Response(fault.body, fault.status, dict(fault.headers))


def _tokens(world: World, raw: bytes) -> Response:
    try:
        return JSONResponse(world.grants.tokens_for(_single(raw), world.now()), headers=_NOT_KEPT)
    except OAuthRefusal as refusal:
        body = {"error": refusal.error, "error_description": refusal.description}
        return JSONResponse(body, refusal.status, headers=_NOT_KEPT)


def _single(raw: bytes) -> dict[str, str]:
    """Parameters that come once each, as RFC 6749 demands."""
    pairs = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)
    if len(pairs) != len({name for name, _ in pairs}):
        raise OAuthRefusal("invalid_request", "A parameter came twice.")
    return dict(pairs)


def _back(asked: Mapping[str, str], result: Mapping[str, str]) -> Response:
    address, state = asked["redirect_uri"], asked.get("state")
    query = urlencode({**result, **({"state": state} if state else {})})
    return RedirectResponse(f"{address}{'&' if '?' in address else '?'}{query}", 302, headers=_NOT_KEPT)


def _question(wish: Wish, asked: Mapping[str, str]) -> Response:
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in asked.items()
    )
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in sorted(wish.scopes))
    return _page(
        "Sign in to Pleo",
        f"<p>The application {escape(wish.client_id)} asks for:</p><ul>{scopes}</ul>"
        f'<form method="post" action="/oauth/authorize">{hidden}'
        '<button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Refuse</button></form>',
    )


def _page(title: str, body: str, status: int = 200) -> Response:
    return HTMLResponse(_PAGE.format(title=escape(title), body=body), status, headers=_NOT_KEPT)
