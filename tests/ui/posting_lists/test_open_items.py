"""Open items out for a colleague: asked where to, written, and said."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fakes.bookkeeping import EXPENSES, job_of
from fakes.qt_loop import until
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from shiboken6 import delete

from app.models.item_outcome import ItemOutcome
from app.models.snapshot import JobSnapshot
from app.posting_lists.reader import read_posting_list
from ui.posting_lists.open_items_presenter import OpenItemsPresenter, file_name
from ui.widgets.message_bar import MessageBar, MessageKind


def day_of(snapshot: JobSnapshot) -> str:
    assert snapshot.job.created_at
    return f"{snapshot.job.created_at.astimezone():%Y-%m-%d}"


@pytest.mark.parametrize(
    ("company", "name"),
    [
        ("Acme", "Acme-open-items"),
        ("../../etc/passwd", "etc-passwd-open-items"),
        ("a\\b:c*d\x00", "a-b-c-d-open-items"),
        ("", "open-items"),
        ("ø" * 90, "ø" * 60 + "-open-items"),
    ],
)
def test_no_name_of_a_company_leads_out_of_the_folder(company: str, name: str) -> None:
    assert file_name(company, None) == name


@asynccontextmanager
async def a_presenter() -> AsyncIterator[tuple[OpenItemsPresenter, MessageBar]]:
    window, messages = QWidget(), MessageBar()
    QVBoxLayout(window).addWidget(messages)
    window.show()
    presenter = OpenItemsPresenter(window, messages, lambda _id: "Acme / Nordic: ApS")
    try:
        yield presenter, messages
    finally:
        await presenter.aclose()
        window.close()
        delete(window)


@pytest.mark.parametrize("name", ["items.csv", "items.xlsx"])
async def test_open_items_are_written_with_what_is_drafted_and_it_is_said(tmp_path: Path, name: str) -> None:
    drafted = {EXPENSES[0].id: ItemOutcome(EXPENSES[0].id, "successful", "V1")}
    async with a_presenter() as (presenter, messages):
        presenter.write(tmp_path / name, *job_of(*EXPENSES), drafted)
        await until(lambda: messages.kind() is MessageKind.SUCCESS)
        assert messages.title() == f"10 open items written to {name}."
        assert messages.advice().startswith(f"Saved in {tmp_path}.")
        buttons = [button.text() for button in messages.findChildren(QPushButton) if button.isVisible()]
        assert buttons == ["Open", "Show in folder"]
        table = read_posting_list(tmp_path / name)
        assert (len(table), table.row(1)[8:10]) == (11, ("posted", "V1"))


@pytest.mark.parametrize(("language", "line"), [("da_DK", "1204,00;SEK"), ("en_GB", "1204.00,SEK")])
async def test_a_csv_is_in_the_users_own_form(tmp_path: Path, language: str, line: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))

    async def main() -> None:
        async with a_presenter() as (presenter, messages):
            presenter.write(tmp_path / "items.csv", *job_of(*EXPENSES), {})
            await until(lambda: messages.kind() is MessageKind.SUCCESS)
            assert line in (tmp_path / "items.csv").read_text(encoding="utf-8-sig").splitlines()[1]

    try:
        await main()
    finally:
        QLocale.setDefault(before)


async def test_where_it_cannot_be_written_it_is_said_in_plain_words(tmp_path: Path) -> None:
    async with a_presenter() as (presenter, messages):
        presenter.write(tmp_path / "missing" / "items.xlsx", *job_of(*EXPENSES), {})
        await until(lambda: messages.kind() is MessageKind.ERROR)
        assert messages.title() == "items.xlsx cannot be written: No such file or directory."


async def test_the_user_is_asked_where_to_with_a_name_that_says_what_it_is() -> None:
    async with a_presenter() as (presenter, _messages):
        presenter.export(*job_of(*EXPENSES), {})
        assert presenter.dialog is not None
        assert (
            Path(presenter.dialog.selectedFiles()[0]).name
            == f"Acme - Nordic- ApS-{day_of(job_of(*EXPENSES)[0])}-open-items.xlsx"
        )
        presenter.dialog.reject()
        assert presenter.dialog is None
