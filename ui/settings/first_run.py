"""What is shown while there is no connection: two ways on, and all that one has to know for them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.messages import said, tr
from app.settings.connections import SignInKind
from ui.settings.view_model import NEEDED_SCOPES, SIGN_INS, where_kept
from ui.theme.metrics import GRID
from ui.widgets.hairline import Hairline
from ui.widgets.icon_label import IconLabel
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.plain_text import PlainText

_WIDEST = 820
_ICON = 32
_START = Qt.AlignmentFlag.AlignLeft

_WHAT_IT_DOES = said(
    "Signoff lists Pleo's export jobs, shows what became of each item, and completes a job by hand: once, when every "
    "item is final, with the event that the items imply."
)
_SANDBOX = said(
    "A simulated Pleo on this computer, with companies, jobs and failures to practise on. It needs no account and no "
    "key, and nothing in it is real."
)
_STEPS = (
    said("1.  An Admin or Bookkeeper opens Pleo in the browser and makes a key under Settings, API Keys."),
    said("2.  The key needs these scopes:"),
    said("3.  Pleo shows the key once. Copy it, press Connect to Pleo, and paste it."),
)
_NO_KEY = said(
    "Instead of pasting a key you can sign in at Pleo in your browser, under Sign in with, {sign_in}.",
    sign_in=SIGN_INS[SignInKind.OAUTH],
)
_NO_MENU = said(
    "No API Keys menu? Some Pleo plans do not have it. Ask Pleo, or the maker of your integration, for access. "
    "The sandbox works without."
)


class FirstRunPage(ScrollColumn):
    connect_requested = Signal()
    sandbox_requested = Signal()

    def __init__(self, *, keeps_secrets: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("firstRun")
        self.setAccessibleName(tr("Welcome to Signoff"))
        self.connect_button = QPushButton(tr("Connect to Pleo…"))
        self.sandbox_button = QPushButton(tr("Try the sandbox"))
        self.scopes = PlainText("\n".join(NEEDED_SCOPES), mono=True)
        self._kept = PlainLabel(where_kept(keeps_secrets=keeps_secrets), role=TextRole.QUIET, wrap=True)
        self._dress()
        self._arrange()
        self.connect_button.clicked.connect(self.connect_requested)
        self.sandbox_button.clicked.connect(self.sandbox_requested)

    def _dress(self) -> None:
        self.connect_button.setObjectName("connectToPleo")
        self.connect_button.setProperty("primary", "true")
        self.sandbox_button.setObjectName("trySandbox")
        self.scopes.setObjectName("neededScopes")
        self.scopes.setAccessibleName(tr("Scopes that the key needs: {scopes}", scopes=", ".join(NEEDED_SCOPES)))

    def _arrange(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addWidget(IconLabel("signoff", _ICON, "accent"))
        whole.addWidget(PlainLabel(tr("Welcome to Signoff"), role=TextRole.TITLE))
        whole.addWidget(PlainLabel(_WHAT_IT_DOES, wrap=True))
        whole.addSpacing(2 * GRID)
        whole.addLayout(self._ways())
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner, 100)
        across.addStretch(1)
        self.column.addStretch(1)
        self.column.addLayout(across)
        self.column.addStretch(2)

    def _ways(self) -> QBoxLayout:
        ways = QHBoxLayout()
        ways.setSpacing(3 * GRID)
        ways.addLayout(self._way_to_pleo(), 3)
        ways.addWidget(Hairline(vertical=True))
        ways.addLayout(self._way_to_the_sandbox(), 2)
        return ways

    def _way_to_pleo(self) -> QBoxLayout:
        way = _way("link", tr("Connect to Pleo"))
        for step in _STEPS[:2]:
            way.addWidget(PlainLabel(step, wrap=True))
        indented = QHBoxLayout()
        indented.setContentsMargins(3 * GRID, 0, 0, 0)
        indented.addWidget(self.scopes)
        way.addLayout(indented)
        way.addWidget(PlainLabel(_STEPS[2], wrap=True))
        way.addWidget(PlainLabel(_NO_KEY, wrap=True))
        way.addWidget(self.connect_button, 0, _START)
        way.addWidget(self._kept)
        way.addWidget(PlainLabel(_NO_MENU, role=TextRole.QUIET, wrap=True))
        way.addStretch(1)
        return way

    def _way_to_the_sandbox(self) -> QBoxLayout:
        way = _way("sandbox", tr("Try it out first"))
        way.addWidget(PlainLabel(_SANDBOX, wrap=True))
        way.addWidget(self.sandbox_button, 0, _START)
        way.addStretch(1)
        return way


def _way(icon: str, title: str) -> QVBoxLayout:
    way = QVBoxLayout()
    way.setSpacing(GRID)
    head = QHBoxLayout()
    head.setSpacing(GRID)
    head.addWidget(IconLabel(icon, tone="quiet"))
    head.addWidget(PlainLabel(title, role=TextRole.STRONG), 1)
    way.addLayout(head)
    return way
