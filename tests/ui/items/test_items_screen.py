"""The items of a job between the service and the page: progress, trouble, old data, links."""

import asyncio
from collections.abc import Iterator

import pytest
from fakes.answers import export_item_json, pair_json
from fakes.builders import NINE, OTHER_JOB_ID, a_job, an_item, entry_id
from fakes.clocks import FakeClock
from fakes.history import FakeHistory
from fakes.qt_loop import at_rest, until
from fakes.readers import reader_over
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import QEvent, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QToolButton
from shiboken6 import delete

from app.errors import AnswerUnreadable, NotReachable, PleoProblem, Refused, ServerWords
from app.jobs.service import JobsService
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import AccountingData, JobSnapshot, Remembered
from app.ports import ReadProgress
from ui.items.columns import item_columns, search_columns
from ui.items.page import ItemsPage
from ui.items.presenter import ItemsPresenter
from ui.items.view_model import ItemRow
from ui.widgets.message_bar import MessageKind

AWAY = NotReachable("Pleo cannot be reached", details="GET /v3/export-jobs")


class FakePleo:
    """One job. `trouble` is what the next reads of the job meet, `refusal` what reads of accounting data meet."""

    def __init__(self, *links: str) -> None:
        self.job = a_job(items=len(links) or 1)
        self.links = links or ("https://books.example/1",)
        self.trouble: PleoProblem | None = None
        self.refusal: PleoProblem | None = None
        self.receipt = "https://files.example/1"
        self.statuses: dict[int, str] = {}
        self.accounting_may_come = asyncio.Event()
        self.accounting_may_come.set()

    async def get_job(self, job_id: str) -> ExportJob:
        if self.trouble:
            raise self.trouble
        return self.job

    async def list_items(self, job_id: str, on_progress: ReadProgress | None = None) -> tuple[ExportJobItem, ...]:
        return tuple(
            an_item(number, self.statuses.get(number, "successful"), external_id=f"JE-{number}", external_url=link)
            for number, link in enumerate(self.links)
        )

    async def list_export_items(self, job_id: str, on_progress: ReadProgress | None = None) -> tuple[ExportItem, ...]:
        await self.accounting_may_come.wait()
        if self.refusal:
            raise self.refusal
        files = [{"size": 48_213, "type": "application/pdf", "url": self.receipt}] if self.receipt else []
        rows = [export_item_json(number, files=files) for number in range(len(self.links))]
        return tuple(TypeAdapter(ExportItem).validate_python(row) for row in rows)

    async def find_export_item(self, job_id: str, entry_id: str) -> ExportItem | None:
        entries = await self.list_export_items(job_id)
        return next((entry for entry in entries if entry.accounting_entry_id == entry_id), None)

    async def list_jobs(self, *_: object) -> tuple[ExportJob, ...]:
        return (self.job,)

    async def count_items(self, *_: object) -> int | None:
        return None


class Browser(QObject):
    """Stands where the desktop would open a link."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(url.toString())


class Screen:
    def __init__(self, pleo: FakePleo) -> None:
        self.pleo = pleo
        self.page = ItemsPage(item_columns(ENGLISH))
        self.clock = FakeClock(NINE)
        self.history = FakeHistory()
        self.presenter = ItemsPresenter(
            self.page,
            JobsService(pleo, self.clock, reader_over(pleo, self.clock)),
            self.history,
            lambda company: "Acme",
            self.clock,
            ENGLISH,
        )
        self.page.show()

    async def opened(self) -> "Screen":
        self.presenter.open_job(self.pleo.job.id)
        await until(lambda: not self.presenter.is_reading)
        return self

    async def read_again(self) -> None:
        self.presenter.refresh()
        await until(lambda: not self.presenter.is_reading)

    async def close(self) -> None:
        await self.presenter.aclose()
        delete(self.page)


@pytest.fixture
def browser(qapp: QApplication) -> Iterator[Browser]:
    made = Browser()
    for scheme in ("http", "https", "file", "javascript"):
        QDesktopServices.setUrlHandler(scheme, made, "show")
    yield made
    for scheme in ("http", "https", "file", "javascript"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.mark.parametrize("link", ["https://books.example/vouchers/1", "http://books.example/1?a=b%20c"])
async def test_a_web_link_is_opened(browser: Browser, link: str) -> None:
    screen = await Screen(FakePleo(link)).opened()
    screen.page.link_requested.emit("books")
    assert browser.opened == [QUrl(link).toString()]
    await screen.close()


@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "books", "\\\\server\\share", "https:/ /x y"],
)
async def test_what_is_no_web_address_is_shown_and_not_opened(browser: Browser, link: str) -> None:
    screen = await Screen(FakePleo(link)).opened()
    screen.page.link_requested.emit("books")
    assert browser.opened == []
    assert screen.page.messages.title().startswith("This link is not opened")
    assert screen.page.messages.detail() == link
    await screen.close()


async def test_a_job_that_cannot_be_read_at_all_says_so_and_offers_to_read_again() -> None:
    pleo = FakePleo()
    pleo.trouble = AnswerUnreadable("A web page came back instead of Pleo's data", details="<html>")
    screen = await Screen(pleo).opened()
    assert screen.page.messages.kind() is MessageKind.ERROR
    assert "A web page came back" in screen.page.messages.title()
    pleo.trouble = None
    screen.page.messages.action_requested.emit("retry")
    await until(lambda: screen.presenter.is_at_rest)
    assert not screen.page.messages.isVisible()
    assert screen.page.model.total() == 1
    await screen.close()


async def test_rows_that_were_read_stay_marked_as_old_while_the_job_cannot_be_read() -> None:
    screen = await Screen(FakePleo()).opened()
    screen.pleo.trouble = AWAY
    await screen.read_again()
    assert screen.page.model.total() == 1
    assert screen.page.messages.kind() is MessageKind.WARNING
    assert screen.page.messages.title().startswith("Old: this is the job as read at")
    assert "old: read" in screen.page.subtitle.text()
    await screen.close()


class AgeWatcher(QObject):
    """Looks at each change of the message and of the age, and at each turn of the loop, whether they agree."""

    def __init__(self, screen: "Screen") -> None:
        super().__init__()
        self._screen = screen
        self.seen: list[tuple[bool, bool]] = []
        screen.presenter.age_changed.connect(self._look)
        screen.page.messages.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._look()
        return False

    def _look(self) -> None:
        bar = self._screen.page.messages
        says_old = not bar.isHidden() and bar.title().startswith("Old:")
        self.seen.append((self._screen.presenter.is_old, says_old))

    async def each_turn(self) -> None:
        while True:
            self._look()
            await asyncio.sleep(0)


async def test_what_is_shown_is_old_exactly_while_a_message_says_so() -> None:
    screen = Screen(FakePleo(*[f"https://books.example/{number}" for number in range(3_000)]))
    job = screen.pleo.job
    screen.history.snapshots[job.id] = Remembered(
        JobSnapshot(job, await screen.pleo.list_items(job.id), NINE), AccountingData(read_at=NINE)
    )
    watcher = AgeWatcher(screen)
    turns = asyncio.ensure_future(watcher.each_turn())
    screen.pleo.trouble = AWAY
    await screen.opened()
    assert screen.presenter.is_old
    screen.pleo.trouble = None
    await screen.read_again()
    assert not screen.presenter.is_old
    screen.pleo.trouble = AWAY
    await screen.read_again()
    fresh = JobSnapshot(job, await screen.pleo.list_items(job.id), NINE)
    screen.presenter.show_snapshot(fresh)
    await until(lambda: not screen.presenter.is_reading)
    assert not screen.presenter.is_old
    turns.cancel()
    assert set(watcher.seen) == {(False, False), (True, True)}
    await screen.close()


async def test_another_job_is_not_old_because_the_one_before_was() -> None:
    screen = await Screen(FakePleo()).opened()
    screen.pleo.trouble = AWAY
    await screen.read_again()
    told: list[bool] = []
    screen.presenter.age_changed.connect(lambda: told.append(screen.presenter.is_old))
    screen.pleo.trouble = None
    screen.pleo.job = a_job(id=OTHER_JOB_ID)
    screen.presenter.open_job(OTHER_JOB_ID)
    assert told == [False]
    await screen.close()


async def test_amounts_stay_when_the_job_has_ended_and_pleo_gives_them_no_more() -> None:
    screen = await Screen(FakePleo()).opened()
    screen.pleo.job = a_job("completed")
    screen.pleo.refusal = Refused("No", ServerWords(422, "EXPORT_JOB_STATUS_UNPROCESSABLE"))
    await screen.read_again()
    assert screen.page.model.rows()[0].supplier == "GOOGLE*ADS8693645259"
    assert screen.page.accounting_notice.title().endswith("are shown as read before.")
    assert "read-only" in screen.page.subtitle.text()
    await screen.close()


async def test_amounts_that_cannot_be_read_leave_the_rows_and_say_why() -> None:
    pleo = FakePleo()
    pleo.refusal = Refused("No", ServerWords(400, "MISSING_CONTRA_ACCOUNTS", "Wallet <b>SEK</b> is not mapped"))
    screen = await Screen(pleo).opened()
    assert screen.page.model.total() == 1
    assert screen.page.accounting_notice.title() == (
        "Amounts and suppliers are missing because contra accounts are not all mapped in Pleo. "
        "Pleo says: Wallet <b>SEK</b> is not mapped"
    )
    await screen.close()


@pytest.mark.parametrize(
    ("trouble", "is_tried_again"),
    [(AWAY, True), (Refused("No", ServerWords(400, "MISSING_CONTRA_ACCOUNTS")), False)],
    ids=["passing", "lasting"],
)
async def test_watching_reads_amounts_again_after_a_trouble_that_passes(
    trouble: PleoProblem, is_tried_again: bool
) -> None:
    screen = await Screen(FakePleo()).opened()
    screen.pleo.refusal = trouble
    await screen.read_again()
    title = screen.page.accounting_notice.title()
    assert title.endswith("They are shown as read before.")
    assert "ended" not in title
    screen.pleo.refusal = None
    screen.presenter.watch()
    await until(lambda: not screen.presenter.is_reading)
    assert (screen.page.accounting_notice.title() == "") is is_tried_again
    await screen.close()


A_DAY = 24 * 60 * 60


async def test_a_receipt_of_today_is_opened_at_once(browser: Browser) -> None:
    screen = await Screen(FakePleo()).opened()
    screen.pleo.receipt = "https://files.example/newer"
    screen.clock.pass_seconds(A_DAY - 1)
    screen.page.link_requested.emit("receipt0")
    assert browser.opened == ["https://files.example/1"]
    await screen.close()


async def test_a_receipt_that_was_read_a_day_ago_is_fetched_again_and_then_opened(browser: Browser) -> None:
    screen = await Screen(FakePleo()).opened()
    screen.pleo.receipt = "https://files.example/newer"
    screen.clock.pass_seconds(A_DAY)
    screen.page.link_requested.emit("receipt0")
    await until(lambda: browser.opened)
    assert browser.opened == ["https://files.example/newer"]
    await screen.close()


@pytest.mark.parametrize(
    ("refusal", "receipt", "said"),
    [
        (
            Refused("No", ServerWords(422, "EXPORT_JOB_STATUS_UNPROCESSABLE")),
            "https://files.example/1",
            "Pleo gives new ones for running jobs only",
        ),
        (Refused("No", ServerWords(400, "MISSING_CONTRA_ACCOUNTS")), "https://files.example/1", "contra accounts"),
        (AWAY, "https://files.example/1", "could not be fetched again. Pleo cannot be reached"),
        (None, "", "it was removed or replaced in Pleo"),
    ],
)
async def test_a_receipt_that_cannot_be_had_any_more_says_why(
    browser: Browser, refusal: PleoProblem | None, receipt: str, said: str
) -> None:
    screen = await Screen(FakePleo()).opened()
    screen.pleo.refusal, screen.pleo.receipt = refusal, receipt
    screen.clock.pass_seconds(A_DAY)
    screen.page.link_requested.emit("receipt0")
    await at_rest(screen.presenter)
    messages = screen.page.messages
    assert said in f"{messages.title()} {messages.advice()} {messages.detail()}"
    assert browser.opened == []
    await screen.close()


@pytest.mark.parametrize(
    "typed",
    ["896.96", "896,96", "896", "amount:896.96", "sum:896,96 SEK", "supplier:google 896", "-failed sek"],
)
async def test_an_amount_is_found_however_it_is_typed(typed: str) -> None:
    screen = await Screen(FakePleo()).opened()
    await at_rest(screen.presenter)
    screen.page.search.setText(typed)
    assert screen.page.model.rowCount() == 1
    await screen.close()


async def test_a_search_finds_what_is_there_while_amounts_are_still_being_read() -> None:
    pleo = FakePleo("https://books.example/1", "https://books.example/2")
    pleo.accounting_may_come.clear()
    screen = Screen(pleo)
    screen.presenter.open_job(pleo.job.id)
    await until(lambda: screen.page.model.total() == 2)
    screen.page.search.setText("je-1")
    await until(lambda: screen.page.model.rowCount() == 1)
    screen.page.search.setText("896.96")
    await until(lambda: screen.page.model.rowCount() == 0)
    pleo.accounting_may_come.set()
    await until(lambda: screen.page.model.rowCount() == 2)
    await screen.close()


@pytest.mark.parametrize("act", ["refresh", "watch"])
async def test_reading_again_keeps_search_selection_and_current_row_and_marks_what_changed(act: str) -> None:
    screen = await Screen(FakePleo(*[f"https://books.example/{number}" for number in range(40)])).opened()
    await at_rest(screen.presenter)
    screen.page.search.setText("je-3")
    screen.page.table.select_ids([row.key for row in screen.page.model.shown_rows()[2:5]])
    chosen, current = screen.page.table.selected_ids(), screen.page.table.current_id()
    screen.pleo.statuses = {3: "failed", 20: "failed"}
    getattr(screen.presenter, act)()
    await until(lambda: not screen.presenter.is_reading)
    await at_rest(screen.presenter)
    assert (screen.page.table.selected_ids(), screen.page.table.current_id()) == (chosen, current)
    assert screen.page.model.changed_ids() == {(entry_id(3), 0), (entry_id(20), 0)}
    shown = [row.item.external_id for row in screen.page.model.shown_rows()]
    assert shown == ["JE-3", *(f"JE-{number}" for number in range(30, 40))]
    await screen.close()


async def test_the_job_that_is_read_again_while_another_is_opened_does_not_come_back() -> None:
    screen = await Screen(FakePleo()).opened()
    told: list[object] = []
    screen.presenter.snapshot_changed.connect(lambda snapshot: told.append(snapshot and snapshot.job.id))
    screen.presenter.refresh()
    screen.pleo.job = a_job(id=OTHER_JOB_ID)
    screen.presenter.open_job(OTHER_JOB_ID)
    await until(lambda: screen.presenter.is_at_rest)
    assert told[0] is None
    assert set(told[1:]) == {OTHER_JOB_ID}
    await screen.close()


async def test_a_read_that_stopped_a_submission_is_shown_with_its_amounts() -> None:
    pleo = FakePleo()
    pleo.accounting_may_come.clear()
    screen = Screen(pleo)
    screen.presenter.open_job(pleo.job.id)
    await until(lambda: screen.page.model.total() == 1)
    pleo.statuses = {0: "failed"}
    screen.presenter.show_snapshot(JobSnapshot(pleo.job, await pleo.list_items(pleo.job.id), NINE))
    pleo.accounting_may_come.set()
    await until(lambda: screen.presenter.is_at_rest)
    (row,) = screen.page.model.rows()
    assert (row.status_word, row.supplier) == ("Failed", "GOOGLE*ADS8693645259")
    await screen.close()


@pytest.mark.parametrize("typed", ["897", "supplier:896", "amount:google", "-sek", "896.96 eur"])
async def test_what_the_row_does_not_say_is_not_found(typed: str) -> None:
    screen = await Screen(FakePleo()).opened()
    await at_rest(screen.presenter)
    screen.page.search.setText(typed)
    assert screen.page.model.rowCount() == 0
    await screen.close()


def test_thousands_are_found_with_and_without_their_separator() -> None:
    column = {each.key: each for each in search_columns(item_columns(ENGLISH))}["amount"]
    changes = {"amount": pair_json(123_456_789, "SEK")}
    entry = TypeAdapter(ExportItem).validate_python(export_item_json(1, **changes))
    text = column.text(ItemRow((an_item(1).accounting_entry_id, 0), an_item(1), entry))
    assert all(typed in text for typed in ("1,234,567.89 SEK", "1234567.89", "1234567,89"))


async def test_the_search_box_shows_its_clear_button_only_while_it_holds_something() -> None:
    screen = await Screen(FakePleo()).opened()
    button = screen.page.search.findChild(QToolButton)
    screen.page.set_filter("sas", ())
    await until(button.isVisible)
    screen.page.clear_filter()
    await until(button.isHidden)
    await screen.close()


async def test_the_heading_has_the_room_of_what_was_said_while_reading() -> None:
    screen = await Screen(FakePleo()).opened()
    page = screen.page
    page.resize(720, 600)
    page.show()
    page.show_head("Beta Handel GmbH · 25 Nov, 07:24", "In progress · read 07:26:03", "38 min left")
    page.busy.start("Reading amounts and suppliers …")
    await until(page.busy.isVisible)
    page.busy.stop()
    await until(lambda: page.title.width() >= page.title.sizeHint().width())
    assert page.title.toolTip() == ""
    await screen.close()
