from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar

from PySide6.QtCore import QCollator, QLocale, Qt

from app.messages import shown
from app.slices import Slices, slices

Ranks: TypeAlias = "array[int]"  # four bytes a row instead of forty
LAST = -1
T = TypeVar("T")

ROWS_IN_A_SLICE = 500
_SORTED_AT_ONCE = 1000
_SAMPLE = 512
_SAMPLES_FOR_A_PIVOT = 4


def rank_slices(rows: Sequence[T], key_of: Callable[[T], Any]) -> Slices[Ranks]:
    """For each row the place of its key among the distinct keys, LAST for None; whole numbers sort many times faster.

    Comparing collation keys costs a call into Qt each time, so it is done once for each distinct text. Between two
    yields little time goes by: the event loop may turn there.
    """
    keys: list[Any] = []
    distinct: set[Any] = set()
    is_text = False
    for part in slices(len(rows), ROWS_IN_A_SLICE):
        more = [key_of(row) for row in rows[part]]
        is_text = is_text or any(isinstance(key, str) for key in more)
        keys += more
        distinct.update(more)
        yield
    distinct.discard(None)
    order = yield from (_collated(list(distinct)) if is_text else _sorted_in_parts(list(distinct)))
    place: dict[Any, int] = {None: LAST}
    for part in slices(len(order), ROWS_IN_A_SLICE):
        place.update(zip(order[part], range(part.start, part.stop), strict=True))
        yield
    ranks = array("i")
    for part in slices(len(keys), ROWS_IN_A_SLICE):
        ranks.extend([place[key] for key in keys[part]])
        yield
    return ranks


def order_slices(ranks: Ranks) -> Slices[Ranks]:
    """Positions in ascending order of their ranks, equals as they were, those without a value last: a counting sort."""
    last = max(ranks, default=LAST) + 1
    next_place = [0] * (last + 2)
    for part in slices(len(ranks), ROWS_IN_A_SLICE):
        for rank in ranks[part]:
            next_place[(last if rank == LAST else rank) + 1] += 1
        yield
    for part in slices(len(next_place), ROWS_IN_A_SLICE):
        for rank in range(max(1, part.start), part.stop):
            next_place[rank] += next_place[rank - 1]
        yield
    order = array("i", bytes(ranks.itemsize * len(ranks)))
    for part in slices(len(ranks), ROWS_IN_A_SLICE):
        for position, given in enumerate(ranks[part], part.start):
            rank = last if given == LAST else given
            order[next_place[rank]] = position
            next_place[rank] += 1
        yield
    return order


def reordered(positions: Sequence[int], by: Sequence[int], *, descending: bool) -> list[int]:
    """Positions sorted by their ranks, equals left as they were, those without a value last."""
    if LAST not in by:
        return sorted(positions, key=by.__getitem__, reverse=descending)
    present = [position for position in positions if by[position] != LAST]
    missing = [position for position in positions if by[position] == LAST]
    present.sort(key=by.__getitem__, reverse=descending)
    return present + missing


def _collated(texts: list[Any]) -> Slices[list[Any]]:
    """Collation keys are made twice, to tell the part and within it: a hundred thousand of them kept at a time make
    Python's collector stop everything.
    """
    sort_key = _collator().sortKey
    if len(texts) <= _SORTED_AT_ONCE:
        return _texts_in_order(texts)
    order: list[Any] = []
    for part in (yield from _parts(texts, lambda text: sort_key(_read(text)))):
        order += _texts_in_order(part)
        yield
    return order


def _texts_in_order(texts: list[Any]) -> list[Any]:
    """Texts that collate alike ("b", "B") stand in one order in every run."""
    sort_key = _collator().sortKey
    return sorted(sorted(texts, key=_read), key=lambda text: sort_key(_read(text)))


def _read(key: Any) -> str:
    """As the user reads it, who looks for it at that place."""
    return str(shown(key))


def _sorted_in_parts(keys: list[Any]) -> Slices[list[Any]]:
    if len(keys) <= _SORTED_AT_ONCE:
        return sorted(keys)
    order: list[Any] = []
    for part in (yield from _parts(keys, lambda key: key)):
        order += sorted(part)
        yield
    return order


def _parts(keys: list[Any], sort_key: Callable[[Any], Any]) -> Slices[list[list[Any]]]:
    """Parted at pivots, each part before the next, so that no one sort takes long."""
    sample = sorted(map(sort_key, keys[:: len(keys) // _SAMPLE + 1]))
    pivots = sample[_SAMPLES_FOR_A_PIVOT::_SAMPLES_FOR_A_PIVOT]
    parts: list[list[Any]] = [[] for _ in range(len(pivots) + 1)]
    for part in slices(len(keys), ROWS_IN_A_SLICE):
        for key in keys[part]:
            parts[bisect_right(pivots, sort_key(key))].append(key)
        yield
    return parts


@cache
def _collator() -> QCollator:
    """The C locale would sort by code point, capitals first; English stands in for it."""
    locale = QLocale.system().collation()
    collator = QCollator(QLocale(QLocale.Language.English) if locale.language() is QLocale.Language.C else locale)
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    collator.setNumericMode(True)
    return collator
