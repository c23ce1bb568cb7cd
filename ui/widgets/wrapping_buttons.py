from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextShowMnemonic
_ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FLAGS = int(_WRAPPED) | int(_ALIGNED)
_HIGHEST = 10_000


def _prepare(button: QAbstractButton) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)


def _around(button: QAbstractButton, one_line: QSize) -> QSize:
    """Pixels beside and above the words, for the box and the frame."""
    words = button.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), button.text())
    return QSize(max(0, one_line.width() - words.width()), max(0, one_line.height() - words.height()))


def _height(button: QAbstractButton, one_line: QSize, width: int) -> int:
    around = _around(button, one_line)
    room = QRect(0, 0, max(1, width - around.width()), _HIGHEST)
    words = button.fontMetrics().boundingRect(room, _FLAGS, button.text())
    return max(one_line.height(), words.height() + around.height())


def _least(button: QAbstractButton, one_line: QSize) -> QSize:
    widest = max((button.fontMetrics().horizontalAdvance(word) for word in button.text().split()), default=0)
    return QSize(min(one_line.width(), widest + _around(button, one_line).width()), one_line.height())


def _paint(
    button: QAbstractButton, option: QStyleOptionButton, control: QStyle.ControlElement, contents: QStyle.SubElement
) -> None:
    painter = QStylePainter(button)
    room = button.style().subElementRect(contents, option, button)
    room.setRight(button.rect().right())
    text, option.text = option.text, ""
    painter.drawControl(control, option)
    painter.drawItemText(room, _FLAGS, option.palette, button.isEnabled(), text, QPalette.ColorRole.WindowText)
    painter.end()


class WrappingCheckBox(QCheckBox):
    """A check box whose words go on in the next line where one has no room for them; Qt's own cuts them off."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _prepare(self)

    def heightForWidth(self, width: int) -> int:
        return _height(self, super().sizeHint(), width)

    def minimumSizeHint(self) -> QSize:
        return _least(self, super().sizeHint())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        _paint(self, option, QStyle.ControlElement.CE_CheckBox, QStyle.SubElement.SE_CheckBoxContents)


class WrappingRadioButton(QRadioButton):
    """A radio button whose words go on in the next line where one has no room for them."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _prepare(self)

    def heightForWidth(self, width: int) -> int:
        return _height(self, super().sizeHint(), width)

    def minimumSizeHint(self) -> QSize:
        return _least(self, super().sizeHint())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        _paint(self, option, QStyle.ControlElement.CE_RadioButton, QStyle.SubElement.SE_RadioButtonContents)
