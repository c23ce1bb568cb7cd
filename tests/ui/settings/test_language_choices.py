"""Which languages can be chosen, and what is said of each."""

from app.platform.languages import KnownLanguage
from ui.settings.languages import language_choices

KNOWN = {
    "en": KnownLanguage("en", "English", ",", "the makers"),
    "de": KnownLanguage("de", "Deutsch", ".", ""),
    "sv": KnownLanguage("sv", "Svenska", " ", "An Accountant"),
}
UNREVIEWED = "Translated by the makers, not yet reviewed by an accountant."
LATER = "Signoff speaks it from its next start on."


def test_the_systems_language_comes_first_and_each_is_named_in_itself() -> None:
    choices = language_choices(KNOWN, system="sv", spoken="sv")
    assert [choice.words for choice in choices] == ["As the system (Svenska)", "English", "Deutsch", "Svenska"]
    assert [choice.code for choice in choices] == ["", "en", "de", "sv"]


def test_what_no_accountant_has_read_and_what_is_spoken_later_is_said() -> None:
    notes = {choice.code: choice.note for choice in language_choices(KNOWN, system="de", spoken="de")}
    assert notes == {"": UNREVIEWED, "en": LATER, "de": UNREVIEWED, "sv": LATER}


def test_a_language_that_is_both_has_both_said_of_it() -> None:
    notes = {choice.code: choice.note for choice in language_choices(KNOWN, system="en", spoken="en")}
    assert notes == {"": "", "en": "", "de": f"{LATER} {UNREVIEWED}", "sv": LATER}
