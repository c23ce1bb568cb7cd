"""From a posting list to drafted outcomes, on screen."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.bookkeeping import EXPENSES, job_of
from fakes.bracketed_language import bracketed
from fakes.builders import JOB_ID, OTHER_JOB_ID
from fakes.drafts import LIST, a_failure, a_success
from fakes.list_dialog import FakeMappings, Screen, a_list, a_screen, pick
from fakes.pleo import declined
from fakes.posting_lists import CORPUS
from fakes.qt_loop import at_rest
from fakes.workbooks import Sheet, xlsx
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget

from app.errors import PleoProblem, SettingsProblem
from app.models.snapshot import AccountingData
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.match_result import MatchedBy
from ui.posting_lists.sentences import without_amounts_words
from ui.posting_lists.view_model import ListLook
from ui.widgets.plain_label import PlainLabel

SAS, HETZNER, GITHUB = EXPENSES[:3]
MUELLER = EXPENSES[5]
TAXI, SAME_TAXI = EXPENSES[7:9]
XERO = CORPUS / "xero-account-transactions.csv"
E_CONOMIC = CORPUS / "e-conomic-posteringer.csv"


async def test_without_a_file_the_dialog_says_what_to_do() -> None:
    async with a_screen() as screen:
        said = [label.text() for label in screen.dialog.empty.findChildren(PlainLabel)]
        assert "Drop the accounting system's list here" in said
        assert screen.dialog.choose_button.text() == "Choose a &file…"
        assert not screen.dialog.draft.isEnabled()


async def test_a_list_that_says_plainly_what_it_is_opens_on_its_result() -> None:
    async with a_screen() as screen:
        await screen.shows(XERO)
        assert screen.dialog.is_showing_result()
        assert screen.lines("number", "found", "says", "take")[:6] == [
            ("8", "To decide", "Posted", ""),
            ("9", "To decide", "Posted", ""),
            ("6", "Matched", "Posted", "Yes"),
            ("7", "Matched", "Posted", "Yes"),
            ("10", "Matched", "Failed", "Yes"),
            ("", "Missing in the list", "", ""),
        ]
        assert screen.line_of(6)["item"] == "Müller & Söhne · 12/02/2026 · 1,234.56 EUR"
        assert (screen.line_of(6)["by"], screen.line_of(7)["by"]) == ("reference", "date and amount")
        chips = {look: chip.text() for look, chip in screen.dialog.found.chips.items() if chip.isVisible()}
        assert chips == {
            ListLook.MATCHED: "3 matched",
            ListLook.TO_DECIDE: "2 to decide",
            ListLook.MISSING: "7 missing in the list",
        }
        assert screen.dialog.messages.title() == (
            "Left out, because it stands under the list: row 12 (Total 3,000.00)."
        )
        assert screen.dialog.draft.text() == "Draft 3 outcomes"
        assert screen.dialog.summary.text() == "2 posted, 1 failed. Nothing is sent yet."


async def test_the_result_is_said_in_the_users_language() -> None:
    with bracketed():
        async with a_screen(drafts=[a_failure(MUELLER.number)]) as screen:
            await screen.shows(XERO)
            line = screen.line_of(6)
            assert (line["says"], line["by"], line["take"]) == ("⟦Posted⟧", "⟦reference⟧", "")
            assert line["note"].startswith("⟦You drafted this as ⟦failed⟧, ")
            assert line["note"].endswith("⟧ ⟦Taking this row replaces that.⟧")
            assert screen.line_of(8)["note"] == "⟦2 items fit.⟧ ⟦Choose one of them.⟧"
            screen.choose_row(6)
            assert screen.dialog.found.would_be.text() == ("⟦Would be drafted: ⟦successful⟧, JNL-00001⟧")
            assert screen.dialog.messages.title() == (
                "⟦Left out, because it stands under the list: row 12 (Total 3,000.00).⟧"
            )
            assert screen.dialog.source.text().endswith(
                "⟦UTF-8, separated by commas⟧ · ⟦for the export job of 2 Mar, 09:00, 12 items⟧"
            )
            assert screen.dialog.draft.text() == "⟦Draft 2 outcomes⟧"
            assert screen.dialog.mapping
            voucher = screen.dialog.mapping.roles[ColumnRole.VOUCHER]
            assert (voucher.accessibleName(), voucher.itemText(0)) == (
                "⟦⟦Voucher⟧: column of the list⟧",
                "⟦not in this list⟧",
            )


async def test_what_is_accepted_carries_the_outcomes_the_fingerprint_and_where_each_stands_in_the_file() -> None:
    async with a_screen() as screen:
        await screen.shows(XERO)
        QTest.mouseClick(screen.dialog.draft, Qt.MouseButton.LeftButton)
        (accepted,) = screen.accepted
        assert {outcome.accounting_entry_id: outcome.status for outcome in accepted.outcomes} == {
            EXPENSES[5].id: "successful",
            EXPENSES[6].id: "successful",
            EXPENSES[4].id: "failed",
        }
        assert screen.jobs == [JOB_ID]
        origin = accepted.rows[EXPENSES[5].id]
        assert origin.file_name == XERO.name
        assert len(origin.sha256) == 64
        assert (origin.row, origin.matched_by) == (6, MatchedBy.REFERENCE)
        assert screen.closings == [True]
        assert screen.mappings.kept == {}


async def test_closing_the_dialog_drafts_nothing() -> None:
    async with a_screen() as screen:
        await screen.shows(XERO)
        QTest.keyClick(screen.dialog, Qt.Key.Key_Escape)
        assert (screen.accepted, screen.closings) == ([], [True])


async def test_enter_drafts_nothing_and_ctrl_enter_does() -> None:
    async with a_screen() as screen:
        await screen.shows(E_CONOMIC)
        QTest.keyClick(screen.dialog.found.table, Qt.Key.Key_Return)
        QTest.keyClick(screen.dialog.cancel, Qt.Key.Key_Tab)
        assert screen.accepted == []
        QTest.keyClick(screen.dialog.found.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert [len(each.outcomes) for each in screen.accepted] == [9]


async def test_space_takes_and_leaves_the_selected_rows() -> None:
    async with a_screen() as screen:
        await screen.shows(E_CONOMIC)
        table = screen.dialog.found.table
        screen.choose_row(2)
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(table, Qt.Key.Key_Space)
        await screen.at_rest()
        assert [screen.line_of(number)["take"] for number in (2, 3, 4)] == ["", "", "Yes"]
        assert screen.dialog.draft.text() == "Draft 7 outcomes"
        assert table.selected_count() == 2
        QTest.keyClick(table, Qt.Key.Key_Space)
        await screen.at_rest()
        assert screen.dialog.draft.text() == "Draft 9 outcomes"


async def test_a_click_on_the_box_takes_or_leaves_the_row() -> None:
    async with a_screen() as screen:
        await screen.shows(E_CONOMIC)
        table = screen.dialog.found.table
        corner = table.visualRect(screen.dialog.found.model.index(0, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(corner.x(), corner.y()))
        await screen.at_rest()
        assert screen.lines("take")[0] == ("",)
        assert screen.dialog.draft.text() == "Draft 8 outcomes"


async def test_of_several_items_the_user_chooses_one_and_the_row_is_taken() -> None:
    async with a_screen() as screen:
        await screen.shows(XERO)
        screen.choose_row(8)
        which = screen.dialog.found.which
        assert which.isVisible()
        assert which.width() > which.fontMetrics().horizontalAdvance("Which of the 2 items?")
        assert [which.itemText(place) for place in range(which.count())] == [
            "Which of the 2 items?",
            f"Taxa 4x35 · 16/02/2026 · 185.00 DKK · Åsa Öberg · {TAXI.reconciliation_id}",
            f"Taxa 4x35 · 16/02/2026 · 185.00 DKK · Åsa Öberg · {SAME_TAXI.reconciliation_id}",
        ]
        pick(which, which.itemText(2))
        await screen.at_rest()
        assert screen.line_of(8)["by"] == "chosen by you"
        assert screen.line_of(8)["take"] == "Yes"
        QTest.mouseClick(screen.dialog.draft, Qt.MouseButton.LeftButton)
        (accepted,) = screen.accepted
        assert accepted.rows[SAME_TAXI.id].matched_by == "choice"
        assert TAXI.id not in accepted.rows


async def test_a_list_of_headings_only_is_said_to_be_one(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path))
        assert screen.dialog.messages.title() == "The list has no rows under its headings."
        assert not screen.dialog.draft.isEnabled()


async def test_two_rows_cannot_both_be_taken_for_one_item(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};posted;V1;", f"{SAS.id};failed;;Closed period"))
        assert screen.dialog.draft.text() == "Draft outcomes"
        assert "Another row says something else" in screen.line_of(2)["note"]
        for taken, left in ((2, 3), (3, 2)):
            screen.choose_row(taken)
            QTest.keyClick(screen.dialog.found.table, Qt.Key.Key_Space)
            await screen.at_rest()
            assert (screen.line_of(taken)["take"], screen.line_of(left)["take"]) == ("Yes", "")
        QTest.mouseClick(screen.dialog.draft, Qt.MouseButton.LeftButton)
        assert [outcome.status for outcome in screen.accepted[0].outcomes] == ["failed"]


async def test_an_item_that_is_final_is_listed_and_not_taken_unless_the_user_says_so(tmp_path: Path) -> None:
    final, failed = EXPENSES[10:12]
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{final.id};posted;10310;", f"{failed.id};posted;V2;"))
        assert screen.lines("take", "now", "note") == [
            ("", "Failed", "The list says posted, Pleo says failed."),
            ("", "Posted", "Pleo shows this already."),
            *[("", "Pending", "")] * 10,
        ]
        screen.choose_row(3)
        QTest.keyClick(screen.dialog.found.table, Qt.Key.Key_Space)
        await screen.at_rest()
        assert screen.dialog.draft.text() == "Draft 1 outcome"


async def test_where_the_books_and_pleo_contradict_each_other_the_user_decides(tmp_path: Path) -> None:
    final, failed = EXPENSES[10:12]
    async with a_screen() as screen:
        rows = f"{SAS.id};posted;V1;", f"{final.id};failed;;Period closed", f"{failed.id};posted;V2;"
        await screen.shows(a_list(tmp_path, *rows))
        assert screen.lines("number", "found", "take", "note")[:3] == [
            ("3", "To decide", "", "The list says failed, Pleo says successful."),
            ("4", "To decide", "", "The list says posted, Pleo says failed."),
            ("2", "Matched", "Yes", ""),
        ]
        assert screen.dialog.found.chips[ListLook.TO_DECIDE].text() == "2 to decide"
        assert screen.dialog.found.chips[ListLook.MATCHED].text() == "1 matched"
        screen.choose_row(4)
        QTest.keyClick(screen.dialog.found.table, Qt.Key.Key_Space)
        await screen.at_rest()
        assert screen.dialog.draft.text() == "Draft 2 outcomes"


async def test_an_item_that_another_number_made_final_is_no_contradiction(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{EXPENSES[10].id};posted;ANOTHER;"))
        assert screen.lines("found", "note")[0] == ("Matched", "Already successful in Pleo.")


async def test_a_row_replaces_a_draft_that_says_something_else_only_if_the_user_takes_it(tmp_path: Path) -> None:
    by_hand = a_success(SAS.number, "MY-HAND-1")
    from_list = a_failure(HETZNER.number, "Konto saknas.", source=LIST)
    the_same = a_success(GITHUB.number, "V3")
    said_of_list = "It is drafted from postings.csv, row 7, as failed, Account unknown: Konto saknas. "
    rows = f"{GITHUB.id};posted;V3;", f"{SAS.id};posted;V1;", f"{HETZNER.id};posted;V2;"
    async with a_screen(drafts=(by_hand, from_list, the_same)) as screen:
        await screen.shows(a_list(tmp_path, *rows))
        assert screen.lines("number", "found", "take", "note")[:3] == [
            (
                "3",
                "To decide",
                "",
                "You drafted this as successful, MY-HAND-1. Taking this row replaces that.",
            ),
            (
                "4",
                "To decide",
                "",
                f"{said_of_list}Taking this row replaces that.",
            ),
            ("2", "Matched", "Yes", ""),
        ]
        assert screen.dialog.summary.text() == "1 posted, 0 failed. Nothing is sent yet."
        for number, words in ((3, "replaces 1 draft"), (4, "replaces 2 drafts")):
            screen.choose_row(number)
            QTest.keyClick(screen.dialog.found.table, Qt.Key.Key_Space)
            await screen.at_rest()
            assert words in screen.dialog.summary.text()
        QTest.mouseClick(screen.dialog.draft, Qt.MouseButton.LeftButton)
        assert len(screen.accepted[0].outcomes) == 3


async def test_the_row_that_is_chosen_says_what_it_would_draft(tmp_path: Path) -> None:
    head = "Reference;Status;Voucher;Message;Posting date"
    rows = (
        f"{SAS.id};posted;V1;;2026-02-12",
        f"{HETZNER.id};failed;;Konto 4980 saknas;",
        f"{GITHUB.id};pending;;;",
        "nowhere;posted;V9;;",
    )
    wanted = {
        2: "Would be drafted: successful, V1, posted 12/02/2026",
        3: "Would be drafted: failed, Refused by the accounting system: Konto 4980 saknas",
        4: "Nothing would be drafted: the list leaves it open.",
        5: "",
    }
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, *rows, head=head))
        for number, words in wanted.items():
            screen.choose_row(number)
            assert screen.dialog.found.would_be.text() == words


async def test_a_row_that_decides_nothing_cannot_be_taken(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};pending;V1;", f"{HETZNER.id};storniert;V2;"))
        for number in (2, 3):
            screen.choose_row(number)
            QTest.keyClick(screen.dialog.found.table, Qt.Key.Key_Space)
            await screen.at_rest()
        assert not screen.dialog.draft.isEnabled()
        assert screen.line_of(2)["says"] == "Left open"
        assert "Nobody has said what 'storniert' means." in screen.line_of(3)["note"]


async def test_chips_show_only_what_is_asked_for() -> None:
    async with a_screen() as screen:
        await screen.shows(XERO)
        screen.dialog.found.chips[ListLook.TO_DECIDE].click()
        assert screen.lines("number") == [("8",), ("9",)]
        screen.dialog.found.chips[ListLook.TO_DECIDE].click()
        assert len(screen.lines("number")) == 12


async def test_a_word_that_nobody_mapped_is_mapped_once_and_remembered(tmp_path: Path) -> None:
    path = a_list(tmp_path, f"{SAS.id};storniert;;Storno", f"{HETZNER.id};posted;V2;")
    mappings = FakeMappings()
    async with a_screen(mappings) as screen:
        await screen.shows(path)
        QTest.mouseClick(screen.dialog.columns_button, Qt.MouseButton.LeftButton)
        assert screen.dialog.mapping is not None
        assert list(screen.dialog.mapping.meanings) == ["storniert", "posted"]
        pick(screen.dialog.mapping.meanings["storniert"], "Failed")
        await screen.at_rest()
        assert screen.dialog.draft.text() == "Draft 2 outcomes"
        QTest.mouseClick(screen.dialog.draft, Qt.MouseButton.LeftButton)
    (kept,) = mappings.kept.values()
    assert kept.statuses == {"storniert": StatusMeaning.FAILED}
    async with a_screen(mappings) as screen:
        await screen.shows(path)
        assert screen.dialog.draft.text() == "Draft 2 outcomes"


async def test_remembered_is_how_dates_are_written_only_where_the_user_said_so(tmp_path: Path) -> None:
    head = "Entry id;Status;Voucher;Posting date"
    day_first, month_first = f"{HETZNER.id};storniert;V1;01/02/2026", f"{SAS.id};posted;V1;01/25/2026"
    mappings = FakeMappings()
    async with a_screen(mappings) as screen:
        await screen.shows(a_list(tmp_path, day_first, head=head))
        assert screen.dialog.mapping is not None
        pick(screen.dialog.mapping.meanings["storniert"], "Failed")
        await screen.at_rest()
        QTest.mouseClick(screen.dialog.draft, Qt.MouseButton.LeftButton)
    async with a_screen(mappings) as screen:
        await screen.shows(a_list(tmp_path, day_first, month_first, head=head))
        panel = screen.dialog.mapping
        assert panel is not None
        assert (panel.dates.currentText(), panel.decimal.currentText()[:5]) == ("month, day, year", "point")
        assert panel.meanings["storniert"].currentText() == "Failed"
        pick(panel.dates, "year, month, day")
        pick(panel.decimal, "comma: 1.204,50")
        await screen.at_rest()
        screen.dialog.found.take_requested.emit([row.key for row in screen.dialog.found.model.rows()])
        QTest.mouseClick(screen.dialog.draft, Qt.MouseButton.LeftButton)
    async with a_screen(mappings) as screen:
        await screen.shows(a_list(tmp_path, day_first, month_first, head=head))
        panel = screen.dialog.mapping
        assert panel is not None
        assert (panel.dates.currentText(), panel.decimal.currentText()[:5]) == ("year, month, day", "comma")


async def test_a_column_that_the_user_names_shows_how_its_dates_are_written(tmp_path: Path) -> None:
    path = a_list(tmp_path, f"{SAS.id};posted;V1;01/25/2026;1.204,00", head="Entry id;Status;Voucher;Tag X;Summe X")
    async with a_screen() as screen:
        await screen.shows(path)
        panel = screen.dialog.mapping
        assert panel is not None
        assert panel.dates.currentText() == "day, month, year"
        pick(panel.roles[ColumnRole.POSTING_DATE], "D: Tag X")
        pick(panel.roles[ColumnRole.AMOUNT], "E: Summe X")
        assert (panel.dates.currentText(), panel.decimal.currentText()[:5]) == ("month, day, year", "comma")


async def test_what_is_said_of_a_list_without_headings_holds_for_it_alone(tmp_path: Path) -> None:
    lines = f"{SAS.id};weg;V1", f"{HETZNER.id};weg;V2"
    mappings = FakeMappings()
    async with a_screen(mappings) as screen:
        await screen.shows(a_list(tmp_path, *lines[1:], head=lines[0]))
        panel = screen.dialog.mapping
        assert panel is not None
        pick(panel.roles[ColumnRole.ENTRY_ID], "Column A")
        pick(panel.roles[ColumnRole.STATUS], "Column B")
        pick(panel.meanings["weg"], "Failed")
        await screen.at_rest()
        QTest.mouseClick(screen.dialog.draft, Qt.MouseButton.LeftButton)
        assert len(screen.accepted) == 1
    assert mappings.kept == {}


async def test_what_an_empty_status_means_is_to_be_said_where_other_rows_have_one(tmp_path: Path) -> None:
    rows = f"{SAS.id};failed;;Storno", f"{HETZNER.id};;V2;", "Printed by Åsa;;;", ";;;"
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, *rows))
        assert screen.dialog.draft.text() == "Draft 1 outcome"
        QTest.mouseClick(screen.dialog.columns_button, Qt.MouseButton.LeftButton)
        assert screen.dialog.mapping is not None
        words = screen.dialog.mapping.meanings
        assert [*words] == ["", "failed"]
        assert words[""].accessibleName() == "What (empty) means"
        pick(words[""], "Posted")
        await screen.at_rest()
        assert screen.dialog.draft.text() == "Draft 2 outcomes"


async def test_columns_that_nobody_knows_are_said_by_the_user(tmp_path: Path) -> None:
    path = a_list(tmp_path, f"A1;{MUELLER.invoice};gebucht", head="Bizonylat;Hivatkozás;Állapot")
    async with a_screen() as screen:
        await screen.shows(path)
        assert not screen.dialog.is_showing_result()
        assert "which column names the item" in screen.dialog.messages.advice()
        panel = screen.dialog.mapping
        assert panel is not None
        pick(panel.roles[ColumnRole.REFERENCE], "B: Hivatkozás")
        await screen.at_rest()
        assert "which column holds the status" in screen.dialog.messages.advice()
        pick(panel.roles[ColumnRole.STATUS], "C: Állapot")
        await screen.at_rest()
        assert not screen.dialog.messages.isVisible()
        assert screen.dialog.draft.text() == "Draft 1 outcome"
        pick(panel.roles[ColumnRole.MESSAGE], "B: Hivatkozás")
        await screen.at_rest()
        assert panel.roles[ColumnRole.REFERENCE].currentIndex() == 0


async def test_a_column_of_ids_is_known_by_them_and_one_answer_settles_a_ledger(tmp_path: Path) -> None:
    path = a_list(tmp_path, f"{SAS.id};Ja", f"{HETZNER.id};", f"{GITHUB.id};", head="Hivatkozás;Storniert")
    async with a_screen() as screen:
        await screen.shows(path)
        assert "everything listed here is posted" in screen.dialog.messages.advice()
        panel = screen.dialog.mapping
        assert panel is not None
        panel.listed_means_posted.click()
        await screen.at_rest()
        assert screen.dialog.draft.text() == "Draft 2 outcomes"


async def test_the_first_rows_are_shown_as_they_stand_in_the_file() -> None:
    async with a_screen() as screen:
        await screen.shows(E_CONOMIC)
        panel = screen.dialog.mapping
        assert panel is not None
        model = panel.preview.model()
        assert model.headerData(3, Qt.Orientation.Horizontal) == "D: Beløb"
        assert model.index(0, 3).data() == "-1.204,00"
        assert panel.roles[ColumnRole.AMOUNT].currentText() == "D: Beløb"
        assert panel.decimal.currentText().startswith("comma")


async def test_what_is_no_list_is_said_and_the_list_before_it_stays(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.7")
    async with a_screen() as screen:
        await screen.shows(XERO)
        await screen.shows(path)
        assert screen.dialog.messages.title() == "scan.pdf: The file is a PDF, not a list that can be read"
        assert len(screen.lines("number")) == 12


async def test_a_file_can_be_dropped_on_the_dialog() -> None:
    async with a_screen() as screen:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(XERO))])
        moment = QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        screen.dialog.dropEvent(moment)
        await screen.at_rest()
        assert screen.dialog.draft.text() == "Draft 3 outcomes"


async def test_without_accounting_data_it_says_once_that_amounts_cannot_be_compared(tmp_path: Path) -> None:
    snapshot, _ = job_of(*EXPENSES)
    async with a_screen() as screen:
        screen.dialog.reject()
        await at_rest(screen.presenter)
        screen.presenter.open(snapshot, AccountingData(problem=declined(400)))
        await screen.shows(a_list(tmp_path, f"{SAS.id};posted;V1;"))
        notice = screen.dialog.accounting_notice
        assert notice.isVisible()
        assert notice.title() == "Amounts and suppliers could not be read. Pleo refused the request."
        assert notice.advice() == "The list's amounts cannot be compared with Pleo's."
        assert not screen.dialog.messages.isVisible()


@pytest.mark.parametrize("problem", [None, declined(400)], ids=["never read", "kept"])
def test_what_was_never_read_and_what_was_kept_are_told_apart(problem: PleoProblem | None) -> None:
    _, accounting = job_of(*(EXPENSES if problem else ()))
    why, advice = without_amounts_words(replace(accounting, problem=problem))
    assert ("never read" in why) == (problem is None)
    assert ("read before" in advice) == (problem is not None)


async def test_what_is_missing_is_said_no_more_once_it_was_read() -> None:
    snapshot, accounting = job_of(*EXPENSES)
    async with a_screen() as screen:
        screen.dialog.reject()
        await at_rest(screen.presenter)
        for before in (AccountingData(), AccountingData(problem=declined(400))):
            screen.presenter.open(snapshot, before)
            assert screen.dialog.accounting_notice.isVisible()
            screen.presenter.show_accounting(snapshot, accounting)
            assert not screen.dialog.accounting_notice.isVisible()
            screen.dialog.reject()
            await at_rest(screen.presenter)


async def test_with_accounting_data_nothing_is_said_of_it() -> None:
    async with a_screen() as screen:
        await screen.shows(XERO)
        assert not screen.dialog.accounting_notice.isVisible()


async def a_list_matched_to_what_is_old(screen: Screen, tmp_path: Path) -> None:
    """The list says of one item the amount that Pleo said at first, and not the one of EXPENSES."""
    screen.dialog.reject()
    await at_rest(screen.presenter)
    screen.presenter.open(*job_of(replace(HETZNER, amount=99_900), SAS))
    head = "Entry id;Status;Voucher;Message;Amount"
    await screen.shows(a_list(tmp_path, f"{HETZNER.id};posted;V1;;999.00", head=head))
    assert screen.line_of(2)["found"] == "Matched"


async def test_a_list_is_matched_anew_with_the_accounting_data_that_comes_while_it_is_looked_at(tmp_path: Path) -> None:
    snapshot, accounting = job_of(HETZNER, SAS)
    async with a_screen() as screen:
        await a_list_matched_to_what_is_old(screen, tmp_path)
        screen.presenter.show_accounting(snapshot, accounting)
        QTest.keyClick(screen.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert screen.accepted == [], "not as it was matched before"
        await screen.at_rest()
        assert screen.line_of(2)["found"] == "To decide"
        assert screen.line_of(2)["note"] == "It says 999.00, and Pleo 59.00 EUR."
        assert screen.dialog.draft.text() == "Draft outcomes"
        assert "were read again" in screen.dialog.accounting_notice.title()


async def test_a_file_that_is_being_read_meanwhile_is_read_and_matched_with_the_new_data(tmp_path: Path) -> None:
    snapshot, accounting = job_of(HETZNER, SAS)
    async with a_screen() as screen:
        await a_list_matched_to_what_is_old(screen, tmp_path)
        other = tmp_path / "other.csv"
        other.write_text(f"Entry id;Status;Voucher;Amount\n{SAS.id};posted;V1;1204.00\n{HETZNER.id};posted;V2;999.00")
        screen.presenter.open_file(other)
        screen.presenter.show_accounting(snapshot, accounting)
        await screen.at_rest()
        assert [screen.line_of(number)["found"] for number in (2, 3)] == ["Matched", "To decide"]
        assert not screen.dialog.accounting_notice.isVisible(), "nothing was matched twice"


async def test_a_file_that_cannot_be_read_leaves_the_list_before_it_to_be_matched_anew(tmp_path: Path) -> None:
    snapshot, accounting = job_of(HETZNER, SAS)
    async with a_screen() as screen:
        await a_list_matched_to_what_is_old(screen, tmp_path)
        (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
        screen.presenter.open_file(tmp_path / "scan.pdf")
        screen.presenter.show_accounting(snapshot, accounting)
        await screen.at_rest()
        assert screen.line_of(2)["found"] == "To decide"


async def test_what_another_job_has_and_what_is_as_before_leave_the_list_alone() -> None:
    snapshot, accounting = job_of(*EXPENSES)
    other = replace(snapshot, job=replace(snapshot.job, id=OTHER_JOB_ID))
    async with a_screen() as screen:
        screen.dialog.reject()
        await at_rest(screen.presenter)
        screen.presenter.show_accounting(snapshot, accounting)
        screen.presenter.open(snapshot, accounting)
        await screen.shows(XERO)
        screen.presenter.show_accounting(other, AccountingData())
        screen.presenter.show_accounting(replace(snapshot, items=()), accounting)
        await screen.at_rest()
        assert not screen.dialog.accounting_notice.isVisible()
        assert screen.dialog.draft.text() == "Draft 3 outcomes"


async def test_while_a_list_is_matched_anew_nothing_is_drafted_as_it_was_matched_before(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};posted;V1;", f"{HETZNER.id};posted;V2;"))
        assert screen.dialog.mapping is not None
        pick(screen.dialog.mapping.meanings["posted"], "Failed")
        screen.choose_row(2)
        QTest.keyClick(screen.dialog.found.table, Qt.Key.Key_Space)
        QTest.keyClick(screen.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert screen.accepted == []
        await screen.at_rest()
        assert screen.dialog.draft.text() == "Draft 2 outcomes"


async def test_damaged_memories_are_said_and_the_list_is_read_all_the_same() -> None:
    mappings = FakeMappings(damage=SettingsProblem("The memory is damaged", advice="Say it once more."))
    async with a_screen(mappings) as screen:
        await screen.shows(CORPUS / "visma-huvudbok.csv")
        assert screen.dialog.messages.title() == "The memory is damaged."
        assert screen.dialog.draft.text() == "Draft 7 outcomes"


async def test_a_mapping_that_cannot_be_remembered_does_not_keep_the_outcomes_from_being_drafted(
    tmp_path: Path,
) -> None:
    mappings = FakeMappings(refusal=SettingsProblem("The disk is full"))
    async with a_screen(mappings) as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};storniert;;Storno"))
        assert screen.dialog.mapping is not None
        pick(screen.dialog.mapping.meanings["storniert"], "Failed")
        await screen.at_rest()
        QTest.mouseClick(screen.dialog.draft, Qt.MouseButton.LeftButton)
        assert len(screen.accepted) == 1
        assert [problem.title for problem in screen.troubles] == ["The disk is full"]


async def test_qt_finds_no_fault_with_the_model_and_every_row_reads_as_a_sentence() -> None:
    async with a_screen() as screen:
        model = screen.dialog.found.model
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        await screen.shows(XERO)
        screen.choose_row(8)
        pick(screen.dialog.found.which, screen.dialog.found.which.itemText(1))
        await screen.at_rest()
        box = model.index(2, 0)
        assert box.data(Qt.ItemDataRole.AccessibleTextRole) == "Taken"
        assert box.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        spoken = model.sentence_at(box)
        assert spoken.startswith("Take Taken, Row 6, Found Matched, The list says Posted, Voucher JNL-00001")
        tester.deleteLater()


@pytest.mark.parametrize(
    "name", ["postingsDialog", "listTable", "listPreview", "draftOutcomes", "chooseList", "whichItem"]
)
async def test_what_a_screen_reader_and_a_test_reach_has_a_name(name: str) -> None:
    async with a_screen() as screen:
        await screen.shows(XERO)
        found = [*screen.dialog.findChildren(QWidget, name), *([screen.dialog] if name == "postingsDialog" else [])]
        assert len(found) == 1


async def test_nobody_is_asked_for_a_name_where_one_pair_of_eyes_is_enough() -> None:
    async with a_screen() as screen:
        await screen.shows(XERO)
        assert not screen.dialog.person.isVisible()
        assert screen.dialog.draft.isEnabled()
        assert screen.presenter.accepted_by == ""


async def test_with_four_eyes_nothing_is_drafted_without_a_name() -> None:
    async with a_screen(person=lambda: "") as screen:
        dialog = screen.dialog
        assert dialog.person.isVisible()
        await screen.shows(XERO)
        assert not dialog.draft.isEnabled()
        assert dialog.summary.text() == "Write your name."
        dialog.person.setText(" \u200b")
        assert not dialog.draft.isEnabled()
        dialog.person.setText(" Ann Berg ")
        assert dialog.draft.isEnabled()
        assert dialog.summary.text() != "Write your name."
        assert screen.presenter.accepted_by == "Ann Berg"


async def test_a_name_that_is_written_while_the_list_is_matched_does_not_let_half_a_result_be_drafted() -> None:
    async with a_screen(person=lambda: "") as screen:
        await screen.shows(XERO)
        screen.dialog.show_matching()
        screen.dialog.person.setText("Ann Berg")
        assert not screen.dialog.draft.isEnabled()


async def test_the_name_that_was_given_last_is_proposed() -> None:
    async with a_screen(person=lambda: "Ann Berg") as screen:
        await screen.shows(XERO)
        assert screen.dialog.person.text() == "Ann Berg"
        assert screen.dialog.draft.isEnabled()


async def test_a_name_is_asked_for_no_more_once_it_is_known_that_nobody_has_to_give_one() -> None:
    proposed: list[str | None] = [""]
    async with a_screen(person=lambda: proposed[-1]) as screen:
        await screen.shows(XERO)
        assert not screen.dialog.draft.isEnabled()
        proposed.append(None)
        screen.presenter.ask_person_anew()
        assert not screen.dialog.person.isVisible()
        assert screen.dialog.draft.isEnabled()
        proposed.append("")
        screen.presenter.ask_person_anew()
        assert screen.dialog.person.isVisible()
        assert not screen.dialog.draft.isEnabled()
        screen.dialog.person.setText("Ann Berg")
        screen.presenter.ask_person_anew()
        assert screen.presenter.accepted_by == "Ann Berg"


async def test_another_encoding_reads_the_file_anew_and_another_list_shows_what_it_left_out(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Reference;Status;Message\nx;failed;Błąd księgowania\n".encode("cp1250"))
    book = tmp_path / "list.xlsx"
    head = ["Reference", "Amount", "Voucher"]
    book.write_bytes(xlsx(Sheet([head, ["a", 1, 2]], "Oktober", hidden=[1]), Sheet([head, ["c", 1, 2]], "November")))
    async with a_screen() as screen:
        await screen.shows(path)
        panel = screen.dialog.file
        panel.encoding.setCurrentIndex(panel.encoding.findData("cp437"))
        QTest.mouseClick(screen.dialog.file_button, Qt.MouseButton.LeftButton)
        QTest.mouseClick(panel.read, Qt.MouseButton.LeftButton)
        await screen.at_rest()
        assert "DOS 437" in screen.dialog.source.text()
        assert panel.encoding.currentText() == "DOS 437"
        await screen.shows(book)
        assert "Sheet November of this workbook looks like a list too" in screen.dialog.messages.title()
        assert "Row 2 is hidden" in screen.dialog.messages.title()
        panel.sheet.setCurrentText("November")
        panel.read.click()
        await screen.at_rest()
        assert "sheet November" in screen.dialog.source.text()


async def test_a_file_that_is_refused_leaves_the_list_before_it_under_its_own_name(tmp_path):
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};posted;V1;"))
        before = screen.dialog.source.text()
        assert before.startswith("list.csv · ")
        other = tmp_path / "book.pdf"
        other.write_bytes(b"%PDF-1.7\n")
        await screen.shows(other)
        assert screen.dialog.source.text() == before
        assert screen.dialog.messages.title() == "book.pdf: The file is a PDF, not a list that can be read"
