"""The window as somebody meets it who hears it: page after page as a screen reader walks them, and what is said
without being asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.bracketed_language import spoken
from fakes.desk import Desk, OpenDesk, final_events, press
from fakes.qt_loop import Run, until
from fakes.reading_aloud import complaints, heard
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from app.models.vocabulary import Item
from app.platform.languages import known_languages, language_of
from app.sandbox.faults import Fault
from ui.connections.connection_view import Watching
from ui.outcomes.outcome_dialog import OutcomeDialog
from ui.posting_lists.dialog import PostingsDialog
from ui.theme.apply import apply_theme
from ui.theme.tokens import Scheme
from ui.tools.walk import Page, pages, pages_of_an_end

CALM = Watching(base=60)
SPEAK = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def open_keys(desk: Desk) -> list[object]:
    return [row.key for row in desk.items.model.rows() if row.item.status in (Item.PENDING, Item.IN_PROGRESS)]


async def opened(desk: Desk, kind: type[QDialog], within: QWidget | None = None) -> QDialog:
    def there() -> list[QDialog]:
        return [each for each in (within or desk.window).findChildren(kind) if each.isVisible()]

    await until(there)
    return there()[0]


async def close(dialog: QDialog) -> None:
    dialog.reject()
    await until(lambda: not any(each is dialog for each in QApplication.topLevelWidgets() if each.isVisible()))


def a_list(desk: Desk, folder: Path) -> Path:
    """One row that is posted, one that fits nothing, in letters that can be read in two ways."""
    row = next(row for row in desk.items.model.rows() if row.item.status == Item.PENDING)
    assert row.entry is not None
    known = row.entry.additional_information.reconciliation_id
    path = folder / "Buchungsliste März.csv"
    lines = ("Referenz;Status;Beleg;Meldung", f"{known};gebucht;B-1;", "nobody;Fehler;;Gebühr <b>fehlt</b>")
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def test_on_every_page_a_listener_understands_what_is_said(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            assert complaints(desk.window) == []
            actions = desk.window.actions_by_name
            for action in (actions.settings, actions.connections, actions.log, actions.shortcuts, actions.about):
                action.trigger()
                dialog = await opened(desk, QDialog)
                assert complaints(dialog) == [], action.text()
                await close(dialog)
            desk.items.table.select_ids(open_keys(desk))
            actions.set_outcome.trigger()
            outcome = await opened(desk, OutcomeDialog)
            assert isinstance(outcome, OutcomeDialog)
            assert complaints(outcome) == []
            await press(outcome.failed)
            assert complaints(outcome) == []
            await close(outcome)
            desk.view.lists.import_from(a_list(desk, tmp_path))
            lists = await opened(desk, PostingsDialog)
            assert isinstance(lists, PostingsDialog)
            await until(lambda: lists.is_showing_result() and not lists.busy.is_running())
            for show in (lists.show_result, lists.show_columns, lists.show_file):
                show()
                assert complaints(lists) == []
            await close(lists)

    run(journey())


SCHEMES = tuple(Scheme)
LANGUAGES = tuple(known_languages())


@pytest.fixture
def as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, Scheme.LIGHT)


@pytest.mark.parametrize("turn", range(len(LANGUAGES)), ids=LANGUAGES)
def test_every_page_and_dialog_is_understood_in_every_language_and_palette(
    run: Run,
    sandbox: RunningSandbox,
    open_desk: OpenDesk,
    tmp_path: Path,
    qapp: QApplication,
    as_usual: None,
    turn: int,
) -> None:
    """One window for each language, each in the next palette, so that every page was met in each of them."""
    found: list[str] = []
    met = 0

    def listen(page: Page) -> None:
        nonlocal met
        met += 1
        found.extend(f"{page.name}: {complaint}" for complaint in complaints(page.widget))

    async def journey() -> None:
        async with open_desk(None, watching=CALM) as desk:
            await until(lambda: not desk.window.panes.isVisible() and not desk.window.welcome.isVisible())
            listen(Page("the first page", desk.window))
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            async for page in pages(desk.controller, tmp_path):
                listen(page)
        sandbox.load("all failed")
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            async for page in pages_of_an_end(desk.controller):
                listen(page)

    apply_theme(qapp, SCHEMES[turn % len(SCHEMES)])
    with spoken(language_of(LANGUAGES[turn])):
        run(journey())
    assert found == []
    assert met > 2 * len(SCHEMES)


def test_complete_is_reached_while_it_waits_and_says_its_first_blocker(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            first, button = desk.blockers()[0], desk.gate.action
            focused = desk.gate.blockers[-1]
            focused.setFocus()
            QTest.keyClick(focused, Qt.Key.Key_Tab)
            assert desk.window.focusWidget() is button
            spoken_words = QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Description)
            assert spoken_words == f"Not possible yet: {first}"
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
                with heard() as told:
                    QTest.keyClick(button, key)
                assert told == [f"Not possible yet: {first}"]
            QToolTip.hideText()
            await until(lambda: not QToolTip.isVisible())
            assert desk.view.completion.dialog is None
            assert final_events(sandbox) == []

    run(journey())


def test_before_anything_is_stored_the_first_page_is_understood_too(run: Run, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(None, watching=CALM) as desk:
            await until(lambda: not desk.window.panes.isVisible() and not desk.window.welcome.isVisible())
            assert complaints(desk.window) == []

    run(journey())


def test_the_whole_row_and_the_whole_gate_are_a_key_away(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            desk.items.table.select_ids(open_keys(desk)[:1])
            with heard() as told:
                QTest.keyClick(desk.window, Qt.Key.Key_R, SPEAK)
                QTest.keyClick(desk.window, Qt.Key.Key_G, SPEAK)
            assert told == [desk.items.model.sentence_at(desk.items.table.currentIndex()), desk.gate.spoken()]
            assert told[1].startswith("Not yet ready. ")

    run(journey())


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_result_is_said_once_by_its_focus_where_it_has_to_be_read_and_else_by_itself(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, is_lost: bool
) -> None:
    async def journey() -> None:
        sandbox.load("some failed")
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            await desk.open_preview()
            if is_lost:
                sandbox.arm(Fault("final_event", effect="later", effect_after_seconds=600))
            with heard() as told:
                result = await desk.send()
            said_by_itself = [words for words in told if result.title() in words]
            if is_lost:
                await until(result.hasFocus)
                assert said_by_itself == [], "the focus says it already"
            else:
                assert len(said_by_itself) == 1
            spoken = QAccessible.queryAccessibleInterface(result)
            assert result.title() in spoken.text(QAccessible.Text.Name)
            assert spoken.text(QAccessible.Text.Description).split() == result.advice().split()

    run(journey())
