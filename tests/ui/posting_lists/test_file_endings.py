"""The file dialog shows what is read and what is answered with a way out."""

import pytest

from app.posting_lists.file_endings import NAMED, READ
from ui.posting_lists.file_filters import file_filters


@pytest.mark.parametrize("ending", ["se", "si", "slk", "xml", "ofx", "eml", "msg", "pdf", "xlsm", "numbers"])
def test_what_is_named_can_be_chosen(ending):
    assert ending in NAMED
    assert f"*.{ending} " in file_filters().replace(")", " ")


def test_lists_come_first_and_all_files_last():
    lists, _, everything = file_filters().split(";;")
    assert all(f"*.{ending}" in lists.replace("(", " ").replace(")", " ").split() for ending in READ)
    assert everything == "All files (*)"


def test_no_ending_is_both():
    assert not set(READ) & set(NAMED)
