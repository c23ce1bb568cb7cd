"""What the columns and words of a list are, said beside each field, and reached from the row that asks for it."""

from pathlib import Path

import pytest
from fakes.bookkeeping import EXPENSES
from fakes.bracketed_language import spoken
from fakes.list_dialog import Screen, a_list, a_screen, pick
from fakes.qt_loop import until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from app.platform.languages import ENGLISH, known_languages, language_of
from app.posting_lists.known_words import ColumnRole
from ui.posting_lists.mapping_panel import MappingPanel
from ui.tools.fit import cut_off
from ui.widgets.more_below import MoreBelow

SAS, HETZNER, GITHUB = EXPENSES[:3]
DATEV = "Belegfeld 1;Umsatz;WKZ Umsatz;Belegdatum;Buchungstext"


def panel_of(screen: Screen) -> MappingPanel:
    assert screen.dialog.mapping is not None
    return screen.dialog.mapping


async def shown_columns(screen: Screen) -> MappingPanel:
    screen.dialog.show_columns()
    return panel_of(screen)


def is_in_sight(field: QWidget) -> bool:
    return (
        field.isVisible()
        and not field.visibleRegion().isEmpty()
        and field.visibleRegion().boundingRect() == field.rect()
    )


async def test_a_column_may_name_the_item_and_be_its_voucher(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};1204,00;SEK;302;SAS", head=DATEV))
        panel = await shown_columns(screen)
        pick(panel.roles[ColumnRole.VOUCHER], "A: Belegfeld 1")
        await screen.at_rest()
        assert panel.roles[ColumnRole.REFERENCE].currentText() == "A: Belegfeld 1"
        assert not panel.lost.isVisible()
        assert (screen.line_of(2)["found"], screen.line_of(2)["voucher"]) == ("Matched", SAS.id)


async def test_what_a_column_was_taken_for_before_is_said_beside_the_field_and_can_be_undone(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};posted;V1;"))
        panel = await shown_columns(screen)
        pick(panel.roles[ColumnRole.STATUS], "A: Reference")
        await screen.at_rest()
        assert panel.lost.isVisible()
        assert panel.lost.words.text() == "A: Reference was taken for 'Reference', which now has no column."
        field = panel.roles[ColumnRole.STATUS]
        below = (
            panel.lost.mapTo(panel, panel.lost.rect().topLeft()).y() - field.mapTo(panel, field.rect().bottomLeft()).y()
        )
        assert 0 < below < field.height()
        QTest.mouseClick(panel.lost.undo, Qt.MouseButton.LeftButton)
        await screen.at_rest()
        assert not panel.lost.isVisible()
        assert panel.roles[ColumnRole.REFERENCE].currentText() == "A: Reference"
        assert panel.roles[ColumnRole.STATUS].currentText() == "B: Status"
        assert screen.line_of(2)["found"] == "Matched"


async def test_the_next_choice_ends_what_was_said_of_the_last(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};posted;V1;"))
        panel = await shown_columns(screen)
        pick(panel.roles[ColumnRole.STATUS], "A: Reference")
        pick(panel.roles[ColumnRole.VOUCHER], "not in this list")
        assert not panel.lost.isVisible()


class TestTheRowLeadsToItsAnswer:
    async def test_to_the_very_word(self, tmp_path: Path) -> None:
        rows = f"{SAS.id};exported;V1;", f"{HETZNER.id};posted;V2;", f"{GITHUB.id};what;V3;"
        async with a_screen() as screen:
            await screen.shows(a_list(tmp_path, *rows))
            screen.dialog.resize(1024, 560)
            screen.choose_row(2)
            settle = screen.dialog.found.settle
            assert settle.text() == "Say what 'exported' means…"
            QTest.mouseClick(settle, Qt.MouseButton.LeftButton)
            field = panel_of(screen).meanings["exported"]
            assert screen.dialog.focusWidget() is field
            await until(lambda: is_in_sight(field))
            screen.dialog.show_result()
            screen.choose_row(3)
            assert not settle.isVisible()

    async def test_to_the_empty_word_where_others_have_one(self, tmp_path: Path) -> None:
        async with a_screen() as screen:
            await screen.shows(a_list(tmp_path, f"{SAS.id};;V1;", f"{HETZNER.id};posted;V2;"))
            screen.choose_row(2)
            assert screen.dialog.found.settle.text() == "Say what an empty status means…"
            screen.dialog.found.settle.click()
            assert screen.dialog.focusWidget() is panel_of(screen).meanings[""]

    @pytest.mark.parametrize("way", ["settleRow", "message-action-listed"])
    async def test_to_the_one_answer_for_a_ledger(self, tmp_path: Path, way: str) -> None:
        async with a_screen() as screen:
            await screen.shows(a_list(tmp_path, f"{SAS.id};;1204,00", head="Reference;Voucher;Amount"))
            screen.dialog.resize(1024, 560)
            screen.choose_row(2)
            screen.dialog.findChild(QPushButton, way).click()  # type: ignore[union-attr]
            await until(lambda: is_in_sight(panel_of(screen).listed_means_posted))
            assert screen.dialog.focusWidget() is panel_of(screen).listed_means_posted

    async def test_to_the_encoding_where_letters_are_damaged(self, tmp_path: Path) -> None:
        path = tmp_path / "list.csv"
        path.write_bytes(f"Reference;Status;Message\n{SAS.id};failed;Kostentr\xc3\xa4ger fehlt\n".encode("cp1252"))
        async with a_screen() as screen:
            await screen.shows(path)
            screen.dialog.file.encoding.setCurrentIndex(screen.dialog.file.encoding.findData("cp1252"))
            screen.dialog.file.read.click()
            await screen.at_rest()
            screen.choose_row(2)
            screen.dialog.found.settle.click()
            assert screen.dialog.focusWidget() is screen.dialog.file.encoding


class TestPostingDates:
    HEAD = "Reference;Status;Voucher;{};Due date"

    async def test_the_result_shows_them_and_says_of_which_column_they_are(self, tmp_path: Path) -> None:
        async with a_screen() as screen:
            rows = f"{SAS.id};posted;V1;2026-02-12;2026-03-12", f"{HETZNER.id};failed;;2026-02-13;"
            await screen.shows(a_list(tmp_path, *rows, head=self.HEAD.format("Bogføringsdato")))
            assert screen.dialog.found.dates.text() == "Posting dates are those of the column 'Bogføringsdato'."
            assert not screen.dialog.found.name_dates.isVisible()
            assert [screen.line_of(number)["posted"] for number in (2, 3)] == ["12/02/2026", ""]
            screen.dialog.draft.click()
            assert [str(each.exported_at)[:10] for each in screen.accepted[0].outcomes] == ["2026-02-12", "None"]

    async def test_the_date_of_a_document_is_none(self, tmp_path: Path) -> None:
        async with a_screen() as screen:
            row = f"{SAS.id};posted;V1;2026-02-12;2026-03-12"
            await screen.shows(a_list(tmp_path, row, head=self.HEAD.format("Belegdatum")))
            found = screen.dialog.found
            assert found.dates.text() == "No column is known to hold the posting date, so no posting time is sent."
            assert screen.line_of(2)["posted"] == ""
            assert screen.dialog.draft.text() == "Draft 1 outcome"
            QTest.mouseClick(found.name_dates, Qt.MouseButton.LeftButton)
            field = panel_of(screen).roles[ColumnRole.POSTING_DATE]
            assert screen.dialog.focusWidget() is field
            await until(lambda: is_in_sight(field))
            pick(field, "D: Belegdatum")
            await screen.at_rest()
            assert panel_of(screen).roles[ColumnRole.DATE].currentText() == "D: Belegdatum"
            assert screen.line_of(2)["posted"] == "12/02/2026"

    async def test_a_day_in_doubt_is_not_sent_with_a_row_that_is_taken_all_the_same(self, tmp_path: Path) -> None:
        async with a_screen() as screen:
            row = f"{SAS.id};posted;V1;2026-12-24;"
            await screen.shows(a_list(tmp_path, row, head=self.HEAD.format("Posting date")))
            screen.choose_row(2)
            QTest.keyClick(screen.dialog.found.table, Qt.Key.Key_Space)
            await screen.at_rest()
            assert screen.line_of(2)["take"] == "Yes"
            assert screen.dialog.found.would_be.text() == "Would be drafted: successful, V1"
            screen.dialog.draft.click()
            assert screen.accepted[0].outcomes[0].exported_at is None


@pytest.mark.parametrize(
    ("amount", "shown", "told"), [("-1205,00", "-1,205.00", "-1,205.00"), ("(1205,00)", "-1,205.00", "-1,205.00")]
)
async def test_an_amount_keeps_its_sign_in_the_table_and_in_the_note(
    tmp_path: Path, amount: str, shown: str, told: str
) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};posted;V1;{amount}", head="Reference;Status;Voucher;Betrag"))
        assert screen.line_of(2)["amount"] == shown
        assert screen.line_of(2)["note"] == f"It says {told}, and Pleo 1,204.00 SEK."


async def test_what_is_below_is_said_to_be_there_and_is_reached(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};posted;V1;"))
        screen.dialog.resize(1024, 560)
        panel = await shown_columns(screen)
        (more,) = panel.findChildren(MoreBelow)
        await until(more.isVisible)
        for _ in range(5):
            if more.isVisible():
                QTest.mouseClick(more, Qt.MouseButton.LeftButton)
        assert not more.isVisible()
        assert is_in_sight(panel.roles[ColumnRole.FAILURE_TYPE])


@pytest.mark.parametrize("code", sorted({ENGLISH, *known_languages()}))
async def test_every_page_fits_a_small_screen_in_every_language(tmp_path: Path, code: str) -> None:
    rows = (
        f"{SAS.id};exported;V1;-1204,00",
        f"{HETZNER.id};posted;V2;60,00",
        f"{GITHUB.id};failed;;21,00",
        "x;posted;V4;1",
    )
    with spoken(language_of(code)):
        async with a_screen(person=lambda: "Freja Kjær") as screen:
            await screen.shows(a_list(tmp_path, *rows, head="Reference;Status;Voucher;Betrag"))
            dialog = screen.dialog
            for show in (dialog.show_file, dialog.show_columns, dialog.show_result):
                show()
                least = dialog.minimumSizeHint()
                assert (least.width() <= 900, least.height() <= 540) == (True, True), (code, least)
            dialog.resize(900, 540)
            assert (dialog.width(), dialog.height()) == (900, 540)
            for button in dialog.findChildren(QPushButton):
                if button.isVisible() and button.window() is dialog:
                    place = button.mapTo(dialog, button.rect().topLeft())
                    assert dialog.rect().contains(place), (code, button.text())
                    assert place.x() + button.width() <= 900, (code, button.text())


async def test_the_words_stand_beside_the_columns_or_below_them_where_there_is_no_room(tmp_path: Path) -> None:
    async with a_screen() as screen:
        await screen.shows(a_list(tmp_path, f"{SAS.id};exported;V1;"))
        panel = await shown_columns(screen)
        role, word = panel.roles[ColumnRole.REFERENCE], panel.dates

        def are_beside_each_other() -> bool:
            return word.mapTo(panel, word.rect().topLeft()).x() > role.mapTo(panel, role.rect().topRight()).x()

        screen.dialog.resize(1200, 700)
        await until(are_beside_each_other)
        screen.dialog.resize(620, 700)
        await until(lambda: not are_beside_each_other())
        below = panel.roles[ColumnRole.VOUCHER]
        await until(
            lambda: word.mapTo(panel, word.rect().topLeft()).y() > below.mapTo(panel, below.rect().topLeft()).y()
        )
        assert cut_off(screen.dialog) == []
