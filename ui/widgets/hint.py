from PySide6.QtWidgets import QLineEdit

from app.messages import shown
from ui.theme.metrics import GRID

# Beside the words: the frame, what parts them from it, and the cursor.
_AROUND = 4 * GRID


def show_hint(field: QLineEdit, hint: str) -> None:
    """Says in the empty field what belongs in it, and keeps it wide enough for that."""
    words = shown(hint)
    field.setPlaceholderText(words)
    field.setMinimumWidth(field.fontMetrics().horizontalAdvance(words) + _AROUND)
