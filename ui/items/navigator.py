"""Leads to items: to the next that needs somebody, to those of a sentence, to the one that a notice is about."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt

from app.models.vocabulary import EntryId
from ui.items.navigation import has_failed, next_place
from ui.items.page import ItemsPage
from ui.items.view_model import ItemRow


class ItemNavigator:
    def __init__(self, page: ItemsPage) -> None:
        self._page = page
        self._is_shown = False
        self._wanted: tuple[EntryId | None, ...] = ()

    def go_to_next(self, is_wanted: Callable[[ItemRow], bool], *, backwards: bool = False) -> None:
        """Makes the next wanted row current; nothing where no row on screen is wanted."""
        table = self._page.table
        rows = self._page.model.shown_rows()
        place = next_place(rows, table.currentIndex().row(), is_wanted, backwards=backwards)
        if place is not None:
            table.select_ids([rows[place].key])
            table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def jump_to(self, entry_ids: Iterable[EntryId]) -> None:
        wanted = set(entry_ids)
        self._page.jump_to([row.key for row in self._page.model.rows() if row.item.accounting_entry_id in wanted])

    def jump_when_read(self, entry_id: EntryId | None) -> None:
        """To the item of the open job as soon as it is on screen; without one to the next that has failed."""
        self._wanted = (entry_id,)
        if self._is_shown:
            self._jump_to_wanted()

    def begin_job(self) -> None:
        """Another job is being read: what was wanted of the one before is forgotten."""
        self._is_shown = False
        self._wanted = ()

    def job_shown(self) -> None:
        self._is_shown = True
        self._jump_to_wanted()

    def _jump_to_wanted(self) -> None:
        for entry_id in self._wanted:
            if entry_id:
                self.jump_to([entry_id])
            else:
                self.go_to_next(has_failed)
        self._wanted = ()
