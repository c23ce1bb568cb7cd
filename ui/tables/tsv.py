from collections.abc import Iterable, Sequence

from ui.tables.column import Column, R

_STARTS_A_FORMULA = ("=", "+", "-", "@")


def as_tsv(columns: Sequence[Column[R]], rows: Iterable[R], *, with_headers: bool = False) -> str:
    """Lines a spreadsheet pastes as cells: no tab or line break within, no text that would become a formula."""
    lines = ["\t".join(_cell(column.title) for column in columns)] if with_headers else []
    lines.extend("\t".join(_cell_of(column, row) for column in columns) for row in rows)
    return "\n".join(lines)


def _cell_of(column: Column[R], row: R) -> str:
    cell = _cell(column.text(row))
    is_text = isinstance(column.value(row), str)
    return f"'{cell}" if is_text and cell.startswith(_STARTS_A_FORMULA) else cell


def _cell(text: str) -> str:
    return " ".join(text.split())
