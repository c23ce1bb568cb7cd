from functools import cache
from string import Template

from PySide6.QtGui import QFont, QFontMetrics

from ui.theme.metrics import TITLE_SCALE, scaled
from ui.theme.resources import resource
from ui.theme.tokens import Scheme, tokens_of

_BOX = 14
_LINE = 18


@cache
def template() -> Template:
    return Template(resource("stylesheet", "signoff.qss").read_text(encoding="utf-8"))


def stylesheet(scheme: Scheme, base: QFont) -> str:
    return template().substitute(
        tokens_of(scheme).named(),
        box=f"{scaled(_BOX)}px",
        # What is less than the words need would count in place of it, and rows of buttons would cut them off.
        line=f"{max(_LINE, QFontMetrics(base).height())}px",
        title_size=_scaled(base),
        chevron_down=_image("chevron-down", scheme),
        chevron_up=_image("chevron-up", scheme),
        tick=_image("tick", scheme),
    )


def _scaled(base: QFont) -> str:
    if base.pointSizeF() > 0:
        return f"{base.pointSizeF() * TITLE_SCALE:.2f}pt"
    return f"{round(base.pixelSize() * TITLE_SCALE)}px"


def _image(name: str, scheme: Scheme) -> str:
    return f'url("{resource("stylesheet", f"{name}-{scheme.value}.svg").as_posix()}")'
