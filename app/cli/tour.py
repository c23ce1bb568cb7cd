"""The main job on the sandbox, step by step in words: for machines without a display, and for the curious."""

import asyncio
import json
import tempfile
from pathlib import Path

from app.cli.arguments import parsed
from app.cli.commands import execute
from app.cli.exit_codes import DONE
from app.composition.compose import compose
from app.composition.sandbox_process import SandboxProcess, sandbox_sign_in
from app.composition.services import Services
from app.jobs.job_list import JobScope
from app.messages import tr
from app.models.export_job import ExportJob
from app.models.vocabulary import RUNNING_JOB
from app.settings.credentials import SessionCredentials


def walk() -> int:
    """Lists jobs, shows items, a gate that is closed, a preview, completes one job, prints what the sandbox received.

    The exit code is that of the completion.
    """
    sandbox = SandboxProcess()
    try:
        url = sandbox.start("everyday")
        print(tr("The built-in sandbox, a simulated Pleo, serves on {url}. Nothing here is real.", url=url))
        with tempfile.TemporaryDirectory() as folder:
            code = asyncio.run(_walk(url, Path(folder)))
        received = sandbox.received(url)
        heading = tr("What the sandbox received")
        print(f"\n# {heading}")
        print(json.dumps({name: received[name] for name in ("events", "final_events_applied")}, indent=2))
        return code
    finally:
        sandbox.stop()


async def _walk(url: str, folder: Path) -> int:
    parts = compose(folder=folder, credentials=SessionCredentials())
    services = await parts.services.open(sandbox_sign_in(url))
    try:
        await _say(services, "jobs")
        closed, ready = await _two_jobs(services)
        await _say(services, "show", ready.id)
        await _say(services, "preview", closed.id)
        await _say(services, "preview", ready.id)
        return await _say(services, "complete", ready.id, "--yes")
    finally:
        await services.close()


async def _two_jobs(services: Services) -> tuple[ExportJob, ExportJob]:
    """A job that still misses something, and one whose items are all final with some of them failed."""
    found = await services.jobs.list_jobs(JobScope.NEEDS_ATTENTION)
    closed = ready = found.jobs[0]
    for job in found.jobs:
        counts = await services.jobs.count_items(job)
        if counts is None or job.status != RUNNING_JOB[0]:
            continue
        if counts.open and counts.not_successful:
            closed = job
        if counts.final == counts.total and counts.successful and counts.not_successful:
            ready = job
    return closed, ready


async def _say(services: Services, *words: str) -> int:
    print(f"\n# signoff {' '.join(words)}", flush=True)
    code = await execute(services, parsed(words, tuple))
    if code != DONE:
        print(tr("(exit code {code})", code=code))
    return code
