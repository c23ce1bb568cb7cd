"""A release asks who looked in Pleo and what they saw, and carries both word for word."""

import pytest
from pytestqt.qtbot import QtBot

from ui.common.release_dialog import ReleaseDialog


@pytest.mark.parametrize(("by", "saw"), [("", "It is in progress"), ("Ann", ""), (" ", "\n")])
def test_without_a_name_and_without_what_was_seen_nothing_is_released(qtbot: QtBot, by: str, saw: str) -> None:
    dialog = ReleaseDialog("'completed'")
    qtbot.addWidget(dialog)
    dialog.by.setText(by)
    dialog.saw.setPlainText(saw)
    assert not dialog.confirm.isEnabled()


def test_both_are_carried_and_the_dialog_closes(qtbot: QtBot) -> None:
    dialog = ReleaseDialog("'completed'")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.by.setText("Ann Holm")
    dialog.saw.setPlainText("It is in progress")
    with qtbot.waitSignal(dialog.witnessed) as released:
        dialog.confirm.click()
    assert released.args == ["Ann Holm", "It is in progress"]
    assert not dialog.isVisible()
