from app.texts.screen import shown_part

LONGEST = 2000


def plain_tooltip(text: str) -> str:
    """Qt guesses whether a tooltip is markup; escaped within a paragraph it is always read as it stands, and wraps."""
    if not text:
        return ""
    from html import escape  # with all of HTML's entities, which the first frame need not wait for

    return f'<p style="margin:0; white-space:pre-wrap">{escape(shown_part(text, LONGEST))}</p>'
