"""Open items out as a list, for a colleague to fill in."""

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import SignoffError
from app.messages import joined, ntr, tr
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import CompanyId, EntryId
from app.posting_lists.amounts import DecimalSign
from app.posting_lists.round_trip import open_item_rows
from app.posting_lists.writer import ListWriter, appended, cannot_be_written, writer_for
from ui.common.errors import OPEN_FILE, SHOW_FOLDER, say_problem
from ui.common.opening import open_folder
from ui.common.tasks import Tasks, in_slices
from ui.tables.clipboard import users_figures
from ui.widgets.message_bar import MessageBar, MessageKind

# What a system's file names cannot hold, and what a name is cut to.
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_COMPANY = 60


class OpenItemsPresenter(QObject):
    """Says in `messages` what it wrote, or why it could not."""

    def __init__(
        self, window: QWidget, messages: MessageBar, company_name: Callable[[CompanyId], str] = lambda _id: ""
    ) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._company_name = company_name
        self._written: Path | None = None
        messages.action_requested.connect(self._open)
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
        dialog.selectFile(f"{file_name(self._company_name(snapshot.job.company_id), snapshot.job.created_at)}.xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.write(Path(path), snapshot, accounting, outcomes))
        dialog.finished.connect(self._forget)
        dialog.open()

    def write(
        self, path: Path, snapshot: JobSnapshot, accounting: AccountingData, outcomes: Mapping[EntryId, ItemOutcome]
    ) -> None:
        self._tasks.replace(path, self._write(path, snapshot, accounting, outcomes))

    def _open(self, key: str) -> None:
        if self._written and key == OPEN_FILE:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))
        elif self._written and key == SHOW_FOLDER:
            try:
                open_folder(self._written.parent)
            except SignoffError as problem:
                say_problem(self._messages, problem)

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
            advice=tr("Saved in {folder}. Once it is filled in, drop it on this window.", folder=path.parent),
            actions=((OPEN_FILE, tr("Open")), (SHOW_FOLDER, tr("Show in folder"))),
        )
        self._written = path

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


def file_name(company: str, created_at: datetime | None) -> str:
    """Without its ending: company and day of the job, so that files of several jobs can be told apart. No folder, and
    no sign that a file system forbids, comes in with the company's name."""
    name = _NOT_IN_A_NAME.sub("-", company)[:_LONGEST_COMPANY].strip(" .-")
    day = f"{created_at.astimezone():%Y-%m-%d}" if created_at else ""
    return "-".join(part for part in (name, day, "open-items") if part)


def _filters() -> str:
    csv = tr("CSV for this machine's spreadsheet")
    workbook = tr("Workbook")
    return f"{workbook} (*.xlsx);;{csv} (*.csv)"
