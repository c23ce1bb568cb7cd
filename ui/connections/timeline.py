"""Between the timeline's dialog and the journal: read in a thread, also where Pleo cannot be reached."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from app.completion.timeline import of_item
from app.composition.job_timeline import JobTimeline, find_timeline, read_timeline
from app.errors import SignoffError
from app.messages import joined, said, tr
from app.models.vocabulary import EntryId
from ui.common.locale_format import LocaleFormat
from ui.common.tasks import Tasks
from ui.common.text_format import job_name
from ui.completion.timeline_dialog import TimelineDialog
from ui.completion.timeline_rows import TimelineRow, timeline_rows
from ui.connections.connection_manager import ConnectionManager
from ui.items.page import ItemsPage
from ui.items.view_model import ItemRow
from ui.jobs.view_model import JobKey
from ui.shell.main_window import MainWindow

Read = Callable[[], JobTimeline]


class TimelinePresenter(QObject):
    """Of the job that is chosen, whatever is or is not known of it from Pleo."""

    def __init__(self, window: MainWindow, manager: ConnectionManager, folder: Path, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._manager = manager
        self._folder = folder
        self._tasks = tasks
        self._fmt = LocaleFormat()
        self.dialog: TimelineDialog | None = None
        window.actions_by_name.timeline.triggered.connect(self.open)

    def open(self) -> None:
        key = self._manager.jobs.choice.chosen
        if self.dialog:
            self.dialog.raise_()
        elif key is None:
            self._window.refusals.say(joined("", (said("Choose a job first"), ".")))
        else:
            self._open(key)

    def _open(self, key: JobKey) -> None:
        item, item_name = self._chosen_item(key)
        dialog = TimelineDialog(self._name_of(key), item_name, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        services = self._manager.services_of(key.connection_id)
        read: Read = (
            partial(read_timeline, self._folder, key.job_id, is_sandbox=services.is_sandbox)
            if services
            else partial(find_timeline, self._folder, key.job_id)
        )

        def show(*, is_of_item: bool = False) -> None:
            wanted = item if is_of_item else None
            self._tasks.replace("timeline", self._show(dialog, read, wanted, self._items_of(key)))

        dialog.scope_chosen.connect(lambda is_of_item: show(is_of_item=is_of_item))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        show()
        dialog.open()

    async def _show(self, dialog: TimelineDialog, read: Read, item: EntryId | None, known: Sequence[ItemRow]) -> None:
        dialog.show_reading()
        try:
            found, rows = await asyncio.to_thread(self._rows, read, item, known)
        except SignoffError as problem:
            if self.dialog is dialog:
                dialog.show_problem(problem)
            return
        if self.dialog is dialog:
            dialog.show_rows(rows, is_played=found.is_played)

    def _rows(
        self, read: Read, item: EntryId | None, known: Sequence[ItemRow]
    ) -> tuple[JobTimeline, list[TimelineRow]]:
        """In a thread: a job may have many thousand items."""
        found = read()
        entries = of_item(found.entries, item) if item else found.entries
        names = {row.item.accounting_entry_id: row.supplier for row in known}
        return found, timeline_rows(entries, self._fmt.full_moment, names)

    def _name_of(self, key: JobKey) -> str:
        row = next((row for row in self._manager.jobs_page.model.rows() if row.key == key), None)
        if row:
            return job_name(row.company, row.job.created_at, self._fmt)
        return tr("Export job {id}", id=key.job_id)

    def _chosen_item(self, key: JobKey) -> tuple[EntryId | None, str]:
        """Its id and what the user knows it by; None where none is chosen."""
        page = self._page_of(key)
        row = page.model.record(page.table.current_id()) if page else None
        if row is None:
            return None, ""
        entry_id = row.item.accounting_entry_id
        return entry_id, row.supplier or entry_id

    def _items_of(self, key: JobKey) -> Sequence[ItemRow]:
        page = self._page_of(key)
        return page.model.rows() if page else ()

    def _page_of(self, key: JobKey) -> ItemsPage | None:
        """None where another job's items are on screen."""
        on_screen = self._manager.on_screen
        return on_screen.view.items_page if on_screen.view and on_screen.shows(key) else None

    def _forget(self) -> None:
        self.dialog = None
