"""Taking turns, so that many connections that look at nearly the same time do not crowd the event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_AT_ONCE = 6
# Whoever takes longer goes on without holding up the others.
_LONGEST_SECONDS = 3.0


class ConcurrencyLimit:
    """So many at a time. A turn that takes long is given to the next while the first goes on."""

    def __init__(self, at_once: int = _AT_ONCE, longest_seconds: float = _LONGEST_SECONDS) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._longest_seconds = longest_seconds

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        await self._room.acquire()
        is_held = True

        def give_away() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._room.release()

        patience = asyncio.get_running_loop().call_later(self._longest_seconds, give_away)
        try:
            yield
        finally:
            patience.cancel()
            give_away()
