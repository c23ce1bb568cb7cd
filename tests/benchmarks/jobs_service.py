"""The service that reads jobs, as a connection has it whose journal was never begun."""

from pathlib import Path

from app.completion.evidence import Origin
from app.completion.job_reading import JobReader
from app.jobs.service import JobsService
from app.platform.clock import Clock
from app.pleo.client import PleoClient
from app.storage.journal.journal import Journal


def jobs_service(pleo: PleoClient, clock: Clock) -> JobsService:
    nowhere = Journal(Path("/nonexistent"), clock)
    return JobsService(pleo, clock, JobReader(pleo, nowhere, clock, Origin(), 120))
