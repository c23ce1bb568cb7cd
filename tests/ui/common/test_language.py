"""The window speaks one language: its own texts, Qt's and the months; numbers and dates stay the user's."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from fakes.bracketed_language import Bracketed, spoken
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

import ui.common.language
from app.messages import English, spoken_language
from app.platform.languages import known_languages
from ui.common.language import names_locale, speak_from_now_on, spoken_code
from ui.common.locale_format import LocaleFormat

CHRISTMAS_EVE = datetime(2026, 12, 24, 12, tzinfo=UTC)
Speak = Callable[[str], None]


@pytest.fixture
def speak_in(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Speak]:
    """And not any more after the test."""
    monkeypatch.setattr(ui.common.language, "_spoken", "")
    with spoken(English()):
        yield lambda code: speak_from_now_on(code, qapp)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def german_system() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


def test_english_needs_no_catalogue_and_no_translator(qapp: QApplication, speak_in: Speak) -> None:
    speak_in("en")
    assert (spoken_code(), type(spoken_language())) == ("en", English)
    assert qapp.findChildren(QTranslator) == []


def test_a_language_that_the_program_does_not_know_is_english(qapp: QApplication, speak_in: Speak) -> None:
    speak_in("xx")
    assert (spoken_code(), type(spoken_language())) == ("en", English)


@pytest.mark.parametrize(
    ("code", "cancel"),
    [
        ("de", "Abbrechen"),
        ("da", "Annuller"),
        ("sv", "Avbryt"),
        ("nl", "Annuleren"),
        ("fr", "Annuler"),
        ("es", "Cancelar"),
    ],
)
def test_the_buttons_that_qt_makes_speak_it_too(speak_in: Speak, code: str, cancel: str) -> None:
    speak_in(code)
    assert spoken_code() == code
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == cancel


def test_each_language_but_english_and_norwegian_has_texts_of_qts(speak_in: Speak, qapp: QApplication) -> None:
    """So that one that is added is looked at: Norwegian has texts of the program's own."""
    without = set()
    for code in known_languages():
        speak_in(code)
        loaded = [each for each in qapp.findChildren(QTranslator) if each.filePath()]
        if not any(each.filePath().endswith(f"qtbase_{code}.qm") for each in loaded):
            without.add(code)
    assert without == {"en", "nb"}


def test_where_qt_has_no_texts_the_programs_own_stand(speak_in: Speak) -> None:
    speak_in("nb")
    with spoken(Bracketed()):
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "⟦Cancel⟧"
        assert QCoreApplication.translate("QFileDialog", "File &name:") == "⟦File &name:⟧"
        assert QCoreApplication.translate("QFileDialog", "of no list") == "of no list"
        assert QCoreApplication.translate("Elsewhere", "Cancel") == "Cancel"


def test_what_qt_left_out_of_a_language_is_said_by_the_program(speak_in: Speak) -> None:
    speak_in("de")
    with spoken(Bracketed()):
        assert QCoreApplication.translate("QFileDialog", "Look in:") == "⟦Look in:⟧"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


@pytest.mark.usefixtures("german_system")
def test_months_are_of_the_language_and_numbers_of_the_system(speak_in: Speak) -> None:
    assert LocaleFormat().moment(CHRISTMAS_EVE).startswith("24. Dez.,")
    speak_in("en")
    fmt = LocaleFormat()
    assert fmt.moment(CHRISTMAS_EVE).startswith("24 Dec,")
    assert fmt.number(1234567) == "1.234.567"
    assert fmt.bookkeeping_date(CHRISTMAS_EVE) == "24.12.26"
    assert names_locale(QLocale("de_AT")).firstDayOfWeek() == QLocale("de_AT").firstDayOfWeek()


@pytest.mark.usefixtures("german_system")
def test_a_system_of_the_same_language_names_its_months_itself(speak_in: Speak) -> None:
    speak_in("de")
    assert names_locale(QLocale("de_AT")) == QLocale("de_AT")
    assert LocaleFormat(QLocale("sv_SE")).moment(CHRISTMAS_EVE).startswith("24 dec.")
