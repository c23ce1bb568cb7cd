"""The timeline's dialog: steps in a table, the details of the chosen one below it, searched and copied as text."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.completion.timeline import Happened, TimelineEntry
from app.errors import JournalProblem
from app.messages import said
from app.models.vocabulary import EntryId
from ui.common.locale_format import LocaleFormat
from ui.completion.timeline_dialog import TimelineDialog
from ui.completion.timeline_rows import TimelineRow, timeline_rows
from ui.widgets.announcements import announcements

AT = datetime(2024, 3, 2, 9, 0, tzinfo=UTC)


def an_entry(words: str, who: str = "", **changes: object) -> TimelineEntry:
    told: dict[str, object] = {"row": 1, "at": AT, "kind": Happened.SENT, "words": words, "who": who} | changes
    return TimelineEntry(**told)  # type: ignore[arg-type]


ENTRIES = (
    an_entry(
        said("Drafted by hand: {n:,} outcomes. Note: {note}", n=2, note="<b>seen</b>"),
        "Ann Berg",
        details=("User and machine: sb@desk",),
        items={EntryId("e-1"): "reported as posted, V-1 in the books"},
    ),
    an_entry("Sent to Pleo: 2 outcomes", "sb@desk"),
    an_entry("Pleo accepted it", "Pleo"),
)


def rows(*entries: TimelineEntry) -> list[TimelineRow]:
    return timeline_rows(entries, LocaleFormat().full_moment, {EntryId("e-1"): "SAS <i>"})


@pytest.fixture
def dialog(qtbot: QtBot) -> TimelineDialog:
    made = TimelineDialog("Acme · export job of 2 Mar, 09:00", "SAS")
    qtbot.addWidget(made)
    made.open()
    return made


def test_the_first_step_is_chosen_and_its_details_are_plain_text(dialog: TimelineDialog) -> None:
    dialog.show_rows(rows(*ENTRIES), is_played=False)
    assert dialog.model.texts(0)[1:] == ("Ann Berg", "Drafted by hand: 2 outcomes. Note: <b>seen</b>")
    assert "2024" in dialog.model.texts(0)[0]
    assert (
        dialog.details.toPlainText() == "User and machine: sb@desk\nSAS <i> (e-1): reported as posted, V-1 in the books"
    )
    assert not dialog.messages.isVisible()


def test_a_search_finds_who_what_and_items(qtbot: QtBot, dialog: TimelineDialog) -> None:
    dialog.show_rows(rows(*ENTRIES), is_played=False)
    for words, left in (("ann", 1), ("v-1", 1), ("sas", 1), ("PLEO", 2), ("pleo accepted", 1), ("nobody", 0), ("", 3)):
        dialog.search.setText(words)
        assert dialog.model.rowCount() == left, words
    qtbot.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(dialog.search.hasFocus)


def test_what_is_shown_is_copied_with_its_details(dialog: TimelineDialog) -> None:
    dialog.show_rows(rows(*ENTRIES), is_played=False)
    dialog.search.setText("ann")
    dialog.copy_button.click()
    head, *lines = QGuiApplication.clipboard().text().splitlines()
    assert head == "Acme · export job of 2 Mar, 09:00"
    assert lines[0].endswith("Ann Berg  Drafted by hand: 2 outcomes. Note: <b>seen</b>")
    assert lines[1:] == ["    User and machine: sb@desk", "    SAS <i> (e-1): reported as posted, V-1 in the books"]
    assert dialog.note.text() == "1 step copied"


def test_a_step_that_cannot_be_relied_on_is_said_above_and_marked(dialog: TimelineDialog) -> None:
    doubtful = an_entry("Not as it was written", is_sound=False), an_entry("Row 4", kind=Happened.UNREADABLE)
    dialog.show_rows(rows(*ENTRIES, *doubtful), is_played=True)
    assert dialog.messages.title().startswith("2 steps cannot be relied on")
    marked = [row.is_in_doubt for row in dialog.model.rows()]
    assert marked == [False, False, False, True, True]


def test_every_kind_of_step_has_a_picture(dialog: TimelineDialog) -> None:
    dialog.show_rows(rows(*(an_entry("It happened", kind=kind) for kind in Happened)), is_played=False)
    column = next(each for each in dialog.model.columns if each.key == "what")
    assert column.icon is not None
    pictures = {column.icon(row) for row in dialog.model.rows()}
    drawn = {path.stem for path in (Path(__file__).parents[3] / "resources" / "icons").glob("*.svg")}
    assert pictures <= drawn


def test_what_was_played_is_said_to_be_no_evidence(dialog: TimelineDialog) -> None:
    dialog.show_rows(rows(*ENTRIES), is_played=True)
    assert "no evidence" in dialog.messages.title()


def test_a_journal_that_cannot_be_read_is_said_in_the_dialog(dialog: TimelineDialog) -> None:
    dialog.show_problem(JournalProblem(said("The journal cannot be read: {why}", why="it is damaged")))
    assert dialog.messages.title() == "The journal cannot be read: it is damaged."


def test_its_job_and_how_many_steps_are_announced(dialog: TimelineDialog) -> None:
    heard: list[str] = []
    announcements().made.connect(heard.append)
    dialog.show_rows(rows(*ENTRIES), is_played=False)
    announcements().made.disconnect(heard.append)
    assert heard == ["Acme · export job of 2 Mar, 09:00. 3 steps"]


def test_the_choice_between_job_and_item_is_there_only_where_one_is_chosen(
    qtbot: QtBot, dialog: TimelineDialog
) -> None:
    asked: list[bool] = []
    dialog.scope_chosen.connect(asked.append)
    assert dialog.scope.isVisible()
    dialog.scope.setCurrentIndex(1)
    dialog.scope.setCurrentIndex(0)
    assert asked == [True, False]
    without = TimelineDialog("A job", "")
    qtbot.addWidget(without)
    without.open()
    assert not without.scope.isVisible()


def test_it_fits_a_small_screen(dialog: TimelineDialog) -> None:
    least = dialog.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 560) == (True, True)
    assert (dialog.width() <= 1024, dialog.height() <= 560) == (True, True)
