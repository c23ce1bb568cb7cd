from html import escape

LONGEST = 2000


def plain_tooltip(text: str) -> str:
    """Qt guesses whether a tooltip is markup; escaped within a paragraph it is always read as it stands, and wraps."""
    if not text:
        return ""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return f'<p style="margin:0; white-space:pre-wrap">{escape(cut)}</p>'
