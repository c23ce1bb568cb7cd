"""Jobs of several companies at a month's end, for the sandbox."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.sandbox import sample_data
from app.sandbox.job import Job
from app.sandbox.scenarios import build_jobs


def id_of(name: str) -> str:
    """Of a job that tests call `company-name`: Pleo's ids are UUIDs."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def company_id_of(company: str) -> str:
    """Of acme, beta or fjall."""
    return sample_data.companies()[company].id


def job_of(company: str, name: str, now: datetime, *, minutes_old: int, scenario: str = "all successful") -> Job:
    """A job with five items; `scenario` is one of a running or pending job."""
    (job,) = build_jobs(scenario, now, size=5, pace_seconds=600)
    return replace(
        job,
        id=id_of(f"{company}-{name}"),
        company_id=company_id_of(company),
        created_at=now - timedelta(minutes=minutes_old),
        last_updated_at=now - timedelta(minutes=5),
    )


def three_of(company: str, now: datetime, scenarios: Sequence[str] = ("all successful",) * 3) -> list[Job]:
    """Three jobs, the newest first, named by their age; `scenarios` are from the oldest to the newest."""
    names = ("oldest", "middle", "newest")
    jobs = [
        job_of(company, name, now, minutes_old=50 - 10 * place, scenario=scenario)
        for place, (name, scenario) in enumerate(zip(names, scenarios, strict=True))
    ]
    return jobs[::-1]
