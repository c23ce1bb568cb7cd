"""Open items out as a list, for a colleague to fill in."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.messages import joined, ntr, tr
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import EntryId
from app.posting_lists.amounts import DecimalSign
from app.posting_lists.round_trip import open_item_rows
from app.posting_lists.writer import ListWriter, appended, cannot_be_written, writer_for
from ui.common.tasks import Tasks, in_slices
from ui.tables.clipboard import users_figures
from ui.widgets.message_bar import MessageBar, MessageKind

_SHOWN_OF_AN_ID = 8


class OpenItemsPresenter(QObject):
    """Says in `messages` what it wrote, or why it could not."""

    def __init__(self, window: QWidget, messages: MessageBar) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._tasks = Tasks(self)
        self.dialog: QFileDialog | None = None

    def export(
        self, snapshot: JobSnapshot, accounting: AccountingData, outcomes: Mapping[EntryId, ItemOutcome]
    ) -> None:
        """Asks where to. `outcomes` are those that are drafted: they are filled in already."""
        dialog = self.dialog = QFileDialog(self._window, tr("Open items"), "", _filters())
        dialog.setObjectName("openItemsFile")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "*.csv" in chosen else "xlsx"))
        dialog.selectFile(f"open-items-{snapshot.job.id[:_SHOWN_OF_AN_ID]}.xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.write(Path(path), snapshot, accounting, outcomes))
        dialog.finished.connect(self._forget)
        dialog.open()

    def write(
        self, path: Path, snapshot: JobSnapshot, accounting: AccountingData, outcomes: Mapping[EntryId, ItemOutcome]
    ) -> None:
        self._tasks.replace(path, self._write(path, snapshot, accounting, outcomes))

    async def aclose(self) -> None:
        self._tasks.cancel_all()
        if self.dialog:
            self.dialog.reject()
        await self._tasks.finished()

    def _forget(self) -> None:
        self.dialog = None

    async def _write(
        self, path: Path, snapshot: JobSnapshot, accounting: AccountingData, outcomes: Mapping[EntryId, ItemOutcome]
    ) -> None:
        self._messages.show_message(MessageKind.INFO, tr("Writing {file} …", file=path.name), closable=False)
        decimal: DecimalSign = "," if users_figures().decimal_point == "," else "."
        try:
            writer = writer_for(path, decimal)
            count = await self._filled(writer, snapshot, accounting, outcomes)
        except OSError as error:
            problem = cannot_be_written(path, error)
            self._messages.show_message(MessageKind.ERROR, joined("", (problem.title, ".")), advice=problem.advice)
            return
        self._messages.show_message(
            MessageKind.SUCCESS,
            ntr("{n:,} open item written to {file}.", "{n:,} open items written to {file}.", count, file=path.name),
            advice=tr("Once it is filled in, drop it on this window. It lies in {folder}.", folder=path.parent),
        )

    async def _filled(
        self,
        writer: ListWriter,
        snapshot: JobSnapshot,
        accounting: AccountingData,
        outcomes: Mapping[EntryId, ItemOutcome],
    ) -> int:
        """How many items there are. A file that was not written whole does not stay."""
        try:
            count = await in_slices(appended(writer, open_item_rows(snapshot, accounting, outcomes)))
            await asyncio.to_thread(writer.close)
        except BaseException:
            writer.abandon()
            raise
        return count


def _filters() -> str:
    csv = tr("CSV for this machine's spreadsheet")
    workbook = tr("Workbook")
    return f"{workbook} (*.xlsx);;{csv} (*.csv)"
