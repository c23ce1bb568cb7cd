"""The control door of the simulation, outside Pleo's paths; it asks for no credentials, so serve on loopback only.

GET    /sandbox/received   what reached the sandbox (received.py)
POST   /sandbox/act        something another actor does (acts.py)
POST   /sandbox/faults     arms a fault (faults.py) or a list of them
DELETE /sandbox/faults     disarms all
"""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app.sandbox.acts import perform
from app.sandbox.faults import read_fault
from app.sandbox.world import World


def control_routes() -> list[Route]:
    return [
        Route("/sandbox/received", show_received),
        Route("/sandbox/act", act, methods=["POST"]),
        Route("/sandbox/faults", change_faults, methods=["POST", "DELETE"]),
    ]


async def show_received(request: Request) -> JSONResponse:
    return JSONResponse(_world(request).received())


async def act(request: Request) -> JSONResponse:
    try:
        return JSONResponse(perform(_world(request), json.loads(await request.body())))
    except ValueError as error:
        return _unfit(error)


async def change_faults(request: Request) -> JSONResponse:
    if request.method == "DELETE":
        _world(request).disarm()
        return JSONResponse({"armed": 0})
    try:
        wanted = json.loads(await request.body())
        faults = [read_fault(each) for each in (wanted if isinstance(wanted, list) else [wanted])]
    except ValueError as error:
        return _unfit(error)
    for fault in faults:
        _world(request).arm(fault)
    return JSONResponse({"armed": len(faults)})


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


def _unfit(error: Exception) -> JSONResponse:
    return JSONResponse({"message": str(error)}, 400)
