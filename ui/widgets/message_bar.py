from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.messages import joined, tr
from app.texts.screen import for_screen
from ui.theme.icons import set_icon
from ui.theme.metrics import GRID
from ui.widgets.announcements import announce
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from ui.widgets.plain_text import PlainText

_CLOSE = 20
_TOP = Qt.AlignmentFlag.AlignTop


class MessageKind(Enum):
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


class MessageBar(QFrame):
    """What happened and what to do, in the place where the user looks; details stay folded until asked for.

    Most bars never say anything: what is costly to make waits for the first message. With `is_line` the buttons stand
    beside the words, for what is quiet.
    """

    action_requested = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, is_line: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._is_line = is_line
        self._kind = MessageKind.INFO
        self._icon = IconLabel()
        self._title = PlainLabel(role=TextRole.STRONG, wrap=True)
        self._advice = PlainLabel(wrap=True)
        self._detail: PlainText | None = None
        self._fold = QPushButton(tr("Details"))
        self._copy = QPushButton(tr("Copy details"))
        self._close = QToolButton()
        self._buttons = QWidget()
        self._action_row = QHBoxLayout(self._buttons)
        self._actions: list[QPushButton] = []
        self._shown: tuple[object, ...] = ()
        self._name_parts()
        self._arrange()
        self.hide()

    def show_message(
        self,
        kind: MessageKind,
        title: str,
        detail: str = "",
        *,
        advice: str = "",
        actions: Sequence[tuple[str, str]] = (),
        closable: bool = True,
        is_announced: bool = True,
    ) -> None:
        """`actions` are pairs of the key that `action_requested` carries and the button's words.

        What is on screen already is neither folded nor announced again; what another place says is not announced here.
        """
        wanted = (kind, title, detail, advice, tuple(actions), closable)
        if wanted == self._shown:
            return
        self._shown = wanted
        self._set_kind(kind)
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._fold.setChecked(False)
        self._copy.setText(tr("Copy details"))
        self._take_detail(detail)
        self._fold.setVisible(bool(detail))
        self._set_actions(actions)
        self._buttons.setVisible(bool(detail or actions))
        self._close.setVisible(closable)
        self.setAccessibleName(for_screen(_announced(kind, title)))
        self.setAccessibleDescription(for_screen(advice))
        self.show()
        if is_announced:
            announce(self, joined(" ", filter(None, (title, advice))))

    def take_focus(self) -> None:
        """For a result that its user has waited for: some screen readers say only what has the focus. Keys do nothing
        here, so none that is held since before presses anything."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        self._shown = ()
        self.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title.setText("")

    def title(self) -> str:
        """As the user reads it."""
        return self._title.text()

    def advice(self) -> str:
        return self._advice.text()

    def detail(self) -> str:
        return self._detail.text() if self._detail else ""

    def kind(self) -> MessageKind:
        return self._kind

    def _set_kind(self, kind: MessageKind) -> None:
        self._kind = kind
        self.setProperty("kind", kind.value)
        self._icon.set_icon(kind.value)
        self.style().unpolish(self)
        self.style().polish(self)

    def _set_actions(self, actions: Sequence[tuple[str, str]]) -> None:
        for old in self._actions:
            self._action_row.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._actions = [self._action(key, words) for key, words in actions]
        for place, button in enumerate(self._actions):
            self._action_row.insertWidget(place, button)
        # Qt puts what is made later at the end of the window's order.
        for before, after in pairwise((self._fold, *self._actions, self._fold)):
            QWidget.setTabOrder(before, after)

    def _action(self, key: str, words: str) -> QPushButton:
        button = QPushButton(for_screen(words))
        button.setObjectName(f"message-action-{key}")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.action_requested.emit(key))
        return button

    def _take_detail(self, detail: str) -> None:
        if self._detail is None:
            self._detail = self._made_detail()
            set_icon(self._close, "close")
            self._show_detail(is_shown=False)
        self._detail.set_text(detail)

    def _made_detail(self) -> "PlainText":
        from ui.widgets.plain_text import PlainText

        made = PlainText(mono=True)
        made.setObjectName("messageDetail")
        self._words.insertWidget(self._words.count() - 1, made)
        QWidget.setTabOrder(self._copy, made)
        return made

    def _show_detail(self, is_shown: bool) -> None:
        if self._detail:
            self._detail.setVisible(is_shown)
        self._copy.setVisible(is_shown)
        set_icon(self._fold, "chevron-down" if is_shown else "chevron-right")

    def _copy_detail(self) -> None:
        parts = (self.title(), self.advice(), self.detail())
        QGuiApplication.clipboard().setText("\n".join(filter(None, parts)))
        self._copy.setText(tr("Details copied"))
        announce(self, self._copy.text())

    def _close_bar(self) -> None:
        self.clear()
        self.closed.emit()

    def _name_parts(self) -> None:
        self._close.setObjectName("messageClose")
        self._close.setAccessibleName(tr("Close this message"))
        self._close.setFixedSize(_CLOSE, _CLOSE)
        self._close.clicked.connect(self._close_bar)
        self._copy.setObjectName("messageCopy")
        self._copy.clicked.connect(self._copy_detail)
        self._fold.setObjectName("messageDetails")
        self._fold.setCheckable(True)
        for button in (self._fold, self._copy):
            # Or Enter from anywhere in a dialog without a default button would press them.
            button.setAutoDefault(False)
        self._fold.toggled.connect(self._show_detail)

    def _arrange(self) -> None:
        self._action_row.setContentsMargins(0, 0, 0, 0)
        self._action_row.setSpacing(GRID)
        self._action_row.addWidget(self._fold)
        self._action_row.addWidget(self._copy)
        self._action_row.addStretch(1)
        words = self._words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self._title)
        words.addWidget(self._advice)
        if not self._is_line:
            words.addWidget(self._buttons)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID + 4, GRID, GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, _TOP)
        row.addLayout(words, 1)
        if self._is_line:
            row.addWidget(self._buttons)
        row.addWidget(self._close, 0, _TOP)


def _announced(kind: MessageKind, title: str) -> str:
    """The kind, which sighted users see as an icon, in words."""
    match kind:
        case MessageKind.INFO:
            return tr("Info: {title}", title=title)
        case MessageKind.SUCCESS:
            return tr("Success: {title}", title=title)
        case MessageKind.WARNING:
            return tr("Warning: {title}", title=title)
        case MessageKind.ERROR:
            return tr("Error: {title}", title=title)
