"""How long to wait for what. Pure."""

from dataclasses import dataclass, replace

from app.errors import PleoProblem, Refused


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is read into before it is called missing or unknown. Seconds."""

    reads: tuple[float, ...] = (0, 0.5, 1, 2, 4, 8)
    sends: int = 3
    between_sends: float = 1
    longest_wait: float = 30

    @property
    def seconds(self) -> float:
        """How long it reads into silence, beside what the reads themselves take."""
        return sum(self.reads)

    def lasting(self, seconds: float) -> "Patience":
        """The same number of reads, with pauses that add up to `seconds`."""
        return replace(self, reads=tuple(pause * seconds / self.seconds for pause in self.reads))


def pause_before_sending_again(problem: PleoProblem | None, patience: Patience) -> float | None:
    """Seconds to wait, or None where Pleo asks for more patience than a user at a dialog has."""
    wished = problem.retry_after if isinstance(problem, Refused) else None
    pause = patience.between_sends if wished is None else wished
    return pause if pause <= patience.longest_wait else None
