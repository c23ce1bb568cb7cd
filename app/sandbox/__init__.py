"""A simulated Pleo that speaks the Export API over real HTTP on loopback, with scenarios, faults and other actors.
May touch: starlette, uvicorn; its own sample data in resources/sandbox, sockets of 127.0.0.1.
Never touches: the rest of app, ui, any other host, the disk for writing; it restates Pleo's rules on purpose.
"""


def company_names() -> dict[str, str]:
    """The simulated companies by their id."""
    from app.sandbox import scenarios

    return scenarios.company_names()


def scenario_names() -> tuple[str, ...]:
    """The window's default first. The sample data is read here, not at the import, which the first frame waits for."""
    from app.sandbox import scenarios

    return scenarios.scenario_names()
