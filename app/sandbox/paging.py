"""Pages over a sequence whose order does not change: cursors, offsets, limits.

A cursor is opaque outside: base32 of the row's position in the unfiltered sequence, so that it stays right while rows
change their status under a filter.
"""

import base64
import binascii
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from app.sandbox.reply import bad_request
from app.sandbox.vocabulary import PAGE_ORDERS

Served = TypeVar("Served")

DEFAULT_LIMIT: Final = 100
GREATEST_LIMIT: Final = 1000

_INTEGER: Final = re.compile(r"[0-9]{1,19}", re.ASCII)
_POSITION: Final = re.compile(rb"row:(\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What the query asked for. `after` and `before` are positions; `parameters` echoes the whole query."""

    parameters: Mapping[str, list[str]]
    after: int | None = None
    before: int | None = None
    offset: int | None = None
    limit: int = DEFAULT_LIMIT
    sorting_keys: tuple[str, ...] = ()
    sorting_order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServedPage(Generic[Served]):
    """The rows of one page, and Pleo's words about where it lies."""

    rows: list[Served]
    pagination: dict[str, object]


def read_page_request(query: Mapping[str, list[str]]) -> PageRequest:
    """Refusal 400 for a malformed value, or for more than one of before, after and offset."""
    if sum(name in query for name in ("before", "after", "offset")) > 1:
        raise bad_request("before, after and offset exclude each other.")
    order = tuple(query.get("sorting_order", ()))
    if unlisted := [word for word in order if word not in PAGE_ORDERS]:
        raise bad_request(f"sorting_order must be one of {', '.join(sorted(PAGE_ORDERS))}, not {unlisted[0]}.")
    limit = _integer(query, "limit", 2**31 - 1)
    return PageRequest(
        parameters=query,
        after=_position(query, "after"),
        before=_position(query, "before"),
        offset=_integer(query, "offset", 2**63 - 1),
        limit=DEFAULT_LIMIT if limit is None else min(limit, GREATEST_LIMIT),
        sorting_keys=tuple(query.get("sorting_keys", ())),
        sorting_order=order,
    )


def single(query: Mapping[str, list[str]], name: str) -> str | None:
    """The one value of a parameter that must not be repeated; Refusal 400 when it is."""
    values = query.get(name, [])
    if len(values) > 1:
        raise bad_request(f"{name} must be given once.")
    return values[0] if values else None


def page_of(
    rows: Sequence[Served], request: PageRequest, keep: Callable[[Served], bool] | None = None
) -> ServedPage[Served]:
    """The page of `rows` (those that `keep` lets through) that was asked for. Without `keep` it costs the page only."""
    kept: Sequence[int] = range(len(rows))
    if keep is not None:
        kept = [position for position, row in enumerate(rows) if keep(row)]
    start, stop = _window(kept, request)
    positions = kept[start:stop]
    pagination: dict[str, object] = {
        "currentRequestPagination": _current(request),
        "hasNextPage": stop < len(kept),
        "hasPreviousPage": start > 0,
        "total": len(kept),
    }
    if positions:
        pagination |= {"startCursor": cursor(positions[0]), "endCursor": cursor(positions[-1])}
    return ServedPage([rows[position] for position in positions], pagination)


def cursor(position: int) -> str:
    """The opaque name of a row's position."""
    return base64.b32encode(b"row:%d" % position).decode()


def _window(kept: Sequence[int], request: PageRequest) -> tuple[int, int]:
    if request.before is not None:
        stop = _first_at_least(kept, request.before)
        return max(0, stop - request.limit), stop
    start = request.offset or 0
    if request.after is not None:
        start = _first_at_least(kept, request.after + 1)
    start = min(start, len(kept))
    return start, min(start + request.limit, len(kept))


def _first_at_least(kept: Sequence[int], position: int) -> int:
    if isinstance(kept, range):
        return min(position, len(kept))
    return bisect_left(kept, position)


def _current(request: PageRequest) -> dict[str, object]:
    parameters = request.parameters
    current: dict[str, object] = {"parameters": dict(parameters), "limit": request.limit}
    current |= {name: parameters[name][0] for name in ("after", "before") if name in parameters}
    if request.offset is not None:
        current["offset"] = request.offset
    if request.sorting_keys:
        current["sortingKeys"] = list(request.sorting_keys)
    if request.sorting_order:
        current["sortingOrder"] = list(request.sorting_order)
    return current


def _integer(query: Mapping[str, list[str]], name: str, greatest: int) -> int | None:
    text = single(query, name)
    if text is None:
        return None
    if not _INTEGER.fullmatch(text) or int(text) > greatest:
        raise bad_request(f"{name} must be an integer from 0 to {greatest}.")
    return int(text)


def _position(query: Mapping[str, list[str]], name: str) -> int | None:
    text = single(query, name)
    if text is None:
        return None
    try:
        decoded = _POSITION.fullmatch(base64.b32decode(text))
    except (binascii.Error, ValueError):
        decoded = None
    if decoded is None:
        raise bad_request(f"{name} is not a cursor of this list.")
    return int(decoded[1])
