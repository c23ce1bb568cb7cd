from collections.abc import Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import QCollator, QLocale, Qt

Ranks = list[int]
LAST = -1


def ranks(keys: Sequence[Any]) -> Ranks:
    """For each key its place among the distinct keys, LAST for None: whole numbers sort many times faster than keys.

    Comparing collation keys costs a call into Qt each time, so it is done once for each distinct text.
    """
    distinct = {key for key in keys if key is not None}
    order = _in_order(distinct)
    place = {key: position for position, key in enumerate(order)}
    place[None] = LAST
    return [place[key] for key in keys]


def reordered(positions: Sequence[int], by: Ranks, *, descending: bool) -> list[int]:
    """Positions sorted by their ranks, equals left as they were, those without a value last."""
    present = [position for position in positions if by[position] != LAST]
    if len(present) == len(positions):
        return sorted(present, key=by.__getitem__, reverse=descending)
    missing = [position for position in positions if by[position] == LAST]
    present.sort(key=by.__getitem__, reverse=descending)
    return present + missing


def _in_order(distinct: set[Any]) -> list[Any]:
    if not any(isinstance(key, str) for key in distinct):
        return sorted(distinct)
    sort_key = _collator().sortKey
    # Texts that collate alike ("b", "B") stand in one order in every run.
    return sorted(sorted(distinct, key=str), key=lambda key: sort_key(str(key)))


@cache
def _collator() -> QCollator:
    """The C locale would sort by code point, capitals first; English stands in for it."""
    locale = QLocale.system().collation()
    collator = QCollator(QLocale(QLocale.Language.English) if locale.language() is QLocale.Language.C else locale)
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    collator.setNumericMode(True)
    return collator
