"""The words in which a job's timeline tells what stands in the journal's rows. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from app.completion.attempt import Answer, Standing
from app.completion.evidence import FOUR_EYES, ITEMS_IMPLY, LAST_UPDATED_AT
from app.completion.pleos_words import event_word, item_word, job_word
from app.messages import joined, nsaid, said
from app.models.vocabulary import EntryId, Event, EventType, Item, ItemStatus, JobStatus
from app.texts.phrases import date_and_time
from app.texts.screen import isolated

_Content = Mapping[str, Any]
_JUDGED: Final[Mapping[Standing, str]] = {
    Standing.OVERTAKEN: said("Overtaken: somebody else moved the job first"),
    Standing.NOT_SENT: said("Not sent: Pleo surely did not get it"),
    Standing.MISSING: said("Missing: Pleo did not have it when the wait was over"),
    Standing.UNKNOWN: said("Unknown: nobody can say whether it arrived"),
    Standing.RELEASED: said("Released: somebody looked in Pleo and ended the wait"),
}
_EVENT_JUDGED: Final[Mapping[Standing, str]] = {
    Standing.CONFIRMED: said("Confirmed: Pleo shows the job as it was sent"),
    Standing.REFUSED: said("Refused: the job is as it was"),
}
_OUTCOMES_JUDGED: Final[Mapping[Standing, str]] = {
    Standing.CONFIRMED: said("Confirmed: Pleo shows all of these outcomes"),
    Standing.REFUSED: said("Refused: Pleo did not take all of these outcomes"),
}


def basis_words(content: _Content) -> tuple[str, tuple[str, ...]]:
    """Of the state of Pleo's that an attempt rests on, with its details."""
    number = content.get("number_of_items")
    status = job_word(JobStatus(str(content.get("job_status") or "")))
    words = (
        nsaid(
            "Read before the send: {n:,} item, and the job was '{status}'",
            "Read before the send: {n:,} items, and the job was '{status}'",
            number,
            status=status,
        )
        if isinstance(number, int)
        else said("Read before the send: the job was '{status}'", status=status)
    )
    return words, tuple(_basis_details(content))


def _basis_details(content: _Content) -> Iterator[str]:
    counts = content.get("counts")
    for status, count in (counts if isinstance(counts, dict) else {}).items():
        yield said("Items '{status}': {n:,}", status=item_word(ItemStatus(status)), n=int(count))
    changed = content.get(LAST_UPDATED_AT)
    if isinstance(changed, str):
        yield said("Last changed in Pleo: {moment}", moment=date_and_time(datetime.fromisoformat(changed)))
    if isinstance(content.get("fingerprint"), str):
        yield said("Fingerprint of what was read: {hash}", hash=content["fingerprint"])


def decision_words(event: str) -> str:
    if event == Event.STARTED:
        return said("Decided: start the job")
    return said("Decided: end the job as '{event}'", event=event_word(EventType(event)))


def decision_details(content: _Content, body: _Content) -> Iterator[str]:
    if body.get("failureReason"):
        yield said("Reason: {reason}", reason=isolated(str(body["failureReason"])))
    if body.get("failureReasonType"):
        yield said("Type of the failure: {type}", type=isolated(str(body["failureReasonType"])))
    names = joined(", ", (isolated(str(name)) for name in content.get("drafted_by") or ()))
    if names:
        yield said("Outcomes were reported by: {names}", names=names)
    if content.get(FOUR_EYES) is True:
        yield said("Four eyes were asked for")
    if content.get("confirmed_by"):
        yield said("Confirmed by, as the second person: {name}", name=isolated(str(content["confirmed_by"])))
    yield said("Exact text: {body}", body=isolated(content["body"]))


def draft_words(draft: _Content, count: int) -> str:
    """`draft` is empty where nobody is named."""
    if draft.get("sha256"):
        return nsaid(
            "Drafted from the list {file}: {n:,} outcome",
            "Drafted from the list {file}: {n:,} outcomes",
            count,
            file=isolated(str(draft.get("file") or "")),
        )
    if draft.get("note"):
        return nsaid(
            "Drafted by hand: {n:,} outcome. Note: {note}",
            "Drafted by hand: {n:,} outcomes. Note: {note}",
            count,
            note=isolated(str(draft["note"])),
        )
    return nsaid("Drafted by hand: {n:,} outcome", "Drafted by hand: {n:,} outcomes", count)


def draft_details(draft: _Content) -> Iterator[str]:
    if draft.get("sha256"):
        yield said("Fingerprint of the list: {hash}", hash=isolated(str(draft["sha256"])))


def with_list_row(words: str, draft: _Content, entry_id: EntryId) -> str:
    """What is said of an item, with the row of the list that says so."""
    rows = draft.get("rows")
    row = rows.get(entry_id) if isinstance(rows, dict) else None
    return said("{outcome}; row {row:,} of the list", outcome=words, row=row) if isinstance(row, int) else words


def outcome_words(outcome: _Content) -> str:
    """Of one item, as it was reported."""
    status = outcome.get("status")
    if status == Item.FAILED:
        return said("reported as failed: {reason}", reason=isolated(str(outcome.get("failureReason") or "")))
    if status != Item.SUCCESSFUL:
        return said("reported as '{status}'", status=item_word(ItemStatus(str(status))))
    entry = outcome.get("externalId")
    if entry:
        return said("reported as posted, {entry} in the books", entry=isolated(str(entry)))
    return said("reported as posted")


def sent_words(event: str, count: int) -> str:
    if event:
        return said("Sent to Pleo: '{event}'", event=event_word(EventType(event)))
    return nsaid("Sent to Pleo: {n:,} outcome", "Sent to Pleo: {n:,} outcomes", count)


def answer_words(content: _Content, refused: int) -> str:
    match Answer(content["answer"]):
        case Answer.ACCEPTED if refused:
            return nsaid(
                "Pleo accepted the sending, but for {n:,} outcome",
                "Pleo accepted the sending, but for {n:,} outcomes",
                refused,
            )
        case Answer.ACCEPTED:
            return said("Pleo accepted it")
        case Answer.DECLINED:
            return said("Pleo said no")
        case Answer.NEVER_ARRIVED:
            return said("It did not reach Pleo")
        case Answer.LOST:
            return said("No usable answer came: it may have arrived or not")


def answer_details(content: _Content) -> tuple[str, ...]:
    return tuple(_answer_details(content))


def _answer_details(content: _Content) -> Iterator[str]:
    if content.get("problem"):
        yield said("What was met: {problem}", problem=isolated(str(content["problem"])))
    server = content.get("server")
    for key, value in (server if isinstance(server, dict) else {}).items():
        if value not in (None, ""):
            yield said("Pleo's answer, {field}: {value}", field=isolated(str(key)), value=isolated(str(value)))


def refused_items(errors: object) -> dict[EntryId, str]:
    """By item, why Pleo did not take its outcome."""
    return {
        EntryId(error["accounting_entry_id"]): said(
            "not taken: {message} ({type})",
            message=isolated(str(error.get("message") or "")),
            type=isolated(str(error.get("type") or "")),
        )
        for error in (errors if isinstance(errors, list) else ())
    }


def read_words(content: _Content, items: Mapping[EntryId, str]) -> tuple[str, dict[EntryId, str]]:
    """What Pleo showed afterwards, and of each item whether it showed its outcome."""
    if not items:
        if content.get("job_status") is None:
            problem = isolated(str(content.get("problem") or ""))
            return said("It could not be read back: {problem}", problem=problem), {}
        return said("Read back: the job is '{status}'", status=job_word(JobStatus(content["job_status"]))), {}
    refused = refused_items(content.get("refused"))
    missing = {EntryId(each): said("not shown by Pleo") for each in content.get("missing") or ()}
    shown_by_pleo = {each: said("shown by Pleo") for each in items if each not in refused and each not in missing}
    words = nsaid(
        "Read back: Pleo shows {n:,} outcome of {all:,}",
        "Read back: Pleo shows {n:,} outcomes of {all:,}",
        len(shown_by_pleo),
        all=len(items),
    )
    return words, {**shown_by_pleo, **missing, **refused}


def judged_words(standing: Standing, *, is_event: bool) -> str:
    return (_EVENT_JUDGED if is_event else _OUTCOMES_JUDGED).get(standing) or _JUDGED[standing]


def read_details(content: _Content) -> tuple[str, ...]:
    if not content.get(ITEMS_IMPLY):
        return ()
    event = event_word(EventType(str(content[ITEMS_IMPLY])))
    return (said("Pleo's items implied another event by then: '{event}'", event=event),)


def judged_details(content: _Content) -> tuple[str, ...]:
    return tuple(_judged_details(content))


def _judged_details(content: _Content) -> Iterator[str]:
    if content.get("saw"):
        yield said("Seen in Pleo: {words}", words=isolated(str(content["saw"])))
    if content.get("why"):
        yield said("Why: {words}", words=isolated(str(content["why"])))
    for change in content.get("changes") or ():
        yield said("Changed meanwhile: {words}", words=isolated(str(change)))
