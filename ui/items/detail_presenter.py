"""The chosen item whole, and the ways out of it: to Pleo, to the books, to its receipts."""

from datetime import datetime

from PySide6.QtCore import QObject, QUrl

from app.errors import PleoProblem, SignoffError
from app.jobs.receipts import must_be_fetched_again, why_not_again
from app.jobs.service import JobsService
from app.messages import shown, tr
from app.models.vocabulary import JobId
from app.platform.clock import Clock
from app.texts.screen import isolated
from ui.common.errors import show_problem
from ui.common.opening import open_in_browser
from ui.common.tasks import Tasks
from ui.common.text_format import TextFormat
from ui.items.detail import RECEIPT, detail_facts, link_target, links_of
from ui.items.page import ItemsPage
from ui.items.view_model import ItemRow
from ui.widgets.message_bar import MessageKind


class DetailPresenter(QObject):
    """`read_at` is when the addresses of the receipts were read; None where nobody has read them."""

    def __init__(self, page: ItemsPage, service: JobsService, clock: Clock, fmt: TextFormat, tasks: Tasks) -> None:
        super().__init__(page)
        self._page = page
        self._service = service
        self._clock = clock
        self._fmt = fmt
        self._tasks = tasks
        self.job_id: JobId | None = None
        self.read_at: datetime | None = None
        page.item_chosen.connect(self._show)
        page.link_requested.connect(self._open_link)

    def show_again(self) -> None:
        """After the rows have changed."""
        self._show(self._page.table.current_id())

    def _show(self, key: object) -> None:
        row = self._page.model.record(key) if key is not None else None
        if row is None:
            self._page.show_detail(tr("No item chosen"), ())
            return
        self._page.show_detail(_headline(row, self._fmt), detail_facts(row, self._fmt), links_of(row))

    def _open_link(self, key: str) -> None:
        row = self._page.model.record(self._page.table.current_id())
        if row is None:
            return
        if key.startswith(RECEIPT) and self.read_at and must_be_fetched_again(self.read_at, self._clock.now()):
            self._tasks.replace("receipt", self._open_fresh_receipt(row, int(key.removeprefix(RECEIPT))))
        else:
            self._open_address(link_target(row, key))

    async def _open_fresh_receipt(self, row: ItemRow, place: int) -> None:
        """A receipt's address lives for 24 hours from the fetch."""
        assert self.job_id is not None
        self._page.busy.start(tr("Fetching the receipt again …"))
        try:
            address = await self._service.fetch_receipt_url(self.job_id, row.item.accounting_entry_id, place)
        except PleoProblem as problem:
            show_problem(self._page.messages, problem, why_not_again(problem))
        except SignoffError as problem:
            show_problem(self._page.messages, problem, tr("The receipt cannot be opened any more"))
        else:
            self._open_address(address)
        finally:
            self._page.busy.stop()

    def _open_address(self, target: str | None) -> None:
        url = QUrl(target or "", QUrl.ParsingMode.StrictMode)
        if not url.isValid() or url.scheme() not in ("http", "https"):
            self._page.messages.show_message(
                MessageKind.WARNING,
                tr("This link is not opened, because it is no web address."),
                target or "",
                advice=tr("Only http and https links are opened."),
            )
            return
        open_in_browser(url, self._page.messages)


def _headline(row: ItemRow, fmt: TextFormat) -> str:
    parts = (isolated(row.supplier), fmt.money(row.money) if row.entry else "", shown(row.status_sentence))
    return " · ".join(part for part in parts if part)
