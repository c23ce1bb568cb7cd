"""What stands about the rows of a list: titles, remarks, the sheet's name, columns without a role. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from app.posting_lists.columns_aside import Surroundings, columns_aside
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.list_end import LeftOut
from app.posting_lists.mapping import ListMapping, headings_of
from app.posting_lists.quotations import Quotation, row_under_says, sheet_says, title_says
from app.posting_lists.table import Cell, PostingTable, marks_under, text_of


def surroundings_of(
    table: PostingTable,
    mapping: ListMapping,
    head_row: int | None,
    rows: slice,
    cells: Mapping[ColumnRole, Sequence[Cell]],
    under: Sequence[LeftOut],
) -> Surroundings:
    """`rows` are the places of the list's rows in the table, `cells` their columns that have a role."""
    headings = headings_of(table, head_row)
    first, last = rows.start, rows.stop
    return Surroundings(
        columns={role: (headings[mapping.columns[role]], column) for role, column in cells.items()},
        aside=tuple(columns_aside(table, mapping, head_row, rows)),
        titles=tuple(_titles(table, first if head_row is None else head_row, under)),
        marks={place - first: marks for place, marks in marks_under(table, head_row).items() if first <= place < last},
        numbers=table.numbers[rows],
        line=lambda place: [*filter(None, map(text_of, table.row(first + place)))],
    )


def _titles(table: PostingTable, head_row: int, under: Sequence[LeftOut]) -> Iterator[tuple[Quotation, str]]:
    """What each says, behind what quotes it."""
    if table.source.sheet:
        yield sheet_says, table.source.sheet
    for place in range(head_row):
        for text in _said_together([*filter(None, map(text_of, table.row(place)))]):
            yield partial(title_says, table.numbers[place]), text
    for each in under:
        yield partial(row_under_says, each.number), each.text


def _said_together(texts: Sequence[str]) -> Iterator[str]:
    """A name and what it is, such as Posted and No, make one text; the others stand alone."""
    pairs = [*pairwise(texts)]
    yield from (f"{name.rstrip(':= ')}: {told}" for name, told in pairs)
    counted = {name for name, told in pairs if told == "0"}
    yield from (text for text in texts if text not in counted)
