"""Four eyes: the name of a second person, where outcomes of the job were reported by hand."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.completion.four_eyes import Confirmation
from app.messages import joined, said, tr
from app.texts.screen import isolated
from ui.theme.metrics import GRID, HALF
from ui.widgets.hint import show_hint
from ui.widgets.plain_label import PlainLabel, TextRole

_DECLARED = said(
    "Names are declared by their owners: Signoff asks for a second one and keeps it in the journal, but it cannot tell "
    "who is sitting here."
)


class SecondPerson(QWidget):
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secondPerson")
        self._drafters: tuple[str, ...] | None = ()
        self.title = PlainLabel(wrap=True)
        self.name = QLineEdit()
        self.fault = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.title.setObjectName("secondPersonTitle")
        self.name.setObjectName("secondPersonName")
        self.name.setAccessibleName(tr("Name of the second person"))
        show_hint(self.name, tr("name of the person who confirms"))
        self.fault.setObjectName("secondPersonFault")
        self.declared = PlainLabel(_DECLARED, role=TextRole.QUIET, wrap=True)
        self.declared.setObjectName("secondPersonDeclared")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(HALF)
        for widget in (self.title, self.name, self.fault, self.declared):
            column.addWidget(widget)
        self.name.textChanged.connect(self._judge)
        self.hide()

    def wait_for_drafters(self) -> None:
        """Until it is known whether a second person is needed, nobody is enough."""
        self._drafters = None
        self.edited.emit()

    def ask(self, drafters: Sequence[str]) -> None:
        """Of somebody who is none of these; of nobody where there are none."""
        self._drafters = tuple(drafters)
        names = joined(", ", map(isolated, drafters))
        self.title.setText(said("Outcomes of this job were reported by hand by {names}. Who confirms it?", names=names))
        self.setVisible(bool(drafters))
        self._judge()

    def confirmed_by(self) -> str:
        return self.name.text().strip()

    @property
    def is_enough(self) -> bool:
        return self._drafters is not None and not Confirmation(self._drafters, self.name.text()).fault

    def _judge(self) -> None:
        self.fault.setText(Confirmation(self._drafters or (), self.name.text()).fault)
        self.fault.setVisible(bool(self.fault.text()))
        self.edited.emit()
