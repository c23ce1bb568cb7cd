"""What the dialog says of outcomes, of the job and of what would be drafted: words only."""

from collections.abc import Mapping

from app.jobs.service import why_without_accounting_data
from app.messages import ntr, shown, tr, tr_as
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import Item, ItemStatus
from app.review.failure_catalogue import failure_words
from app.texts.screen import isolated
from ui.common.status_text import item_word
from ui.common.text_format import TextFormat


def outcome_words(outcome: ItemOutcome, fmt: TextFormat) -> str:
    """What Pleo would be told, on one line: successful, JE-1, posted 03/02/2026."""
    kind, reason = outcome.failure_reason_type, outcome.failure_reason
    parts = (
        _outcome_word(outcome.status),
        isolated(outcome.external_id or ""),
        tr("posted {day}", day=fmt.bookkeeping_date(outcome.exported_at)) if outcome.exported_at else "",
        outcome.external_url,
        ": ".join(filter(None, (shown(failure_words(kind).title) if kind else "", reason))),
    )
    return " ".join(", ".join(filter(None, parts)).split())


def _outcome_word(status: ItemStatus) -> str:
    match status:
        case Item.SUCCESSFUL:
            return tr_as("item", "successful")
        case Item.FAILED:
            return tr_as("item", "failed")
        case _:
            return shown(item_word(status))


def contradiction(status: ItemStatus) -> str:
    """Between the list and Pleo, which shows the item so."""
    if status == Item.FAILED:
        return tr("The list says posted, Pleo says failed.")
    return tr("The list says failed, Pleo says successful.")


def already(status: ItemStatus) -> str:
    match status:
        case Item.SUCCESSFUL:
            return tr("Already successful in Pleo.")
        case Item.FAILED:
            return tr("Already failed in Pleo.")
        case _:
            return tr("Already abandoned in Pleo.")


def job_words(snapshot: JobSnapshot, fmt: TextFormat) -> str:
    return ntr(
        "for the export job of {moment}, {n:,} item",
        "for the export job of {moment}, {n:,} items",
        len(snapshot.items),
        moment=fmt.moment(snapshot.job.created_at),
    )


def without_amounts_words(accounting: AccountingData) -> tuple[str, str]:
    """Why Pleo's amounts are missing or old, and what that means for a list; "" where there is nothing to say."""
    if accounting.problem:
        why = why_without_accounting_data(accounting.problem)
        if accounting.entries:
            return why, tr("The list is compared with the amounts that were read before.")
    elif accounting.entries:
        return "", ""
    else:
        why = tr("Amounts and suppliers are missing, because they were never read.")
    return why, tr("The list's amounts cannot be compared with Pleo's.")


def draft_button_words(counts: Mapping[ItemStatus, int], replaced: int) -> tuple[str, str]:
    """The button, and the line beside it. `replaced` is how many drafts would give way."""
    total = sum(counts.values())
    if not total:
        return tr("Draft outcomes"), tr("No row is taken.")
    button = ntr("Draft {n:,} outcome", "Draft {n:,} outcomes", total)
    parts = [
        ntr("{n:,} posted", "{n:,} posted", counts[Item.SUCCESSFUL]),
        ntr("{n:,} failed", "{n:,} failed", counts[Item.FAILED]),
    ]
    if replaced:
        parts.append(ntr("replaces {n:,} draft", "replaces {n:,} drafts", replaced))
    unsent = tr("Nothing is sent yet.")
    return button, f"{', '.join(parts)}. {unsent}"
