"""The window on small screens, and with large text: nothing that matters is off screen, and every pane is in reach."""

from collections.abc import Iterator

import pytest
from fakes.desk import OpenDesk, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.connections.connection_view import Watching
from ui.theme.apply import apply_theme
from ui.theme.tokens import Scheme

CALM = Watching(base=60)


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    usual = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(2 * usual.pointSizeF())
    qapp.setFont(larger)
    apply_theme(qapp, Scheme.LIGHT)
    yield
    qapp.setFont(usual)
    apply_theme(qapp, Scheme.LIGHT)


def is_whole(widget: QWidget, window: QWidget) -> bool:
    """On screen, and as large as it asks to be."""
    place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
    least = widget.minimumSizeHint()
    fits = widget.width() >= least.width() and widget.height() >= least.height()
    return widget.isVisible() and window.rect().contains(place) and fits


def test_the_least_width_is_under_900(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            assert desk.window.minimumSizeHint().width() < 900

    run(journey())


@pytest.mark.parametrize("size", [(1024, 600), (1024, 768), (910, 512), (740, 480)])
def test_state_blockers_and_complete_are_always_on_screen(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, size: tuple[int, int]
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            desk.window.resize(*size)
            assert (desk.window.width(), desk.window.height()) == size
            is_folded = not desk.gate.isVisible()
            assert is_folded is (size[0] < 960)
            button = desk.gate.bar.action if is_folded else desk.gate.action
            await until(lambda: is_whole(button, desk.window))
            assert button.is_ready() is desk.gate.action.is_ready()
            if is_folded:
                await until(lambda: is_whole(desk.gate.bar.headline, desk.window))
                assert all(words in desk.gate.bar.words.text() for words in desk.blockers())

    run(journey())


def test_a_folded_pane_opens_by_key_and_folds_again(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            desk.window.resize(910, 512)
            assert (desk.jobs.isVisible(), desk.gate.isVisible(), desk.gate.bar.isVisible()) == (True, False, True)
            desk.press_key(Qt.Key.Key_F7)
            assert (desk.jobs.isVisible(), desk.gate.isVisible(), desk.gate.bar.isVisible()) == (False, True, False)
            await until(lambda: is_whole(desk.gate.action, desk.window))
            desk.press_key(Qt.Key.Key_F7)
            assert (desk.jobs.isVisible(), desk.gate.isVisible()) == (True, False)
            desk.window.resize(1280, 720)
            assert (desk.jobs.isVisible(), desk.gate.isVisible(), desk.gate.bar.isVisible()) == (True, True, False)

    run(journey())


def test_the_line_completes_as_the_pane_does(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        sandbox.load("some failed")
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            desk.window.resize(910, 512)
            assert "Ready to complete" in desk.gate.bar.headline.text()
            await until(lambda: is_whole(desk.gate.bar.action, desk.window))
            await press(desk.gate.bar.action)
            await until(lambda: desk.view.completion.dialog is not None)
            await desk.close_dialog()

    run(journey())


@pytest.mark.parametrize("size", [(1280, 720), (1024, 600)])
def test_with_text_of_twice_the_size_complete_is_on_screen(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, large_text: None, size: tuple[int, int]
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            desk.window.resize(*size)
            assert (desk.window.width(), desk.window.height()) == size
            await until(lambda: is_whole(desk.gate.bar.action, desk.window))
            table = desk.items.table
            amount = desk.items.model.column_of("amount")
            widest = max(
                table.fontMetrics().horizontalAdvance(texts[amount])
                for texts in map(desk.items.model.texts, range(desk.items.model.rowCount()))
            )
            assert table.columnWidth(amount) > widest

    run(journey())


def test_f6_goes_from_pane_to_pane_in_reading_order_and_back(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            desk.window.activateWindow()
            await until(desk.window.isActiveWindow)
            desk.jobs.list.setFocus()
            met = []
            for _ in range(4):
                QTest.keyClick(desk.window, Qt.Key.Key_F6)
                focused = desk.window.focusWidget()
                met.append(focused.objectName() if focused else "")
            assert met[:2] == ["itemsTable", "itemDetail"]
            assert met[3] == "jobList"
            QTest.keyClick(desk.window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
            focused = desk.window.focusWidget()
            assert focused
            assert desk.gate.isAncestorOf(focused)

    run(journey())


def test_columns_and_splitters_are_moved_from_the_menus(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            actions, table = desk.window.actions_by_name, desk.items.table
            before = desk.window.panes.sizes()
            actions.wider_jobs.trigger()
            assert desk.window.panes.sizes()[0] == before[0] + 32
            heights = table.height()
            actions.shorter_table.trigger()
            assert table.height() < heights
            table.setCurrentIndex(desk.items.model.index(0, desk.items.model.column_of("date")))
            width = table.columnWidth(desk.items.model.column_of("date"))
            actions.columns.aboutToShow.emit()
            entries = {action.text(): action for action in actions.columns.actions()}
            entries["Wider"].trigger()
            assert table.columnWidth(desk.items.model.column_of("date")) == width + 16
            order = table.column_layout().shown
            entries["Move right"].trigger()
            assert table.column_layout().shown[:3] == (order[0], order[2], order[1])

    run(journey())
