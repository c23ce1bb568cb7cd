from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

GRID = 8
HALF = 4
ICON = 16
TITLE_SCALE = 1.25
_TABULAR = QFont.Tag("tnum")


def row_height(font: QFont) -> int:
    """Pixels for one line of text with air around it."""
    return max(26, QFontMetrics(font).height() + 10)


def title_font(base: QFont) -> QFont:
    font = strong_font(base)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * TITLE_SCALE)
    else:
        font.setPixelSize(round(base.pixelSize() * TITLE_SCALE))
    return font


def strong_font(base: QFont) -> QFont:
    font = QFont(base)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def figures_font(base: QFont) -> QFont:
    """Figures of equal width, so that amounts line up."""
    font = QFont(base)
    font.setFeature(_TABULAR, 1)
    return font


def fixed_font(base: QFont) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF())
    else:
        font.setPixelSize(base.pixelSize())
    return font
