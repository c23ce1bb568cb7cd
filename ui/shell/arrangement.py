"""Which panes stand beside each other in the room that there is. Pure."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Side = Literal["jobs", "gate"]


class Widths(NamedTuple):
    """Device-independent pixels."""

    jobs: int
    items: int
    gate: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is on screen. `is_folded` where room is missing for a pane that is wished for."""

    jobs: bool = False
    items: bool = True
    gate: bool = False
    is_folded: bool = False


def arranged(room: int, least: Widths, *, wants_jobs: bool, wants_gate: bool, opened: Side | None) -> Arrangement:
    """All that is wished for, where it fits into `room` pixels. Else the answer to whether the job can be completed
    becomes a line, then the list of jobs folds too. The one that its user `opened` has the room before the other,
    beside the items or in their place."""
    jobs, gate = least.jobs if wants_jobs else 0, least.gate if wants_gate else 0
    if jobs + least.items + gate <= room:
        return Arrangement(jobs=wants_jobs, gate=wants_gate)
    if opened == "gate" and wants_gate:
        return Arrangement(gate=True, items=least.items + gate <= room, is_folded=True)
    fits = jobs + least.items <= room
    if opened == "jobs" and wants_jobs:
        return Arrangement(jobs=True, items=fits, is_folded=True)
    return Arrangement(jobs=wants_jobs and fits, is_folded=True)
