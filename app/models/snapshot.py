"""A job as it was read at one time, whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.errors import PleoProblem
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.vocabulary import EntryId


@dataclass(frozen=True, slots=True)
class OlderState:
    """Why a read cannot be of now: a newer state was seen at that time of this machine's. `items` are those that show
    it; none where the job itself does."""

    newer_seen_at: datetime
    items: tuple[EntryId, ...] = ()


@dataclass(frozen=True, slots=True)
class JobSnapshot:
    """The job and every item row that Pleo returned for it. `read_at` is this machine's time when the read ended.

    `older` tells that Pleo showed a newer state before; then nothing is derived from this one.
    """

    job: ExportJob
    items: tuple[ExportJobItem, ...]
    read_at: datetime
    older: OlderState | None = None


@dataclass(frozen=True, slots=True)
class AccountingData:
    """The export items behind a job's rows; `problem` says why some or all are missing. `read_at` is this machine's
    time when they were read, from which their files' addresses count."""

    entries: Mapping[EntryId, ExportItem] = field(default_factory=dict)
    problem: PleoProblem | None = None
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """A job as the history keeps it. The accounting data is from the last read that had any."""

    snapshot: JobSnapshot
    accounting: AccountingData


@dataclass(frozen=True, slots=True)
class RememberedJob:
    """A job that was read whole before, without its items. `read_at` is this machine's time."""

    job: ExportJob
    read_at: datetime
