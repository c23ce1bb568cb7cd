"""Pleo's operations, one method each. Reads are patient; writes leave once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import ValidationError

from app.errors import PleoProblem, SignInNotKept
from app.messages import said
from app.models.compact_entry import EntryKeeper
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.export_job_event import ExportJobEvent
from app.models.page import PAGE_LIMIT, Envelope, ExportJobItemUpdate, Introspection, Page, Row
from app.models.vocabulary import CompanyId, EntryId, ItemStatus, JobId, JobStatus
from app.models.wire import reader_of
from app.platform.gc_tuning import many_arrive
from app.pleo.asked_for import NotAskedFor, must_name_company, must_name_job, must_name_rows
from app.pleo.connection import Channels
from app.pleo.exchange import exchange
from app.pleo.faults import about_something_else, not_accepted, problem_of_answer, problem_of_transport, unreadable
from app.pleo.limiter import RequestLimiter
from app.pleo.packing import Packing
from app.pleo.paging import Cursor
from app.pleo.retrying import ReadPatience, read_with_patience
from app.ports import ReadProgress

Value = TypeVar("Value")
Query = dict[str, Any]

# What makes a value of an answer's bytes. Raises ValueError, and its kind ValidationError.
Read = Callable[[bytes], Value]

_JOB = reader_of(Envelope[ExportJob])
_JOB_PAGE = reader_of(Page[ExportJob])
_ITEM_PAGE = reader_of(Page[ExportJobItem])
_EXPORT_ITEM_PAGE = reader_of(Page[ExportItem])
_INTROSPECTION = reader_of(Introspection)
_ITEM_UPDATE = reader_of(ExportJobItemUpdate)
_ITEMS_INCOMPLETE = said("The list of items is incomplete")
_ENTRIES_INCOMPLETE = said("The list of export items is incomplete")
# A sign-in that is renewed while it is asked about is asked about again.
_QUESTIONS = 3
# The company that every answer has to be of, None where it may be of several. Raises WrongCompany for a credential that
# speaks for somebody else.
Guard = Callable[[Introspection], CompanyId | None]


class PleoClient:
    """Every method raises PleoProblem, and nothing else.

    With a guard, nothing of a company is read or written before the credential has said whom it speaks for; a sign-in
    that was renewed says it again, before what it read is used and before it writes. An
    answer counts only if it names what was asked for: the job, the job of each item and, where the connection is of one
    company, by its `company` or by what the guard found, that company. Any other is AnswerUnreadable.
    """

    def __init__(
        self,
        channels: Channels,
        limiter: RequestLimiter,
        patience: ReadPatience | None = None,
        guard: Guard | None = None,
        *,
        company: CompanyId | None = None,
    ) -> None:
        self._company = company
        self._channels = channels
        self._limiter = limiter
        self._patience = patience or ReadPatience()
        self._guard = guard
        self._passing = asyncio.Lock()
        self._passed: int | None = None

    async def introspect(self) -> Introspection:
        return await self._patient("/v1/introspect", {}, _INTROSPECTION)

    async def pass_guard(self) -> None:
        """Raises WrongCompany, and PleoProblem where there was no answer; then it is asked again next time."""
        async with self._passing:
            for _ in range(_QUESTIONS):
                if self._guard is None or self._passed == self._renewals:
                    return
                asked_of = self._renewals
                self._company = self._guard(await self.introspect()) or self._company
                if (
                    asked_of == self._renewals
                ):  # else it was renewed meanwhile, and nobody knows for whom it was answered
                    self._passed = asked_of
                    if self._channels.signing:
                        self._channels.signing.vouch(asked_of)
                    return
            raise SignInNotKept(said("The sign-in is renewed at every request, so whom it speaks for cannot be asked"))

    @property
    def _renewals(self) -> int:
        return self._channels.signing.renewals if self._channels.signing else 0

    async def list_jobs(
        self, statuses: Sequence[JobStatus] = (), company_id: CompanyId | None = None
    ) -> tuple[ExportJob, ...]:
        query: Query = {"statuses": list(statuses)} if statuses else {}
        if company_id:
            query["company_id"] = company_id

        def read(content: bytes) -> Page[ExportJob]:
            page = _JOB_PAGE(content)
            must_name_company((job.company_id for job in page.data), company_id or self._company)
            return page

        return await self._read_list("/v3/export-jobs", query, read, said("The list of jobs is incomplete"))

    async def get_job(self, job_id: JobId) -> ExportJob:
        def read(content: bytes) -> ExportJob:
            job = _JOB(content).data
            must_name_job((job.id,), job_id)
            must_name_company((job.company_id,), self._company)
            return job

        return await self._read(_job(job_id), {}, read)

    async def list_items(self, job_id: JobId, on_progress: ReadProgress | None = None) -> tuple[ExportJobItem, ...]:
        return await self._read_list(_items(job_id), {}, _items_of(job_id), _ITEMS_INCOMPLETE, on_progress)

    async def count_items(self, job_id: JobId, status: ItemStatus) -> int | None:
        """How many items of the job have the status, by Pleo's own count; None where Pleo gives none."""
        query: Query = {"status": status, "limit": 1}
        page = await self._read(_items(job_id), query, _items_of(job_id))
        return page.pagination.total

    async def list_export_items(self, job_id: JobId, on_progress: ReadProgress | None = None) -> tuple[ExportItem, ...]:
        """The accounting data of a running job. Refused with MISSING_CONTRA_ACCOUNTS, and for a finished job."""
        keeper = EntryKeeper()
        packing = Packing(keeper)

        def read(content: bytes) -> Page[ExportItem]:
            page = self._of_company(keeper.read(content))
            packing.go_on()
            return page

        try:
            return await self._read_list("/v3/export-items", {"job_id": job_id}, read, _ENTRIES_INCOMPLETE, on_progress)
        finally:
            await packing.end()

    async def find_export_item(self, job_id: JobId, entry_id: EntryId) -> ExportItem | None:
        """Reads the same list no further than the entry, with fresh addresses of its files."""

        def read(content: bytes) -> Page[ExportItem]:
            return self._of_company(_EXPORT_ITEM_PAGE(content))

        async for page in self._pages("/v3/export-items", {"job_id": job_id}, read, _ENTRIES_INCOMPLETE):
            for entry in page.data:
                if entry.accounting_entry_id == entry_id:
                    return entry
        return None

    def _of_company(self, page: Page[ExportItem]) -> Page[ExportItem]:
        must_name_company((entry.company_id for entry in page.data), self._company)
        return page

    async def post_event(self, event: ExportJobEvent) -> None:
        """Sends the event once. A normal return means accepted, which is not yet done: read the job."""
        await self._write(self._channels.writes, "POST", "/v3/export-job-events", event.as_json())

    async def put_items(self, job_id: JobId, body: str) -> ExportJobItemUpdate:
        """Sends outcomes once: `body` is a JSON array of 1 to 100 of them. A good answer can still refuse some rows."""
        channel = self._channels.batches or self._channels.writes
        response = await self._write(channel, "PUT", _items(job_id), body)

        def read(content: bytes) -> ExportJobItemUpdate:
            update = _ITEM_UPDATE(content)
            must_name_rows(update, job_id, body)
            return update

        return _value_of(response, f"PUT {_items(job_id)}", read)

    async def _read_list(
        self, path: str, query: Query, read: Read[Page[Row]], incomplete: str, on_progress: ReadProgress | None = None
    ) -> tuple[Row, ...]:
        rows: list[Row] = []
        with many_arrive() as arrivals:
            async for page in self._pages(path, query, read, incomplete):
                rows.extend(page.data)
                arrivals.count = len(rows)
                if on_progress:
                    on_progress(len(rows), page.pagination.total)
        return tuple(rows)

    async def _pages(self, path: str, query: Query, read: Read[Page[Row]], incomplete: str) -> AsyncIterator[Page[Row]]:
        cursor = Cursor(incomplete)
        while not cursor.is_done:
            asked = query | {"limit": PAGE_LIMIT} | ({"after": cursor.after} if cursor.after else {})
            page = await self._read(path, asked, read)
            cursor.advance(page.pagination)
            yield page

    async def _read(self, path: str, query: Query, read: Read[Value]) -> Value:
        await self.pass_guard()
        value = await self._patient(path, query, read)
        await self.pass_guard()
        return value

    async def _patient(self, path: str, query: Query, read: Read[Value]) -> Value:
        async def once() -> Value:
            response = await self._exchange(self._channels.reads, "GET", path, params=query)
            return _value_of(response, f"GET {path}", read)

        return await read_with_patience(once, self._patience)

    async def _write(self, channel: httpx.AsyncClient, method: str, path: str, body: str) -> httpx.Response:
        if self._channels.signing:
            await self._channels.signing.make_ready()
        await self.pass_guard()
        headers = {"Content-Type": "application/json;charset=UTF-8"}
        response = await self._exchange(channel, method, path, content=body.encode(), headers=headers)
        problem = not_accepted(response, f"{method} {path}")
        if problem:
            raise problem
        return response

    async def _exchange(self, client: httpx.AsyncClient, method: str, path: str, **parts: Any) -> httpx.Response:
        """One request and its good answer. Raises PleoProblem for every other end."""
        await self._limiter.wait_for_turn()
        request = f"{method} {path}"
        try:
            response = await exchange(client, self._channels.bounds, method, path, **parts)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            problem: PleoProblem | None = problem_of_transport(error, request, self._channels.proxy)
        else:
            problem = problem_of_answer(response, request)
        # Raised here to leave httpx's error out of the chain: it holds the request, which holds the credential.
        if problem:
            raise problem
        return response


def _value_of(response: httpx.Response, request: str, read: Read[Value]) -> Value:
    try:
        return read(response.content)
    except ValidationError as error:
        why = _first_fault(error)
    except NotAskedFor as error:
        raise about_something_else(response, request, str(error)) from None
    except ValueError:
        why = said("it is not complete JSON")
    raise unreadable(response, request, why)


def _first_fault(error: ValidationError) -> str:
    """Where the answer differs from what Pleo describes, as `data.3.status: field required`."""
    fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{place}: {fault['msg']}{more}" if place else f"{fault['msg']}{more}"


def _job(job_id: JobId) -> str:
    """The path of a job. The id is one segment of it, so that a strange id never becomes another path."""
    segment = quote(job_id, safe="", errors="replace").replace(".", "%2E")
    return f"/v3/export-jobs/{segment}"


def _items_of(job_id: JobId) -> Read[Page[ExportJobItem]]:
    def read(content: bytes) -> Page[ExportJobItem]:
        page = _ITEM_PAGE(content)
        must_name_job((item.export_job_id for item in page.data), job_id)
        return page

    return read


def _items(job_id: JobId) -> str:
    return f"{_job(job_id)}/items"
