"""All connections, and the one that is chosen with what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.messages import tr
from app.settings.connections import ConnectionId
from ui.settings.connection_list import ConnectionList
from ui.settings.view_model import ConnectionRow, SignInState
from ui.theme.metrics import GRID, scaled
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.hairline import Hairline
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole

_SIZE = (780, 480)
_LIST_WIDTH = 280
_LABEL_WIDTH = 100
_KINDS = {
    SignInState.GOOD: MessageKind.SUCCESS,
    SignInState.LACKING: MessageKind.WARNING,
    SignInState.TROUBLE: MessageKind.ERROR,
}
_LACKS_A_KEY = (SignInState.LACKING, SignInState.TROUBLE)


class ConnectionsWindow(QDialog):
    """Each wish carries the id of the connection that it is about."""

    add_requested = Signal()
    edit_requested = Signal(str)
    replace_requested = Signal(str)
    check_requested = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("connectionsWindow")
        self.setWindowTitle(tr("Connections"))
        self.messages = MessageBar()
        self.list = ConnectionList()
        self.empty = EmptyState(
            "link", tr("No connection yet"), tr("Each company that you serve gets one."), tr("Add connection…")
        )
        self.name = PlainLabel(role=TextRole.TITLE, wrap=True)
        self.standing = MessageBar()
        self.facts = FactList(label_width=scaled(_LABEL_WIDTH))
        self.edit_button = QPushButton(tr("Edit…"))
        self.check_button = QPushButton(tr("Check again"))
        self.remove_button = QPushButton(tr("Remove…"))
        self.add_button = QPushButton(tr("Add connection…"))
        self.close_button = QPushButton(tr("Close"))
        self._body = QStackedWidget()
        self._dress()
        self._arrange()
        # Enter confirms what was typed or chosen, and presses no button by itself.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._join()
        self.resize(*_SIZE)

    def _dress(self) -> None:
        for name, widget in (
            ("connectionsMessages", self.messages),
            ("connectionStanding", self.standing),
            ("chosenConnection", self.name),
            ("editConnection", self.edit_button),
            ("checkConnection", self.check_button),
            ("removeConnection", self.remove_button),
            ("addConnection", self.add_button),
            ("closeConnections", self.close_button),
        ):
            widget.setObjectName(name)
        self.remove_button.setProperty("danger", "true")

    def _arrange(self) -> None:
        both = QWidget()
        across = QHBoxLayout(both)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.list.setFixedWidth(scaled(_LIST_WIDTH))
        across.addWidget(self.list)
        across.addWidget(Hairline(vertical=True))
        across.addWidget(self._details(), 1)
        self._body.addWidget(both)
        self._body.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self._body, 1)
        column.addWidget(Hairline())
        column.addLayout(foot)

    def _details(self) -> QWidget:
        area = ScrollColumn(ground="window")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.edit_button, self.check_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        area.column.addWidget(self.name)
        area.column.addWidget(self.standing)
        area.column.addWidget(self.facts)
        area.column.addSpacing(GRID)
        area.column.addLayout(buttons)
        area.column.addStretch(1)
        return area

    def _join(self) -> None:
        self.add_button.clicked.connect(self.add_requested)
        self.empty.button_clicked.connect(self.add_requested)
        self.close_button.clicked.connect(self.accept)
        self.edit_button.clicked.connect(lambda: self.edit_requested.emit(self._chosen_id()))
        self.check_button.clicked.connect(lambda: self.check_requested.emit(self._chosen_id()))
        self.remove_button.clicked.connect(lambda: self.remove_requested.emit(self._chosen_id()))
        self.standing.action_requested.connect(lambda _key: self.replace_requested.emit(self._chosen_id()))
        self.list.activated.connect(lambda _index: self.edit_requested.emit(self._chosen_id()))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())

    def show_rows(self, rows: Sequence[ConnectionRow]) -> None:
        """The chosen connection stays chosen; where it is gone, the first one is."""
        before = self.chosen()
        self.list.rows.show_rows(rows)
        place = self.list.rows.index_of(before.connection.id if before else None)
        self._make_current(place if place.isValid() else self.list.rows.index(0))
        self._body.setCurrentIndex(0 if rows else 1)
        self.add_button.setVisible(bool(rows))
        self._show_chosen()

    def choose(self, connection_id: ConnectionId) -> None:
        self._make_current(self.list.rows.index_of(connection_id))

    def _make_current(self, index: QModelIndex) -> None:
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def chosen(self) -> ConnectionRow | None:
        return self.list.rows.row_at(self.list.currentIndex())

    def _chosen_id(self) -> ConnectionId:
        row = self.chosen()
        assert row is not None  # without one there is no button
        return row.connection.id

    def _show_chosen(self) -> None:
        row = self.chosen()
        if row is None:
            return
        finding = row.finding
        self.name.setText(row.connection.name)
        self.facts.set_facts([Fact(label, value) for label, value in row.facts()])
        self.check_button.setEnabled(finding.state is not SignInState.ASKING)
        kind = _KINDS.get(finding.state, MessageKind.INFO)
        actions = [("replace", row.remedy)] if finding.state in _LACKS_A_KEY else []
        self.standing.show_message(
            kind, finding.words, finding.details, advice=finding.advice, actions=actions, closable=False
        )
