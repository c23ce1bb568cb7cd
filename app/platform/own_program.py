"""How this very program is started once more, for what runs in a process of its own."""

import sys
from pathlib import Path

_COMMANDS = Path(__file__).parents[1] / "cli" / "__main__.py"


def is_frozen() -> bool:
    """Whether this is a packaged program, which brings its own Python."""
    return bool(getattr(sys, "frozen", False))


def command_line(*words: str) -> list[str]:
    """What runs one of Signoff's commands from a checkout, an installed wheel or a frozen program.

    By path and with `-P`: the folder that happens to be current is never searched, whatever `app` lies there.
    """
    if is_frozen():
        return [sys.executable, *words]
    return [sys.executable, "-P", str(_COMMANDS), *words]


def window_command_line(*words: str) -> list[str]:
    """The same through the door that can open windows."""
    if is_frozen():
        return [sys.executable, *words]
    return [sys.executable, "-P", "-m", "signoff", *words]
