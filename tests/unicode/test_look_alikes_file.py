"""The list of look-alikes that is shipped, and how it is made of Unicode's."""

import unicodedata

from unicode.make_look_alikes import head, look_alikes

from app.completion.look_alikes import look_alike
from app.platform.resources import RESOURCES

LIST = """# confusables.txt
# Version: 17.0.0

0430 ;\t0061 ;\tMA\t# ( а → a ) CYRILLIC SMALL LETTER A → LATIN SMALL LETTER A
0251 ;\t0061 ;\tMA\t#* ( ɑ → a )
0118 ;\t0045 0328 ;\tMA\t# two

# total: 3
""".splitlines()
SHIPPED = (RESOURCES / "look_alikes.txt").read_text(encoding="utf-8").splitlines()


def test_what_is_drawn_alike_stands_on_one_line():
    assert look_alikes(LIST) == {"0061": ["0430", "0251"], "0045 0328": ["0118"]}


def test_the_file_names_its_source_and_its_licence():
    said = list(head(LIST, "THE LICENCE\n"))
    assert said[-3:] == ["confusables.txt", "Version: 17.0.0", "THE LICENCE"]
    named = [line for line in SHIPPED if line.startswith("#")]
    assert "# SPDX-License-Identifier: Unicode-3.0" in named
    assert "# Unicode Security Mechanisms for UTS #39" in named


def test_every_line_of_the_file_is_one_of_code_points():
    lines = [line.partition(":") for line in SHIPPED if not line.startswith("#")]
    characters = [point for _, _, points in lines for point in points.split()]
    assert len(characters) == len(set(characters)) > 6_000
    assert all(0 < int(point, 16) <= 0x10FFFF for drawn, _, points in lines for point in (drawn + points).split())


def test_all_that_the_list_says_is_drawn_as_a_latin_letter_is_read_as_it():
    lines = [line.partition(":") for line in SHIPPED if not line.startswith("#")]
    latin = {chr(int(drawn, 16)): points.split() for drawn, _, points in lines if len(drawn) == 4}
    for letter in filter(str.isascii, latin):
        for point in latin[letter]:
            other = chr(int(point, 16))
            if letter.isalpha() and unicodedata.category(other)[0] in "LN":
                assert look_alike(f"Bo {letter}ert", f"Bo {other}ert"), (letter, point)
