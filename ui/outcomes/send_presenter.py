"""Between the drafts that are to be sent, the dialog that shows them, and the service that sends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import SignoffError
from app.models.draft import Draft, Drafts
from app.models.export_item import ExportItem
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import CompanyId, EntryId
from app.outcomes.draft_service import DraftService, Sent
from app.platform.logs import redaction
from ui.common.tasks import Tasks, in_slices
from ui.common.text_format import TextFormat, job_name
from ui.outcomes.send_dialog import SendDialog
from ui.outcomes.view_model import changes_of, fates, send_rows, sent_words


class SendPresenter(QObject):
    sent = Signal(object)  # JobId: its drafts, and what Pleo holds, may be others now
    dialog_closed = Signal()

    def __init__(
        self,
        window: QWidget,
        service: DraftService,
        company_name: Callable[[CompanyId], str],
        fmt: TextFormat,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._service = service
        self._company_name = company_name
        self._fmt = fmt
        self._tasks = Tasks(self)
        self._may_go_on = True
        self.dialog: SendDialog | None = None

    @property
    def is_sending(self) -> bool:
        return self.dialog is not None and self.dialog.is_sending

    def preview(self, seen: JobSnapshot, entries: Mapping[EntryId, ExportItem], drafts: Drafts) -> None:
        """Shows what would be sent of a job as it is on screen; nothing where there is nothing to send."""
        if self.dialog is None and drafts and not seen.job.is_finished:
            self._tasks.replace("preview", self._open(seen, entries, drafts))

    def stop(self) -> None:
        """After the request that is on its way; what is left stays drafted."""
        self._may_go_on = False

    async def finish_sending(self) -> None:
        """Until the request that is on its way is answered; what is left stays drafted."""
        self.stop()
        await self._tasks.finished()

    async def aclose(self) -> None:
        await self._tasks.aclose()

    async def _open(self, seen: JobSnapshot, entries: Mapping[EntryId, ExportItem], drafts: Drafts) -> None:
        rows = await in_slices(send_rows(seen.items, entries, drafts))
        changes = await in_slices(changes_of(rows))
        if self.dialog or not rows:
            return
        job = job_name(self._company_name(seen.job.company_id), seen.job.created_at, self._fmt)
        dialog = SendDialog(job, rows, changes, self._fmt, self._window)
        dialog.show_rows(await in_slices(dialog.model.preparation(rows, is_update=False)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.send_requested.connect(lambda chosen: self._start(dialog, seen, chosen))
        dialog.pause_requested.connect(self.stop)
        dialog.cancel_requested.connect(self.stop)
        dialog.finished.connect(self._forget_dialog)
        self.dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None
        self.dialog_closed.emit()

    def _start(self, dialog: SendDialog, seen: JobSnapshot, drafts: Sequence[Draft]) -> None:
        self._may_go_on = True
        self._tasks.replace("send", self._send(dialog, seen, drafts))

    async def _send(self, dialog: SendDialog, seen: JobSnapshot, drafts: Sequence[Draft]) -> None:
        try:
            sent = await self._service.send(seen, drafts, dialog.show_progress, lambda: self._may_go_on)
        except SignoffError as problem:
            advice = f"{problem.title.rstrip('.')}. {problem.advice}".strip()
            dialog.show_not_sent("Nothing was sent", advice, redaction.masked(problem.details))
            return
        except Exception:
            # A mistake of the program's own: the dialog must not stay locked over it.
            advice = "Close this and read the job again (F5) before anything else."
            dialog.show_not_sent("Signoff stopped by a mistake of its own", advice, "")
            raise
        self._show_end(dialog, sent)
        self.sent.emit(seen.job.id)

    def _show_end(self, dialog: SendDialog, sent: Sent) -> None:
        """What did not arrive comes first."""
        fate_of, arrived = fates(sent.result), frozenset(sent.result.arrived)
        refused = {error.accounting_entry_id for error in sent.result.refused}
        rows = [
            replace(row, fate=fate_of.get(row.key, row.fate), is_refused=row.is_refused or row.key in refused)
            for row in dialog.model.rows()
        ]
        rows.sort(key=lambda row: row.key in arrived)
        left = {outcome.accounting_entry_id for outcome in sent.result.not_sent}
        dialog.show_end(sent_words(sent), rows, [row for row in rows if row.key in left])
