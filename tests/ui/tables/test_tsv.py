from decimal import Decimal

import pytest

from ui.tables.cells import Figures
from ui.tables.column import Align, Column, CopyCell
from ui.tables.tsv import copied_lines, tsv_of

TEXT = Column[str]("text", "Text", lambda row: row, lambda row: row)
NUMBER = Column[str]("number", "Num\tber", len, lambda row: f"-{len(row)}")


def as_tsv(columns: list[Column[str]], rows: list[str], *, with_headers: bool = False) -> str:
    return tsv_of(copied_lines(columns, rows, Figures(), with_headers=with_headers))


def test_cells_are_parted_by_tabs_and_rows_by_lines() -> None:
    assert as_tsv([TEXT, NUMBER], ["ab", "cde"]) == "ab\t-2\ncde\t-3"


def test_headers_come_first_when_asked_for() -> None:
    assert as_tsv([TEXT, NUMBER], ["ab"], with_headers=True) == "Text\tNum ber\nab\t-2"


def test_a_cell_never_breaks_out_of_its_place() -> None:
    assert as_tsv([TEXT], ["one\ttwo\r\nthree"]) == "one two three"


def test_text_never_becomes_a_formula_and_numbers_stay_numbers() -> None:
    assert as_tsv([TEXT, NUMBER], ["=HYPERLINK(1)"]) == "'=HYPERLINK(1)\t-13"


FIGURES = Figures(decimal_point=",", group_separator="\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("shown", "copied"),
    [
        ("-857,51", "-857,51"),
        ("\N{MINUS SIGN}857,51", "-857,51"),
        ("1\N{NO-BREAK SPACE}204\N{NO-BREAK SPACE}000,50", "1204000,50"),
        ("-857,51\N{NO-BREAK SPACE}SEK", "-857,51 SEK"),
        ("-1 +cmd|' /C calc'!A0", "'-1 +cmd|' /C calc'!A0"),
    ],
)
def test_a_number_on_screen_is_copied_as_a_spreadsheet_reads_it(shown: str, copied: str) -> None:
    column = Column[str]("amount", "Amount", lambda row: Decimal(1), lambda row: row, align=Align.END)
    assert tsv_of(copied_lines([column], [shown], FIGURES)) == copied


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("-0.10"), "-0,10"),
        (Decimal("1E+3"), "1000"),
        (-7, "-7"),
        (None, ""),
        ("=1+1", "'=1+1"),
        ("@a", "'@a"),
        (Decimal("NaN"), "NaN"),
    ],
)
def test_copied_values_are_numbers_or_harmless_text(value: CopyCell, written: str) -> None:
    column = Column[str]("x", "X", lambda row: row, lambda row: row, copy=lambda row: (value,), copy_titles=("X",))
    assert tsv_of(copied_lines([column], ["row"], FIGURES)) == written
