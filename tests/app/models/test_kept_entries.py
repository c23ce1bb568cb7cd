"""Export items by the hundred thousand: read in one go, and no other than when they are read with care."""

import json
from dataclasses import fields
from decimal import Decimal

import pytest
from fakes.answers import export_item_json, page_json, pair_json
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.models.compact_entry import EntryKeeper, KeptItem, KeptPage, _entries_of, kept_pages
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.page import Page
from app.models.wire import read_value, read_with_care

PAGE = TypeAdapter(Page[ExportItem])
FIELDS = [field.name for field in fields(ExportItem)]


def text_of(*rows):
    return json.dumps(page_json(*rows)).encode()


def with_care(content):
    return read_with_care(content, PAGE).data


def kept(content):
    return EntryKeeper().read(content).data


def paths_of(value, path=()):
    """Every place in a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from paths_of(one, (*path, key))


def changed(value, path, to):
    if not path:
        return to
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], to)
    return copy


def missing(value, path):
    copy = dict(value) if isinstance(value, dict) else list(value)
    if len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = missing(value[path[0]], path[1:])
    return copy


PLACES = [path for path in paths_of(export_item_json()) if path]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(("2026-03-02T08:15:30", "2026-03-02T08:15:30.5+02:00", "2026-03-02", "1772438400", "12", "")),
    st.sampled_from(([], {}, [None], {"id": "x"})),
)


def outcome(read, content):
    try:
        return [[getattr(entry, name) for name in FIELDS] for entry in read(content)]
    except ValidationError as error:
        return sorted(fault["loc"] for fault in error.errors())


@given(st.sampled_from(PLACES), SCALARS)
def test_whatever_stands_in_a_place_an_entry_is_kept_as_it_is_read_with_care(path, value):
    content = text_of(export_item_json(1), changed(export_item_json(2), path, value))
    careful = outcome(with_care, content)
    assert outcome(kept, content) == careful
    assert outcome(lambda text: read_value(text, PAGE).data, content) == careful


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_whatever_is_missing_an_entry_is_kept_as_it_is_read_with_care(path):
    content = text_of(missing(export_item_json(), path))
    assert outcome(kept, content) == outcome(with_care, content)


@pytest.mark.parametrize(
    "digits",
    ["0", "-89696", "9007199254740993", "123456789012345678901234567890", "89696.5", "0.1000000000000000055", "1e400",
     "8.9696e4", "-0.0", "1E-30", "123456789012345678.123456789"],
)  # fmt: skip
def test_an_amount_keeps_every_digit_that_was_sent(digits):
    content = text_of(export_item_json(amount=pair_json(value=1))).replace(
        b'"value": 1}', b'"value": %b}' % digits.encode()
    )
    (entry,) = kept(content)
    assert entry.amount.in_supplier_currency.value == Decimal(digits)


def test_a_rate_keeps_every_digit_that_was_sent():
    content = text_of(export_item_json()).replace(b'"rate": 0.25', b'"rate": 0.2500000000000000001')
    (entry,) = kept(content)
    assert entry.accounting_entry_lines[0].tax.rate == Decimal("0.2500000000000000001")


NO_LINES = {"accountingEntryLines": []}
SEVERAL = {"files": [None, *({"size": 1, "type": "image/png", "url": f"https://files.example/{n}"} for n in "ab")]}


def line_json(code, rate):
    line = export_item_json()["accountingEntryLines"][0]
    return line | {"tax": line["tax"] | {"code": code, "rate": rate}}


@pytest.mark.parametrize(
    ("changes", "taxes", "receipts"),
    [
        ({}, ("I25",), 1),
        (NO_LINES | {"files": None}, (), 0),
        ({"accountingEntryLines": [line_json(*tax) for tax in (("A", 1), (None, 0.255), ("A", 2), ("", 0))]},
         ("A", "25.5 %", "0 %"), 1),
        (SEVERAL, ("I25",), 2),
    ],
)  # fmt: skip
def test_a_kept_entry_says_its_taxes_and_receipts_without_being_parsed_again(changes, taxes, receipts):
    content = text_of(export_item_json(**changes))
    _entries_of.cache_clear()
    (entry,), (careful,) = kept(content), with_care(content)
    assert (entry.taxes, entry.receipt_count) == (careful.taxes, careful.receipt_count) == (taxes, receipts)
    assert _entries_of.cache_info().misses == 0


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"data": [', b"\xff\xfe", b'{"data": [NaN]}', b"[" * 100_000])
def test_what_is_not_json_is_refused(content):
    with pytest.raises(ValueError, match=r"."):
        kept(content)


def test_half_a_character_does_not_cost_the_page():
    content = text_of(export_item_json(note="Kvitto \ud83d"))
    assert kept(content)[0].note == "Kvitto \ufffd"


ITEM, JOB = TypeAdapter(ExportJobItem), TypeAdapter(ExportJob)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ITEM, '{"accountingEntryId": "a", "exportJobId": "j", "status": null}'),
        (
            ITEM,
            '{"accountingEntryId": "a", "exportJobId": "j", "status": "failed", "exportedAt": "2026-03-02T08:15:30"}',
        ),
        (ITEM, '{"accountingEntryId": "a", "exportJobId": "j", "status": "failed", "exportedAt": 5}'),
        (ITEM, '{"accountingEntryId": "a", "status": "failed"}'),
    ],
)
def test_a_text_read_in_one_go_is_read_as_with_care(kind, text):
    def outcome_of(read):
        try:
            return read()
        except ValidationError as error:
            return error.errors(include_url=False)[0]["loc"]

    content = text.encode()
    assert outcome_of(lambda: read_value(content, kind)) == outcome_of(lambda: read_with_care(content, kind))


def test_what_many_entries_have_in_common_is_held_once():
    keeper = EntryKeeper()
    (one, two), (three,) = (
        keeper.read(text_of(export_item_json(1), export_item_json(2))).data,
        keeper.read(text_of(export_item_json(3))).data,
    )
    for name in ("supplier", "vendor", "team", "user", "accounts"):
        assert getattr(one, name) is getattr(two, name) is getattr(three, name)


def test_people_with_one_id_and_two_names_stay_two():
    rows = [export_item_json(number, user={"id": "1", "name": name, "code": None}) for number, name in enumerate("ab")]
    assert [entry.user.name for entry in kept(text_of(*rows))] == ["a", "b"]


def test_an_entry_says_the_same_before_and_after_its_page_is_packed():
    content = text_of(export_item_json(1), export_item_json(2, note="another"))
    keeper = EntryKeeper()
    entries = keeper.read(content).data
    before = outcome(lambda _: entries, content)
    packed = [page.pack() for page in keeper.unpacked]
    assert outcome(lambda _: entries, content) == before == outcome(with_care, content)
    assert sum(map(len, packed)) < len(content) / 2
    assert outcome(lambda _: EntryKeeper().read_packed(packed[0]).data, content) == before


def test_kept_entries_are_equal_where_all_that_pleo_sent_is_equal():
    (one,), (same,) = kept(text_of(export_item_json(1))), kept(text_of(export_item_json(1), export_item_json(2)))[:1]
    assert one == same
    assert one == with_care(text_of(export_item_json(1)))[0]
    assert with_care(text_of(export_item_json(1)))[0] == one
    assert one != kept(text_of(export_item_json(1, note="another")))[0]
    assert one != kept(text_of(export_item_json(1, files=[])))[0]


def test_a_kept_entry_is_told_from_other_things_without_parsing_its_page():
    (entry,) = kept(text_of(export_item_json(1)))
    other = kept(text_of(export_item_json(1, note="another")))[0]
    parsed = _entries_of.cache_info().misses
    assert entry != "an entry"
    assert (entry == None) is False  # noqa: E711 - as rows are compared
    assert entry != other
    assert _entries_of.cache_info().misses == parsed


def test_a_kept_entry_cannot_be_changed_and_names_no_more_than_itself():
    (entry,) = kept(text_of(export_item_json(1)))
    with pytest.raises(AttributeError):
        entry.note = "changed"
    with pytest.raises(AttributeError):
        entry.nothing  # noqa: B018 - asked for on purpose
    assert "Taxi" not in repr(entry)


def test_the_pages_of_entries_are_found_each_once_in_order():
    keeper = EntryKeeper()
    first = keeper.read(text_of(export_item_json(1), export_item_json(2))).data
    second = keeper.read(text_of(export_item_json(3))).data
    found = kept_pages([first[1], *second, first[0], *with_care(text_of(export_item_json(4)))])
    assert found == (first[0].page, second[0].page)


def test_pages_are_the_same_where_their_texts_are():
    one, packed = KeptPage(b"{}"), KeptPage(b"{}")
    packed.pack()
    assert one.is_same_text(packed)
    assert not one.is_same_text(KeptPage(b"[]"))


def test_a_page_of_no_entries_is_read():
    assert kept(text_of()) == ()


def test_a_kept_entry_is_an_export_item():
    (entry,) = kept(text_of(export_item_json(1)))
    assert isinstance(entry, KeptItem)
    assert TypeAdapter(ExportItem).validate_python(entry) is entry
    assert entry.pleo_url == "https://app.pleo.io/export/1"
    assert entry.supplier_name == "GOOGLE*ADS8693645259"
