"""The settings of this machine. Each applies at once but for the language, so there is nothing to confirm."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.messages import said, said_as, shown, tr
from app.settings.preferences import (
    LARGEST_TEXT_PERCENT,
    LEAST_TEXT_PERCENT,
    LONGEST_SETTLE_SECONDS,
    LONGEST_WATCH_MINUTES,
    NO_PROXY,
    SYSTEM_PROXY,
    Preferences,
)
from ui.settings.languages import LanguageChoice
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.choice import Choice
from ui.widgets.hint import show_hint
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.number_field import NUMBER, say_around
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet
from ui.widgets.wrapping_buttons import WrappingCheckBox

_WIDTH = 640
_LABEL_WIDTH = 170
COLOURS = (
    ("system", said("As the system")),
    ("light", said("Light")),
    ("dark", said("Dark")),
    ("contrast", said("High contrast")),
)
DENSITIES = (("usual", said("Usual")), ("compact", said("Little")), ("roomy", said("Much")))
_TEXT_STEP = 25
_CLOSING = ((None, said("Ask once")), (True, said("Stay in the tray")), (False, said("Quit")))
_NOTICES = (
    ("notify_failures", said("Items have failed")),
    ("notify_deadlines", said("A job is about to expire")),
    ("notify_ready", said("A job is ready to complete")),
    ("notify_ended", said("Somebody else ended a job")),
)
_PROXIES = (SYSTEM_PROXY, NO_PROXY, "")
_PROXY_WORDS = (said("As the system"), said_as("proxy", "None"), said("By hand"))


class SettingsDialog(Sheet):
    """`changed` carries the name of a preference and its value as typed; whether it can be is judged elsewhere."""

    changed = Signal(str, object)
    certificate_wanted = Signal()
    folder_wanted = Signal()
    export_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, preferences: Preferences, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(scaled(_WIDTH), parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(tr("Settings"))
        self.language = Choice()
        self.language_note = PlainLabel(role=TextRole.QUIET, wrap=True)
        self._languages: tuple[LanguageChoice, ...] = ()
        self.colours = Choice()
        self.text_percent = QSpinBox()
        self.density = Choice()
        self.reduce_motion = WrappingCheckBox(tr("Nothing moves by itself"))
        self.watch_minutes = QSpinBox()
        self.warnings = QLineEdit()
        self.notices = {name: WrappingCheckBox(shown(words)) for name, words in _NOTICES}
        self.use_tray = WrappingCheckBox(tr("Show an icon in the tray"))
        self.look_for_updates = WrappingCheckBox(tr("Look for a new version once a day"))
        self.closing = Choice()
        self.settle_seconds = QSpinBox()
        self.proxy = Choice()
        self.proxy_address = QLineEdit()
        self.certificate = QLineEdit()
        self.choose_button = QPushButton(tr("Choose…"))
        self.folder = QLineEdit(str(folder))
        self.open_button = QPushButton(tr("Open"))
        self.export_button = QPushButton(tr("Export settings…"))
        self.import_button = QPushButton(tr("Import settings…"))
        self.close_button = QPushButton(tr("Close"))
        self.messages = MessageBar()
        self.form = QFormLayout()
        self._dress()
        self._arrange()
        # Enter confirms what was typed or chosen, and presses no button by itself.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.offer_updates(is_there=False, is_forbidden=False)
        self.show_preferences(preferences)
        self._join()

    def _dress(self) -> None:
        self.colours.addItems([shown(words) for _, words in COLOURS])
        self.density.addItems([shown(words) for _, words in DENSITIES])
        self.text_percent.setRange(LEAST_TEXT_PERCENT, LARGEST_TEXT_PERCENT)
        self.text_percent.setSingleStep(_TEXT_STEP)
        say_around(self.text_percent, tr("{n} %", n=NUMBER))
        self.closing.addItems([shown(words) for _, words in _CLOSING])
        self.proxy.addItems([shown(words) for words in _PROXY_WORDS])
        self.watch_minutes.setRange(1, LONGEST_WATCH_MINUTES)
        say_around(self.watch_minutes, tr("every {n} min", n=NUMBER))
        self.settle_seconds.setRange(0, LONGEST_SETTLE_SECONDS)
        say_around(self.settle_seconds, tr("wait {n} s", n=NUMBER))
        self.settle_seconds.setToolTip(
            tr("A copy of Pleo's data may lag behind: until then, an event whose answer was lost is not known yet.")
        )
        for number, words in (
            (self.watch_minutes, tr("Minutes between two looks at the jobs")),
            (self.text_percent, tr("Size of text in percent")),
            (self.settle_seconds, tr("Seconds after a send before an unchanged job proves that nothing arrived")),
        ):
            for inner in number.findChildren(QLineEdit):
                inner.setTextMargins(HALF, 0, 0, 0)
                inner.setAccessibleName(words)
        show_hint(self.proxy_address, "http://proxy.example:8080")
        show_hint(self.certificate, tr("optional PEM file"))
        for name, words, widget in (
            ("settingsLanguage", tr("Language"), self.language),
            ("settingsColours", tr("Colours"), self.colours),
            ("textPercent", tr("Size of text in percent"), self.text_percent),
            ("rowDensity", tr("Air around rows"), self.density),
            ("reduceMotion", tr("Nothing moves by itself"), self.reduce_motion),
            ("watchMinutes", tr("Minutes between two looks at the jobs"), self.watch_minutes),
            (
                "settleSeconds",
                tr("Seconds after a send before an unchanged job proves that nothing arrived"),
                self.settle_seconds,
            ),
            ("deadlineWarnings", tr("Minutes of warning before a job expires, with commas between"), self.warnings),
            ("useTray", tr("Show an icon in the tray"), self.use_tray),
            ("lookForUpdates", tr("Look for a new version once a day"), self.look_for_updates),
            ("closeToTray", tr("When the window is closed"), self.closing),
            ("proxyKind", tr("Proxy"), self.proxy),
            ("proxyAddress", tr("Address of the proxy"), self.proxy_address),
            ("certificateFile", tr("Certificate file"), self.certificate),
            ("chooseCertificate", tr("Choose a certificate file"), self.choose_button),
            ("dataFolder", tr("Data folder {folder}", folder=self.folder.text()), self.folder),
            ("openDataFolder", tr("Open the data folder"), self.open_button),
            ("exportSettings", tr("Export settings"), self.export_button),
            ("importSettings", tr("Import settings"), self.import_button),
            ("closeSettings", tr("Close"), self.close_button),
            ("settingsMessages", tr("Message"), self.messages),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(words)
        self.folder.setReadOnly(True)
        self.language_note.setObjectName("languageNote")
        for name, box in self.notices.items():
            box.setObjectName(name)

    def _arrange(self) -> None:
        form = self.form
        form.setSpacing(GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, rows in self._groups():
            form.addRow(_heading(title))
            for words, widget in rows:
                form.addRow(_label(words, widget), widget)
        self.column.addWidget(
            PlainLabel(
                tr("What you change here applies at once, but for what says otherwise."), role=TextRole.QUIET, wrap=True
            )
        )
        self.column.addLayout(form)
        self.column.addStretch(1)
        self.foot.addWidget(self.messages, 1)
        self.foot.addStretch()
        self.foot.addWidget(self.close_button)

    def _groups(self) -> tuple[tuple[str, tuple[tuple[str, QWidget], ...]], ...]:
        """Headings, each with its fields and what stands before them."""
        minutes = _beside(tr("in minutes, with commas between"))
        appearance = (
            (tr("Lan&guage"), _row(self.language)),
            ("", self.language_note),
            (tr("&Colours"), _row(self.colours)),
            (
                tr("Size of te&xt"),
                _row(self.text_percent, _beside(tr("100 % is the system's size; from the next start on"))),
            ),
            (tr("&Air around rows"), _row(self.density, _beside(tr("from the next start on")))),
            (tr("Motion"), self.reduce_motion),
        )
        watching = (
            (tr("&Look for jobs"), _row(self.watch_minutes)),
            (tr("&Warn before a job expires"), _row(self.warnings, minutes)),
            (tr("Notify when"), _two_columns(*self.notices.values())),
            (tr("Tray"), self.use_tray),
            (tr("When the window is cl&osed"), _row(self.closing)),
        )
        network = (
            (tr("New versions"), self.look_for_updates),
            (
                tr("After a lost ans&wer"),
                _row(self.settle_seconds, _beside(tr("Only then it counts as not arrived."))),
            ),
            (tr("&Proxy"), _row(self.proxy, self.proxy_address)),
            (tr("C&ertificate file"), _row(self.certificate, self.choose_button)),
        )
        data = (
            (tr("Data folder"), _row(self.folder, self.open_button)),
            (tr("Settings"), _row(self.export_button, self.import_button)),
        )
        return (
            (tr("Appearance"), appearance),
            (tr("Watching"), watching),
            (tr("Network"), network),
            (tr("Data"), data),
        )

    def _join(self) -> None:
        tell = self.changed.emit
        self.language.activated.connect(lambda place: tell("language", self._languages[place].code))
        self.colours.activated.connect(lambda place: tell("colours", COLOURS[place][0]))
        self.text_percent.valueChanged.connect(lambda percent: tell("text_percent", percent))
        self.density.activated.connect(lambda place: tell("density", DENSITIES[place][0]))
        self.reduce_motion.toggled.connect(lambda on: tell("reduce_motion", on))
        self.watch_minutes.valueChanged.connect(lambda minutes: tell("watch_minutes", minutes))
        self.settle_seconds.editingFinished.connect(lambda: tell("settle_seconds", self.settle_seconds.value()))
        self.warnings.editingFinished.connect(lambda: tell("deadline_warnings_minutes", self.warnings.text()))
        for name, box in self.notices.items():
            box.toggled.connect(lambda on, name=name: tell(name, on))
        self.use_tray.toggled.connect(lambda on: tell("use_tray", on))
        self.look_for_updates.toggled.connect(lambda on: tell("look_for_updates", on))
        self.use_tray.toggled.connect(self.closing.setEnabled)
        self.closing.activated.connect(lambda place: tell("close_to_tray", _CLOSING[place][0]))
        self.proxy.activated.connect(self._choose_proxy)
        self.proxy_address.editingFinished.connect(lambda: tell("proxy", self.proxy_address.text()))
        self.certificate.editingFinished.connect(lambda: tell("certificate_file", self.certificate.text()))
        for button, wish in (
            (self.choose_button, self.certificate_wanted),
            (self.open_button, self.folder_wanted),
            (self.export_button, self.export_wanted),
            (self.import_button, self.import_wanted),
            (self.close_button, None),
        ):
            button.clicked.connect(wish or self.accept)

    def show_preferences(self, preferences: Preferences) -> None:
        """As they are now, without news of a change."""
        quiet = (
            self.watch_minutes,
            self.text_percent,
            self.reduce_motion,
            self.use_tray,
            self.look_for_updates,
            *self.notices.values(),
        )
        blockers = [QSignalBlocker(each) for each in quiet]
        self._show_language(preferences.language)
        self.colours.setCurrentIndex([key for key, _ in COLOURS].index(preferences.colours))
        self.text_percent.setValue(preferences.text_percent)
        self.density.setCurrentIndex([key for key, _ in DENSITIES].index(preferences.density))
        self.reduce_motion.setChecked(preferences.reduce_motion)
        self.watch_minutes.setValue(preferences.watch_minutes)
        self.settle_seconds.setValue(preferences.settle_seconds)
        self.warnings.setText(", ".join(map(str, preferences.deadline_warnings_minutes)))
        for name, box in self.notices.items():
            box.setChecked(getattr(preferences, name))
        self.use_tray.setChecked(preferences.use_tray)
        self.look_for_updates.setChecked(preferences.look_for_updates is True and self.look_for_updates.isEnabled())
        self.closing.setEnabled(preferences.use_tray)
        self.closing.setCurrentIndex([key for key, _ in _CLOSING].index(preferences.close_to_tray))
        by_hand = "" if preferences.proxy in _PROXIES else preferences.proxy
        self.proxy.setCurrentIndex(_PROXIES.index("" if by_hand else preferences.proxy))
        self.proxy_address.setText(by_hand)
        self.proxy_address.setEnabled(bool(by_hand))
        self.certificate.setText(preferences.certificate_file or "")
        del blockers

    def offer_languages(self, choices: Sequence[LanguageChoice]) -> None:
        """Before the preferences are shown, which choose one of them."""
        self._languages = tuple(choices)
        self.language.clear()
        self.language.addItems([shown(choice.words) for choice in choices])

    def _show_language(self, code: str) -> None:
        place = next((place for place, choice in enumerate(self._languages) if choice.code == code), -1)
        self.language.setCurrentIndex(place)
        note = self._languages[place].note if place >= 0 else ""
        self.language_note.setText(note)
        self.form.setRowVisible(self.language_note, bool(note))
        self.fit()

    def offer_updates(self, *, is_there: bool, is_forbidden: bool) -> None:
        """Whether this build looks for new versions at all, and whether an administrator decided that it does not."""
        self.form.setRowVisible(self.look_for_updates, is_there)
        self.look_for_updates.setEnabled(not is_forbidden)
        if is_forbidden:
            self.look_for_updates.setText(tr("Look for a new version: no, as your administrator decided"))

    def show_message(self, kind: MessageKind, title: str, advice: str = "", details: str = "") -> None:
        self.messages.show_message(kind, title, details, advice=advice)

    def _choose_proxy(self, place: int) -> None:
        """By hand is a wish for a field; the proxy changes when an address is in it."""
        is_by_hand = not _PROXIES[place]
        self.proxy_address.setEnabled(is_by_hand)
        if is_by_hand:
            self.proxy_address.setFocus()
        else:
            blocker = QSignalBlocker(self.proxy_address)
            self.proxy_address.clear()
            del blocker
            self.changed.emit("proxy", _PROXIES[place])


def _heading(title: str) -> QWidget:
    heading = PlainLabel(title, role=TextRole.STRONG)
    heading.setContentsMargins(0, GRID, 0, 0)
    return heading


def _label(words: str, widget: QWidget) -> QLabel:
    """Beside the middle of its field, and its mnemonic leads to the first one in a row."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    widget.ensurePolished()
    label.setMinimumHeight(widget.sizeHint().height())
    # What is set as the least width counts in place of what the words need.
    label.setMinimumWidth(max(scaled(_LABEL_WIDTH), label.sizeHint().width()))
    layout = widget.layout()
    first = layout.itemAt(0) if layout else None
    field = (first.widget() if first else None) or widget
    # A check box and a button say themselves what they are for.
    if not isinstance(field, QAbstractButton) and field.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        label.setBuddy(field)
    return label


def _two_columns(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    for place, widget in enumerate(widgets):
        grid.addWidget(widget, *divmod(place, 2))
    return whole


def _row(*widgets: QWidget) -> QWidget:
    """What is typed and what wraps take the room, buttons what they need."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID)
    stretched = [widget for widget in widgets if isinstance(widget, QLineEdit) or widget.hasHeightForWidth()]
    for widget in widgets:
        row.addWidget(widget, int(widget in stretched))
    if not stretched:
        row.addStretch(1)
    return whole


def _beside(words: str) -> PlainLabel:
    """What is to be known about a field, in as many lines as it needs."""
    return PlainLabel(words, wrap=True)
