"""When Pleo is asked again. Pure: chance and polling_conditions are arguments; all times are seconds."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import NotReachable, SignoffError, TooManyRequests
from app.models.page import PAGE_LIMIT

# The share of a pause by which it is longer or shorter, so that many connections do not ask in one moment.
_JITTER = 0.1
# By this much longer on battery, or while nobody sees the window.
_SLOWER = 2
# Nothing reached Pleo, so that trying soon costs it nothing; what Pleo itself refuses is asked less and less.
_FIRST_PAUSE_UNREACHED = 15
_LONGEST_PAUSE_IN_TROUBLE = 30 * 60
# The longest pause between two reads that settle an outcome, in times of the first.
_LONGEST_UNKNOWN = 6
# A machine that is awake looks at its clock far more often than that.
_SLEPT = 60


@dataclass(frozen=True, slots=True)
class Watching:
    """How often Pleo is asked by itself.

    The open job is read while it is not final, a long one less often; the list of jobs goes on in any case. `unknown`
    lies between the first reads that settle an outcome which is not known yet.
    """

    base: float = 10
    for_each_request: float = 0.6
    job_list: float = 180
    unknown: float = 10


@dataclass(frozen=True, slots=True)
class PollingConditions:
    """What the machine says of itself; None where it does not know."""

    is_online: bool | None = None
    on_battery: bool | None = None
    is_hidden: bool = False

    @property
    def is_offline(self) -> bool:
        return self.is_online is False

    @property
    def slowness(self) -> int:
        return _SLOWER if self.on_battery or self.is_hidden else 1


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the last looks at a connection ended with: `times` in a row."""

    problem: SignoffError
    times: int = 1


def pause_of_list(
    watching: Watching, polling_conditions: PollingConditions, chance: float, trouble: Trouble | None = None
) -> float | None:
    """Until a connection's jobs are read again; None where only news of the network begins it anew.

    `chance` is from 0 to 1.
    """
    if polling_conditions.is_offline:
        return None
    pause = watching.job_list * polling_conditions.slowness
    return _jittered(_in_trouble(pause, trouble) if trouble else pause, chance)


def pause_of_open_job(watching: Watching, polling_conditions: PollingConditions, items: int, chance: float) -> float:
    """Until the job on screen is read again; it is left alone meanwhile where the machine is offline."""
    requests = items / PAGE_LIMIT
    return _jittered((watching.base + requests * watching.for_each_request) * polling_conditions.slowness, chance)


def pauses_while_unknown(first_seconds: float) -> Iterator[float]:
    """Between the reads that settle what is not known yet: each half as long again as the one before. Never ends."""
    pause = first_seconds
    while True:
        yield pause
        pause = min(1.5 * pause, _LONGEST_UNKNOWN * first_seconds)


def has_slept(expected_seconds: float, passed_seconds: float) -> bool:
    """Whether the machine was asleep, or its clock was set, between two looks at the clock."""
    return passed_seconds - expected_seconds > _SLEPT


def _in_trouble(pause: float, trouble: Trouble) -> float:
    problem = trouble.problem
    if isinstance(problem, NotReachable):
        return float(min(pause, _FIRST_PAUSE_UNREACHED * 2 ** min(trouble.times - 1, 16)))
    longer: float = pause * 2 ** min(trouble.times - 1, 16)
    asked_for = problem.retry_after if isinstance(problem, TooManyRequests) else None
    return max(pause, min(longer, _LONGEST_PAUSE_IN_TROUBLE), asked_for or 0.0)


def _jittered(pause: float, chance: float) -> float:
    return pause * (1 + _JITTER * (2 * chance - 1))
