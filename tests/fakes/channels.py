"""A PleoClient over answers that a test gives by hand, without a socket."""

from collections.abc import Callable, Iterable

import httpx
from fakes.clocks import FakeClock

from app.models.vocabulary import CompanyId
from app.pleo.client import Guard, PleoClient
from app.pleo.connection import Channels, Credential
from app.pleo.limiter import RequestLimiter
from app.pleo.retrying import ReadPatience

ONCE = ReadPatience(attempts=1)
Handler = Callable[[httpx.Request], httpx.Response]


def client_over(
    handler: Handler | Iterable[httpx.Response | Exception],
    credential: Credential | None = None,
    patience: ReadPatience = ONCE,
    base_url: str = "https://pleo.example",
    guard: Guard | None = None,
    company: CompanyId | None = None,
) -> PleoClient:
    """`handler` answers each request, or is the answers (and httpx's errors) in order."""
    respond = handler if callable(handler) else _in_order(iter(handler))

    def channel() -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=base_url,
            auth=(credential or Credential("a-key")).auth(),
            transport=httpx.MockTransport(respond),
            follow_redirects=False,
        )

    return PleoClient(Channels(channel(), channel()), RequestLimiter(FakeClock()), patience, guard, company=company)


def _in_order(answers: Iterable[httpx.Response | Exception]) -> Handler:
    def respond(request: httpx.Request) -> httpx.Response:
        given = next(iter(answers))
        if isinstance(given, Exception):
            raise given
        return given

    return respond
