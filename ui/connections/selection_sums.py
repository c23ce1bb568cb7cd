"""How many rows are shown and selected, and the selection's money, in the status bar."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from app.messages import ntr, tr
from ui.common.tasks import Tasks, in_slices
from ui.common.text_format import TextFormat, sums_text
from ui.items.page import ItemsPage
from ui.items.view_model import ItemRow, sum_slices
from ui.widgets.plain_label import PlainLabel

# Adding up 100,000 rows is not for every key press: the selection has come to rest by then.
_SUMS_AFTER_MS = 60


class SelectionSums(QObject):
    """Says nothing while another connection is on screen."""

    def __init__(self, label: PlainLabel, page: ItemsPage, fmt: TextFormat) -> None:
        super().__init__(page)
        self._label = label
        self._page = page
        self._fmt = fmt
        self._tasks = Tasks(self)
        self._words = ""
        self._is_active = False
        self._is_job_open = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SUMS_AFTER_MS)
        self._rest.timeout.connect(self._show_sums)
        page.table.selection_news.connect(self.show)
        page.model.shown_changed.connect(self.show)
        page.filter_changed.connect(self.show)

    def show_job(self, *, is_open: bool) -> None:
        self._is_job_open = is_open
        self.show()

    def activate(self) -> None:
        self._is_active = True
        self.show()

    def park(self) -> None:
        self._is_active = False
        self._tasks.cancel("sums")

    async def aclose(self) -> None:
        self._rest.stop()
        await self._tasks.aclose()

    def show(self) -> None:
        self._tasks.cancel("sums")
        if not self._is_active:
            return
        if not self._is_job_open:
            self._label.setText("")
            return
        model, wanted = self._page.model, self._page.filter()
        chosen = self._page.table.selected_count()
        self._words = rows_words(
            model.rowCount(), model.total(), wanted.described() if wanted.is_active else "", chosen
        )
        self._label.setText(self._words)
        if chosen > 1:
            self._rest.start()

    def _show_sums(self) -> None:
        rows = self._page.table.selected_rows()
        if len(rows) > 1:
            self._tasks.replace("sums", self._add_up(rows))

    async def _add_up(self, rows: Sequence[ItemRow]) -> None:
        money = sums_text(await in_slices(sum_slices(rows)), self._fmt)
        if money and self._is_active:
            self._label.setText(f"{self._words}: {money}")


def rows_words(in_sight: int, total: int, only: str, chosen: int) -> str:
    """`only` is what the rows in sight have in common, "" where all are. One chosen row is not worth a word."""
    parts = [ntr("{in_sight:,} of {n:,} rows", "{in_sight:,} of {n:,} rows", total, in_sight=in_sight)]
    if only:
        parts.append(tr("only {these}", these=only))
    if chosen > 1:
        parts.append(ntr("{n:,} selected", "{n:,} selected", chosen))
    return " · ".join(parts)
