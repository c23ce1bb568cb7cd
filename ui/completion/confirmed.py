"""An event that Pleo has confirmed: what a quiet line says of it, and the dialog that its details are."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.completion.attempt import Outcome
from app.completion.outcome_text import as_sentence, describe
from app.completion.preview import Preview
from app.messages import joined, said
from app.models.vocabulary import Event
from app.platform.logs import redaction
from ui.common.text_format import TextFormat, job_name
from ui.completion.preview_dialog import PreviewDialog
from ui.completion.view_model import outcome_details, outcome_tone
from ui.widgets.message_bar import MessageKind


@dataclass(frozen=True, slots=True)
class ConfirmedEvent:
    preview: Preview
    outcome: Outcome
    company: str

    @property
    def title(self) -> str:
        return describe(self.outcome).title

    @property
    def has_ended_job(self) -> bool:
        return self.outcome.event.event != Event.STARTED

    def job(self, fmt: TextFormat) -> str:
        """As dialogs name it: once the next job is on screen, nothing else would."""
        return job_name(self.company, self.preview.snapshot.job.created_at, fmt)


def what_it_means(outcome: Outcome) -> str:
    """The meaning and the next step, and what the journal does not hold of it."""
    words, problem = describe(outcome), outcome.journal_problem
    parts = [words.meaning, words.next_step]
    if problem:
        but = said("The outcome above is true, but the journal does not hold all of it.")
        parts.append(joined(" ", (as_sentence(problem.title), but)))
    return joined("\n", parts)


def show_end(dialog: PreviewDialog, outcome: Outcome) -> None:
    """What became of the event that was sent from the dialog, to be read."""
    words, details = describe(outcome), redaction.masked(outcome_details(outcome))
    kind = MessageKind(outcome_tone(outcome))
    dialog.show_end(kind, words.title, what_it_means(outcome), details, was_sent=True)


def open_details(event: ConfirmedEvent, fmt: TextFormat, window: QWidget) -> PreviewDialog:
    """All that there is to read about an event that was confirmed in a line."""
    dialog = PreviewDialog(event.preview, fmt, event.company, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    show_end(dialog, event.outcome)
    dialog.open()
    return dialog
