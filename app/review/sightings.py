"""How often a cause was seen before."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sighting:
    """`jobs_before` counts the other jobs in which the cause was seen."""

    first_seen: datetime
    jobs_before: int
