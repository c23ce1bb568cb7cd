"""What was said of posting lists, remembered by their shapes."""

import pytest

from app.errors import SettingsProblem
from app.posting_lists.dates import DateOrder
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.mapping import ListMapping
from app.settings import mappings
from app.settings.mappings import MappingsFile

MAPPING = ListMapping(
    {ColumnRole.REFERENCE: 2, ColumnRole.AMOUNT: 0},
    {"storniert": StatusMeaning.FAILED},
    ",",
    DateOrder.MONTH_FIRST,
    voucher_means_posted=False,
    said=frozenset({"dates"}),
)


def test_a_mapping_is_found_again_by_the_shape_of_the_list(tmp_path):
    MappingsFile(tmp_path).remember("shape", MAPPING)
    again = MappingsFile(tmp_path)
    assert again.find("shape") == (MAPPING, None)
    assert again.find("other") == again.find(None) == (None, None)


def test_the_last_word_counts(tmp_path):
    file = MappingsFile(tmp_path)
    file.remember("shape", MAPPING)
    file.remember("shape", ListMapping())
    assert file.find("shape") == (ListMapping(), None)


def test_shapes_that_nobody_has_used_for_long_go_first(tmp_path, monkeypatch):
    monkeypatch.setattr(mappings, "_MOST_KEPT", 2)
    file = MappingsFile(tmp_path)
    for shape in ("a", "b", "a", "c"):
        file.remember(shape, MAPPING)
    assert [file.find(shape)[0] is not None for shape in "abc"] == [True, False, True]


def test_a_file_that_does_not_tell_what_the_user_said_of_formats_is_still_read(tmp_path):
    known = '{"columns": {"amount": 0}, "statuses": {}, "decimal": ",", "dates": "month_day_year"}'
    (tmp_path / "posting_lists.json").write_text(f'{{"by_shape": {{"a": {known}}}}}', encoding="utf-8")
    found, problem = MappingsFile(tmp_path).find("a")
    assert problem is None
    assert found == ListMapping({ColumnRole.AMOUNT: 0}, {}, ",", DateOrder.MONTH_FIRST)


@pytest.mark.parametrize(
    "content",
    [
        "{",
        '{"by_shape": {"a": {"columns": {"colour": 1}}}}',
        '{"by_shape": {"a": {"failure_type": "job_expired"}}}',
        '{"other": 1}',
    ],
)
def test_a_damaged_file_is_kept_aside_and_said(tmp_path, content):
    (tmp_path / "posting_lists.json").write_text(content, encoding="utf-8")
    file = MappingsFile(tmp_path)
    found, problem = file.find("a")
    assert found is None
    assert isinstance(problem, SettingsProblem)
    assert "posting_lists.damaged.json" in problem.title
    assert (tmp_path / "posting_lists.damaged.json").read_text(encoding="utf-8") == content
    file.remember("a", MAPPING)
    assert file.find("a") == (MAPPING, None)


def test_a_file_that_cannot_be_read_is_said_and_left_in_its_place(tmp_path):
    (tmp_path / "posting_lists.json").mkdir()
    found, problem = MappingsFile(tmp_path).find("a")
    assert found is None
    assert problem is not None
    assert "cannot be read" in problem.title
