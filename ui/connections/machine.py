"""The machine as far as watching cares: its network, as Qt tells of it, and its power."""

import ctypes
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

from app.platform.power import OnBattery, on_battery
from app.watching.schedule import PollingConditions

# As the C++ of Windows spells `bool QNetworkInformation::loadDefaultBackend()`.
_LOAD_ON_WINDOWS = "?loadDefaultBackend@QNetworkInformation@@SA_NXZ"
_LOOK_MS = 50
_THREAD = "network information"


def load_network_information() -> bool:
    """Whether Qt has a backend here that knows the network. Blocks: it asks services of the operating system. Qt hands
    what it loads to the main thread, whichever thread asked."""
    if sys.platform == "win32":
        # PySide's own call keeps Python's lock, so the window would wait for another thread's call as for its own;
        # a service that does not answer would never let it go. ctypes releases the lock.
        load = ctypes.CDLL("Qt6Network.dll")[_LOAD_ON_WINDOWS]
        load.restype = ctypes.c_bool
        return bool(load())
    return QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability)


def _asked(load: Callable[[], bool], answer: "Future[bool]") -> None:
    try:
        answer.set_result(load())
    except Exception:  # noqa: BLE001 - a library that is missing tells nothing of the network, and that is all
        answer.set_result(False)


def is_loading_network_information() -> bool:
    """Whether Qt still waits for a service of the operating system. It holds a lock that its own end asks for."""
    return any(thread.name == _THREAD for thread in threading.enumerate())


class Machine(QObject):
    """Where no backend of Qt knows the network, or none does yet, nothing is said of it, and failures alone slow the
    watching down."""

    network_changed = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        power: OnBattery = on_battery,
        load: Callable[[], bool] = load_network_information,
    ) -> None:
        super().__init__(parent)
        self._power = power
        self._network: QNetworkInformation | None = None
        self._answer: Future[bool] = Future()
        # The other thread knows nothing of this object, which may have gone by the time that the system answers.
        self._waiting = QTimer(self, interval=_LOOK_MS)
        self._waiting.timeout.connect(self._look)
        self._waiting.start()
        # One that hangs must hold up neither the window nor its end.
        threading.Thread(target=_asked, args=(load, self._answer), name=_THREAD, daemon=True).start()

    def _look(self) -> None:
        if not self._answer.done():
            return
        self._waiting.stop()
        if self._answer.result():
            self._listen()

    def _listen(self) -> None:
        self._network = QNetworkInformation.instance()
        self._network.reachabilityChanged.connect(lambda _now: self.network_changed.emit())
        # Where there is a network, what began without knowing of it goes on as it is.
        if self._is_online() is False:
            self.network_changed.emit()

    def polling_conditions(self, *, is_hidden: bool) -> PollingConditions:
        return PollingConditions(self._is_online(), self._power(), is_hidden)

    def _is_online(self) -> bool | None:
        """A network that leads nowhere else may still lead to Pleo: only none at all counts as offline."""
        reach = QNetworkInformation.Reachability
        if self._network is None or self._network.reachability() is reach.Unknown:
            return None
        return self._network.reachability() is not reach.Disconnected
