import atexit
from collections.abc import Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import QLocale, QMimeData
from PySide6.QtGui import QGuiApplication

from ui.tables.cells import Figures
from ui.tables.column import Column
from ui.tables.html_table import html_of
from ui.tables.tsv import copied_lines, tsv_of

_MOST_ROWS_AS_HTML = 20_000  # beyond, the text alone: a hundred megabytes of markup help nobody


def copy_rows(columns: Sequence[Column[Any]], rows: Sequence[Any], *, with_headers: bool) -> str:
    """Puts the rows on the clipboard as text and as a table; answers the text."""
    lines = copied_lines(columns, rows, users_figures(), with_headers=with_headers)
    text = tsv_of(lines)
    data = QMimeData()
    data.setText(text)
    if len(rows) <= _MOST_ROWS_AS_HTML:
        data.setHtml(html_of(lines, with_headers=with_headers))
    _let_go_in_time()
    QGuiApplication.clipboard().setMimeData(data)
    return text


def users_figures() -> Figures:
    locale = QLocale()
    return Figures(locale.decimalPoint(), locale.groupSeparator())


@cache
def _let_go_in_time() -> None:
    """Offscreen, Qt's own clipboard would destroy the data after Python has ended, and crash."""
    if QGuiApplication.platformName() == "offscreen":
        atexit.register(_let_go)


def _let_go() -> None:
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()
