"""The control door of the simulation, outside Pleo's paths; it asks for no credentials, so serve on loopback only.

GET    /sandbox/identity   that this is the sandbox and no Pleo
GET    /sandbox/received   what reached the sandbox (received.py)
POST   /sandbox/act        something another actor does (acts.py)
POST   /sandbox/faults     arms a fault (faults.py) or a list of them
DELETE /sandbox/faults     disarms all
"""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app.sandbox.acts import perform
from app.sandbox.faults import read_fault
from app.sandbox.reply import Refusal
from app.sandbox.shapes import read_json
from app.sandbox.world import World


def control_routes() -> list[Route]:
    return [
        Route("/sandbox/identity", show_identity),
        Route("/sandbox/received", show_received),
        Route("/sandbox/act", act, methods=["POST"]),
        Route("/sandbox/faults", change_faults, methods=["POST", "DELETE"]),
    ]


async def show_identity(request: Request) -> JSONResponse:
    """A world that stands in for Pleo keeps it to itself."""
    if not _world(request).names_itself:
        raise HTTPException(404)
    return JSONResponse({"server": "Signoff's sandbox"})


async def show_received(request: Request) -> JSONResponse:
    return JSONResponse(_world(request).received())


async def act(request: Request) -> JSONResponse:
    try:
        wanted: Any = read_json(await request.body())
        return JSONResponse(perform(_world(request), wanted))
    except (ValueError, Refusal) as error:
        return _unfit(error)


async def change_faults(request: Request) -> JSONResponse:
    if request.method == "DELETE":
        _world(request).disarm()
        return JSONResponse({"armed": 0})
    try:
        wanted = read_json(await request.body())
        faults = [read_fault(each) for each in (wanted if isinstance(wanted, list) else [wanted])]
    except (ValueError, Refusal) as error:
        return _unfit(error)
    for fault in faults:
        _world(request).arm(fault)
    return JSONResponse({"armed": len(faults)})


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


def _unfit(error: Exception) -> JSONResponse:
    return JSONResponse({"message": str(error)}, 400)
