"""The catalogues against the code, and each translation against what it translates."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
from catalogues import FOLDER, KEYWORDS, as_text, brought_up_to_date, compiled, languages, template  # noqa: E402

CATALOGUES = languages()
NAMES = [path.stem for path in CATALOGUES]
_MNEMONIC = re.compile(r"&(?!&)\w")
# Values, the names of scopes, and the accounting's own journal.
_NO_WORDS = re.compile(r"\{[^}]*\}|\S+:(?:read|write)\b|journal entr\w+")
_ENDS = (".", "?", "!", "…", ":")


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return template()


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, charset="utf-8")


def pairs(catalogue: Catalog) -> Iterator[tuple[Message, str, str]]:
    """Each form of each message with its translation; of a plural, the last forms go with the one for many."""
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            one, many = message.id
            for number, string in enumerate(message.string):
                yield message, one if number == 0 else many, string
        else:
            yield message, message.id, message.string


def fields(text: str) -> set[str]:
    return {f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(text) if name is not None}


def test_the_template_is_what_the_code_says_now(wanted):
    assert (FOLDER / "messages.pot").read_bytes() == as_text(wanted), "make catalogues"


def test_no_message_is_made_within_an_f_string_where_older_pythons_do_not_see_it():
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for room in ("app", "ui")
        for path in (ROOT / room).rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    ]
    assert hidden == []


def test_a_message_says_whether_it_tells_a_time_of_day_or_a_moment(wanted):
    """ "um 12:03" is not "am 30. Nov., 12:03": {time} is a time alone, {moment} a day with its time, and neither is the
    other, so no message has one value for both."""
    unclear = {"at:", "clock:", "stamp:", "when:"}
    texts = [text for message in wanted for text in ([message.id] if isinstance(message.id, str) else message.id)]
    assert [text for text in texts if unclear & fields(text)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
def test_a_catalogue_holds_the_messages_of_the_code_and_no_others(path, wanted):
    assert path.read_bytes() == as_text(brought_up_to_date(path, wanted)), "make catalogues"


@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
def test_what_the_program_reads_was_made_of_it(path):
    assert path.with_suffix(".mo").read_bytes() == compiled(read(path)), "make catalogues"


@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
def test_every_message_is_translated(path):
    assert [english for _, english, said in pairs(read(path)) if not said] == []
    assert [message.id for message in read(path) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
def test_a_translation_has_the_values_of_its_message(path):
    """The form for one may leave the number out, as English does."""
    differing = [
        (english, said)
        for message, english, said in pairs(read(path))
        if fields(said) != fields(english)
        and not (message.pluralizable and fields(said) - fields(english) <= {"n:,", "n:"})
    ]
    assert differing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
def test_a_translation_ends_as_its_message_does(path):
    differing = [
        (english, said)
        for _, english, said in pairs(read(path))
        if [end for end in _ENDS if english.endswith(end)] != [end for end in _ENDS if said.endswith(end)]
        or english[-1:].isspace() != said[-1:].isspace()
        or english[:1].isspace() != said[:1].isspace()
    ]
    assert differing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
def test_a_label_with_a_letter_for_its_key_keeps_one(path):
    differing = [
        (english, said)
        for _, english, said in pairs(read(path))
        if len(_MNEMONIC.findall(english)) != len(_MNEMONIC.findall(said))
    ]
    assert differing == []


def glossary() -> list[dict[str, str | list[str]]]:
    with (FOLDER / "glossary.toml").open("rb") as file:
        return tomllib.load(file)["term"]


@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
@pytest.mark.parametrize("term", glossary(), ids=lambda term: term["english"])
def test_the_words_of_the_trade_are_those_of_the_glossary(path, term):
    english = re.compile(rf"\b(?:{term['english']})\b", re.IGNORECASE)
    known = [word.casefold() for word in term[path.stem]]
    others = []
    for message, text, said in pairs(read(path)):
        is_spoken_of = message.context != "bookkeeping" and english.search(_NO_WORDS.sub("", text))
        if is_spoken_of and not any(word in said.casefold() for word in known):
            others.append((text, said))
    assert others == []
