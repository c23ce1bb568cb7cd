"""What a table answers beyond its text, by role; a role that is not listed costs one look into a dictionary."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from app.messages import shown
from app.screen_text import for_screen
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


def one_line(text: str) -> str:
    """As the user reads it, what fits into a cell at the very most; the whole text is for tooltip, copy and detail
    pane."""
    cut = shown(text)[:_LONGEST_LINE]
    return cut if cut.isprintable() else " ".join(for_screen(cut).split())


def sentence(columns: Sequence[Column[Any]], column: int, row: object) -> str:
    """The row as it is read aloud, beginning with the cell in question."""
    order = (columns[column], *columns[:column], *columns[column + 1 :])
    spoken = ((shown(each.title), one_line(each.text(row))) for each in order)
    return ", ".join(f"{title} {text}" for title, text in spoken if text) + "."


def _alignment(columns: Sequence[Column[Any]], column: int, _row: object) -> object:
    return FLAGS[columns[column].align]


def _icon(columns: Sequence[Column[Any]], column: int, row: object) -> object:
    chosen = columns[column].icon
    name = chosen(row) if chosen else None
    return icon(name) if name else None


def _tooltip(columns: Sequence[Column[Any]], column: int, row: object) -> str:
    made = columns[column]
    return plain_tooltip((made.tooltip or made.text)(row))


ANSWERS: dict[int, Answer] = {
    int(Qt.ItemDataRole.TextAlignmentRole): _alignment,
    int(Qt.ItemDataRole.DecorationRole): _icon,
    int(Qt.ItemDataRole.ToolTipRole): _tooltip,
    int(Qt.ItemDataRole.AccessibleTextRole): sentence,
}
