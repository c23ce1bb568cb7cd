"""What a job's card says has room, whatever its length, the width of the list and the size of text."""

from dataclasses import replace

import pytest
from fakes.builders import NINE, a_job, items_of
from fakes.words import ENGLISH
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.jobs.counted import counted_rows
from app.jobs.job_list import JobScope
from app.models.vocabulary import JobId
from app.settings.connections import ColourMark, ConnectionId
from ui.jobs.card_layout import Faces, faces_of, height_of, laid_out
from ui.jobs.page import JobsPage
from ui.jobs.view_model import JobKey, JobRow, RowContext, job_row
from ui.theme.metrics import icon_side
from ui.tools.fit import cut_off

LONG = "IKEA Svenska Försäljnings Aktiebolag"


def row(company: str = "Acme", mark: ColourMark = ColourMark.NONE) -> JobRow:
    job = a_job("in_progress", 3, id=JobId("job-1"))
    statuses = ("successful", "failed", "pending", "abandoned", "parked")
    items = tuple(replace(item, export_job_id=job.id) for item in items_of(*statuses))
    context = RowContext(JobKey(ConnectionId("acme"), job.id), company, mark)
    return job_row(context, job, counted_rows(job, items, NINE), ENGLISH).at(NINE, ENGLISH)


def texts(made: JobRow, width: int, faces: Faces) -> list[str]:
    return [each.text for each in laid_out(made, width, faces) if each.text]


def test_where_there_is_room_a_card_has_four_lines(qapp: QApplication) -> None:
    faces = faces_of(qapp.font())
    placed = laid_out(row(), 600, faces)
    assert height_of(placed) == 4 * faces.line_height
    company, left = (each for each in placed if each.text in ("Acme", row().left))
    assert company.rect.top() == left.rect.top()
    assert left.is_at_end
    assert not company.is_at_end


@pytest.mark.parametrize("width", [160, 200, 260, 320, 600])
@pytest.mark.parametrize("size", [10, 20])
@pytest.mark.parametrize("mark", [ColourMark.NONE, ColourMark.BLUE])
def test_nothing_is_cut_and_nothing_lies_upon_another(
    qapp: QApplication, width: int, size: int, mark: ColourMark
) -> None:
    font = QFont(qapp.font())
    font.setPointSize(size)
    width = width * size // 10
    faces = faces_of(font)
    placed = laid_out(row(LONG, mark), width, faces)
    assert [each.text for each in placed if each.is_cut(faces)] == []
    assert all(each.rect.right() < width for each in placed)
    taken = [
        each.rect.adjusted(0, 0, icon_side() - each.rect.width(), 0)
        if each.icon
        else _inked(each.rect, each.text, faces)
        for each in placed
        if not each.is_at_end
    ]
    assert not any(one.intersects(other) for place, one in enumerate(taken) for other in taken[:place])
    assert " ".join(texts(row(LONG, mark), width, faces)).startswith(LONG)


def _inked(rect: QRect, text: str, faces: Faces) -> QRect:
    return QRect(rect.topLeft(), rect.bottomLeft() + QPoint(faces.usual.horizontalAdvance(text), 0))


def test_the_card_grows_by_the_lines_that_a_long_name_takes(qapp: QApplication) -> None:
    faces = faces_of(qapp.font())
    short, long = (height_of(laid_out(row(name), 200, faces)) for name in ("Acme", LONG))
    assert long > short


def test_a_name_that_would_fill_the_list_ends_after_three_lines_and_is_told_as_cut(qapp: QApplication) -> None:
    made, faces = row("Handelsgesellschaft " * 20), faces_of(qapp.font())
    cut = [each.text for each in laid_out(made, 200, faces) if each.is_cut(faces)]
    assert len(cut) == 1
    assert texts(made, 200, faces)[3] == made.left


def test_cards_are_measured_by_the_look_for_cut_words_and_anew_when_the_list_gets_narrower(qtbot: QtBot) -> None:
    page = JobsPage()
    qtbot.addWidget(page)
    page.resize(600, 500)
    page.show()
    page.show_rows([row(LONG)], JobScope.ALL, None)

    def height() -> int:
        return page.list.visualRect(page.model.index(0)).height()

    qtbot.waitUntil(lambda: height() > 0)
    before = height()
    assert cut_off(page) == []
    page.resize(210, 500)
    qtbot.waitUntil(lambda: height() > before)
    assert cut_off(page) == []
    page.show_rows([row("Handelsgesellschaft " * 20)], JobScope.ALL, None)
    qtbot.waitUntil(lambda: any("of card 0" in found for found in cut_off(page)))
