from typing import Final

from PySide6.QtWidgets import QSpinBox

from app.messages import shown

# Stands for the number in a message that is said around it.
NUMBER: Final = "\N{OBJECT REPLACEMENT CHARACTER}"


def say_around(field: QSpinBox, words: str) -> None:
    """The field says a whole message, such as "every 5 min"; `words` hold `NUMBER` where the number stands in it."""
    before, _, after = shown(words).partition(NUMBER)
    field.setPrefix(before)
    field.setSuffix(after)
