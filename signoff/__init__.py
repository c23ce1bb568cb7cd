"""The one name under which Signoff is installed, and its door.
May touch: where Python looks for modules; behind the door, ui.startup.
Never touches: anything that the program does.
"""

import sys
from pathlib import Path

_HERE = Path(__file__).parent
# A wheel brings `app`, `ui` and `resources` inside this folder; in a checkout they stand beside it.
_PROGRAM = _HERE if (_HERE / "app").is_dir() else _HERE.parent


def main() -> int:
    """Opens the window, or runs the command that the command line names, and returns the exit code."""
    # First, since another package of the same machine may be called `app` too.
    sys.path.insert(0, str(_PROGRAM))
    from ui.startup.entry import main as run

    return run()
