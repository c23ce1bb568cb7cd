from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

MINIMUM_WIDTH = 48


class ColumnHeader(QHeaderView):
    """A header whose selection stays empty.

    The stock header shares the table's selection and asks for each column whether all of it is selected, which takes
    a second and a half when 100,000 rows are.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("columnHeader")
        self.setMinimumSectionSize(MINIMUM_WIDTH)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortIndicatorShown(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keep_unselected(self, model: QAbstractItemModel) -> None:
        self.setSelectionModel(QItemSelectionModel(model, self))
