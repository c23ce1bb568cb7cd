"""Messages as values: English text that can be said in another language."""

import copy
import json
import pickle

import pytest

from app.messages import English, Said, joined, nsaid, said, said_as, shown, speak, spoken_language, tr

KNOWN = {
    "The job has the unknown status '{status}'": "Jobbet har den ukendte status '{status}'",
    "{n:,} items are read": "{n:,} poster er læst",
    "{n:,} item is read": "{n:,} post er læst",
    "{who} says: {what}": "{what} siger {who}",
    "verb|Open": "Åbn",
    "adjective|Open": "Åben",
}


class Danish:
    """As a catalogue would have it."""

    def message(self, message: str, context: str = "") -> str:
        return KNOWN.get(f"{context}|{message}" if context else message, message)

    def messages(self, one: str, many: str, count: int) -> str:
        return self.message(one if count == 1 else many)

    def number(self, number: int) -> str:
        return f"{number:,}".replace(",", ".")


UNKNOWN = said("The job has the unknown status '{status}'", status="paused")


@pytest.fixture
def danish():
    before = spoken_language()
    speak(Danish())
    yield Danish()
    speak(before)


def test_a_message_is_its_english_text_wherever_it_is_kept():
    assert UNKNOWN == "The job has the unknown status 'paused'"
    assert json.dumps([UNKNOWN]) == "[\"The job has the unknown status 'paused'\"]"
    assert f"{UNKNOWN}." == "The job has the unknown status 'paused'."
    assert type(f"{UNKNOWN}") is str


def test_it_can_be_said_in_another_language_with_the_same_values():
    assert UNKNOWN.into(Danish()) == "Jobbet har den ukendte status 'paused'"
    assert UNKNOWN.into(English()) == UNKNOWN


def test_what_a_language_does_not_know_stays_english():
    assert said("Nobody translated this").into(Danish()) == "Nobody translated this"


@pytest.mark.parametrize(
    ("count", "english", "danish"),
    [(1, "1 item is read", "1 post er læst"), (1204, "1,204 items are read", "1.204 poster er læst")],
)
def test_counts_have_the_form_and_the_grouping_of_the_language(count, english, danish):
    counted = nsaid("{n:,} item is read", "{n:,} items are read", count)
    assert (counted, counted.into(Danish())) == (english, danish)


def test_a_message_within_a_message_is_said_in_the_same_language():
    whole = said("{who} says: {what}", who="Anna", what=UNKNOWN)
    assert whole.into(Danish()) == "Jobbet har den ukendte status 'paused' siger Anna"


def test_sentences_that_stand_beside_each_other_are_said_each():
    both = joined(" ", [UNKNOWN, "JE-16601"])
    assert both == f"{UNKNOWN} JE-16601"
    assert both.into(Danish()) == "Jobbet har den ukendte status 'paused' JE-16601"


def test_one_word_may_be_two_in_another_language():
    assert said_as("verb", "Open") == said_as("adjective", "Open") == "Open"
    assert [said_as(place, "Open").into(Danish()) for place in ("verb", "adjective")] == ["Åbn", "Åben"]


def test_braces_in_a_value_are_letters():
    assert said("The job has the unknown status '{status}'", status="{n}").into(Danish()).endswith("'{n}'")


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
@pytest.mark.parametrize(
    "message", [UNKNOWN, nsaid("{n:,} item is read", "{n:,} items are read", 2), joined("; ", [UNKNOWN])]
)
def test_a_copy_is_a_message_too(message, again):
    assert again(message) == message
    assert isinstance(again(message), Said)
    assert again(message).into(Danish()) == message.into(Danish())


def test_what_is_shown_is_in_the_users_language_and_foreign_text_as_it_is(danish):
    assert shown(UNKNOWN) == "Jobbet har den ukendte status 'paused'"
    assert shown("paused") == "paused"
    assert tr("{who} says: {what}", who="Anna", what="1") == "1 siger Anna"
    assert UNKNOWN == "The job has the unknown status 'paused'"
