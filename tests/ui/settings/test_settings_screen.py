"""The settings of this machine: each applies at once, and what cannot be is said where it was typed."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from fakes.qt_loop import until
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.errors import SettingsProblem
from app.settings.exchange import Bundle, ImportPlan
from app.settings.preferences import Preferences, PreferencesBook, PreferencesFile
from app.settings.window_state import density_at_start, text_percent_at_start
from ui.common.dialogs import Question
from ui.settings.colours import ColoursPresenter
from ui.settings.settings_dialog import SettingsDialog
from ui.settings.settings_presenter import SettingsPresenter
from ui.theme.apply import apply_theme, current_scheme
from ui.theme.motion import is_moving
from ui.theme.tokens import Scheme
from ui.widgets.message_bar import MessageKind

CHANGES = ("Colours: dark (until now: system).", "The connection Acme is added. Its key has to be entered.")


class FakeSettings:
    """The door to the settings; `exported` and `imported` are what was done."""

    def __init__(self, folder: Path, changes: tuple[str, ...] = CHANGES) -> None:
        self.folder = folder
        self.preferences = PreferencesBook(PreferencesFile(folder))
        self.plan = ImportPlan(Bundle(), changes)
        self.refusal: SettingsProblem | None = None
        self.exported: list[Path] = []
        self.imported: list[ImportPlan] = []

    def export_settings(self, path: Path) -> None:
        if self.refusal:
            raise self.refusal
        self.exported.append(path)

    def plan_import(self, path: Path) -> ImportPlan:
        if self.refusal:
            raise self.refusal
        return self.plan

    def import_settings(self, plan: ImportPlan) -> None:
        self.imported.append(plan)


@pytest.fixture
def parent(qapp: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    made.show()
    yield made
    delete(made)


def opened(parent: QWidget, settings: FakeSettings) -> tuple[SettingsPresenter, SettingsDialog]:
    presenter = SettingsPresenter(parent, settings)
    presenter.open()
    assert presenter.dialog is not None
    return presenter, presenter.dialog


async def closed(presenter: SettingsPresenter) -> None:
    if presenter.dialog:
        presenter.dialog.reject()
    await presenter.aclose()


async def test_each_setting_applies_and_is_stored_at_once(parent: QWidget, tmp_path: Path) -> None:
    settings = FakeSettings(tmp_path)
    presenter, dialog = opened(parent, settings)
    dialog.colours.setCurrentIndex(2)
    dialog.colours.activated.emit(2)
    dialog.watch_minutes.setValue(10)
    dialog.settle_seconds.setValue(300)
    dialog.settle_seconds.editingFinished.emit()
    dialog.warnings.setText("5, 30")
    dialog.warnings.editingFinished.emit()
    dialog.notices["notify_failures"].click()
    dialog.notices["notify_ready"].click()
    dialog.use_tray.click()
    dialog.closing.setCurrentIndex(1)
    dialog.closing.activated.emit(1)
    chosen = Preferences(
        colours="dark",
        watch_minutes=10,
        settle_seconds=300,
        deadline_warnings_minutes=(30, 5),
        notify_failures=False,
        notify_ready=True,
        use_tray=True,
        close_to_tray=True,
    )
    assert settings.preferences.now == chosen
    assert PreferencesFile(tmp_path).read() == (chosen, None)
    assert not dialog.messages.isVisible()
    assert dialog.warnings.text() == "30, 5"
    await closed(presenter)


async def test_size_of_text_air_and_motion_are_settings(parent: QWidget, tmp_path: Path) -> None:
    settings = FakeSettings(tmp_path)
    presenter, dialog = opened(parent, settings)
    dialog.text_percent.setValue(150)
    dialog.density.setCurrentIndex(1)
    dialog.density.activated.emit(1)
    dialog.reduce_motion.click()
    chosen = Preferences(text_percent=150, density="compact", reduce_motion=True)
    assert PreferencesFile(tmp_path).read() == (chosen, None)
    assert (text_percent_at_start(tmp_path), density_at_start(tmp_path)) == (150, "compact")
    await closed(presenter)


def test_before_anything_is_stored_the_first_frame_is_as_the_system(tmp_path: Path) -> None:
    assert (text_percent_at_start(tmp_path), density_at_start(tmp_path)) == (100, "usual")
    (tmp_path / "preferences.json").write_text('{"text_percent": 9000, "density": ["compact"]}')
    assert (text_percent_at_start(tmp_path), density_at_start(tmp_path)) == (100, "usual")


def test_nothing_moves_where_that_is_the_wish(parent: QWidget, tmp_path: Path, themes: dict[str, QAction]) -> None:
    book = FakeSettings(tmp_path).preferences
    colours = ColoursPresenter(themes, book, pytest.fail, parent)
    book.change(reduce_motion=True)
    assert not is_moving()
    book.change(reduce_motion=False)
    assert is_moving()
    colours.close()


async def test_what_is_set_is_shown_when_the_dialog_opens(parent: QWidget, tmp_path: Path) -> None:
    settings = FakeSettings(tmp_path)
    settings.preferences.change(proxy="http://proxy.example:8080", watch_minutes=9, close_to_tray=False)
    presenter, dialog = opened(parent, settings)
    assert (dialog.proxy.currentText(), dialog.proxy_address.text()) == ("By hand", "http://proxy.example:8080")
    assert (dialog.watch_minutes.value(), dialog.closing.currentText()) == (9, "Quit")
    assert dialog.folder.text() == str(tmp_path)
    assert not dialog.closing.isEnabled()
    await closed(presenter)


async def test_a_language_is_chosen_by_its_own_name_and_spoken_from_the_next_start_on(
    parent: QWidget, tmp_path: Path
) -> None:
    settings = FakeSettings(tmp_path)
    presenter, dialog = opened(parent, settings)
    assert dialog.language.itemText(0).startswith("As the system (")
    assert "Norsk bokmål" in [dialog.language.itemText(place) for place in range(dialog.language.count())]
    assert dialog.language.currentIndex() == 0
    place = dialog.language.findText("Deutsch")
    dialog.language.setCurrentIndex(place)
    dialog.language.activated.emit(place)
    assert PreferencesFile(tmp_path).read()[0].language == settings.preferences.now.language == "de"
    assert dialog.language.currentText() == "Deutsch"
    assert "from its next start on" in dialog.language_note.text()
    assert "not yet reviewed by an accountant" in dialog.language_note.text()
    assert dialog.language_note.isVisible()
    assert dialog.windowTitle() == "Settings"
    settings.preferences.change(language="en")
    assert (dialog.language.currentText(), dialog.language_note.isVisible()) == ("English", False)
    await closed(presenter)


async def test_a_proxy_by_hand_applies_when_its_address_is_one(parent: QWidget, tmp_path: Path) -> None:
    settings = FakeSettings(tmp_path)
    presenter, dialog = opened(parent, settings)
    news: list[bool] = []
    presenter.network_changed.connect(lambda: news.append(True))
    dialog.proxy.setCurrentIndex(2)
    dialog.proxy.activated.emit(2)
    assert dialog.proxy_address.isEnabled()
    assert settings.preferences.now.proxy == "system"
    QTest.keyClicks(dialog.proxy_address, "proxy.example")
    QTest.keyClick(dialog.proxy_address, Qt.Key.Key_Return)
    assert "is not the address of a proxy" in dialog.messages.title()
    assert (settings.preferences.now.proxy, news) == ("system", [])
    assert dialog.proxy_address.text() == "proxy.example"
    dialog.proxy_address.clear()
    QTest.keyClicks(dialog.proxy_address, "http://proxy.example:8080")
    QTest.keyClick(dialog.proxy_address, Qt.Key.Key_Return)
    assert settings.preferences.now.proxy == "http://proxy.example:8080"
    assert not dialog.messages.isVisible()
    dialog.proxy.setCurrentIndex(1)
    dialog.proxy.activated.emit(1)
    assert (settings.preferences.now.proxy, dialog.proxy_address.text()) == ("none", "")
    assert len(news) == 2
    await closed(presenter)


async def test_a_certificate_file_is_looked_at_before_it_is_set(parent: QWidget, tmp_path: Path) -> None:
    settings = FakeSettings(tmp_path / "data")
    presenter, dialog = opened(parent, settings)
    (tmp_path / "company.pem").write_text("no certificate")
    QTest.keyClicks(dialog.certificate, str(tmp_path / "company.pem"))
    QTest.keyClick(dialog.certificate, Qt.Key.Key_Return)
    assert "company.pem is no PEM file with a certificate" in dialog.messages.title()
    assert settings.preferences.now.certificate_file is None
    assert dialog.isVisible()
    assert dialog.findChild(QFileDialog) is None
    await closed(presenter)


async def test_settings_that_cannot_be_written_apply_all_the_same_and_it_is_said(
    parent: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    settings = FakeSettings(tmp_path / "file")
    presenter, dialog = opened(parent, settings)
    dialog.notices["notify_ended"].click()
    assert dialog.messages.kind() is MessageKind.ERROR
    assert settings.preferences.now.notify_ended
    await closed(presenter)


async def test_an_import_shows_what_will_change_and_changes_it_only_when_it_is_wished(
    parent: QWidget, tmp_path: Path
) -> None:
    settings = FakeSettings(tmp_path)
    presenter, dialog = opened(parent, settings)
    news: list[bool] = []
    presenter.imported.connect(lambda: news.append(True))
    for button, imported in (("questionCancel", []), ("questionAction", [settings.plan])):
        presenter.import_from(tmp_path / "file.json")
        await until(lambda: dialog.findChild(Question))
        question = dialog.findChild(Question)
        shown = "\n".join(each.text() for each in question.findChildren(QWidget) if hasattr(each, "text"))
        assert all(change in shown for change in CHANGES)
        question.findChild(QPushButton, button).click()
        await until(lambda: not dialog.findChild(Question))
        assert settings.imported == imported
    assert news == [True]
    assert dialog.messages.kind() is MessageKind.SUCCESS
    await closed(presenter)


async def test_where_nothing_would_change_nothing_is_asked(parent: QWidget, tmp_path: Path) -> None:
    settings = FakeSettings(tmp_path, changes=())
    presenter, dialog = opened(parent, settings)
    presenter.import_from(tmp_path / "file.json")
    await until(dialog.messages.isVisible)
    assert dialog.messages.title() == "Nothing to import"
    assert settings.imported == []
    await closed(presenter)


@pytest.mark.parametrize("act", [SettingsPresenter.export_to, SettingsPresenter.import_from])
async def test_a_file_that_cannot_be_used_is_said(parent: QWidget, tmp_path: Path, act) -> None:
    settings = FakeSettings(tmp_path)
    settings.refusal = SettingsProblem("file.json cannot be used", advice="Choose another.")
    presenter, dialog = opened(parent, settings)
    act(presenter, tmp_path / "file.json")
    await until(dialog.messages.isVisible)
    assert (dialog.messages.title(), dialog.messages.advice()) == ("file.json cannot be used", "Choose another.")
    assert (settings.exported, settings.imported) == ([], [])
    await closed(presenter)


async def test_an_export_says_that_it_holds_no_key(parent: QWidget, tmp_path: Path) -> None:
    settings = FakeSettings(tmp_path)
    presenter, dialog = opened(parent, settings)
    presenter.export_to(tmp_path / "file.json")
    assert settings.exported == [tmp_path / "file.json"]
    assert "holds no key" in dialog.messages.advice()
    await closed(presenter)


async def test_the_data_folder_is_opened_and_made_where_it_is_missing(parent: QWidget, tmp_path: Path) -> None:
    class Opener(QObject):
        folders: ClassVar[list[str]] = []

        @Slot(QUrl)
        def open(self, url: QUrl) -> None:
            self.folders.append(url.toLocalFile())

    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    try:
        presenter, dialog = opened(parent, FakeSettings(tmp_path / "data"))
        dialog.open_button.click()
        assert opener.folders == [str(tmp_path / "data")]
        assert (tmp_path / "data").is_dir()
        await closed(presenter)
    finally:
        QDesktopServices.unsetUrlHandler("file")
        delete(opener)


@pytest.fixture
def themes(qapp: QApplication) -> Iterator[dict[str, QAction]]:
    apply_theme(qapp, Scheme.LIGHT)
    made = {key: QAction(key, checkable=True) for key in ("system", "light", "dark", "contrast")}
    yield made
    apply_theme(qapp, Scheme.LIGHT)


def test_the_menu_and_the_settings_choose_the_same_colours(
    parent: QWidget, tmp_path: Path, themes: dict[str, QAction]
) -> None:
    book = FakeSettings(tmp_path).preferences
    colours = ColoursPresenter(themes, book, pytest.fail, parent)
    themes["dark"].trigger()
    assert (book.now.colours, current_scheme()) == ("dark", Scheme.DARK)
    book.change(colours="light")
    assert current_scheme() is Scheme.LIGHT
    assert themes["light"].isChecked()
    colours.close()
    book.change(colours="dark")
    assert current_scheme() is Scheme.LIGHT


def test_colours_that_were_chosen_are_there_from_the_start(
    parent: QWidget, tmp_path: Path, themes: dict[str, QAction]
) -> None:
    book = FakeSettings(tmp_path).preferences
    book.change(colours="dark")
    ColoursPresenter(themes, book, pytest.fail, parent).close()
    assert current_scheme() is Scheme.DARK
    assert themes["dark"].isChecked()


def test_looking_for_new_versions_is_offered_where_the_build_looks_and_locked_where_an_administrator_says_so(
    qtbot: QtBot,
) -> None:
    dialog = SettingsDialog(Preferences(look_for_updates=True), Path("data"))
    qtbot.addWidget(dialog)
    box = dialog.look_for_updates
    assert not dialog.form.isRowVisible(box)
    dialog.offer_updates(is_there=True, is_forbidden=False)
    dialog.show_preferences(Preferences(look_for_updates=True))
    assert dialog.form.isRowVisible(box)
    assert (box.isEnabled(), box.isChecked()) == (True, True)
    with qtbot.waitSignal(dialog.changed) as told:
        box.click()
    assert told.args == ["look_for_updates", False]
    dialog.offer_updates(is_there=True, is_forbidden=True)
    dialog.show_preferences(Preferences(look_for_updates=True))
    assert (box.isEnabled(), box.isChecked()) == (False, False)
    assert "administrator" in box.text()
