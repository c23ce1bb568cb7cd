"""Pleo's JSON against the models: what may be missing, what may be new, what is refused."""

import copy
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from fakes.answers import account_json, export_item_json, item_json, job_json, page_json, pair_json
from fakes.builders import entry_id
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.models.compact_entry import EntryKeeper
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.page import ExportJobItemUpdate, Introspection, Page
from app.models.wire import read_json, read_value

ADAPTERS = {
    kind: TypeAdapter(kind) for kind in (ExportJob, ExportJobItem, ExportItem, Introspection, ExportJobItemUpdate)
}

JOB_NULLABLE = (
    "createdBy", "startedAt", "completedAt", "lastUpdatedAt", "expiredAt", "failureReason", "failureReasonType",
)  # fmt: skip
ITEM_NULLABLE = ("exportedAt", "externalId", "externalUrl", "failureReason", "failureReasonType")
EXPORT_ITEM_NULLABLE = (
    "note", "bookkeeping", "contraAccount", "files", "servicePeriod", "supplier", "vendor", "team", "user", "subType",
)  # fmt: skip
NESTED_NULLABLE = (
    ("accountingEntryLines", 0, "account"),
    ("accountingEntryLines", 0, "tags"),
    ("accountingEntryLines", 0, "tax"),
    ("accountingEntryLines", 0, "tax", "code"),
    ("accountingEntryLines", 0, "account", "code"),
    ("accountingEntryLines", 0, "account", "identifier"),
    ("additionalInformation", "attendees"),
    ("additionalInformation", "reconciledEntries"),
    ("additionalInformation", "invoiceInformation"),
    ("additionalInformation", "invoiceInformation", "dueDate"),
    ("additionalInformation", "invoiceInformation", "paymentDate"),
    *(("supplier", name) for name in ("name", "code", "account", "categoryCode", "country", "taxIdentifier")),
    ("team", "code"),
    ("user", "code"),
)
JOB_REQUIRED = (
    "companyId", "createdAt", "expiresIn", "id", "isInteractive", "numberOfItems", "status", "vendorBasedBookkeeping",
)  # fmt: skip
EXPORT_ITEM_REQUIRED = (
    "_links", "accountingEntryId", "accountingEntryLines", "additionalInformation", "amount", "companyId", "date",
    "type",
)  # fmt: skip


def read(kind, value):
    """By way of the bytes, as the client reads."""
    return ADAPTERS[kind].validate_python(read_json(json.dumps(value).encode()))


def without(value, *path):
    changed = copy.deepcopy(value)
    place = changed
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return changed


def with_null(value, *path):
    changed = copy.deepcopy(value)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = None
    return changed


def test_a_job_is_read_whole():
    job = read(ExportJob, job_json())
    assert (job.id, job.status, job.number_of_items, job.expires_in) == (job_json()["id"], "in_progress", 2, 3600)
    assert job.created_at == datetime(2026, 3, 2, 8, 15, 30, 123_000, tzinfo=UTC)
    assert job.is_interactive is True
    assert job.completed_at is None


def test_an_item_is_read_whole():
    item = read(ExportJobItem, item_json())
    assert item.failure_reason == "Konto 4980 är inaktivt"
    assert item.external_id == "A-1001"
    assert item.exported_at == datetime(2026, 3, 2, 8, 18, tzinfo=UTC)


def test_an_export_item_is_read_whole():
    entry = read(ExportItem, export_item_json())
    assert entry.supplier_name == "GOOGLE*ADS8693645259"
    assert entry.amount.in_supplier_currency.amount == Decimal("896.96")
    assert entry.accounting_entry_lines[0].tax.rate == Decimal("0.25")
    assert entry.accounting_entry_lines[0].tags[1] is None
    assert entry.accounts[0].code == "5800"
    assert entry.service_period.from_ == datetime(2026, 2, 1, tzinfo=UTC)
    assert entry.pleo_url == "https://app.pleo.io/export/1"
    assert entry.user.name == "Åsa Öberg"
    assert entry.files[0].size == 48_213


@pytest.mark.parametrize("field", JOB_NULLABLE)
def test_what_a_job_may_lack_may_be_null_or_missing(field):
    assert read(ExportJob, with_null(job_json(), field)) == read(ExportJob, without(job_json(), field))


@pytest.mark.parametrize("field", ITEM_NULLABLE)
def test_what_an_item_may_lack_may_be_null_or_missing(field):
    assert read(ExportJobItem, with_null(item_json(), field)) == read(ExportJobItem, without(item_json(), field))


@pytest.mark.parametrize(
    "path", [*((field,) for field in EXPORT_ITEM_NULLABLE), *NESTED_NULLABLE], ids=lambda path: ".".join(map(str, path))
)
def test_what_an_export_item_may_lack_may_be_null_or_missing(path):
    with_it_null = read(ExportItem, with_null(export_item_json(), *path))
    assert with_it_null == read(ExportItem, without(export_item_json(), *path))


@pytest.mark.parametrize("field", JOB_REQUIRED)
def test_a_job_without_a_required_field_is_refused(field):
    with pytest.raises(ValidationError):
        read(ExportJob, without(job_json(), field))


@pytest.mark.parametrize("field", ["companyId", "id", "status"])
def test_a_job_that_does_not_say_which_it_is_or_how_it_stands_is_refused(field):
    for value in (None, 5, [], {}):
        with pytest.raises(ValidationError):
            read(ExportJob, job_json(**{field: value}))


NO_STAMPS = (None, "", "yesterday", 1772438400, True, [], {}, "2026-13-45T00:00:00Z",
             "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")  # fmt: skip
NO_COUNTS = (None, "42", 1.5, True, [], "many")


@pytest.mark.parametrize("value", NO_STAMPS)
def test_a_stamp_that_is_no_date_refuses_its_field_and_not_the_page(value):
    page = TypeAdapter(Page[ExportJob])
    content = json.dumps(page_json(job_json(createdAt=value), job_json())).encode()
    refused, whole = read_value(content, page).data
    assert (refused.created_at, refused.status) == (None, "in_progress")
    assert refused.unreadable_fields == (() if value is None else ("createdAt",))
    assert (whole.created_at is not None, whole.unreadable_fields) == (True, ())


@pytest.mark.parametrize("value", NO_COUNTS)
@pytest.mark.parametrize("field", ["numberOfItems", "expiresIn"])
def test_a_count_that_is_none_refuses_its_field(field, value):
    found = read_value(json.dumps(job_json(**{field: value})).encode(), TypeAdapter(ExportJob))
    assert (found.number_of_items is None, found.deadline is None) == (field == "numberOfItems", field == "expiresIn")


def test_what_cannot_be_read_of_the_last_change_leaves_no_deadline_that_would_be_another_ones():
    found = read_value(json.dumps(job_json(lastUpdatedAt="soon")).encode(), TypeAdapter(ExportJob))
    assert (found.last_updated_at, found.deadline, found.has_unreadable_deadline) == (None, None, True)


@pytest.mark.parametrize("digits", ["1e999999", "1e99999999999999999999", "-1E+700", "1e-700", "9" * 5_000, '"12"'])
def test_an_amount_beyond_reason_is_no_amount_and_the_rest_of_the_entry_is_there(digits):
    content = json.dumps(page_json(export_item_json(amount=pair_json(value=77)), export_item_json(2))).encode()
    content = content.replace(b'"value": 77}', b'"value": %b}' % digits.encode(), 1)
    for entries in (EntryKeeper().read(content).data, read_value(content, TypeAdapter(Page[ExportItem])).data):
        assert entries[0].amount.in_supplier_currency is None
        assert entries[0].amount.in_wallet_currency.value == 77
        assert entries[0].supplier_name == entries[1].supplier_name
        assert entries[1].amount.in_supplier_currency is not None


@pytest.mark.parametrize("currency", [None, 5, "K" * 100_000])
def test_an_amount_without_a_currency_is_none(currency):
    row = export_item_json(amount=pair_json(value=77))
    row["amount"]["inSupplierCurrency"]["currency"] = currency
    found = read_value(json.dumps(row).encode(), TypeAdapter(ExportItem))
    assert found.amount.in_supplier_currency is None
    assert found.amount.unreadable_fields == ("inSupplierCurrency",)


def test_what_was_refused_is_refused_again_when_it_is_remembered():
    job = read_value(json.dumps(job_json(createdAt="soon")).encode(), TypeAdapter(ExportJob))
    kept = TypeAdapter(ExportJob).dump_json(job, by_alias=True)
    assert TypeAdapter(ExportJob).validate_json(kept) == job


@pytest.mark.parametrize("field", ["accountingEntryId", "exportJobId", "status"])
def test_an_item_without_a_required_field_is_refused(field):
    with pytest.raises(ValidationError):
        read(ExportJobItem, without(item_json(), field))


@pytest.mark.parametrize("field", EXPORT_ITEM_REQUIRED)
def test_an_export_item_without_a_required_field_is_refused(field):
    with pytest.raises(ValidationError):
        read(ExportItem, without(export_item_json(), field))


def test_an_item_whose_status_is_null_is_pending():
    assert read(ExportJobItem, item_json(status=None)).status == "pending"


@given(word=st.text(max_size=30).filter(lambda text: text.isascii() or text.isprintable()))
def test_an_unlisted_word_is_kept_as_it_came(word):
    assert read(ExportJob, job_json(status=word)).status == word
    assert read(ExportJobItem, item_json(status=word)).status == word
    assert read(ExportJobItem, item_json(failureReasonType=word)).failure_reason_type == word
    assert read(ExportItem, export_item_json(type=word, subType=word)).type == word


@pytest.mark.parametrize(
    ("kind", "value"), [(ExportJob, job_json()), (ExportJobItem, item_json()), (ExportItem, export_item_json())]
)
def test_fields_that_pleo_adds_are_passed_over(kind, value):
    assert read(kind, value | {"newField": {"deep": [1, None]}}) == read(kind, value)


def test_fields_that_pleo_adds_in_nested_values_are_passed_over():
    value = export_item_json()
    value["user"]["nickname"] = "Å"
    value["amount"]["inThirdCurrency"] = {"x": 1}
    assert read(ExportItem, value) == read(ExportItem, export_item_json())


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ExportJob, job_json(numberOfItems="42")),
        (ExportJob, job_json(numberOfItems=4.5)),
        (ExportJob, job_json(numberOfItems=True)),
        (ExportJob, job_json(isInteractive="yes")),
        (ExportJob, job_json(isInteractive=1)),
        (ExportJob, job_json(status=3)),
        (ExportJob, job_json(id=["x"])),
        (ExportJob, job_json(createdAt="yesterday")),
        (ExportJob, job_json(createdAt=1_772_438_400)),
        (ExportJob, job_json(createdAt=True)),
        (ExportJob, job_json(expiresIn="3600")),
        (ExportJobItem, item_json(status={"name": "failed"})),
        (ExportJobItem, item_json(failureReason=17)),
        (ExportItem, export_item_json(files="none")),
        (ExportItem, export_item_json(accountingEntryLines={})),
        (ExportItem, export_item_json(user="Åsa")),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_rather_than_guessed(kind, value):
    with pytest.raises(ValidationError):
        read(kind, value)


def test_a_stamp_without_a_zone_is_utc():
    assert read(ExportJob, job_json(createdAt="2026-03-02T08:15:30")).created_at == datetime(
        2026, 3, 2, 8, 15, 30, tzinfo=UTC
    )


def test_a_stamp_with_another_zone_keeps_its_moment():
    stamp = read(ExportJob, job_json(createdAt="2026-03-02T01:00:00+02:00")).created_at
    assert stamp == datetime(2026, 3, 1, 23, tzinfo=UTC)
    assert stamp.utcoffset() == timezone(timedelta(hours=2)).utcoffset(None)


def test_values_that_were_read_cannot_be_changed():
    with pytest.raises(AttributeError):
        read(ExportJob, job_json()).status = "completed"


def test_a_supplier_without_a_name_is_called_by_the_vendors():
    value = export_item_json()
    value["supplier"]["name"] = None
    assert read(ExportItem, value).supplier_name == "Google Ireland"
    assert read(ExportItem, value | {"vendor": None}).supplier_name is None


def test_each_category_account_is_named_once_in_the_order_of_the_lines():
    line = export_item_json()["accountingEntryLines"][0]
    lines = [
        line | {"account": account}
        for account in (account_json("6100"), None, account_json("5800"), account_json("6100"))
    ]
    entry = read(ExportItem, export_item_json(accountingEntryLines=lines))
    assert [account.code for account in entry.accounts] == ["6100", "5800"]


def test_an_entry_without_a_link_has_no_address_in_pleo():
    assert read(ExportItem, export_item_json(_links={})).pleo_url is None
    assert read(ExportItem, export_item_json(_links={"web": None})).pleo_url is None


def test_a_page_says_what_comes_next():
    adapter = TypeAdapter(Page[ExportJobItem])
    page = adapter.validate_python(page_json(item_json(1), item_json(2), after="A2B=", total=7))
    assert [row.accounting_entry_id for row in page.data] == [entry_id(1), entry_id(2)]
    assert (page.pagination.has_next_page, page.pagination.end_cursor, page.pagination.total) == (True, "A2B=", 7)
    assert adapter.validate_python(page_json()).data == ()


def test_an_item_update_can_be_taken_and_refused_at_once():
    answer = {
        "data": [item_json(1)],
        "errors": [{"accountingEntryId": entry_id(2), "message": "Unknown", "type": "ACCOUNTING_ENTRY_DOES_NOT_EXIST"}],
    }
    update = read(ExportJobItemUpdate, answer)
    assert update.data == (item_json(1),)
    assert update.errors[0].type == "ACCOUNTING_ENTRY_DOES_NOT_EXIST"


def test_an_introspection_lists_its_scopes():
    value = {
        "authMethod": "API_KEY",
        "clientId": "c",
        "scope": "export-jobs:read export-items:read",
        "applicationName": "Signoff",
        "subjectURN": "urn:pleo:company:9b1f8c2e-5a77-4f0e-8c55-2f5b9f2f4c10",
    }
    who = read(Introspection, value)
    assert who.scopes == ("export-jobs:read", "export-items:read")
    assert who.subject_urn == value["subjectURN"]
    assert read(Introspection, {}).scopes == ()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>", b'{"a": 1', b'{"a": NaN}', b'{"a": Infinity}', b'{"a": -Infinity}', b"\xff\xfe\x00",
        b"{'a': 1}",
        b'{"a": 1e99999999999999999999}', b'{"a": ' + b"9" * 5_000 + b"}", b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused(content):
    with pytest.raises(ValueError, match=r"."):
        read_json(content)


def test_half_a_character_is_shown_as_such_and_does_not_cost_the_whole_answer():
    reasons = ["Kvitto \ud83d", "Kvitto \U0001f9fe"]
    content = json.dumps([item_json(failureReason=reason) for reason in reasons])
    items = [ADAPTERS[ExportJobItem].validate_python(row) for row in read_json(content.encode())]
    assert [item.failure_reason for item in items] == ["Kvitto \ufffd", "Kvitto \U0001f9fe"]


def test_what_only_looks_like_half_a_character_stays():
    assert read_json(rb'["\\ud83d"]') == [r"\ud83d"]
