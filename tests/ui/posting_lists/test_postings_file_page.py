"""How a file was read, on screen: its encodings with a preview, its sheets, and what was left out."""

from pathlib import Path

from fakes.posting_lists import CORPUS
from fakes.workbooks import Sheet, xlsx

from app.posting_lists.reader import read_posting_list
from app.posting_lists.table import ReadingChoice
from ui.posting_lists.file_panel import FilePanel
from ui.posting_lists.file_view_model import FileView

GERMAN = "Referenz;Belegnummer;Meldung\r\na;1;Kostenträger für Büro\r\nb;2;Straße\r\nc;3;plain\r\n"
HEAD = ["Reference", "Amount", "Voucher"]


def a_panel(qtbot, path: Path, choice: ReadingChoice | None = None) -> FilePanel:
    panel = FilePanel()
    qtbot.addWidget(panel)
    panel.show_file(FileView(read_posting_list(path, choice) if choice else read_posting_list(path)))
    panel.show()
    return panel


def shown(panel: FilePanel) -> list[tuple[str, ...]]:
    return [tuple(panel.lines.texts(row)) for row in range(panel.lines.rowCount())]


def test_the_lines_that_another_encoding_changes_are_shown_at_once(qtbot, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(GERMAN.encode("cp1250"))
    panel = a_panel(qtbot, path)
    assert panel.encoding.currentText() == "Windows-1252"
    assert not panel.read.isEnabled()
    panel.encoding.setCurrentIndex(panel.encoding.findData("cp437"))
    assert shown(panel) == [
        ("a;1;Kostenträger für Büro", "a;1;KostentrΣger fⁿr Bⁿro"),
        ("b;2;Straße", "b;2;Stra▀e"),
    ]
    panel.encoding.setCurrentIndex(panel.encoding.findData("cp1250"))
    assert shown(panel) == []
    with qtbot.waitSignal(panel.reading_requested) as asked:
        panel.read.click()
    assert asked.args == [ReadingChoice("cp1250", "")]


def test_a_file_that_every_encoding_reads_the_same_has_none_to_choose(qtbot, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Reference;Voucher\na;1\n", encoding="ascii")
    panel = a_panel(qtbot, path)
    assert not panel.encoding.isVisible()
    assert not panel.read.isVisible()
    assert "nothing to choose" in panel.explanation.text()
    assert panel.left_out.text() == "All rows of the list were read."


def test_another_sheet_can_be_chosen_and_what_was_left_out_is_named(qtbot, tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(
        xlsx(Sheet([HEAD, ["a", 1, 2], ["b", 1, 2]], "Oktober", hidden=[1]), Sheet([HEAD, ["c", 1, 2]], "November"))
    )
    panel = a_panel(qtbot, path)
    assert "Sheet November of this workbook looks like a list too" in panel.left_out.text()
    assert "Row 2 is hidden" in panel.left_out.text()
    panel.sheet.setCurrentText("November")
    with qtbot.waitSignal(panel.reading_requested) as asked:
        panel.read.click()
    assert asked.args == [ReadingChoice("", "November")]


def test_a_choice_that_was_made_is_shown_as_the_present_one(qtbot):
    panel = a_panel(qtbot, CORPUS / "visma-huvudbok.csv", ReadingChoice(encoding="cp437"))
    assert panel.encoding.currentText() == "DOS 437"
    assert not panel.read.isEnabled()
    assert shown(panel)[0][0] == shown(panel)[0][1]
