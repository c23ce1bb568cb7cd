import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app import errors
from app.errors import PleoProblem, Refused, ServerWords, SignoffError
from app.platform.logs import redaction
from ui.common.errors import show_bug, show_problem
from ui.widgets.message_bar import MessageBar, MessageKind

MARKUP = '<h1>Bad gateway</h1><a href="https://example.com">here</a>'


def family(kind: type[SignoffError] = SignoffError) -> list[type[SignoffError]]:
    return [kind, *(each for below in kind.__subclasses__() for each in family(below))]


def problem_of(kind: type[SignoffError]) -> SignoffError:
    if issubclass(kind, Refused):
        return kind(f"It was refused: {MARKUP}", ServerWords(503, "x", MARKUP), details=f"HTTP 503\n{MARKUP}")
    return kind(f"It went wrong: {MARKUP}", details=f"GET /v3/export-jobs\n{MARKUP}")


@pytest.mark.parametrize("kind", family(), ids=lambda kind: kind.__name__)
def test_each_problem_is_shown_with_title_advice_and_details_to_copy_as_plain_text(
    qtbot: QtBot, kind: type[SignoffError]
) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    problem = problem_of(kind)
    show_problem(bar, problem, "The jobs could not be read")
    assert bar.title() == f"The jobs could not be read. {problem.title}."
    assert bar.advice() == problem.advice
    bar.findChild(QPushButton, "messageDetails").click()
    bar.findChild(QPushButton, "messageCopy").click()
    assert QGuiApplication.clipboard().text().endswith(problem.details)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in bar.findChildren(QLabel))
    assert all(not text.acceptRichText() for text in bar.findChildren(QTextEdit))


@pytest.mark.parametrize("kind", family(PleoProblem)[1:], ids=lambda kind: kind.__name__)
def test_each_problem_between_here_and_pleo_says_what_to_do(kind: type[SignoffError]) -> None:
    assert problem_of(kind).advice


def test_the_family_is_the_one_that_the_page_of_errors_draws() -> None:
    drawn = errors.__doc__ or ""
    assert all(kind.__name__ in drawn for kind in family())


def test_a_secret_never_reaches_the_details(qtbot: QtBot) -> None:
    redaction.hide("a-secret-key-of-mine")
    bar = MessageBar()
    qtbot.addWidget(bar)
    show_problem(bar, SignoffError("No", details="sent with a-secret-key-of-mine and Bearer abc.def"), "It failed")
    assert "a-secret-key-of-mine" not in bar.detail()
    assert "abc.def" not in bar.detail()


def test_an_old_reading_keeps_its_mark_until_it_is_read_again(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    show_problem(bar, SignoffError("No"), "Old", kind=MessageKind.WARNING, closable=False)
    assert bar.findChild(QPushButton, "message-action-retry") is not None
    assert bar.kind() is MessageKind.WARNING


def test_what_is_not_of_the_family_is_shown_as_a_mistake_of_the_program(qtbot: QtBot) -> None:
    redaction.hide("a-secret-key-of-mine")
    window = QWidget()
    qtbot.addWidget(window)
    show_bug(ValueError("<b>odd</b> a-secret-key-of-mine"), window)
    box = window.findChild(QMessageBox)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert "mistake in the program" in box.informativeText()
    assert "ValueError: <b>odd</b>" in box.detailedText()
    assert "a-secret-key-of-mine" not in box.detailedText()
    box.close()
