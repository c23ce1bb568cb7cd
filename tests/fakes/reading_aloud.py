"""What a screen reader meets in a window: walked as it walks, from interface to interface."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QCheckBox, QComboBox, QTableView, QWidget

from ui.tables.model import RecordTableModel
from ui.widgets.announcements import announcements

_ACROSS = Qt.Orientation.Horizontal
# Our own, and what it makes of letters; what looks like markup in a text of Pleo's stays letters, and is read as such.
_MARKUP = re.compile(r"<p style=|white-space:|&(lt|gt|amp|quot|nbsp|#x?\d+);")
_TWICE = re.compile(r"\b(\d+ \w+), \1\b")
_TEXTS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


def interfaces(window: QWidget) -> Iterator[QAccessibleInterface]:
    """All that is on screen in it, the cells of its tables and lists among them."""
    yield from _beneath(QAccessible.queryAccessibleInterface(window))


def _beneath(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from _beneath(child)


def complaints(window: QWidget) -> list[str]:
    """What a listener could not make sense of; none where all is well."""
    found = []
    for interface in interfaces(window):
        found += _of_texts(interface)
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible():
            found += _of_widget(widget)
    for table in window.findChildren(QTableView):
        if table.isVisible():
            found += _of_table(table)
    return found


def _of_texts(interface: QAccessibleInterface) -> list[str]:
    texts = [interface.text(kind) for kind in _TEXTS]
    where = _where(interface)
    found = [f"markup: {where}: {text}" for text in texts if _MARKUP.search(text)]
    found += [f"twice: {where}: {text}" for text in texts if _TWICE.search(text)]
    return found + [f"two stops: {where}: {text}" for text in texts if re.search(r"(?<!\.)\.\.(?!\.)", text)]


def _of_widget(widget: QWidget) -> list[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None:
        return []
    labels = [
        relation[0].text(QAccessible.Text.Name)
        for relation in interface.relations()
        if relation[1] & QAccessible.RelationFlag.Label
    ]
    found = []
    if isinstance(widget, QCheckBox) and labels:
        found.append(f"a check box that {labels} speaks for: {_where(interface)}")
    if isinstance(widget, QComboBox) and len(labels) != 1:
        found.append(f"a combo box with {len(labels)} labels: {_where(interface)}")
    can_have_focus = bool(widget.focusPolicy()) and widget.isEnabled()
    if can_have_focus and not interface.text(QAccessible.Text.Name) and not labels and not widget.focusProxy():
        found.append(f"focusable without a name: {type(widget).__name__} {_where(interface)}")
    return found


def _of_table(table: QTableView) -> list[str]:
    model = table.model()
    if not isinstance(model, RecordTableModel):
        return _of_fields(table)
    titles = [str(model.headerData(place, _ACROSS)) for place in range(model.columnCount())]
    interface = QAccessible.queryAccessibleInterface(table)
    found = []
    if model.rowCount() and interface.text(QAccessible.Text.Description):
        found.append(f"said over rows: {interface.text(QAccessible.Text.Description)}")
    for place in range(interface.childCount()):
        cell = interface.child(place)
        if cell is None or cell.role() is not QAccessible.Role.Cell:
            continue
        text = cell.text(QAccessible.Text.Name)
        found += [f"a cell that holds {title}: {text}" for title in titles if f", {title} " in text]
    return found


def _of_fields(table: QTableView) -> list[str]:
    """A table that is filled in: one hears which column one is in."""
    model = table.model()
    cells = [model.index(row, place) for row in range(model.rowCount()) for place in range(model.columnCount())]
    fields = [cell for cell in cells if model.flags(cell) & Qt.ItemFlag.ItemIsEditable]
    assert fields
    return [
        f"a field without its column: {spoken}"
        for field in fields
        if not (spoken := str(model.data(field, Qt.ItemDataRole.AccessibleTextRole))).startswith(
            str(model.headerData(field.column(), _ACROSS))
        )
    ]


def _where(interface: QAccessibleInterface) -> str:
    made = interface.object()
    return f"{interface.role().name} {made.objectName() if made else ''}"


@contextmanager
def heard() -> Iterator[list[str]]:
    """What is announced meanwhile, in order."""
    told: list[str] = []
    connection = announcements().made.connect(told.append)
    try:
        yield told
    finally:
        announcements().disconnect(connection)
