"""Folds panes that the window has no room for, and unfolds them when it has."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QToolButton, QWidget

from ui.shell.arrangement import Arrangement, Side, Widths, arranged
from ui.theme.metrics import GRID, HALF
from ui.widgets.pane import Pane

# Beneath it panes scroll, and rows are few.
_LEAST_HEIGHT = 240
_SIDES: tuple[Side, Side] = ("jobs", "gate")


class PaneSplitter(QSplitter):
    """As narrow as its middle pane: the others fold before anything is cut off."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("panes")
        self.setChildrenCollapsible(False)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        middle = self.widget(1)
        return QSize(middle.minimumWidth() if middle else 0, min(least.height(), _LEAST_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()
        super().resizeEvent(event)


class FoldedBar(Pane):
    """Below the panes, while one of them is folded or hidden: the answer as a line, and what brings the panes back."""

    def __init__(self, answers: QWidget, jobs: QAction, gate: QAction) -> None:
        super().__init__("surface")
        self.setObjectName("foldedBar")
        self.answers = answers
        self.buttons = {"jobs": _button(jobs), "gate": _button(gate)}
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, HALF, GRID, HALF)
        row.setSpacing(GRID)
        row.addWidget(self.buttons["jobs"])
        row.addWidget(answers, 1)
        row.addWidget(self.buttons["gate"])
        self.hide()

    def show_arrangement(self, now: Arrangement) -> None:
        self.answers.setVisible(not now.gate)
        self.buttons["jobs"].setVisible(now.is_folded or not now.jobs)
        self.setVisible(now.is_folded or not now.gate)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName(f"fold-{action.objectName()}")
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


class Folding(QObject):
    """Keeps what its user wishes to see apart from what there is room for. The actions are checked while their pane is
    on screen."""

    replaced_items = Signal(str)  # Side

    def __init__(self, panes: PaneSplitter, bar: FoldedBar, jobs: QAction, gate: QAction) -> None:
        super().__init__(panes)
        self._panes = panes
        self._bar = bar
        self._actions = {"jobs": jobs, "gate": gate}
        self._hidden: set[str] = set()
        self._opened: Side | None = None
        self.now = Arrangement(jobs=True, gate=True)
        panes.resized.connect(self.arrange)
        for side in _SIDES:
            self._actions[side].triggered.connect(lambda on, side=side: self._wish(side, on=on))

    def hidden(self) -> tuple[str, ...]:
        """The panes that their user does not wish to see, however much room there is."""
        return tuple(side for side in _SIDES if side in self._hidden)

    def hide(self, sides: Iterable[str]) -> None:
        self._hidden = set(sides)
        self.arrange()

    def turn_to_items(self) -> None:
        """After a job was chosen in the list that stood in their place."""
        if not self.now.items:
            self._opened = None
            self.arrange()

    def open(self, side: Side) -> None:
        """Brings a pane on screen, in place of others where it must; then it has the focus that they had."""
        self._hidden.discard(side)
        self._opened = side
        self.arrange()
        if not self.now.items:
            self.replaced_items.emit(side)

    def arrange(self) -> None:
        jobs, items, gate = (self._panes.widget(place) for place in range(3))
        if not (jobs and items and gate):
            return
        least = Widths(jobs.minimumWidth(), items.minimumWidth(), gate.minimumWidth())
        wants = {side: side not in self._hidden for side in _SIDES}
        room = self._panes.width() - 2 * self._panes.handleWidth()
        now = arranged(room, least, wants_jobs=wants["jobs"], wants_gate=wants["gate"], opened=self._opened)
        self.now = now
        for pane, is_shown in ((jobs, now.jobs), (items, now.items), (gate, now.gate)):
            pane.setVisible(is_shown)
        self._actions["jobs"].setChecked(now.jobs)
        self._actions["gate"].setChecked(now.gate)
        if not self._panes.isHidden():
            self._bar.show_arrangement(now)

    def widen(self, side: Side, step: int) -> None:
        """By so many pixels, which the items give or take; as far as every pane keeps its least."""
        sizes, place = self._panes.sizes(), 0 if side == "jobs" else 2
        pane = self._panes.widget(place)
        if pane and pane.isVisible():
            sizes[place], sizes[1] = max(1, sizes[place] + step), max(1, sizes[1] - step)
            self._panes.setSizes(sizes)

    def _wish(self, side: Side, *, on: bool) -> None:
        if on:
            self.open(side)
            return
        if not (self.now.is_folded and self._opened == side):
            self._hidden.add(side)
        self._opened = None
        self.arrange()
