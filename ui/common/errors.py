"""The family of app.errors in words and buttons; what is not of the family is a bug and says so."""

import logging

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.errors import JournalInDoubt, SignInAgain, SignoffError
from app.messages import joined, said, tr
from app.platform.logs import masked_traceback, redaction
from app.texts.screen import for_screen
from ui.widgets.message_bar import MessageBar, MessageKind

RETRY = "retry"
SIGN_IN = "sign-in"
# Of what was written: what is open and connected stays.
OPEN_FILE, SHOW_FOLDER = "open-file", "show-folder"
SIGN_IN_ACTION = (SIGN_IN, said("Sign in again…"))
LOOKED = "looked-in-pleo"
LOOKED_ACTION = (LOOKED, said("I looked in Pleo…"))


def actions_after(problem: SignoffError) -> tuple[tuple[str, str], ...]:
    """What the user can do about a problem that kept something from being sent, for a message bar."""
    if isinstance(problem, SignInAgain):
        return (SIGN_IN_ACTION,)
    return (LOOKED_ACTION,) if isinstance(problem, JournalInDoubt) else ()


def show_problem(
    bar: MessageBar,
    problem: SignoffError,
    what: str,
    *,
    kind: MessageKind = MessageKind.ERROR,
    closable: bool = True,
) -> None:
    """`what` is what the user wanted, such as: The jobs could not be read."""
    bar.show_message(
        kind,
        joined(" ", (sentence(what), sentence(problem.title))),
        redaction.masked(problem.details),
        advice=problem.advice,
        actions=(SIGN_IN_ACTION if isinstance(problem, SignInAgain) else (RETRY, tr("Read again")),),
        closable=closable,
    )


def say_problem(bar: MessageBar, problem: SignoffError, kind: MessageKind = MessageKind.WARNING) -> None:
    """What happened beside the user's work, with nothing to press."""
    bar.show_message(kind, sentence(problem.title), redaction.masked(problem.details), advice=problem.advice)


def sentence(title: str) -> str:
    """With its full stop."""
    return title if title.endswith(".") else joined("", (title, "."))


def show_bug(error: BaseException, parent: QWidget) -> None:
    """Never blocks: the box is opened, not executed."""
    details = masked_traceback(error)
    logging.getLogger("signoff").error("unexpected error\n%s", details)
    box = QMessageBox(parent)
    box.setObjectName("bugBox")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle("Signoff")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("Something went wrong inside Signoff."))
    box.setInformativeText(
        tr(
            "This is a mistake in the program, not in your data. Read the job again (F5) to see what Pleo holds. "
            "Please copy the details and report them."
        )
    )
    box.setDetailedText(for_screen(details))
    box.open()
