"""Reads are tried again, within a bound; writes never are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import stamina

from app.errors import AnswerLost, IncompleteRead, NotReachable, ServerTrouble, TooManyRequests
from app.messages import said

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ReadPatience:
    """Bounds of trying a read again. Seconds."""

    attempts: int = 4
    first_pause: float = 0.3
    longest_pause: float = 5
    timeout: float = 40


async def read_with_patience(read: Callable[[], Awaitable[Result]], patience: ReadPatience) -> Result:
    """Raises what the last try raised."""

    def is_worth_a_retry(error: Exception) -> bool | float:
        if isinstance(error, TooManyRequests | ServerTrouble) and error.retry_after is not None:
            return error.retry_after if error.retry_after <= patience.timeout else False
        return isinstance(error, NotReachable | AnswerLost | TooManyRequests | ServerTrouble)

    async for attempt in stamina.retry_context(
        on=is_worth_a_retry,
        attempts=patience.attempts,
        timeout=patience.timeout,
        wait_initial=patience.first_pause,
        wait_max=patience.longest_pause,
    ):
        with attempt:
            return await read()
    raise IncompleteRead(said("The read ended without a result"))  # pragma: no cover - stamina raises before
