"""What the frame says of where the connection on screen leads. Pure."""

from dataclasses import dataclass

from app.messages import tr
from app.settings.connections import Environment
from app.texts.screen import isolated


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
            title = tr("Signoff · {name} · production", name=name)
            return PlaceWords(title, tr("Connected to {name} (production)", name=name))
        case Environment.SANDBOX:
            says_so = name.casefold() == environment.value
            title = f"Signoff · {name}" if says_so else tr("Signoff · {name} · sandbox", name=name)
            banner = tr("Sandbox: nothing here is real, and nothing is sent to Pleo")
            return PlaceWords(title, tr("Sandbox: nothing here is real"), banner)
        case Environment.STAGING:
            banner = tr("Pleo's staging, not production: what is sent here goes to {host}", host=host)
        case _:
            banner = tr("Not Pleo's own address: what is sent here goes to {host}", host=host)
    title, status = f"Signoff · {name} · {host}", tr("Connected to {name} ({host})", name=name, host=host)
    return PlaceWords(title, status, banner)
