"""Whether a server of this very machine says that it is Signoff's sandbox."""

from typing import Final

import httpx

from app.models.wire import read_json
from app.pleo.connection import Timeouts, checked_base_url, is_loopback, open_without_credential
from app.pleo.exchange import ExchangeBounds, exchange

_PATH: Final = "/sandbox/identity"
_IDENTITY: Final = {"server": "Signoff's sandbox"}
# Seconds. A sandbox answers in milliseconds; whoever is silent is none, and holds nothing up for long.
_TIMEOUTS: Final = Timeouts(connect=2, read=4, write_answer=4, total=5)
_LARGEST_BYTES: Final = 1_000


async def says_it_is_the_sandbox(base_url: str, timeouts: Timeouts = _TIMEOUTS) -> bool:
    """Asked without a credential, and on a loopback address only: nobody else's word would count. Whatever goes wrong
    is no. Raises UsageProblem for an unsafe address."""
    address = checked_base_url(base_url)
    if not is_loopback(httpx.URL(address).host):
        return False
    client = await open_without_credential(address, timeouts)
    try:
        answer = await exchange(client, ExchangeBounds(timeouts.total, _LARGEST_BYTES), "GET", _PATH)
        return answer.status_code == 200 and read_json(answer.content) == _IDENTITY
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return False
    finally:
        await client.aclose()
