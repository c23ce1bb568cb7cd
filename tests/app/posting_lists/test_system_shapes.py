"""Lists in the shapes of accounting systems: what stands is posted, and what something denies is not."""

from dataclasses import replace
from operator import attrgetter

import pytest
from fakes import more_reports_of_systems, reports_of_systems, system_shapes, words_about_postings
from fakes.bookkeeping import EXPENSES, TODAY, job_of

from app.posting_lists.columns_of_ids import with_columns_of_ids
from app.posting_lists.job_index import job_index
from app.posting_lists.known_words import StatusMeaning
from app.posting_lists.mapping import propose
from app.posting_lists.match_result import RowKind
from app.posting_lists.matching import match
from app.posting_lists.reader import read_posting_list
from app.posting_lists.rows import listed_rows
from app.slices import run_to_end

IDS = [expense.reconciliation_id for expense in EXPENSES]
SHAPES = [
    shape
    for lists in (system_shapes, reports_of_systems, more_reports_of_systems, words_about_postings)
    for shape in lists.SHAPES
]


@pytest.mark.parametrize("shape", SHAPES, ids=attrgetter("name"))
def test_what_a_system_lists_is_taken_for_what_it_says(shape, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(shape.text.format(*IDS), encoding="utf-8")
    table = read_posting_list(path)
    index = run_to_end(job_index(*job_of(*EXPENSES)))
    proposal = run_to_end(with_columns_of_ids(propose(table), table, index))
    mapping = replace(proposal.mapping, listed_means_posted=shape.everything_is_posted)
    rows = listed_rows(table, mapping, proposal.head_row, TODAY)
    result = run_to_end(match(rows, index, TODAY))
    posted = {
        row.number: rows.voucher(row.place)
        for row in result
        if row.kind is RowKind.MATCHED and rows.status(row.place) is StatusMeaning.SUCCESSFUL
    }
    about_an_item = {row.number for row in result if row.items}
    assert {number: posted.get(number) for number in shape.posted} == shape.posted
    assert posted.keys().isdisjoint(shape.denied)
    assert about_an_item.issuperset(shape.denied)
