"""What Pleo writes has no power over the window, and what nobody can read costs no more than its own field."""

from time import monotonic
from typing import Any

from fakes.desk import OpenDesk
from fakes.qt_loop import Run, until
from fakes.retouched import Retouched
from fakes.running_sandbox import RunningSandbox
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ui.widgets.plain_text import PlainText

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
HEBREW = "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}"
ISOLATE, END = "\N{LEFT-TO-RIGHT MARK}\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
LONG_WORD = "x" * 100_000


def strange(path: str, said: Any) -> None:
    if path.endswith("/items"):
        for number, item in enumerate(said["data"]):
            item["exportedAt"] = "no time" if item["exportedAt"] else None
            if item["status"] == "failed":
                item["failureReason"] = LONG_WORD if number % 2 else f"{OVERRIDE}25.00 DKK"
    elif path.endswith("/export-items"):
        for number, entry in enumerate(said["data"]):
            entry["supplier"] = {"name": f"{HEBREW}{OVERRIDE}"}
            entry["date"] = "yesterday"
            if number % 3 == 0:
                entry["amount"]["inSupplierCurrency"]["value"] = "a lot"
    elif path.endswith("/export-jobs"):
        for job in said["data"]:
            job["createdAt"] = "once"
    elif "/export-jobs/" in path:
        said["data"]["createdAt"] = "once"


def test_strange_words_neither_turn_the_window_nor_freeze_it_and_the_job_can_be_completed(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("some failed")

    async def journey() -> None:
        with Retouched(sandbox.url, strange) as pleo:
            async with open_desk(pleo.url) as desk:
                began = monotonic()
                await desk.read()
                await until(lambda: any(row.entry for row in desk.items.model.rows()))
                (card,) = desk.jobs.model.rows()
                assert "unreadable date" in card.sentence
                assert "unreadable date" in desk.items.title.text()
                for is_long in (False, True):
                    rows = list(desk.items.model.rows())
                    place = next(place for place, row in enumerate(rows) if (len(row.reason) > 1_000) is is_long)
                    desk.items.table.setCurrentIndex(desk.items.model.index(place, 0))
                    entry_id = rows[place].item.accounting_entry_id
                    await until(lambda entry_id=entry_id: entry_id in desk.items.detail.text())
                    assert shown_in(desk.items.detail).isdisjoint({OVERRIDE})
                    assert f"{ISOLATE}{HEBREW}{END} · " in desk.items.detail.title.shown()
                assert "unreadable" in " ".join(text.shown() for text in desk.items.detail.findChildren(PlainText))
                assert LONG_WORD in desk.items.detail.text()  # what copying takes
                desk.items.table.selectAll()
                copied = desk.items.table.copy_selection()
                assert "unreadable" in copied
                assert OVERRIDE not in copied
                assert monotonic() - began < 20
                assert shown_in(desk.controller.window).isdisjoint({OVERRIDE})
                await desk.open_preview()
                messages = await desk.send()
                assert messages.title() == "Confirmed: the job is completed with errors"
                await desk.close_dialog()

    run(journey())


def shown_in(place: QWidget) -> set[str]:
    """The letters of all that its labels, texts and buttons show."""
    labels = {letter for label in place.findChildren(QLabel) for letter in QLabel.text(label)}
    texts = {letter for text in place.findChildren(PlainText) for letter in text.toPlainText()}
    return labels | texts | {letter for button in place.findChildren(QAbstractButton) for letter in button.text()}
