"""Which job of the list is chosen: by the user, by a notice, or at the start by what needs the accountant."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.settings.connections import ConnectionId
from ui.jobs.page import JobsPage
from ui.jobs.view_model import JobKey

# The most urgent job is chosen when every connection has answered, or when the slow ones have had their time.
_FIRST_CHOICE_MS = 2_000


class JobChoice(QObject):
    """`preferred` is what was on screen before; it is chosen first where it is still there."""

    job_chosen = Signal(object)  # JobKey

    def __init__(self, page: JobsPage) -> None:
        super().__init__(page)
        self._page = page
        self.chosen: JobKey | None = None
        self.preferred: JobKey | None = None
        self._patience = QTimer(self)
        self._patience.setInterval(_FIRST_CHOICE_MS)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._choose_first)
        page.job_chosen.connect(self._choose)

    def choose(self, key: JobKey) -> None:
        """As if it had been clicked; a job that the list does not hold is chosen all the same."""
        if self._page.model.index_of(key).isValid():
            self._page.choose(key)
        if self.chosen != key:
            self._choose(key)

    def await_answers(self) -> None:
        """A connection is read for the first time: the others' jobs are not chosen before it had its time."""
        if self.chosen is None:
            self._patience.start()

    def rows_shown(self, *, have_all_answered: bool) -> None:
        if have_all_answered or not self._patience.isActive():
            self._choose_first()

    def forget(self, connection_id: ConnectionId) -> None:
        if self.chosen and self.chosen.connection_id == connection_id:
            self.chosen = None

    def close(self) -> None:
        self._patience.stop()

    def _choose_first(self) -> None:
        """The program opens on what needs the accountant."""
        keys = [row.key for row in self._page.model.rows()]
        if keys and self.chosen is None:
            self.choose(self.preferred if self.preferred in keys else keys[0])

    def _choose(self, key: JobKey) -> None:
        self._patience.stop()
        self.chosen = key
        self.job_chosen.emit(key)
