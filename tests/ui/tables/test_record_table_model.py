from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from ui.tables.column import Align, Column
from ui.tables.model import RecordTableModel

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
Roles = Qt.ItemDataRole


@dataclass(frozen=True)
class Line:
    id: int
    supplier: str
    cents: int | None
    note: str = ""


COLUMNS = (
    Column[Line]("supplier", "Supplier", lambda row: row.supplier, lambda row: row.supplier),
    Column[Line](
        "amount", "Amount", lambda row: row.cents, lambda row: "" if row.cents is None else f"{row.cents / 100:.2f}",
        align=Align.END,
    ),
    Column[Line]("note", "Note", lambda row: row.note, lambda row: row.note, icon=lambda row: "info"),
)  # fmt: skip
LINES = (
    Line(1, "Östberg", 900),
    Line(2, "apoteket", None),
    Line(3, "Ägir", 10000, "line one\nline two"),
    Line(4, "Zalando", 250),
    Line(5, "Apoteket 10", 250),
    Line(6, "apoteket 9", -5),
)


@pytest.fixture
def model(qapp: QApplication) -> RecordTableModel[Line]:
    made = RecordTableModel(COLUMNS, lambda row: row.id)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.set_rows(LINES)
    return made


def ids(model: RecordTableModel[Line]) -> list[int]:
    return [row.id for row in model.shown_rows()]


def test_rows_stand_as_they_were_given_until_they_are_sorted(model: RecordTableModel[Line]) -> None:
    assert ids(model) == [1, 2, 3, 4, 5, 6]
    model.sort(1, ASCENDING)
    model.sort(-1)
    assert ids(model) == [1, 2, 3, 4, 5, 6]


def test_numbers_sort_by_value_and_nothing_comes_last_either_way(model: RecordTableModel[Line]) -> None:
    model.sort(1, ASCENDING)
    assert ids(model) == [6, 4, 5, 1, 3, 2]
    model.sort(1, DESCENDING)
    assert ids(model) == [3, 1, 4, 5, 6, 2]


def test_text_sorts_as_people_read_it(model: RecordTableModel[Line]) -> None:
    model.sort(0, ASCENDING)
    assert ids(model) == [3, 2, 6, 5, 1, 4]


def test_several_columns_sort_one_within_the_other(model: RecordTableModel[Line]) -> None:
    model.sort_by([(1, ASCENDING), (0, DESCENDING)])
    assert ids(model) == [6, 4, 5, 1, 3, 2]
    model.sort_by([(1, ASCENDING), (0, ASCENDING)])
    assert ids(model) == [6, 5, 4, 1, 3, 2]


def test_an_index_that_someone_keeps_follows_its_row(model: RecordTableModel[Line]) -> None:
    kept = QPersistentModelIndex(model.index(2, 1))
    model.sort(0, ASCENDING)
    assert model.id_at(kept) == 3
    assert (kept.row(), kept.column()) == (0, 1)


def test_a_predicate_filters_and_the_order_stays(model: RecordTableModel[Line]) -> None:
    model.sort(1, DESCENDING)
    model.show_only(lambda row: row.supplier.casefold().startswith("apoteket"))
    assert ids(model) == [5, 6, 2]
    model.show_only(None)
    assert ids(model) == [3, 1, 4, 5, 6, 2]


def test_ids_and_positions_filter_too(model: RecordTableModel[Line]) -> None:
    model.show_only({2, 6, 99})
    assert ids(model) == [2, 6]
    model.show_positions([0, 4])
    assert ids(model) == [1, 5]


def test_the_filter_holds_for_rows_that_come_later(model: RecordTableModel[Line]) -> None:
    model.show_only(lambda row: row.cents == 250)
    model.update_rows([*LINES, Line(7, "New", 250), Line(8, "Other", 1)])
    assert ids(model) == [4, 5, 7]
    model.update_rows(replace(row, cents=250) for row in LINES)
    assert ids(model) == [1, 2, 3, 4, 5, 6]


def test_rows_read_again_change_in_place(model: RecordTableModel[Line]) -> None:
    changed: list[tuple[int, int]] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(True))
    model.update_rows([*LINES[:3], replace(LINES[3], supplier="Zalando SE"), *LINES[4:]])
    assert (changed, resets) == ([(3, 3)], [])
    assert model.data(model.index(3, 0)) == "Zalando SE"


def test_rows_read_again_unchanged_disturb_nothing(model: RecordTableModel[Line]) -> None:
    news: list[str] = []
    model.dataChanged.connect(lambda *_: news.append("changed"))
    model.modelReset.connect(lambda: news.append("reset"))
    model.layoutChanged.connect(lambda: news.append("layout"))
    model.update_rows(replace(row) for row in LINES)
    assert news == []


def test_a_changed_value_moves_its_row_to_where_it_sorts(model: RecordTableModel[Line]) -> None:
    model.sort(1, ASCENDING)
    kept = QPersistentModelIndex(model.index(0, 0))
    model.update_rows([*LINES[:5], replace(LINES[5], cents=99999)])
    assert ids(model) == [4, 5, 1, 3, 6, 2]
    assert kept.row() == 4


def test_a_row_is_found_by_its_id_where_it_is_shown(model: RecordTableModel[Line]) -> None:
    model.sort(1, DESCENDING)
    assert model.row_of(1) == 1
    model.show_only({2})
    assert (model.row_of(2), model.row_of(1), model.row_of("none")) == (0, -1, -1)
    assert model.record(1) == LINES[0]
    assert model.record("none") is None


def test_rows_that_share_an_id_are_all_shown(model: RecordTableModel[Line]) -> None:
    model.set_rows([LINES[0], LINES[1], LINES[0]])
    assert ids(model) == [1, 2, 1]
    assert model.row_of(1) == 0
    assert model.rows_of({1}) == [0, 2]


def test_a_cell_shows_one_line(model: RecordTableModel[Line]) -> None:
    assert model.data(model.index(2, 2)) == "line one line two"
    model.set_rows([Line(1, "x" * 100_000, 1)])
    assert len(str(model.data(model.index(0, 0)))) == 400


def test_a_tooltip_shows_markup_as_letters(model: RecordTableModel[Line]) -> None:
    model.set_rows([Line(1, "<b>Acme</b> & <img src='https://evil.example/x.png'>", 1)])
    shown = str(model.data(model.index(0, 0), Roles.ToolTipRole))
    assert "&lt;b&gt;Acme&lt;/b&gt; &amp; &lt;img" in shown
    assert "<b>" not in shown
    assert "<img" not in shown


def test_a_row_is_read_aloud_as_a_sentence_that_begins_with_its_cell(model: RecordTableModel[Line]) -> None:
    assert model.sentence_at(model.index(3, 1)) == "Amount 2.50, Supplier Zalando."


def test_a_sentence_that_ends_has_one_full_stop(model: RecordTableModel[Line]) -> None:
    model.set_rows([Line(1, "Acme Ltd.", 1)])
    assert model.sentence_at(model.index(0, 1)).endswith("Supplier Acme Ltd.")


def test_a_cell_is_read_aloud_as_its_own_value(model: RecordTableModel[Line]) -> None:
    assert model.data(model.index(3, 1), Roles.AccessibleTextRole) == "2.50"
    assert model.data(model.index(3, 0), Roles.AccessibleTextRole) == "Zalando"


def test_numbers_stand_at_the_right(model: RecordTableModel[Line]) -> None:
    assert model.data(model.index(0, 1), Roles.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal, Roles.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Amount"


def test_roles_that_nobody_needs_are_answered_with_nothing(model: RecordTableModel[Line]) -> None:
    for role in (Roles.FontRole, Roles.BackgroundRole, Roles.ForegroundRole, Roles.CheckStateRole, Roles.EditRole):
        assert model.data(model.index(0, 0), role) is None
    assert model.data(QModelIndex()) is None
