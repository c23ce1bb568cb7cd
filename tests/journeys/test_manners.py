"""The whole window with a job in it, as a keyboard, a screen reader and a small screen meet it."""

from collections.abc import Iterator

import pytest
from fakes.desk import Desk, OpenDesk, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMenu, QTextEdit, QWidget

from ui.connections.connection_view import Watching
from ui.theme.apply import apply_theme, current_scheme
from ui.theme.tokens import Scheme

CALM = Watching(base=60)


@pytest.fixture(params=list(Scheme), ids=lambda scheme: scheme.value)
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Scheme]:
    apply_theme(qapp, request.param)
    yield request.param
    apply_theme(qapp, Scheme.LIGHT)


def stops(desk: Desk) -> list[QWidget]:
    """What Tab reaches, once around."""
    desk.jobs.scope.setFocus()
    found: list[QWidget] = []
    while (here := QApplication.focusWidget()) and here not in found:
        found.append(here)
        desk.window.focusNextChild()
    return found


def said_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def test_at_720_lines_fourteen_rows_are_whole_and_the_failure_reason_is_in_view(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, theme: Scheme
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            desk.window.banner.show()
            await desk.read()
            table = desk.items.table

            def fits(row: int) -> bool:
                place = table.visualRect(desk.items.model.index(row, 0))
                return table.viewport().rect().contains(QPoint(2, place.bottom()))

            await until(lambda: all(fits(row) for row in range(14)))
            room = table.viewport().rect()
            reason = table.visualRect(desk.items.model.index(0, desk.items.model.column_of("reason")))
            assert room.contains(reason.center())
            assert reason.right() <= room.right() + 1

    run(journey())


def test_tab_goes_through_the_window_from_left_to_right_and_each_stop_has_a_name(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            await until(desk.window.isActiveWindow)
            found = stops(desk)
            panes = [desk.jobs, desk.view.items_page, desk.view.gate]
            order = [next(place for place, pane in enumerate(panes) if pane.isAncestorOf(stop)) for stop in found]
            assert order == sorted(order)
            assert {desk.jobs.list, desk.items.table, desk.items.detail, desk.gate.blockers[0]} <= set(found)
            assert len(found) < 24  # Complete while it is not ready, and the offers of the search, are stops too
            assert [stop for stop in found if not said_name(stop)] == []

    run(journey())


def test_the_keys_speak_to_the_items_of_the_first_job_and_stay_where_the_user_is_afterwards(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            await until(desk.window.isActiveWindow)
            await until(desk.items.table.hasFocus)
            desk.jobs.list.setFocus()
            QTest.keyClick(desk.jobs.list, Qt.Key.Key_Down)
            await desk.read()
            assert desk.jobs.list.hasFocus()

    run(journey())


def test_each_widget_that_takes_the_focus_has_a_name_in_the_dialogs_too(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all failed")

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            preview = await desk.open_preview()
            nameless = [each for each in _takes_focus(preview) if not said_name(each)]
            preview.reject()
            connections = desk.controller.connections
            connections.open()
            connections.add()
            assert connections.window is not None
            assert connections.editor.dialog is not None
            settings, log = desk.controller.settings, desk.controller.log
            settings.open()
            log.open()
            assert settings.dialog is not None
            assert log.viewer is not None
            for each in (connections.editor.dialog, connections.window, settings.dialog, log.viewer):
                nameless += [widget for widget in _takes_focus(each) if not said_name(widget)]
                each.reject()
            assert nameless == []

    run(journey())


def _takes_focus(window: QWidget) -> list[QWidget]:
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_inner(each)
    ]


def _is_inner(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractItemView) and widget.window() is not widget.parentWidget()


def test_markup_of_the_server_is_nowhere_read_as_markup(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("unknown words")

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            row = next(row for row in desk.items.model.rows() if "<b>" in row.reason)
            desk.items.table.select_ids([row.key])
            assert row.reason in desk.items.detail.text()
            labels, texts = desk.window.findChildren(QLabel), desk.window.findChildren(QTextEdit)
            shown = [label for label in labels if label.text() and not isinstance(label.parent(), QMenu)]
            assert all(label.textFormat() is Qt.TextFormat.PlainText for label in shown)
            assert not any(text.acceptRichText() for text in texts)
            assert not any("<b>Posting" in widget.toolTip() for widget in desk.window.findChildren(QWidget))
            assert "1 item has the unknown status 'parked'" in desk.blockers()

    run(journey())


def test_a_job_whose_amounts_pleo_refuses_says_why_and_goes_on_without(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("contra accounts missing")

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            notice = desk.items.accounting_notice
            assert notice.isVisible()
            assert "contra accounts are not all mapped" in notice.title()
            assert desk.items.model.rowCount() == 11
            assert desk.gate.action.is_ready()

    run(journey())


def test_a_job_without_items_is_not_ready_and_says_so(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("empty")

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            assert "The job has no items, so there is nothing to confirm" in desk.blockers()
            assert not desk.gate.action.is_ready()

    run(journey())


def test_a_long_job_tells_how_far_the_reading_is(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    sandbox.load("large", size=1500)

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await until(lambda: desk.controller.view)
            told: list[str] = []
            await until(lambda: _note(told, desk.items.empty.accessibleDescription()) and desk.view.items.snapshot)
            assert any(words.endswith("of 1,500 read …") for words in told)
            await desk.read()
            assert desk.items.model.total() == 1500

    run(journey())


def _note(told: list[str], words: str) -> bool:
    told.append(words)
    return True


def test_links_are_opened_only_where_the_item_has_them(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            actions = desk.window.actions_by_name
            failed = next(row for row in desk.items.model.rows() if row.item.status == "failed")
            posted = next(row for row in desk.items.model.rows() if row.item.status == "successful")
            desk.items.table.select_ids([failed.key])
            assert (actions.open_in_pleo.isEnabled(), actions.open_in_books.isEnabled()) == (True, False)
            desk.items.table.select_ids([posted.key])
            assert (actions.open_in_pleo.isEnabled(), actions.open_in_books.isEnabled()) == (True, True)
            assert desk.items.detail.links["books"].isVisible()

    run(journey())


def test_every_act_of_the_menus_has_a_mnemonic_and_no_shortcut_is_given_twice(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            menus = [action.menu() for action in desk.window.menuBar().actions()]
            acts = [act for menu in menus for act in menu.actions() if not act.isSeparator()]
            assert all("&" in act.text() for act in acts)
            for menu in menus:
                letters = [act.text().partition("&")[2][:1].casefold() for act in menu.actions() if act.text()]
                assert len(letters) == len(set(letters)), menu.title()
            keys = [act.shortcut().toString() for act in acts if not act.shortcut().isEmpty()]
            assert len(keys) == len(set(keys))
            assert {"F5", "Ctrl+Return", "Ctrl+,", "Ctrl+Q"} <= set(keys)

    run(journey())


def test_panes_can_be_hidden_and_shown_again(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            for action, pane in (
                (desk.window.actions_by_name.show_jobs, desk.jobs),
                (desk.window.actions_by_name.show_gate, desk.gate),
            ):
                action.trigger()
                assert not pane.isVisible()
                action.trigger()
                assert pane.isVisible()
            await press(desk.jobs.refresh_button)
            await until(lambda: not desk.view.items.is_reading)

    run(journey())


def test_the_colours_are_chosen_in_the_menu_while_everything_stays_where_it_is(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            chosen = desk.items.table.current_id()
            desk.window.actions_by_name.themes["dark"].trigger()
            assert current_scheme() is Scheme.DARK
            desk.window.actions_by_name.themes["light"].trigger()
            assert current_scheme() is Scheme.LIGHT
            assert desk.items.table.current_id() == chosen

    run(journey())
