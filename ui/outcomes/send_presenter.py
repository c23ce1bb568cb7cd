"""Between the drafts that are to be sent, the dialog that shows them, and the service that sends."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.completion.release import Witness
from app.errors import JournalInDoubt, SignoffError
from app.messages import nsaid, said
from app.models.draft import Draft, Drafts
from app.models.export_item import ExportItem
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import CompanyId, EntryId, JobId
from app.outcomes.draft_service import DraftService, Sent
from app.outcomes.service import UpdateResult
from app.platform.logs import redaction
from app.watching.schedule import pauses_while_unknown
from ui.common.errors import LOOKED_ACTION
from ui.common.release_dialog import JOURNAL_CONFIRMED, JOURNAL_GOES_ON, JournalDoubtDialog, ReleaseDialog
from ui.common.tasks import Tasks, in_slices
from ui.common.text_format import TextFormat, job_name
from ui.outcomes.send_dialog import SendDialog
from ui.outcomes.view_model import changes_of, fates, send_rows, sent_words, sentence_of
from ui.widgets.message_bar import MessageKind


class SendPresenter(QObject):
    sent = Signal(object)  # JobId: its drafts, and what Pleo holds, may be others now
    ended_unseen = Signal(object)  # SentWords: of a sending whose dialog was left
    unknown_changed = Signal(object)  # JobId: what of it is not known yet is other than before
    trouble = Signal(object)  # SignoffError
    dialog_closed = Signal()

    def __init__(
        self,
        window: QWidget,
        service: DraftService,
        company_name: Callable[[CompanyId], str],
        fmt: TextFormat,
        ask_again_seconds: float,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._service = service
        self._company_name = company_name
        self._fmt = fmt
        self._ask_again_seconds = ask_again_seconds
        self._sending: JobId | None = None
        self._unknown: dict[JobId, UpdateResult] = {}
        self._tasks = Tasks(self)
        self._may_go_on = True
        self.dialog: SendDialog | None = None
        self._doubt: JournalInDoubt | None = None

    @property
    def is_sending(self) -> bool:
        """Whether outcomes are on their way, in the dialog or left to themselves."""
        return self._sending is not None

    def unknown_of(self, job_id: JobId) -> UpdateResult | None:
        """The outcomes of which nobody knows yet whether Pleo has them; None where there are none."""
        return self._unknown.get(job_id)

    def keep_asking(self, job_id: JobId, found: UpdateResult | None = None) -> None:
        """Until it is known what became of the outcomes that were sent for the job."""
        if found:
            self._unknown[job_id] = found
            self.unknown_changed.emit(job_id)
        self._tasks.replace(("ask", job_id), self._keep_asking(job_id))

    def ask_to_release(self, job_id: JobId) -> None:
        found = self._unknown.get(job_id)
        if found is None:
            return
        what = nsaid("{n:,} outcome of this job", "{n:,} outcomes of this job", len(found.unknown))
        dialog = ReleaseDialog(what, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.witnessed.connect(
            lambda by, saw: self._tasks.replace("release", self._release(job_id, Witness(by, saw)))
        )
        dialog.open()

    def preview(self, seen: JobSnapshot, entries: Mapping[EntryId, ExportItem], drafts: Drafts) -> None:
        """Shows what would be sent of a job as it is on screen; nothing where there is nothing to send."""
        if self.dialog is None and self._sending is None and drafts and not seen.job.is_finished:
            self._tasks.replace("preview", self._open(seen, entries, drafts))

    def stop(self) -> None:
        """After the request that is on its way; what is left stays drafted."""
        self._may_go_on = False

    async def finish_sending(self) -> None:
        """Until the request that is on its way is answered; what is left stays drafted."""
        self.stop()
        await self._tasks.ended("send")

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
        dialog.left.connect(self.stop)
        dialog.witness_requested.connect(lambda: self._ask_witness(dialog, seen.job.id))
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
        """The dialog may be left meanwhile: then the window says what came of it."""

        def show_progress(done: int, total: int) -> None:
            if self.dialog is dialog:
                dialog.show_progress(done, total)

        job_id = self._sending = seen.job.id
        try:
            sent = await self._service.send(seen, drafts, show_progress, lambda: self._may_go_on)
        except SignoffError as problem:
            self._show_not_sent(dialog, problem)
            return
        except Exception:
            # A mistake of the program's own: the dialog must not stay locked over it.
            if self.dialog is dialog:
                advice = said("Close this and read the job again (F5) before anything else.")
                dialog.show_not_sent(said("Signoff stopped by a mistake of its own"), advice, "")
            raise
        finally:
            self._sending = None
        if self.dialog is dialog:
            self._show_end(dialog, sent)
        else:
            self.ended_unseen.emit(sent_words(sent))
        if sent.result.unknown:
            self.keep_asking(job_id, sent.result)
        self.sent.emit(job_id)

    def _show_not_sent(self, dialog: SendDialog, problem: SignoffError) -> None:
        if self.dialog is dialog:
            self._doubt = problem if isinstance(problem, JournalInDoubt) else None
            actions = (LOOKED_ACTION,) if self._doubt else ()
            details = redaction.masked(problem.details)
            dialog.show_not_sent(said("Nothing was sent"), sentence_of(problem), details, actions=actions)
        else:
            self.trouble.emit(problem)

    def _ask_witness(self, dialog: SendDialog, job_id: JobId) -> None:
        doubt = self._doubt
        if doubt is None:
            return
        asked = JournalDoubtDialog(f"{doubt.title}.", dialog)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.witnessed.connect(
            lambda by, saw: self._tasks.replace("confirm", self._confirm(dialog, job_id, doubt, Witness(by, saw)))
        )
        asked.open()

    async def _confirm(self, dialog: SendDialog, job_id: JobId, doubt: JournalInDoubt, witness: Witness) -> None:
        try:
            await self._service.confirm_journal(job_id, doubt.code, witness)
        except SignoffError as problem:
            self._show_not_sent(dialog, problem)
            return
        if self.dialog is dialog:
            dialog.show_not_sent(JOURNAL_CONFIRMED, JOURNAL_GOES_ON, "", kind=MessageKind.INFO)

    async def _keep_asking(self, job_id: JobId) -> None:
        for pause in pauses_while_unknown(self._ask_again_seconds):
            await asyncio.sleep(pause)
            try:
                settled = await self._service.settle_sent(job_id)
            except SignoffError:
                continue  # another process is at it, or the journal cannot be read: asked again
            if not settled.result.unknown:
                break
            self._unknown[job_id] = settled.result
            self.unknown_changed.emit(job_id)
        self._is_known(job_id)

    async def _release(self, job_id: JobId, witness: Witness) -> None:
        try:
            await self._service.release(job_id, witness)
        except SignoffError as problem:
            self.trouble.emit(problem)
            return
        self._tasks.cancel(("ask", job_id))
        self._is_known(job_id)

    def _is_known(self, job_id: JobId) -> None:
        self._unknown.pop(job_id, None)
        self.unknown_changed.emit(job_id)
        self.sent.emit(job_id)

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
