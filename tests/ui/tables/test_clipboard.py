import re
import subprocess
import sys
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ui.tables.column import Align, Column
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView

Row = tuple[str, Decimal | None, str]
COLUMNS = (
    Column[Row]("supplier", "Supplier", lambda row: row[0], lambda row: row[0], width=100),
    Column[Row](
        "amount", "Amount", lambda row: row[1], lambda row: f"{row[1]} {row[2]}", align=Align.END,
        copy=lambda row: (row[1], row[2]) if row[1] is not None else (), copy_titles=("Amount", "Currency"),
    ),
    Column[Row]("shown", "As shown", lambda row: row[1], lambda row: f"{row[1]}", align=Align.END),
)  # fmt: skip
ROWS: tuple[Row, ...] = (
    ("SAS <b>AB</b> & Co", Decimal("-857.51"), "SEK"),
    ("=HYPERLINK(1)", Decimal("1204.00"), "EUR"),
    ("00420", None, ""),
)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Cells(HTMLParser):
    """What a spreadsheet reads of the table: tag, attributes and text of each cell."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, dict[str, str | None], str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1] and data.strip():
            tag, attributes, text = self.rows[-1][-1]
            self.rows[-1][-1] = (tag, attributes, text + data)

    def texts(self) -> list[list[str]]:
        return [[text for _, _, text in row] for row in self.rows]


@pytest.fixture
def table(qtbot: QtBot) -> RecordTableView:
    view = RecordTableView()
    qtbot.addWidget(view)
    model = RecordTableModel(COLUMNS, lambda row: row[0], view)
    view.setModel(model)
    model.set_rows(ROWS)
    view.show()
    view.selectAll()
    return view


@pytest.fixture
def swedish():
    before = QLocale()
    QLocale.setDefault(QLocale("sv_SE"))
    yield
    QLocale.setDefault(before)


def copied(qtbot: QtBot, table: RecordTableView, keys: Qt.KeyboardModifier = CTRL) -> tuple[str, Cells]:
    qtbot.keyClick(table, Qt.Key.Key_C, keys)
    data = QGuiApplication.clipboard().mimeData()
    return data.text(), Cells(data.html())


def test_number_and_currency_are_cells_of_their_own(qtbot: QtBot, table: RecordTableView) -> None:
    text, html = copied(qtbot, table)
    lines = [line.split("\t") for line in text.split("\n")]
    assert lines[0] == ["SAS <b>AB</b> & Co", "-857.51", "SEK", "-857.51"]
    assert lines[1] == ["'=HYPERLINK(1)", "1204.00", "EUR", "1204.00"]
    assert html.texts() == lines


def test_a_row_without_an_amount_has_its_cells_all_the_same(qtbot: QtBot, table: RecordTableView) -> None:
    text, html = copied(qtbot, table)
    assert text.split("\n")[2].split("\t")[:3] == ["00420", "", ""]
    assert {len(row) for row in html.rows} == {4}


def test_the_titles_come_with_shift(qtbot: QtBot, table: RecordTableView) -> None:
    text, html = copied(qtbot, table, CTRL | SHIFT)
    assert text.split("\n")[0] == "Supplier\tAmount\tCurrency\tAs shown"
    assert [tag for tag, _, _ in html.rows[0]] == ["th"] * 4
    assert len(html.rows) == 4


def test_numbers_are_written_as_the_users_spreadsheet_reads_them(
    swedish: None, qtbot: QtBot, table: RecordTableView
) -> None:
    text, html = copied(qtbot, table)
    assert text.split("\n")[0].split("\t")[1] == "-857,51"
    assert html.texts()[1][1] == "1204,00"


def test_in_html_a_number_also_says_its_value_whatever_the_language(
    swedish: None, qtbot: QtBot, table: RecordTableView
) -> None:
    _, html = copied(qtbot, table)
    _, attributes, _ = html.rows[1][1]
    assert (attributes["sdval"], attributes["sdnum"]) == ("1204.00", "1033;0;0.00")


def test_in_html_text_stays_text(qtbot: QtBot, table: RecordTableView) -> None:
    _, html = copied(qtbot, table)
    _, attributes, text = html.rows[2][0]
    assert text == "00420"
    assert str(attributes["sdnum"]).endswith("@")
    assert re.search(r"mso-number-format:'\\@'", str(attributes["style"]))


def test_markup_from_outside_is_letters(qtbot: QtBot, table: RecordTableView) -> None:
    copied(qtbot, table)
    html = QGuiApplication.clipboard().mimeData().html()
    assert "<b>" not in html
    assert "SAS &lt;b&gt;AB&lt;/b&gt; &amp; Co" in html


def test_a_very_large_copy_is_text_alone(qtbot: QtBot, table: RecordTableView) -> None:
    model = table.model()
    assert isinstance(model, RecordTableModel)
    model.set_rows([(str(number), Decimal(number), "EUR") for number in range(20_001)])
    table.selectAll()
    table.copy_selection()
    data = QGuiApplication.clipboard().mimeData()
    assert (data.text().count("\n"), data.hasHtml()) == (20_000, False)


def test_nothing_selected_leaves_the_clipboard_alone(qtbot: QtBot, table: RecordTableView) -> None:
    QGuiApplication.clipboard().setText("mine")
    table.clearSelection()
    assert table.copy_selection() == ""
    assert QGuiApplication.clipboard().text() == "mine"


COPIES_AND_ENDS = """
from PySide6.QtWidgets import QApplication
from ui.tables.clipboard import copy_rows
from ui.tables.column import Column
app = QApplication([])
copy_rows([Column("a", "A", str, str)], ["x"], with_headers=False)
"""


def test_the_program_ends_well_with_something_copied() -> None:
    assert subprocess.run([sys.executable, "-c", COPIES_AND_ENDS], check=False, timeout=60).returncode == 0
