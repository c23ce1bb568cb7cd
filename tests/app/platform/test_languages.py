"""Which language a user means, and that a catalogue is read."""

import subprocess
import sys

import pytest

from app.messages import English
from app.platform.languages import known_languages, language_meant, language_of, language_of_the_environment


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["de_AT.UTF-8"], "de"),
        (["sv-SE"], "sv"),
        (["nn_NO.utf8"], "nb"),
        (["no"], "nb"),
        (["pt_BR", "fr"], "fr"),
        (["DE"], "de"),
        (["C"], "en"),
        (["en-GB", "de"], "en"),
        (["pt"], "en"),
        ([""], "en"),
        ([], "en"),
    ],
)
def test_the_first_name_that_is_known_counts(names, code):
    assert language_meant(names) == code


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "da_DK.UTF-8", "LC_MESSAGES": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "da_DK.UTF-8", "LANGUAGE": "xx:es:fr"}, "es"),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LANGUAGE": "de"}, "en"),
        ({}, "en"),
    ],
)
def test_a_terminal_is_spoken_to_as_its_environment_says(environment, code):
    assert language_of_the_environment(environment) == code


def test_english_comes_first_and_each_language_is_named_in_itself():
    assert next(iter(known_languages())) == "en"
    assert set(known_languages()) == {"en", "de", "da", "sv", "nb", "nl", "fr", "es"}
    assert known_languages()["nb"].name == "Norsk bokmål"


@pytest.mark.parametrize("code", ["", "en", "xx", "../de"])
def test_what_is_no_language_of_the_program_is_english(code):
    assert isinstance(language_of(code), English)


def test_english_imports_neither_gettext_nor_toml():
    program = (
        "import sys; from app.platform.languages import language_meant, language_of\n"
        "language_of(language_meant(['en-GB'])); language_of(language_meant(['C']))\n"
        "print(*({'gettext', 'tomllib'} & set(sys.modules)))\n"
        "language_of('de'); print(*sorted({'gettext', 'tomllib'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "\ngettext tomllib\n"
