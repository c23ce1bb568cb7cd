from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

from ui.tables.ordering import SortKey
from ui.tables.override import override
from ui.theme.apply import current_tokens

MINIMUM_WIDTH = 48
_ASCENDING, _DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
_RANK_WIDTH = 12
_RANK_SCALE = 0.7
_Arrow = QStyleOptionHeader.SortIndicator


class ColumnHeader(QHeaderView):
    """Titles over the columns, with an arrow at each that the rows are sorted by, numbered where there are several.

    Its selection stays empty: the stock header shares the table's and asks for each column whether all of it is
    selected, which takes a second and a half when 100,000 rows are.
    """

    sort_requested = Signal(int, bool)  # column; whether it comes after the keys there are

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._keys: tuple[SortKey, ...] = ()
        self._adds = False
        self.setObjectName("columnHeader")
        self.setMinimumSectionSize(MINIMUM_WIDTH)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, _ASCENDING)
        self.setSortIndicatorShown(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sectionClicked.connect(lambda column: self.sort_requested.emit(column, self._adds))

    def keep_unselected(self, model: QAbstractItemModel) -> None:
        self.setSelectionModel(QItemSelectionModel(model, self))

    def show_sort(self, keys: Sequence[SortKey]) -> None:
        self._keys = tuple(keys)
        column, order = self._keys[0] if self._keys else (-1, _ASCENDING)
        self.setSortIndicator(column, order)
        self.viewport().update()

    def title_width(self, column: int) -> int:
        """Pixels that the whole title needs; the arrow stands above it."""
        return self.sectionSizeFromContents(column).width()

    @override()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)

    @override()
    def initStyleOptionForIndex(self, option: QStyleOptionHeader, column: int) -> None:
        super().initStyleOptionForIndex(option, column)
        order = dict(self._keys).get(column)
        arrows = {None: _Arrow.None_, _ASCENDING: _Arrow.SortDown, _DESCENDING: _Arrow.SortUp}
        option.sortIndicator = arrows[order]

    @override()
    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        painter.save()
        super().paintSection(painter, rect, column)
        painter.restore()
        rank = next((rank for rank, (key, _) in enumerate(self._keys, 1) if key == column), 0)
        if rank and len(self._keys) > 1:
            self._paint_rank(painter, rect, rank)

    def _paint_rank(self, painter: QPainter, rect: QRect, rank: int) -> None:
        """Right of the arrow, which stands at the top in the middle."""
        font = QFont(self.font())
        font.setPointSizeF(max(6.0, font.pointSizeF() * _RANK_SCALE))
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(current_tokens().quiet))
        room = QRect(rect.center().x() + 6, rect.top(), _RANK_WIDTH, painter.fontMetrics().height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), str(rank))
        painter.restore()


def next_sort(keys: Sequence[SortKey], column: int, *, adds: bool) -> list[SortKey]:
    """Once: ascending; again: descending; a third time: no longer. Alone, or after the keys that there are."""
    others = [key for key in keys if key[0] != column]
    is_meant = adds or not others
    order = next((order for key, order in keys if key == column), None) if is_meant else None
    if order is _DESCENDING:
        return others if adds else []
    wanted = _ASCENDING if order is None else _DESCENDING
    if not adds:
        return [(column, wanted)]
    if order is None:
        return [*keys, (column, wanted)]
    return [(key, wanted if key == column else was) for key, was in keys]
