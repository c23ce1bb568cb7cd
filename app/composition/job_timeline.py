"""What happened to a job, from the journal of a data folder alone: without services, a network or a sign-in."""

from dataclasses import dataclass
from pathlib import Path

from app.completion.timeline import Happened, TimelineEntry, timeline
from app.models.vocabulary import JobId
from app.settings.paths import evidence_folder
from app.storage.journal.record import rows_about
from app.storage.journal.store import FILE_NAME


@dataclass(frozen=True, slots=True)
class JobTimeline:
    """`is_played` where it was done in the sandbox, which keeps a journal of its own."""

    entries: tuple[TimelineEntry, ...]
    is_played: bool = False

    @property
    def knows_job(self) -> bool:
        """Whether anything in it is surely about the job."""
        return any(entry.kind is not Happened.UNREADABLE for entry in self.entries)


def read_timeline(folder: Path, job_id: JobId, *, is_sandbox: bool) -> JobTimeline:
    """Reads, and changes nothing. Raises JournalProblem."""
    rows = rows_about(evidence_folder(folder, is_sandbox=is_sandbox) / FILE_NAME, job_id)
    return JobTimeline(timeline(job_id, rows), is_sandbox)


def find_timeline(folder: Path, job_id: JobId) -> JobTimeline:
    """The same of a job of which nobody said where it is: what was really sent comes before what was played. Raises
    JournalProblem."""
    real = read_timeline(folder, job_id, is_sandbox=False)
    if real.knows_job:
        return real
    played = read_timeline(folder, job_id, is_sandbox=True)
    return played if played.knows_job else real
