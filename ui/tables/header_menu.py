from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.messages import shown, tr
from ui.tables.columns_shown import ColumnsShown
from ui.tables.model import RecordTableModel
from ui.theme.metrics import scaled

_ASCENDING, _DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder

_STEP = 16  # pixels


def header_menu(columns: ColumnsShown, model: RecordTableModel[Any], column: int, parent: QWidget) -> QMenu:
    """What can be done to one column, which is the way of the keyboard; then what can be done to all."""
    menu = QMenu(parent)
    if column in columns.visible():
        _add_sort(menu, columns, model, column)
        menu.addSeparator()
        _add_place_and_width(menu, columns, column)
        menu.addSeparator()
        menu.addAction(tr("Freeze up to here")).triggered.connect(lambda: columns.freeze_up_to(column))
    unfreeze = menu.addAction(tr("Unfreeze"))
    unfreeze.setEnabled(bool(columns.frozen()))
    unfreeze.triggered.connect(columns.unfreeze)
    menu.addSeparator()
    _add_choice(menu, columns)
    menu.addSeparator()
    menu.addAction(tr("Reset columns")).triggered.connect(columns.reset_by_user)
    return menu


def _add_sort(menu: QMenu, columns: ColumnsShown, model: RecordTableModel[Any], column: int) -> None:
    keys = model.sorted_by()
    others = [key for key in keys if key[0] != column]
    for text, order in ((tr("Sort ascending"), _ASCENDING), (tr("Sort descending"), _DESCENDING)):
        action = menu.addAction(text)
        action.triggered.connect(lambda _on=False, order=order: model.sort_by([(column, order)]))
    further = ((tr("Then by this, ascending"), _ASCENDING), (tr("Then by this, descending"), _DESCENDING))
    for text, order in further:
        action = menu.addAction(text)
        action.setEnabled(bool(others))
        action.triggered.connect(lambda _on=False, order=order: model.sort_by([*others, (column, order)]))
    title, bring_back = columns.unsorted
    clear = menu.addAction(shown(title))
    clear.setEnabled(bool(keys) or bring_back is not None)
    clear.triggered.connect(lambda: bring_back() if bring_back else model.sort_by([]))


def _add_place_and_width(menu: QMenu, columns: ColumnsShown, column: int) -> None:
    """What a mouse does by dragging."""
    for text, step in ((tr("Wider"), _STEP), (tr("Narrower"), -_STEP)):
        menu.addAction(text).triggered.connect(lambda _on=False, step=step: columns.widen(column, scaled(step)))
    for text, places in ((tr("Move left"), -1), (tr("Move right"), 1)):
        action = menu.addAction(text)
        action.setEnabled(columns.can_move(column, places))
        action.triggered.connect(lambda _on=False, places=places: columns.move(column, places))


def _add_choice(menu: QMenu, columns: ColumnsShown) -> None:
    wanted, visible = columns.wanted(), columns.visible()
    for place, column in enumerate(columns.columns()):
        title = shown(column.title).replace("&", "&&")
        action = menu.addAction(tr("{column} (empty in this job)", column=title) if columns.is_empty(place) else title)
        action.setCheckable(True)
        action.setChecked(place in wanted)
        action.setEnabled(visible != [place])
        action.toggled.connect(lambda is_shown, place=place: columns.show(place, is_shown))
