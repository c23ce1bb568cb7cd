"""A sandbox whose answers are changed on their way: what it says is whatever a test wants said."""

import json
import threading
from collections.abc import Callable
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

# The path, and the answer's JSON, to be changed in place.
Retouch = Callable[[str, Any], None]


class Retouched:
    """Serves from `__enter__` to `__exit__`; `url` is what the client is to be given."""

    def __init__(self, upstream_url: str, retouch: Retouch) -> None:
        upstream = urlsplit(upstream_url).netloc

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._hand_on(None)

            def do_POST(self) -> None:
                self._hand_on(self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def do_PATCH(self) -> None:
                self.do_POST()

            def _hand_on(self, body: bytes | None) -> None:
                names = ("Authorization", "Content-Type", "Accept")
                way = HTTPConnection(upstream, timeout=10)
                way.request(
                    self.command, self.path, body, {name: self.headers[name] for name in names if name in self.headers}
                )
                answer = way.getresponse()
                content = answer.read()
                way.close()
                if content and answer.status == 200:
                    said = json.loads(content)
                    retouch(urlsplit(self.path).path, said)
                    content = json.dumps(said).encode()
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers.get("Content-Type", "application/json"))
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
