"""What a table answers beyond its text, by role; a role that is not listed costs one look into a dictionary."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from app.messages import shown
from app.texts.screen import for_screen
from ui.tables.column import Align, Column
from ui.theme.icons import icon
from ui.theme.tooltip import plain_tooltip

Answer = Callable[[Sequence[Column[Any]], int, object], object]

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
FLAGS = {
    Align.START: Qt.AlignmentFlag.AlignLeft | _MIDDLE,
    Align.END: Qt.AlignmentFlag.AlignRight | _MIDDLE,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter | _MIDDLE,
}
_LONGEST_LINE = 400
_ENDS = (".", "…", "?", "!")


def one_line(text: str) -> str:
    """As the user reads it, what fits into a cell at the very most; the whole text is for tooltip, copy and detail
    pane."""
    cut = shown(text)[:_LONGEST_LINE]
    return cut if cut.isprintable() else " ".join(for_screen(cut).split())


def sentence(columns: Sequence[Column[Any]], column: int, row: object) -> str:
    """The row as it is read aloud, beginning with the cell in question."""
    order = (columns[column], *columns[:column], *columns[column + 1 :])
    spoken = ((shown(each.title), _spoken_text(each, row)) for each in order)
    whole = ", ".join(f"{title} {text}" for title, text in spoken if text)
    return whole if whole.endswith(_ENDS) else f"{whole}."


def spoken(columns: Sequence[Column[Any]], column: int, row: object) -> str:
    """The cell alone: a screen reader says its title by itself, and the row's other cells as its user wants them."""
    return _spoken_text(columns[column], row)


def _spoken_text(column: Column[Any], row: object) -> str:
    return one_line((column.spoken or column.text)(row))


def _alignment(columns: Sequence[Column[Any]], column: int, _row: object) -> object:
    return FLAGS[columns[column].align]


def _icon(columns: Sequence[Column[Any]], column: int, row: object) -> object:
    chosen = columns[column].icon
    name = chosen(row) if chosen else None
    return icon(name) if name else None


def _check_state(columns: Sequence[Column[Any]], column: int, row: object) -> object:
    checked = columns[column].checked
    is_checked = checked(row) if checked else None
    return None if is_checked is None else Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked


def _tooltip(columns: Sequence[Column[Any]], column: int, row: object) -> str:
    made = columns[column]
    return plain_tooltip((made.tooltip or made.text)(row))


ANSWERS: dict[int, Answer] = {
    int(Qt.ItemDataRole.TextAlignmentRole): _alignment,
    int(Qt.ItemDataRole.DecorationRole): _icon,
    int(Qt.ItemDataRole.ToolTipRole): _tooltip,
    int(Qt.ItemDataRole.AccessibleTextRole): spoken,
    int(Qt.ItemDataRole.CheckStateRole): _check_state,
}
