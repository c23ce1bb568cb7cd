"""Reading jobs for the list and one job whole."""

from dataclasses import replace

from app.completion.counting import is_counted_whole, pleos_totals
from app.completion.job_reading import JobReader
from app.completion.tally import Tally
from app.errors import PleoProblem, Refused, UsageProblem
from app.jobs.counted import Counted, counted_rows, counted_totals
from app.jobs.job_list import JobList, JobScope, in_order_of_need
from app.jobs.receipts import receipt_url
from app.messages import joined, said
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import CompanyId, EntryId, JobId
from app.platform.clock import Clock
from app.ports import ReadingPleo, ReadProgress

# Rows that are handled before the event loop has its turn.
_AT_ONCE = 5_000


class JobsService:
    def __init__(self, pleo: ReadingPleo, clock: Clock, reader: JobReader, company_id: CompanyId | None = None) -> None:
        self._reader = reader
        self._pleo = pleo
        self._clock = clock
        self._company_id = company_id
        self._finished: dict[JobId, Counted] = {}

    async def list_jobs(self, scope: JobScope) -> JobList:
        """Raises PleoProblem."""
        jobs = await self._pleo.list_jobs(scope.statuses, self._company_id)
        self._reader.saw(jobs)
        return JobList(scope, in_order_of_need(jobs), self._clock.now())

    async def count_items(self, job: ExportJob) -> Tally | None:
        """The job's items by outcome; None where Pleo gives no totals for a long list. Raises PleoProblem."""
        counted = await self.count(job)
        return counted.tally if counted else None

    async def count(self, job: ExportJob) -> Counted | None:
        """The same with what a list of jobs tells beside it. Raises PleoProblem."""
        if job.id in self._finished:
            return self._finished[job.id]
        counted: Counted | None
        if is_counted_whole(job):
            counted = counted_rows(job, await self._pleo.list_items(job.id), self._clock.now())
        else:
            totals = await pleos_totals(self._pleo, job)
            counted = counted_totals(job, totals) if totals else None
        if job.is_finished and counted:
            counted = self._finished[job.id] = replace(counted, ended_from_here=await self.ended_from_here(job))
        return counted

    async def ended_from_here(self, job: ExportJob) -> bool | None:
        """Whether an event of this machine's journal ended the job; None where no event did, or it cannot be told."""
        return await self._reader.ended_from_here(job)

    async def ended_by(self, job: ExportJob) -> str:
        """Who ended the job, as this machine's journal has it; "" where it does not know."""
        return await self._reader.ended_by(job)

    async def read_job(self, job_id: JobId) -> ExportJob:
        """The job without its items. Raises PleoProblem."""
        return await self._pleo.get_job(job_id)

    async def open_job(self, job_id: JobId, on_progress: ReadProgress | None = None) -> JobSnapshot:
        """The job and all its item rows. Raises PleoProblem, UsageProblem for a blank id."""
        if not job_id.strip():
            raise UsageProblem(said("No job was named"))
        return await self._reader.read(job_id, on_progress)

    async def read_accounting_data(self, job_id: JobId, on_progress: ReadProgress | None = None) -> AccountingData:
        """Never raises PleoProblem: the review goes on without amounts, and says why."""
        try:
            rows = await self._pleo.list_export_items(job_id, on_progress)
        except PleoProblem as problem:
            return AccountingData(problem=problem)
        entries: dict[EntryId, ExportItem] = {}
        for start in range(0, len(rows), _AT_ONCE):
            entries.update((row.accounting_entry_id, row) for row in rows[start : start + _AT_ONCE])
            await self._clock.sleep(0)
        return AccountingData(entries, read_at=self._clock.now())

    async def fetch_receipt_url(self, job_id: JobId, entry_id: EntryId, place: int) -> str:
        """A live address of the same file: the one at `place` of the entry's `files_of`.

        Raises PleoProblem, which `why_not_again` puts in a sentence, and ReceiptGone.
        """
        return receipt_url(await self._pleo.find_export_item(job_id, entry_id), place)


def why_without_accounting_data(problem: PleoProblem) -> str:
    """One sentence for the place above the table."""
    if isinstance(problem, Refused) and problem.has_type("MISSING_CONTRA_ACCOUNTS"):
        why = said("Amounts and suppliers are missing because contra accounts are not all mapped in Pleo.")
        words = problem.words.message
        return joined(" ", (why, said("Pleo says: {words}", words=words))) if words else why
    if isinstance(problem, Refused) and problem.has_type("EXPORT_JOB_STATUS_UNPROCESSABLE"):
        return said("Pleo gives no amounts and suppliers once a job has ended.")
    return said("Amounts and suppliers could not be read. {why}.", why=problem.title)
