"""The program's door: a command runs without a screen, anything else opens the window."""

import sys


def main() -> int:
    from app.cli.arguments import parsed
    from app.cli.commands import run
    from app.sandbox import scenario_names

    arguments = parsed(sys.argv[1:], scenario_names())
    return run(arguments)
