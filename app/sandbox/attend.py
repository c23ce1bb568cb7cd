"""Attends to one call: credentials, armed faults, the operation, its effect, and the record of it."""

import contextlib
import json
from dataclasses import replace
from datetime import datetime

from app.sandbox.acts import perform
from app.sandbox.credentials import Caller, bearer_of, caller_of
from app.sandbox.faults import Fault
from app.sandbox.grants import ACCESS_BEGINS, REFRESH_BEGINS
from app.sandbox.operations import OPERATIONS, Attended, Call, EventWish, UpdateWish
from app.sandbox.received import ReceivedEvent, ReceivedUpdate
from app.sandbox.reply import Refusal, Reply
from app.sandbox.world import World

JSON = "application/json;charset=UTF-8"


def attend(world: World, call: Call) -> tuple[Reply, float]:
    """The answer, and the seconds for which it is to be held back. A body of type str is sent as it is."""
    with world.lock:
        world.record.places[call.place] += 1
        fault = world.faults.take(call.place, _job_id(call))
        if fault is not None and fault.first is not None:
            perform(world, fault.first)
        world.settle()
        attended = _attended(world, call)
        reply = attended.reply if fault is None else _disguised(attended.reply, fault)
        record = _recorded(world, call, reply.status)
        if attended.wish is not None and record is not None:
            _apply(world, attended.wish, record, fault)
        return reply, 0.0 if fault is None else fault.answer_after_seconds


def _attended(world: World, call: Call) -> Attended:
    try:
        return OPERATIONS[call.place](world, _caller(world, call), call)
    except Refusal as refusal:
        return Attended(refusal.reply)


def _caller(world: World, call: Call) -> Caller:
    token = bearer_of(call.authorization)
    if token.startswith((ACCESS_BEGINS, REFRESH_BEGINS)):
        return world.grants.caller_of(token, world.now())
    return caller_of(call.authorization)


def _disguised(reply: Reply, fault: Fault) -> Reply:
    if fault.status is None:
        return replace(reply, headers={**reply.headers, **fault.headers})
    has_type = any(name.lower() == "content-type" for name in fault.headers)
    headers = dict(fault.headers) if has_type or not fault.body else {"content-type": JSON, **fault.headers}
    return Reply(fault.status, fault.body or None, headers)


def _recorded(world: World, call: Call, status: int) -> ReceivedEvent | ReceivedUpdate | None:
    at, job_id = world.now(), _job_id(call)
    if call.place == "item_update":
        update = ReceivedUpdate(at, job_id, _json(call.raw), status)
        world.record.updates.append(update)
        return update
    if call.place in ("start", "final_event"):
        event = ReceivedEvent(at, job_id, _json(call.raw), status)
        world.record.events.append(event)
        return event
    return None


def _apply(
    world: World, wish: EventWish | UpdateWish, record: ReceivedEvent | ReceivedUpdate, fault: Fault | None
) -> None:
    def take_effect(at: datetime) -> None:
        # Someone else may have ended the job before a late effect came due: then it stays unapplied.
        with contextlib.suppress(Refusal):
            record.take(wish.apply(at))

    if fault is None or fault.effect == "applied":
        take_effect(world.now())
    elif fault.effect == "later":
        world.later(fault.effect_after_seconds, take_effect)


def _job_id(call: Call) -> str | None:
    """The job that a call is about, for faults and the record; lower case like the ids of the world."""
    value: object = call.path_job_id
    if call.place in ("start", "final_event"):
        body = _json(call.raw)
        value = body.get("jobId") if isinstance(body, dict) else None
    elif call.place == "read_export_items":
        value = call.query.get("job_id", [None])[0]
    return value.lower() if isinstance(value, str) else None


def _json(raw: bytes) -> object:
    """What was sent, as JSON where it is JSON, otherwise as text."""
    try:
        value: object = json.loads(raw)
    except (ValueError, RecursionError):
        return raw.decode(errors="replace")
    return value
