"""The sandbox's own count of what reached it, for those who must prove what they sent."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from app.sandbox.job import stamp
from app.sandbox.vocabulary import FINAL_EVENTS


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a write once it was applied."""

    is_early: bool = False
    entry_ids: list[str] = field(default_factory=list)
    errors: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ReceivedEvent:
    """One `POST /v3/export-job-events`. `status` is what was answered, `applied` what became true of it, `early` that
    items were still open when a final event was applied, `actor` "api" or "other"."""

    at: datetime
    job_id: str | None
    body: object
    status: int
    actor: str = "api"
    applied: bool = False
    early: bool = False

    def take(self, applied: Applied) -> None:
        self.applied, self.early = True, applied.is_early

    @property
    def is_final(self) -> bool:
        return isinstance(self.body, dict) and self.body.get("event") in FINAL_EVENTS

    def summary(self) -> dict[str, object]:
        return {
            "at": stamp(self.at),
            "job_id": self.job_id,
            "body": self.body,
            "status": self.status,
            "applied": self.applied,
            "early": self.early,
            "actor": self.actor,
        }


@dataclass(slots=True)
class ReceivedUpdate:
    """One `PUT …/items`. `applied` holds the entry ids that took their outcome from it."""

    at: datetime
    job_id: str | None
    body: object
    status: int
    actor: str = "api"
    applied: list[str] = field(default_factory=list)
    errors: list[dict[str, str]] = field(default_factory=list)

    def take(self, applied: Applied) -> None:
        self.applied, self.errors = applied.entry_ids, applied.errors

    def summary(self) -> dict[str, object]:
        return {
            "at": stamp(self.at),
            "job_id": self.job_id,
            "body": self.body,
            "status": self.status,
            "applied": list(self.applied),
            "errors": list(self.errors),
            "actor": self.actor,
        }


@dataclass(slots=True)
class Received:
    """Everything since the scenario was loaded. `places` counts requests by their place."""

    places: Counter[str] = field(default_factory=Counter)
    events: list[ReceivedEvent] = field(default_factory=list)
    updates: list[ReceivedUpdate] = field(default_factory=list)

    def final_events_applied(self) -> dict[str, int]:
        """How many final events changed each job, whoever sent them; never above one while the rules hold."""
        return dict(Counter(event.job_id for event in self.events if event.is_final and event.applied and event.job_id))

    def summary(self) -> dict[str, object]:
        """The body of `GET /sandbox/received`."""
        return {
            "requests": self.places.total(),
            "places": dict(self.places),
            "events": [event.summary() for event in self.events],
            "item_updates": [update.summary() for update in self.updates],
            "final_events_applied": self.final_events_applied(),
        }
