"""The sandbox beside the window."""

import pytest
from fakes.raw_server import closed_port

from app.composition.sandbox_process import SandboxProcess
from app.errors import UsageProblem


def test_the_sandbox_of_the_window_is_a_process_that_ends_with_it(monkeypatch):
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    process = SandboxProcess()
    try:
        url = process.start("empty")
        assert process.received(url)["requests"] == 0
        with pytest.raises(UsageProblem, match="everyday"):
            process.start("no such scenario")
        with pytest.raises(OSError, match="refused"):
            process.received(url)
    finally:
        process.stop()
