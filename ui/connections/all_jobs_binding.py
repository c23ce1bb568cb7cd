"""Joins the search over all jobs with the companies that are open, and with the window that shows what was found."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from app.models.snapshot import Remembered
from app.settings.connections import ConnectionId
from ui.all_jobs.presenter import AllJobsPresenter, SearchedPlace
from ui.all_jobs.view_model import FoundItem
from ui.common.locale_format import LocaleFormat, users_locale
from ui.connections.job_on_screen import JobOnScreen, OpenConnection
from ui.items.columns import item_columns, search_columns
from ui.items.view_model import ItemRow, item_rows
from ui.jobs.view_model import JobKey
from ui.shell.main_window import MainWindow


class AllJobsBinding(QObject):
    def __init__(
        self, window: MainWindow, connections: Mapping[ConnectionId, OpenConnection], on_screen: JobOnScreen
    ) -> None:
        super().__init__(window)
        self._connections = connections
        self._on_screen = on_screen
        fmt = LocaleFormat()
        columns, decimal_sign = search_columns(item_columns(fmt)), users_locale().decimalPoint()
        self.search = AllJobsPresenter(window, self._places, _rows_of, columns, fmt, decimal_sign)
        self.search.item_chosen.connect(self._lead_to)
        window.actions_by_name.find_in_all_jobs.triggered.connect(self.search.open)

    def _places(self) -> Sequence[SearchedPlace]:
        return [
            SearchedPlace(connection_id, company.services.company_name, company.services.history)
            for connection_id, company in self._connections.items()
        ]

    def _lead_to(self, found: FoundItem) -> None:
        self._on_screen.show_item(JobKey(found.connection_id, found.job_id), found.entry_id)


def _rows_of(remembered: Remembered) -> list[ItemRow]:
    return item_rows(remembered.snapshot.items, remembered.accounting.entries)
