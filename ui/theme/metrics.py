from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

GRID = 8
HALF = 4
ICON = 16
TITLE_SCALE = 1.25
# Pixels of a line of text at the size that sizes of pixels are meant for.
_USUAL_LINE = 15
_TABULAR = QFont.Tag("tnum")


class Density(Enum):
    """How much air there is around a row of a table."""

    USUAL = "usual"
    COMPACT = "compact"
    ROOMY = "roomy"


# Pixels around a line of text, and the least height of a row.
_AIR = {Density.USUAL: (10, 26), Density.COMPACT: (4, 20), Density.ROOMY: (18, 34)}


class _Text:
    scale = 1.0
    density = Density.USUAL


def take_density(density: Density) -> None:
    """From here on rows are as high as that."""
    _Text.density = density


def take_font(font: QFont) -> None:
    """From here on sizes are those for this font."""
    _Text.scale = max(1.0, QFontMetrics(font).height() / _USUAL_LINE)


def scaled(pixels: int) -> int:
    """A size beside text, which grows with it: `pixels` are what it has at the usual size."""
    return round(pixels * _Text.scale)


def unscaled(pixels: int) -> int:
    """What a size is at the usual size of text, to be kept."""
    return round(pixels / _Text.scale)


def icon_side() -> int:
    """Device-independent pixels of an icon beside text."""
    return scaled(ICON)


def row_height(font: QFont) -> int:
    """Pixels for one line of text with air around it."""
    air, least = _AIR[_Text.density]
    return max(least, QFontMetrics(font).height() + air)


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
