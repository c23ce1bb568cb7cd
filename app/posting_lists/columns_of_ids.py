"""Which column of a list holds the ids of a job, whatever it is called. Pure; in slices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.posting_lists.job_index import JobIndex, tokens, unified
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.mapping import Proposal
from app.posting_lists.table import Cell, PostingTable, text_of
from app.slices import Slices, slices

_KEYS: Final = (ColumnRole.RECONCILIATION_ID, ColumnRole.ENTRY_ID, ColumnRole.REFERENCE)
_SHORTEST_ID: Final = 8


def with_columns_of_ids(proposal: Proposal, table: PostingTable, index: JobIndex) -> Slices[Proposal]:
    """A column whose cells are ids of this job is the reference, whatever it is called and in any language."""
    columns = proposal.mapping.columns
    first = 0 if proposal.head_row is None else proposal.head_row + 1
    keyed = [columns[role] for role in _KEYS if role in columns]
    for column in keyed:
        if (yield from _ids_in(table.columns[column], first, index)):
            return proposal
    yield from index.index_own_ids()
    hits: Counter[int] = Counter()
    for place, cells in enumerate(table.columns):
        hits[place] = yield from _ids_in(cells, first, index)
    ((column, most),) = hits.most_common(1) or [(0, 0)]
    if most:
        role = ColumnRole.REFERENCE
    else:
        for place, cells in enumerate(table.columns):
            hits[place] = yield from _ids_among_words(cells, first, index)
        ((column, most),) = hits.most_common(1) or [(0, 0)]
        role = ColumnRole.TEXT
    known = {columns.get(role) for role in (*_KEYS, ColumnRole.TEXT)}
    if not most or any(place in known and hits[place] == most for place in hits):
        return proposal
    return replace(proposal, mapping=replace(proposal.mapping, columns=_moved(columns, role, column)))


def _moved(columns: Mapping[ColumnRole, int], role: ColumnRole, column: int) -> dict[ColumnRole, int]:
    return {each: place for each, place in columns.items() if each is not role and place != column} | {role: column}


def _ids_in(cells: Sequence[Cell], first: int, index: JobIndex) -> Slices[int]:
    """How many of the cells are an id and nothing else."""
    found = 0
    for part in slices(len(cells) - first):
        rows = cells[first + part.start : first + part.stop]
        texts = [cell.strip().casefold() for cell in rows if isinstance(cell, str) and len(cell) >= _SHORTEST_ID]
        found += sum(1 for text in texts if index.knows_any([text]))
        yield
    return found


def _ids_among_words(cells: Sequence[Cell], first: int, index: JobIndex) -> Slices[int]:
    found = 0
    for part in slices(len(cells) - first):
        rows = cells[first + part.start : first + part.stop]
        texts = (
            unified(text_of(cell).casefold()) for cell in rows if isinstance(cell, str) and len(cell) > _SHORTEST_ID
        )
        found += sum(1 for text in texts if index.knows_any(tokens(text)))
        yield
    return found
