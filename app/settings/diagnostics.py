"""What support asks for, as one text without secrets."""

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter

from app.platform.logs import LogLine, redaction
from app.settings.connections import Connection
from app.settings.json_file import as_json
from app.settings.preferences import Preferences, preferences_as_json

LIBRARIES = ("PySide6-Essentials", "qasync", "httpx", "pydantic", "truststore", "keyring")
_CONNECTIONS = TypeAdapter(tuple[Connection, ...])
_LOG_LINES = 200


def diagnostics(
    folder: Path,
    connections: Sequence[Connection],
    preferences: Preferences,
    log: Sequence[LogLine],
    screen: Mapping[str, str],
) -> str:
    """`screen` is what the window knows of itself, by name."""
    facts = {
        "Signoff": version("signoff"),
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "System": f"{platform.platform()} ({platform.machine()})",
        **screen,
        **{name: _version(name) for name in LIBRARIES},
        "Data folder": str(folder),
    }
    parts = (
        "\n".join(f"{name}: {value}" for name, value in facts.items()),
        f"Settings:\n{preferences_as_json(preferences)}",
        f"Connections, without their keys:\n{_connections(connections)}",
        "\n".join(("The log's last lines:", *(line.text for line in log[-_LOG_LINES:]))),
    )
    return redaction.masked("\n\n".join(parts) + "\n")


def _connections(connections: Sequence[Connection]) -> str:
    return as_json(_CONNECTIONS.dump_python(tuple(connections), mode="json"))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # a built program may leave the metadata of libraries out
        return "not known"
