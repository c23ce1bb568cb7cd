"""`python -m app.cli`: the commands alone, as the window starts its sandbox."""

import sys

from app.cli.arguments import parsed
from app.cli.run import run
from app.sandbox import scenario_names

if __name__ == "__main__":
    sys.exit(run(parsed(sys.argv[1:], scenario_names)))
