"""One decision of a person's for one or many items, and the drafts that it makes. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.completion.four_eyes import folded
from app.messages import nsaid, said
from app.models.draft import Draft
from app.models.item_outcome import ItemOutcome, is_web_address
from app.models.vocabulary import EntryId, FailureType, Item, ItemStatus
from app.outcomes.drafts import MARK_FAILED, MARK_POSTED, Act
from app.outcomes.failure_wordings import filled, unknown_variables
from app.review.failure_catalogue import failure_words


@dataclass(frozen=True, slots=True)
class Decision:
    """`wording` may hold variables such as {supplier}, which each item fills with its own. `note` says why."""

    status: ItemStatus
    decided_by: str
    note: str
    external_id: str = ""
    external_url: str = ""
    exported_at: datetime | None = None
    wording: str = ""
    failure_type: FailureType | None = None

    @property
    def act(self) -> Act:
        return MARK_FAILED if self.status == Item.FAILED else MARK_POSTED


def faults(decision: Decision, now: datetime) -> tuple[str, ...]:
    """What keeps the decision from being drafted, as sentences; empty where nothing does."""
    return tuple(_faults(decision, now))


def _faults(decision: Decision, now: datetime) -> Iterator[str]:
    if decision.status == Item.FAILED:
        unknown = [f"{{{name}}}" for name in unknown_variables(decision.wording)]
        if unknown:
            yield nsaid(
                "{names} is nothing that an item has.",
                "{names} are nothing that an item has.",
                len(unknown),
                names=", ".join(unknown),
            )
        if decision.failure_type is None:
            yield said("Choose the type of the failure.")
        if not decision.wording.strip():
            yield said("Write the reason, as people in Pleo will read it.")
    elif decision.status == Item.SUCCESSFUL:
        if decision.external_url and not is_web_address(decision.external_url):
            yield said("The link is no web address. It begins with https://")
        if decision.exported_at and decision.exported_at > now:
            yield said("The posting time lies in the future.")
    else:
        yield said("Choose whether it was posted or failed.")
    yield from faults_of_witness(decision.decided_by, decision.note)


def faults_of_witness(decided_by: str, note: str) -> Iterator[str]:
    """Who says so, and why: asked for whatever was decided."""
    if not note.strip():
        yield said("Write a note: why is it so? It is kept in the journal.")
    if not folded(decided_by):
        yield said("Write your name.")


def decision_of(draft: Draft, decided_by: str) -> Decision:
    """What drafts the same once more, for somebody who corrects it."""
    outcome = draft.outcome
    return Decision(
        outcome.status,
        decided_by,
        draft.note,
        outcome.external_id or "",
        outcome.external_url or "",
        outcome.exported_at,
        outcome.failure_reason or "",
        outcome.failure_reason_type,
    )


def drafted(decision: Decision, entry_id: EntryId, variables: Mapping[str, str], at: datetime) -> Draft:
    return Draft(_outcome(decision, entry_id, variables), decision.decided_by.strip(), at, decision.note.strip())


def _outcome(decision: Decision, entry_id: EntryId, variables: Mapping[str, str]) -> ItemOutcome:
    if decision.status == Item.FAILED:
        kind = decision.failure_type or FailureType("")
        # A wording of nothing but variables can come to nothing, and a failed item says why.
        wording = filled(decision.wording, variables)
        reason = wording if any(map(str.isalnum, wording)) else str(failure_words(kind).title)
        return ItemOutcome(entry_id, Item.FAILED, failure_reason=reason, failure_reason_type=kind)
    return ItemOutcome(
        entry_id,
        Item.SUCCESSFUL,
        external_id=decision.external_id.strip() or None,
        external_url=decision.external_url.strip() or None,
        exported_at=decision.exported_at,
    )
