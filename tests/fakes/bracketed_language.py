"""Languages of tests, and an end of speaking them."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.messages import Language, speak, spoken_language


class Bracketed:
    """Every message in brackets: what stands without them was not made to be said in another language."""

    code = "zz"

    def message(self, message: str, _context: str = "") -> str:
        return f"⟦{message}⟧"

    def messages(self, one: str, many: str, count: int) -> str:
        return self.message(one if count == 1 else many)

    def number(self, number: int) -> str:
        return f"{number:,}"


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Whatever is shown within."""
    before = spoken_language()
    speak(language)
    try:
        yield
    finally:
        speak(before)


def bracketed():
    """The same for brackets."""
    return spoken(Bracketed())
