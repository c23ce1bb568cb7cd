"""Keeps requests under Pleo's wish: at most so many in any window of time."""

import asyncio
from collections import deque

from app.platform.clock import Clock

# Pleo states 600 requests a minute and asks integrations to stay under 500.
REQUESTS_A_MINUTE = 500


class RequestLimiter:
    """A sliding window: exact in any window, and no pause at all while there is room."""

    def __init__(self, clock: Clock, requests: int = REQUESTS_A_MINUTE, window_seconds: float = 60) -> None:
        self._clock = clock
        self._window_seconds = window_seconds
        self._sent_at: deque[float] = deque(maxlen=requests)
        self._turn = asyncio.Lock()

    async def wait_for_turn(self) -> None:
        async with self._turn:
            if len(self._sent_at) == self._sent_at.maxlen:
                pause = self._sent_at[0] + self._window_seconds - self._clock.now().timestamp()
                if pause > 0:
                    # Never longer than the window, even where the clock was set back meanwhile.
                    await self._clock.sleep(min(pause, self._window_seconds))
            self._sent_at.append(self._clock.now().timestamp())
