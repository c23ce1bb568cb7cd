"""How this very program is started once more, for what runs in a process of its own."""

import sys
from pathlib import Path

_COMMANDS = Path(__file__).parents[1] / "cli" / "__main__.py"


def command_line(*words: str) -> list[str]:
    """What runs one of Signoff's commands from a checkout, an installed wheel or a frozen program.

    By path and with `-P`: the folder that happens to be current is never searched, whatever `app` lies there.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    return [sys.executable, "-P", str(_COMMANDS), *words]
