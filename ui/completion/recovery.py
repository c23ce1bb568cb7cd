"""At the start: what became of everything that the last run left open."""

from PySide6.QtCore import QObject, Signal

from app.completion.attempt import Outcome
from app.completion.outcome_text import as_sentence, describe
from app.completion.service import CompletionService
from app.errors import SignoffError
from app.messages import joined, nsaid, said
from app.outcomes.service import ItemUpdateService, UpdateResult
from app.platform.logs import redaction
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
            what = said("What the last run left open could not be settled.")
            title = joined(" ", (what, as_sentence(problem.title)))
            details = redaction.masked(problem.details)
            self._messages.show_message(MessageKind.WARNING, title, details, advice=problem.advice)
            return
        if outcomes:
            self.recovered.emit(outcomes)
        for job_id, found in updated.still_open.items():
            self.left_open.emit(job_id, found)
        self._say_found(outcomes, updated.result)

    def _say_busy(self) -> None:
        title = said("Signoff was closed while an event was on its way. Finding out what became of it …")
        self._messages.show_message(MessageKind.INFO, title, closable=False)

    def _say_found(self, outcomes: tuple[Outcome, ...], updated: UpdateResult) -> None:
        lines: list[str] = [
            said("{outcome} (job {job}).", outcome=describe(outcome).title, job=outcome.event.job_id)
            for outcome in outcomes
        ]
        lines += update_lines(updated)
        if not lines:
            return
        kinds = [MessageKind(outcome_tone(outcome)) for outcome in outcomes]
        if updated.unknown or updated.not_sent or updated.refused:
            kinds.append(MessageKind.WARNING)
        worst = min(kinds or [MessageKind.SUCCESS], key=_WORST_FIRST.index)
        details = redaction.masked("\n\n".join(outcome_details(outcome) for outcome in outcomes))
        is_open = updated.unknown or any(not outcome.is_settled for outcome in outcomes)
        title = (
            said("It is not known yet what became of everything that was on its way. Signoff keeps asking.")
            if is_open
            else said("What was on its way when Signoff was closed last has been settled.")
        )
        self._messages.show_message(worst, title, details, advice=joined("\n", lines))


def update_lines(updated: UpdateResult) -> list[str]:
    arrived, refused = len(updated.arrived), len(updated.refused)
    unknown, not_sent = len(updated.unknown), len(updated.not_sent)
    lines = (
        (
            arrived,
            nsaid("Item outcomes: {n:,} item reached Pleo.", "Item outcomes: {n:,} items reached Pleo.", arrived),
        ),
        (
            refused,
            nsaid("Item outcomes: {n:,} item refused by Pleo.", "Item outcomes: {n:,} items refused by Pleo.", refused),
        ),
        (
            unknown,
            nsaid("Item outcomes: {n:,} item not known yet.", "Item outcomes: {n:,} items not known yet.", unknown),
        ),
        (
            not_sent,
            nsaid(
                "Item outcomes: {n:,} item did not reach Pleo, and can be sent again.",
                "Item outcomes: {n:,} items did not reach Pleo, and can be sent again.",
                not_sent,
            ),
        ),
    )
    return [line for count, line in lines if count]
