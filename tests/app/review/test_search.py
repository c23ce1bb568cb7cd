"""The search box's grammar, and the index behind it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.review.search import SearchColumn, SearchIndex, Term, amount_text, parsed, searchable

NAMES = ("supplier", "failure reason", "amount")
KEYS = ("status", "supplier", "amount", "reason")
COLUMNS = (
    SearchColumn("status", "Status", (), lambda row: row[0]),
    SearchColumn("supplier", "Supplier", ("merchant",), lambda row: row[1]),
    SearchColumn("amount", "Amount", ("sum",), lambda row: row[2]),
    SearchColumn("reason", "Failure reason", ("why",), lambda row: row[3]),
)
ROWS = [
    ("Failed", "Ångström & Søn", f"1 204,00 SEK {amount_text(Decimal('1204'), 2)}", "Konto 4980 saknas"),
    ("Failed", "Angst AG", f"-12.50 EUR {amount_text(Decimal('-12.5'), 2)}", "Supplier is locked: ask 12:30"),
    ("Successful", "STRASSE GmbH", f"1,500 JPY {amount_text(Decimal(1500), 0)}", ""),
    ("In progress", "Failed Bakery", f"0.01 SEK {amount_text(Decimal('0.01'), 2)}", "konto   spärrat"),
]


def index_of(rows=ROWS, columns=COLUMNS, step_rows=2):
    index = SearchIndex(columns)
    for _ in index.build(rows, step_rows):
        pass
    return index


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", ()),
        ("   ", ()),
        ("taxi Google", (Term("taxi"), Term("google"))),
        ("supplier:Goo -taxi", (Term("goo", "supplier"), Term("taxi", is_excluded=True))),
        ("-", ()),
        ('"exact Phrase" x', (Term("exact phrase"), Term("x"))),
        ('supplier:"google ads"', (Term("google ads", "supplier"),)),
        ('"Failure reason":konto', (Term("konto", "failure reason"),)),
        ('-"Failure reason":"konto saknas"', (Term("konto saknas", "failure reason", is_excluded=True),)),
        ("amount:-450", (Term("-450", "amount"),)),
        ("nobody:x 12:30", (Term("nobody:x"), Term("12:30"))),
        ("supplier:", ()),
        ('""', ()),
        ('"unfinished ph', (Term("unfinished ph"),)),
        ("1.204,00", (Term("1.204,00", also="1204,00"),)),
        ("1'204'000.5", (Term("1'204'000.5", also="1204000.5"),)),
        ("12,50", (Term("12,50"),)),
    ],
)
def test_a_query_reads_as_its_terms(query, terms):
    assert parsed(query, NAMES) == terms


@given(st.text(alphabet=' "-:aå1.,x', max_size=60))
def test_any_query_can_be_asked(query):
    found = index_of().positions(query)
    assert found is None or set(found) <= set(range(len(ROWS)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", None),
        ("-", None),
        ("supplier:", None),
        ("failed", [0, 1, 3]),
        ("FAILED konto", [0, 3]),
        ("status:failed", [0, 1]),
        ("supplier:failed", [3]),
        ("merchant:failed", [3]),
        ("Supplier:failed", [3]),
        ('"failure reason":supplier', [1]),
        ("failed -konto", [1]),
        ("-status:failed", [2, 3]),
        ('"konto saknas"', []),
        ('"konto 4980"', [0]),
        ("1204", [0]),
        ("1204,00", [0]),
        ("1,204.00", [0]),
        ("1.204,00", [0]),
        ("1 204,00", [0]),
        ("1500", [2]),
        ("1.500", [2]),
        ("sum:-12,5", [1]),
        ("angst", [0, 1]),
        ("ångst", [0]),
        ("angstrom", [0]),
        ("son", [0]),
        ("søn", [0]),
        ("strasse", [2]),
        ("straße", [2]),
        ("12:30", [1]),
        ("nothing of this", []),
    ],
)
def test_a_query_finds_the_rows_that_meet_all_its_terms(query, found):
    assert index_of().positions(query) == found


def test_a_word_is_not_found_across_two_columns():
    assert index_of([("Failed", "Bakery", "", "")]).positions('"failed bakery"') == []


def test_letters_typed_in_two_pieces_are_found_as_one():
    assert index_of([("", "\u00c5sa", "", "")]).positions("A\u030asa") == [0]
    assert index_of([("", "A\u030asa", "", "")]).positions("\u00e5sa") == [0]


WORDS = st.sampled_from(
    ["a", "ab", "abc", "å", "1", "12", "-a", "-ab", '"a b"', "supplier:a", "supplier:ab", "status:", "1.204"]
)
TEXTS = st.text("abcå1 ", max_size=6)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=8), st.lists(WORDS, max_size=4).map(" ".join))
def test_typing_letter_by_letter_finds_what_asking_at_once_finds(rows, query):
    typed = index_of(rows)
    for length in range(len(query) + 1):
        assert typed.positions(query[:length]) == index_of(rows).positions(query[:length])


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=8), TEXTS.filter(str.strip))
def test_a_word_and_its_exclusion_part_the_rows(rows, word):
    word = f'"{word}"'
    index = index_of(rows)
    with_it, without_it = index.positions(word), index.positions(f"-{word}")
    assert sorted([*with_it, *without_it]) == list(range(len(rows)))


@given(st.integers(-(10**30), 10**30), st.integers(0, 4))
def test_an_amount_is_found_however_its_decimals_are_typed_and_without_groups(value, exponent):
    amount = Decimal(value).scaleb(-exponent) if abs(value) < 10**27 else Decimal(value)
    text = amount_text(amount, exponent)
    plain = f"{amount:f}"
    assert plain in text
    assert plain.replace(".", ",") in text


def test_what_has_no_marks_is_held_once():
    assert searchable("Konto 4980") == "konto 4980"
    assert len(searchable("Kontö")) == 2 * len("Kontö") + 1


def test_the_index_before_answers_until_the_next_is_built():
    index = index_of()
    steps = index.build([("x", "y", "z", "failed")] * 3, step_rows=1)
    assert next(steps) == 1
    assert index.positions("failed") == [0, 1, 3]
    assert list(steps) == [2, 3]
    assert index.positions("failed") == [0, 1, 2]


def test_an_index_without_rows_is_built_in_no_step():
    index = SearchIndex(COLUMNS)
    assert (index.is_ready, list(index.build([])), index.is_ready) == (False, [], True)
    assert index.positions("x") == []
