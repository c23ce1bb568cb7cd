"""One request and its whole answer over a real socket: how long it may take, and how large it may be."""

import gzip
import json
import zlib

import httpx
import pytest
from fakes.answers import job_json
from fakes.raw_server import RawServer, answer

from app.pleo.exchange import AnswerTooLarge, AnswerTooSlow, AnswerUndecodable, ExchangeBounds, exchange

JOB = json.dumps({"data": job_json()}).encode()


async def asked(
    said: bytes, bounds: ExchangeBounds | None = None, *, seconds_between_bytes: float = 0
) -> httpx.Response:
    async with (
        RawServer(said, seconds_between_bytes=seconds_between_bytes) as server,
        httpx.AsyncClient(base_url=server.url, timeout=2) as client,
    ):
        return await exchange(client, bounds or ExchangeBounds(), "GET", "/job")


def packed(content: bytes, encoding: str = "gzip") -> bytes:
    return answer(200, content, {"Content-Encoding": encoding})


async def test_an_answer_comes_whole_with_its_status_and_headers():
    response = await asked(answer(418, JOB, {"Retry-After": "3"}))
    assert (response.status_code, response.content, response.headers["Retry-After"]) == (418, JOB, "3")


async def test_a_packed_answer_is_unpacked_once():
    response = await asked(packed(gzip.compress(JOB)))
    assert response.content == JOB
    assert response.json()["data"] == job_json()


async def test_an_answer_that_drips_for_ever_ends_at_the_total_time():
    with pytest.raises(AnswerTooSlow):
        await asked(answer(200, JOB), ExchangeBounds(total_seconds=0.2), seconds_between_bytes=0.02)


async def test_an_answer_that_is_larger_than_any_of_pleos_is_not_read_to_its_end():
    with pytest.raises(AnswerTooLarge):
        await asked(answer(200, b"x" * 5_000), ExchangeBounds(largest_bytes=4_096))


async def test_a_small_answer_that_unpacks_to_gigabytes_is_not_unpacked():
    bomb = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    text = b"".join(bomb.compress(bytes(1024 * 1024)) for _ in range(100)) + bomb.flush()
    assert len(text) < 200_000
    with pytest.raises(AnswerTooLarge):
        await asked(packed(text), ExchangeBounds(largest_bytes=1024 * 1024))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (gzip.compress(JOB)[:-4], "gzip"),
        (b"no gzip at all", "gzip"),
        (zlib.compress(JOB), "deflate"),
        (gzip.compress(gzip.compress(JOB)), "gzip, gzip"),
        (JOB, "br"),
    ],
    ids=["cut", "not packed", "deflate", "twice", "brotli"],
)
async def test_what_is_packed_otherwise_than_asked_for_is_refused(content, encoding):
    with pytest.raises(AnswerUndecodable):
        await asked(packed(content, encoding))
