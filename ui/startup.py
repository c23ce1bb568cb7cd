"""The program's door: a command runs without a screen, anything else opens the window."""

import os
import sys
from collections.abc import Mapping

from app.cli.arguments import parsed
from app.sandbox import scenario_names


def main() -> int:
    if getattr(sys, "frozen", False):
        # A packaged program starts itself anew for work in a process of its own (`app/apart.py`).
        import multiprocessing

        multiprocessing.freeze_support()
    arguments = parsed(sys.argv[1:], scenario_names)
    if arguments.command or arguments.version:
        from app.cli.commands import run

        return run(arguments)
    if not has_display(os.environ):
        return _without_display(arguments.sandbox)
    from ui.program import run_window

    return run_window(arguments.sandbox)


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Where a window could be shown; a Qt platform that was named is taken at its word."""
    if platform in ("win32", "darwin") or environment.get("QT_QPA_PLATFORM"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _without_display(scenario: str | None) -> int:
    """The sandbox can be walked through without a window; real jobs are left to explicit commands."""
    if scenario is None:
        print("There is no display to open a window on. See `signoff --help` for the commands.", file=sys.stderr)
        return 2
    print("There is no display, so no window: this is the same main job on the command line.\n")
    from app.cli.tour import walk

    code = walk()
    from ui.gallery import TOUR, draw

    for picture in draw("build", TOUR):
        print(f"Picture of the window: {picture}")
    return code


if __name__ == "__main__":
    sys.exit(main())
