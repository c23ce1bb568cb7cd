"""One window for each data folder: a second start raises the first and ends."""

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.platform.process_lock import ProcessLock

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

# A first window may be reading its first list: until then it does not answer.
_ANSWER_SECONDS = 10
_LOOK_MS = 200
_RAISE = b"raise\n"
_RAISED = b"raised\n"


class SingleInstance(QObject):
    """Holds the folder while it lives. The system frees it with the process, also where that was killed."""

    raise_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = ProcessLock(folder / "window.lock")
        self._server: QLocalServer | None = None

    @cached_property
    def _name(self) -> str:
        """Short, because a socket's path may not be long, and telling nothing about the folder."""
        from hashlib import sha256

        return f"signoff-{sha256(str(self._folder.resolve()).encode()).hexdigest()[:16]}"

    def acquire(self) -> bool:
        """Whether this is the first window.

        A folder that cannot be locked at all counts as ours: the journal says later that nothing can be written there.
        """
        try:
            return self._lock.take()
        except OSError:
            return True

    def answer_others(self) -> None:
        """From here on a second start can raise this window. After the first frame, which need not wait for it."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(self._name)

    def release(self) -> None:
        if self._server:
            self._server.close()
        self._lock.release()

    def ask_the_first(self, answer_seconds: float = _ANSWER_SECONDS) -> bool:
        """Whether the first window said that it came to the front. The system takes a connection for a window that
        hangs, too: only its own answer counts."""
        from PySide6.QtCore import QThread
        from PySide6.QtNetwork import QLocalSocket

        last = monotonic() + answer_seconds
        while (left := last - monotonic()) > 0:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(max(1, round(left * 1000))):
                socket.write(_RAISE)
                return _says_raised(socket, last)
            # It may have begun just now, and not answer yet.
            QThread.msleep(_LOOK_MS)
        return False

    def _answer(self) -> None:
        while self._server and (connection := self._server.nextPendingConnection()):
            connection.disconnected.connect(connection.deleteLater)
            self.raise_requested.emit()
            connection.write(_RAISED)
            connection.flush()


def _says_raised(socket: "QLocalSocket", last: float) -> bool:
    said = b""
    while _RAISED not in said:
        left = round((last - monotonic()) * 1000)
        if left <= 0 or not socket.waitForReadyRead(left):
            return False
        said += socket.readAll().data()
    return True
