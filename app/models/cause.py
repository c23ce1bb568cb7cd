"""What went wrong with failed items, as it is known again from job to job."""

from dataclasses import dataclass
from datetime import datetime

# The failure type or "", and the reason with gaps where it differs from item to item.
CauseKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sighting:
    """How often a cause was seen before. `jobs_before` counts the other jobs in which it was."""

    first_seen: datetime
    jobs_before: int
