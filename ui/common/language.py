"""The language that the window speaks: the program's own texts, Qt's, and the names of months."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.messages import speak
from app.platform.languages import ENGLISH, known_languages, language_meant, language_of

# "" before the program has begun to speak, as in a test.
_spoken = ""


def system_language() -> str:
    """The code of the language in which the system speaks to its user, where the program speaks it; else English."""
    return language_meant(QLocale.system().uiLanguages())


def spoken_code() -> str:
    return _spoken or ENGLISH


def speak_from_now_on(code: str, app: QCoreApplication) -> None:
    """Before the first widget: what stands on screen already stays as it is."""
    global _spoken  # noqa: PLW0603 - one process speaks one language to its user
    _spoken = code if code == ENGLISH or code in known_languages() else ENGLISH
    speak(language_of(_spoken))
    if _spoken == ENGLISH:
        return
    from ui.common.qt_texts import QtTexts

    # What was installed last is asked first: ours fill the gaps of Qt's.
    app.installTranslator(QtTexts(app))
    theirs = QTranslator(app)
    if theirs.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(theirs)


def names_locale(locale: QLocale) -> QLocale:
    """Whose names of months and days are of the language that is spoken: `locale` itself where that is its language."""
    spoken = QLocale(_spoken)
    if not _spoken or spoken.language() == locale.language():
        return locale
    return QLocale(spoken.language(), locale.territory())
