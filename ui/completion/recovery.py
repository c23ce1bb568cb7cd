"""At the start: what became of everything that the last run left open."""

from PySide6.QtCore import QObject, Signal

from app.completion.attempt import Outcome
from app.completion.outcome_text import describe
from app.completion.service import CompletionService
from app.errors import SignoffError
from app.outcomes.service import ItemUpdateService, UpdateResult
from app.platform.logs import redaction
from app.text import count_of
from ui.common.tasks import Tasks
from ui.completion.view_model import outcome_details, outcome_tone
from ui.widgets.message_bar import MessageBar, MessageKind

_WORST_FIRST = (MessageKind.ERROR, MessageKind.WARNING, MessageKind.INFO, MessageKind.SUCCESS)


class RecoveryPresenter(QObject):
    recovered = Signal(object)  # tuple of Outcome
    left_open = Signal(object, object)  # JobId, UpdateResult: outcomes of which nobody knows yet

    def __init__(self, messages: MessageBar, completion: CompletionService, updates: ItemUpdateService) -> None:
        super().__init__(messages)
        self._messages = messages
        self._completion = completion
        self._updates = updates
        self._tasks = Tasks(self)

    def start(self) -> None:
        self._tasks.replace("recover", self._recover())

    async def aclose(self) -> None:
        await self._tasks.aclose()

    async def _recover(self) -> None:
        try:
            outcomes = await self._completion.recover(lambda _step: self._say_busy())
            updated = await self._updates.recover()
        except SignoffError as problem:
            title = f"What the last run left open could not be settled. {problem.title.rstrip('.')}."
            details = redaction.masked(problem.details)
            self._messages.show_message(MessageKind.WARNING, title, details, advice=problem.advice)
            return
        if outcomes:
            self.recovered.emit(outcomes)
        for job_id, found in updated.still_open.items():
            self.left_open.emit(job_id, found)
        self._say_found(outcomes, updated.result)

    def _say_busy(self) -> None:
        title = "Signoff was closed while an event was on its way. Finding out what became of it …"
        self._messages.show_message(MessageKind.INFO, title, closable=False)

    def _say_found(self, outcomes: tuple[Outcome, ...], updated: UpdateResult) -> None:
        lines = [f"{describe(outcome).title} (job {outcome.event.job_id})." for outcome in outcomes]
        lines += _update_lines(updated)
        if not lines:
            return
        kinds = [MessageKind(outcome_tone(outcome)) for outcome in outcomes]
        if updated.unknown or updated.not_sent or updated.refused:
            kinds.append(MessageKind.WARNING)
        worst = min(kinds or [MessageKind.SUCCESS], key=_WORST_FIRST.index)
        details = redaction.masked("\n\n".join(outcome_details(outcome) for outcome in outcomes))
        is_open = updated.unknown or any(not outcome.is_settled for outcome in outcomes)
        title = (
            "It is not known yet what became of everything that was on its way. Signoff keeps asking."
            if is_open
            else "What was on its way when Signoff was closed last has been settled."
        )
        self._messages.show_message(worst, title, details, advice="\n".join(lines))


def _update_lines(updated: UpdateResult) -> list[str]:
    rows = (
        ("reached Pleo", len(updated.arrived)),
        ("refused by Pleo", len(updated.refused)),
        ("not known yet", len(updated.unknown)),
        ("did not reach Pleo, and can be sent again", len(updated.not_sent)),
    )
    return [f"Item outcomes: {count_of(count, 'item')} {words}." for words, count in rows if count]
