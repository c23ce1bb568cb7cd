"""Faults of the application: what Pleo, or something in front of it, does wrong to the next requests at a place.

Faults of the wire (resets, silence, half an answer) are no part of a server: see tests/fakes/wire_faults.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final, Literal, get_args

from app.sandbox.places import PLACES, Place

Effect = Literal["none", "applied", "later"]
_EFFECTS: Final[tuple[Effect, ...]] = get_args(Effect)


@dataclass(frozen=True, slots=True)
class Fault:
    """Armed for the next `times` requests at `place` (of `job_id` only, when given). Fields, each with its own part:

    `effect`: whether the wish of a write is applied: not at all, at once, or `effect_after_seconds` of the world's time
    later. Reads have no effect.
    `status`, `body`, `headers`: the answer; without a status, the answer Pleo would give. So a status alone is an
    answer without applying, effect "none" without a status is "202 and never applied".
    `answer_after_seconds`: real seconds that the answer is held back.
    `first`: an act (see acts.py) that another actor performs just before the request is handled.
    """

    place: Place
    status: int | None = None
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    effect: Effect = "none"
    effect_after_seconds: float = 0.0
    answer_after_seconds: float = 0.0
    times: int = 1
    job_id: str | None = None
    first: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        """ValueError for a place, an effect or a status that does not exist."""
        if self.place not in PLACES:
            raise ValueError(f"unknown place {self.place!r}, known are: {', '.join(PLACES)}")
        if self.effect not in _EFFECTS:
            raise ValueError(f"unknown effect {self.effect!r}, known are: {', '.join(_EFFECTS)}")
        if self.status is not None and not 200 <= self.status <= 599:
            raise ValueError(f"no final HTTP status: {self.status}")
        if self.times < 1:
            raise ValueError("times must be 1 or more")


class ArmedFaults:
    """The faults that wait for their requests, in the order in which they were armed."""

    def __init__(self) -> None:
        self._armed: list[tuple[Fault, int]] = []

    def arm(self, fault: Fault) -> None:
        self._armed.append((fault, fault.times))

    def disarm(self) -> None:
        self._armed.clear()

    def take(self, place: Place, job_id: str | None) -> Fault | None:
        """The fault for this request, used up by one."""
        for position, (fault, left) in enumerate(self._armed):
            if fault.place == place and fault.job_id in (None, job_id):
                if left > 1:
                    self._armed[position] = (fault, left - 1)
                else:
                    del self._armed[position]
                return fault
        return None


def read_fault(value: object) -> Fault:
    """A Fault from JSON; ValueError when it is none."""
    if not isinstance(value, dict) or "place" not in value:
        raise ValueError("a fault is an object with a place")
    known = {each.name for each in fields(Fault)}
    if unknown := sorted(set(value) - known):
        raise ValueError(f"unknown field {unknown[0]!r}, known are: {', '.join(sorted(known))}")
    try:
        return Fault(**value)
    except TypeError as error:
        raise ValueError(str(error)) from None
