from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.metrics import Density, take_density, take_font
from ui.theme.stylesheet import stylesheet
from ui.theme.tokens import Scheme, Tokens, tokens_of

_USUAL_PERCENT = 100


class ThemeNews(QObject):
    """Says that the colours are others now; what holds painted icons paints them again."""

    changed = Signal()


class _Current:
    scheme = Scheme.LIGHT
    base_font: QFont | None = None


@cache
def theme_news() -> ThemeNews:
    return ThemeNews()


def current_scheme() -> Scheme:
    return _Current.scheme


def current_tokens() -> Tokens:
    return tokens_of(_Current.scheme)


def system_scheme() -> Scheme:
    """As the desktop is set; where it asks for high contrast, that comes before light and dark."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return Scheme.CONTRAST
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


def set_text(app: QApplication, percent: int, density: Density) -> None:
    """Before the first window: what is there already keeps its sizes. `percent` of the desktop's own size."""
    base = app.font()
    if percent != _USUAL_PERCENT and base.pointSizeF() > 0:
        base.setPointSizeF(base.pointSizeF() * percent / _USUAL_PERCENT)
        app.setFont(base)
    take_density(density)


def apply_theme(app: QApplication, scheme: Scheme) -> None:
    """The program carries both palettes itself: asking Qt for a colour scheme does nothing where no desktop answers."""
    if app.style().name() != "fusion":
        app.setStyle("fusion")
    _Current.scheme = scheme
    tokens = tokens_of(scheme)
    take_font(app.font())
    app.setPalette(_palette(tokens))
    app.setStyleSheet(stylesheet(scheme, app.font()))
    theme_news().changed.emit()


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, name in {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "window",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "on_accent",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.PlaceholderText: "quiet",
        role.Highlight: "selection",
        role.HighlightedText: "text",
        role.Accent: "focus",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "raised",
        role.Midlight: "hairline",
        role.Mid: "outline",
        role.Dark: "outline",
        role.Shadow: "outline",
    }.items():
        palette.setColor(target, QColor(tokens.colour(name)))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Button, QColor(tokens.disabled_fill))
    palette.setColor(QPalette.ColorGroup.Inactive, role.Highlight, QColor(tokens.selection_quiet))
    return palette
