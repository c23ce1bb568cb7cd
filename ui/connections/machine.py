"""The machine as far as watching cares: its network, as Qt tells of it, and its power."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

from app.platform.power import OnBattery, on_battery
from app.watching.schedule import PollingConditions


class Machine(QObject):
    """Where no backend of Qt knows the network, nothing is said of it, and failures alone slow the watching down."""

    network_changed = Signal()

    def __init__(self, parent: QObject | None = None, power: OnBattery = on_battery) -> None:
        super().__init__(parent)
        self._power = power
        self._network: QNetworkInformation | None = None
        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            self._network = QNetworkInformation.instance()
            self._network.reachabilityChanged.connect(lambda _now: self.network_changed.emit())

    def polling_conditions(self, *, is_hidden: bool) -> PollingConditions:
        return PollingConditions(self._is_online(), self._power(), is_hidden)

    def _is_online(self) -> bool | None:
        """A network that leads nowhere else may still lead to Pleo: only none at all counts as offline."""
        reach = QNetworkInformation.Reachability
        if self._network is None or self._network.reachability() is reach.Unknown:
            return None
        return self._network.reachability() is not reach.Disconnected
