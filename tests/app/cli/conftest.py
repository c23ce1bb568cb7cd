"""The command line in this process, against a running sandbox."""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from fakes.running_sandbox import RunningSandbox

import app.cli.run
from app.cli.arguments import parsed
from app.completion.service import Patience
from app.composition.compose import compose
from app.composition.services import Tuning
from app.pleo.connection import Timeouts
from app.pleo.retrying import ReadPatience
from app.sandbox import scenario_names

SECRET = "pk-9f3a77c1-hunter2"
QUICK = Tuning(Timeouts(1, 2, 2), ReadPatience(attempts=1), Patience(reads=(0, 0.01, 0.01), between_sends=0.01))


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """All of standard output is one JSON object."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@pytest.fixture(scope="module")
def running():
    with RunningSandbox("empty") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running, monkeypatch):
    running.world.disarm()
    monkeypatch.setenv("SIGNOFF_BASE_URL", running.url)
    monkeypatch.setenv("SIGNOFF_API_KEY", SECRET)
    monkeypatch.setattr(app.cli.run, "compose", partial(compose, tuning=QUICK))
    return running


@pytest.fixture
def signoff(capsys):
    def said(*words: str) -> Said:
        try:
            code = app.cli.run.run(parsed(words, scenario_names))
        except SystemExit as end:
            code = end.code
        captured = capsys.readouterr()
        assert SECRET not in captured.out + captured.err
        return Said(code, captured.out, captured.err)

    return said
