from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QWidget

_NARROWEST = 96


class WrappedCheckBox(QCheckBox):
    """A box whose words go on in the next line where the width ends. Qt's own has one line, however long it is."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._words = words
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._wrapped(width).count("\n")
        return super().sizeHint().height() + (lines - self.text().count("\n")) * self.fontMetrics().lineSpacing()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._beside_words() + _NARROWEST, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words = self._wrapped(self.width())
        if words != self.text():
            self.setText(words)
            # The breaks are for the eye alone.
            self.setAccessibleName(self._words.replace("&", ""))

    def _beside_words(self) -> int:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style = self.style()
        box = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, option, self)
        return box + style.pixelMetric(QStyle.PixelMetric.PM_CheckBoxLabelSpacing, option, self) + 2

    def _wrapped(self, width: int) -> str:
        metrics, room = self.fontMetrics(), width - self._beside_words()
        lines: list[str] = []
        for word in self._words.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and metrics.size(Qt.TextFlag.TextShowMnemonic, longer).width() <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return "\n".join(lines)
