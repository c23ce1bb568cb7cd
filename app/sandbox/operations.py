"""Pleo's operations, without HTTP: a call comes in, an answer goes out, and a write says how it would be applied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.sandbox import entries, rules
from app.sandbox.credentials import READ_ITEMS, READ_JOBS, WRITE_JOBS, Caller
from app.sandbox.job import Job
from app.sandbox.paging import Served, ServedPage, page_of, read_page_request, single
from app.sandbox.places import Place
from app.sandbox.received import Applied
from app.sandbox.reply import Reply, bad_request
from app.sandbox.scenarios import company_names
from app.sandbox.shapes import EventBody, ReportedItem, read_event, read_item_rows, read_json, read_uuid
from app.sandbox.vocabulary import FINAL_EVENTS, ITEM_STATUSES, JOB_STATUSES
from app.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A request, reduced to what the rules need. `path_job_id` is the id in the path, as it came."""

    place: Place
    authorization: str | None = None
    query: Mapping[str, list[str]] = field(default_factory=dict)
    path_job_id: str | None = None
    raw: bytes = b""
    base_url: str = "http://127.0.0.1"


@dataclass(frozen=True, slots=True)
class EventWish:
    """An accepted event, not yet applied. Its `apply`: Refusal 422 when the job has moved on since."""

    job: Job
    event: EventBody

    def apply(self, at: datetime) -> Applied:
        is_early = self.event.event in FINAL_EVENTS and bool(self.job.open_items())
        rules.apply_event(self.job, self.event, at)
        return Applied(is_early=is_early)


@dataclass(frozen=True, slots=True)
class UpdateWish:
    """An accepted item update, not yet applied. Its `apply`: Refusal 422 when the job has ended since."""

    job: Job
    rows: list[ReportedItem]
    refused: Mapping[str, str]

    def apply(self, at: datetime) -> Applied:
        changed, errors = rules.judge_rows(self.job, self.rows, self.refused)
        rules.put_items(self.job, changed, at)
        taken = [item.accounting_entry_id for item in changed.values()]
        return Applied(entry_ids=taken, errors=[error.body() for error in errors])


@dataclass(frozen=True, slots=True)
class Attended:
    """Pleo's answer, and the wish behind it when the call was a write that was accepted."""

    reply: Reply
    wish: EventWish | UpdateWish | None = None


def list_jobs(world: World, caller: Caller, call: Call) -> Attended:
    caller.demand(READ_JOBS)
    company = single(call.query, "company_id")
    if company is None and caller.is_organisation:
        raise bad_request("company_id is required with an organisation-level credential.")
    company = None if company is None else read_uuid(company, "company_id")
    statuses = set(call.query.get("statuses", ()))
    if world.strict and statuses - JOB_STATUSES:
        raise bad_request(f"statuses must be of {', '.join(sorted(JOB_STATUSES))}.")
    request = read_page_request(call.query)
    # Newest first, as the reference says, unless the caller asks for created_at the other way round.
    is_ascending = request.sorting_keys[:1] == ("created_at",) and (request.sorting_order or ("ASC",))[0][:3] == "ASC"
    rows = sorted(world.jobs.values(), key=lambda job: (job.created_at, job.id), reverse=not is_ascending)

    def keep(job: Job) -> bool:
        return company in (None, job.company_id) and (not statuses or job.status in statuses)

    return _listed(page_of(rows, request, keep), lambda job: job.body())


def read_job(world: World, caller: Caller, call: Call) -> Attended:
    caller.demand(READ_JOBS)
    return Attended(Reply(200, {"data": _job_in_path(world, call).body()}))


def read_items(world: World, caller: Caller, call: Call) -> Attended:
    caller.demand(READ_JOBS)
    job = _job_in_path(world, call)
    status = single(call.query, "status")
    if world.strict and status is not None and status not in ITEM_STATUSES:
        raise bad_request(f"status must be one of {', '.join(sorted(ITEM_STATUSES))}.")
    request = read_page_request(call.query)
    if job.unfolding is not None and job.unfolding.began_at is None:
        job.unfolding.began_at = world.now()
    keep = None if status is None else (lambda item: item.status == status)
    return _listed(page_of(job.items, request, keep), lambda item: item.body(job.id))


def update_items(world: World, caller: Caller, call: Call) -> Attended:
    caller.demand(WRITE_JOBS)
    job = _job_in_path(world, call)
    rows = read_item_rows(read_json(call.raw), strict=world.strict)
    changed, errors = rules.judge_rows(job, rows, world.refused_items)
    data = [item.body(job.id) for item in changed.values()]
    reply = Reply(200, {"data": data, "errors": [error.body() for error in errors]})
    return Attended(reply, UpdateWish(job, rows, world.refused_items))


def post_event(world: World, caller: Caller, call: Call) -> Attended:
    caller.demand(WRITE_JOBS)
    event = read_event(read_json(call.raw), strict=world.strict)
    job = world.job(event.job_id)
    rules.status_after(job, event)
    return Attended(Reply(202), EventWish(job, event))


def read_export_items(world: World, caller: Caller, call: Call) -> Attended:
    """Without job_id, which the reference does not require: the items of every running job that can be read."""
    caller.demand(READ_ITEMS)
    wanted = single(call.query, "job_id")
    request = read_page_request(call.query)
    if wanted is None:
        jobs = [job for job in world.jobs.values() if job.is_running and not job.lacks_contra_accounts]
        pairs = [(job, item) for job in jobs for item in job.items]
        return _listed(page_of(pairs, request), lambda pair: entries.entry_body(*pair, call.base_url))
    job = world.job(read_uuid(wanted, "job_id"))
    rules.demand_running(job)
    rules.demand_contra_accounts(job)
    return _listed(page_of(job.items, request), lambda item: entries.entry_body(job, item, call.base_url))


def introspect(world: World, caller: Caller, _call: Call) -> Attended:
    companies = {job.company_id for job in world.jobs.values()} or {next(iter(company_names()))}
    return Attended(Reply(200, caller.introspection(companies)))


OPERATIONS: Final[Mapping[Place, Callable[[World, Caller, Call], Attended]]] = {
    "list_jobs": list_jobs,
    "read_job": read_job,
    "read_items": read_items,
    "item_update": update_items,
    "start": post_event,
    "final_event": post_event,
    "read_export_items": read_export_items,
    "introspect": introspect,
}


def _job_in_path(world: World, call: Call) -> Job:
    return world.job(read_uuid(call.path_job_id, "jobId"))


def _listed(page: ServedPage[Served], body: Callable[[Served], Mapping[str, object]]) -> Attended:
    return Attended(Reply(200, {"data": [body(row) for row in page.rows], "pagination": page.pagination}))
