"""The windows of settings and connections in the user's language: what stands without brackets is no message."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.bracketed_language import bracketed
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import CredentialMissing
from app.messages import said, shown
from app.models.page import Introspection
from app.platform.languages import known_languages
from app.settings.connections import ColourMark, Connection, SignInKind
from app.settings.exchange import Bundle, plan_import
from app.settings.preferences import Preferences
from app.settings.views import View, Views
from ui.settings.connection_dialog import ConnectionDialog
from ui.settings.connections_window import ConnectionsWindow
from ui.settings.first_run import FirstRunPage
from ui.settings.languages import language_choices
from ui.settings.log_viewer import LogViewer
from ui.settings.settings_dialog import SettingsDialog
from ui.settings.sign_in_dialog import SignInDialog
from ui.settings.view_model import NEEDED_SCOPES, ConnectionRow, SignInFinding, finding_of, trouble_of

# Names, addresses and what Pleo calls things are nobody's to translate.
_NAMES = {
    "Acme", "Pleo", "/data", "/data/logs/signoff.log", "http://127.0.0.1:8000", "\n".join(NEEDED_SCOPES),
    *NEEDED_SCOPES,
    *(language.name for language in known_languages().values()),
}  # fmt: skip
ACME = Connection(
    name="Acme", base_url="http://127.0.0.1:8000", sign_in=SignInKind.OAUTH, colour=ColourMark.RED, four_eyes=True
)
FOUND = finding_of(Introspection(subject_urn="urn:pleo:company:9b1f", scope="export-jobs:read"))


@pytest.fixture(autouse=True)
def in_brackets() -> Iterator[None]:
    with bracketed():
        yield


def in_english(window: QWidget) -> set[str]:
    texts = {window.windowTitle()}
    for widget in window.findChildren(QWidget):
        texts |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        if isinstance(widget, QLabel | QPushButton | QCheckBox):
            texts.add(widget.text())
        if isinstance(widget, QComboBox):
            texts |= {widget.itemText(place) for place in range(widget.count())}
    return {text for text in texts if re.search("[A-Za-z]{2}", without_messages(text))} - _NAMES


def without_messages(text: str) -> str:
    while (less := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = less
    return text


def test_the_settings(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Preferences(), Path("/data"))
    qtbot.addWidget(dialog)
    dialog.offer_languages(language_choices(known_languages(), "de", "en"))
    dialog.show_preferences(Preferences(language="de"))
    assert in_english(dialog) == set()
    dialog.offer_updates(is_there=True, is_forbidden=True)
    assert in_english(dialog) == set()
    assert (dialog.watch_minutes.prefix(), dialog.watch_minutes.suffix()) == ("⟦every ", " min⟧")


@pytest.mark.parametrize("stored", [None, ACME])
@pytest.mark.parametrize("keeps_secrets", [True, False])
def test_a_connection_however_one_signs_in(qtbot: QtBot, stored: Connection | None, *, keeps_secrets: bool) -> None:
    dialog = ConnectionDialog(stored, keeps_secrets=keeps_secrets)
    qtbot.addWidget(dialog)
    for place in range(dialog.kind.count()):
        dialog.kind.setCurrentIndex(place)
        assert in_english(dialog) == set()
    dialog.show_saved(FOUND)
    assert in_english(dialog) == set()
    assert dialog.messages.advice().startswith("⟦Speaks for: ⟦company 9b1f⟧⟧\n⟦Access: export-jobs:read⟧\n⟦Missing: ")


@pytest.mark.parametrize("finding", [SignInFinding(), FOUND, trouble_of(CredentialMissing(said("There is no key")))])
def test_all_connections(qtbot: QtBot, finding: SignInFinding) -> None:
    window = ConnectionsWindow()
    qtbot.addWidget(window)
    window.show_rows([ConnectionRow(ACME, finding)])
    assert in_english(window) == set()


def test_the_first_start_a_sign_in_and_the_log(qtbot: QtBot) -> None:
    log = LogViewer(Path("/data/logs/signoff.log"))
    log.show_lines(())
    assert log.text.toPlainText() == "⟦Nothing of this kind is in the log.⟧"
    for window in (FirstRunPage(keeps_secrets=False), SignInDialog("Acme"), log):
        qtbot.addWidget(window)
        assert in_english(window) == set()


def test_what_an_import_would_change() -> None:
    here = Bundle(connections=(ACME,), views=Views((View("Mine", "old"),)))
    coming = Bundle(
        preferences=Preferences(colours="dark", use_tray=True),
        connections=(Connection(name="Beta", base_url="https://pleo.example", id=ACME.id),),
        views=Views((View("Mine", "new"),)),
    )
    changes = [shown(change) for change in plan_import(here, coming).changes]
    assert "⟦⟦Colours⟧: ⟦dark⟧ (until now: ⟦system⟧).⟧" in changes
    assert "⟦The connection Acme, ⟦sign in with⟧: ⟦api key⟧ (until now: oauth).⟧" in changes
    assert "⟦⟦The saved view Mine⟧, query: new (until now: old).⟧" in changes
    assert all(change.startswith("⟦") for change in changes)
