"""How long to wait for what. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.errors import PleoProblem, Refused


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is read into at once (`reads`), and from the send to the read that proves that nothing arrived
    (`settle_seconds`): a copy of Pleo's data may be that far behind. Only after `release_seconds` may a person who
    looked in Pleo release what is still unknown. Seconds."""

    reads: tuple[float, ...] = (0, 0.5, 1, 2, 4, 8)
    settle_seconds: float = 120
    release_seconds: float = 900
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

    def is_waited_out(self, sent_at: datetime | None, asked_at: datetime) -> bool:
        """Whether a read that was asked for at that time shows what Pleo made of the send. Never before the reads into
        the silence are over; a clock that was set back only makes the wait longer."""
        if sent_at is None:
            return False
        return (asked_at - sent_at).total_seconds() >= max(self.settle_seconds, self.seconds)


def pause_before_sending_again(problem: PleoProblem | None, patience: Patience) -> float | None:
    """Seconds to wait, or None where Pleo asks for more patience than a user at a dialog has."""
    wished = problem.retry_after if isinstance(problem, Refused) else None
    pause = patience.between_sends if wished is None else wished
    return pause if pause <= patience.longest_wait else None
