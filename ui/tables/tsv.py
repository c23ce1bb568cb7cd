from collections.abc import Iterable, Sequence

from ui.tables.cells import Cell, Figures, cells, titles
from ui.tables.column import Column, R


def copied_lines(
    columns: Sequence[Column[R]], rows: Iterable[R], figures: Figures, *, with_headers: bool = False
) -> list[list[Cell]]:
    lines = [titles(columns)] if with_headers else []
    lines.extend(list(cells(columns, row, figures)) for row in rows)
    return lines


def tsv_of(lines: Iterable[Sequence[Cell]]) -> str:
    return "\n".join("\t".join(cell.text for cell in line) for line in lines)
