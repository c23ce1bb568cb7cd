"""The program put together over an empty folder, and a sandbox."""

import pytest
from fakes.running_sandbox import RunningSandbox

from app.completion.patience import Patience
from app.composition.compose import Composition, compose
from app.composition.services import Tuning
from app.pleo.connection import Timeouts
from app.pleo.retrying import ReadPatience
from app.settings.credentials import SessionCredentials

QUICK = Tuning(Timeouts(1, 1, 1), ReadPatience(attempts=1), Patience(reads=(0, 0)))


@pytest.fixture(scope="module")
def sandbox():
    with RunningSandbox("everyday") as running:
        yield running


@pytest.fixture
def composed(tmp_path):
    def made(**environment: str) -> Composition:
        names = {f"SIGNOFF_{name.upper()}": value for name, value in environment.items()}
        return compose(folder=tmp_path, credentials=SessionCredentials(), environment=names, tuning=QUICK)

    return made
