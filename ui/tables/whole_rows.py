"""How a table of whole rows behaves and looks, apart from what it shows."""

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.messages import tr
from ui.theme.metrics import figures_font, row_height


def choose_whole_rows(table: QTableView) -> None:
    """Rows are chosen, not cells; Tab leaves the table; it scrolls by pixels."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setAccessibleName(tr("Table"))


def set_row_look(table: QTableView) -> None:
    """One line of text to each row, as high as the font asks for: to be set anew with each font."""
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)
    table.setFont(figures_font(table.font()))
    rows = table.verticalHeader()
    rows.setVisible(False)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMinimumSectionSize(0)
    rows.setDefaultSectionSize(row_height(table.font()))
