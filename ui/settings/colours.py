"""The colours of the window: as the menu and the settings say, or as the system has them."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.errors import SettingsProblem
from app.settings.preferences import Preferences, PreferencesBook
from ui.theme.apply import apply_theme, current_scheme, system_scheme
from ui.theme.motion import set_motion
from ui.theme.tokens import Scheme

_SCHEMES = {"light": Scheme.LIGHT, "dark": Scheme.DARK, "contrast": Scheme.CONTRAST}


class ColoursPresenter(QObject):
    """`themes` are the menu's entries by the preference that each stands for."""

    def __init__(
        self,
        themes: Mapping[str, QAction],
        preferences: PreferencesBook,
        on_problem: Callable[[SettingsProblem], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._preferences = preferences
        self._on_problem = on_problem
        self._stop_listening = preferences.listen(self._show)
        for key, action in themes.items():
            action.triggered.connect(partial(self._choose, key))
        hints = QGuiApplication.styleHints()
        self._following = (
            hints.colorSchemeChanged.connect(lambda _scheme: self._follow_the_system()),
            hints.accessibility().contrastPreferenceChanged.connect(lambda _wish: self._follow_the_system()),
        )
        set_motion(is_wanted=not preferences.now.reduce_motion)
        themes[preferences.now.colours].setChecked(True)
        # As the system is what the window was opened in.
        if preferences.now.colours != "system":
            self._show(preferences.now)

    def close(self) -> None:
        self._stop_listening()
        for connection in self._following:
            QObject.disconnect(connection)

    def _choose(self, key: str) -> None:
        try:
            self._preferences.change(colours=key)
        except SettingsProblem as problem:
            self._on_problem(problem)

    def _show(self, preferences: Preferences) -> None:
        self._themes[preferences.colours].setChecked(True)
        set_motion(is_wanted=not preferences.reduce_motion)
        _use(_SCHEMES.get(preferences.colours) or system_scheme())

    def _follow_the_system(self) -> None:
        if self._preferences.now.colours == "system":
            _use(system_scheme())


def _use(scheme: Scheme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and scheme is not current_scheme():
        apply_theme(app, scheme)
