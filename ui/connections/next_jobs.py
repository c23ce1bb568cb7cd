"""From one job to the next: by its own entries of the menu, and once the end of one is confirmed."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.messages import joined, said, tr
from ui.common.text_format import TextFormat
from ui.completion.confirmed import ConfirmedEvent, open_details
from ui.connections.job_on_screen import JobOnScreen
from ui.jobs.presenter import JobsPresenter
from ui.jobs.view_model import JobKey
from ui.shell.main_window import MainWindow
from ui.widgets.message_bar import MessageKind

_DETAILS = "result-details"
_NO_OTHER = said("No other job of the list needs anybody.")
_NONE_READY = said("No other job of the list is ready to be completed.")


class NextJobs(QObject):
    """What was confirmed is said in a line above the next job, and stays there until the next result."""

    def __init__(
        self,
        window: MainWindow,
        jobs: JobsPresenter,
        on_screen: JobOnScreen,
        has_ended: Callable[[JobKey], bool],
        fmt: TextFormat,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._on_screen = on_screen
        self._has_ended = has_ended
        self._fmt = fmt
        self._shown: ConfirmedEvent | None = None
        actions = window.actions_by_name
        actions.next_job.triggered.connect(lambda: self._go(is_ready=False))
        actions.next_ready_job.triggered.connect(lambda: self._go(is_ready=True))
        window.result.action_requested.connect(self._show_details)

    def take_confirmed(self, event: ConfirmedEvent) -> None:
        """A job that was ended makes room for the next; one that was started is what is worked on."""
        key = self._jobs.next_job(but_for=self._has_ended) if event.has_ended_job else None
        job, is_last = event.job(self._fmt), event.has_ended_job and key is None
        self._shown = event
        self._window.result.show_message(
            MessageKind.SUCCESS,
            event.title,
            advice=joined(". ", (job, _NO_OTHER)) if is_last else job,
            actions=((_DETAILS, tr("Details")),),
        )
        if key:
            self._on_screen.go_to(key)
        if key and self._on_screen.view:
            self._on_screen.view.completion.wait_for_reading()

    def _go(self, *, is_ready: bool) -> None:
        key = self._jobs.next_job(is_ready=is_ready, but_for=self._has_ended)
        if key:
            self._on_screen.go_to(key)
        else:
            self._window.refusals.say(_NONE_READY if is_ready else _NO_OTHER)

    def _show_details(self, key: str) -> None:
        if key == _DETAILS and self._shown:
            open_details(self._shown, self._fmt, self._window)
