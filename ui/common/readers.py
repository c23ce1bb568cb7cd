"""Those at Pleo who read why something failed: their language, and how they write amounts and dates."""

from typing import NamedTuple

from PySide6.QtCore import QLocale

from app.messages import ENGLISH, Language
from app.platform.languages import language_of
from ui.common.locale_format import LocaleFormat, users_locale
from ui.common.text_format import TextFormat


class Readers(NamedTuple):
    language: Language
    fmt: TextFormat


def readers_of(code: str) -> Readers:
    """By the code of a connection. Where they speak the language of this user's system, they write as it does."""
    language = language_of(code)
    wanted, own = QLocale(code if language is not ENGLISH else "en_GB"), users_locale()
    return Readers(language, LocaleFormat(own if own.language() == wanted.language() else wanted))
