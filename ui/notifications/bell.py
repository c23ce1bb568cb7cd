"""The bell in the frame: how many notices nobody has read, and the list of all when it is pressed."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QDialog, QToolButton, QVBoxLayout, QWidget

from app.messages import ntr, tr
from ui.theme.icons import set_icon
from ui.theme.metrics import GRID, scaled
from ui.widgets.announcements import announce
from ui.widgets.message_stack import MessageStack
from ui.widgets.plain_label import PlainLabel, TextRole

_WIDTH, _HIGHEST = 360, 400


class NoticesPanel(QDialog):
    """Esc, or a press beside it, closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("noticesPanel")
        self.setProperty("pane", "surface")
        self.setWindowTitle(tr("Notices"))
        self.setAccessibleName(tr("Notices"))
        self.stack = MessageStack(highest=scaled(_HIGHEST))
        self.stack.setObjectName("notices")
        self.stack.setAccessibleName(tr("Notices"))
        self.nothing = PlainLabel(tr("No notices"), role=TextRole.QUIET)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.addWidget(self.nothing)
        column.addWidget(self.stack)
        self.setFixedWidth(scaled(_WIDTH))
        self.stack.action_requested.connect(lambda *_: self.hide())
        self.stack.closed.connect(lambda _key: self.fit())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.hide()

    def fit(self) -> None:
        """As high as what it holds."""
        self.nothing.setVisible(not self.stack.bars())
        self.adjustSize()


class NoticeBell(QToolButton):
    opened = Signal()  # its user reads the notices

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBell")
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # By key it is the menu's entry: in the row of Tab it would stand between the jobs and their items.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel = NoticesPanel(self)
        self.show_unread(0)
        self.clicked.connect(self.show_notices)

    def show_unread(self, count: int) -> None:
        """None is quiet."""
        name = ntr("{n:,} notice", "{n:,} notices", count) if count else tr("Notices")
        self.setText(f"{count:,}" if count else "")
        self.setAccessibleName(name)
        self.setToolTip(name)
        set_icon(self, "bell", None if count else "quiet")

    def say(self, words: str) -> None:
        """To a screen reader, once."""
        announce(self, words)

    def show_notices(self) -> None:
        """Above the bell, which stands at the foot of the window."""
        self.show()
        self.opened.emit()
        self._place_panel()
        self.panel.show()
        # On screen it knows how high its words are.
        self._place_panel()
        self.panel.activateWindow()
        first = next(iter(self.panel.stack.bars().values()), None)
        buttons = first.findChildren(QWidget, "message-action-show") if first else []
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _place_panel(self) -> None:
        self.panel.fit()
        corner = self.mapToGlobal(QPoint(self.width(), 0))
        room = self.screen().availableGeometry()
        x = max(room.left(), min(corner.x(), room.right()) - self.panel.width())
        self.panel.move(x, max(room.top(), corner.y() - self.panel.height()))
