"""Ten seconds of the soak that `make soak` does for half an hour."""

import os
import subprocess
import sys
from pathlib import Path


def test_the_window_comes_back_to_rest_after_all_that_breaks_around_it_and_sends_nothing():
    script = Path(__file__).with_name("watch.py")
    command = [sys.executable, str(script), "--minutes", "0.17"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    soak = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=110, check=False)
    assert (soak.returncode, "FAULT" in soak.stdout) == (0, False), f"{soak.stdout}\n{soak.stderr[-2000:]}"
    assert "errors shown" in soak.stdout
