"""One request and its whole answer, within one total time and one largest size."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import httpx

from app.messages import said

# What is asked for, and so all that is unpacked.
ACCEPTED_ENCODING: Final = "gzip"
_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS
_NOT_PACKED: Final = frozenset({"", "identity"})


class AnswerTooLarge(httpx.HTTPError):
    """An answer that is larger than any of Pleo's; what came of it is thrown away."""


class AnswerTooSlow(httpx.HTTPError):
    """An answer that was not whole when its time was over, however steadily it came."""


class AnswerUndecodable(httpx.HTTPError):
    """An answer that is packed in a way that was not asked for, or is damaged."""


@dataclass(frozen=True, slots=True)
class ExchangeBounds:
    """`total_seconds` from the first byte of the request to the last of the answer, since time-outs of a socket count
    silence only; `largest_bytes` of the answer after unpacking."""

    total_seconds: float = 60
    largest_bytes: int = 32 * 1024 * 1024


async def exchange(
    client: httpx.AsyncClient, bounds: ExchangeBounds, method: str, path: str, **parts: Any
) -> httpx.Response:
    """The whole answer, unpacked. Raises httpx.HTTPError, those above among it, and httpx.InvalidURL."""
    request = client.build_request(method, path, **parts)
    try:
        async with asyncio.timeout(bounds.total_seconds):
            response = await client.send(request, stream=True)
            try:
                content = await _content_of(response, bounds.largest_bytes)
            finally:
                await response.aclose()
    except TimeoutError:
        raise AnswerTooSlow(f"no whole answer within {bounds.total_seconds:g} s") from None
    headers = [(name, value) for name, value in response.headers.raw if name.lower() != b"content-encoding"]
    return httpx.Response(response.status_code, headers=headers, content=content, request=response.request)


async def _content_of(response: httpx.Response, largest: int) -> bytes:
    if response.is_stream_consumed:  # a sign-in, or the transport, has read it to its end already
        return response.content
    packing = response.headers.get("Content-Encoding", "").strip().casefold()
    if packing not in _NOT_PACKED and packing != ACCEPTED_ENCODING:
        raise AnswerUndecodable(
            said("the answer is packed as {packing}, which was not asked for", packing=packing[:40])
        )
    pieces, size = [], 0
    async for piece in _unpacked(response, largest) if packing == ACCEPTED_ENCODING else response.aiter_raw():
        size += len(piece)
        if size > largest:
            raise _too_large(largest)
        pieces.append(piece)
    return b"".join(pieces)


async def _unpacked(response: httpx.Response, largest: int) -> AsyncIterator[bytes]:
    """No piece is unpacked further than what may come at all: a few kilobytes can hold gigabytes."""
    unpacking = zlib.decompressobj(_GZIP_WINDOW)
    try:
        async for piece in response.aiter_raw():
            yield unpacking.decompress(piece, largest + 1)
            if unpacking.unconsumed_tail:
                raise _too_large(largest)
    except zlib.error as error:
        raise AnswerUndecodable(said("the answer is packed as gzip and damaged: {error}", error=str(error))) from None
    if not unpacking.eof:
        raise AnswerUndecodable(said("the answer is packed as gzip and its end is missing"))


def _too_large(largest: int) -> AnswerTooLarge:
    return AnswerTooLarge(said("the answer is larger than {largest:,} bytes", largest=largest))
