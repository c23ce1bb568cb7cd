"""What is known of one connection's jobs, as the last looks left it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.jobs.counted import Counted
from app.jobs.job_list import JobList, JobScope, in_order_of_need
from app.models.export_job import ExportJob
from app.models.vocabulary import RUNNING_JOB, JobId
from app.watching.schedule import Trouble

# Of the jobs that ended while they were watched, so many are kept in mind.
_MOST_ENDED = 100


@dataclass(frozen=True, slots=True)
class JobFacts:
    """`counted` is None until the items were counted."""

    job: ExportJob
    counted: Counted | None = None

    @property
    def is_running(self) -> bool:
        return self.job.status in RUNNING_JOB


@dataclass(frozen=True, slots=True)
class KnownJobs:
    """`lists` are the jobs by what was asked for, `ended` those that ended while they were watched.

    `trouble` is what the last look ended with; what was read before stays. `is_remembered`: nothing was read in this
    run of the program yet, and the lists are from an earlier one.
    """

    lists: Mapping[JobScope, JobList] = field(default_factory=dict)
    counted: Mapping[JobId, Counted] = field(default_factory=dict)
    ended: Mapping[JobId, ExportJob] = field(default_factory=dict)
    trouble: Trouble | None = None
    is_offline: bool = False
    is_remembered: bool = False

    @property
    def has_answered(self) -> bool:
        """Whether there is anything to show: jobs, or why there are none."""
        return bool(self.lists) or self.trouble is not None or self.is_offline

    @property
    def is_old(self) -> bool:
        return self.trouble is not None or self.is_offline or self.is_remembered

    def listed(self, scope: JobScope) -> JobList | None:
        """A list of all jobs answers for a part of them too."""
        if scope in self.lists:
            return self.lists[scope]
        everything = self.lists.get(JobScope.ALL)
        if everything is None:
            return None
        jobs = tuple(job for job in everything.jobs if job.status in scope.statuses)
        return JobList(scope, jobs, everything.read_at)

    def running(self) -> tuple[ExportJob, ...]:
        found = self.listed(JobScope.NEEDS_ATTENTION)
        return found.jobs if found else ()

    def facts(self) -> tuple[JobFacts, ...]:
        """Of every job that runs, and of those that ended while they were watched."""
        jobs = (*self.running(), *self.ended.values())
        return tuple(JobFacts(job, self.counted.get(job.id)) for job in jobs)

    def with_lists(self, lists: Mapping[JobScope, JobList]) -> "KnownJobs":
        """Fresh lists; counts of jobs that none of them holds are forgotten."""
        kept = {job.id for found in lists.values() for job in found.jobs} | set(self.ended)
        counted = {job_id: count for job_id, count in self.counted.items() if job_id in kept}
        return replace(self, lists=dict(lists), counted=counted, trouble=None, is_offline=False, is_remembered=False)

    def with_job(self, job: ExportJob, counted: Counted | None) -> "KnownJobs":
        """A job that was read by itself; it may have ended meanwhile."""
        lists = {scope: _with_job(found, job) for scope, found in self.lists.items()}
        before = next((known for known in self.running() if known.id == job.id), None)
        ended = dict(self.ended)
        if job.is_finished and before and not before.is_finished:
            ended = dict([*ended.items(), (job.id, job)][-_MOST_ENDED:])
        known = dict(self.counted) | ({job.id: self._keeping_end(job.id, counted)} if counted else {})
        return replace(self, lists=lists, counted=known, ended=ended)

    def _keeping_end(self, job_id: JobId, counted: Counted) -> Counted:
        """Who opened the job did not ask the journal by whom it was ended; the list did."""
        before = self.counted.get(job_id)
        if counted.ended_from_here is not None or before is None:
            return counted
        return replace(counted, ended_from_here=before.ended_from_here)

    def with_count(self, job_id: JobId, counted: Counted) -> "KnownJobs":
        return replace(self, counted=dict(self.counted) | {job_id: counted})

    def with_ended(self, job: ExportJob) -> "KnownJobs":
        """One that was running when it was listed last."""
        return replace(self, ended=dict([*self.ended.items(), (job.id, job)][-_MOST_ENDED:]))

    def with_trouble(self, trouble: Trouble) -> "KnownJobs":
        return replace(self, trouble=trouble, is_offline=False)

    def offline(self) -> "KnownJobs":
        return replace(self, is_offline=True)

    def remembered(self, jobs: Iterable[ExportJob], read_at: datetime) -> "KnownJobs":
        """Jobs of an earlier run of the program, for as long as there is nothing better."""
        found = JobList(JobScope.ALL, in_order_of_need(jobs), read_at)
        return replace(self, lists={JobScope.ALL: found}, is_remembered=True)


def _with_job(found: JobList, job: ExportJob) -> JobList:
    jobs = tuple(job if listed.id == job.id else listed for listed in found.jobs)
    return JobList(found.scope, jobs, found.read_at)
