"""One posting list after another in the real window: each shows the page it opens on, and nothing of the one before."""

from pathlib import Path
from typing import Any

import pytest
from fakes.desk import Desk, OpenDesk, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from journeys.test_posting_lists import open_rows, reconciliation_id
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.posting_lists.known_words import ColumnRole
from ui.posting_lists.dialog import PostingsDialog
from ui.posting_lists.mapping_panel import MappingPanel

ROUNDS, LISTS_A_ROUND = 4, 3


def plain(desk: Desk, path: Path) -> Path:
    """What its columns mean is plain, so that it opens on its result."""
    lines = ["Reference;Status;Voucher"]
    lines += [f"{reconciliation_id(row)};posted;B-{path.stem}-{place}" for place, row in enumerate(open_rows(desk))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def obscure(desk: Desk, path: Path) -> Path:
    """Nobody can tell what its columns mean, so that it opens on the mapping."""
    lines = ["Quux;Frobs"]
    lines += [f"{path.stem}-{place};grault" for place, _ in enumerate(open_rows(desk))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


async def choose(dialog: PostingsDialog, path: Path) -> None:
    """Another file… and what the desktop's own dialog answers."""
    await press(dialog.choose_button)
    await until(lambda: dialog.findChild(QFileDialog) is not None)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    await until(lambda: dialog.source.text().startswith(path.name) and not dialog.busy.is_running())
    await until(lambda: dialog.findChild(QFileDialog) is None)


async def shows(dialog: PostingsDialog, path: Path, *, is_plain: bool) -> MappingPanel:
    """The page on which such a list opens, filled with this list alone."""
    panel = dialog.mapping
    assert panel is not None
    assert dialog.is_showing_result() == dialog.result_button.isChecked() == is_plain
    assert dialog.columns_button.isChecked() == panel.isVisible() == (not is_plain)
    assert dialog.draft.isEnabled() == is_plain
    await until(lambda: dialog.findChildren(MappingPanel) == [panel])
    model = panel.preview.model()
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert any(path.stem in text for text in texts), texts
    return panel


def choose_a_column(panel: MappingPanel) -> None:
    """As somebody does who tells what the list does not."""
    combo = panel.roles[ColumnRole.REFERENCE]
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentIndex() == 1
    combo.activated.emit(1)


def test_twelve_lists_are_opened_one_after_the_other_on_the_page_of_each(
    run: Run,
    sandbox: RunningSandbox,
    open_desk: OpenDesk,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    qtlog: Any,
) -> None:
    """A mapping that was replaced while Qt still laid out its table ended the window once."""

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            for number in range(ROUNDS * LISTS_A_ROUND):
                if number % LISTS_A_ROUND == 0:
                    desk.window.activateWindow()
                    await until(desk.window.isActiveWindow)
                    QTest.keyClick(desk.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
                    await until(lambda: desk.view.lists.results.dialog is not None)
                dialog = desk.view.lists.results.dialog
                assert dialog is not None
                is_plain = number % 2 == 1
                path = tmp_path / f"list{number:02}.csv"
                await choose(dialog, plain(desk, path) if is_plain else obscure(desk, path))
                panel = await shows(dialog, path, is_plain=is_plain)
                if is_plain:
                    assert dialog.draft.text() == f"Draft {len(open_rows(desk))} outcomes"
                    await press(dialog.columns_button)
                    await until(panel.isVisible)
                else:
                    choose_a_column(panel)
                    await until(panel.isVisible)
                    await until(lambda: not desk.view.lists.results._tasks.running())
                if number % LISTS_A_ROUND == LISTS_A_ROUND - 1:
                    QTest.keyClick(dialog, Qt.Key.Key_Escape)
                    await until(lambda: desk.view.lists.results.dialog is None)
            assert not [row for row in desk.items.model.rows() if row.draft]

    run(journey())
    assert capfd.readouterr().err == ""
    # What a plugin without a screen says of each window.
    assert [each.message for each in qtlog.records if "propagateSizeHints" not in each.message] == []
