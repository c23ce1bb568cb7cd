from app.messages import shown

LONGEST = 2000


def plain_tooltip(text: str) -> str:
    """Qt guesses whether a tooltip is markup; escaped within a paragraph it is always read as it stands, and wraps."""
    if not text:
        return ""
    from html import escape  # with all of HTML's entities, which the first frame need not wait for

    whole = shown(text)
    cut = whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}…"
    return f'<p style="margin:0; white-space:pre-wrap">{escape(cut)}</p>'
