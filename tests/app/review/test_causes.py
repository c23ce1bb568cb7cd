"""Failed items as causes: what is one cause, what is not, and how long it may take."""

import json
from collections import Counter
from decimal import Decimal

import pytest
from fakes.answers import export_item_json, pair_json
from fakes.builders import a_failed_item, an_item, entry_id, items_of
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.models.export_item import ExportItem
from app.models.wire import read_json
from app.review.causes import CauseSearch, causes
from app.review.reasons import GAP, template_of

ENTRY = TypeAdapter(ExportItem)


def an_entry(number=1, **changes):
    return ENTRY.validate_python(read_json(json.dumps(export_item_json(number, **changes)).encode()))


def template(reason, *names):
    return template_of(reason, names)[0]


ONE_CAUSE = [
    ("Konto 4980 finns inte i kontoplanen.", "Konto 6820 finns inte i kontoplanen."),
    ("Konto:4980 saknas", "Konto:31 saknas"),
    ("Item e3e70682-c209-4cac-629f-6fbed82c07cd", "Item f728b4fa-4248-5e3a-0a5d-2f346baa9455"),
    ("The period 2026-02 is closed.", "The period 2025-12 is closed."),
    ("Due on 12 March 2026 at 12:30.", "Due on 3 April 2025 at 9:05."),
    ("Fällig am 3. März 2026", "Fällig am 31. Dezember 2025"),
    ("Förfaller den 3 maj 2026", "Förfaller den 14 oktober 2026"),
    ("Forfalder d. 3. maj 2026", "Forfalder d. 14. oktober 2025"),
    ("Bilag af 01.02.2026 afvist", "Bilag af 28.11.26 afvist"),
    ("Betrag 1.204,00 EUR weicht ab", "Betrag -5 EUR weicht ab"),
    ("Differens 1 204,00 kr", "Differens 0,01 kr"),
    ("Voucher JE-10492 refused", "Voucher JE-9 refused"),
    ("Voucher 10492, 10493 refused", "Voucher 9 refused"),
    ("Entry 3f0c8a52-0d4b-4a59-9c1e-6f6f0d3b7a01 is unknown", "Entry 3f0c8a52-ffff-4a59-9c1e-6f6f0d3b7a02 is unknown"),
    ("See https://books.example/a?id=1 now", "See https://books.example/b/c now"),
    ("Ask anna@byra.se for access", "Ask per.olsson@byra.se for access"),
    ('Journalen "Udlæg" er spærret', 'Journalen "Kørsel i egen bil" er spærret'),
    ("Die Kostenstelle „Vertrieb“ fehlt", "Die Kostenstelle „Einkauf Süd“ fehlt"),
    ("Serien ”A” är låst", "Serien ”Löner” är låst"),
    ("Konto »Rejser« findes ikke", "Konto »Fragt« findes ikke"),
    ("The tag 'Marketing' is gone", "The tag 'Head office' is gone"),
    ("Konto 4980  saknas\n", "konto 17 SAKNAS"),
    ('Name " " is unknown', 'Name "Vera" is unknown'),
    ("Kvitto för stort: 11.4 MB", "Kvitto för stort: 25 MB"),
]
TWO_CAUSES = [
    ("Konto 4980 finns inte.", "Konto 4980 är inaktivt."),
    ("Konto:4980 saknas", "Kostnadsställe:4980 saknas"),
    ("Leverantören är raderad", "Leverantören är spärrad"),
    ("The period 2026-02 is closed.", "The period 2026-02 is locked."),
    ("Der Kreditor 70114 wurde gelöscht", "Der Debitor 70114 wurde gelöscht"),
    ("Momskoden mangler", "Kontoen mangler"),
    ("Differenz 5", "Differenz 5 %"),
    ("Konto saknas", "Kontot saknas"),
    ("don't know Bob's account", "don't know Eve's account"),
    ("", "Unknown"),
]


@pytest.mark.parametrize(("one", "other"), ONE_CAUSE)
def test_reasons_that_differ_only_in_what_differs_from_item_to_item_are_one_cause(one, other):
    assert template(one) == template(other)
    assert GAP in template(one) or "saknas" in one


@pytest.mark.parametrize(("one", "other"), TWO_CAUSES)
def test_different_wordings_stay_apart(one, other):
    assert template(one) != template(other)


WORDS = st.sampled_from(("konto", "saknas", "är", "låst", "the", "period", "für", "nicht", "zulässig", "bilag", "på"))
VARIABLES = st.one_of(
    st.integers(0, 10**12).map(str),
    st.decimals(0, 10**6, places=2).map(str),
    st.decimals(0, 10**6, places=2).map(lambda amount: f"{amount:,}".replace(",", " ").replace(".", ",")),
    st.uuids().map(str),
    st.dates().map(str),
    st.dates().map(lambda day: f"{day:%d.%m.%Y}"),
    st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}"),
    st.text("abcåäö ", min_size=1, max_size=20).map(lambda name: f'"{name}"'),
    st.from_regex(r"[A-Z]{1,4}-[0-9]{1,9}", fullmatch=True),
)


@given(st.lists(st.one_of(WORDS, st.none()), min_size=1, max_size=9), st.data())
def test_whatever_fills_the_gaps_of_one_wording_it_is_one_cause(wording, data):
    def filled():
        return " ".join(data.draw(VARIABLES) if word is None else word for word in wording)

    assert template(filled()) == template(filled())


@given(st.lists(WORDS, min_size=1, max_size=9), st.lists(WORDS, min_size=1, max_size=9))
def test_wordings_without_anything_that_differs_are_one_cause_only_where_they_are_the_same(one, other):
    same = " ".join(one).casefold() == " ".join(other).casefold()
    assert (template(" ".join(one)) == template(" ".join(other))) is same


@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_has_a_template_that_is_its_own(reason, names):
    found = template(reason, *names)
    assert found == template(reason, *reversed(names))
    assert template(f"  {reason}\n") == template(reason)


NAMES = st.text("abcdefghåäöÅÄÖß", min_size=3, max_size=12)


@given(NAMES, NAMES)
def test_the_items_own_names_are_gaps_in_any_case(one, other):
    assert template(f"Leverantör {one.upper()} saknas", one) == template(f"Leverantör {other} saknas", other)


def test_a_name_in_quotes_is_one_cause_with_whatever_else_is_quoted():
    assert template('Kreditor "Hetzner" fehlt', "Hetzner") == template('Kreditor "Telekom" fehlt') == "kreditor … fehlt"


def test_a_name_inside_another_word_is_no_name():
    assert template("Ann har annat i Annas konto", "Ann") == "… har annat i annas konto"


def test_a_longer_name_goes_before_a_shorter_one_within_it():
    assert template("Hetzner Online GmbH fehlt", "Hetzner", "Hetzner Online GmbH") == "… fehlt"


def test_what_fills_the_gaps_is_told_as_the_server_wrote_it():
    reason = 'Konto 4980 för Åsa Öberg i serie "A", belopp 1 204,00 kl 12:30, se https://x.example/1.'
    _, filled = template_of(reason, ["åsa öberg"])
    assert filled == ("åsa öberg", "4980", "A", "1 204,00", "12:30", "https://x.example/1")


def test_markup_is_text_like_any_other():
    one = template('<b>Refused</b> <img src="http://127.0.0.1:9/a.png"> (voucher 2026-118)')
    assert one == template('<b>Refused</b> <img src="http://127.0.0.1:9/b.png"> (voucher 2025-3)')
    assert one.startswith("<b>refused</b>")


def test_letters_composed_in_two_ways_are_the_same_letters():
    assert template("Konto a\u030ar la\u030ast") == template("Konto år låst")


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        '"',
        "'a ",
        "„",
        "a@",
        "@",
        "1 ",
        "jan ",
        "http://",
        "… ",
        "a-",
        "(",
        "1:",
        "aaa ",
        "<b>",
        "«",
        "-",
        "å",
    ],
)
def test_of_a_reason_of_a_megabyte_no_more_is_read_than_a_page_of_text(piece):
    reason = piece * (1_000_000 // len(piece))
    assert template(reason, "aaa", "a" * 500_000) == template(reason[:2_000], "aaa", "a" * 500_000)


def test_causes_hold_their_items_and_their_money_the_most_frequent_first():
    items = (
        a_failed_item(1, "Konto 4980 saknas", "account_unknown"),
        a_failed_item(2, "Kreditor 7 fehlt", "vendor_unknown"),
        a_failed_item(3, "Konto 6820 saknas", "account_unknown"),
        an_item(4, "abandoned", failure_reason="Konto 1 saknas", failure_reason_type="account_unknown"),
    )
    amounts = {1: pair_json(1050, "SEK"), 2: pair_json(5, "EUR"), 3: pair_json(150, "ISK")}
    entries = {entry_id(number): an_entry(number, amount=amount) for number, amount in amounts.items()}
    konto, kreditor = causes(items, entries)
    assert (konto.count, konto.item_ids) == (2, (entry_id(1), entry_id(3)))
    assert konto.sums == {"ISK": Decimal(150), "SEK": Decimal("10.50")}
    assert (konto.example, konto.variables) == ("Konto 4980 saknas", ("4980", "6820"))
    assert konto.words.fixed_by == "accountant"
    assert kreditor.sums == {"EUR": Decimal("0.05")}


def test_the_same_words_with_another_type_are_another_cause():
    found = causes((a_failed_item(1, "Refused", "vendor_unknown"), a_failed_item(2, "Refused", "tag_unknown")), {})
    assert [cause.key for cause in found] == [("vendor_unknown", "refused"), ("tag_unknown", "refused")]


def test_a_failure_without_reason_and_type_is_a_cause_too():
    (cause,) = causes((a_failed_item(1), a_failed_item(2)), {})
    assert (cause.key, cause.example, cause.words.title) == (("", ""), "", "No failure type")


def test_a_type_that_no_list_holds_keeps_its_own_word():
    (cause,) = causes((a_failed_item(1, "x", "journal_blocked"),), {})
    assert cause.words.title == "Journal blocked"


@given(st.lists(st.tuples(st.sampled_from(("failed", "successful", "parked")), st.sampled_from("abc")), max_size=30))
def test_every_failed_item_is_in_exactly_one_cause(rows):
    items = tuple(an_item(number, status, failure_reason=reason) for number, (status, reason) in enumerate(rows))
    found = causes(items, {})
    listed = Counter(item_id for cause in found for item_id in cause.item_ids)
    assert listed == Counter(item.accounting_entry_id for item in items if item.status == "failed")
    assert [cause.count for cause in found] == sorted((cause.count for cause in found), reverse=True)


def test_the_variables_that_are_kept_are_bounded():
    (cause,) = causes([a_failed_item(number, f"Konto {number} saknas") for number in range(3_000)], {})
    assert (cause.count, len(cause.variables)) == (3_000, 50)


def test_ten_thousand_failed_items_are_searched_in_small_steps():
    reasons = ["Konto {0} för GOOGLE*ADS8693645259 saknas, ref {0}-x.", "The period 2026-{0} is closed ({0} items)."]
    items = [a_failed_item(number, reasons[number % 2].format(number)) for number in range(10_000)]
    entry = an_entry(1)
    search = CauseSearch(items, {item.accounting_entry_id: entry for item in items})
    assert sum(1 for _ in search) >= 100
    assert [cause.count for cause in search.found] == [5_000, 5_000]


def test_a_job_without_failed_items_has_no_causes():
    assert causes(items_of("successful", "pending"), {}) == ()
