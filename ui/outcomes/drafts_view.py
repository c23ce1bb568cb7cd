"""What the gate says of drafted outcomes: how many there are, and what they would come to."""

from dataclasses import dataclass

from app.completion.derive import NotReady
from app.completion.preview import Preview
from app.messages import joined, nsaid, said
from app.models.draft import Drafts
from app.models.vocabulary import EntryId, Event


@dataclass(frozen=True, slots=True)
class DraftsView:
    """What the gate says of the drafts; "" for what there is nothing to say of, or what `refused` says whole."""

    drafted: str = ""
    drafted_ids: tuple[EntryId, ...] = ()
    refused: str = ""
    refused_ids: tuple[EntryId, ...] = ()
    event_words: str = ""
    event_note: str = ""
    can_send: bool = False


def drafts_view(drafts: Drafts, would_be: Preview | NotReady, *, has_ended: bool) -> DraftsView:
    if not drafts:
        return DraftsView()
    refused = tuple(entry for entry, draft in drafts.items() if draft.refusal)
    are_all_refused = len(refused) == len(drafts)
    at_rest = DraftsView(
        drafted="" if are_all_refused else nsaid("{n:,} drafted, not sent", "{n:,} drafted, not sent", len(drafts)),
        drafted_ids=tuple(drafts),
        refused=_refused(len(refused), len(drafts)) if refused else "",
        refused_ids=refused,
        event_note=said(
            "The job has ended, so Pleo takes no outcomes any more. The drafts are kept until you discard them."
        ),
    )
    if has_ended:
        return at_rest
    is_ready = isinstance(would_be, Preview)
    return DraftsView(
        at_rest.drafted,
        at_rest.drafted_ids,
        at_rest.refused,
        at_rest.refused_ids,
        event_words=_would_be(would_be, len(drafts)),
        event_note="" if is_ready else _still_missing(would_be),
        can_send=True,
    )


def _would_be(would_be: Preview | NotReady, drafted: int) -> str:
    event = would_be.event.event if isinstance(would_be, Preview) else None
    match event:
        case Event.COMPLETED:
            return nsaid("Once it is sent, it would be completed", "Once they are sent, it would be completed", drafted)
        case Event.COMPLETED_WITH_ERRORS:
            return nsaid(
                "Once it is sent, it would be completed with errors",
                "Once they are sent, it would be completed with errors",
                drafted,
            )
        case Event.FAILED:
            return nsaid("Once it is sent, it would have failed", "Once they are sent, it would have failed", drafted)
        case _:
            return nsaid(
                "Once it is sent, it would still not be ready",
                "Once they are sent, it would still not be ready",
                drafted,
            )


def _refused(refused: int, drafted: int) -> str:
    if refused == drafted:
        return nsaid("{n:,} draft refused by Pleo", "{n:,} drafts refused by Pleo", refused)
    return nsaid("{n:,} of them refused by Pleo", "{n:,} of them refused by Pleo", refused)


def _still_missing(would_be: Preview | NotReady) -> str:
    blockers = would_be.blockers if isinstance(would_be, NotReady) else ()
    return joined("\n", (joined("", (blocker.message, ".")) for blocker in blockers))
