from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.self_check.findings import Report, failed
from ui.common.tasks import Tasks
from ui.connections.about import AboutPresenter


async def settled(tasks: Tasks) -> None:
    await tasks.finished()


async def test_about_shows_the_self_check_and_the_licences_as_plain_text(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tasks = Tasks(window, lambda _error: None)
    report = Report("1.2.3", "a packaged program", (failed("TLS", "<b>no</b> store"),))
    about = AboutPresenter(window, tasks, lambda: report)
    about.open()
    assert about.dialog
    text = about.dialog.findChild(QPlainTextEdit, "aboutText")
    about.dialog.findChild(QPushButton, "checkInstallation").click()
    await settled(tasks)
    assert "FAILED  TLS: <b>no</b> store" in text.toPlainText()
    about.dialog.findChild(QPushButton, "showLicences").click()
    await settled(tasks)
    assert "MIT License" in text.toPlainText()
    about.dialog.findChild(QPushButton, "closeAbout").click()
    assert about.dialog is None
