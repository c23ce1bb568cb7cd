"""What other actors do to the world: the integration, a user in the web app, or time itself. An act is JSON material:

{"act": "event", "body": {…}}                          another client sends this event
{"act": "settle", "job_id", "item_ids"?, "status"?, "failureReason"?, "failureReasonType"?}
                                                       items get an outcome; default: all open ones, successful
{"act": "expire", "job_id"}                            the job expires now
{"act": "advance", "seconds"}                          the world's clock moves ahead
{"act": "declare", "job_id", "number_of_items"}        the job claims this many items, whatever it has
{"act": "refuse_item", "item_id", "message"}           updates of this entry are refused from now on
{"act": "sign_in", "answer"?, "expires_in"?, "redirect_uris"?}
                                                       how OAuth behaves from now on (grants.py): the user's answer is
                                                       ask, allow or deny; the life of tokens in seconds; what each
                                                       client id registered
{"act": "disconnect"}                                  the user takes every consent back
{"act": "load", "scenario", "pace_seconds"?, "size"?}  everything begins anew with a scenario
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from app.sandbox import rules
from app.sandbox.grants import CHOICES
from app.sandbox.job import stamp
from app.sandbox.received import ReceivedEvent
from app.sandbox.reply import Refusal
from app.sandbox.scenarios import DEFAULT_PACE_SECONDS, build_jobs
from app.sandbox.shapes import read_event
from app.sandbox.vocabulary import FINAL_EVENTS
from app.sandbox.world import World

Act = Mapping[str, object]
Result = dict[str, object]


def perform(world: World, act: Act) -> Result:
    """Does the act and says what came of it: `{"applied": true or false, …}`. ValueError for an act that is none."""
    name = act.get("act") if isinstance(act, dict) else act
    if not isinstance(name, str) or name not in _ACTS:
        raise ValueError(f"unknown act {name!r}, known are: {', '.join(_ACTS)}")
    with world.lock:
        world.settle()
        try:
            return {"applied": True} | _ACTS[name](world, act)
        except KeyError as error:
            raise ValueError(f"the act {name} needs {error}") from None
        except Refusal as refusal:
            return {"applied": False, "status": refusal.reply.status, "refusal": refusal.reply.body}


def _event(world: World, act: Act) -> Result:
    event = read_event(act["body"], strict=False)
    job = world.job(event.job_id)
    record = ReceivedEvent(world.now(), job.id, act["body"], 202, actor="other")
    record.early = event.event in FINAL_EVENTS and bool(job.open_items())
    rules.apply_event(job, event, world.now())
    record.applied = True
    world.record.events.append(record)
    return {"status": 202}


def _settle(world: World, act: Act) -> Result:
    job = world.job(str(act["job_id"]))
    rules.demand_running(job)
    status = str(act.get("status", "successful"))
    wanted = act.get("item_ids")
    ids = [str(each) for each in wanted] if isinstance(wanted, list) else None
    if ids is None:
        ids = [item.accounting_entry_id for item in job.open_items()]
    reason = str(act.get("failureReason", "Posting refused.")) if status == "failed" else None
    reason_type = str(act.get("failureReasonType", "validation_failure")) if status == "failed" else None
    changed = {
        job.index[entry]: replace(
            job.items[job.index[entry]],
            status=status,
            exported_at=stamp(world.now()) if status == "successful" else None,
            failure_reason=reason,
            failure_reason_type=reason_type,
        )
        for entry in ids
    }
    rules.put_items(job, changed, world.now())
    return {"item_ids": ids}


def _expire(world: World, act: Act) -> Result:
    job = world.job(str(act["job_id"]))
    rules.demand_running(job)
    rules.expire(job, world.now())
    return {}


def _advance(world: World, act: Act) -> Result:
    world.advance(_number(act["seconds"]))
    world.settle()
    return {"now": stamp(world.now())}


def _declare(world: World, act: Act) -> Result:
    world.job(str(act["job_id"])).declared_items = int(_number(act["number_of_items"]))
    return {}


def _refuse_item(world: World, act: Act) -> Result:
    world.refused_items[str(act["item_id"])] = str(act["message"])
    return {}


def _sign_in(world: World, act: Act) -> Result:
    grants = world.grants
    answer = act.get("answer", grants.answer)
    registered = act.get("redirect_uris", {})
    if answer not in CHOICES or not isinstance(registered, dict):
        raise ValueError(f"answer is one of {', '.join(CHOICES)}, and redirect_uris an object of lists by client id")
    grants.answer = answer
    grants.expires_in = int(_number(act.get("expires_in", grants.expires_in)))
    grants.redirect_uris |= {str(client): frozenset(map(str, addresses)) for client, addresses in registered.items()}
    return {}


def _disconnect(world: World, _act: Act) -> Result:
    world.grants.void_all()
    return {}


def _load(world: World, act: Act) -> Result:
    pace = _number(act.get("pace_seconds", DEFAULT_PACE_SECONDS))
    size = None if act.get("size") is None else int(_number(act["size"]))
    world.load(build_jobs(str(act["scenario"]), world.clock(), pace_seconds=pace, size=size))
    return {"job_ids": list(world.jobs)}


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is no number")


_ACTS: Final[Mapping[str, Callable[[World, Act], Result]]] = {
    "event": _event,
    "settle": _settle,
    "expire": _expire,
    "advance": _advance,
    "declare": _declare,
    "refuse_item": _refuse_item,
    "sign_in": _sign_in,
    "disconnect": _disconnect,
    "load": _load,
}
