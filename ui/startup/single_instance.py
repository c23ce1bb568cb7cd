"""One window for each data folder: a second start raises the first and ends."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_ANSWER_MS = 1_000
_RAISE = b"raise\n"


class SingleInstance(QObject):
    """Holds the folder while it lives. The lock of a window that crashed is taken over, since its process is gone."""

    raise_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The name is short, because a socket's path may not be long, and tells nothing about the folder.
        digest = QCryptographicHash.hash(str(folder.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
        self._name = f"signoff-{digest.toHex().toStdString()[:16]}"
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def acquire(self) -> bool:
        """Whether this is the first window; else the first one has been asked to come to the front.

        A folder that cannot be locked at all counts as ours: the journal says later that nothing can be written there.
        """
        if not self._lock.tryLock(0) and self._lock.error() == QLockFile.LockError.LockFailedError:
            self._ask_the_first()
            return False
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
        self._lock.unlock()

    def _ask_the_first(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_ANSWER_MS):
            socket.write(_RAISE)
            socket.waitForBytesWritten(_ANSWER_MS)
            socket.disconnectFromServer()

    def _answer(self) -> None:
        while self._server and (connection := self._server.nextPendingConnection()):
            connection.disconnected.connect(connection.deleteLater)
            self.raise_requested.emit()
