from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

Line = list[QLayoutItem]
_ANY_WIDTH = (QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)


class FlowLayout(QLayout):
    """Parts beside each other, each as wide as it wants to be; what has no room goes on in the next line.

    What is left of a line goes to the part that yields, up to what it wants to be, then to the first one in the line
    that takes any width.
    """

    def __init__(self, across: int, down: int | None = None, parent: QWidget | None = None) -> None:
        """Pixels between parts and between lines; without `down` these are the same."""
        super().__init__(parent)
        self._down = across if down is None else down
        self._items: Line = []
        self._yielding: QWidget | None = None
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(across)

    def add_yielding(self, widget: QWidget) -> None:
        """One that comes and goes, and moves nothing into another line when it does: it is content with its least
        width."""
        self._yielding = widget
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = [_height(line) for line in self._lines(width)]
        return sum(heights) + self._down * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(_wanted(item).width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, _height(shown))

    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(widest, _height(self._shown()))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            height = _height(line)
            left = rect.left()
            for item, width in zip(line, self._widths(line, rect.width()), strict=True):
                own = min(height, _wanted(item).height())
                item.setGeometry(QRect(left, top + (height - own) // 2, width, own))
                left += width + self.spacing()
            top += height + self._down

    def _shown(self) -> Line:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> Iterator[Line]:
        line: Line = []
        taken = 0
        for item in self._shown():
            wanted = min(self._wanted_width(item), width)
            if line and taken + self.spacing() + wanted > width:
                yield line
                line, taken = [], 0
            taken += wanted + (self.spacing() if line else 0)
            line.append(item)
        if line:
            yield line

    def _wanted_width(self, item: QLayoutItem) -> int:
        return item.minimumSize().width() if item.widget() is self._yielding else _wanted(item).width()

    def _widths(self, line: Line, width: int) -> list[int]:
        widths = [min(self._wanted_width(item), width) for item in line]
        left = width - sum(widths) - self.spacing() * (len(line) - 1)
        for place, item in enumerate(line):
            if item.widget() is self._yielding:
                more = max(0, min(left, item.sizeHint().width() - widths[place]))
                widths[place] += more
                left -= more
        taker = next((place for place, item in enumerate(line) if _takes_any_width(item)), None)
        if taker is not None:
            widths[taker] += max(0, left)
        return widths


def _height(line: Sequence[QLayoutItem]) -> int:
    return max((_wanted(item).height() for item in line), default=0)


def _wanted(item: QLayoutItem) -> QSize:
    """An item says nothing of the width of what takes any."""
    widget = item.widget()
    return widget.sizeHint().expandedTo(widget.minimumSize()) if widget and _takes_any_width(item) else item.sizeHint()


def _takes_any_width(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() in _ANY_WIDTH
