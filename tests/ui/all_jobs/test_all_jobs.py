"""The search over all companies and past jobs, against histories in memory."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest
from fakes.answers import export_item_json, pair_json
from fakes.builders import NINE, a_failed_item, a_job, an_item, entry_id
from fakes.history import FakeHistory
from fakes.qt_loop import Run, until
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.models.export_item import ExportItem
from app.models.snapshot import AccountingData, JobSnapshot, Remembered
from app.models.vocabulary import JobId
from app.settings.connections import ConnectionId
from ui.all_jobs.dialog import AllJobsDialog
from ui.all_jobs.presenter import MOST_FOUND, AllJobsPresenter, SearchedPlace
from ui.all_jobs.view_model import FoundItem
from ui.items.columns import item_columns, search_columns
from ui.items.view_model import ItemRow, item_rows


def history_of(job_id: str, hours: int, *rows: tuple[str, int], failed: bool = False) -> FakeHistory:
    """One job, `hours` before nine, whose items have a supplier and an amount in hundredths of SEK each."""
    made = FakeHistory()
    remember(made, job_id, hours, *rows, failed=failed)
    return made


def remember(history: FakeHistory, job_id: str, hours: int, *rows: tuple[str, int], failed: bool = False) -> None:
    job = a_job("completed", id=JobId(job_id), created_at=NINE - timedelta(hours=hours), items=len(rows))
    entries = {
        entry_id(number): TypeAdapter(ExportItem).validate_python(
            export_item_json(number, supplier={"name": name}, amount=pair_json(value, "SEK"))
        )
        for number, (name, value) in enumerate(rows)
    }
    items = tuple(
        a_failed_item(number, "No account") if failed else an_item(number, "successful") for number in range(len(rows))
    )
    snapshot = JobSnapshot(job, items, NINE)
    history.remembered.append(snapshot)
    history.snapshots[job.id] = Remembered(snapshot, AccountingData(entries, read_at=NINE))


class Screen:
    def __init__(self, **histories: FakeHistory) -> None:
        self.window = QWidget()
        self.window.show()
        self.threads: set[int] = set()
        self.chosen: list[FoundItem] = []
        places = [
            SearchedPlace(ConnectionId(name), lambda _id, name=name: f"{name} Ltd", history)
            for name, history in histories.items()
        ]
        columns = search_columns(item_columns(ENGLISH))
        self.presenter = AllJobsPresenter(self.window, lambda: places, self._rows, columns, ENGLISH, ".")
        self.presenter.item_chosen.connect(self.chosen.append)
        self.presenter.open()

    def _rows(self, remembered: Remembered) -> Sequence[ItemRow]:
        self.threads.add(threading.get_ident())
        return item_rows(remembered.snapshot.items, remembered.accounting.entries)

    async def close(self) -> None:
        await self.presenter.aclose()
        delete(self.window)

    @property
    def dialog(self) -> AllJobsDialog:
        assert self.presenter.dialog is not None
        return self.presenter.dialog

    async def ask(self, query: str) -> list[str]:
        """What was found, as company and supplier."""
        self.dialog.query.setText(query)
        await until(lambda: "searched." in self.dialog.words.text() or "are shown" in self.dialog.words.text())
        return [f"{found.company}: {found.row.supplier}" for found in self.dialog.model.shown_rows()]


@pytest.fixture
def screen(run: Run) -> Screen:
    acme = history_of("job-1", 48, ("SAS", 120_400), ("Hetzner", 5_900))
    remember(acme, "job-3", 1, ("SAS", 100), failed=True)
    return Screen(acme=acme, beta=history_of("job-2", 24, ("SAS Beta", 120_401)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sas", ["acme Ltd: SAS", "beta Ltd: SAS Beta", "acme Ltd: SAS"]),
        ("1204", ["beta Ltd: SAS Beta", "acme Ltd: SAS"]),
        ("1,204.00", ["acme Ltd: SAS"]),
        ("amount:>1204", ["beta Ltd: SAS Beta"]),
        ("amount:50..60", ["acme Ltd: Hetzner"]),
        ("status:failed", ["acme Ltd: SAS"]),
        ("nobody", []),
    ],
)
async def test_items_of_all_companies_and_jobs_are_found_the_newest_job_first(
    screen: Screen, query: str, found: list[str]
) -> None:
    assert await screen.ask(query) == found
    assert screen.dialog.words.text().endswith("3 jobs searched.")
    assert screen.threads
    assert threading.get_ident() not in screen.threads
    await screen.close()


async def test_a_row_says_company_job_date_supplier_amount_and_state(screen: Screen) -> None:
    await screen.ask("status:failed")
    assert screen.dialog.model.texts(0) == (
        "acme Ltd",
        ENGLISH.moment(NINE - timedelta(hours=1)),
        "28/02/2026",
        "SAS",
        "1.00 SEK",
        "Failed",
    )
    await screen.close()


async def test_enter_in_the_field_chooses_the_first_and_closes(qtbot: QtBot, screen: Screen) -> None:
    await screen.ask("hetzner")
    qtbot.keyClick(screen.dialog.query, Qt.Key.Key_Return)
    ((found),) = screen.chosen
    assert (found.connection_id, found.job_id, found.entry_id) == ("acme", "job-1", entry_id(1))
    assert screen.presenter.dialog is None
    await screen.close()


async def test_down_goes_to_what_was_found_and_enter_opens_that_one(qtbot: QtBot, screen: Screen) -> None:
    await screen.ask("sas")
    qtbot.keyClick(screen.dialog.query, Qt.Key.Key_Down)
    qtbot.keyClick(screen.dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(screen.dialog.table, Qt.Key.Key_Return)
    assert [found.company for found in screen.chosen] == ["beta Ltd"]
    await screen.close()


async def test_a_bad_amount_is_said_and_nothing_is_searched(screen: Screen) -> None:
    screen.dialog.query.setText("amount:>x")
    await until(lambda: "is no amount" in screen.dialog.words.text())
    assert screen.dialog.model.rowCount() == 0
    assert not screen.threads
    await screen.close()


async def test_typing_on_ends_the_search_before(screen: Screen) -> None:
    await screen.ask("sas")
    screen.dialog.query.setText("")
    await until(lambda: screen.dialog.model.rowCount() == 0)
    await asyncio.sleep(0)
    assert screen.dialog.words.text() == ""
    await screen.close()


async def test_no_more_are_shown_than_a_table_is_read() -> None:
    screen = Screen(acme=history_of("job-1", 1, *[("SAS", 1)] * (MOST_FOUND + 1)))
    assert len(await screen.ask("sas")) == MOST_FOUND
    assert screen.dialog.words.text().startswith("The first 1,000 items are shown")
    await screen.close()
