"""Whether a row of the journal is one that Signoff writes: what is told from rows rests on these shapes. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, StrictStr, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from app.completion.attempt import Answer, Standing
from app.completion.evidence import EVENT, ITEM_UPDATE, Kind
from app.errors import JournalUnreadable, ServerWords
from app.messages import joined, said
from app.models.journal_row import JournalRow
from app.models.page import ItemUpdateError

_MOST_NAMED = 5


def _with_time_zone(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a time without its zone")
    return text


_Moment = Annotated[StrictStr, AfterValidator(_with_time_zone)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    """Of rows that rest on a state of Pleo's, or tell of one."""

    last_updated_at: _Moment | None = None
    job_status: StrictStr | None = None


@dataclass(frozen=True, slots=True)
class _Drafted:
    by: StrictStr


@dataclass(frozen=True, slots=True, kw_only=True)
class _Intended(_Basis):
    what: StrictStr
    who: StrictStr
    connection: StrictStr
    job_id: StrictStr
    body: StrictStr
    drafted: tuple[_Drafted, ...] = ()
    before: dict[str, StrictStr] = field(default_factory=dict)
    batch: StrictStr = ""


@dataclass(frozen=True, slots=True)
class _Answered:
    answer: Answer
    problem: StrictStr | None
    server: ServerWords | None = None
    errors: tuple[ItemUpdateError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read(_Basis):
    missing: tuple[StrictStr, ...] = ()
    refused: tuple[ItemUpdateError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    standing: Standing


@dataclass(frozen=True, slots=True)
class _EventBody:
    event: StrictStr
    jobId: StrictStr  # noqa: N815 - Pleo's own name, as the two after it
    failureReason: StrictStr | None = None  # noqa: N815
    failureReasonType: StrictStr | None = None  # noqa: N815


@dataclass(frozen=True, slots=True)
class _OutcomeBody:
    accountingEntryId: StrictStr  # noqa: N815
    status: StrictStr
    exportedAt: Annotated[StrictStr, AfterValidator(datetime.fromisoformat)] | None = None  # noqa: N815


Check = Callable[[str], Any]
_SHAPES: dict[str, Check] = {
    Kind.INTENDED: TypeAdapter(_Intended).validate_json,
    Kind.SENT: TypeAdapter(_Basis).validate_json,
    Kind.ANSWERED: TypeAdapter(_Answered).validate_json,
    Kind.READ: TypeAdapter(_Read).validate_json,
    Kind.JUDGED: TypeAdapter(_Judged).validate_json,
}
# A later version may write kinds of its own.
_ANY: Check = TypeAdapter(dict[str, Any]).validate_json
_BODIES: dict[str, Check] = {
    EVENT: TypeAdapter(_EventBody).validate_json,
    ITEM_UPDATE: TypeAdapter(tuple[_OutcomeBody, ...]).validate_json,
}


def is_readable(row: JournalRow) -> bool:
    """Whether it holds what Signoff writes into a row of its kind."""
    try:
        _with_time_zone(row.at)
        content = _SHAPES.get(row.kind, _ANY)(row.content)
        if row.kind == Kind.INTENDED and content.what in _BODIES:
            _BODIES[content.what](content.body)
    except (ValidationError, ValueError, TypeError):  # TypeError: bytes where a text belongs
        return False
    return True


def must_be_readable(rows: Iterable[JournalRow]) -> None:
    """Raises JournalUnreadable, which names those that are not."""
    numbers = [said("{n:,}", n=row.sequence) for row in rows if not is_readable(row)]
    if numbers:
        named = joined(", ", numbers[:_MOST_NAMED])
        if len(numbers) > _MOST_NAMED:
            named = said("{rows} and more", rows=named)
        raise JournalUnreadable(said("The journal cannot be read at row {rows}, which is about this job", rows=named))
