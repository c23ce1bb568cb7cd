"""A key's own company is a bound on answers, also where no company id was entered: over a real socket."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from fakes.retouched import Retouched
from fakes.running_sandbox import RunningSandbox

from app.completion.attempt import Outcome, Standing
from app.completion.patience import Patience
from app.completion.preview import Preview
from app.composition.compose import compose
from app.composition.services import Tuning
from app.errors import AnswerUnreadable, WrongCompany
from app.models.vocabulary import JobId
from app.settings.credentials import SessionCredentials

ANOTHER = "00000000-0000-4000-8000-00000000beef"
TUNING = Tuning(completion=Patience(reads=(0, 0.01)))


@pytest.fixture(scope="module")
def running():
    with RunningSandbox("all successful") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    running.load("all successful")
    return running


def completed(sandbox: RunningSandbox, url: str, folder: Path, key: str = "a-key") -> Outcome:
    """With a key of the environment, which names no company."""

    async def run() -> Outcome:
        environment = {"SIGNOFF_BASE_URL": url, "SIGNOFF_API_KEY": key}
        parts = compose(folder=folder, credentials=SessionCredentials(), tuning=TUNING, environment=environment)
        services = await parts.services.open(parts.sign_ins.chosen())
        try:
            preview = services.completion.preview(await services.completion.read(JobId(sandbox.world.job_id)))
            assert isinstance(preview, Preview)
            outcome = await services.completion.submit(preview, lambda _step: None)
            assert isinstance(outcome, Outcome)
            return outcome
        finally:
            await services.close()
            parts.journal.close()

    return asyncio.run(run())


def of_another_company(path: str, said: Any) -> None:
    if path.startswith("/v3/export-jobs/") and not path.endswith("/items"):
        said["data"]["companyId"] = ANOTHER


def events(sandbox: RunningSandbox) -> int:
    return sandbox.received()["places"].get("final_event", 0)


def test_a_job_of_another_company_than_the_keys_own_is_not_completed(sandbox, tmp_path):
    is_refused = pytest.raises(AnswerUnreadable, match="something else than what was asked for")
    with Retouched(sandbox.url, of_another_company) as between, is_refused:
        completed(sandbox, between.url, tmp_path)
    assert events(sandbox) == 0


def test_a_key_of_an_organisation_completes_jobs_of_each_of_its_companies(sandbox, tmp_path):
    with Retouched(sandbox.url, of_another_company) as between:
        assert completed(sandbox, between.url, tmp_path, "organisation-key").standing is Standing.CONFIRMED


def test_a_job_of_the_keys_own_company_is_completed(sandbox, tmp_path):
    assert completed(sandbox, sandbox.url, tmp_path).standing is Standing.CONFIRMED


async def test_whom_a_key_spoke_for_first_holds_as_long_as_it_is_open(sandbox, tmp_path):
    environment = {"SIGNOFF_BASE_URL": sandbox.url, "SIGNOFF_API_KEY": "a-key"}
    parts = compose(folder=tmp_path, credentials=SessionCredentials(), tuning=TUNING, environment=environment)
    client, channels = await parts.access.open(parts.sign_ins.chosen())
    try:
        found = await client.introspect()
        assert client._guard(found) == found.subject_urn.removeprefix("urn:pleo:company:")
        with pytest.raises(WrongCompany):
            client._guard(type(found)(subject_urn=f"urn:pleo:company:{ANOTHER}"))
    finally:
        await channels.close()
