"""Four eyes in the preview: nothing is sent before somebody who reported no outcome has put a name to it."""

import pytest
from fakes.builders import a_snapshot
from fakes.words import ENGLISH
from pytestqt.qtbot import QtBot

from app.completion.derive import Ready, derive
from app.completion.failure import IntegrationSpecification
from app.completion.preview import Preview
from ui.completion.preview_dialog import PreviewDialog
from ui.completion.second_person import SecondPerson


def a_dialog(qtbot: QtBot) -> PreviewDialog:
    snapshot = a_snapshot("successful", "failed")
    found = derive(snapshot, IntegrationSpecification())
    assert isinstance(found, Ready)
    dialog = PreviewDialog(Preview(snapshot, found.tally, found.event), ENGLISH, "Acme")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_where_one_pair_of_eyes_is_enough_nobody_is_asked(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot)
    assert dialog.send.isEnabled()
    assert not dialog.second.isVisible()


def test_until_it_is_known_who_drafted_nothing_can_be_sent(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot)
    dialog.second.wait_for_drafters()
    assert not dialog.send.isEnabled()
    dialog.ask_second_person(())
    assert dialog.send.isEnabled()
    assert not dialog.second.isVisible()


@pytest.mark.parametrize(
    ("name", "is_enough"),
    [("", False), ("  ", False), ("ANN berg", False), ("Bo", False), ("B\u043e", False), ("Cy Lund", True)],
)
def test_the_button_waits_for_somebody_who_drafted_nothing(qtbot: QtBot, name: str, is_enough: bool) -> None:
    dialog = a_dialog(qtbot)
    dialog.ask_second_person(("Ann Berg", "Bo"))
    assert dialog.second.isVisible()
    assert "Ann Berg, Bo" in dialog.second.title.text()
    dialog.second.name.setText(name)
    assert dialog.send.isEnabled() == is_enough
    assert dialog.second.fault.isVisible() != is_enough
    assert dialog.second.confirmed_by() == name.strip()


def test_it_is_said_that_names_are_declared_by_their_owners(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot)
    dialog.ask_second_person(("Ann Berg",))
    assert dialog.second.declared.isVisible()
    assert "Names are declared by their owners" in dialog.second.declared.text()


def test_a_failed_event_still_needs_its_reason(qtbot: QtBot) -> None:
    snapshot = a_snapshot("failed")
    found = derive(snapshot, IntegrationSpecification())
    assert isinstance(found, Ready)
    dialog = PreviewDialog(Preview(snapshot, found.tally, found.event), ENGLISH, "Acme")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.ask_second_person(("Ann",))
    dialog.second.name.setText("Bo")
    assert dialog.send.isEnabled()
    dialog.failure.reason.clear()
    assert not dialog.send.isEnabled()
    assert dialog.failure.missing.isVisible()


def test_names_are_letters_whatever_they_look_like(qtbot: QtBot) -> None:
    second = SecondPerson()
    qtbot.addWidget(second)
    second.ask(("<b>Ann</b>",))
    assert "<b>Ann</b>" in second.title.text()
