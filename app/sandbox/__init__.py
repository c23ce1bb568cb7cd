"""A simulated Pleo that speaks the Export API over real HTTP on loopback, with scenarios, faults and other actors.
May touch: its own sample data in resources/sandbox, sockets of 127.0.0.1, starlette and uvicorn.
Never touches: the rest of app, ui, any other host, the disk for writing; it restates Pleo's rules on purpose.
"""

from app.sandbox.scenarios import company_names, scenario_names

__all__ = ["company_names", "scenario_names"]
