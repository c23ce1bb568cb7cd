"""A JobReader as the services of one connection share it, over a Pleo in memory."""

from fakes.clocks import FakeClock
from fakes.journal import FakeJournal

from app.completion.evidence import Origin
from app.completion.job_reading import JobReader
from app.platform.clock import Clock
from app.ports import JobSource


def reader_over(pleo: JobSource, clock: Clock | None = None) -> JobReader:
    """With a journal that is empty."""
    return JobReader(pleo, FakeJournal(), clock or FakeClock(), Origin(), 120)
