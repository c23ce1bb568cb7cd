"""What somebody else's text may do on a screen."""

import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.texts.screen import escaped_for_screen, for_screen, isolated, shown_part

OVERRIDE, ISOLATE, END = (
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "\N{LEFT-TO-RIGHT MARK}\N{FIRST STRONG ISOLATE}",
    "\N{POP DIRECTIONAL ISOLATE}",
)
MAY_STAY = {"\n", "\t", "\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"}
# Numbers' and hieroglyphs' signs are seen, though Unicode counts them among format characters.
SEEN = "AN", "AL", "L", "ON"


def powers_of(text: str) -> list[str]:
    return [sign for sign in text if sign not in MAY_STAY and has_power(sign)]


def has_power(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind in ("Cc", "Cs", "Zl", "Zp") or (kind == "Cf" and unicodedata.bidirectional(sign) not in SEEN)


@given(st.text(st.characters(exclude_categories=[])))
@example("".join(map(chr, range(0x3000))))
@example("".join(map(chr, range(0xD000, 0x110000))))
def test_no_sign_is_left_that_turns_hides_or_moves_words(text):
    shown = for_screen(text)
    kept = shown.replace(ISOLATE, "").replace(END, "")
    assert powers_of(kept) == []
    assert shown.count(ISOLATE) == shown.count(END)


# Selectors of variants are marks to Unicode, and hide as those of category C do.
READ = st.characters(exclude_categories=["C", "Z"]).filter(lambda sign: not "\U000e0000" <= sign <= "\U000e0fff")


@given(st.text(READ))
def test_what_has_no_such_power_stays_as_it_is(text):
    assert for_screen(text) == text


@pytest.mark.parametrize("ends", [f"{ISOLATE}a", f"a{END}", f"{END}a{ISOLATE}", f"{ISOLATE}{ISOLATE}a{END}"])
def test_an_isolate_that_does_not_end_is_none(ends):
    assert for_screen(ends) == "a"


def test_lines_of_every_kind_end_alike():
    assert for_screen("a\r\nb\rc\N{LINE SEPARATOR}d\x85e") == "a\nb\nc\nd\ne"


def test_words_from_right_to_left_are_kept_apart_and_others_stand_as_they_are():
    assert isolated("\N{HEBREW LETTER ALEF} 7") == f"{ISOLATE}\N{HEBREW LETTER ALEF} 7{END}"
    assert isolated("Müller & Søn") == "Müller & Søn"


@given(st.text(st.sampled_from(f"a1 \N{HEBREW LETTER ALEF}{OVERRIDE}{ISOLATE}{END}\N{RIGHT-TO-LEFT ISOLATE}")))
def test_words_kept_apart_cannot_end_it_themselves(text):
    kept_apart = isolated(text)
    assert for_screen(f"{kept_apart} · 25.00 DKK") == f"{kept_apart} · 25.00 DKK"
    assert kept_apart.count(END) == kept_apart.count(ISOLATE) <= 1


def test_a_long_text_is_shown_in_part():
    assert shown_part("x" * 100_000, 10) == "x" * 9 + "…"
    assert shown_part("x" * 10, 10) == "x" * 10


@given(st.text(st.characters(exclude_categories=[])))
def test_json_that_is_shown_as_it_is_sent_says_the_same(text):
    written = json.dumps({"failureReason": text}, ensure_ascii=False, indent=2)
    shown = escaped_for_screen(written)
    assert json.loads(shown) == json.loads(written)
    assert powers_of(shown) == []
