"""How long Qt's event loop is held: a timer that is due each millisecond, and how long it takes to come again."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

_PAUSE_MS = 1


class LoopHolds:
    """Counts from `start` on, a turn of the loop each. `clock` and `idle` are in seconds: `idle` is what a turn takes
    by that clock where nothing holds it."""

    def __init__(
        self, parent: QObject, clock: Callable[[], float] = perf_counter, idle: float = _PAUSE_MS / 1e3
    ) -> None:
        self._clock = clock
        self._idle = idle
        self._found: list[float] = []
        self._last = 0.0
        self._beat = QTimer(parent)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._note)

    def start(self) -> float:
        """When it began, as the clock tells it."""
        self._found.clear()
        self._last = self._clock()
        self._beat.start(_PAUSE_MS)
        return self._last

    def stop(self) -> dict[str, float]:
        """In milliseconds."""
        self._beat.stop()
        held = sorted(self._found)
        return {"longest": held[-1] * 1e3, "99.9th percentile": held[int(len(held) * 0.999)] * 1e3}

    def _note(self) -> None:
        now = self._clock()
        self._found.append(now - self._last - self._idle)
        self._last = now
