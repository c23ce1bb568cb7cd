import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.theme.apply import apply_theme, current_scheme, set_text, system_scheme, theme_news
from ui.theme.metrics import Density, icon_side, row_height, scaled, take_density, take_font, unscaled
from ui.theme.resources import resource
from ui.theme.stylesheet import stylesheet
from ui.theme.tokens import SHAPE_PAIRS, TEXT_PAIRS, Scheme, tokens_of

BOTH = pytest.mark.parametrize("scheme", list(Scheme))


def luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(scheme: Scheme, pairs: tuple[tuple[str, str], ...], least: float) -> dict[tuple[str, str], float]:
    tokens = tokens_of(scheme)
    ratios = {pair: round(contrast(*map(tokens.colour, pair)), 2) for pair in pairs}
    return {pair: ratio for pair, ratio in ratios.items() if ratio < least}


@BOTH
def test_every_text_stands_out_from_its_ground(scheme: Scheme) -> None:
    assert too_weak(scheme, TEXT_PAIRS, 4.5) == {}


@BOTH
def test_every_shape_that_means_something_stands_out(scheme: Scheme) -> None:
    assert too_weak(scheme, SHAPE_PAIRS, 3.0) == {}


def test_the_stylesheet_writes_text_only_on_grounds_that_were_measured() -> None:
    rules = re.findall(r"\{([^}]*)\}", resource("stylesheet", "signoff.qss").read_text(encoding="utf-8"))
    used = {
        (text.group(1), ground.group(1))
        for rule in rules
        if (text := re.search(r"(?<![-\w])color: \$(\w+)", rule))
        and (ground := re.search(r"background: \$(\w+)", rule))
    }
    assert len(used) > 10
    assert used - set(TEXT_PAIRS) == set()


@BOTH
def test_the_stylesheet_has_a_colour_for_every_name_in_it(qapp: QApplication, scheme: Scheme) -> None:
    assert "$" not in stylesheet(scheme, qapp.font())


@BOTH
def test_the_theme_reaches_palette_style_and_listeners(qapp: QApplication, scheme: Scheme) -> None:
    heard: list[Scheme] = []

    def hear() -> None:
        heard.append(current_scheme())

    theme_news().changed.connect(hear)
    apply_theme(qapp, scheme)
    theme_news().changed.disconnect(hear)
    assert heard == [scheme]
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == tokens_of(scheme).window
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == tokens_of(scheme).surface


def test_placeholders_are_as_dark_as_other_quiet_text(qapp: QApplication) -> None:
    """Qt would make them half transparent."""
    apply_theme(qapp, Scheme.LIGHT)
    field = QLineEdit()
    field.ensurePolished()
    assert field.palette().color(QPalette.ColorRole.PlaceholderText).name() == tokens_of(Scheme.LIGHT).quiet


@pytest.fixture
def usual_text(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    yield
    qapp.setFont(before)
    take_font(before)
    take_density(Density.USUAL)


@pytest.mark.usefixtures("usual_text")
def test_text_rows_and_sizes_beside_them_grow_together(qapp: QApplication) -> None:
    usual, row = qapp.font().pointSizeF(), row_height(qapp.font())
    set_text(qapp, 200, Density.ROOMY)
    apply_theme(qapp, Scheme.LIGHT)
    assert qapp.font().pointSizeF() == 2 * usual
    assert scaled(100) >= 180
    assert unscaled(scaled(100)) == 100
    assert icon_side() == scaled(16)
    assert row_height(qapp.font()) > row
    roomy = row_height(qapp.font())
    take_density(Density.COMPACT)
    assert row_height(qapp.font()) < roomy


def test_where_no_desktop_answers_the_scheme_is_light(qapp: QApplication) -> None:
    assert system_scheme() is Scheme.LIGHT
