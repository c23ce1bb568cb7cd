from ui.tables.column import Column
from ui.tables.tsv import as_tsv

TEXT = Column[str]("text", "Text", lambda row: row, lambda row: row)
NUMBER = Column[str]("number", "Num\tber", len, lambda row: f"-{len(row)}")


def test_cells_are_parted_by_tabs_and_rows_by_lines() -> None:
    assert as_tsv([TEXT, NUMBER], ["ab", "cde"]) == "ab\t-2\ncde\t-3"


def test_headers_come_first_when_asked_for() -> None:
    assert as_tsv([TEXT, NUMBER], ["ab"], with_headers=True) == "Text\tNum ber\nab\t-2"


def test_a_cell_never_breaks_out_of_its_place() -> None:
    assert as_tsv([TEXT], ["one\ttwo\r\nthree"]) == "one two three"


def test_text_never_becomes_a_formula_and_numbers_stay_numbers() -> None:
    assert as_tsv([TEXT, NUMBER], ["=HYPERLINK(1)"]) == "'=HYPERLINK(1)\t-13"
