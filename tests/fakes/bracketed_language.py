"""A language whose every message stands in brackets: what is shown without them was not made as a message."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.messages import speak, spoken_language


class Bracketed:
    def message(self, message: str, _context: str = "") -> str:
        return f"⟦{message}⟧"

    def messages(self, one: str, many: str, count: int) -> str:
        return self.message(one if count == 1 else many)

    def number(self, number: int) -> str:
        return f"{number:,}"


@contextmanager
def bracketed() -> Iterator[None]:
    """Whatever is shown within."""
    before = spoken_language()
    speak(Bracketed())
    try:
        yield
    finally:
        speak(before)
