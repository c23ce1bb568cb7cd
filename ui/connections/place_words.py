"""What the frame says of where the connection on screen leads. Pure."""

from dataclasses import dataclass

from app.screen_text import isolated
from app.settings.connections import Environment


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """`banner` is "" where there is none."""

    title: str
    status: str
    banner: str = ""


def place_words(name: str, environment: Environment, host: str) -> PlaceWords:
    """Whatever the connection is called, only Pleo's own address is production, and any but the sandbox's is named."""
    name = isolated(name)
    match environment:
        case Environment.PRODUCTION:
            return PlaceWords(f"Signoff · {name} · production", f"Connected to {name} (production)")
        case Environment.SANDBOX:
            named = "" if name.casefold() == environment.value else " · sandbox"
            banner = "Sandbox: nothing here is real, and nothing is sent to Pleo"
            return PlaceWords(f"Signoff · {name}{named}", "Sandbox: nothing here is real", banner)
        case Environment.STAGING:
            banner = f"Pleo's staging, not production: what is sent here goes to {host}"
        case _:
            banner = f"Not Pleo's own address: what is sent here goes to {host}"
    return PlaceWords(f"Signoff · {name} · {host}", f"Connected to {name} ({host})", banner)
