"""To sign in once more to a connection whose sign-in has ended."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.messages import tr
from ui.theme.metrics import scaled
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet

_WIDTH = 480


class SignInDialog(Sheet):
    sign_in_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(scaled(_WIDTH), parent)
        self.setObjectName("signInDialog")
        self.setWindowTitle(tr("Sign in to {name}", name=name))
        self.messages = MessageBar()
        self.busy = BusyIndicator()
        self.sign_in_button = QPushButton(tr("Sign in with Pleo…"))
        self.cancel_button = QPushButton(tr("Cancel"))
        self._dress()
        self.column.addWidget(PlainLabel(tr("Sign in to {name} again", name=name), role=TextRole.TITLE))
        self.column.addWidget(
            PlainLabel(
                tr("Your browser opens Pleo's sign-in page. What was read, chosen and drafted here stays as it is."),
                wrap=True,
            )
        )
        self.column.addWidget(self.messages)
        self.column.addStretch(1)
        self.foot.addWidget(self.busy, 1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.sign_in_button)
        self.sign_in_button.clicked.connect(self.sign_in_requested)
        self.cancel_button.clicked.connect(self.reject)

    def _dress(self) -> None:
        self.messages.setObjectName("signInMessages")
        self.sign_in_button.setObjectName("signInWithPleo")
        self.sign_in_button.setProperty("primary", "true")
        self.sign_in_button.setDefault(True)
        self.cancel_button.setObjectName("cancelSignIn")
        self.cancel_button.setAutoDefault(False)

    def show_busy(self, words: str) -> None:
        self.messages.clear()
        self.busy.start(words)
        self.sign_in_button.setEnabled(False)

    def show_ready(self) -> None:
        """To begin, or to try once more."""
        self.busy.stop()
        self.sign_in_button.setEnabled(True)
        self.sign_in_button.setFocus()

    def show_trouble(self, title: str, advice: str, details: str) -> None:
        self.show_ready()
        self.messages.show_message(MessageKind.ERROR, title, details, advice=advice)
        self.fit()
