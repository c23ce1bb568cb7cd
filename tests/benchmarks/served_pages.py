"""A server that only sends: the sandbox's pages of one job, made before the first request.

The sandbox makes its entries up while it is asked, which takes longer than reading them; here nothing but the reader is
measured. A process of its own: `python served_pages.py SIZE` prints its address and ends when its standard input does.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from apart import ROOT

PAGE = 100


@dataclass(frozen=True)
class Served:
    """`json_bytes` is what a reader of both lists receives, heads not counted."""

    url: str
    job_id: str
    json_bytes: int


@contextmanager
def served_pages(size: int) -> Iterator[Served]:
    """Pages of a job of `size` items, on loopback."""
    with subprocess.Popen(
        [sys.executable, __file__, str(size)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        assert server.stdout
        yield Served(**json.loads(server.stdout.readline()))
        server.communicate()


def _answers(size: int) -> tuple[str, dict[str, bytes], int]:
    """The job's id, answers by what is asked, and the bytes of both lists."""
    sys.path.insert(0, str(ROOT))
    from datetime import UTC, datetime

    from app.sandbox.entries import entry_body
    from app.sandbox.scenarios import build_jobs

    (job,) = build_jobs("large", datetime.now(UTC), size=size)
    lists = {
        f"/v3/export-jobs/{job.id}/items": lambda item: item.body(job.id),
        "/v3/export-items": lambda item: entry_body(job, item, "https://files.example"),
    }
    answers = {
        "/v3/export-jobs": _answer({"data": [job.body()], "pagination": {"hasNextPage": False}}),
        f"/v3/export-jobs/{job.id}": _answer({"data": job.body()}),
    }
    received = 0
    for path, body_of in lists.items():
        for start in range(0, size, PAGE):
            rows = [body_of(item) for item in job.items[start : start + PAGE]]
            page = {"data": rows, "pagination": _pagination(start, size)}
            asked = f"{path}?{_cursor(start) if start else ''}"
            answers[asked] = _answer(page)
            received += len(answers[asked].partition(b"\r\n\r\n")[2])
    return job.id, answers, received


def _cursor(start: int) -> str:
    return f"P{start}"


def _pagination(start: int, size: int) -> dict[str, Any]:
    return {
        "currentRequestPagination": {"parameters": {"limit": [str(PAGE)]}, "limit": PAGE},
        "hasNextPage": start + PAGE < size,
        "hasPreviousPage": start > 0,
        "startCursor": _cursor(start),
        "endCursor": _cursor(start + PAGE),
        "total": size,
    }


def _answer(value: object) -> bytes:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


# A client on loopback asks first whether this is the sandbox: it is not.
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class _Sender(asyncio.Protocol):
    def __init__(self, answers: dict[str, bytes]) -> None:
        self._answers = answers
        self._read = b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self._read = (self._read + data).split(b"\r\n\r\n")
        for request in requests:
            target = urlsplit(request.split(b" ", 2)[1].decode())
            asked = target.path
            if asked.endswith(("-items", "/items")):
                asked = f"{asked}?{parse_qs(target.query).get('after', [''])[0]}"
            self._transport.write(self._answers.get(asked, _NOT_FOUND))


async def _serve(size: int) -> None:
    job_id, answers, received = _answers(size)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Sender(answers), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    print(json.dumps({"url": f"http://{host}:{port}", "job_id": job_id, "json_bytes": received}), flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
