"""What the program says, as values: English text that knows how it was made, so that it can be said in any language.

`said` and `nsaid` make them where something is judged; whoever shows them asks for `shown`. Where text is made only to
be shown, `tr` and `ntr` are both at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final, Protocol, Self


class Language(Protocol):
    """A language that messages can be said in. A message that it does not know stays English."""

    @property
    def code(self) -> str:
        """As in ISO 639-1, for what is read aloud."""

    def message(self, message: str, context: str = "") -> str: ...

    def messages(self, one: str, many: str, count: int) -> str:
        """The form for so many."""

    def number(self, number: int) -> str:
        """Grouped as the language writes it."""


class English:
    """The language that messages are written in."""

    code = "en"

    def message(self, message: str, _context: str = "") -> str:
        return message

    def messages(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many

    def number(self, number: int) -> str:
        return f"{number:,}"


ENGLISH: Final = English()


class Said(str):
    """The text itself is English, so that logs, the journal and JSON are the same in every language."""

    __slots__ = ("how",)
    how: "Message | Joined | ByReader"

    def __new__(cls, how: "Message | Joined | ByReader") -> Self:
        made = super().__new__(cls, how.into(ENGLISH))
        made.how = how
        return made

    def into(self, language: Language) -> str:
        return self.how.into(language)

    def __reduce__(self) -> tuple[Any, ...]:
        return Said, (self.how,)


@dataclass(frozen=True, slots=True)
class Message:
    """`many` is the other form, for a `count` that wants it; `context` tells two uses of one word apart."""

    message: str
    values: Mapping[str, Any]
    many: str = ""
    count: int = 0
    context: str = ""

    def into(self, language: Language) -> str:
        if self.many:
            written = language.messages(self.message, self.many, self.count)
        else:
            written = language.message(self.message, self.context)
        if not self.values:
            return written
        if language is ENGLISH:
            return written.format_map(self.values)
        return _Filler(language).vformat(written, (), self.values)


@dataclass(frozen=True, slots=True)
class Joined:
    """Messages, or texts that are nobody's to translate, with something between them."""

    between: str
    parts: tuple[str, ...]

    def into(self, language: Language) -> str:
        return self.between.join(part.into(language) if isinstance(part, Said) else part for part in self.parts)


@dataclass(frozen=True, slots=True)
class ByReader:
    """What the window's user is told, and what one at a terminal, who has neither its keys nor its menus."""

    in_window: str
    at_terminal: str

    def into(self, language: Language) -> str:
        text = self.at_terminal if _is_at_terminal else self.in_window
        return text.into(language) if isinstance(text, Said) else text


class _Filler(Formatter):
    """Puts values into a message as `str.format` does, but for numbers that are grouped and messages within it."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Said):
            return format(value.into(self._language), format_spec)
        if format_spec == "," and isinstance(value, int):
            return self._language.number(value)
        return str(format(value, format_spec))


def said(message: str, /, **values: Any) -> Said:
    """A whole sentence or label; `values` fill its {placeholders}, and a number that is to be grouped is {n:,}."""
    return Said(Message(message, values))


def nsaid(one: str, many: str, count: int, /, **values: Any) -> Said:
    """The form for `count`, which both may write as {n:,}."""
    return Said(Message(one, {"n": count, **values}, many, count))


def said_as(context: str, message: str, /, **values: Any) -> Said:
    """Of a word that other languages say differently in different places: `context` says where it stands."""
    return Said(Message(message, values, context=context))


def joined(between: str, parts: Iterable[str]) -> Said:
    """Messages beside each other, such as two sentences; never the parts of one."""
    return Said(Joined(between, tuple(parts)))


def by_reader(in_window: str, at_terminal: str) -> Said:
    """One message in two wordings, each for where it is read. Logs and the journal have the one of the window."""
    return Said(ByReader(in_window, at_terminal))


_spoken: Language = ENGLISH
_is_at_terminal = False


@contextmanager
def read_at_a_terminal() -> Iterator[None]:
    """For as long as a command runs."""
    global _is_at_terminal  # noqa: PLW0603 - one process has one reader
    before, _is_at_terminal = _is_at_terminal, True
    try:
        yield
    finally:
        _is_at_terminal = before


def speak(language: Language) -> None:
    """From now on, what is shown is shown in it. For the start of the program: what stands on screen stays."""
    global _spoken  # noqa: PLW0603 - one process speaks one language to its user
    _spoken = language


def spoken_language() -> Language:
    return _spoken


def shown(text: str) -> str:
    """A text as the user reads it; what is no message, such as Pleo's words, stays as it is."""
    return text.into(_spoken) if isinstance(text, Said) else text


def tr(message: str, /, **values: Any) -> str:
    """`said` in the user's language."""
    return Message(message, values).into(_spoken)


def ntr(one: str, many: str, count: int, /, **values: Any) -> str:
    """`nsaid` in the user's language."""
    return Message(one, {"n": count, **values}, many, count).into(_spoken)


def tr_as(context: str, message: str, /, **values: Any) -> str:
    """`said_as` in the user's language."""
    return Message(message, values, context=context).into(_spoken)
