"""Each turn of a measurement in a process of its own, so that none finds what another left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"} | os.environ


def said_by(file: str, *words: str) -> Any:
    """The JSON that the module prints when it is run with these arguments."""
    command = [sys.executable, file, *words]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=_OFFSCREEN)
    return json.loads(answer.stdout)
