"""Between the settings dialog and what it sets."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import SignoffError
from app.messages import ntr, said, shown, tr
from app.platform.languages import known_languages
from app.settings.certificate import read_authority
from app.settings.exchange import ImportPlan
from app.settings.paths import made
from app.settings.preferences import Preferences, checked_language, checked_proxy, checked_warnings
from app.settings.settings import Settings
from app.updates.schedule import NOWHERE, LookingState
from ui.common.dialogs import confirm
from ui.common.language import spoken_code, system_language
from ui.common.opening import open_folder
from ui.common.tasks import Tasks
from ui.settings.languages import language_choices
from ui.settings.settings_dialog import SettingsDialog
from ui.settings.view_model import trouble_of
from ui.widgets.message_bar import MessageKind

_FILES = said("Settings of Signoff (*.json)")
_CERTIFICATES = said("Certificates (*.pem *.crt *.cer);;All files (*)")


class SettingsPresenter(QObject):
    imported = Signal()  # connections and views may be others now
    network_changed = Signal()  # what is open goes another way from now on

    def __init__(
        self, window: QWidget, settings: Settings, updates: Callable[[], LookingState] = lambda: NOWHERE
    ) -> None:
        super().__init__(window)
        self._window = window
        self._updates = updates
        self._settings = settings
        self._tasks = Tasks(self)
        self._before = settings.preferences.now
        self._stop_listening = settings.preferences.listen(self._hear)
        self.dialog: SettingsDialog | None = None

    def open(self) -> None:
        if self.dialog:
            self.dialog.raise_()
            return
        dialog = SettingsDialog(self._settings.preferences.now, self._settings.folder, self._window)
        looking = self._updates()
        dialog.offer_languages(language_choices(known_languages(), system_language(), spoken_code()))
        dialog.offer_updates(is_there=looking.is_there, is_forbidden=looking.is_forbidden)
        dialog.show_preferences(self._settings.preferences.now)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._change)
        dialog.certificate_wanted.connect(self._choose_certificate)
        dialog.folder_wanted.connect(self.open_folder)
        dialog.export_wanted.connect(self._choose_export)
        dialog.import_wanted.connect(self._choose_import)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def open_folder(self) -> None:
        try:
            open_folder(made(self._settings.folder))
        except SignoffError as problem:
            self._say(problem)

    def export_to(self, path: Path) -> None:
        try:
            self._settings.export_settings(path)
        except SignoffError as problem:
            self._say(problem)
            return
        self._tell(
            MessageKind.SUCCESS,
            tr("Exported to {name}", name=path.name),
            tr("It holds no key: keys are entered anew elsewhere."),
        )

    def import_from(self, path: Path) -> None:
        """Shows what would change, and changes it when the user agrees."""
        self._tasks.replace("import", self._import(path))

    async def aclose(self) -> None:
        self._stop_listening()
        await self._tasks.aclose()

    async def _import(self, path: Path) -> None:
        try:
            plan = self._settings.plan_import(path)
            if not plan.changes:
                self._tell(
                    MessageKind.INFO,
                    tr("Nothing to import"),
                    tr("All that {name} says is set here already.", name=path.name),
                )
            elif await self._is_wished(path, plan):
                self._settings.import_settings(plan)
                self._tell(MessageKind.SUCCESS, tr("Imported {name}", name=path.name))
                self.imported.emit()
        except SignoffError as problem:
            self._say(problem)

    async def _is_wished(self, path: Path, plan: ImportPlan) -> bool:
        return await confirm(
            self.dialog,
            tr("Import {name}?", name=path.name),
            ntr(
                "{n} thing changes on this machine. Nothing is removed.",
                "{n} things change on this machine. Nothing is removed.",
                len(plan.changes),
            ),
            detail="\n".join(map(shown, plan.changes)),
            action=tr("Import"),
        )

    def _change(self, name: str, typed: object) -> None:
        """What cannot be is said and changes nothing; it stays in its field to be corrected."""
        if self.dialog:
            self.dialog.messages.clear()
        try:
            self._settings.preferences.change(**{name: _checked(name, typed)})
        except SignoffError as problem:
            self._say(problem)

    def _hear(self, preferences: Preferences) -> None:
        before, self._before = self._before, preferences
        if self.dialog:
            self.dialog.show_preferences(preferences)
        if _way_to_pleo(before) != _way_to_pleo(preferences):
            self.network_changed.emit()

    def _choose_certificate(self) -> None:
        dialog = QFileDialog(self.dialog, tr("Certificate file"), "", shown(_CERTIFICATES))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._change("certificate_file", path))
        dialog.open()

    def _choose_export(self) -> None:
        dialog = QFileDialog(self.dialog, tr("Export settings"), "signoff-settings.json", shown(_FILES))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(lambda path: self.export_to(Path(path)))
        dialog.open()

    def _choose_import(self) -> None:
        dialog = QFileDialog(self.dialog, tr("Import settings"), "", shown(_FILES))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.import_from(Path(path)))
        dialog.open()

    def _say(self, problem: SignoffError) -> None:
        trouble = trouble_of(problem)
        self._tell(MessageKind.ERROR, trouble.words, trouble.advice, trouble.details)

    def _tell(self, kind: MessageKind, title: str, advice: str = "", details: str = "") -> None:
        if self.dialog:
            self.dialog.show_message(kind, title, advice, details)

    def _forget(self) -> None:
        self._tasks.cancel_all()
        self.dialog = None


def _checked(name: str, typed: object) -> object:
    """As it is stored. Raises UsageProblem, SettingsProblem for a certificate file that cannot be used."""
    text = str(typed)
    if name == "proxy":
        return checked_proxy(text)
    if name == "language":
        return checked_language(text)
    if name == "deadline_warnings_minutes":
        return checked_warnings(text)
    if name == "certificate_file":
        path = text.strip()
        if path:
            read_authority(path)
        return path or None
    return typed


def _way_to_pleo(preferences: Preferences) -> tuple[object, ...]:
    """What a connection is opened with."""
    return preferences.proxy, preferences.certificate_file, preferences.settle_seconds
