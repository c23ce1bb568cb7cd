"""Named scenarios: jobs that are the same at every run, but for the time, which counts back from now.

Names are compared without case; spaces, hyphens and underscores are equal. Every scenario is one job, `everyday` (what
the window opens on) is a week of them. `size` gives a scenario another number of items in the same proportions.
"""

import random
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from typing import Final

from app.sandbox import sample_data
from app.sandbox.job import Item, Job, Unfolding, stamp
from app.sandbox.sample_data import Scenario
from app.sandbox.vocabulary import FINAL_ITEM_STATUSES

EVERYDAY: Final = "everyday"
DEFAULT_PACE_SECONDS: Final = 2.5

_NAMESPACE: Final = uuid.UUID("0b0e7a5c-2f5d-4b7e-8a55-6f0c5b1f9d20")


def company_names() -> dict[str, str]:
    """The simulated companies: id to name."""
    return {company.id: company.name for company in sample_data.companies().values()}


def scenario_names() -> tuple[str, ...]:
    """Every name that `build_jobs` knows, the default first."""
    return (EVERYDAY, *sample_data.scenarios())


def build_jobs(
    name: str, now: datetime, *, pace_seconds: float = DEFAULT_PACE_SECONDS, size: int | None = None
) -> list[Job]:
    """The jobs of a scenario as they stand at `now`. `pace_seconds` lies between the outcomes of a waiting job.
    ValueError for a name that is not known, and for a size beside everyday."""
    known = {_plain(each): each for each in scenario_names()}
    if _plain(name) not in known:
        raise ValueError(f"unknown scenario {name!r}, known are: {', '.join(scenario_names())}")
    found = known[_plain(name)]
    if found == EVERYDAY:
        if size is not None:
            raise ValueError("the scenario everyday has no size")
        return [_job(each, sample_data.scenarios()[each], now, pace_seconds) for each in sample_data.everyday()]
    scenario = sample_data.scenarios()[found]
    if size is not None:
        scenario = _resized(scenario, size)
    return [_job(found, scenario, now, pace_seconds)]


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()


def _resized(scenario: Scenario, size: int) -> Scenario:
    if size < 0:
        raise ValueError("the size must not be negative")

    def share(count: int) -> int:
        return count * size // scenario.items if scenario.items else 0

    return replace(
        scenario,
        items=size,
        failed=share(scenario.failed),
        pending=share(scenario.pending),
        in_progress=share(scenario.in_progress),
        abandoned=share(scenario.abandoned),
        parked=share(scenario.parked),
    )


def _job(name: str, scenario: Scenario, now: datetime, pace_seconds: float) -> Job:
    created = now - timedelta(minutes=scenario.created)
    updated = None if scenario.updated is None else now - timedelta(minutes=scenario.updated)
    has_ended = scenario.status not in ("pending", "in_progress")
    company = sample_data.companies()[scenario.company]
    job = Job(
        id=_id(name, "job"),
        company_id=company.id,
        status=scenario.status,
        items=_items(name, scenario, created),
        created_at=created,
        seed=name,
        created_by=_id(name, company.people[0]) if scenario.is_interactive else None,
        started_at=None if scenario.started is None else now - timedelta(minutes=scenario.started),
        completed_at=updated if has_ended and not scenario.expired else None,
        last_updated_at=updated,
        expired_at=updated if scenario.expired else None,
        failure_reason=scenario.failure_reason,
        failure_reason_type=scenario.failure_reason_type,
        is_interactive=scenario.is_interactive,
        lacks_contra_accounts=scenario.lacks_contra_accounts,
    )
    if scenario.unfolds:
        job.unfolding = Unfolding(pace_seconds, _outcomes(name, scenario, job))
    if scenario.unknown_words:
        _speak_unknown_words(job)
    return job


def _id(*parts: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))


def _items(name: str, scenario: Scenario, created: datetime) -> list[Item]:
    statuses = _statuses(name, scenario)
    finish = _finisher(name, scenario, created)
    causes = cycle(scenario.causes or ["period_closed"])
    return [finish(position, status, causes) for position, status in enumerate(statuses)]


def _statuses(name: str, scenario: Scenario) -> list[str]:
    words = ["failed"] * scenario.failed + ["abandoned"] * scenario.abandoned
    still_open = ["in_progress"] * scenario.in_progress + ["parked"] * scenario.parked
    still_open += ["pending"] * scenario.pending
    successful = ["successful"] * (scenario.items - len(words) - len(still_open))
    order = random.Random(f"{name}/order")  # noqa: S311 - sample data
    if scenario.open_last:
        settled = successful + words
        order.shuffle(settled)
        return settled + still_open
    statuses = successful + words + still_open
    order.shuffle(statuses)
    return statuses


def _finisher(name: str, scenario: Scenario, created: datetime) -> Callable[[int, str, Iterator[str]], Item]:
    """How the item at a position came to its status: an entry in the books, a reason, or nothing yet."""
    books = sample_data.companies()[scenario.company].books
    number = 10400 + random.Random(name).randrange(90) * 100  # noqa: S311 - sample data

    def finish(position: int, status: str, causes: Iterator[str]) -> Item:
        entry = _id(name, str(position))
        if status == "successful":
            posted = created + timedelta(seconds=70 + position * 0.3)
            key = f"JE-{number + position}"
            return Item(entry, status, stamp(posted), key, f"{books}{key}")
        if status != "failed":
            return Item(entry, status)
        cause = next(causes)
        reason, reason_type = _reason(cause, created)
        return Item(entry, status, failure_reason=reason, failure_reason_type=reason_type, cause=cause)

    return finish


def _reason(cause: str, created: datetime) -> tuple[str, str]:
    known = sample_data.causes()[cause]
    last_month = created.replace(day=1) - timedelta(days=1)
    reason = known.reason.replace("{month}", f"{last_month:%Y-%m}")
    reason = reason.replace("{year}", str(created.year)).replace("{last_year}", str(created.year - 1))
    return reason, known.type


def _outcomes(name: str, scenario: Scenario, job: Job) -> list[tuple[int, Item]]:
    """What the open items become, in turn: successful, or failed for the named cause."""
    finish = _finisher(name, scenario, job.created_at)
    positions = [position for position, item in enumerate(job.items) if item.status not in FINAL_ITEM_STATUSES]
    outcomes = []
    for position, word in zip(positions, cycle(scenario.unfolds), strict=False):
        status = word if word == "successful" else "failed"
        outcomes.append((position, finish(position, status, iter([word]))))
    return outcomes


def _speak_unknown_words(job: Job) -> None:
    """Values and fields that no reference lists, as a later version of Pleo might send them."""
    job.extra = {"priority": "high", "review": {"requestedBy": None, "round": 2}}
    for item in job.items:
        if item.status == "parked":
            item.extra = {"parkedUntil": "2030-01-01T00:00:00.000Z", "attempts": 3}
    settled = [item for item in job.items if item.status == "successful"]
    settled[0].kind = "barter"
    settled[1].currency = "UNDEFINED"
