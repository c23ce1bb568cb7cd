"""The commands alone: `python -m app.cli`, or this file by its path, as the window starts its sandbox."""

import sys
from pathlib import Path


def main() -> int:
    """The exit code of the command that the command line names."""
    if not __package__:  # started by its path, so nobody has said yet where `app` is
        sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from app.cli.arguments import parsed
    from app.cli.run import run
    from app.platform.standard_streams import keep_standard_streams
    from app.sandbox import scenario_names

    keep_standard_streams()
    return run(parsed(sys.argv[1:], scenario_names))


if __name__ == "__main__":
    sys.exit(main())
