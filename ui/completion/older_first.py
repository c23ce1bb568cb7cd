"""An older job of the same company is still open: it should be completed first, and can be gone to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.messages import said, tr
from ui.completion.summary import OlderJob
from ui.widgets.message_bar import MessageBar, MessageKind

_GO = "go-to-older"


class OlderFirst(MessageBar):
    go_requested = Signal(object)  # JobId

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, is_line=True)
        self.setObjectName("previewOlder")
        self._older: OlderJob | None = None
        self.action_requested.connect(self._go)

    @property
    def is_open(self) -> bool:
        return self._older is not None

    def show_job(self, older: OlderJob | None) -> None:
        """None takes it away."""
        self._older = older
        if older is None:
            self.clear()
            return
        title, advice = older_words(older)
        actions = ((_GO, tr("Go to it")),)
        self.show_message(MessageKind.WARNING, title, advice=advice, actions=actions, closable=False)

    def _go(self) -> None:
        if self._older:
            self.go_requested.emit(self._older.job_id)


def older_words(older: OlderJob) -> tuple[str, str]:
    """What should be done first, and why."""
    if not older.when:
        return (
            said("Complete the older job first"),
            said("Another job of this company is open, and which of the two is older cannot be read."),
        )
    return (
        said("Complete the job of {moment} first", moment=older.when),
        said("It is of the same company, older, and still open. Pleo expects the older one to be completed first."),
    )
