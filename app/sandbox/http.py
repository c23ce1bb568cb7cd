"""The simulated Pleo as an ASGI application: HTTP in, calls to the rules, HTTP out."""

import asyncio
import contextlib
import json

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.attend import JSON, attend
from app.sandbox.control import control_routes
from app.sandbox.entries import receipt_of
from app.sandbox.oauth import oauth_routes
from app.sandbox.operations import Call
from app.sandbox.places import place_of
from app.sandbox.reply import Reply
from app.sandbox.world import World


def create_app(world: World) -> Starlette:
    """Pleo's paths, its sign-in (oauth.py), the receipts, and the control door (control.py) on one application.

    Setting the asyncio event `state.closing` lets held-back answers go at once.
    """
    app = Starlette(
        routes=[
            Route("/v3/export-jobs", pleo),
            Route("/v3/export-jobs/{job_id}", pleo),
            # One route for both methods: two on one path would answer a wrong Allow.
            Route("/v3/export-jobs/{job_id}/items", pleo, methods=["GET", "PUT"]),
            Route("/v3/export-job-events", pleo, methods=["POST"]),
            Route("/v3/export-items", pleo),
            Route("/v1/introspect", pleo),
            Route("/receipts/{name}", fetch_receipt),
            *oauth_routes(),
            *control_routes(),
        ],
        exception_handlers={HTTPException: no_such_door},
    )
    app.router.redirect_slashes = False
    app.state.world = world
    app.state.closing = asyncio.Event()
    return app


async def pleo(request: Request) -> Response:
    """Any of Pleo's operations."""
    raw = await request.body()
    method = "GET" if request.method == "HEAD" else request.method
    place = place_of(method, request.scope["path"], raw)
    if place is None:
        raise HTTPException(404)
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    call = Call(
        place=place,
        authorization=request.headers.get("authorization"),
        query=query,
        path_job_id=request.path_params.get("job_id"),
        raw=raw,
        base_url=str(request.base_url).rstrip("/"),
    )
    reply, held_back_seconds = attend(request.app.state.world, call)
    if held_back_seconds > 0:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(request.app.state.closing.wait(), held_back_seconds)
    return response_of(reply)


def response_of(reply: Reply) -> Response:
    """A body of type str goes out as it is; anything else as JSON."""
    if reply.body is None:
        return Response(status_code=reply.status, headers=dict(reply.headers))
    if isinstance(reply.body, str):
        return Response(reply.body, reply.status, dict(reply.headers))
    content = json.dumps(reply.body, ensure_ascii=False, separators=(",", ":"))
    return Response(content, reply.status, {"content-type": JSON, **reply.headers})


async def fetch_receipt(request: Request) -> Response:
    """A receipt, without credentials, as behind a signed address. Open for every job that still has the entry."""
    entry_id = request.path_params["name"].removesuffix(".pdf")
    world: World = request.app.state.world
    with world.lock:
        for job in world.jobs.values():
            if entry_id in job.index:
                return Response(receipt_of(job, job.items[job.index[entry_id]]), media_type="application/pdf")
    raise HTTPException(404)


async def no_such_door(_request: Request, problem: Exception) -> Response:
    """Unknown paths and methods, in the shape of every other refusal."""
    status, headers = 500, {}
    if isinstance(problem, HTTPException):
        status, headers = problem.status_code, dict(problem.headers or {})
    words = {
        404: ("NOT_FOUND", "There is nothing at this address."),
        405: ("METHOD_NOT_ALLOWED", "Not with this method."),
    }
    error_type, message = words.get(status, ("ERROR", "The request cannot be served."))
    return response_of(Reply(status, {"type": error_type, "message": message}, headers))
