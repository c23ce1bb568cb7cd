"""Languages of tests, and an end of speaking them."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.messages import Language, speak, spoken_language


class Bracketed:
    """Every message in brackets: what stands without them was not made to be said in another language."""

    def message(self, message: str, context: str = "") -> str:
        return f"⟦{message}⟧"

    def messages(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"

    def number(self, number: int) -> str:
        return f"{number:_}"


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    before = spoken_language()
    speak(language)
    try:
        yield
    finally:
        speak(before)
