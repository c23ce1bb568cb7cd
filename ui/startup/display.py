"""A window needs a display that answers. Without one Qt would end the process with an abort, or wait for ever."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from app.messages import tr

if TYPE_CHECKING:
    import socket

# As for a wish that cannot be carried out.
NO_WINDOW = 2
_ANSWER_SECONDS = 5
# The beginning of X11's protocol, version 11, without a cookie: what answers yes or no is alive.
_X11_GREETING = b"l\0\x0b\0\0\0\0\0\0\0\0\0"
_X11_PORT = 6000


@contextmanager
def display_needed(environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Around the making of QApplication: where that fails, the process ends with a sentence and `NO_WINDOW`."""
    try:
        greeting = greeted(environment)
    except TimeoutError:
        _end(environment, tr("it did not answer within {seconds} seconds", seconds=_ANSWER_SECONDS))
    heard: list[str] = []

    def take(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            _end(environment, *heard, message)
        heard.append(message)

    qInstallMessageHandler(take)
    try:
        yield
    finally:
        qInstallMessageHandler(None)
        if greeting:
            greeting.close()
        for message in heard:
            print(message, file=sys.stderr)


def greeted(environment: Mapping[str, str], answer_seconds: float = _ANSWER_SECONDS) -> "socket.socket | None":
    """The connection to an X server that has answered, to be held until there is another one: some begin anew as soon
    as their last client has gone. None where there is no such server, which is left to Qt.

    Raises TimeoutError for one that takes a connection and says nothing.
    """
    if environment.get("QT_QPA_PLATFORM") or environment.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin"):
        return None
    try:
        connection = _connected(environment.get("DISPLAY", ""), answer_seconds)
    except TimeoutError:
        raise
    except (OSError, ValueError):
        return None
    try:
        connection.sendall(_X11_GREETING)
        connection.recv(1)
    except TimeoutError:
        connection.close()
        raise
    except OSError:
        connection.close()
        return None
    return connection


def _connected(display: str, answer_seconds: float) -> "socket.socket":
    """Raises OSError, TimeoutError among it, and ValueError for a display that has no number."""
    import socket

    host, _, rest = display.rpartition(":")
    number = int(rest.partition(".")[0])
    if host not in ("", "unix") and "/" not in host:
        return socket.create_connection((host.strip("[]"), _X11_PORT + number), answer_seconds)
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(answer_seconds)
    try:
        try:
            connection.connect(f"\0{path}")
        except ConnectionError:
            connection.connect(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _end(environment: Mapping[str, str], *why: str) -> NoReturn:
    telling = [text for text in why if "connect" in text.casefold()]
    named = environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY") or environment.get("QT_QPA_PLATFORM", "")
    with suppress(OSError, ValueError):
        print(
            tr(
                "There is no window, because the display {display} cannot be reached. "
                "See `signoff --help` for the commands that need none.",
                display=named,
            ),
            *(f"  {line}" for text in telling or why for line in text.splitlines() if line.strip()),
            sep="\n",
            file=sys.stderr,
            flush=True,
        )
    # At once: Qt aborts as soon as its message has been taken.
    os._exit(NO_WINDOW)
