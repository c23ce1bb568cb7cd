"""What is said of a list as a whole."""

from fakes.bookkeeping import EXPENSES
from fakes.matched_lists import matched

from app.posting_lists.known_words import ColumnRole
from app.posting_lists.list_problems import columns_missing, not_recognised, says_nothing_of_postings, warnings
from app.posting_lists.mapping import ListMapping
from app.posting_lists.table import Source

R = ColumnRole
SAS, HETZNER = EXPENSES[:2]
SOURCE = Source("list.csv", "", "")


def test_without_a_column_that_names_the_items_it_is_said_which_would():
    assert columns_missing(ListMapping({R.VOUCHER: 0})).roles == (R.REFERENCE, R.DATE, R.AMOUNT)
    assert columns_missing(ListMapping({R.REFERENCE: 0})).roles == (R.STATUS, R.VOUCHER)
    assert columns_missing(ListMapping({R.REFERENCE: 0}, listed_means_posted=True)) is None
    assert columns_missing(ListMapping({R.REFERENCE: 0, R.VOUCHER: 1})) is None
    assert columns_missing(ListMapping({R.DATE: 0, R.CREDIT: 1, R.STATUS: 2})) is None


def test_a_ledger_without_statuses_and_vouchers_is_told_from_a_list_with_some():
    head = ["Reference", "Amount", "Voucher"]
    ledger = matched(head, [SAS.id, "1204.00", ""], [HETZNER.id, "59.00", ""])
    assert says_nothing_of_postings(ledger.rows, ledger.result)
    other = matched(head, [SAS.id, "1204.00", "V1"], [HETZNER.id, "59.00", "V2"])
    assert not says_nothing_of_postings(other.rows, other.result)
    failed = matched(head, [SAS.id, "1204.00", "#N/A"], [HETZNER.id, "59.00", "#N/A"])
    assert not says_nothing_of_postings(failed.rows, failed.result)


def test_a_title_that_denies_heads_the_result_and_so_does_the_files_name():
    found = matched(["Kladde"], ["Reference", "Voucher", "Amount"], [SAS.id, "V1", "1204.00"])
    assert warnings(SOURCE, found.rows, found.result) == ["The title in row 1 says 'Kladde'."]
    plain = matched(["Reference", "Voucher"], [SAS.id, "V1"])
    assert warnings(SOURCE, plain.rows, plain.result) == []
    (said,) = warnings(Source("rejected-entries.csv", "", ""), plain.rows, plain.result)
    assert said.startswith("The file is called 'rejected-entries.csv'")


def test_what_the_reader_remarks_is_said_once():
    plain = matched(["Reference", "Voucher"], [SAS.id, "V1"])
    source = Source("list.xlsx", "", "", other_lists=("November",), remarks=("A remark.",))
    assert warnings(source, plain.rows, plain.result) == ["A remark."]


def test_rows_that_name_nothing_are_counted():
    found = matched(["Reference", "Voucher"], ["RG-1", "V1"], ["RG-2", "V2"])
    assert not_recognised(found.result) == [2, 3]
