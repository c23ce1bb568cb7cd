"""Python's cyclic collector, run on the window's thread only."""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 100


class MainThreadCollector(QObject):
    """While it lives, cyclic garbage is collected by a timer here, never by a worker thread.

    The collector runs on whichever thread allocates last. On a worker it would destroy Qt objects away from their own
    thread, which crashes; here it also never runs in the middle of a repaint.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_what_is_due)
        self._timer.start(_LOOK_MS)

    def collect_what_is_due(self) -> None:
        """The oldest generation that has reached its threshold, as Python itself would choose.

        The thresholds are asked for each time: whoever reads a long list raises them meanwhile.
        """
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()
