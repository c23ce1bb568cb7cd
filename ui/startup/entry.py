"""The program's door: a command runs without a screen, anything else opens the window."""

import builtins
import gc
import os
import sys
from collections.abc import Mapping, Sequence

from app.platform.standard_streams import keep_standard_streams

_EVERYDAY = "everyday"


def main() -> int:
    if getattr(sys, "frozen", False):
        # A packaged program starts itself anew for work in a process of its own (`app/platform/worker_process.py`).
        import multiprocessing

        multiprocessing.freeze_support()
    keep_standard_streams()
    words = sys.argv[1:]
    return _open_window(scenario_of(words)) if is_only_a_window(words) else _obey(words)


def is_only_a_window(words: Sequence[str]) -> bool:
    """The usual ways to open the window, told without argparse: the first frame need not wait for it."""
    return tuple(words) in ((), ("--sandbox",))


def scenario_of(words: Sequence[str]) -> str | None:
    """The sandbox's, where only a window is asked for."""
    return _EVERYDAY if words else None


def _obey(words: Sequence[str]) -> int:
    from app.cli.arguments import parsed
    from app.sandbox import scenario_names

    arguments = parsed(words, scenario_names)
    if arguments.command == "first-frame":
        if not has_display(os.environ):
            print("there is no display to open a window on", file=sys.stderr)
            return 2
        from ui.startup.first_frame import draw_first_frame

        return draw_first_frame()
    if arguments.command or arguments.version:
        from app.cli.run import run

        return run(arguments)
    return _open_window(arguments.sandbox, arguments.language)


def _open_window(scenario: str | None, language: str | None = None) -> int:
    if not has_display(os.environ):
        return _without_display(scenario, language)
    # Nothing of the imports is garbage; the window's own collector takes over after the first frame.
    gc.disable()
    import_plainly()
    from ui.startup.program import run_window

    return run_window(scenario, language)


def import_plainly() -> None:
    """PySide reads the source of every module that is imported after it, in search of a switch (`__feature__`) that
    nobody here uses: a fifth of the time that importing the network stack takes."""
    import PySide6.QtCore  # noqa: F401 - which puts its own import in place

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Where a window could be shown; a Qt platform that was named is taken at its word."""
    if platform in ("win32", "darwin") or environment.get("QT_QPA_PLATFORM"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _without_display(scenario: str | None, language: str | None) -> int:
    """The sandbox can be walked through without a window; real jobs are left to explicit commands."""
    from app.cli.language import speak_to_the_terminal
    from app.messages import tr

    speak_to_the_terminal(language)
    if scenario is None:
        print(tr("There is no display to open a window on. See `signoff --help` for the commands."), file=sys.stderr)
        return 2
    print(tr("There is no display, so no window: this is the same main job on the command line."), end="\n\n")
    from app.cli.tour import walk

    code = walk()
    from ui.tools.gallery import TOUR, draw

    for picture in draw("build", TOUR):
        print(tr("Picture of the window: {picture}", picture=picture))
    return code


if __name__ == "__main__":
    sys.exit(main())
