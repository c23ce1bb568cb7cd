"""Once a connection's services are closed, none of the program's SQLite files is open any more."""

from pathlib import Path

import pytest
from fakes.drafts import a_failure
from fakes.running_sandbox import RunningSandbox
from fakes.sign_ins import sign_in_to

from app.composition.compose import compose
from app.composition.sandbox_process import sandbox_sign_in
from app.composition.sign_in import SignIn
from app.models.vocabulary import JobId
from app.outcomes.drafts import MARK_FAILED
from app.settings.credentials import SessionCredentials


def logs_beside(folder: Path) -> set[str]:
    """SQLite keeps its log beside a file as long as somebody has it open."""
    return {path.name for path in folder.rglob("*-wal")}


async def used(sign_in: SignIn, job_id: JobId, folder: Path) -> set[str]:
    """Completes the job, drafts and remembers, then closes. Answers what was open meanwhile."""
    parts = compose(folder=folder, credentials=SessionCredentials(), environment={})
    services = await parts.services.open(sign_in)
    try:
        snapshot = await services.completion.read(job_id)
        await services.drafts.put(job_id, (a_failure(0),), MARK_FAILED)
        await services.history.remember(snapshot, None, {})
        await services.completion.submit(services.completion.preview(snapshot), lambda _step: None)
        return logs_beside(folder)
    finally:
        await services.close()


@pytest.mark.parametrize("sign_in", [sign_in_to, sandbox_sign_in])
async def test_closed_services_leave_no_file_open(tmp_path, sign_in):
    with RunningSandbox("all successful") as sandbox:
        opened = await used(sign_in(sandbox.url), JobId(sandbox.world.job_id), tmp_path)
    assert opened == {"journal.sqlite3-wal", "drafts.sqlite3-wal", "history.sqlite3-wal"}
    assert logs_beside(tmp_path) == set()
