"""Goes through what the window can show, page after page and dialog after dialog, as its user would open them."""

import asyncio
import csv
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from shiboken6 import isValid

from app.completion.pleos_words import event_word
from app.errors import NotReachable
from app.messages import said, tr
from app.models.vocabulary import OPEN_ITEM, Event, FailureType, Item
from app.settings.connections import SignInKind
from app.updates.announcement import Announcement
from ui.common.dialogs import Question
from ui.common.errors import show_problem
from ui.common.release_dialog import JournalDoubtDialog, ReleaseDialog

if TYPE_CHECKING:
    from ui.connections.app_controller import AppController
    from ui.connections.connection_view import ConnectionView
    from ui.items.view_model import ItemRow

_PATIENCE_SECONDS = 20
_LOOK_SECONDS = 0.02
# Without a change: so long nothing more is laid out.
_LOOKS = 3


class Page(NamedTuple):
    """What is on screen: `widget` is the window, or a dialog of it."""

    name: str
    widget: QWidget


async def until(is_so: Callable[[], object]) -> None:
    """Raises TimeoutError."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not is_so():  # noqa: ASYNC110 - the window has no event for being at rest
            await asyncio.sleep(_LOOK_SECONDS)


async def pages(controller: "AppController", folder: Path) -> AsyncIterator[Page]:
    """Of a job with items of every outcome; `folder` takes the files that are opened. Outcomes are drafted, and nothing
    is sent."""
    view, window = _view(controller), controller.window
    table, rows = view.items_page.table, view.items_page.model.rows()
    table.select_ids([next(row.key for row in rows if row.item.status == Item.FAILED)])
    view.review_panel.cause_buttons[0].click()
    yield await drawn("the window with a chosen cause", window)
    view.review_panel.cause_buttons[0].click()
    controller.updates.tell(Announcement("99.0", "What is new."))
    yield await drawn("the window with news", window)
    window.news.clear()
    show_problem(window.messages, NotReachable(said("Pleo cannot be reached")), tr("The job could not be read"))
    view.completion.forbid(tr("Outcomes are on their way to Pleo"))
    yield await drawn("the window with messages", window)
    view.completion.forbid("")
    window.messages.clear()
    for walk in (_dialogs_of_menus(controller), _connections(controller), _questions(window), _outcomes(view)):
        async for page in walk:
            yield page
    async for page in _posting_list(view, folder):
        yield page


async def pages_of_an_end(controller: "AppController") -> AsyncIterator[Page]:
    """Of a job that is ready, whose event carries a reason. It is sent, and the job has ended afterwards."""
    view = _view(controller)
    yield await drawn("the window with a job that is ready", controller.window)
    view.gate.action.click()
    dialog = view.completion.dialog
    assert dialog is not None
    dialog.ask_second_person(("Freja Kjær",))
    yield await drawn("the preview", dialog)
    dialog.second.name.setText("Otto Blå")
    await until(dialog.send.isEnabled)
    dialog.send.click()
    await until(lambda: view.gate.action.isHidden() and view.items.is_at_rest)
    yield await drawn("the window with a job that has ended", controller.window)
    details = controller.window.result.findChild(QPushButton, "message-action-result-details")
    assert details is not None
    details.click()
    result = await _opened(controller.window)
    yield await drawn("the result", result)
    await _close(result)


async def _dialogs_of_menus(controller: "AppController") -> AsyncIterator[Page]:
    actions = controller.window.actions_by_name
    for action in (actions.timeline, actions.settings, actions.log, actions.shortcuts, actions.about):
        action.trigger()
        dialog = await _opened(controller.window)
        yield await drawn(f"the dialog {dialog.objectName()}", dialog)
        await _close(dialog)


async def _connections(controller: "AppController") -> AsyncIterator[Page]:
    """All connections; a new one, with each way to sign in; and the one that is there, as it is changed."""
    actions, connections = controller.window.actions_by_name, controller.connections
    actions.connections.trigger()
    await until(lambda: connections.window is not None and connections.window.isVisible())
    assert connections.window is not None
    yield await drawn("the connections", connections.window)
    for stored in (None, *controller.composition.settings.connections()[:1]):
        connections.editor.open(connections.window, stored)
        dialog = connections.editor.dialog
        assert dialog is not None
        for place, kind in enumerate(SignInKind):
            dialog.kind.setCurrentIndex(place)
            yield await drawn(f"a {'new' if stored is None else 'stored'} connection by {kind}", dialog)
        await _close(dialog)
    await _close(connections.window)


async def _questions(window: QWidget) -> AsyncIterator[Page]:
    asks = said("What does Pleo show of '{event}'?", event=event_word(Event.COMPLETED))
    doubt = said("The journal is gone: it ended with row {row:,} of {moment}, and there is none now", row=7, moment="-")
    for dialog in (
        ReleaseDialog(asks, window),
        JournalDoubtDialog(doubt, window),
        Question(window, tr("Shall Signoff look for new versions?"), doubt, action=tr("Look once a day")),
    ):
        dialog.open()
        yield await drawn(f"the dialog {dialog.objectName()}", dialog)
        await _close(dialog)
        dialog.deleteLater()


async def _outcomes(view: "ConnectionView") -> AsyncIterator[Page]:
    outcome = view.drafting.outcome
    rows = view.items_page.model.rows()
    outcome.ask([row for row in rows if row.item.status in OPEN_ITEM], rows)
    dialog = outcome.dialog
    assert dialog is not None
    for choice in (dialog.successful, dialog.failed):
        choice.click()
        yield await drawn(f"an outcome, {choice.objectName()}", dialog)
    await _close(dialog)
    await draft_all(view)
    yield await drawn("the window with drafts", view.items_page.window())
    view.drafting.send()
    await until(lambda: view.drafting.sending.dialog is not None)
    sending = view.drafting.sending.dialog
    assert sending is not None
    sending.exact.fold.click()
    yield await drawn("outcomes about to be sent", sending)
    await _close(sending)


async def _posting_list(view: "ConnectionView", folder: Path) -> AsyncIterator[Page]:
    view.lists.import_from(written_list(view.items_page.model.rows(), folder / "Postings.csv"))
    dialog = view.lists.results.dialog
    assert dialog is not None
    await until(lambda: dialog.is_showing_result() and not dialog.busy.is_running())
    for show in (dialog.show_result, dialog.show_columns, dialog.show_file):
        show()
        yield await drawn(f"a posting list, {show.__name__}", dialog)
    await _close(dialog)


async def draft_all(view: "ConnectionView") -> "ItemRow":
    """One open item failed and the others posted: with a draft for each, the gate can say which event would follow.
    Answers the failed one."""
    window, outcome = view.items_page.window(), view.drafting.outcome
    failed, *posted = (row for row in view.items_page.model.rows() if row.item.status in OPEN_ITEM)
    for rows, kind in ((posted, None), ([failed], FailureType("tag_unknown"))):
        outcome.ask(rows, (), kind=kind)
        dialog = outcome.dialog
        assert dialog is not None
        if kind is None:
            dialog.successful.click()
        dialog.note.setText("Checked in the ledger")
        dialog.person.setText("Freja Kjær")
        dialog.finished.connect(window.activateWindow)  # as a window manager does once a dialog has gone
        dialog.draft.click()
        await until(lambda: outcome.dialog is None)
    view.items_page.table.select_ids([failed.key])
    return failed


def written_list(rows: "Sequence[ItemRow]", path: Path) -> Path:
    """As an accounting system might write it. All kinds of findings come of it: one row names two items, one none of
    this job, and the last open item is in no row."""
    first, second, *_ = (row for row in rows if row.item.status in OPEN_ITEM)
    one, other, *_ = (_reference(row) for row in rows if row.item.status == Item.FAILED)
    posted = [row for row in rows if row.item.status == Item.SUCCESSFUL]
    lines = [
        (_reference(first), "posted", "JE-16601", *_money(first)),
        (_reference(second), "failed: account 5410 is closed", "", *_money(second)),
        (f"{one}, {other}", "posted", "JE-16602", "", ""),
        ("3d7b90c1-52ae", "posted", "JE-16603", "1249.00", "SEK"),
        *((_reference(row), "posted", row.external_id, *_money(row)) for row in posted[:4]),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("Reference", "Status", "Voucher", "Amount", "Currency"), *lines])
    return path


def _reference(row: "ItemRow") -> str:
    return row.entry.reconciliation_id if row.entry else ""


def _money(row: "ItemRow") -> tuple[str, str]:
    return (f"{row.money.amount}", row.money.currency) if row.money else ("", "")


def _view(controller: "AppController") -> "ConnectionView":
    assert controller.view is not None
    return controller.view


async def drawn(name: str, widget: QWidget) -> Page:
    """Laid out as it stays; a dialog no larger than the window, which may fill the screen."""
    await until(widget.isVisible)
    around = widget.parentWidget()
    if around:
        widget.resize(widget.size().boundedTo(around.window().size()))
    before: list[QRect] = []
    looks_alike = 0
    while looks_alike < _LOOKS:
        await asyncio.sleep(_LOOK_SECONDS)
        now = [each.geometry() for each in widget.findChildren(QWidget)]
        looks_alike = looks_alike + 1 if now == before else 0
        before = now
    return Page(name, widget)


async def _opened(window: QWidget) -> QDialog:
    def there() -> list[QDialog]:
        return [each for each in window.findChildren(QDialog) if each.isVisible()]

    await until(there)
    return there()[0]


async def _close(dialog: QDialog) -> None:
    dialog.reject()
    await until(lambda: not isValid(dialog) or not dialog.isVisible())
