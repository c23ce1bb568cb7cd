"""The few turns of phrase that the sentences of this room share."""


def count_of(number: int, noun: str) -> str:
    """1 item, 4 items."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def shortened(text: str, most: int) -> str:
    """At most `most` characters on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
