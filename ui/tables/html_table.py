from collections.abc import Iterable, Sequence
from html import escape

from ui.tables.cells import Cell

_ENGLISH = "1033"  # how LibreOffice is told in which language the plain number is written


def html_of(lines: Iterable[Sequence[Cell]], *, with_headers: bool = False) -> str:
    """A table that spreadsheets paste as typed cells: numbers as numbers, ids with their leading zeros."""
    body = []
    for place, line in enumerate(lines):
        tag = "th" if with_headers and place == 0 else "td"
        body.append(f"<tr>{''.join(_cell(cell, tag) for cell in line)}</tr>")
    rows = "\n".join(body)
    return f'<html><head><meta charset="utf-8"></head><body><table>\n{rows}\n</table></body></html>'


def _cell(cell: Cell, tag: str) -> str:
    text = escape(cell.text)
    if cell.number is None:
        return f"""<{tag} sdnum="{_ENGLISH};0;@" style="mso-number-format:'\\@'">{text}</{tag}>"""
    _, point, places = cell.number.partition(".")
    form = "0" + point + "0" * len(places)
    return f'<{tag} align="right" sdval="{cell.number}" sdnum="{_ENGLISH};0;{form}">{text}</{tag}>'
