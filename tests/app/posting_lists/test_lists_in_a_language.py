"""What is said of a posting list is said in the user's language, also where another process has read the list."""

from collections.abc import Iterator

import pytest
from fakes.bookkeeping import EXPENSES
from fakes.bracketed_language import bracketed
from fakes.matched_lists import matched
from fakes.workbooks import Sheet, xlsx

from app.messages import shown
from app.posting_lists.list_problems import columns_missing, warnings
from app.posting_lists.mapping import ListMapping, headings_of
from app.posting_lists.problem import PostingListProblem
from app.posting_lists.reader import read_posting_list
from app.posting_lists.reading import read_apart
from app.posting_lists.sentences import MATCHED_BY, doubt_words
from app.posting_lists.table import PostingTable, Source

SAS, HETZNER, GITHUB = EXPENSES[:3]
ROWS = [["Reference", "Voucher"], *([f"id-{row}", f"V{row}"] for row in range(2, 2002))]


@pytest.fixture(autouse=True)
def in_brackets() -> Iterator[None]:
    with bracketed():
        yield


def written(amount, currency):
    return f"{amount:f} {currency}"


def doubts(found, number):
    return [shown(each) for each in doubt_words(found.of(number), found.rows, found.snapshot.items, written)]


@pytest.mark.parametrize(
    ("head", "row", "told"),
    [
        (["Voucher", "Info"], ["V1", "storniert"], "⟦Its column 'Info' says 'storniert'.⟧"),
        (["Status"], ["vielleicht"], "⟦Nobody has said what 'vielleicht' means.⟧"),
        (["Voucher"], ["#N/A"], "⟦Nothing says that it is posted; '#N/A' is no number of an entry.⟧"),
        (["Voucher"], ["2,02611E+11"],
         "⟦Its column 'Voucher' says '2,02611E+11', which is no number of an entry any more.⟧"),
        (["Voucher", "Posting date"], ["V1", "2027-01-01"], "⟦Its posting date 2027-01-01 is in the future.⟧"),
        (["Voucher", "Date"], ["V1", "2027-01-01"], "⟦Its date 2027-01-01 is in the future.⟧"),
    ],
)  # fmt: skip
def test_a_doubt_about_a_row_is_one_whole_message(head, row, told):
    assert told in doubts(matched(["Reference", *head], [SAS.id, *row]), 2)


def test_a_line_above_a_group_and_a_title_are_quoted_in_whole_messages():
    head, line = ["Reference", "Voucher", "Amount", "Date"], ["Nicht gebucht", None, None, None]
    found = matched(head, line, [SAS.id, "V1", "1204.00", "2026-02-01"])
    assert doubts(found, 3) == ["⟦The line above it, row 2, says 'Nicht gebucht'.⟧"]
    titled = matched(["Kladde"], ["Reference", "Voucher", "Amount"], [SAS.id, "V1", "1204.00"])
    said_of_it = warnings(Source("rejected.csv", "", ""), titled.rows, titled.result)
    assert [*map(shown, said_of_it)] == [
        "⟦The title in row 1 says 'Kladde'.⟧",
        "⟦The file is called 'rejected.csv': check that it lists what is posted.⟧",
    ]


def test_what_is_missing_and_what_matched_are_messages():
    missing = columns_missing(ListMapping({}))
    assert missing
    assert shown(missing.sentence).startswith("⟦Say which column names the item")
    assert all(shown(words) == f"⟦{words}⟧" for words in MATCHED_BY.values())


def test_a_column_without_a_heading_is_named_in_the_language():
    table = PostingTable(Source("list.csv", "", ""), ([None, "a"], ["Voucher", "V1"]), [1, 2])
    assert [*map(shown, headings_of(table, 0))] == ["⟦Column A⟧", "Voucher"]


async def test_what_another_process_remarks_is_a_message_still(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx(Sheet(ROWS, hidden=range(1001, 1021), struck=[2])))
    source = (await read_apart(path)).source
    assert shown(source.format) == "⟦XLSX, sheet Buchungen⟧"
    hidden, struck = map(shown, source.remarks)
    assert hidden.startswith("⟦Rows ⟦1,002⟧, ⟦1,003⟧, ")
    assert hidden.endswith("⟦1,013⟧ and 8 more are hidden, perhaps filtered out: not taken unasked.⟧")
    assert struck == "⟦Row ⟦3⟧ is struck through: not taken unasked.⟧"
    assert source.remarks[1] == "Row 3 is struck through: not taken unasked."


async def test_what_another_process_cannot_read_is_a_message_still(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(PostingListProblem) as told:
        await read_apart(path)
    assert shown(told.value.title) == "⟦The file is a PDF, not a list that can be read⟧"
    assert shown(told.value.advice).startswith("⟦In the accounting system, export")
    assert told.value.title == str(told.value) == "The file is a PDF, not a list that can be read"


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        ("Reference;Voucher\na;1\n", "⟦UTF-8, separated by semicolons⟧"),
        ("Reference,Voucher\na,1\n", "⟦UTF-8, separated by commas⟧"),
        ("Reference\tVoucher\na\t1\n", "⟦UTF-8, separated by tabs⟧"),
        ("Reference|Voucher\na|1\n", "⟦UTF-8, separated by vertical bars⟧"),
        ("sep=^\nReference^Voucher\na^1\n", "⟦UTF-8, separated by ^⟧"),
    ],
)
def test_how_a_text_was_read_is_one_whole_message(tmp_path, content, read_as):
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    assert shown(read_posting_list(path).source.format) == read_as


@pytest.mark.parametrize(
    ("separator", "words"), [(";", "semicolons"), (",", "commas"), ("\t", "tabs"), ("|", "vertical bars")]
)
def test_what_does_not_fit_in_a_text_is_one_whole_message(tmp_path, separator, words):
    path = tmp_path / "list.csv"
    rows = [["Reference", "Date", "Voucher"], ["a", "2026-02-01", "V1"], ["b", "2026-02-01", "V2"]]
    lines = [separator.join(row) for row in rows]
    path.write_text("\n".join(["sep=^", *lines]), encoding="utf-8")
    (remark,) = read_posting_list(path).source.remarks
    assert shown(remark) == f"⟦Its first line says 'sep=^', but {words} separate the columns.⟧"
    path.write_text("\n".join(f'"{line}"' for line in lines), encoding="utf-8")
    (remark,) = read_posting_list(path).source.remarks
    assert shown(remark) == f"⟦Its lines stood in quotation marks as a whole; they are separated by {words}.⟧"
