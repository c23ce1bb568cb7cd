"""From anywhere to an amount that is looked for in all jobs, and from there to the item."""

from fakes.desk import OpenDesk
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
MOST_STROKES = 2


def test_an_amount_can_be_typed_from_anywhere_after_two_strokes_and_enter_opens_its_item(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            first = desk.items.model.rows()[0]
            jobs = desk.jobs.model.rows()
            job_id = desk.controller.manager.jobs.choice.chosen.job_id
            search = desk.controller.manager.all_jobs.search
            places: tuple[QWidget, ...] = (desk.items.table, desk.jobs.list, desk.items.search)
            for place in places:
                desk.window.activateWindow()
                await until(desk.window.isActiveWindow)
                place.setFocus()
                strokes = 0
                QTest.keyClick(place, Qt.Key.Key_F, CONTROL_SHIFT)
                strokes += 1
                await until(lambda: search.dialog is not None and search.dialog.query.hasFocus())
                field = QApplication.focusWidget()
                assert strokes <= MOST_STROKES
                QTest.keyClicks(field, f"amount:={first.money.amount}")
                await until(search.dialog.model.rowCount)
                if place is not places[-1]:
                    QTest.keyClick(field, Qt.Key.Key_Escape)
                    await until(lambda: search.dialog is None)
            other = next(row for row in jobs if row.id != job_id)
            desk.controller.manager.jobs.choice.choose(other.key)
            await until(lambda: desk.controller.view.items.is_at_rest)
            assert search.dialog is not None
            await until(lambda: "searched." in search.dialog.words.text())
            found = next(each for each in search.dialog.model.shown_rows() if each.job_id == job_id)
            search.dialog.table.select_ids([found.number])
            QTest.keyClick(search.dialog.query, Qt.Key.Key_Return)
            await until(lambda: desk.controller.manager.jobs.choice.chosen.job_id == job_id)
            await until(lambda: desk.items.table.current_id() == (found.entry_id, 0))
            assert desk.items.table.selected_ids() == [(found.entry_id, 0)]

    run(journey())
