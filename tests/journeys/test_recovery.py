"""What an earlier run left open is settled at the start, with a notice; and there is one window for each folder."""

import asyncio
import subprocess
import sys
from pathlib import Path

from fakes.desk import Desk, OpenDesk, final_events
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtTest import QSignalSpy

from app.completion.attempt_record import AttemptRecord
from app.completion.evidence import EVENT, basis_of
from app.completion.preview import Preview
from app.composition.services import Services
from app.models.vocabulary import JobId
from app.sandbox.faults import Fault
from app.settings.connections import ConnectionId
from app.storage.journal.store import FILE_NAME, verify
from ui.jobs.view_model import JobKey
from ui.startup.single_instance import SingleInstance
from ui.widgets.message_bar import MessageKind


async def leave_open(desk: Desk, job_id: str, *, arrives: bool) -> None:
    """The rows of a run that was killed after its event had left, and before any answer."""
    services = desk.controller.manager.on_screen.services
    assert isinstance(services, Services)
    snapshot = await services.completion.read(job_id)
    preview = services.completion.preview(snapshot)
    assert isinstance(preview, Preview)
    record = AttemptRecord(desk.controller.composition.journal)
    origin = {"who": "someone", "connection": services.connection.origin}
    what = {"what": EVENT, "job_id": job_id, "body": preview.event.as_json()}
    await record.intended(what | origin | basis_of(snapshot))
    await record.sent(basis_of(snapshot))
    if arrives:
        await services.pleo.post_event(preview.event)


def test_an_event_that_was_on_its_way_is_settled_at_the_next_start_with_a_notice(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await leave_open(desk, sandbox.world.job_id, arrives=True)
        async with open_desk(sandbox.url) as desk:
            notice = desk.window.messages
            await until(lambda: "has been settled" in notice.title())
            assert notice.kind() is MessageKind.SUCCESS
            assert "Confirmed: the job is completed with errors" in notice.advice()
        assert len(final_events(sandbox)) == 1

    run(journey())
    assert verify(tmp_path / "data" / FILE_NAME).first_break is None


def test_an_event_that_never_arrived_can_be_sent_again_after_the_next_start(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await leave_open(desk, sandbox.world.job_id, arrives=False)
        async with open_desk(sandbox.url) as desk:
            await until(lambda: "has been settled" in desk.window.messages.title())
            assert desk.window.messages.kind() is MessageKind.WARNING
            assert "Pleo does not have the event" in desk.window.messages.advice()
            await desk.read()
            await desk.open_preview()
            messages = await desk.send()
            assert messages.title() == "Confirmed: the job is completed with errors"
            await desk.close_dialog()
        assert len(final_events(sandbox)) == 1

    run(journey())


def test_what_is_still_unknown_after_the_start_is_asked_for_until_it_is_known(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            await leave_open(desk, sandbox.world.job_id, arrives=True)
        sandbox.arm(Fault("read_job", status=500, times=60))
        async with open_desk(sandbox.url) as desk:
            await until(lambda: "not known yet" in desk.window.messages.title())
            sandbox.world.disarm()
            key = JobKey(ConnectionId("acme"), JobId(sandbox.world.job_id))
            await until(lambda: desk.controller.manager.has_ended_here(key))
        assert len(final_events(sandbox)) == 1

    run(journey())


def test_a_second_window_on_the_same_folder_is_refused_and_raises_the_first(run: Run, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "data")
    assert first.acquire()
    first.answer_others()
    raised = QSignalSpy(first.raise_requested)

    async def journey() -> None:
        start = (
            "import sys; from PySide6.QtWidgets import QApplication; from pathlib import Path;"
            "from ui.startup.single_instance import SingleInstance; app = QApplication(sys.argv[:1]);"
            "single = SingleInstance(Path(sys.argv[1]));"
            "sys.exit(0 if single.acquire() else 3 if single.ask_the_first() else 4)"
        )
        command = [sys.executable, "-c", start, str(tmp_path / "data")]
        second = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=False, timeout=30)
        assert second.returncode == 3
        await until(lambda: raised.count() == 1)

    run(journey())
    first.release()
    again = SingleInstance(tmp_path / "data")
    assert again.acquire()
    again.release()


def test_the_lock_of_a_window_that_was_killed_is_taken_over(qapp: object, tmp_path: Path) -> None:
    start = (
        "import os, sys; from PySide6.QtWidgets import QApplication; from pathlib import Path;"
        "from ui.startup.single_instance import SingleInstance; app = QApplication(sys.argv[:1]);"
        "window = SingleInstance(Path(sys.argv[1])); assert window.acquire(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", start, str(tmp_path / "data")], check=False, timeout=30)
    window = SingleInstance(tmp_path / "data")
    assert window.acquire()
    window.release()
